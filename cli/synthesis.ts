import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { basename, isAbsolute, join, relative, sep } from 'path';
import { UsageError } from './usage-error';

/** How an app is synthesized. */
export interface SynthOptions {
  /** Run by the shell in the app's folder, with `CDK_OUTDIR`, and `CDK_OUTPUT` for the CDK CLI, which overrides the former. */
  readonly command: string;
  /** Where the command leaves the assembly if it heeds neither, from the app's folder. */
  readonly outputFolder: string;
}

/** Where an app's sources are. */
export interface AppFolder {
  /** The top of the work tree, or of what is checked out beside it. */
  readonly top: string;
  /** The app's folder below it. */
  readonly folder: string;
  /** For messages: `at main`. */
  readonly where: string;
}

/**
 * Gives `use` the path of what the command makes of the app. It is removed again, and an assembly that stood in the output folder before
 * is neither read nor overwritten.
 */
export function withSynthesis<T>(app: AppFolder, synth: SynthOptions, use: (path: string) => T): T {
  const { command, outputFolder } = synth;
  const ownOutput = ownOutputOf(app, outputFolder);
  const temporary = mkdtempSync(join(tmpdir(), 'agentcore-access-'));
  const outdir = join(temporary, 'cdk.out');
  const putBack = setAside(ownOutput, `${ownOutput}-${basename(temporary)}`);
  // Ctrl-C ends the command; what was set aside is put back all the same.
  const survive = () => undefined;
  process.on('SIGINT', survive);
  try {
    mkdirSync(outdir);
    run(app, command, outdir);
    const made = [outdir, ownOutput].find(isAssembly);
    if (made === undefined) {
      throw new UsageError(`"${command}" left no cloud assembly ${app.where}, neither in CDK_OUTDIR nor in ${outputFolder}`, 'Say where it is with --synth-output.');
    }
    return use(made);
  } finally {
    putBack();
    rmSync(temporary, { recursive: true, force: true });
    process.off('SIGINT', survive);
  }
}

function run({ folder, where }: AppFolder, command: string, outdir: string): void {
  const { status } = spawnSync(command, { cwd: folder, shell: true, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CDK_OUTDIR: outdir, CDK_OUTPUT: outdir } });
  if (status !== 0) {
    throw new UsageError(`"${command}" failed ${where} (exit code ${status ?? 'none'})`, 'Its messages are above. Try it there by itself.');
  }
}

/** Moves an assembly out of the way; what is returned puts it back, or removes what was made where there was nothing. */
function setAside(ownOutput: string, aside: string): () => void {
  if (isAssembly(ownOutput)) {
    renameSync(ownOutput, aside);
    return () => {
      rmSync(ownOutput, { recursive: true, force: true });
      renameSync(aside, ownOutput);
    };
  }
  return existsSync(ownOutput) ? () => undefined : () => rmSync(ownOutput, { recursive: true, force: true });
}

/** The command's own output folder. It may be moved, so it can neither be outside of the tree nor hold the app. */
function ownOutputOf({ top, folder }: AppFolder, outputFolder: string): string {
  const output = join(folder, outputFolder);
  if (isAbsolute(outputFolder) || !isWithin(output, top) || isWithin(folder, output)) {
    throw new UsageError(`--synth-output takes a folder of the tree that does not hold the app, not ${outputFolder}`, 'Write it as seen from where the command runs, such as build/cdk.out.');
  }
  return output;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isAssembly(folder: string): boolean {
  return existsSync(join(folder, 'manifest.json'));
}
