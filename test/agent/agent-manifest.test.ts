import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv2020 from 'ajv/dist/2020';
import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, Lazy, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentOwner, ApiKeyProvider, Capability, CustomScope, OAuth2Provider } from '../../src';
import { agentsOfEachKind } from '../decisions/agents-of-each-kind';
import { invokedAgents } from '../decisions/front-ends/invoked-agents';
import { wholeRange } from '../review/whole-range';

/* The published schema of the manifest, and what agents hand to their code. */
const schema = JSON.parse(readFileSync(join(__dirname, '..', '..', 'schema', 'agent-manifest.schema.json'), 'utf8'));
const fits = new Ajv2020({ strict: true, allErrors: true, strictRequired: false }).compile(schema);

/** The manifests of an app, with words in place of what only deployment knows. */
function manifests(app: App): [string, unknown][] {
  return app.node.findAll().filter((construct): construct is Agent => construct instanceof Agent).map((agent) => {
    const resolved: unknown = Stack.of(agent).resolve(Lazy.string({ produce: () => agent.manifest }));
    const text = typeof resolved === 'string' ? resolved : (resolved as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'known-at-deployment')).join('');
    return [agent.node.path, JSON.parse(text)];
  });
}

/** Providers that are made at run time, and secrets that the code reads itself. */
function looserForms(): App {
  const app = new App();
  const stack = new Stack(app, 'Looser');
  const owner = AgentOwner.team('team', 'team@example.com');
  const reason = 'Stands in the test of the manifest';
  new Agent(stack, 'Agent', { owner, host: AgentHost.role(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })) }).may(
    Capability.actAsItself(OAuth2Provider.anyWithNamePrefix(stack, 'Crms', 'crm-', { owner, reason }), { scopes: [CustomScope.of('read')], reason }),
    Capability.useApiKey(ApiKeyProvider.anyWithNamePrefix(stack, 'Feeds', 'feed-', { owner, reason }), { reason }),
    Capability.readSecretInCode(new secretsmanager.Secret(stack, 'Own'), { reason }),
    Capability.readSecretInCode(secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'ledger'), { reason }),
  );
  return app;
}

test.each([...manifests(agentsOfEachKind()), ...manifests(invokedAgents()), ...manifests(wholeRange()), ...manifests(looserForms())])('the manifest of %s fits the schema', (_path, manifest) => {
  expect(fits(manifest) ? [] : fits.errors).toEqual([]);
});

test.each<[string, unknown]>([
  ['neither a name nor a runtime that mints', { version: '1', capabilities: [] }],
  ['both', { version: '1', workloadName: 'calendar', mintedByRuntime: true, capabilities: [] }],
  ['another version', { version: '2', workloadName: 'calendar', capabilities: [] }],
  ['a capability without its provider', { version: '1', workloadName: 'calendar', capabilities: [{ kind: 'use API key' }] }],
  ['a flow that AgentCore does not know', { version: '1', workloadName: 'calendar', capabilities: [{ kind: 'act as user', provider: 'google', oauth2Flow: 'IMPLICIT', scopes: [] }] }],
  ['a secret', { version: '1', workloadName: 'calendar', clientSecret: 'x', capabilities: [] }],
])('the schema refuses %s', (_situation, manifest) => expect(fits(manifest)).toBe(false));
