import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { anchors, links, pages, ROOT } from './page';

const all = pages();
const isPath = (target: string) => !/^[a-z]+:/.test(target);

/** What a link of a page points at, relative to the top of the repository. */
function targetOf(path: string, link: string): { file: string; anchor?: string } {
  const [file, anchor] = link.split('#');
  return { file: file === '' ? path : join(dirname(path), file), anchor };
}

test.each(all.flatMap(({ path, text }) => links({ path, text }).filter(isPath).map((link) => [path, link] as const)))('%s -> %s leads somewhere', (path, link) => {
  const { file, anchor } = targetOf(path, link);
  expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
  if (anchor !== undefined) {
    expect(anchors(readFileSync(join(ROOT, file), 'utf8'))).toContain(anchor);
  }
});

describe('the README leads, over any number of links, to', () => {
  const reached = new Set(['README.md']);
  for (const path of reached) {
    all.filter((page) => page.path === path).flatMap(links).filter(isPath).forEach((link) => reached.add(targetOf(path, link).file));
  }

  test.each(all.map(({ path }) => path))('%s', (path) => expect([...reached]).toContain(path));
});

test.each(all.map(({ path, text }) => [path, text] as const))('%s is short enough to be read', (path, text) => {
  const longest = path.startsWith('docs/tasks/') ? 80 : path.startsWith('docs/decisions/') ? 60 : path === 'docs/limits.md' ? 300 : path === 'docs/benchmarks.md' ? 190 : 150;
  expect(text.trimEnd().split('\n').length).toBeLessThan(longest);
});
