import type { DeployedStack } from './deployed-stack';
import { identityOf } from './resource-identity';

/** A resource of a template, with its values as they would be after deployment. They are resolved when asked for. */
export class DeployedResource {
  readonly type: string;

  constructor(
    readonly stack: DeployedStack,
    readonly logicalId: string,
    private readonly definition: { Type: string; Condition?: string; Properties?: Record<string, unknown> },
  ) {
    this.type = definition.Type;
  }

  get path(): string {
    return `${this.stack.name}/${this.logicalId}`;
  }

  /** False for a resource that its template's condition leaves out. */
  get exists(): boolean {
    return this.definition.Condition === undefined || this.stack.condition(this.definition.Condition, this.path);
  }

  get properties(): Record<string, any> {
    return this.stack.evaluate(this.definition.Properties ?? {}, this.path) as Record<string, any>;
  }

  property(name: string): any {
    return this.stack.evaluate(this.definition.Properties?.[name], `${this.path}.${name}`);
  }

  /** The name given in the template, else one that is the same in every synthesis. */
  physicalName(property: string): string {
    return this.property(property) ?? `${this.stack.name}-${this.logicalId}`;
  }

  ref(path: string): unknown {
    const { ref } = identityOf(this);
    if (ref === undefined) throw new Error(`${path}: what Ref of ${this.path} (${this.type}) gives is not known here`);
    return ref;
  }

  attribute(name: string, path: string): unknown {
    const value = identityOf(this).attributes?.[name];
    if (value === undefined) throw new Error(`${path}: attribute ${name} of ${this.path} (${this.type}) is not known here`);
    return value;
  }
}
