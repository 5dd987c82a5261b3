import { AccessReport } from 'cdk-agentcore-identity';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ourFleet } from './our-fleet';

/*
 * The report of a fleet that is declared and not yet synthesized: `node render.js 1000`. Says how long it took to work the model
 * out and to write all forms, and how large each is.
 */
const directory = mkdtempSync(join(tmpdir(), 'render-'));
try {
  const { app } = ourFleet(Number(process.argv[2]), join(directory, 'out'));
  const [begin, before] = [performance.now(), process.cpuUsage()];
  AccessReport.of(app).writeTo(directory);
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({
    milliseconds: performance.now() - begin,
    processor: (user + system) / 1000,
    ...Object.fromEntries(['html', 'md', 'json'].map((form) => [form, statSync(join(directory, `agentcore-access.${form}`)).size])),
  }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
