import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { fences, pages, ROOT } from './page';

/*
 * Python of the documentation stands in examples/python, which `npm run test:python` runs in Python.
 */
const FOLDER = join(ROOT, 'examples', 'python');
const sources = readdirSync(FOLDER).filter((file) => file.endsWith('.py')).map((file) => `\n${readFileSync(join(FOLDER, file), 'utf8')}`);
const blocks = pages().flatMap(fences).filter(({ language }) => language === 'python');

test('there is Python in the documentation', () => expect(blocks.length).toBeGreaterThan(2));

const indented = (code: string, blanks: number) => code.replace(/^(?=.)/gm, ' '.repeat(blanks));

test.each(blocks.map((block) => [`${block.page}:${block.line}`, block.code] as const))('%s is what runs', (_title, code) => {
  expect(sources.filter((source) => [0, 4, 8, 12].some((blanks) => source.includes(`\n${indented(code, blanks)}\n`)))).toHaveLength(1);
});
