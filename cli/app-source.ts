import { existsSync, readFileSync, statSync } from 'fs';
import { gitSource, withRevision, withWorkTree } from './git-revision';
import { SynthOptions } from './synthesis';
import { UsageError } from './usage-error';
import type { AccessModel } from '../src/review/access-model';
import { readSynthesizedApp } from '../src/synthesized/read-synthesized-app';
import { SynthesizedApp } from '../src/synthesized/synthesized-app';

/** The first number of the versions of the access model that this command line reads. */
const READABLE_VERSION = 1;

/** An app, and the access model that this library wrote beside it, if it did. */
export interface GivenApp {
  /** As the user wrote it. */
  readonly source: string;
  readonly app: SynthesizedApp;
  readonly model?: AccessModel;
}

/**
 * Reads what a user names: a folder that `cdk synth` wrote, a template, an `agentcore-access.json`, or one of these at a git revision.
 */
export function givenApp(source: string, synth?: SynthOptions): GivenApp {
  const git = gitSource(source);
  return git === undefined ? { source, ...readApp(source) } : { source, ...withRevision(git, synth, readApp) };
}

/** Reads what `synth` makes of the folder that the user is in. */
export function appHere(synth: SynthOptions): GivenApp {
  return { source: 'the work tree', ...withWorkTree(synth, readApp) };
}

function readApp(path: string): Omit<GivenApp, 'source'> {
  if (existsSync(path) && statSync(path).isFile()) {
    const model = parsedModel(path);
    if (model !== undefined) {
      return { app: { stacks: [], unreadStacks: [], access: model }, model: expectReadable(model) };
    }
  }
  const app = readSynthesizedApp(path);
  return { app, ...(app.access !== undefined ? { model: expectReadable(app.access) } : {}) };
}

/** The file's content if it is an access model; a template is not one. */
function parsedModel(path: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null && 'agents' in content && 'version' in content ? content : undefined;
  } catch {
    return undefined;
  }
}

function expectReadable(model: unknown): AccessModel {
  const { version, agents } = model as Partial<AccessModel>;
  const [first] = String(version).split('.');
  if (Number(first) !== READABLE_VERSION || !Array.isArray(agents)) {
    throw new UsageError(
      `agentcore-access.json is of version ${String(version)}, which this agentcore-access does not read`,
      `It reads version ${READABLE_VERSION}.x: use the agentcore-access of the library that wrote it, or synthesize again.`,
    );
  }
  return model as AccessModel;
}
