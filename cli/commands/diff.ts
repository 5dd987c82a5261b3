import { CHANGE_KINDS, ChangeKind, kindsOf } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import { ComparedApp } from '../../src/comparison/compared-app';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { comparisonJson } from '../../src/comparison/comparison-json';
import { comparisonMarkdown } from '../../src/comparison/comparison-markdown';
import { comparisonText } from '../../src/comparison/comparison-text';
import { givenApp } from '../app-source';
import { SynthOptions } from '../git-revision';
import { put } from '../output';
import { EXIT, UsageError } from '../usage-error';

export interface DiffCommandOptions {
  readonly format: string;
  readonly output?: string;
  readonly failOn?: string;
  readonly synth?: string;
  readonly synthOutput: string;
}

/** Shows what became of access between two states of an app. */
export function diff(base: string, head: string, options: DiffCommandOptions): number {
  const failOn = kindsIn(options.failOn);
  const synth: SynthOptions | undefined = options.synth === undefined ? undefined : { command: options.synth, outputFolder: options.synthOutput };
  const result = compareApps(compared(base, synth), compared(head, synth));
  const render = { json: comparisonJson, markdown: comparisonMarkdown }[options.format] ?? comparisonText;
  put(render(result), options.output);
  return kindsOf(result).some((kind) => failOn.includes(kind)) ? EXIT.FOUND : EXIT.NOTHING_FOUND;
}

function compared(source: string, synth: SynthOptions | undefined): ComparedApp {
  const { app, model } = givenApp(source, synth);
  return app.stacks.length === 0 && model !== undefined ? { model } : comparedAppOf(app);
}

function kindsIn(list: string | undefined): ChangeKind[] {
  const kinds = (list ?? '').split(',').map((kind) => kind.trim()).filter((kind) => kind !== '');
  const unknown = kinds.filter((kind) => !(CHANGE_KINDS as readonly string[]).includes(kind));
  if (unknown.length > 0) {
    throw new UsageError(`--fail-on does not know ${unknown.join(', ')}`, `It takes a list of ${CHANGE_KINDS.join(', ')}.`);
  }
  return kinds as ChangeKind[];
}
