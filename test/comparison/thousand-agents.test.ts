import { changedApp } from '../../bench/changed-app';
import { largeApp } from '../../bench/large-app';
import { compareApps } from '../../src/comparison/compare-apps';

/* How long it takes depends on the machine, so that it is printed, and not asserted. */
test.each([['nothing', 0, 0], ['one agent in a hundred', 100, 10]])('a thousand agents of which %s changed', (what, every, agents) => {
  const before = largeApp(1000);
  const copy = JSON.parse(JSON.stringify(before)) as typeof before;
  const now = every === 0 ? copy : changedApp(copy, every);
  const cpu = process.cpuUsage();
  const { counts, unchanged } = compareApps(before, now);
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(`a thousand agents, ${what} changed: compared in ${((user + system) / 1e6).toFixed(2)} s of one core\n`);
  // Each has a scope more for two capabilities, and one condition less in IAM.
  expect(counts.widened).toBe(3 * agents);
  expect(counts.undecided).toBe(0);
  expect(unchanged.agents).toBe(1000 - agents);
});
