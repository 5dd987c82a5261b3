import * as fc from 'fast-check';
import { acceptedApp, arbitraryApp, SMALL } from './arbitrary-app';
import { compare } from './comparison';
import type { AppDescription } from './description';
import { KINDS } from './drawn-kinds';

/*
 * A short run of random apps, the same ones each time; `long-run.ts` takes as long as one lets it. Every declared use is
 * allowed, and every other request in the product of what exists is denied.
 */
test('random apps allow what their description says, and nothing else', async () => {
  const total = { apps: 0, requests: 0, possible: 0, needed: 0, calls: 0, permitted: 0, arrivals: 0, targets: 0, journeys: 0, arrived: 0, refused: 0 };
  await fc.assert(fc.asyncProperty(arbitraryApp(SMALL), async (description) => {
    const { surplus, missing, simulations: _simulations, ...counted } = await compare(description, 3_500);
    total.apps += 1;
    (Object.keys(counted) as (keyof typeof counted)[]).forEach((count) => (total[count] += counted[count]));
    expect({ surplus, missing }).toEqual({ surplus: [], missing: [] });
  }), { seed: 20262226, numRuns: 5 });
  process.stdout.write(`random apps: ${total.apps} apps, ${total.requests} of ${total.possible} requests, ${total.needed} of them needed and allowed, ${total.calls} calls of tools, ${total.permitted} of them permitted; ${total.journeys} journeys to agents behind gateways, ${total.arrived} of them arrive; nothing else does\n`);
  // The product is no formality.
  expect(total.needed).toBeGreaterThan(100);
  expect(total.requests).toBeGreaterThan(5_000);
  expect(total.permitted).toBeGreaterThan(20);
  expect(total.arrived).toBeGreaterThan(20);
});

test('everything that has to be drawn is drawn', () => {
  const missing = new Set(Object.keys(KINDS));
  const strike = (description: AppDescription) => missing.forEach((kind) => KINDS[kind](description) && missing.delete(kind));
  fc.assert(fc.property(acceptedApp(SMALL), strike), { seed: 20261122, numRuns: 1_000 });
  expect([...missing]).toEqual([]);
});
