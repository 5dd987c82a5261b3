import type { PolicyCondition, PolicyPrincipal, PolicyStatement } from '../../src/containment/policy-statement';

/** A statement in the form of IAM's JSON, to be short in tables. */
export interface WrittenStatement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: '*' | Record<string, string | readonly string[]>;
  readonly NotPrincipal?: Record<string, string | readonly string[]>;
  readonly Condition?: Record<string, Record<string, string | readonly string[]>>;
}

export function readStatement(written: WrittenStatement): PolicyStatement {
  const { Effect = 'Allow', Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition = {} } = written;
  return {
    effect: Effect,
    ...(Action !== undefined ? { actions: [Action].flat() } : {}),
    ...(NotAction !== undefined ? { notActions: [NotAction].flat() } : {}),
    ...(Resource !== undefined ? { resources: [Resource].flat() } : {}),
    ...(NotResource !== undefined ? { notResources: [NotResource].flat() } : {}),
    ...(Principal !== undefined ? { principals: principalsOf(Principal) } : {}),
    ...(NotPrincipal !== undefined ? { notPrincipals: principalsOf(NotPrincipal) } : {}),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys)
      .map(([key, values]): PolicyCondition => ({ operator, key, values: [values].flat() }))),
  };
}

/** IAM's JSON of a statement, for the simulator. */
export function writtenStatement(statement: PolicyStatement): Record<string, unknown> {
  const { effect, actions, notActions, resources, notResources, principals, conditions } = statement;
  const Condition: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of conditions) {
    Condition[operator] = { ...Condition[operator], [key]: values };
  }
  return {
    Effect: effect,
    ...(actions !== undefined ? { Action: actions } : {}),
    ...(notActions !== undefined ? { NotAction: notActions } : {}),
    ...(resources !== undefined ? { Resource: resources } : {}),
    ...(notResources !== undefined ? { NotResource: notResources } : {}),
    ...(principals !== undefined ? { Principal: principals.some(({ type }) => type === '*') ? '*' : grouped(principals) } : {}),
    ...(conditions.length > 0 ? { Condition } : {}),
  };
}

function grouped(principals: readonly PolicyPrincipal[]): Record<string, string[]> {
  const byType: Record<string, string[]> = {};
  principals.forEach(({ type, value }) => (byType[type] ??= []).push(value));
  return byType;
}

function principalsOf(written: '*' | Record<string, string | readonly string[]>): PolicyPrincipal[] {
  return written === '*' ? [{ type: '*', value: '*' }] : Object.entries(written).flatMap(([type, values]) => [values].flat().map((value) => ({ type, value })));
}
