import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentIdentity, AgentOwner, ApiKey, ApiKeyProvider, Capability, NamePrefixOptions } from '../../src';
import { runChecks } from '../../src/checks/run-checks';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { ENV, REASON } from '../situations/story';

/* Providers that administrators make at run time: what a change of their prefix is told as, and what the checks say. */
const folder = mkdtempSync(join(tmpdir(), 'name-prefixes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS: NamePrefixOptions = { reason: 'Administrators connect the feed of each customer', owner: AgentOwner.team('feed-admins', 'feed-admins@example.com') };

/** An agent with one provider, or with all of a prefix. */
function synthesized(name: string, options: Partial<NamePrefixOptions> = {}) {
  const app = new App({ outdir: mkdtempSync(join(folder, 'app-')) });
  const stack = new Stack(app, 'S', { env: ENV });
  const agent = new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named('agent'), host: AgentHost.role(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
  });
  agent.may(Capability.useApiKey(name.endsWith('-')
    ? ApiKeyProvider.anyWithNamePrefix(stack, 'Feeds', name, { ...OPTIONS, ...options })
    : ApiKeyProvider.fromProviderName(stack, 'Feeds', name, { apiKey: ApiKey.managedByAgentCore() }), REASON));
  app.synth();
  return readSynthesizedApp(app.outdir);
}

type Declared = Parameters<typeof synthesized>;
const changes = (before: Declared, now: Declared) => compareApps(comparedAppOf(synthesized(...before)), comparedAppOf(synthesized(...now))).changes;
const told = (before: Declared, now: Declared) => changes(before, now).map(({ kind, subject, what }) => `${kind} ${subject}: ${what}`);

test.each<[string, Declared, Declared, string[]]>([
  ['a shorter prefix', ['feed-eu-'], ['feed-'], ['widened provider: prefix of names', 'widened IAM: IAM of S/Role: more is allowed']],
  ['a longer prefix', ['feed-'], ['feed-eu-'], ['narrowed provider: prefix of names', 'narrowed IAM: IAM of S/Role: less is allowed']],
  ['another prefix', ['feed-'], ['food-'], ['undecided provider: prefix of names', 'widened IAM: IAM of S/Role: more is allowed', 'narrowed IAM: IAM of S/Role: less is allowed']],
  ['all of a prefix in place of one', ['feed-1'], ['feed-'], ['widened provider: prefix of names', 'widened provider: wider than it could be', 'widened IAM: IAM of S/Role: more is allowed']],
  ['one in place of all', ['feed-'], ['feed-1'], ['narrowed provider: prefix of names', 'narrowed provider: wider than it could be', 'narrowed IAM: IAM of S/Role: less is allowed']],
  ['other administrators', ['feed-'], ['feed-', { owner: AgentOwner.team('others', 'others@example.com') }], ['owner-changed provider: who makes them']],
  ['another reason', ['feed-'], ['feed-', { reason: 'Customers bring feeds of their own' }], ['reason-changed provider: wider than it could be']],
])('%s', (_change, before, now, expected) => expect(told(before, now)).toEqual(expect.arrayContaining(expected)));

test('nothing is told of what stays the same, and a shorter prefix is not told as narrower', () => {
  expect(told(['feed-'], ['feed-'])).toEqual([]);
  expect(told(['feed-eu-'], ['feed-']).filter((change) => change.startsWith('narrowed provider'))).toEqual([]);
});

test('the checks find no more than with one provider', () => {
  const found = (name: string) => runChecks(synthesized(name), { requireCustomerKeys: false }).map(({ rule }) => rule.id);
  expect(found('feed-')).toEqual(found('feed-1'));
});
