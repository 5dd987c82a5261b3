import { ANY_ARN } from './arn-pattern';
import { ConditionTest } from './condition-test';
import { isOneValued } from './one-valued-keys';
import { patternSet, PatternSet, readPattern } from './pattern';
import { solveText, TextAnswer, TextConstraint, Universe } from './text-constraint';

/** A condition is met, or it is not. */
export interface KeyConstraint {
  readonly test: ConditionTest;
  readonly holds: boolean;
}

/** What a request says of a key: nothing, one value, or several. */
export type KeyValue = undefined | string | readonly string[];

/** `none`: no request is so. A value: one that surely is. */
export type KeyAnswer = 'none' | 'unsure' | { readonly value: KeyValue };

/** A value is never empty: for IAM that is as if the key were absent. */
const ANY_TEXT: Universe = { patterns: [readPattern('?*', { wildcards: true })], holds: ({ tokens }) => tokens[0]?.kind === 'text' };
const BOOLEANS = patternSet(['true', 'false'].map((value) => readPattern(value, { wildcards: false })));
const ARNS = patternSet(ANY_ARN);

/** Key under which the library keeps whether a CloudFormation condition went one way or the other. */
export const DEPLOYMENT_KEY = 'cloudformation condition ';

export function solveKey(constraints: readonly KeyConstraint[]): KeyAnswer {
  if (constraints.some(({ test, holds }) => constraints.some((other) => other.test.id === test.id && other.holds !== holds))) {
    return 'none';
  }
  const [{ test: { key } }] = constraints;
  const answers = [...(key.startsWith(DEPLOYMENT_KEY) ? [] : [absent(constraints)]), oneValue(constraints), ...(isOneValued(key) ? [] : [manyValues(constraints)])];
  return answers.find((answer) => typeof answer === 'object') ?? (answers.includes('unsure') ? 'unsure' : 'none');
}

function absent(constraints: readonly KeyConstraint[]): KeyAnswer {
  return whereTrue(constraints.map(({ test, holds }) => (test.whenAbsent === undefined ? undefined : test.whenAbsent === holds)), undefined);
}

function oneValue(constraints: readonly KeyConstraint[]): KeyAnswer {
  const asked = constraints.filter(({ test }) => test.presence === undefined && !test.unknown);
  const rest = presenceOf(constraints);
  if (rest === 'none') {
    return 'none';
  }
  const answer = solveText([...domainOf(constraints), ...asked.map(({ test, holds }) => ({ set: test.values, holds: test.negated !== holds }))], ANY_TEXT);
  return typeof answer === 'object' ? (rest === 'unsure' ? 'unsure' : { value: answer.text }) : answer;
}

/** Each value has to meet what is asked of all, and for each thing that is asked of any there has to be one. */
function manyValues(constraints: readonly KeyConstraint[]): KeyAnswer {
  const rest = presenceOf(constraints);
  if (rest === 'none' || constraints.some(({ test }) => test.kind === 'bool')) {
    return 'none';
  }
  const ofAll: TextConstraint[] = domainOf(constraints);
  const ofAny: TextConstraint[] = [];
  // IAM does not say what an operator for one value makes of several; at most that one of them meets it.
  let unsure = rest === 'unsure';
  for (const { test, holds } of constraints) {
    if (test.presence === undefined && !test.unknown) {
      unsure ||= test.quantifier === 'one';
      if (test.quantifier !== 'one') {
        ((test.quantifier === 'all') === holds ? ofAll : ofAny).push({ set: test.values, holds: test.negated !== holds });
      } else if (holds) {
        ofAny.push({ set: test.values, holds: !test.negated });
      }
    }
  }
  const answers: TextAnswer[] = (ofAny.length > 0 ? ofAny : [undefined]).map((one) => solveText(one === undefined ? ofAll : [...ofAll, one], ANY_TEXT));
  if (answers.includes('none')) {
    return 'none';
  }
  return unsure || answers.includes('unsure') ? 'unsure' : { value: [...new Set(answers.map((answer) => (answer as { text: string }).text))] };
}

/** What `Null` and unknown conditions say where the key is there. */
function presenceOf(constraints: readonly KeyConstraint[]): KeyAnswer {
  return whereTrue(constraints.flatMap(({ test, holds }): (boolean | undefined)[] => {
    if (test.unknown) {
      return [undefined];
    }
    return test.presence === undefined ? [] : [test.presence.includes(true) === holds];
  }), undefined);
}

function whereTrue(truths: readonly (boolean | undefined)[], value: KeyValue): KeyAnswer {
  if (truths.includes(false)) {
    return 'none';
  }
  return truths.includes(undefined) ? 'unsure' : { value };
}

/** What the operators tell of the key's type. */
function domainOf(constraints: readonly KeyConstraint[]): TextConstraint[] {
  const kinds = new Set(constraints.map(({ test }) => test.kind));
  const domain: PatternSet[] = [...(kinds.has('bool') ? [BOOLEANS] : []), ...(kinds.has('arn') ? [ARNS] : [])];
  return domain.map((set) => ({ set, holds: true }));
}
