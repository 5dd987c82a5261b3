import { compiled, said } from './compiled';
import { median, rounded } from './median';

export interface ReportRow {
  readonly 'agents': number;
  readonly 'seconds': number;
  readonly 'CPU seconds': number;
  readonly 'HTML kB': number;
  readonly 'Markdown kB': number;
  readonly 'JSON kB': number;
}

interface Run {
  readonly milliseconds: number;
  readonly processor: number;
  readonly html: number;
  readonly md: number;
  readonly json: number;
}

/** What the access report takes, from the declarations to the three files, each time in a process of its own. */
export function report(sizes: readonly number[], repeats: number): ReportRow[] {
  const script = compiled('render');
  return sizes.map((size) => {
    const runs: Run[] = Array.from({ length: repeats }, () => JSON.parse(said([script, `${size}`])));
    const [{ html, md, json }] = runs;
    return {
      'agents': size,
      'seconds': rounded(median(runs.map(({ milliseconds }) => milliseconds)) / 1000, 2),
      'CPU seconds': rounded(median(runs.map(({ processor }) => processor)) / 1000, 2),
      'HTML kB': rounded(html / 1000),
      'Markdown kB': rounded(md / 1000),
      'JSON kB': rounded(json / 1000),
    };
  });
}
