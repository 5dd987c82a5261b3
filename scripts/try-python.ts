/* eslint-disable no-console */
import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { companyApp } from '../examples/company-agents/company-app';
import { marketApp } from '../examples/market-calendar/market-app';

/*
 * Runs the library in Python: installs the package that jsii-pacmak has generated, beside the lowest aws-cdk-lib, synthesizes the apps of
 * examples/python, and expects of them what their twins in TypeScript write, byte for byte. The tests of that folder check refusals.
 */
const ROOT = join(__dirname, '..');
const EXAMPLES = join(ROOT, 'examples', 'python');
const REQUIREMENTS = join(EXAMPLES, 'requirements.txt');
const CACHE = join(ROOT, '.cache', 'python');
const TWINS = { company_agents: companyApp, market_calendar: marketApp };
const ENVIRONMENT = {
  CDK_VALIDATION: 'false',
  // Nothing is written between the sources.
  PYTHONPYCACHEPREFIX: join(CACHE, 'bytecode'),
  // Programs of packages unpack aws-cdk-lib each time, unless they are told not to.
  JSII_RUNTIME_PACKAGE_CACHE: 'enabled',
};
/** Files with stack traces, or with the class behind each construct: both differ from language to language. */
const OF_THE_LANGUAGE = /(^|\/)tree\.json$|\.metadata\.json$/;

/** It is what the user has to mend, so no stack is shown. */
class PythonMissing extends Error {}

interface Where {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** What the command writes to its standard output. */
function run(command: string, args: string[], { cwd = ROOT, env = {} }: Where = {}): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 256_000_000, env: { ...process.env, ...ENVIRONMENT, ...env } });
  if (status !== 0) {
    throw new Error(`"${[command, ...args].join(' ')}" ended with ${error?.message ?? status}:\n${`${stdout ?? ''}${stderr ?? ''}`.trim().slice(-4000)}`);
  }
  return stdout;
}

/** The directory of the programs of a virtual environment with aws-cdk-lib: made once for each state of the requirements. */
function environment(): string {
  const requirements = readFileSync(REQUIREMENTS, 'utf8');
  const floor = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies;
  for (const name of ['aws-cdk-lib', 'constructs']) {
    if (!requirements.includes(`\n${name}==${floor[name]} `)) {
      throw new Error(`examples/python/requirements.txt does not pin ${name} to ${floor[name]}, which the library is built with: renew it as its first lines say`);
    }
  }
  const directory = join(CACHE, createHash('sha256').update(requirements).digest('hex').slice(0, 12));
  const programs = join(directory, 'bin');
  if (!existsSync(join(directory, 'complete'))) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    console.log('Installing aws-cdk-lib for Python from examples/python/requirements.txt; this takes half a minute');
    try {
      run('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 11) and "python3 is older than 3.11")']);
      run('python3', ['-m', 'venv', directory]);
      run(join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--no-compile', '--require-hashes', '--no-deps', '-r', REQUIREMENTS]);
    } catch (error) {
      throw new PythonMissing(`This needs Python 3.11 or later as python3, with venv and pip, and a package index that pip can reach.\n${(error as Error).message}`);
    }
    writeFileSync(join(directory, 'complete'), '');
  }
  return programs;
}

/** As a user installs a wheel: what it needs is there, in a version that it takes. */
function installPackage(programs: string): void {
  run('npx', ['--no-install', 'jsii-pacmak', '--code-only', '-t', 'python', '-o', join(CACHE, 'package')]);
  run(join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--no-index', '--no-deps', '--no-build-isolation', '--force-reinstall', join(CACHE, 'package', 'python')]);
  run(join(programs, 'pip'), ['check', '--disable-pip-version-check']);
}

/** Content by path. The files of an asset are in a directory that is named by their content. */
function filesOf(directory: string): Map<string, string> {
  return new Map(readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()
    .filter((file) => statSync(join(directory, file)).isFile() && !OF_THE_LANGUAGE.test(file))
    .map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
}

function expectSame(app: string, found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  const other = [...new Set([...found.keys(), ...expected.keys()])].filter((file) => found.get(file) !== expected.get(file));
  if (other.length > 0) {
    throw new Error(`${app} writes other files in Python than in TypeScript: ${other.map((file) => `${file}${firstDifference(found.get(file), expected.get(file))}`).join('\n')}`);
  }
}

function firstDifference(found: string | undefined, expected: string | undefined): string {
  if (found === undefined || expected === undefined) {
    return ` is written in ${found === undefined ? 'TypeScript' : 'Python'} only`;
  }
  const [python, typescript] = [found, expected].map((text) => text.split('\n'));
  const line = python.findIndex((text, index) => text !== typescript[index]);
  return `:${line + 1}\n  Python:     ${python[line]?.slice(0, 300)}\n  TypeScript: ${typescript[line]?.slice(0, 300)}`;
}

function main(): void {
  const programs = environment();
  installPackage(programs);
  const outdir = mkdtempSync(join(tmpdir(), 'python-'));
  process.env.CDK_VALIDATION = 'false';
  try {
    const templates = Object.entries(TWINS).flatMap(([name, twin]) => {
      const [python, typescript] = ['python', 'typescript'].map((language) => resolve(outdir, language, name));
      run(join(programs, 'python'), [`${name}.py`], { cwd: EXAMPLES, env: { CDK_OUTDIR: python } });
      twin({ outdir: typescript }).synth();
      const files = filesOf(python);
      expectSame(name, files, filesOf(typescript));
      return [...files.keys()].filter((file) => file.endsWith('.template.json'));
    });
    // The command line comes with the package.
    const [app] = readdirSync(join(outdir, 'python'));
    if (run(join(programs, 'agentcore-access'), ['report', join(outdir, 'python', app)]) !== readFileSync(join(outdir, 'python', app, 'agentcore-access.md'), 'utf8')) {
      throw new Error('agentcore-access report, installed by pip, is not the report that was written');
    }
    run(join(programs, 'python'), ['-m', 'unittest'], { cwd: EXAMPLES });
    console.log(`In Python as in TypeScript, byte for byte: ${templates.join(', ')}, their assets and reports. Refusals and expectations hold.`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof PythonMissing)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
