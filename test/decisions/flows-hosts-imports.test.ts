import { App, aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';
import { Flow, FLOWS, USER_IDS } from './flows-hosts-imports/flows';
import { Host, HOSTS } from './flows-hosts-imports/hosts';
import { IMPORT_FORMS, ImportForm } from './flows-hosts-imports/import-forms';
import { AtDeployment, EMPLOYEES, ENV, identityArn, OWNER, REASON, VAULT_KEY } from './flows-hosts-imports/names';
import { requestsOf } from './flows-hosts-imports/requests';
import { Agent, AgentHost, AgentIdentity, FrontEnd, TokenVaultEncryption } from '../../src';
import { missingNearMisses } from '../simulation/decision-table';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { sweep } from '../simulation/sweep';

/*
 * Every flow on every host with every form in which a provider may be known. What is expected follows from three tables that a
 * person can read: what a flow needs, what a host takes away, and where the secret of a form is. Everything else that is asked is denied.
 */
function needed(flow: Flow, host: Host, form: ImportForm): string[] {
  return [
    ...(host.awsMints ? [] : [flow.mint]),
    'use the provider',
    ...(form.secretKeptByAgentCore ? ['have AgentCore\'s secret read'] : ['have the owner\'s secret read', 'have the secret decrypted']),
    ...(flow.family === 'OAuth2' ? ['Decrypt for the vault', 'Encrypt for the vault', 'GenerateDataKeyWithoutPlaintext for the vault'] : []),
  ].sort();
}

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

interface Cell { readonly role: AtDeployment; readonly identity: AtDeployment | string; readonly provider: string }

/** One agent on a host that knows its provider in a form. */
function cellIn(stack: Stack, owner: Stack, flow: Flow, host: Host, formName: string): Cell {
  const [provider, name] = [slug(formName), `a-${slug(formName)}`];
  const { host: agentHost, runtimeId } = host.make(stack, name);
  const named = `${slug(stack.stackName)}-${provider}`;
  const agent = new Agent(stack, `${name}-agent`, {
    owner: OWNER,
    host: agentHost,
    returnUrls: ['https://agents.example.com/return'],
    ...(flow.namesUsers && host.awsMints ? {} : { callers: [EMPLOYEES] }),
    ...(host.awsMints ? {} : { identity: AgentIdentity.named(named) }),
  });
  agent.may(flow.capability(IMPORT_FORMS[formName].make(stack, provider, { family: flow.family, exchanges: flow.exchanges ?? false, owner }), stack));
  if (flow.namesUsers && host.awsMints) {
    agent.invokedBy(FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(new iam.Role(stack, `${name}-portal`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })), {
      userIds: USER_IDS, enforcedByApplication: 'The portal takes the id from the token that Cognito signed', ...REASON,
    }));
  }
  return { role: { stack, value: agentHost.iamRole.roleRef.roleArn }, identity: host.awsMints ? { stack, value: runtimeId! } : identityArn(named), provider };
}

/** All hosts and forms of one flow. */
function storyOf(flow: Flow) {
  const app = new App({ stackTraces: false, treeMetadata: false });
  const owner = new Stack(app, 'Providers', { env: ENV });
  TokenVaultEncryption.fromKey(owner, 'Vault', kms.Key.fromKeyArn(owner, 'VaultKey', VAULT_KEY));
  const cells = new Map(Object.keys(HOSTS).flatMap((host) => {
    const stack = new Stack(app, `Host-${slug(host)}`, { env: ENV });
    return Object.keys(IMPORT_FORMS).map((form): [string, Cell] => [`${host}, ${form}`, cellIn(stack, owner, flow, HOSTS[host], form)]);
  }));
  return { app, cells };
}

describe.each(Object.entries(FLOWS))('%s', (_flowName, flow) => {
  const { app, cells } = storyOf(flow);
  let account: FakeAccount;
  beforeAll(() => { account = deploy(app); });
  const valueOf = ({ stack, value }: AtDeployment) => account.valueOf(stack, stack.resolve(value)) as string;

  test('each thing that is allowed has a near miss that is asked for and denied', () => {
    const expected = Object.values(HOSTS).flatMap((host) => Object.values(IMPORT_FORMS).flatMap((form) => needed(flow, host, form)));
    const rows = requestsOf(identityArn('agent'), 'provider', flow.family).map(({ line, ...request }) => (
      { ...request, situation: line, role: 'agent', expect: expected.includes(line) ? 'Allowed' as const : 'Denied' as const, because: line }));
    expect(expected.filter((line) => !rows.some(({ situation }) => situation === line))).toEqual([]);
    expect(missingNearMisses({ title: 'cells', names: {}, rows })).toEqual([]);
  });

  test.each(Object.keys(HOSTS).flatMap((host) => Object.keys(IMPORT_FORMS).map((form) => [host, form] as const)))('on %s, provider known: %s', async (host, form) => {
    const { role, identity, provider } = cells.get(`${host}, ${form}`)!;
    const requests = requestsOf(typeof identity === 'string' ? identity : identityArn(valueOf(identity)), provider, flow.family);
    const expected = needed(flow, HOSTS[host], IMPORT_FORMS[form]);
    expect((await sweep(account, { agent: valueOf(role) }, requests)).map((line) => line.replace('agent | ', ''))).toEqual(expected);
  });
});
