import { changedApp } from './changed-app';
import { largeApp } from './large-app';
import { compareApps } from '../src/comparison/compare-apps';
import { summaryLine } from '../src/comparison/comparison-text';

/*
 * How long the comparison of two large apps takes: `ts-node -T -P bench/tsconfig.json bench/comparison.ts [agents]`.
 */
function main(agents: number): void {
  const app = largeApp(agents);
  const again = JSON.parse(JSON.stringify(app)) as typeof app;
  const cases = [['nothing', again], ['1 agent in 100', changedApp(again, 100)], ['1 agent in 10', changedApp(again, 10)], ['every agent', changedApp(again, 1)]] as const;
  for (const [what, now] of cases) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const result = compareApps(app, now);
    const { user, system } = process.cpuUsage(cpu);
    process.stdout.write(`${agents} agents, ${what} changed: ${((performance.now() - start) / 1000).toFixed(2)} s, of one core ${((user + system) / 1e6).toFixed(2)} s (${summaryLine(result)})\n`);
  }
}

main(Number(process.argv[2] ?? 1000));
