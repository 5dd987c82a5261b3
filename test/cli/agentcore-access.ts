import { spawnSync } from 'child_process';
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps } from 'aws-cdk-lib';

const BUNDLE = join(__dirname, '..', '..', 'bin', 'agentcore-access.js');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundled command line, as a user's shell does. */
export function agentcoreAccess(args: readonly string[], cwd = tmpdir()): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Synthesizes an app into a folder of its own. */
export function cloudAssembly(app: (props: AppProps) => App): string {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk.out-'));
  app({ outdir }).synth();
  return outdir;
}
