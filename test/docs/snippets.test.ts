import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { ENVIRONMENT, Fixture } from './fixture';
import { fences, pages } from './page';
import { run } from './run';
import { Snippet, snippetOf } from './snippet';
import { typeErrors } from './type-check';

const MARKS = /^(no-run|throws=[A-Za-z0-9]+\/[A-Za-z0-9]+)$/;

const snippets = pages().flatMap(fences).filter(({ language }) => language === 'ts').map((fence) => snippetOf(fence, Fixture.NAMES));
const runnable = snippets.filter(({ fence }) => !fence.marks.includes('no-run'));
const outdir = mkdtempSync(join(tmpdir(), 'docs-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('every TypeScript block of the documentation', () => {
  const errors = typeErrors(snippets);

  test.each(titled(snippets))('%s has types that hold', (title, { fence }) => {
    expect(fence.marks.filter((mark) => !MARKS.test(mark))).toEqual([]);
    expect(errors.get(title)).toEqual([]);
  });

  test.each(titled(runnable.filter((snippet) => expectedCode(snippet) === undefined)))('%s synthesizes', (_title, snippet) => synthesize(snippet));

  test.each(titled(runnable.filter((snippet) => expectedCode(snippet) !== undefined)))('%s raises its code', (_title, snippet) => {
    expect(() => synthesize(snippet)).toThrow(`[${expectedCode(snippet)}]`);
  });

  test('few of them are only read', () => {
    expect(snippets.length - runnable.length).toBeLessThan(snippets.length / 10);
  });
});

/** Runs the snippet in an app of its own and synthesizes it. */
function synthesize(snippet: Snippet): void {
  const app = new App({ outdir: join(outdir, snippet.title.replace(/[^A-Za-z0-9]+/g, '-')) });
  run(snippet, new Stack(app, 'Sales', { env: ENVIRONMENT }));
  app.synth();
}

function titled(some: readonly Snippet[]): [string, Snippet][] {
  return some.map((snippet) => [snippet.title, snippet]);
}

function expectedCode({ fence }: Snippet): string | undefined {
  return fence.marks.find((mark) => mark.startsWith('throws='))?.slice('throws='.length);
}
