import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Changes a pure folder one operator at a time and expects its tests to notice: `FOLDER=cedar npx stryker run`, or permission.
 * `npm run mutate` does both. Only the folder's own tests run. Results and survivors: docs/mutation.md.
 */
const folder = process.env.FOLDER ?? 'permission';
const { jest } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

export default {
  testRunner: 'jest',
  mutate: [`src/${folder}/*.ts`],
  jest: {
    projectType: 'custom',
    enableFindRelatedTests: false,
    config: { ...jest, testMatch: [`<rootDir>/test/${folder}/*.test.ts`] },
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A busy machine must not be taken for a mutant that never ends.
  timeoutMS: 60_000,
  // Types are checked by tsc elsewhere; a change that compiles to JavaScript has to be noticed by a test.
  disableTypeChecks: `src/${folder}/*.ts`,
  ignorePatterns: ['/docs', '/examples', '/bench', '/cli', '/handlers', '/scripts', '/.cache', '/dist', '/lib', '/coverage', '/API.md', '/.jsii'],
  // Outside the work tree: jest would take a copy of package.json inside it for a second package of the same name.
  tempDirName: join(tmpdir(), `stryker-${process.pid}`),
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: `.cache/mutation/${folder}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 92, break: 90 },
};
