import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');
const DIRECTORY = join(ROOT, '.cache', 'bench');

/** A script of this folder as JavaScript, so that no child process pays for a compiler. The library is the built one. */
export function compiled(name: string): string {
  const outfile = join(DIRECTORY, `${name}.js`);
  buildSync({ entryPoints: [join(__dirname, `${name}.ts`)], outfile, bundle: true, platform: 'node', target: 'node20', external: ['aws-cdk-lib', 'constructs', 'cdk-agentcore-identity'] });
  return outfile;
}

/** What a script says, in a process of its own. */
export function said(args: string[], environment: Record<string, string> = {}): string {
  return execFileSync(process.execPath, args, {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64_000_000,
  });
}
