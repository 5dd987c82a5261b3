import { actionPattern, ANY_ACTION } from './action-pattern';
import { ANY_RESOURCE, resourcePattern } from './arn-pattern';
import { conditionTest, ConditionTest } from './condition-test';
import { KeyConstraint, KeyValue, solveKey } from './key-constraint';
import { isPolicyVariable, Pattern, patternSet, PatternSet, readPattern } from './pattern';
import { PolicyStatement } from './policy-statement';
import { allPrincipalsBut, ANY_PRINCIPAL, principalReach } from './principal-pattern';
import { inBothReadings, readReaching } from './reaching-wildcard';
import { solveText, TextAnswer, TextConstraint, Universe } from './text-constraint';

/** What a request has beside its keys. */
export type Side = 'action' | 'resource' | 'principal' | 'own policy';

/** Something that a request is, or is not. */
export type Literal =
  | { readonly side: Side; readonly set: PatternSet; readonly holds: boolean }
  | { readonly side: 'key'; readonly test: ConditionTest; readonly holds: boolean };

/** Requests that meet all literals. */
export interface Region {
  readonly literals: readonly Literal[];
  readonly statement: PolicyStatement;
}

export type SideAnswer = 'none' | 'unsure' | { readonly value: KeyValue };

/** Whether the principal's own policies allow it, which only an account in a resource policy asks for. */
const OWN_POLICY = patternSet([{ tokens: [{ kind: 'text', char: '1' }], folded: false }]);
const EITHER: Universe = { patterns: ['0', '1'].map((char): Pattern => ({ tokens: [{ kind: 'text', char }], folded: false })), holds: () => true };
const UNIVERSES: Readonly<Record<Side, Universe>> = { 'action': ANY_ACTION, 'resource': ANY_RESOURCE, 'principal': ANY_PRINCIPAL, 'own policy': EITHER };

/** What a statement speaks of: a region, or two where its principals are accounts and others. */
export function regionsOf(statement: PolicyStatement): readonly Region[] {
  const known = REGIONS.get(statement) ?? readRegions(statement);
  REGIONS.set(statement, known);
  return known;
}

const REGIONS = new WeakMap<PolicyStatement, readonly Region[]>();

function readRegions(statement: PolicyStatement): Region[] {
  const literals: Literal[] = [
    ...sideLiterals('action', statement.actions, statement.notActions, actionPattern),
    ...sideLiterals('resource', statement.resources, statement.notResources, resourcePattern, exceptedPattern),
    ...statement.conditions.map((condition): Literal => ({ side: 'key', test: conditionTest(condition), holds: true })),
  ];
  return principalLiterals(statement).map((principals) => ({ literals: [...literals, ...principals], statement }));
}

function sideLiterals(side: Side, only: readonly string[] | undefined, allBut: readonly string[] | undefined, read: (text: string) => Pattern, except = read): Literal[] {
  return [
    ...(only !== undefined ? [{ side, set: patternSet(only.map(read)), holds: true }] : []),
    ...(allBut !== undefined ? [{ side, set: patternSet(allBut.map(except)), holds: false }] : []),
  ];
}

/** A resource that is excepted. AWS does not say what remains where a request has no value for a variable in it. */
function exceptedPattern(text: string): Pattern {
  const pattern = resourcePattern(text);
  const vague = pattern.tokens.some((token) => token.kind === 'unknown' && isPolicyVariable(token.name) && !token.name.includes(','));
  return vague ? { ...readPattern('*', { wildcards: true }), unsure: `variable in NotResource ${text}` } : pattern;
}

function solveResource(constraints: readonly TextConstraint[], resources: ReadonlySet<string> | undefined): TextAnswer {
  const answer = solveText(constraints, ANY_RESOURCE, resources);
  if (answer === 'unsure' || constraints.every(({ set }) => readReaching(set) === undefined)) {
    return answer;
  }
  return inBothReadings(answer, solveText(constraints.map(({ set, holds }) => ({ set: readReaching(set) ?? set, holds })), ANY_RESOURCE, resources));
}

function principalLiterals({ effect, principals, notPrincipals }: PolicyStatement): Literal[][] {
  if (notPrincipals !== undefined) {
    return [[{ side: 'principal', set: patternSet([allPrincipalsBut(notPrincipals)]), holds: true }]];
  }
  if (principals === undefined) {
    return [[]];
  }
  const reaches = principals.map(principalReach);
  const accounts = reaches.filter(({ account }) => account && effect === 'Allow');
  const others = reaches.filter((reach) => !accounts.includes(reach));
  const named = (some: typeof reaches): Literal => ({ side: 'principal', set: patternSet(some.map(({ pattern }) => pattern)), holds: true });
  return [
    ...(others.length > 0 || accounts.length === 0 ? [[named(others)]] : []),
    ...(accounts.length > 0 ? [[named(accounts), { side: 'own policy' as const, set: OWN_POLICY, holds: true }]] : []),
  ];
}

/** Literals that are decided together: those of a side, and those of a key. */
export function subject(literal: Literal): string {
  return literal.side === 'key' ? `key ${literal.test.key}` : literal.side;
}

export function literalId(literal: Literal): string {
  return `${literal.holds ? '+' : '-'}${literal.side === 'key' ? literal.test.id : literal.set.id}`;
}

/** The same object for the same literal, since it is asked for again and again. */
export function negation(literal: Literal): Literal {
  const known = NEGATIONS.get(literal) ?? { ...literal, holds: !literal.holds };
  NEGATIONS.set(literal, known);
  return known;
}

const NEGATIONS = new WeakMap<Literal, Literal>();

/** Whether something meets all literals of one subject. `resources`: those that surely are different ones. */
export function solveSubject(literals: readonly Literal[], resources?: ReadonlySet<string>): SideAnswer {
  const [first] = literals;
  if (first.side === 'key') {
    return solveKey(literals as readonly KeyConstraint[]);
  }
  const constraints = literals as readonly { readonly set: PatternSet; readonly holds: boolean }[];
  const answer = first.side === 'resource' ? solveResource(constraints, resources) : solveText(constraints, UNIVERSES[first.side]);
  return typeof answer === 'object' ? { value: answer.text } : answer;
}
