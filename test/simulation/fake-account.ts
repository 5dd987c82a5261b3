import * as fs from 'node:fs';
import * as path from 'node:path';
import { type App, Stack, Stage, Token } from 'aws-cdk-lib';
import type { DeployedResource } from './deployed-resource';
import { DeployedStack, type Surroundings, type Template } from './deployed-stack';
import type { StackOutputQuery } from './intrinsic-functions';
import type { PolicyDocument } from './policy-document';

export interface DeployOptions {
  /** Where stacks without an environment of their own go. @default '111111111111' */
  readonly accountId?: string;
  /** @default 'eu-west-1' */
  readonly region?: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** Template parameters by `Name` or `Stack:Name`, and SSM parameters by their path; always the final values. */
  readonly parameters?: Record<string, string>;
  /** Attributes that only a deployment could know (of custom resources, for example), by `Stack/LogicalId.Attribute`. */
  readonly attributes?: Record<string, string>;
  /**
   * Policies that exist outside of the app, by ARN: of a role its identity policy, of a managed policy its document, of
   * anything else (a key, a secret) its resource policy.
   */
  readonly externalPolicies?: Record<string, PolicyDocument>;
}

/** Synthesizes an app and "deploys" its templates, nested stacks and stages included, to an account that exists only here. */
export function deploy(app: App, options: DeployOptions = {}): FakeAccount {
  app.synth();
  return new FakeAccount(app, options);
}

/** The stacks of an app after a deployment, every value in them resolvable to what it would be there. */
export class FakeAccount implements Surroundings {
  readonly accountId: string;
  readonly stacks: DeployedStack[] = [];
  private readonly byConstruct = new Map<Stack, DeployedStack>();

  constructor(readonly app: App, readonly options: DeployOptions) {
    this.accountId = options.accountId ?? '111111111111';
    for (const stack of app.node.findAll()) {
      if (Stack.isStack(stack)) this.add(stack);
    }
  }

  get resources(): DeployedResource[] {
    return this.stacks.flatMap(stack => stack.resources);
  }

  resourcesOfType(type: string): DeployedResource[] {
    return this.resources.filter(resource => resource.type === type);
  }

  /** What a token of a stack comes to, for example `valueOf(stack, role.roleArn)`. */
  valueOf(stack: Stack, token: unknown): any {
    return this.byConstruct.get(stack)!.evaluate(stack.resolve(token), stack.stackName);
  }

  parameter(stack: DeployedStack, name: string): unknown {
    const { parameters = {} } = this.options;
    const nested = this.nestingResource(stack)?.property('Parameters')?.[name];
    return nested ?? parameters[`${stack.name}:${name}`] ?? parameters[name];
  }

  ssmParameter(stack: DeployedStack, name: string, at: string): unknown {
    const here = this.resourcesOfType('AWS::SSM::Parameter')
      .find(parameter => sameEnvironment(parameter.stack, stack) && parameter.property('Name') === name);
    const value = this.options.parameters?.[name] ?? here?.property('Value');
    if (value === undefined) throw new Error(`${at}: no SSM parameter ${name}; give its value in "parameters"`);
    return value;
  }

  exportedValue(importer: DeployedStack, name: string, at: string): unknown {
    const values = this.stacks.filter(stack => sameEnvironment(stack, importer))
      .map(stack => stack.exported(name)).filter(value => value !== undefined);
    if (values.length !== 1) throw new Error(`${at}: ${values.length} stacks export "${name}" in ${importer.accountId}/${importer.region}`);
    return values[0];
  }

  stackOutput(reader: DeployedStack, query: StackOutputQuery, at: string): unknown {
    const producer = { accountId: query.RoleArn?.split(':')[4] ?? reader.accountId, region: query.Region ?? reader.region };
    const candidates = this.stacks.filter(stack => stack.name === query.StackName && sameEnvironment(stack, producer));
    if (candidates.length !== 1) {
      throw new Error(`${at}: ${candidates.length} stacks called "${query.StackName}" in ${producer.accountId}/${producer.region}`);
    }
    return candidates[0].output(query.OutputName, at);
  }

  attribute(resource: DeployedResource, attribute: string, at: string): unknown {
    const given = this.options.attributes?.[`${resource.path}.${attribute}`];
    if (given !== undefined) return given;
    if (resource.type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
      return this.nestedIn(resource, at).output(attribute.slice('Outputs.'.length), at);
    }
    if (resource.type === 'Custom::CrossRegionExportReader') return this.crossRegionExport(attribute, at);
    return resource.attribute(attribute, at);
  }

  private add(stack: Stack): void {
    const { region = 'eu-west-1', partition = 'aws' } = this.options;
    const templateFile = path.join(Stage.of(stack)!.outdir, stack.templateFile);
    const placement = {
      name: nameOf(stack),
      accountId: Token.isUnresolved(stack.account) ? this.accountId : stack.account,
      region: Token.isUnresolved(stack.region) ? region : stack.region,
      partition,
      constructPath: stack.node.path,
      templateFile,
    };
    const deployed = new DeployedStack(placement, JSON.parse(fs.readFileSync(templateFile, 'utf-8')) as Template, this);
    this.stacks.push(deployed);
    this.byConstruct.set(stack, deployed);
  }

  private nestingResource(nested: DeployedStack): DeployedResource | undefined {
    const [construct] = [...this.byConstruct].find(([, deployed]) => deployed === nested) ?? [];
    if (!construct?.nestedStackParent) return undefined;
    return this.byConstruct.get(construct.nestedStackParent)!.resource(logicalIdOf(construct));
  }

  private nestedIn(resource: DeployedResource, at: string): DeployedStack {
    const nested = this.stacks.find(stack => this.nestingResource(stack) === resource);
    if (!nested) throw new Error(`${at}: the template of ${resource.path} is not part of the app`);
    return nested;
  }

  /** Strong references across Regions travel through a pair of custom resources of aws-cdk-lib. */
  private crossRegionExport(name: string, at: string): unknown {
    const exports = this.resourcesOfType('Custom::CrossRegionExportWriter').map(writer => writer.property('WriterProps').exports);
    const found = exports.find(values => name in values);
    if (!found) throw new Error(`${at}: no stack writes the cross-Region export ${name}`);
    return found[name];
  }
}

function sameEnvironment(one: { accountId: string; region: string }, other: { accountId: string; region: string }): boolean {
  return one.accountId === other.accountId && one.region === other.region;
}

function logicalIdOf(nested: Stack): string {
  return nested.nestedStackParent!.getLogicalId(nested.nestedStackResource as any);
}

/** A nested stack's own name is only known after deployment; it starts with its parent's. */
function nameOf(stack: Stack): string {
  return stack.nestedStackParent ? `${nameOf(stack.nestedStackParent)}-${logicalIdOf(stack)}` : stack.stackName;
}
