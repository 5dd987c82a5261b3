import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { said } from './compiled';
import { median, rounded } from './median';

const ROOT = join(__dirname, '..');
const LIBRARY = 'cdk-agentcore-identity';
const LOADED = ['aws-cdk-lib', 'aws-cdk-lib/core'];

export interface ImportRow {
  readonly import: string;
  readonly milliseconds: number;
  readonly modules: number;
}

export interface SizeRow {
  readonly 'what': string;
  readonly 'files': number;
  readonly 'kB': number;
  readonly 'kB compressed': number;
}

export interface HandlerRow {
  readonly 'handler': string;
  readonly 'kB': number;
  readonly 'kB gzip': number;
  readonly 'cold require, milliseconds': number;
}

/** Each in a new process, behind what stands before it. The library loads a module when one of its names is used. */
export function imports(repeats: number): ImportRow[] {
  const measure = (title: string, before: string[], name: string, names: string[] = []): ImportRow => {
    const uses = names.map((each) => `library.${each};`).join('');
    const code = `${before.map((each) => `require('${each}');`).join('')}const had = Object.keys(require.cache).length, begin = performance.now();const library = require('${name}');${uses}`
      + 'process.stdout.write(JSON.stringify([performance.now() - begin, Object.keys(require.cache).length - had]));';
    const runs: [number, number][] = Array.from({ length: repeats }, () => JSON.parse(said(['-e', code])));
    return { import: title, milliseconds: rounded(median(runs.map(([time]) => time)), 1), modules: runs[0][1] };
  };
  return [
    measure('`aws-cdk-lib/core`', [], 'aws-cdk-lib/core'),
    measure('`aws-cdk-lib`', [], 'aws-cdk-lib'),
    measure('this library, after `aws-cdk-lib` and `aws-cdk-lib/core`', LOADED, LIBRARY),
    measure('the same, and `Agent` and `ApiKeyProvider`', LOADED, LIBRARY, ['Agent', 'ApiKeyProvider']),
    measure('the same, with what they take from aws-cdk-lib loaded before', [...LOADED, ...dependencies()], LIBRARY, ['Agent', 'ApiKeyProvider']),
  ];
}

/** The modules of aws-cdk-lib that an agent needs, which most apps load anyway. */
function dependencies(): string[] {
  const code = 'const had = new Set(Object.keys(require.cache));require("aws-cdk-lib");const { Agent, ApiKeyProvider } = require("cdk-agentcore-identity");'
    + 'process.stdout.write(JSON.stringify(Object.keys(require.cache).filter((file) => !had.has(file) && file.includes("node_modules"))));';
  return JSON.parse(said(['-e', code]));
}

/** What npm publishes, and what an installation adds beside the peers. */
export function sizes(): SizeRow[] {
  const [{ size, unpackedSize, entryCount, files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 256_000_000 }));
  const part = (what: string, belongs: (path: string) => boolean): SizeRow => {
    const found = (files as { path: string; size: number }[]).filter(({ path }) => belongs(path));
    const compressed = found.reduce((sum, { path }) => sum + gzipSync(readFileSync(join(ROOT, path))).length, 0);
    return { 'what': what, 'files': found.length, 'kB': rounded(found.reduce((sum, each) => sum + each.size, 0) / 1000), 'kB compressed': rounded(compressed / 1000) };
  };
  return [
    { 'what': '**the package: download, and footprint beside the peers**', 'files': entryCount, 'kB': rounded(unpackedSize / 1000), 'kB compressed': rounded(size / 1000) },
    part('handlers', (path) => path.startsWith('assets/')),
    part('command line', (path) => path.startsWith('bin/')),
    part('constructs and types', (path) => path.startsWith('lib/')),
    part('docs, and what CI needs', (path) => path.startsWith('docs/') || path.startsWith('examples/')),
    part('`.jsii`, for the other languages', (path) => path === '.jsii' || path.startsWith('.jsii.')),
  ];
}

/** The bundles of assets/handlers: what Lambda downloads, and what a cold start loads. */
export function handlers(repeats: number): HandlerRow[] {
  const directory = join(ROOT, 'assets', 'handlers');
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('index.js')).sort().map((file) => {
    const path = join(directory, file);
    const code = `const begin = performance.now();require(${JSON.stringify(path)});process.stdout.write(String(performance.now() - begin));process.exit(0);`;
    const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };
    if (!existsSync(path)) {
      throw new Error(`${path} is not there`);
    }
    return {
      'handler': file.replace(/\/index\.js$/, ''),
      'kB': rounded(statSync(path).size / 1000),
      'kB gzip': rounded(gzipSync(readFileSync(path)).length / 1000),
      'cold require, milliseconds': rounded(median(Array.from({ length: repeats }, () => Number(said(['-e', code], environment)))), 1),
    };
  });
}
