import { ConditionTest, conditionTest } from './condition-test';
import { patternSet, readPattern } from './pattern';
import { PolicyCondition, PolicyPrincipal, PolicyStatement } from './policy-statement';
import { Literal, regionsOf, Side, solveSubject } from './region';
import { solveText, Universe } from './text-constraint';

/** A question for the statements of a principal or a resource. */
export interface AccessQuestion {
  readonly action: string;
  readonly resource: string;
  readonly principal?: PolicyPrincipal;
  /** What is known of the request. A key that is not here may have any value or none. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Whether the request has no other keys than these. @default false */
  readonly contextIsComplete?: boolean;
}

/** What the statements answer. */
export interface AccessExplanation {
  /** `not allowed`: no statement allows it. `denied`: a Deny does so. */
  readonly answer: 'allowed' | 'denied' | 'not allowed' | 'depends';
  /** The statements that decide: those that allow, those that deny, or those on which it depends. */
  readonly statements: readonly DecidingStatement[];
}

export interface DecidingStatement {
  readonly statement: PolicyStatement;
  /** Conditions that are met or not by what is unknown of the request. */
  readonly dependsOn: readonly PolicyCondition[];
  /** Whether the statement fits only for some values that deployment fills in. */
  readonly dependsOnDeployment: boolean;
}

type Truth = boolean | undefined;

const ANY: Universe = { patterns: [readPattern('*', { wildcards: true })], holds: () => true };

/** Why statements allow a request or not. */
export function explain(statements: readonly PolicyStatement[], question: AccessQuestion): AccessExplanation {
  const judged = statements.map((statement) => ({ statement, ...judge(statement, question) }));
  const of = (effect: PolicyStatement['effect'], ...fits: Truth[]) => judged.filter((each) => each.statement.effect === effect && fits.includes(each.fits))
    .map(({ statement, dependsOn, dependsOnDeployment }): DecidingStatement => ({ statement, dependsOn, dependsOnDeployment }));
  const denials = of('Deny', true);
  if (denials.length > 0) {
    return { answer: 'denied', statements: denials };
  }
  if (of('Allow', true, undefined).length === 0) {
    return { answer: 'not allowed', statements: [] };
  }
  const possibleDenials = of('Deny', undefined);
  const allowances = of('Allow', true);
  if (allowances.length > 0 && possibleDenials.length === 0) {
    return { answer: 'allowed', statements: allowances };
  }
  return { answer: 'depends', statements: [...possibleDenials, ...(allowances.length > 0 ? allowances : of('Allow', undefined))] };
}

function judge(statement: PolicyStatement, question: AccessQuestion): Omit<DecidingStatement, 'statement'> & { readonly fits: Truth } {
  const tests = statement.conditions.map((condition) => ({ condition, truth: testTruth(conditionTest(condition), question) }));
  const regions = regionsOf({ ...statement, conditions: [] }).map(({ literals }) => every(literals.map((literal) => sideTruth(literal, question))));
  const place: Truth = regions.includes(true) ? true : regions.includes(undefined) ? undefined : false;
  return {
    fits: every([place, ...tests.map(({ truth }) => truth)]),
    dependsOn: tests.filter(({ truth }) => truth === undefined).map(({ condition }) => condition),
    dependsOnDeployment: place === undefined,
  };
}

function sideTruth(literal: Literal, { action, resource, principal }: AccessQuestion): Truth {
  const { side } = literal;
  if (side === 'key' || side === 'own policy' || (side === 'principal' && principal === undefined)) {
    return side === 'own policy' || side === 'principal' ? undefined : true;
  }
  const text: Record<Exclude<Side, 'own policy'>, string> = { action, resource, principal: principal === undefined ? '' : `${principal.type}:${principal.value}` };
  const given: Literal = { side, set: patternSet([readPattern(text[side], { wildcards: false, folded: side === 'action' })]), holds: true };
  if (solveSubject([given, literal]) === 'none') {
    return false;
  }
  return solveSubject([given, { ...literal, holds: !literal.holds }]) === 'none' ? true : undefined;
}

function testTruth(test: ConditionTest, { context = {}, contextIsComplete = false }: AccessQuestion): Truth {
  const found = Object.entries(context).find(([key]) => key.toLowerCase() === test.key);
  if (found === undefined) {
    return contextIsComplete ? test.whenAbsent : undefined;
  }
  if (test.unknown) {
    return undefined;
  }
  if (test.presence !== undefined) {
    return test.presence.includes(true);
  }
  const values = [found[1]].flat();
  if (test.quantifier === 'one' && Array.isArray(found[1])) {
    return undefined;
  }
  const truths = values.map((value) => valueTruth(value, test));
  return test.quantifier === 'any' ? not(every(truths.map(not))) : every(truths);
}

function valueTruth(value: string, { values, negated }: ConditionTest): Truth {
  const given = { set: patternSet([readPattern(value, { wildcards: false })]), holds: true };
  const inside = solveText([given, { set: values, holds: true }], ANY) === 'none' ? false
    : solveText([given, { set: values, holds: false }], ANY) === 'none' ? true : undefined;
  return negated ? not(inside) : inside;
}

function every(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
