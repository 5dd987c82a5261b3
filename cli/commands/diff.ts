import { CHANGE_KINDS, ChangeKind, FOR_REVIEW, kindsOf } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import { ComparedApp } from '../../src/comparison/compared-app';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { comparisonJson } from '../../src/comparison/comparison-json';
import { comparisonMarkdown } from '../../src/comparison/comparison-markdown';
import { comparisonText } from '../../src/comparison/comparison-text';
import { fingerprint } from '../../src/comparison/fingerprint';
import { appHere, GivenApp, givenApp } from '../app-source';
import { put } from '../output';
import { SynthOptions } from '../synthesis';
import { EXIT, UsageError } from '../usage-error';

export interface DiffCommandOptions {
  readonly format: string;
  readonly output?: string;
  readonly failOn?: string;
  readonly synth?: string;
  readonly synthOutput: string;
}

/**
 * Shows what became of access between two states of an app. Without a head, that is what `--synth` makes of the work tree: a `cdk.out`
 * that was left there may be older than the sources.
 */
export function diff(base: string, head: string | undefined, options: DiffCommandOptions): number {
  const failOn = kindsIn(options.failOn);
  const synth: SynthOptions | undefined = options.synth === undefined ? undefined : { command: options.synth, outputFolder: options.synthOutput };
  const before = compared(givenApp(base, synth));
  const now = compared(head === undefined && synth !== undefined ? appHere(synth) : givenApp(head ?? 'cdk.out', synth));
  const result = { ...compareApps(before, now), fingerprint: fingerprint(before, now) };
  const render = { json: comparisonJson, markdown: comparisonMarkdown }[options.format] ?? comparisonText;
  put(render(result), options.output);
  return kindsOf(result).some((kind) => failOn.includes(kind)) ? EXIT.FOUND : EXIT.NOTHING_FOUND;
}

function compared({ app, model }: GivenApp): ComparedApp {
  return app.stacks.length === 0 && model !== undefined ? { model } : comparedAppOf(app);
}

/** Stands for all kinds that somebody has to look at, so that a pipeline need not know them. */
export const REVIEW = 'review';

function kindsIn(list: string | undefined): ChangeKind[] {
  const kinds = (list ?? '').split(',').map((kind) => kind.trim()).filter((kind) => kind !== '').flatMap((kind): readonly string[] => (kind === REVIEW ? FOR_REVIEW : [kind]));
  const unknown = kinds.filter((kind) => !(CHANGE_KINDS as readonly string[]).includes(kind));
  if (unknown.length > 0) {
    throw new UsageError(`--fail-on does not know ${unknown.join(', ')}`, `It takes ${REVIEW}, or a list of ${CHANGE_KINDS.join(', ')}.`);
  }
  return kinds as ChangeKind[];
}
