/** A resource as IAM sees it, and as a reviewer reads it. The label decides the order, since an ARN may be a token. */
export interface NamedResource {
  readonly arn: string;
  readonly label: string;
}

/** One condition of a statement. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of an identity policy, before it is given to IAM. */
export interface Statement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** Exactly one of `resources` and `notResources` is there. */
  readonly resources?: readonly NamedResource[];
  readonly notResources?: readonly NamedResource[];
  readonly conditions: readonly Condition[];
}

/** Every resource. Only for Deny, and for actions that have no resource level. */
export const EVERYTHING: NamedResource = { arn: '*', label: '*' };

/** A statement that allows. */
export function allow(sid: string, actions: readonly string[], resources: readonly NamedResource[], conditions: readonly Condition[] = []): Statement {
  return { sid, effect: 'Allow', actions, resources, conditions };
}

/** Sorted and without repetition. */
export function byLabel<T extends NamedResource>(resources: readonly T[]): T[] {
  const once = new Map(resources.map((resource) => [resource.label, resource]));
  return [...once.keys()].sort().map((label) => once.get(label)!);
}

/** The statement in the form of IAM's JSON, with members in IAM's customary order. */
export function statementJson(statement: Statement): Record<string, unknown> {
  const arns = (resources: readonly NamedResource[]) => oneOrMany(resources.map((resource) => resource.arn));
  return {
    Sid: statement.sid,
    Effect: statement.effect,
    Action: oneOrMany(statement.actions),
    ...(statement.resources !== undefined ? { Resource: arns(statement.resources) } : {}),
    ...(statement.notResources !== undefined ? { NotResource: arns(statement.notResources) } : {}),
    ...(statement.conditions.length > 0 ? { Condition: conditionJson(statement) } : {}),
  };
}

/** IAM has one member for each operator and key. A second condition on it would replace the first; joined, it would widen it. */
function conditionJson({ sid, conditions }: Statement): Record<string, Record<string, unknown>> {
  const json: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of conditions) {
    if (json[operator]?.[key] !== undefined) {
      throw new Error(`Statement ${sid} has two conditions ${operator} on ${key}, of which IAM would only see the last.`);
    }
    json[operator] = { ...json[operator], [key]: oneOrMany(values) };
  }
  return json;
}

function oneOrMany(values: readonly string[]): string | string[] {
  return values.length === 1 ? values[0] : [...values];
}
