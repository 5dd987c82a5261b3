import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetMaker } from './fleet';

/*
 * One synthesis in a process of its own: `node synthesize.js ours 100`. Says how long it took from the first import to the
 * last file, and the most memory that the process had.
 */
const MAKERS: Record<string, () => FleetMaker> = {
  /* eslint-disable @typescript-eslint/no-require-imports */
  ours: () => require('./our-fleet').ourFleet,
  official: () => require('./official-fleet').officialFleet,
  l1: () => require('./l1-fleet').l1Fleet,
  l1OnRoles: () => require('./l1-fleet').l1FleetWithL2Roles,
  /* eslint-enable @typescript-eslint/no-require-imports */
};

const [, , fleet, size] = process.argv;
const outdir = mkdtempSync(join(tmpdir(), 'synthesize-'));
try {
  const begin = performance.now();
  const { app } = MAKERS[fleet]()(Number(size), outdir);
  app.synth();
  const end = performance.now();
  const processor = process.cpuUsage();
  const templates = readdirSync(outdir).filter((file) => file.endsWith('.template.json')).map((file) => JSON.parse(readFileSync(join(outdir, file), 'utf8')));
  const { user, system } = processor;
  process.stdout.write(JSON.stringify({
    milliseconds: end - begin,
    processor: (user + system) / 1000,
    mebibytes: process.resourceUsage().maxRSS / 1024,
    resources: templates.reduce((sum, { Resources }) => sum + Object.values(Resources as Record<string, { Type: string }>).filter(({ Type }) => Type !== 'AWS::CDK::Metadata').length, 0),
  }));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
