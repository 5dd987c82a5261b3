import { App, aws_iam as iam, Stack, Stage } from 'aws-cdk-lib';
import { compare } from './comparison';
import type { AgentDescription, AppDescription, CapabilityDescription, ClaimDescription, HostDescription, ProviderDescription, RestrictionDescription, UsersDescription } from './description';
import { OPEN_FINDINGS } from './open-findings';
import { Agent, AgentHost, AgentOwner } from '../../src';

/*
 * What random apps have found, each in the smallest app that shows it. `test.failing` marks what is not mended: it turns red
 * once it is; then make it a `test`, and take its title from `open-findings.ts`.
 */
const asUser: CapabilityDescription = { kind: 'user', provider: 0, through: 'construct', suspended: false, users: { subjects: [] }, ids: [], session: 'itself' };
const agent: AgentDescription = {
  stack: 0,
  identity: 'named',
  region: 'eu-west-1',
  parts: [{ work: 'act', host: { kind: 'role', stack: 0 } }],
  callers: [{ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'], clients: [], scopes: [] }],
  derivesCallers: false,
  capabilities: [asUser],
  toolCalls: [],
  frontEnds: [],
  onlyFrontEnds: false,
  operators: [],
  accepts: [],
  suspended: false,
};
const provider: ProviderDescription = {
  family: 'OAuth2', vendor: 'Google', made: 'here', stack: 0, region: 'eu-west-1', name: 'chosen', secret: 0, client: 'secret', exchange: 'no', bundle: false, suspended: false,
};
const SALES: ClaimDescription = { name: 'groups', test: 'contains', values: ['sales'] };
const app: AppDescription = {
  environment: 'known',
  stacks: [{ region: 'eu-west-1' }],
  keys: [],
  secrets: [{ made: 'complete ARN', stack: 0, region: 'eu-west-1', keyToldBy: 'secret' }],
  providers: [provider],
  machineClients: [],
  vaults: [],
  sharedPages: [],
  agents: [agent],
  gateways: [],
};

async function differences(description: AppDescription): Promise<string[]> {
  const { surplus, missing } = await compare(description);
  return [...surplus.map((line) => `surplus: ${line}`), ...missing.map((line) => `missing: ${line}`)];
}

test('the app that the findings vary has none', async () => expect(await differences(app)).toEqual([]));

test('each open finding is here', () => expect(OPEN_FINDINGS.map(({ title }) => title)).toEqual([]));

const importedByArn = { ...agent, capabilities: [{ ...asUser, through: 'ARN' as const }] };
test('a suspended provider of a stack without an environment is cut off where it is imported by ARN', async () => {
  expect(await differences({ ...app, environment: 'at deployment', providers: [{ ...provider, suspended: true }], agents: [importedByArn] })).toEqual([]);
});
test('a suspended provider of a stack with an environment is cut off where it is imported by ARN', async () => {
  expect(await differences({ ...app, providers: [{ ...provider, suspended: true }], agents: [importedByArn] })).toEqual([]);
});

const vaults = [{ stack: 0, how: 'key made for it' as const, formerKeys: [] }];
test('an identity whose ARN only deployment knows gets the key of the vault', async () => {
  expect(await differences({ ...app, vaults, agents: [{ ...agent, identity: 'ARN at deployment' }] })).toEqual([]);
});
test('an identity by ARN gets the key of the vault of a stack without an environment', async () => {
  expect(await differences({ ...app, environment: 'at deployment', vaults, agents: [{ ...agent, identity: 'ARN' }] })).toEqual([]);
});

const sharing = (changes: Partial<AgentDescription>): AppDescription => ({
  ...app,
  sharedPages: [{ kind: 'role', stack: 0 }],
  agents: [{ ...agent, parts: [...agent.parts, { work: 'complete', host: 0 }] }, { ...agent, parts: [...agent.parts, { work: 'complete', host: 0 }], ...changes }],
});
test('a shared return page ends the sessions of all its agents', async () => expect(await differences(sharing({}))).toEqual([]));
test('a shared return page goes on for one agent while another is suspended', async () => {
  expect(await differences(sharing({ suspended: true }))).toEqual([]);
});
test('a shared return page goes on for one agent while a capability of another is suspended', async () => {
  expect(await differences(sharing({ capabilities: [{ ...asUser, suspended: true }] }))).toEqual([]);
});
test('a shared return page ends the sessions of one agent although another never acts as a user', async () => {
  expect(await differences({ ...sharing({ capabilities: [{ ...asUser, kind: 'itself' }] }), providers: [{ ...provider, vendor: 'any' }] })).toEqual([]);
});

const overStacks = (kind: HostDescription['kind']): AppDescription => ({
  ...app,
  stacks: [{ region: 'eu-west-1' }, { region: 'eu-west-1' }],
  sharedPages: [{ kind, stack: 0 }],
  agents: [0, 1].map((stack) => ({ ...agent, stack, parts: [{ work: 'act', host: { kind: 'role', stack } }, { work: 'complete', host: 0 }] })),
});
test('a shared return page of the app keeps the policies of agents in several stacks', async () => expect(await differences(overStacks('role'))).toEqual([]));
test('a shared return page with an imported role keeps the policies of agents in several stacks', async () => {
  expect(await differences(overStacks('role by ARN'))).toEqual([]);
});

const onL2Runtime = (changes: Partial<AgentDescription>): AppDescription => ({ ...app, agents: [{ ...agent, parts: [{ work: 'act', host: { kind: 'official L2 runtime', stack: 0 } }], ...changes }] });
test('an identity of its own on an official L2 runtime, whose role may mint for users of any issuer, is refused', async () => {
  await expect(differences(onL2Runtime({}))).rejects.toThrow('[AgentHost/RuntimeMintsForAnybody]');
});
test('the same for ids that the agent names', async () => {
  await expect(differences(onL2Runtime({ capabilities: [{ ...asUser, kind: 'user id', ids: ['cognito+alice'] }] }))).rejects.toThrow('[AgentHost/RuntimeMintsForAnybody]');
});
test('the identity of an official L2 runtime is held by the Denies', async () => expect(await differences(onL2Runtime({ identity: 'of the runtime' }))).toEqual([]));
test('an identity of its own on an official L2 runtime, for itself', async () => {
  expect(await differences({ ...onL2Runtime({ capabilities: [{ ...asUser, kind: 'itself' }] }), providers: [{ ...provider, vendor: 'any' }] })).toEqual([]);
});

const handingOn = (users: UsersDescription): AppDescription => ({
  ...app,
  agents: [{
    ...onL2Runtime({ identity: 'of the runtime', capabilities: [{ ...asUser, users }] }).agents[0],
    toolCalls: [{
      gateway: 0, authority: 'user token', scopes: [], users: { subjects: [], claim: SALES }, enforced: false, tools: [{ target: 0, tool: 'read' }], suspended: false,
    }],
  }],
  gateways: [{
    stack: 0,
    protocol: 'MCP',
    name: 'chosen',
    inbound: 'JWT',
    caller: agent.callers[0],
    targets: [{ kind: 'Lambda', way: 'role', tools: [{ tool: '*', requires: { who: 'every caller' } }], suspended: false }],
    suspended: false,
  }],
});
test('a runtime that lets every user in does not hold the group whose tokens its agent hands on to a gateway', async () => {
  const { surplus, refused } = await compare(handingOn({ subjects: [] }));
  expect({ surplus, refused }).toEqual({ surplus: [], refused: 1 });
});
test('a runtime that lets only the group in holds it', async () => {
  const { surplus, missing, refused } = await compare(handingOn({ subjects: [], claim: SALES }));
  expect({ surplus, missing, refused }).toEqual({ surplus: [], missing: [], refused: 0 });
});

/** An agent declares a tool of which the gateway only says who may not call it: was accepted, and could never be called. */
const forbidden: AppDescription = {
  ...app,
  agents: [{
    ...agent,
    capabilities: [],
    toolCalls: [{ gateway: 0, authority: 'role', scopes: [], users: { subjects: [] }, enforced: false, tools: [{ target: 0, tool: 'read' }], suspended: false }],
  }],
  gateways: [{
    ...handingOn({ subjects: [] }).gateways[0],
    inbound: 'IAM',
    targets: [{
      kind: 'Lambda', way: 'role', suspended: false, tools: [{ tool: 'read', forbids: { access: { who: 'every caller' }, unless: false } }, { tool: 'read_all', requires: { who: 'nobody' } }],
    }],
  }],
};
test('an agent that declares a tool which is forbidden to everybody is refused', async () => {
  await expect(differences(forbidden)).rejects.toThrow('[Capability/ToolRefused]');
});

const guarded = (only: Partial<RestrictionDescription>): AppDescription => ({
  ...forbidden,
  agents: [{ ...agent, capabilities: [] }],
  gateways: [{ ...forbidden.gateways[0], targets: [], only: { roles: false, partner: false, organizations: [], vpcEndpoints: [], ...only } }],
});
test('a gateway for a role of another account lets in nobody else', async () => expect(await differences(guarded({ partner: true }))).toEqual([]));
/** Inside the gateway's own account a policy for every principal of the organization would be a right, and not only leave. */
test('a gateway for an organization lets in nobody of its own account who has no right', async () => {
  expect(await differences(guarded({ organizations: ['o-a1b2c3d4e5'] }))).toEqual([]);
});

const fromElsewhere = (environment: AppDescription['environment']): AppDescription => ({
  ...onL2Runtime({ identity: 'of the runtime', callers: [], capabilities: [], frontEnds: [{ host: { kind: 'role of another account', stack: 0 }, endpoints: [], webSocket: false }] }), environment,
});
test('a front end of another account gets into a runtime of a stack with an environment', async () => expect(await differences(fromElsewhere('known'))).toEqual([]));
/** The account of the runtime is not known, so it may be another one than the role's. */
test('a front end of another account gets into a runtime of a stack without an environment', async () => {
  expect(await differences(fromElsewhere('at deployment'))).toEqual([]);
});

/** Two agents on what is one role at deployment, once made here and once imported by its ARN. */
function oneRoleTwice(env?: { account: string; region: string }): () => void {
  const stack = new Stack(new App(), 'Stack', { env });
  const roles = [new iam.Role(stack, 'Role', { roleName: 'one', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }), iam.Role.fromRoleArn(stack, 'Import', 'arn:aws:iam::111111111111:role/one')];
  roles.forEach((role, index) => new Agent(stack, `Agent${index}`, { owner: AgentOwner.team('team', 'team@example.com'), host: AgentHost.role(role) }));
  return () => Stage.of(stack)!.synth();
}
test('a role that is made here and imported by ARN is one role', () => {
  expect(oneRoleTwice({ account: '111111111111', region: 'eu-west-1' })).toThrow('[Agent/RoleShared]');
});
test('a role that is made in a stack without an environment and imported by ARN is one role', () => {
  expect(oneRoleTwice()).toThrow('[Agent/RoleShared]');
});
