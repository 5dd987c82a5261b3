import { ExpectedProblem, expectRefusal } from './refusal';
import { agentIn, asUser, google, imported, importedKey, NO_REASONS, salesStack } from './story';
import { SuspensionOptions } from '../../src';

/** Everything that can be cut off, and the construct path that a message tells. */
const SUSPENSIONS: [string, (options: SuspensionOptions) => unknown, string | undefined][] = [
  ['an agent', (options) => agentIn(salesStack(), 'Scheduler').suspend(options), 'Sales/Scheduler'],
  ['a capability', (options) => asUser(imported(salesStack(), 'google')).suspended(options), undefined],
  ['a provider', (options) => google(salesStack()).suspend(options), 'Sales/Google'],
  ['an imported OAuth2 provider', (options) => imported(salesStack(), 'google').suspend(options), 'Sales/google'],
  ['an imported API-key provider', (options) => importedKey(salesStack(), 'weather').suspend(options), 'Sales/weather'],
];

describe.each(SUSPENSIONS)('suspending %s', (_which, suspend, path) => {
  const NO_REASON: ExpectedProblem = {
    code: 'Suspension/Reason', what: 'reason is not valid', allowed: 'a sentence of 10 to 500 characters', fix: 'Say why it is suspended', path,
  };

  test.each(NO_REASONS)('the reason is %s', (_situation, reason, received) => {
    expectRefusal(() => suspend({ reason: reason as string }), { ...NO_REASON, received });
  });

  test('without options', () => {
    expectRefusal(() => suspend(undefined as any), { ...NO_REASON, received: 'nothing' });
  });
});
