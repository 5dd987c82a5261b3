import { DeployedResource } from './deployed-resource';
import { evaluate, holds, NO_VALUE, type StackOutputQuery, type TemplateScope } from './intrinsic-functions';

/** A CloudFormation template as synthesized. */
export interface Template {
  readonly Parameters?: Record<string, { Type: string; Default?: unknown }>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources?: Record<string, { Type: string; Condition?: string; Properties?: Record<string, unknown> }>;
  readonly Outputs?: Record<string, { Value: unknown; Condition?: string; Export?: { Name: unknown } }>;
}

/** Where a stack goes and where its template lies. */
export interface StackPlacement {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly constructPath: string;
  readonly templateFile: string;
}

/** What a stack's template can reach in the rest of the account. */
export interface Surroundings {
  parameter(stack: DeployedStack, name: string): unknown;
  ssmParameter(stack: DeployedStack, name: string, path: string): unknown;
  exportedValue(stack: DeployedStack, name: string, path: string): unknown;
  stackOutput(stack: DeployedStack, query: StackOutputQuery, path: string): unknown;
  attribute(resource: DeployedResource, attribute: string, path: string): unknown;
}

/** One template in the place where it is deployed: what its parameters, conditions, resources and outputs come to. */
export class DeployedStack implements TemplateScope {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  private readonly all: Map<string, DeployedResource>;

  constructor(readonly placement: StackPlacement, readonly template: Template, private readonly surroundings: Surroundings) {
    this.name = placement.name;
    this.accountId = placement.accountId;
    this.region = placement.region;
    this.partition = placement.partition;
    this.all = new Map(Object.entries(template.Resources ?? {}).map(([id, definition]) => [id, new DeployedResource(this, id, definition)]));
  }

  get resources(): DeployedResource[] {
    return [...this.all.values()].filter(resource => resource.exists);
  }

  evaluate(value: unknown, path: string): unknown {
    const resolved = evaluate(value, this, path);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  resource(logicalId: string, path: string = this.name): DeployedResource {
    const resource = this.all.get(logicalId);
    if (!resource?.exists) throw new Error(`${path}: there is no resource ${logicalId} in ${this.name}`);
    return resource;
  }

  output(name: string, path: string): unknown {
    const output = this.template.Outputs?.[name];
    if (!output) throw new Error(`${path}: stack ${this.name} has no output ${name}`);
    return this.evaluate(output.Value, `${this.name}/Outputs.${name}`);
  }

  /** The value that this stack exports under a name, or undefined. */
  exported(exportName: string): unknown {
    for (const [id, output] of Object.entries(this.template.Outputs ?? {})) {
      if (output.Export && this.evaluate(output.Export.Name, `${this.name}/Outputs.${id}.Export`) === exportName) {
        return this.output(id, this.name);
      }
    }
    return undefined;
  }

  ref(name: string, path: string): unknown {
    if (name.startsWith('AWS::')) return this.pseudoParameter(name, path);
    if (this.template.Parameters?.[name]) return this.parameter(name, path);
    return this.resource(name, path).ref(path);
  }

  attribute(logicalId: string, attribute: string, path: string): unknown {
    return this.surroundings.attribute(this.resource(logicalId, path), attribute, path);
  }

  condition(name: string, path: string): boolean {
    const condition = this.template.Conditions?.[name];
    if (!condition) throw new Error(`${path}: there is no condition ${name} in ${this.name}`);
    return holds(condition, this, `${this.name}/Conditions.${name}`);
  }

  mapping(map: string, topKey: string, secondKey: string): unknown {
    const value = this.template.Mappings?.[map]?.[topKey]?.[secondKey];
    if (value === undefined) throw new Error(`${this.name}/Mappings.${map}: nothing at ${topKey}.${secondKey}`);
    return value;
  }

  exportedValue(name: string, path: string): unknown {
    return this.surroundings.exportedValue(this, name, path);
  }

  stackOutput(query: StackOutputQuery, path: string): unknown {
    return this.surroundings.stackOutput(this, query, path);
  }

  private pseudoParameter(name: string, path: string): unknown {
    const stackArn = `arn:${this.partition}:cloudformation:${this.region}:${this.accountId}:stack/${this.name}/00000000-0000-4000-8000-000000000000`;
    const values: Record<string, unknown> = {
      'AWS::AccountId': this.accountId,
      'AWS::Region': this.region,
      'AWS::Partition': this.partition,
      'AWS::StackName': this.name,
      'AWS::StackId': stackArn,
      'AWS::URLSuffix': this.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      'AWS::NoValue': NO_VALUE,
      'AWS::NotificationARNs': [],
    };
    if (!(name in values)) throw new Error(`${path}: unknown pseudo parameter ${name}`);
    return values[name];
  }

  /** The value given at deployment, else the default. An SSM parameter's default is a path, so its value is looked up. */
  private parameter(name: string, path: string): unknown {
    const { Type: type, Default: fallback } = this.template.Parameters![name];
    const ssm = type.startsWith('AWS::SSM::Parameter::Value');
    const stored = ssm && typeof fallback === 'string';
    const value = this.surroundings.parameter(this, name) ?? (stored ? this.surroundings.ssmParameter(this, fallback, path) : fallback);
    if (value === undefined) throw new Error(`${path}: parameter ${name} of ${this.name} has neither a value nor a default`);
    return /List/.test(type) && typeof value === 'string' ? value.split(',').map(item => item.trim()) : value;
  }
}
