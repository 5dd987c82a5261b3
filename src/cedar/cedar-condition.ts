import { ANYTHING, cedarPattern, CedarPattern, cedarString } from './cedar-text';
import { ClaimShape } from './claim-shape';
import { claimTests } from './claim-tests';

/** What a call must fulfil, as plain data. Rendered with guards: an error in a policy would make Cedar skip it. */
export type CedarCondition = ClaimCondition | PrincipalCondition | InputTestCondition | CombinedCondition | NegatedCondition | AlwaysCondition;

/** The caller's token has this value in this claim. */
export interface ClaimCondition {
  readonly kind: 'claim';
  readonly claim: string;
  readonly value: string;
  readonly shape: ClaimShape;
}

/** The caller is this user (by subject) or this IAM role (by its assumed-role ARN). */
export interface PrincipalCondition {
  readonly kind: 'principal';
  readonly type: 'OAuthUser' | 'IamEntity';
  readonly id: string;
}

/** An argument of the call passes a test. */
export interface InputTestCondition {
  readonly kind: 'input';
  readonly path: readonly string[];
  readonly test: InputTest;
}

/** How an argument is tested. Whole numbers are Cedar's Long; other JSON numbers are decimals with four places. */
export type InputTest =
  | { readonly operator: 'equals'; readonly values: readonly string[] }
  | { readonly operator: 'startsWith'; readonly value: string }
  | { readonly operator: 'is'; readonly value: boolean }
  | { readonly operator: 'integerBetween' | 'decimalBetween'; readonly atLeast?: number; readonly atMost?: number };

export interface CombinedCondition {
  readonly kind: 'all' | 'any';
  readonly of: readonly CedarCondition[];
}

export interface NegatedCondition {
  readonly kind: 'not';
  readonly of: CedarCondition;
}

export interface AlwaysCondition {
  readonly kind: 'always';
}

/** Whether every call fulfils it. */
export function alwaysHolds(condition: CedarCondition): boolean {
  switch (condition.kind) {
    case 'always': return true;
    case 'all': return condition.of.every(alwaysHolds);
    case 'any': return condition.of.some(alwaysHolds);
    default: return false;
  }
}

/** The condition as a Cedar expression. */
export function cedarExpression(condition: CedarCondition): string {
  switch (condition.kind) {
    case 'always': return 'true';
    case 'claim': return claimExpression(condition);
    case 'principal': return `principal == AgentCore::${condition.type}::${cedarString(condition.id)}`;
    case 'input': return inputExpression(condition);
    case 'not': return `!(${cedarExpression(condition.of)})`;
    case 'all': return condition.of.map((part) => inParentheses(part)).join(' &&\n  ');
    case 'any': return condition.of.map((part) => inParentheses(part)).join(' ||\n  ');
  }
}

/** The conditions of which one suffices. */
export function alternativesOf(condition: CedarCondition): readonly CedarCondition[] {
  return condition.kind === 'any' ? condition.of.flatMap(alternativesOf) : [condition];
}

function inParentheses(condition: CedarCondition): string {
  return condition.kind === 'always' || condition.kind === 'not' ? cedarExpression(condition) : `(${cedarExpression(condition)})`;
}

function claimExpression({ claim, value, shape }: ClaimCondition): string {
  const tag = cedarString(claim);
  const text = `principal.getTag(${tag})`;
  const like = (pattern: CedarPattern) => `${text} like ${cedarPattern(pattern)}`;
  const { texts, patterns, patternsOutsideJson } = claimTests(value, shape);
  const tests = [...texts.map((each) => `${text} == ${cedarString(each)}`), ...patterns.map(like)];
  const outside = patternsOutsideJson.length === 0
    ? [] : [`(!(${text} like "[*") && (${patternsOutsideJson.map(like).join(' || ')}))`];
  return `principal.hasTag(${tag}) && (\n    ${[...tests, ...outside].join(' ||\n    ')}\n  )`;
}

function inputExpression({ path, test }: InputTestCondition): string {
  const steps = path.map((name) => `[${cedarString(name)}]`);
  const before = (index: number) => `context.input${steps.slice(0, index).join('')}`;
  const guards = path.map((name, index) => `${before(index)} has ${cedarString(name)}`);
  return [...guards, testExpression(before(path.length), test)].join(' && ');
}

function testExpression(input: string, test: InputTest): string {
  switch (test.operator) {
    case 'equals': return `(${test.values.map((value) => `${input} == ${cedarString(value)}`).join(' || ')})`;
    case 'startsWith': return `${input} like ${cedarPattern([test.value, ANYTHING])}`;
    case 'is': return `${input} == ${test.value}`;
    case 'integerBetween': return range(test, (value) => `${input} >= ${value}`, (value) => `${input} <= ${value}`);
    case 'decimalBetween': return range(test,
      (value) => `${input}.greaterThanOrEqual(decimal("${value.toFixed(4)}"))`,
      (value) => `${input}.lessThanOrEqual(decimal("${value.toFixed(4)}"))`);
  }
}

function range(
  { atLeast, atMost }: { readonly atLeast?: number; readonly atMost?: number },
  least: (value: number) => string, most: (value: number) => string,
): string {
  return [...(atLeast !== undefined ? [least(atLeast)] : []), ...(atMost !== undefined ? [most(atMost)] : [])].join(' && ');
}
