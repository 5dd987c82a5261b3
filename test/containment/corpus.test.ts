import { CORPUS, Pair } from './corpus';
import { readStatement } from './written-statement';
import { accessChange, AccessVerdict } from '../../src/containment/access-change';

function verdict({ before, now }: Pair): AccessVerdict {
  return accessChange({ statements: before.map(readStatement) }, { statements: now.map(readStatement) }).verdict;
}

/** The same pair the other way round, as far as a verdict says. */
const REVERSED: Readonly<Record<AccessVerdict, readonly AccessVerdict[]>> = {
  'unchanged': ['unchanged'],
  'widened': ['narrowed', 'not widened', 'cannot decide'],
  'narrowed': ['widened'],
  'widened and narrowed': ['widened and narrowed'],
  'not widened': ['cannot decide'],
  'cannot decide': ['widened', 'not widened', 'cannot decide'],
};

describe.each(Object.entries(CORPUS))('%s', (_about, pairs) => {
  test.each(pairs.map((pair) => [pair.title, pair.verdict, pair] as const))('%s: %s', (_title, expected, pair) => {
    expect(verdict(pair)).toBe(expected);
  });

  test.each(pairs.map((pair) => [pair.title, pair] as const))('the other way round: %s', (_title, pair) => {
    expect(REVERSED[pair.verdict]).toContain(verdict({ ...pair, before: pair.now, now: pair.before }));
  });
});

test('the corpus is large enough', () => {
  expect(Object.values(CORPUS).flat().length).toBeGreaterThanOrEqual(100);
});
