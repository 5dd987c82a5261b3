import { branches, ConditionalValue, Decide, inAnyBranch } from './condition-branch';
import { opaque } from './opaque-text';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';
import { isThere, textOf, valueOf, ValueScope } from './template-value';
import { PolicyCondition, PolicyPrincipal, PolicyStatement } from '../containment/policy-statement';

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly statement: PolicyStatement;
  readonly place: StatementPlace;
  /**
   * The branches of CloudFormation's conditions in which it stands; empty: always. A Deny that stands under a condition protects nothing
   * for certain.
   */
  readonly onlyIf: readonly string[];
}

export interface StatementPlace {
  /** What holds the policy: the role with an inline policy, the `AWS::IAM::Policy`, the key. */
  readonly resource: SynthesizedResource;
  /** Name of the policy, where it has one. */
  readonly policy?: string;
  /** Where in the resource, such as `Properties.PolicyDocument`. */
  readonly location: string;
}

/** A policy document in a template, as written. */
export interface PolicySource {
  readonly document: unknown;
  readonly place: StatementPlace;
}

/** A policy that is no policy document, so that nothing can be said about it. */
export interface UnreadPolicy {
  readonly place: StatementPlace;
  readonly why: string;
}

export interface ReadPolicy {
  readonly statements: readonly PlacedStatement[];
  readonly unread: readonly UnreadPolicy[];
}

/** What a macro writes is not known here, whatever stands beside it. */
const MACRO = 'Fn::Transform';

/** The version of the language that knows variables. Without a version, it is the older one. */
const WITH_VARIABLES = '2012-10-17';

/** All statements of a policy, in all forms that conditions give them. */
export function readPolicy(app: SynthesizedApp, { document, place }: PolicySource): ReadPolicy {
  if (document === undefined) {
    return { statements: [], unread: [] };
  }
  const sources = rawStatements(document).map((raw) => readStatements(app, raw, place));
  return { statements: sources.flatMap(({ statements }) => statements), unread: sources.flatMap(({ unread }) => unread) };
}

/** Joins what several policies came to. */
export function joined(policies: readonly ReadPolicy[]): ReadPolicy {
  return { statements: policies.flatMap(({ statements }) => statements), unread: policies.flatMap(({ unread }) => unread) };
}

/** Statements are looked at one by one where they are listed: what one depends on does not multiply the forms of another. */
function rawStatements(document: unknown): unknown[] {
  const { Statement: statements, ...rest } = (document ?? {}) as Record<string, unknown>;
  return Array.isArray(statements) ? [...statements.map((Statement) => ({ ...rest, Statement })), ...(MACRO in rest ? [rest] : [])] : [document];
}

function readStatements(app: SynthesizedApp, raw: unknown, place: StatementPlace): ReadPolicy {
  const found = inAnyBranch(branches((decide: Decide) => {
    const scope: ValueScope = { app, stack: place.resource.stack, decide };
    return isThere(place.resource, scope) ? statementsOf(valueOf(raw, scope)) : [];
  }));
  return {
    statements: found.filter((each): each is ConditionalValue<PolicyStatement> => typeof each.value !== 'string')
      .map(({ value, onlyIf }) => ({ statement: value, place, onlyIf })),
    unread: found.filter(({ value }) => typeof value === 'string').map(({ value }) => ({ place, why: value as string })),
  };
}

/** The statements of a document that is an object or JSON; a text says why one cannot be read. */
function statementsOf(document: unknown): (PolicyStatement | string)[] {
  if (document === undefined) {
    return [];
  }
  if (typeof document === 'string') {
    try {
      return statementsOf(JSON.parse(document));
    } catch {
      return ['it is no JSON'];
    }
  }
  const { Statement: statements, Version: version, [MACRO]: macro } = (document ?? {}) as Record<string, unknown>;
  if (macro !== undefined) {
    return ['a macro writes it'];
  }
  return list(statements).flatMap((statement) => {
    const read = normalized(statement, version === WITH_VARIABLES);
    return read === undefined ? [] : [read];
  });
}

/** One statement in one shape, whichever of IAM's forms it is written in. */
function normalized(raw: unknown, hasVariables: boolean): PolicyStatement | string | undefined {
  if (raw === undefined) {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return 'a statement is known only at deployment';
  }
  if (MACRO in raw) {
    return 'a macro writes a statement';
  }
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = raw as Record<string, unknown>;
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    return 'the effect of a statement is known only at deployment';
  }
  const blocks = Condition === undefined ? [] : [Condition, ...Object.values(Condition ?? {})];
  if (blocks.some((block) => typeof block !== 'object' || block === null || Array.isArray(block))) {
    return 'the conditions of a statement are known only at deployment';
  }
  return {
    ...(Sid !== undefined ? { sid: textOf(Sid) } : {}),
    effect: Effect,
    ...texts('actions', Action),
    ...texts('notActions', NotAction),
    ...texts('resources', Resource, hasVariables),
    ...texts('notResources', NotResource, hasVariables),
    ...(Principal !== undefined ? { principals: principalsOf(Principal) } : {}),
    ...(NotPrincipal !== undefined ? { notPrincipals: principalsOf(NotPrincipal) } : {}),
    conditions: conditionsOf(Condition as Record<string, unknown> | undefined, hasVariables),
  };
}

function texts(field: string, value: unknown, hasVariables = true): Record<string, readonly string[]> {
  return value === undefined ? {} : { [field]: list(value).map((each) => words(each, hasVariables)) };
}

/**
 * A text as IAM reads it. What CloudFormation looks up elsewhere is as unknown as a parameter; a variable is none in the older version of
 * the language (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html).
 */
function words(value: unknown, hasVariables = true): string {
  const text = textOf(value).replace(/\{\{resolve:([^}]*)\}\}/g, (_all, reference: string) => opaque(`Dynamic reference ${reference.replace(/:/g, ' ')}`));
  return hasVariables ? text : text.replace(/\$(?=\{(?:[A-Za-z][\w.-]*:[^:}]|[*?$]\}))/g, '${$}');
}

function principalsOf(value: unknown): PolicyPrincipal[] {
  return typeof value !== 'object' || value === null
    ? [{ type: value === '*' ? '*' : 'AWS', value: words(value) }]
    : Object.entries(value).flatMap(([type, values]) => list(values).map((each) => ({ type, value: words(each) })));
}

function conditionsOf(block: Record<string, unknown> = {}, hasVariables = true): PolicyCondition[] {
  return Object.entries(block).flatMap(([operator, keys]) => Object.entries((keys ?? {}) as Record<string, unknown>)
    .map(([key, values]) => ({ operator, key, values: list(values).map((each) => words(each, hasVariables)) })));
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
