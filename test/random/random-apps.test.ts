import * as fc from 'fast-check';
import { arbitraryApp, SMALL } from './arbitrary-app';
import { compare } from './comparison';

/*
 * A short run of random apps, the same ones each time; `long-run.ts` takes as long as one lets it. Every declared use is
 * allowed, and every other request in the product of what exists is denied.
 */
test('random apps allow what their description says, and nothing else', async () => {
  const total = { apps: 0, requests: 0, needed: 0 };
  await fc.assert(fc.asyncProperty(arbitraryApp(SMALL), async (description) => {
    const { surplus, missing, needed, requests } = await compare(description);
    total.apps += 1;
    total.requests += requests;
    total.needed += needed;
    expect({ surplus, missing }).toEqual({ surplus: [], missing: [] });
  }), { seed: 20261121, numRuns: 16 });
  process.stdout.write(`random apps: ${total.apps} apps, ${total.requests} requests, ${total.needed} of them needed and allowed; nothing else is\n`);
  // The product is no formality.
  expect(total.needed).toBeGreaterThan(100);
  expect(total.requests).toBeGreaterThan(10_000);
});
