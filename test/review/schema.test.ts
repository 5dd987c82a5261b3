/* eslint-disable @typescript-eslint/no-require-imports */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import Ajv2020 from 'ajv/dist/2020';
import { App } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { wholeRange } from './whole-range';
import { accessSchemaText, SCHEMA_FILE } from '../../scripts/access-schema';
import { AccessReport } from '../../src';
import { agentsOfEachKind } from '../decisions/agents-of-each-kind';
import { arbitraryApp, SMALL } from '../random/arbitrary-app';
import { BuiltApp } from '../random/built-app';

/* The published schema of agentcore-access.json, and what stands in it. */
const EXAMPLES = join(__dirname, '..', '..', 'examples');
const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));
const fits = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function misfits(report: unknown): string[] {
  return fits(report) ? [] : fits.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** The report of an app, as it is written. */
function reportOf(app: App) {
  return JSON.parse(AccessReport.of(app).toJson());
}

/** The apps of all examples: each has a file `…-app.ts` that exports how it is made. */
function examples(): [string, () => App][] {
  return readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }) => readdirSync(join(EXAMPLES, name))
    .filter((file) => file.endsWith('-app.ts'))
    .map((file): [string, () => App] => [`${name}/${file}`, () => {
      const made = Object.entries(require(join(EXAMPLES, name, file))).find(([exported]) => exported.endsWith('App'))![1] as (props: object) => App;
      return made({ outdir: mkdtempSync(join(tmpdir(), 'example-')) });
    }]));
}

test('the schema says the same as the types of the access model (UPDATE_SCHEMA=1 renews it)', () => {
  const wanted = accessSchemaText();
  if (process.env.UPDATE_SCHEMA === '1') {
    writeFileSync(SCHEMA_FILE, wanted);
  }
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(wanted);
});

describe('every report fits the schema', () => {
  test.each(examples())('of the example %s', (_name, made) => expect(misfits(reportOf(made()))).toEqual([]));

  test.each<[string, () => App]>([
    ['an app without agents', () => new App()],
    ['an agent of each kind', agentsOfEachKind],
    ['the whole range: gateways, a runtime, what is suspended, shared, broad and managed elsewhere', () => wholeRange()],
  ])('of %s', (_title, made) => expect(misfits(reportOf(made()))).toEqual([]));

  test('of apps made at random', () => {
    for (const description of fc.sample(arbitraryApp(SMALL), { numRuns: 6, seed: 7 })) {
      const built = new BuiltApp(description, mkdtempSync(join(tmpdir(), 'schema-')));
      expect(misfits(reportOf(built.app))).toEqual([]);
    }
  });
});

describe('a report that is not one is refused', () => {
  const changed = (change: (report: any) => void) => {
    const report = reportOf(agentsOfEachKind());
    change(report);
    return misfits(report);
  };
  test.each<[string, (report: any) => void, string]>([
    ['of another version', (report) => { report.version = '2.0'; }, '/version'],
    ['with a member that the schema does not know', (report) => { report.agents[0].colour = 'red'; }, '/agents/0'],
    ['with an agent that nobody owns', (report) => { delete report.agents[0].owner; }, '/agents/0'],
    ['with a statement that neither allows nor denies', (report) => { report.agents[0].parts[0].statements[0].effect = 'Maybe'; }, '/agents/0/parts/0/statements/0/effect'],
    ['with a limit that a layer holds which there is not', (report) => { report.agents[0].capabilities[0].limits = [{ limit: 'all', enforcedBy: 'nobody', how: '' }]; }, '/agents/0/capabilities/0/limits/0/enforcedBy'],
    ['with a text where a list belongs', (report) => { report.agents[0].returnUrls = 'https://example.com'; }, '/agents/0/returnUrls'],
  ])('one %s', (_title, change, place) => expect(changed(change).map((misfit) => misfit.split(' ')[0])).toContain(place));
});
