import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { companyApp } from '../../examples/company-agents/company-app';
import { marketApp } from '../../examples/market-calendar/market-app';
import { AccessReport } from '../../src';
import { Change } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import type { AccessModel } from '../../src/review/access-model';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { wholeRange } from '../review/whole-range';

/* Whatever changes in a report, alone, is told. */
jest.setTimeout(300_000);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

interface Variant {
  readonly place: string;
  readonly value: Json;
}

/** Where a change alone means nothing, and why. */
const MEANS_NOTHING: readonly RegExp[] = [
  // How the file is written. Another version of it is refused or understood.
  /^\/(\$schema|version)$/,
  // A statement's name. IAM does not look at it.
  /\/statements\/\d+\/sid$/,
];

/** Actions that another statement of the same role allows under the same conditions. */
const ALLOWED_TWICE = ['/agents/1/parts/0/statements/5/actions/1 gone', '/agents/1/parts/0/statements/5/actions/2 gone', '/agents/1/parts/1/statements/4/actions/0 gone', '/agents/1/parts/1/statements/4/actions/1 gone'];

/** Authority passes through one pair of hands after the other, ARNs stand in the order of their resources, and values of limits in that of their dimensions. */
const IN_ORDER = ['tokenPath', 'arns', 'resources', 'notResources', 'dimensions', 'values', 'rateLimits'];

/** The value with one thing in it changed, added or taken away, in every way. */
function variants(value: Json, place = ''): Variant[] {
  if (Array.isArray(value)) {
    return [
      ...value.flatMap((item, index) => [
        ...variants(item, `${place}/${index}`).map((each): Variant => ({ ...each, value: value.map((other, at) => (at === index ? each.value : other)) })),
        { place: `${place}/${index} gone`, value: value.filter((_other, at) => at !== index) },
      ]),
      ...(value.length > 0 && value.every((item) => typeof item === 'string') ? [{ place: `${place} one more`, value: [...value, 'something:else'] }] : []),
    ];
  }
  if (typeof value === 'object' && value !== null) {
    return [
      ...Object.keys(value).flatMap((name) => variants(value[name], `${place}/${name}`).map((each): Variant => ({ ...each, value: { ...value, [name]: each.value } }))),
      { place: `${place} with a member that nobody knows`, value: { ...value, aMemberOfTheFuture: true } },
    ];
  }
  const other = typeof value === 'string' ? `${value}-else` : typeof value === 'number' ? value + 1 : value !== true;
  return [{ place, value: other }];
}

function modelOf(app: App): AccessModel {
  return JSON.parse(AccessReport.of(app).toJson()) as AccessModel;
}

const folder = mkdtempSync(join(tmpdir(), 'leaves-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where `*` is missed among the ARNs, the name of the resource is still `*`. */
function isEverything(model: AccessModel, place: string): boolean {
  const [, statement] = /^(.*)\/arns\/0 gone$/.exec(place) ?? [];
  const { resources = [], arns = [] } = statement === undefined ? {} : statement.split('/').slice(1).reduce<any>((found, member) => found[member], model);
  return resources.join() === '*' && arns.join() === '*';
}

/** What was taken away, added or written elsewise, and is told by nothing. */
function silent(model: AccessModel, changes: (changed: AccessModel) => readonly Change[]): { readonly all: number; readonly silent: string[] } {
  const all = variants(model as unknown as Json).filter(({ place }) => !MEANS_NOTHING.some((nothing) => nothing.test(place)));
  const told = (value: Json) => changes(value as unknown as AccessModel).length > 0;
  return { all: all.length, silent: all.filter(({ place, value }) => !isEverything(model, place) && !told(value)).map(({ place }) => place) };
}

test.each<[string, (outdir: string) => App]>([
  ['the company\'s agents', (outdir) => companyApp({ outdir })],
  ['the market calendar', (outdir) => marketApp({ outdir })],
  ['the whole range', (outdir) => wholeRange(outdir)],
])('every single change of the report of %s', (name, made) => {
  const model = modelOf(made(mkdtempSync(join(folder, 'app-'))));
  const found = silent(model, (changed) => compareApps({ model }, { model: changed }).changes);
  process.stdout.write(`${name}: ${found.all} changes of the report\n`);
  expect(found.all).toBeGreaterThan(500);
  expect(found.silent).toEqual(name === 'the whole range' ? ALLOWED_TWICE : []);
});

test('and where the templates are known, which stay as they are', () => {
  const outdir = join(folder, 'market');
  marketApp({ outdir }).synth();
  const app = comparedAppOf(readSynthesizedApp(outdir));
  expect(compareApps(app, app).changes).toEqual([]);
  const found = silent(app.model!, (changed) => compareApps(app, { ...app, model: changed }).changes);
  expect(found.all).toBeGreaterThan(500);
  expect(found.silent).toEqual([]);
});

test('the order of lists means nothing', () => {
  const model = modelOf(wholeRange(mkdtempSync(join(folder, 'app-'))));
  const reversed = (value: Json, member = ''): Json => {
    if (Array.isArray(value)) {
      return IN_ORDER.includes(member) ? value : value.map((item) => reversed(item)).reverse();
    }
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([name, each]) => [name, reversed(each, name)])) : value;
  };
  expect(compareApps({ model }, { model: reversed(model as unknown as Json) as unknown as AccessModel }).changes).toEqual([]);
});
