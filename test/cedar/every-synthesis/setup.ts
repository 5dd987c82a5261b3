import type * as cdk from 'aws-cdk-lib';
import { observe, surprises } from './synthesized-cedar';

/*
 * Run by jest in front of each test file. `jest.mock` hands out the library as it is; it is how one hears that a test has loaded it,
 * without loading it for those that do not.
 */
jest.mock('aws-cdk-lib', () => {
  const library = jest.requireActual<typeof cdk>('aws-cdk-lib');
  observe(library.Stage);
  return library;
});

/** Apps that a file synthesizes before its first test fail them all. */
beforeAll(expectNoSurprise);
afterEach(expectNoSurprise);
afterAll(expectNoSurprise);

function expectNoSurprise(): void {
  const found = surprises();
  if (found.length > 0) {
    throw new Error(`The Cedar of what this test synthesized:\n${found.join('\n')}`);
  }
}
