import { changed, DEPLOYMENTS, Dice, randomPolicy } from './random-policies';
import { deployed, filled, isAllowed, requestsAround, SimulatedRequest } from './simulated-access';
import { accessChange } from '../../src/containment/access-change';
import { Containment } from '../../src/containment/containment';
import type { PolicyStatement } from '../../src/containment/policy-statement';

/*
 * Pairs of policies, the same ones for a seed. CONTAINMENT_PAIRS and CONTAINMENT_SEED make it a long run.
 */
const PAIRS = Number(process.env.CONTAINMENT_PAIRS ?? 15);
const SEED = Number(process.env.CONTAINMENT_SEED ?? 20261122);
const REQUESTS = 80;

// On a machine that does much else, this takes its time.
jest.setTimeout(300_000);

describe.each([['known texts', false], ['values of deployment', true]])('policies of %s', (title, withUnknown) => {
  test('no verdict overlooks a request that the simulator finds, and each example is one', () => {
    const counts: Record<string, number> = {};
    const total = { requests: 0, newlyAllowed: 0, examples: 0, unchecked: 0 };
    const wrong: string[] = [];
    for (let round = 0; round < PAIRS; round += 1) {
      const dice = new Dice(SEED + round);
      const before = randomPolicy(dice, withUnknown);
      const now = dice.chance(80) ? changed(dice, before, withUnknown) : randomPolicy(dice, withUnknown);
      const change = accessChange({ statements: before }, { statements: now });
      counts[change.verdict] = (counts[change.verdict] ?? 0) + 1;
      const fail = (what: string) => wrong.push(`seed ${SEED + round}: ${what}\n  before ${JSON.stringify(before)}\n  now    ${JSON.stringify(now)}`);
      for (const values of withUnknown ? DEPLOYMENTS : [{}]) {
        const [was, is] = [deployed(before, values), deployed(now, values)];
        for (const request of requestsAround(dice, [...was, ...is], REQUESTS)) {
          total.requests += 1;
          const [allowedBefore, allowedNow] = [isAllowed(was, request), isAllowed(is, request)];
          total.newlyAllowed += allowedNow && !allowedBefore ? 1 : 0;
          const overlooked = allowedNow && !allowedBefore ? change.nowWithinBefore : allowedBefore && !allowedNow ? change.beforeWithinNow : undefined;
          if (overlooked?.verdict === 'contained') fail(`${change.verdict}, but ${allowedNow ? 'newly' : 'no longer'} allowed: ${JSON.stringify(request)}`);
        }
        for (const [containment, inner, outer] of [[change.nowWithinBefore, is, was], [change.beforeWithinNow, was, is]] as const) {
          const checked = checkExample(containment, inner, outer, values);
          total.examples += checked === true ? 1 : 0;
          total.unchecked += checked === undefined ? 1 : 0;
          if (checked === false) fail(`the example is none: ${JSON.stringify(containment)} ${JSON.stringify(values)}`);
        }
      }
    }
    const undecided = (counts['cannot decide'] ?? 0) / PAIRS;
    process.stdout.write(`${title}: ${PAIRS} pairs, ${JSON.stringify(counts)}, cannot decide ${(undecided * 100).toFixed(1)} %; `
      + `${total.requests} requests simulated on both sides, ${total.newlyAllowed} newly allowed; `
      + `${total.examples} examples confirmed, ${total.unchecked} that the simulator cannot judge\n`);
    expect(wrong.slice(0, 5).join('\n')).toBe('');
    expect(total.newlyAllowed).toBeGreaterThan(PAIRS);
    expect(total.examples).toBeGreaterThan(PAIRS / 2);
    expect(undecided).toBeLessThan(withUnknown ? 0.35 : 0.1);
  });
});

/** `undefined`: none, or one that the simulator cannot judge: it takes the resource `*` of a request for any, and a key without a policy allows nothing. */
function checkExample(
  containment: Containment, inner: readonly PolicyStatement[], outer: readonly PolicyStatement[], values: Readonly<Record<string, string>>,
): boolean | undefined {
  if (containment.verdict !== 'not contained' || containment.example.resource === '*' || containment.example.action.startsWith('kms:')) {
    return undefined;
  }
  const { action, resource, context } = containment.example;
  const request: SimulatedRequest = { action, resource: filled(resource, values), context };
  return isAllowed(inner, request) && !isAllowed(outer, request);
}
