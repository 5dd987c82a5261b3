import { spawnSync } from 'child_process';
import { existsSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { linkInstalledPackages } from './installed-packages';
import { SynthOptions, withSynthesis } from './synthesis';
import { UsageError } from './usage-error';

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
  const { top, below } = workTree();
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
    git(['worktree', 'add', '--detach', '--quiet', tree, commit], top);
    if (path !== undefined) {
      // As git has it: from the top, or from here if it begins with a dot.
      return use(expectInside(tree, /^\.\.?(\/|$)/.test(path) ? join(below, path) : path, revision));
    }
    const folder = expectInside(tree, below, revision);
    linkInstalledPackages(top, tree, below);
    return withSynthesis({ top: tree, folder, where: `at ${revision}` }, synth!, use);
  } finally {
    spawnSync('git', ['worktree', 'remove', '--force', tree], { cwd: top });
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Gives `use` the path of what `synth` makes of the folder that the user is in, as it stands. */
export function withWorkTree<T>(synth: SynthOptions, use: (path: string) => T): T {
  const inGit = spawnSync('git', ['rev-parse', '--is-inside-work-tree'], { encoding: 'utf8' }).stdout?.trim() === 'true';
  const { top, below } = inGit ? workTree() : { top: process.cwd(), below: '' };
  return withSynthesis({ top, folder: join(top, below), where: 'in the work tree' }, synth, use);
}

/** The top of the work tree, and the folder below it that the user is in. */
function workTree(): { readonly top: string; readonly below: string } {
  const line = (option: string) => git(['rev-parse', option]).replace(/\r?\n$/, '');
  return { top: line('--show-toplevel'), below: line('--show-prefix').replace(/\/$/, '') };
}

function expectInside(tree: string, path: string, revision: string): string {
  const inside = join(tree, path);
  if (!existsSync(inside)) {
    throw new UsageError(`${path} is not in ${revision}`, 'Name a committed cdk.out folder, template or agentcore-access.json, or use --synth in a folder that the revision has.');
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
