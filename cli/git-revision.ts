import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { UsageError } from './usage-error';

/** How an app is synthesized at a revision. */
export interface SynthOptions {
  /** Run by the shell in the checked-out tree, with `CDK_OUTDIR` set. */
  readonly command: string;
  /** Where the command leaves the assembly if it does not heed `CDK_OUTDIR`, from the root of the tree. */
  readonly outputFolder: string;
}

/** `git:<revision>` or `git:<revision>:<path>`. */
export interface GitSource {
  readonly revision: string;
  readonly path?: string;
}

/** Reads `git:main` and `git:main:cdk.out`; anything else is not about git. */
export function gitSource(text: string): GitSource | undefined {
  const match = /^git:([^:]+)(?::(.+))?$/.exec(text);
  return match === null ? undefined : { revision: match[1], ...(match[2] !== undefined ? { path: match[2] } : {}) };
}

/**
 * Gives `use` the path of what a revision holds: a committed folder or file, or what `synth` makes of the revision. The working tree
 * is not touched; what is checked out is removed again.
 */
export function withRevision<T>({ revision, path }: GitSource, synth: SynthOptions | undefined, use: (path: string) => T): T {
  const root = git(['rev-parse', '--show-toplevel']).trim();
  const commit = git(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`]).trim();
  if (path === undefined && synth === undefined) {
    throw new UsageError(
      `git:${revision} names a revision, but neither a folder in it nor a way to synthesize it`,
      'Write git:<revision>:<path of a committed cdk.out or agentcore-access.json>, or add --synth "npx cdk synth --quiet".',
    );
  }
  const temporary = mkdtempSync(join(tmpdir(), 'agentcore-access-'));
  const tree = join(temporary, 'tree');
  try {
    git(['worktree', 'add', '--detach', '--quiet', tree, commit], root);
    return use(path !== undefined ? expectInside(tree, path, revision) : synthesize(tree, root, synth!, join(temporary, 'cdk.out'), revision));
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', tree], { cwd: root });
    rmSync(temporary, { recursive: true, force: true });
  }
}

function synthesize(tree: string, root: string, { command, outputFolder }: SynthOptions, outdir: string, revision: string): string {
  // Dependencies are those of the working tree: installing them anew is the caller's to decide, in the command.
  const installed = join(root, 'node_modules');
  if (existsSync(installed) && !existsSync(join(tree, 'node_modules'))) {
    symlinkSync(installed, join(tree, 'node_modules'), 'junction');
  }
  mkdirSync(outdir, { recursive: true });
  const { status } = spawnSync(command, { cwd: tree, shell: true, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CDK_OUTDIR: outdir } });
  if (status !== 0) {
    throw new UsageError(`"${command}" failed at ${revision} (exit code ${status ?? 'none'})`, 'Its messages are above. Try it in a checkout of that revision.');
  }
  const made = [outdir, join(tree, outputFolder)].find((folder) => existsSync(join(folder, 'manifest.json')));
  if (made === undefined) {
    throw new UsageError(`"${command}" left no cloud assembly at ${revision}, neither in CDK_OUTDIR nor in ${outputFolder}`, 'Say where it is with --synth-output.');
  }
  return made;
}

function expectInside(tree: string, path: string, revision: string): string {
  const inside = resolve(tree, path);
  if (!existsSync(inside)) {
    throw new UsageError(`${path} is not in ${revision}`, 'Name a committed cdk.out folder, template or agentcore-access.json, or use --synth.');
  }
  return inside;
}

function git(args: string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd, encoding: 'utf8' });
  if (error !== undefined || status !== 0) {
    throw new UsageError(`git ${args[0]} failed: ${(error?.message ?? stderr).trim()}`, 'Run it inside the repository, with the revision fetched (fetch-depth: 0 in CI).');
  }
  return stdout;
}
