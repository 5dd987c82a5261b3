import { arnConditionPattern } from './arn-pattern';
import { isPolicyVariable, Pattern, patternSet, PatternSet, readPattern } from './pattern';
import { PolicyCondition } from './policy-statement';

/** What a condition asks of its key. */
export interface ConditionTest {
  /** The same for conditions that mean the same. */
  readonly id: string;
  readonly written: PolicyCondition;
  /** In small letters: IAM compares keys so. */
  readonly key: string;
  readonly quantifier: 'one' | 'any' | 'all';
  /** `…Not…`: the values are those that it refuses. */
  readonly negated: boolean;
  readonly values: PatternSet;
  /** Whether it is met where the key is absent; `undefined`: unknown. */
  readonly whenAbsent: boolean | undefined;
  /** `Null`: it asks whether the key is there, and nothing else. */
  readonly presence?: readonly boolean[];
  /** Nothing is known but that the same words mean the same. */
  readonly unknown: boolean;
  readonly kind: 'text' | 'bool' | 'arn';
}

type Reading = { readonly kind: ConditionTest['kind']; readonly read: (value: string, operator: string) => Pattern };

const EXACT = (value: string) => readPattern(value, { wildcards: false });
const TEXT: Reading = { kind: 'text', read: EXACT };
const ARN: Reading = { kind: 'arn', read: arnConditionPattern };
/** Compared by rules that are not followed here: a value is a set of texts, the same one for the same words. */
const OTHER: Reading = { kind: 'text', read: (value, operator) => ({ ...readPattern('*', { wildcards: true }), unsure: `${operator} ${value}` }) };

const OPERATORS: Readonly<Record<string, Reading>> = {
  stringequals: TEXT,
  stringlike: { kind: 'text', read: (value) => readPattern(value, { wildcards: true }) },
  stringequalsignorecase: { kind: 'text', read: (value) => readPattern(value, { wildcards: false, folded: true }) },
  arnlike: ARN,
  arnequals: ARN,
  bool: { kind: 'bool', read: (value) => (/^(true|false)$/i.test(value) ? readPattern(value, { wildcards: false, folded: true }) : OTHER.read(value, 'bool')) },
  ...Object.fromEntries(['numericequals', 'numericlessthan', 'numericlessthanequals', 'numericgreaterthan', 'numericgreaterthanequals', 'dateequals', 'datelessthan',
    'datelessthanequals', 'dategreaterthan', 'dategreaterthanequals', 'binaryequals', 'ipaddress'].map((operator) => [operator, OTHER])),
};

const NEGATED: Readonly<Record<string, string>> = {
  stringnotequals: 'stringequals',
  stringnotlike: 'stringlike',
  stringnotequalsignorecase: 'stringequalsignorecase',
  arnnotlike: 'arnlike',
  arnnotequals: 'arnequals',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  notipaddress: 'ipaddress',
};

/** Reads a condition by IAM's rules (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html). */
export function conditionTest(written: PolicyCondition): ConditionTest {
  const [, quantified, named, ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/i.exec(written.operator)!;
  const name = named.toLowerCase();
  const key = written.key.toLowerCase();
  const quantifier = quantified === undefined ? 'one' : quantified.toLowerCase() === 'foranyvalue' ? 'any' : 'all';
  if (name === 'null') {
    return quantified === undefined && ifExists === undefined ? presenceTest(written, key) : unknownTest(written, key);
  }
  const negated = name in NEGATED;
  const reading = OPERATORS[negated ? NEGATED[name] : name];
  // AWS does not say what a refusal of a value is worth whose variable has no value, nor what an empty text matches.
  const vague = written.values.some((value) => value === '' || (negated && /\$\{/.test(value) && variablesOf(value).some(isPolicyVariable)));
  if (reading === undefined || vague) {
    return unknownTest(written, key);
  }
  const values = patternSet(written.values.map((value) => reading.read(value, negated ? NEGATED[name] : name)));
  const whenAbsent = quantifier === 'any' ? (ifExists === undefined ? false : undefined) : quantifier === 'all' || ifExists !== undefined || negated;
  const id = `${quantifier} ${negated ? 'not ' : ''}${reading.kind} ${String(whenAbsent)} ${key} ${values.id}`;
  return { id, written, key, quantifier, negated, values, whenAbsent, unknown: false, kind: reading.kind };
}

function presenceTest(written: PolicyCondition, key: string): ConditionTest {
  const values = written.values.map((value) => value.toLowerCase());
  if (values.some((value) => value !== 'true' && value !== 'false')) {
    return unknownTest(written, key);
  }
  const presence = [...new Set(values.map((value) => value === 'false'))].sort();
  return {
    id: `null ${key} ${presence}`, written, key, quantifier: 'one', negated: false, values: patternSet([]), whenAbsent: presence.includes(false), presence, unknown: false, kind: 'text',
  };
}

function unknownTest(written: PolicyCondition, key: string): ConditionTest {
  const id = `unknown ${written.operator.toLowerCase()} ${key} ${[...new Set(written.values)].sort().join('\u0001')}`;
  return { id, written, key, quantifier: 'one', negated: false, values: patternSet([]), whenAbsent: undefined, unknown: true, kind: 'text' };
}

function variablesOf(value: string): string[] {
  return [...value.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name);
}
