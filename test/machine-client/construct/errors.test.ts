import { App, aws_kms as kms, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { agentOf, agentWith, ENV, machinesIn, MarketStory, OWNER, REASON } from './story';
import {
  Capability, ClientSecret, CognitoDomain, CognitoOAuth2Provider, CustomScope, GatewayTarget, MachineClient, MachineClients, OAuthGrantType, TargetCredentials, Users,
} from '../../../src';
import { lateCodes } from '../../errors/refusal';
import { importedSecret } from '../../errors/story';

/* What is refused, where, and under which code. One row per contradiction. */
function codesOf(call: () => unknown): string[] {
  try {
    call();
    return [];
  } catch (error) {
    const { codes, message } = error as { codes?: string[]; message: string };
    message.split('\n').forEach((line) => expect(line).toMatch(/^.+\. .+ \[[A-Za-z0-9]+\/[A-Za-z0-9]+\]( at .+)?$/));
    expect(message).not.toMatch(/Token\[/);
    return codes ?? [message];
  }
}

const stack = (region = ENV.region) => new Stack(new App(), 'Stack', { env: { ...ENV, region } });
const late = (scope: Stack) => new CfnParameter(scope, 'Late').valueAsString;
const machines = (props: object) => codesOf(() => machinesIn(stack(), props));
const scope = (name: unknown, description: unknown = 'Read') => codesOf(() => machinesIn(stack()).addScope(name as string, description as string));
function client(options: object): string[] {
  const clients = machinesIn(stack());
  return codesOf(() => clients.addClient('Reader', { owner: OWNER, scopes: [clients.addScope('read', 'Read')], reason: REASON, ...options }));
}
const LIFETIMES = [Duration.seconds(299), Duration.seconds(86_401), Duration.days(2), Duration.millis(300_500), 3600 as never];
const otherScope = () => machinesIn(stack()).addScope('read', 'Read');
function oidc(options: object): string[] {
  const on = stack();
  return codesOf(() => MachineClient.fromOidc(on, 'Planner', {
    owner: OWNER, issuer: 'https://a.example.com', clientId: 'planner', clientSecret: ClientSecret.fromSecretsManager(importedSecret(on), 'secret'), scopes: [CustomScope.of('a')], reason: REASON, ...options,
  }));
}

test.each<[string, () => string[], string[]]>([
  ['machine clients without anything', () => codesOf(() => new MachineClients(stack(), 'M', {} as never)), ['MachineClients/Owner', 'MachineClients/DomainPrefix']],
  ['no properties', () => codesOf(() => new MachineClients(stack(), 'M', undefined as never)), ['MachineClients/Owner', 'MachineClients/DomainPrefix']],
  ['an unknown field', () => machines({ domain: 'x' }), ['MachineClients/UnknownField']],
  ...['Acme', 'acme_agents', '-acme', 'acme-', 'x'.repeat(64), 'my-aws-agents', 'amazonian', 'cognito-acme', ''].map((domainPrefix): [string, () => string[], string[]] =>
    [`the domain prefix "${domainPrefix}"`, () => machines({ domainPrefix }), ['MachineClients/DomainPrefix']]),
  ['a resource server with a blank', () => machines({ resourceServer: 'my agents' }), ['MachineClients/ResourceServer']],
  ['a resource server with a star', () => machines({ resourceServer: 'agents*' }), ['MachineClients/ResourceServer']],
  ['a resource server that is known late', () => codesOf(() => { const on = stack(); machinesIn(on, { resourceServer: late(on) }); }), ['MachineClients/ResourceServer']],
  ['both kinds of key', () => codesOf(() => { const on = stack(); machinesIn(on, { encryptionKey: new kms.Key(on, 'Own'), awsManagedKey: { reason: REASON } }); }), ['MachineClients/Key']],
  ['a key by its ARN', () => machines({ encryptionKey: 'arn:aws:kms:eu-west-1:111111111111:key/1' }), ['MachineClients/Key']],
  ['an alias', () => codesOf(() => { const on = stack(); machinesIn(on, { encryptionKey: kms.Alias.fromAliasName(on, 'Alias', 'alias/own') }); }), ['MachineClients/Key']],
  ['a key of another region', () => codesOf(() => {
    const on = stack();
    machinesIn(on, { encryptionKey: kms.Key.fromKeyArn(on, 'Far', 'arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555') });
  }), ['MachineClients/Key']],
  ['no customer key, without a reason', () => machines({ awsManagedKey: {} }), ['MachineClients/Reason']],
  ['GovCloud', () => codesOf(() => machinesIn(stack('us-gov-west-1'))), ['MachineClients/Region']],
  ['China', () => codesOf(() => machinesIn(stack('cn-north-1'))), ['MachineClients/Region']],

  ['a scope with a slash', () => scope('mcp/call'), ['MachineClients/Scope']],
  ['a scope with a star', () => scope('mcp:*'), ['MachineClients/Scope']],
  ['a scope with a blank', () => scope('mcp call'), ['MachineClients/Scope']],
  ['an empty scope', () => scope(''), ['MachineClients/Scope']],
  ['no scope', () => scope(undefined), ['MachineClients/Scope']],
  ['a scope that is known late', () => codesOf(() => { const on = stack(); machinesIn(on).addScope(late(on), 'Read'); }), ['MachineClients/Scope']],
  ['a scope of 65 characters', () => scope('x'.repeat(65)), ['MachineClients/Scope', 'MachineClients/Scope']],
  ['a scope that is too long with its resource server', () => scope('x'.repeat(58)), ['MachineClients/Scope']],
  ['a scope without a description', () => scope('read', ''), ['MachineClients/Scope']],
  ['a scope twice', () => codesOf(() => { const on = machinesIn(stack()); on.addScope('read', 'Read'); on.addScope('read', 'Read again'); }), ['MachineClients/Scope']],
  ['the 101st scope', () => codesOf(() => { const on = machinesIn(stack()); for (let i = 0; i <= 100; i++) {on.addScope(`s${i}`, 'Read');} }), ['MachineClients/Scope']],

  ['a client without anything', () => codesOf(() => machinesIn(stack()).addClient('C', {} as never)), ['MachineClient/Owner', 'MachineClient/Scopes', 'MachineClient/Reason']],
  ['a client with an unknown field', () => client({ flows: ['code'] }), ['MachineClient/UnknownField']],
  ['a client without scopes', () => client({ scopes: [] }), ['MachineClient/Scopes']],
  ['a client with a text as scope', () => client({ scopes: ['agents/read'] }), ['MachineClient/Scopes']],
  ['a client with a scope of another vendor', () => client({ scopes: [CustomScope.of('agents/read')] }), ['MachineClient/Scopes']],
  ['a client with a scope of other machine clients', () => client({ scopes: [otherScope()] }), ['MachineClient/ForeignScope']],
  ['a client with a scope twice', () => codesOf(() => { const on = machinesIn(stack()); const read = on.addScope('read', 'Read'); on.addClient('C', { owner: OWNER, scopes: [read, read], reason: REASON }); }), ['MachineClient/Scopes']],
  ['a client without a reason', () => client({ reason: 'so' }), ['MachineClient/Reason']],
  ...LIFETIMES.map((accessTokenLifetime): [string, () => string[], string[]] =>
    [`tokens that live for ${accessTokenLifetime}`, () => client({ accessTokenLifetime }), ['MachineClient/Lifetime']]),

  ['a way in for nobody', () => codesOf(() => { const on = stack(); machinesIn(on).inbound(on, { clients: [] }); }), ['MachineClients/Inbound']],
  ['a way in for clients of another pool', () => codesOf(() => { const on = stack(); machinesIn(on).inbound(on, { clients: [new MarketStory().reader as MachineClient] }); }), ['MachineClients/Inbound']],
  ['a way in with scopes of another pool', () => codesOf(() => { const story = new MarketStory(); story.machines.inbound(story.stack, { clients: [story.reader as MachineClient], scopes: [otherScope()] }); }), ['MachineClients/Inbound']],
  ['a way in with an unknown field', () => codesOf(() => { const story = new MarketStory(); story.machines.inbound(story.stack, { clients: [story.reader as MachineClient], audiences: ['a'] } as never); }), ['MachineClients/UnknownField']],

  ['a client of an issuer without anything', () => codesOf(() => MachineClient.fromOidc(stack(), 'P', {} as never)), [
    'MachineClient/Owner', 'MachineClient/Scopes', 'MachineClient/Reason', 'MachineClient/Issuer', 'MachineClient/ClientId', 'ProviderSecret/Missing',
  ]],
  ['an issuer without https', () => oidc({ issuer: 'http://a.example.com' }), ['MachineClient/Issuer']],
  ['a discovery address that is none', () => oidc({ discoveryUrl: 'https://a.example.com' }), ['MachineClient/Issuer']],
  ['a token address without https', () => oidc({ tokenUrl: 'a.example.com/token' }), ['MachineClient/TokenUrl']],
  ['a client id with a blank', () => oidc({ clientId: 'the planner' }), ['MachineClient/ClientId']],
  ['a secret as a value', () => oidc({ clientSecret: 'hunter2hunter2' }), ['ProviderSecret/PlaintextRefused']],
  ['a secret that AgentCore keeps', () => oidc({ clientSecret: ClientSecret.managedByAgentCore() }), ['MachineClient/Secret']],
  ['a scope as a text', () => oidc({ scopes: ['a'] }), ['MachineClient/Scopes']],
])('%s is refused', (_, call, codes) => expect(call()).toEqual(codes));

describe('scope elevation', () => {
  const two = () => {
    const on = stack();
    const clients = machinesIn(on);
    const read = clients.addScope('read', 'Read');
    const write = clients.addScope('write', 'Write');
    return { on, read, write, both: clients.addClient('Both', { owner: OWNER, scopes: [read, write], reason: REASON }), reader: clients.addClient('Reader', { owner: OWNER, scopes: [read], reason: REASON }) };
  };
  const app = ({ on }: { on: Stack }) => on.node.root as App;

  test('an agent that declares exactly what its client has is fine, and so are two of one type', () => {
    const story = two();
    agentWith(story.on, 'one', story.both);
    agentWith(story.on, 'two', story.both);
    agentWith(story.on, 'three', story.reader);
    expect(lateCodes(app(story))).toEqual([]);
  });

  test('an agent that declares less than its client has is refused: it could ask for the rest', () => {
    const story = two();
    agentWith(story.on, 'modest', story.both, [story.read]);
    expect(lateCodes(app(story))).toEqual(['MachineClient/ScopesDiffer at Stack/Machines/Both']);
  });

  test('an agent that declares more than its client has is refused', () => {
    const story = two();
    agentWith(story.on, 'eager', story.reader, [story.read, story.write]);
    expect(lateCodes(app(story))).toEqual(['MachineClient/ScopesDiffer at Stack/Machines/Reader']);
  });

  test('two agents with different scopes do not share a client', () => {
    const story = two();
    agentWith(story.on, 'one', story.both);
    agentWith(story.on, 'two', story.both, [story.read]);
    expect(lateCodes(app(story))).toEqual(['MachineClient/ScopesDiffer at Stack/Machines/Both']);
  });

  test('not even through a provider that somebody wrote out', () => {
    const story = two();
    const provider = new CognitoOAuth2Provider(story.on, 'Written', {
      clientId: story.both.clientId, clientSecret: story.both.clientSecret, userPool: (story.both.node.scope as unknown as { _userPool: never })._userPool, domain: CognitoDomain.prefix('acme-agents'),
    });
    agentOf(story.on, 'sly').may(Capability.actAsItself(provider, { scopes: [story.read], reason: REASON }));
    expect(lateCodes(app(story))).toEqual(['MachineClient/ScopesDiffer at Stack/Machines/Both']);
  });

  test('a target of a gateway is held to the same', () => {
    const story = new MarketStory();
    const provider = story.keeper.provider(story.stack, 'Outbound');
    story.gateway.addTarget('crm', GatewayTarget.mcpServer('https://crm.example.com/mcp'), {
      credentials: TargetCredentials.oauth2(provider, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [story.call] }),
    });
    expect(lateCodes(story.app)).toEqual(['MachineClient/ScopesDiffer at Market/Machines/Keeper', 'ToolTarget/ToolWithoutAccess at Market/Gateway']);
  });

  test('nobody acts for users with a machine client', () => {
    const story = two();
    const agent = agentOf(story.on, 'user');
    agent.may(Capability.actAsUser(story.reader.provider(story.on, 'P'), { scopes: [story.read], users: Users.anyOfTheIssuer({ reason: REASON }), reason: REASON }));
    expect(lateCodes(app(story))).toEqual([
      'MachineClient/NotForUsers at Stack/Machines/Reader', 'Agent/CallersMissing at Stack/user-agent', 'Agent/ReturnUrlMissing at Stack/user-agent',
    ]);
  });
});
