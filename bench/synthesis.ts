import { compiled, said } from './compiled';
import { median, rounded } from './median';

/** A fleet of one size, each figure the median of its repeats. */
export interface SynthesisRow {
  readonly 'validator': string;
  readonly 'agents': number;
  readonly 'fleet': string;
  readonly 'resources': number;
  readonly 'seconds': number;
  readonly 'CPU seconds': number;
  readonly 'CPU x L1': number;
  readonly 'MiB': number;
  readonly 'MiB x L1': number;
}

/** How time grows with agents, without what a process needs before the first. */
export interface GrowthRow {
  readonly 'validator': string;
  readonly 'fleet': string;
  readonly 'exponent': number;
  readonly 'CPU milliseconds per agent': number;
}

interface Run {
  readonly milliseconds: number;
  readonly processor: number;
  readonly mebibytes: number;
  readonly resources: number;
}

const FLEETS: Record<string, string> = { l1: 'hand-written L1', l1OnRoles: 'hand-written L1 on `iam.Role`', ours: 'this library', official: 'official L2s' };

/**
 * Time and memory of synthesis. The fleets take turns, and a ratio is the median of the ratios within each turn, so that
 * whatever else the machine does weighs on all of them. Ratios are of processor time, which that disturbs least.
 */
export function synthesis(sizes: readonly number[], repeats: number, validators: readonly string[]): { rows: SynthesisRow[]; growth: GrowthRow[] } {
  const script = compiled('synthesize');
  const rows: SynthesisRow[] = [];
  const growth: GrowthRow[] = [];
  for (const validator of validators) {
    const times: Record<string, number[]> = {};
    for (const size of sizes) {
      const runs: Record<string, Run[]> = { l1: [], l1OnRoles: [], ours: [], official: [] };
      for (let turn = 0; turn < repeats; turn += 1) {
        for (const fleet of Object.keys(runs)) {
          runs[fleet].push(JSON.parse(said([script, fleet, `${size}`], validator === 'off' ? { CDK_VALIDATION: 'false' } : {})));
        }
      }
      for (const [fleet, title] of Object.entries(FLEETS)) {
        const ratio = (figure: 'processor' | 'mebibytes') => rounded(median(runs[fleet].map((run, turn) => run[figure] / runs.l1[turn][figure])), 2);
        const processor = median(runs[fleet].map((run) => run.processor));
        (times[fleet] ??= []).push(processor);
        rows.push({
          'validator': validator,
          'agents': size,
          'fleet': title,
          'resources': runs[fleet][0].resources,
          'seconds': rounded(median(runs[fleet].map((run) => run.milliseconds)) / 1000, 2),
          'CPU seconds': rounded(processor / 1000, 2),
          'CPU x L1': ratio('processor'),
          'MiB': rounded(median(runs[fleet].map((run) => run.mebibytes))),
          'MiB x L1': ratio('mebibytes'),
        });
      }
    }
    if (sizes.length >= 3) {
      const [small, middle, large] = sizes.slice(-3);
      for (const [fleet, title] of Object.entries(FLEETS)) {
        const [base, medium, most] = times[fleet].slice(-3);
        growth.push({
          'validator': validator,
          'fleet': title,
          'exponent': rounded(Math.log((most - base) / (medium - base)) / Math.log((large - small) / (middle - small)), 2),
          'CPU milliseconds per agent': rounded((most - base) / (large - small), 2),
        });
      }
    }
  }
  return { rows, growth };
}
