import { changedApp } from './changed-app';
import { largeApp } from './large-app';
import { compareApps } from '../src/comparison/compare-apps';

/*
 * One comparison in a process of its own: `node compare.js 1000 10`, where of 1,000 agents every tenth changed; 0: none did. Says how
 * long it took, and how many changes were told.
 */
const [agents, every] = process.argv.slice(2).map(Number);
const before = largeApp(agents);
const again = JSON.parse(JSON.stringify(before)) as typeof before;
const now = every === 0 ? again : changedApp(again, every);
const [start, begin] = [performance.now(), process.cpuUsage()];
const { changes } = compareApps(before, now);
const [end, { user, system }] = [performance.now(), process.cpuUsage(begin)];
process.stdout.write(JSON.stringify({ milliseconds: end - start, processor: (user + system) / 1000, changes: changes.length }));
