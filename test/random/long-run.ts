import * as fc from 'fast-check';
import { AppSize, arbitraryApp, FLEET, LARGE, SMALL } from './arbitrary-app';
import { compare } from './comparison';
import { described } from './described';

/*
 * Random apps for as long as there is time: `ts-node -T -P test/tsconfig.json test/random/long-run.ts <seconds> [seed]`.
 * Apps of different sizes come in turns. Prints the seed, with which the same apps come again, and for a failure the
 * smallest description that still fails.
 */
const SIZES: [string, AppSize, number][] = [['small', SMALL, 60], ['large', LARGE, 8], ['fleet', FLEET, 1]];

async function main(seconds: number, seed: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const total = { apps: 0, requests: 0, possible: 0, simulations: 0, needed: 0, calls: 0, permitted: 0, arrivals: 0, targets: 0, journeys: 0, arrived: 0, refused: 0 };
  process.stdout.write(`random apps for ${seconds} s, seed ${seed}\n`);
  let failing = false;
  for (let round = 0; performance.now() < end; round += 1) {
    for (const [name, size, runs] of SIZES) {
      const result = await fc.check(fc.asyncProperty(arbitraryApp(size), async (description) => {
        // What was found is made smaller even when the time is up, for a minute at most.
        if (!failing && performance.now() > end) return;
        const { surplus, missing, ...counted } = await compare(description);
        total.apps += 1;
        (Object.keys(counted) as (keyof typeof counted)[]).forEach((count) => (total[count] += counted[count]));
        failing ||= surplus.length + missing.length > 0;
        if (surplus.length + missing.length > 0) throw new Error([...surplus.map((line) => `surplus: ${line}`), ...missing.map((line) => `missing: ${line}`)].join('\n'));
      }), { seed: seed + round, numRuns: runs, interruptAfterTimeLimit: end + 60_000 - performance.now() });
      if (result.failed) {
        process.stdout.write(`FAILED (${name}), seed ${seed + round}, path ${result.counterexamplePath}, after ${total.apps} apps\n`);
        process.stdout.write(`${described(result.counterexample![0])}\n\n${JSON.stringify(result.counterexample![0])}\n\n${String((result.errorInstance as Error | undefined)?.stack ?? result.errorInstance)}\n`);
        process.exitCode = 1;
        return;
      }
    }
  }
  process.stdout.write(`${total.apps} apps; ${total.requests} of ${total.possible} requests put (${total.simulations} simulations), ${total.needed} of them needed and allowed; `
    + `${total.calls} calls of tools, ${total.permitted} of them permitted; ${total.arrivals} tokens shown to authorizers; ${total.targets} targets; ${total.journeys} journeys to agents behind gateways, ${total.arrived} of them arrive; nothing else does; ${total.refused} apps refused at first\n`);
}

const [seconds = '60', seed = String(Math.floor(Math.random() * 1e9))] = process.argv.slice(2);
void main(Number(seconds), Number(seed));
