import { Change } from './change';
import { ComparedPremise } from './compared-app';
import { matched } from './matched';

/** Where statements say the same and mean something else, because what they rest on is another. */
export function premiseChanges(before: readonly ComparedPremise[], now: readonly ComparedPremise[]): Change[] {
  return matched(before, now, ({ name }) => name).pairs.filter((pair) => pair.before.words !== pair.now.words)
    .map(({ now: { name } }): Change => ({ kind: 'undecided', subject: 'IAM', of: name, what: 'it is defined differently, and policies depend on it' }));
}
