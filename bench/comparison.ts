import { compiled, said } from './compiled';
import { median, rounded } from './median';

export interface ComparisonRow {
  readonly 'agents': number;
  readonly 'of them changed': string;
  readonly 'seconds': number;
  readonly 'CPU seconds': number;
  readonly 'changes told': number;
}

interface Run {
  readonly milliseconds: number;
  readonly processor: number;
  readonly changes: number;
}

/** How many agents changed, by every how-many-th it was. */
const SHARES: readonly (readonly [every: number, words: string])[] = [[0, 'none'], [100, '1 in 100'], [10, '1 in 10'], [1, 'all']];

/** What the comparison of two apps takes, once both are read, each time in a process of its own. */
export function comparison(agents: number, repeats: number): ComparisonRow[] {
  const script = compiled('compare');
  return SHARES.map(([every, words]) => {
    const runs: Run[] = Array.from({ length: repeats }, () => JSON.parse(said([script, `${agents}`, `${every}`])));
    return {
      'agents': agents,
      'of them changed': words,
      'seconds': rounded(median(runs.map(({ milliseconds }) => milliseconds)) / 1000, 2),
      'CPU seconds': rounded(median(runs.map(({ processor }) => processor)) / 1000, 2),
      'changes told': runs[0].changes,
    };
  });
}
