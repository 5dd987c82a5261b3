import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { comparison } from './comparison';
import { documentedFleets } from './documented-fleets';
import { l1Fleet, l1FleetWithL2Roles } from './l1-fleet';
import { handlers, imports, sizes } from './loading';
import { officialFleet } from './official-fleet';
import { ourFleet } from './our-fleet';
import { report } from './report';
import { PolicySizeRow, surplus, SurplusRow } from './surplus';
import { synthesis } from './synthesis';
import { table } from './table';

/*
 * `npm run bench`: all. `npm run bench -- surplus` (or synthesis, report, comparison, loading): one part. `--quick`: one repeat, and no fleet of
 * 1,000. `--repeats=3`, `--validator=off`: a shorter synthesis. `--write`: also into docs/benchmarks.md, between the marks that
 * begin and end each part there.
 */
const PAGE = join(__dirname, '..', 'docs', 'benchmarks.md');
const options = process.argv.slice(2);
const quick = options.includes('--quick');
/** They are there for their times, and the same rights make these comparable. */
const writtenByHand = [l1Fleet, l1FleetWithL2Roles];
const parts: Record<string, () => Promise<string> | string> = {
  surplus: async () => {
    const rights: SurplusRow[] = [];
    const policies: PolicySizeRow[] = [];
    for (const size of [1, 3, 10, 30]) {
      for (const make of [ourFleet, ...writtenByHand, officialFleet, ...documentedFleets]) {
        const found = await surplus(size, make);
        if (!writtenByHand.includes(make)) {
          rights.push(found.rights);
          policies.push(found.policies);
        } else if (found.rights.surplus + found.rights.missing > 0) {
          throw new Error(`${found.rights.fleet} does not give the same rights, so that its times would not compare`);
        }
      }
    }
    return `${table(rights)}\n${table(policies.filter(({ agents }) => agents === 10))}`;
  },
  synthesis: () => {
    const repeats = Number(options.find((option) => option.startsWith('--repeats='))?.split('=')[1] ?? (quick ? 1 : 5));
    const validators = options.includes('--validator=off') ? ['off'] : ['off', 'on'];
    const { rows, growth } = synthesis(quick ? [10, 30, 100] : [10, 100, 1000], repeats, validators);
    return `${table(rows)}\n${table(growth)}`;
  },
  report: () => table(report(quick ? [100] : [100, 1000], quick ? 1 : 5)),
  comparison: () => table(comparison(quick ? 100 : 1000, quick ? 1 : 5)),
  loading: () => `${table(imports(quick ? 3 : 15))}\n${table(sizes())}\n${table(handlers(quick ? 3 : 15))}`,
};

/** What the figures were taken on. */
function machine(): string {
  const versions = ['aws-cdk-lib', 'constructs'].map((name) => `${name} ${JSON.parse(readFileSync(join(__dirname, '..', 'node_modules', name, 'package.json'), 'utf8')).version}`);
  return `${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release().split('-')[0]}, Node ${process.version}, ${versions.join(', ')}\n`;
}

function write(part: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const marked = new RegExp(`(<!-- ${part} -->\\n)[\\s\\S]*?(<!-- end of ${part} -->)`);
  if (!marked.test(page)) {
    throw new Error(`docs/benchmarks.md has no place for ${part}`);
  }
  writeFileSync(PAGE, page.replace(marked, (_all, begin, end) => `${begin}\n${text}\n${end}`));
}

async function main(): Promise<void> {
  const chosen = Object.keys(parts).filter((part) => options.includes(part));
  for (const part of chosen.length > 0 ? chosen : Object.keys(parts)) {
    const text = await parts[part]();
    process.stdout.write(`\n${part}\n\n${text}`);
    if (options.includes('--write')) {
      write(part, text);
      write('machine', machine());
    }
  }
}

void main();
