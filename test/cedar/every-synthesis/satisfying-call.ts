import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';
import { matchingText } from './matching-text';
import type { Demand, Formula } from './policy-expression';

/** What a caller has and says so that a policy's condition holds: nothing else than it asks for. */
export interface SatisfyingCall {
  readonly principalId?: string;
  readonly claims: Record<string, string>;
  readonly input: readonly Argument[];
}

/** An argument by its path; without a value where any will do. */
export interface Argument {
  readonly path: readonly string[];
  readonly value?: CedarValueJson;
}

/** What was found for one thing: its value, any if it only has to be there, that it must be missing, or nothing as no value passes. */
type Found = { readonly value?: CedarValueJson } | 'missing' | undefined;

/** Calls that fulfil the formula by what the policy itself says, the simplest first; of those, such as fulfil the given demands as well. */
export function* satisfyingCalls(formula: Formula, given: readonly Demand[] = []): Generator<SatisfyingCall> {
  for (const demands of consistentDemands(formula, given)) {
    const things = new Map(demands.map((demand) => [thingOf(demand), demand]));
    const claims: Record<string, string> = {};
    const input: Argument[] = [];
    let principalId: string | undefined;
    for (const { of, path } of things.values()) {
      const found = solved(demandsOn(demands, { of, path }));
      if (found === undefined || found === 'missing') continue;
      if (of === 'tag') claims[path[0]] = String(found.value ?? 'x');
      else if (of === 'principal') principalId = String(found.value);
      else input.push({ path, value: found.value });
    }
    yield { principalId, claims, input };
  }
}

function* consistentDemands(formula: Formula, demands: readonly Demand[]): Generator<readonly Demand[]> {
  switch (formula.kind) {
    case 'constant':
      if (formula.value) yield demands;
      return;
    case 'demand': {
      const more = [...demands, formula.demand];
      if (solved(demandsOn(more, formula.demand)) !== undefined) yield more;
      return;
    }
    case 'any':
      yield* consistentDemands(formula.of[0], demands);
      yield* consistentDemands(formula.of[1], demands);
      return;
    case 'all':
      for (const left of consistentDemands(formula.of[0], demands)) yield* consistentDemands(formula.of[1], left);
  }
}

function demandsOn(demands: readonly Demand[], { of, path }: Pick<Demand, 'of' | 'path'>): Demand[] {
  return demands.filter((demand) => thingOf(demand) === thingOf({ of, path }));
}

function thingOf({ of, path }: Pick<Demand, 'of' | 'path'>): string {
  return JSON.stringify([of, path]);
}

function solved(demands: readonly Demand[]): Found {
  const presence = demands.filter(({ test }) => test.kind === 'present').map(({ wanted }) => wanted);
  const tests = demands.flatMap(({ test, wanted }) => (test.kind === 'present' ? [] : [{ test, wanted }]));
  if (presence.includes(false)) return presence.includes(true) || tests.length > 0 ? undefined : 'missing';
  const [first] = tests;
  if (first === undefined) return {};
  const texts = tests.flatMap(({ test, wanted }) => (test.kind === 'text' ? [{ fits: test.fits, wanted }] : []));
  if (texts.length > 0) {
    const text = texts.length === tests.length ? matchingText(texts) : undefined;
    return text !== undefined ? { value: text } : undefined;
  }
  if (first.test.kind === 'flag') {
    const value = [true, false].find((each) => tests.every(({ test, wanted }) => test.kind === 'flag' && (test.value === each) === wanted));
    return value !== undefined ? { value } : undefined;
  }
  return solvedNumber(tests);
}

function solvedNumber(tests: readonly { readonly test: Demand['test']; readonly wanted: boolean }[]): Found {
  const decimal = tests[0].test.kind === 'decimal';
  const step = decimal ? 0.0001 : 1;
  const bounds = tests.flatMap(({ test }) => ('bound' in test ? [test.bound - step, test.bound, test.bound + step] : []));
  const value = bounds.find((each) => tests.every(({ test, wanted }) => 'bound' in test && compare(each, test.operator, test.bound) === wanted));
  if (value === undefined) return undefined;
  return { value: decimal ? { __extn: { fn: 'decimal', arg: value.toFixed(4) } } : value };
}

function compare(value: number, operator: '==' | '<' | '<=' | '>' | '>=', bound: number): boolean {
  switch (operator) {
    case '==': return value === bound;
    case '<': return value < bound;
    case '<=': return value <= bound;
    case '>': return value > bound;
    case '>=': return value >= bound;
  }
}
