import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { ENVIRONMENT, Fixture } from './fixture';
import { fences, ROOT } from './page';
import { run } from './run';
import { snippetOf } from './snippet';
import { AccessReport } from '../../src';

const README = join(ROOT, 'README.md');
const QUOTED = /(<!-- report -->\n)([\s\S]*?)(\n<!-- \/report -->)/;

/** The access report of the README's example. */
function reportOf(readme: string): string[] {
  const app = new App();
  const example = fences({ path: 'README.md', text: readme }).find(({ language }) => language === 'ts')!;
  run(snippetOf(example, Fixture.NAMES), new Stack(app, 'Sales', { env: ENVIRONMENT }));
  return AccessReport.of(app).toMarkdown().split('\n');
}

/** The table that begins with a header. */
function table(lines: readonly string[], header: string): string[] {
  const begin = lines.findIndex((line) => line.startsWith(header));
  return lines.slice(begin, lines.indexOf('', begin));
}

test('the tables in the README are those of its example (UPDATE_README=1 renews them)', () => {
  const readme = readFileSync(README, 'utf8');
  const report = reportOf(readme);
  const excerpt = [...table(report, '| May '), '', ...table(report, '| Sid ')].join('\n');
  if (process.env.UPDATE_README === '1') {
    writeFileSync(README, readme.replace(QUOTED, (_all, begin: string, _old, end: string) => `${begin}${excerpt}${end}`));
  }
  expect(QUOTED.exec(readFileSync(README, 'utf8'))?.[2]).toBe(excerpt);
});
