/* eslint-disable no-console */
import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
const CACHE = join(__dirname, '..', '..', '.cache', 'judges');

/** The judges from PyPI, in a virtual environment of their own: installed once for each state of requirements.txt. */
export class PythonTools {
  public static install(): PythonTools {
    const directory = join(CACHE, createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12));
    const complete = join(directory, 'complete');
    if (!existsSync(complete)) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(CACHE, { recursive: true });
      console.log('Installing cfn-lint and checkov from scripts/judges/requirements.txt; this takes a minute');
      run('python3', ['-m', 'venv', directory]);
      run(join(directory, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--require-hashes', '--no-deps', '-r', REQUIREMENTS]);
      writeFileSync(complete, '');
    }
    return new PythonTools(directory);
  }

  private constructor(private readonly directory: string) {}

  /** What the tool says. Judges end with a code of their own when they find something, so only what cannot be read is an error. */
  public json(tool: string, args: string[]): unknown {
    const { stdout, stderr, status, error } = spawnSync(join(this.directory, 'bin', tool), args, { encoding: 'utf8', maxBuffer: 256_000_000 });
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(`${tool} ended with ${error?.message ?? status} and said no JSON: ${stderr.slice(-2000) || stdout.slice(-2000)}`);
    }
  }

  public version(tool: string): string {
    const { stdout } = spawnSync(join(this.directory, 'bin', tool), ['--version'], { encoding: 'utf8' });
    return /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? 'unknown';
  }
}

function run(command: string, args: string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 256_000_000 });
  if (status !== 0) {
    throw new Error([
      `cfn-lint and checkov could not be installed: "${command} ${args.slice(0, 2).join(' ')} …" ended with ${error?.message ?? status}.`,
      stderr?.trim().slice(-2000),
      'They need Python 3.11 or later with venv, and a package index that pip can reach. JUDGES_OFFLINE=1 judges without these two, and says so.',
    ].filter(Boolean).join('\n'));
  }
}
