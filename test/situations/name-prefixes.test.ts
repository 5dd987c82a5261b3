import { App, Aws, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_secretsmanager as secretsmanager, CfnParameter, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { DIRECTORY, EMPLOYEES, REASON, RETURN_URLS, VAULT, apiKeyArn, identityArn, oauth2Arn, role, stackIn, weather, withEveryGrant } from './story';
import {
  AccessReport, ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyLocation, ApiKeyProvider, Capability, ClientSecret,
  ConsentPortal, CustomScope,
  GatewayInbound, GoogleScope, IApiKeyProvider, IOAuth2Provider, OAuth2Provider, OAuthGrantType, OnBehalfOf, TargetCredentials, ToolCallAuthority, ToolGateway, Users,
} from '../../src';
import { lateCodes, lateMessages } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { everyRequest, sweep } from '../simulation/sweep';

/* Providers that administrators make at run time. The boundary is their names: a prefix that ends where a word does. */
const owner = AgentOwner.team('team', 'team@example.com');
const ADMINS = AgentOwner.team('crm-admins', 'crm-admins@example.com');
const OPTIONS = { reason: 'Administrators connect the CRM of each customer when it is sold', owner: ADMINS };
const WHY = { reason: 'Incident 4711: a customer has reported a leak' };
const SCOPES = [CustomScope.of('contacts:read')];
const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`;
const kept = (name: string) => secretArn(`bedrock-agentcore-identity!default/${name}`);
/** As AgentCore reads a secret that it keeps. */
const OWNED = { 'aws:ResourceTag/aws:secretsmanager:owningService': 'bedrock-agentcore-identity' };
const THROUGH = { ...OWNED, 'aws:ViaAWSService': 'true' };

const crms = (scope: Stack, id = 'Crms', prefix = 'crm-', options = {}) => OAuth2Provider.anyWithNamePrefix(scope, id, prefix, { ...OPTIONS, ...options });
const feeds = (scope: Stack, id = 'Feeds', prefix = 'feed-') => ApiKeyProvider.anyWithNamePrefix(scope, id, prefix, OPTIONS);
const asItself = (provider: IOAuth2Provider) => Capability.actAsItself(provider, { scopes: SCOPES, ...REASON });
const asUser = (provider: IOAuth2Provider) => Capability.actAsUser(provider, { scopes: SCOPES, users: Users.anyOfTheIssuer(REASON), ...REASON });

function agentIn(stack: Stack, id: string): Agent {
  const name = id.toLowerCase();
  return new Agent(stack, id, { owner, identity: AgentIdentity.named(name), host: AgentHost.role(role(stack, name)), callers: [EMPLOYEES], returnUrls: RETURN_URLS });
}

/** An agent for the CRMs and the feeds of customers, another one beside it with providers of its own. */
function story(declare: (agent: Agent, stack: Stack) => void = () => undefined) {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = agentIn(stack, 'Sales');
  const other = agentIn(stack, 'Other');
  other.may(asItself(withEveryGrant(stack)), Capability.useApiKey(weather(stack), REASON));
  declare(agent, stack);
  return { app, stack, agent, other };
}

const get = (account: FakeAccount, principal: string, identity: string, provider: string, action = 'GetResourceOauth2Token') => decide(account, {
  principal, action: `bedrock-agentcore:${action}`, resources: [DIRECTORY, identityArn(identity), VAULT, provider],
});
const read = (account: FakeAccount, principal: string, arn: string, context: Record<string, string> = THROUGH) => (
  decide(account, { principal, action: 'secretsmanager:GetSecretValue', resources: [arn], context }));
const reportOf = (app: App) => JSON.parse(AccessReport.of(app).toJson());
const salesOf = (app: App) => reportOf(app).agents.find(({ path }: { path: string }) => path === 'Stack/Sales');

describe('the prefixes crm- and feed-', () => {
  const { app } = story((agent, stack) => agent.may(asItself(crms(stack)), Capability.useApiKey(feeds(stack), REASON)));
  const account = deploy(app);

  test.each<[string, string, string, string, string, string]>([
    ['a CRM that an administrator has made', 'sales', 'sales', oauth2Arn('crm-acme'), 'GetResourceOauth2Token', 'Allowed'],
    ['one with more hyphens', 'sales', 'sales', oauth2Arn('crm-acme-eu-2'), 'GetResourceOauth2Token', 'Allowed'],
    ['not one whose name goes on without the separator', 'sales', 'sales', oauth2Arn('crmadmin'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not the word alone', 'sales', 'sales', oauth2Arn('crm'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not another separator', 'sales', 'sales', oauth2Arn('crm_acme'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not in other letters', 'sales', 'sales', oauth2Arn('CRM-acme'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not with something in front', 'sales', 'sales', oauth2Arn('my-crm-acme'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not the provider of the other agent', 'sales', 'sales', oauth2Arn('google'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not in another region', 'sales', 'sales', oauth2Arn('crm-acme').replace('eu-west-1', 'us-east-1'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not in another account', 'sales', 'sales', oauth2Arn('crm-acme').replace('111111111111', '222222222222'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not under another identity', 'sales', 'other', oauth2Arn('crm-acme'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['not for the other agent', 'other', 'other', oauth2Arn('crm-acme'), 'GetResourceOauth2Token', 'ImplicitlyDenied'],
    ['no key of that prefix', 'sales', 'sales', apiKeyArn('crm-acme'), 'GetResourceApiKey', 'ImplicitlyDenied'],
    ['no consent that would be completed', 'sales', 'sales', oauth2Arn('crm-acme'), 'CompleteResourceTokenAuth', 'ExplicitlyDenied'],
    ['a feed', 'sales', 'sales', apiKeyArn('feed-1'), 'GetResourceApiKey', 'Allowed'],
    ['not the next word', 'sales', 'sales', apiKeyArn('feeds'), 'GetResourceApiKey', 'ImplicitlyDenied'],
    ['not the other agent\'s key', 'sales', 'sales', apiKeyArn('weather'), 'GetResourceApiKey', 'ImplicitlyDenied'],
    ['no feed for the other agent', 'other', 'other', apiKeyArn('feed-1'), 'GetResourceApiKey', 'ImplicitlyDenied'],
  ])('%s', async (_situation, principal, identity, provider, action, expected) => expect(await get(account, principal, identity, provider, action)).toBe(expected));

  test.each<[string, string, string, Record<string, string>, string]>([
    ['AgentCore reads the secret of a CRM for the agent', 'sales', kept('oauth2/crm-acme-a1B2c3'), THROUGH, 'Allowed'],
    ['also where it has put more characters behind the name', 'sales', kept('oauth2/crm-acme-0a1b2c3d-a1B2c3'), THROUGH, 'Allowed'],
    ['the agent\'s code does not', 'sales', kept('oauth2/crm-acme-a1B2c3'), OWNED, 'ImplicitlyDenied'],
    ['not one of that name that another service keeps', 'sales', kept('oauth2/crm-acme-a1B2c3'), { ...THROUGH, 'aws:ResourceTag/aws:secretsmanager:owningService': 'rds' }, 'ImplicitlyDenied'],
    ['nor one that no service keeps', 'sales', kept('oauth2/crm-acme-a1B2c3'), { 'aws:ViaAWSService': 'true' }, 'ImplicitlyDenied'],
    ['not that of a provider crm, whose random characters follow the hyphen', 'sales', kept('oauth2/crm-a1B2c3'), THROUGH, 'ImplicitlyDenied'],
    ['not that of crmadmin', 'sales', kept('oauth2/crmadmin-a1B2c3'), THROUGH, 'ImplicitlyDenied'],
    ['not that of a key with such a name', 'sales', kept('apikey/crm-acme-a1B2c3'), THROUGH, 'ImplicitlyDenied'],
    ['that of a feed', 'sales', kept('apikey/feed-1-a1B2c3'), THROUGH, 'Allowed'],
    ['not a secret of yours with such a name', 'sales', secretArn('crm-acme-a1B2c3'), THROUGH, 'ImplicitlyDenied'],
    ['not for the other agent', 'other', kept('oauth2/crm-acme-a1B2c3'), THROUGH, 'ImplicitlyDenied'],
  ])('%s', async (_situation, principal, arn, context, expected) => expect(await read(account, principal, arn, context)).toBe(expected));

  test('the sweep: these rights, and no others', async () => {
    const names = ['crm-acme', 'crm', 'crmadmin', 'crm_acme', 'google', 'feed-1', 'feeds', 'weather'];
    const allowed = await sweep(account, { sales: 'sales' }, everyRequest({
      identities: { sales: identityArn('sales'), other: identityArn('other') },
      oauth2Providers: Object.fromEntries(names.map((name) => [name, oauth2Arn(name)])),
      apiKeyProviders: Object.fromEntries(names.map((name) => [name, apiKeyArn(name)])),
      secrets: Object.fromEntries(names.flatMap((name) => ['oauth2', 'apikey'].map((kind) => [`${kind}/${name}`, kept(`${kind}/${name}-a1B2c3`)]))),
    }));
    // Secrets are asked for without the tag of their owner here, so none is read.
    expect(allowed).toEqual([
      'sales | GetResourceApiKey | identity=sales provider=feed-1', 'sales | GetResourceOauth2Token | identity=sales provider=crm-acme', 'sales | GetWorkloadAccessToken | identity=sales',
    ]);
  });

  test('the secrets in the role\'s policy', () => {
    expect(statementsOf(account, 'sales').filter((statement) => JSON.stringify(statement).includes('secretsmanager:Get'))).toEqual([{
      Sid: 'ReadProviderSecretsOfPrefix',
      Effect: 'Allow',
      Action: 'secretsmanager:GetSecretValue',
      Resource: [kept('apikey/feed-*-??????'), kept('oauth2/crm-*-??????')],
      Condition: { Bool: { 'aws:ViaAWSService': 'true' }, StringEquals: OWNED },
    }]);
  });

  test('the report lists what remains open, why, and who fills it', () => {
    expect(salesOf(app).remainingWildcards.map(({ resource }: { resource: string }) => resource)).toEqual([
      'apikeycredentialprovider/feed-*', 'oauth2credentialprovider/crm-*',
      'secret bedrock-agentcore-identity!default/apikey/feed-*-??????', 'secret bedrock-agentcore-identity!default/oauth2/crm-*-??????',
    ]);
    expect(salesOf(app).remainingWildcards[1].reason).toBe('crm-admins (crm-admins@example.com) makes these providers at run time. Administrators connect the CRM of each customer when it is sold');
    expect(salesOf(app).leftToOthers).toEqual([
      'Only crm-admins may make API-key providers whose names begin with feed-: whoever may, decides what the agent uses.',
      'Only crm-admins may make OAuth2 providers whose names begin with crm-: whoever may, decides what the agent uses.',
    ]);
    expect(reportOf(app).providers.find(({ name }: { name: string }) => name === 'crm-*')).toMatchObject({
      path: 'Stack/Crms', namePrefix: 'crm-', madeBy: { name: 'crm-admins', contact: 'crm-admins@example.com' }, broadBecause: OPTIONS.reason, madeHere: false, secret: { kept: 'by AgentCore' }, usedBy: ['Stack/Sales'],
    });
    expect(salesOf(app).capabilities[0].limits[0]).toEqual({
      limit: 'providers whose names begin with crm-, and no others', enforcedBy: 'IAM', how: 'the ARN of the providers with a wildcard; whoever may make one decides what it is for',
    });
    expect(AccessReport.of(app).toMarkdown()).toContain('| Stack/Crms (ALL of this prefix, made at run time by crm-admins, crm-admins@example.com), BROAD: Administrators connect');
  });
});

test('the manifest has the prefix, and a name that AgentCore does not take', () => {
  const { stack, agent } = story((each, scope) => each.may(asItself(crms(scope)), Capability.useApiKey(feeds(scope), REASON)));
  expect(JSON.parse(stack.resolve(agent.manifest)).capabilities).toEqual([
    { kind: 'act as itself', provider: 'crm-*', providerPrefix: 'crm-', oauth2Flow: 'M2M', scopes: ['contacts:read'] },
    { kind: 'use API key', provider: 'feed-*', providerPrefix: 'feed-' },
  ]);
});

test('users consent to the providers of a prefix, and the return page completes these only', async () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new Agent(stack, 'Agent', {
    owner, identity: AgentIdentity.named('agent'), host: AgentHost.role(role(stack, 'agent')), parts: [AgentPart.returnPage('Page', AgentHost.role(role(stack, 'page')))], callers: [EMPLOYEES], returnUrls: RETURN_URLS,
  }).may(asUser(crms(stack)));
  const account = deploy(app);
  const context = { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'] };
  const complete = (provider: string, claims: object = context) => decide(account, {
    principal: 'page', action: 'bedrock-agentcore:CompleteResourceTokenAuth', resources: [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn(provider)], context: claims as typeof context,
  });
  expect([await complete('crm-acme'), await complete('crmadmin'), await complete('crm-acme', {})]).toEqual(['Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied']);
  expect(await read(account, 'page', kept('oauth2/crm-acme-a1B2c3'))).toBe('Allowed');
});

test('a suspended prefix is denied as a whole, another one goes on', async () => {
  const account = deploy(story((agent, stack) => {
    const group = crms(stack);
    agent.may(asItself(group), asItself(crms(stack, 'Mails', 'mail-')));
    group.suspend(WHY);
  }).app);
  expect([await get(account, 'sales', 'sales', oauth2Arn('crm-acme')), await get(account, 'sales', 'sales', oauth2Arn('mail-acme')), await get(account, 'sales', 'sales', oauth2Arn('crmadmin'))])
    .toEqual(['ExplicitlyDenied', 'Allowed', 'ImplicitlyDenied']);
});

describe('a prefix that only deployment knows', () => {
  test('is held by what is known of it, whatever the value', async () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const agent = agentIn(stack, 'Sales');
    agent.may(asItself(crms(stack, 'Crms', `crm-${new CfnParameter(stack, 'Tenant').valueAsString}-`)));
    const eu = deploy(app, { parameters: { Tenant: 'eu' } });
    expect([await get(eu, 'sales', 'sales', oauth2Arn('crm-eu-acme')), await get(eu, 'sales', 'sales', oauth2Arn('crm-us-acme'))]).toEqual(['Allowed', 'ImplicitlyDenied']);
    const pattern = deploy(app, { parameters: { Tenant: '*' } });
    expect([await get(pattern, 'sales', 'sales', oauth2Arn('crm-us-acme')), await get(pattern, 'sales', 'sales', oauth2Arn('payroll-us-acme'))]).toEqual(['Allowed', 'ImplicitlyDenied']);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['all of it', (stack) => new CfnParameter(stack, 'P').valueAsString],
    ['its beginning', (stack) => `${new CfnParameter(stack, 'P').valueAsString}-crm-`],
    ['its end', () => `crm-${Aws.REGION}`],
    ['all but a beginning that is too short', () => `c-${Aws.REGION}-`],
    ['what follows a word without its separator', () => `crms${Aws.REGION}-`],
  ])('%s is refused', (_situation, prefix) => {
    const stack = stackIn(new App(), 'Stack');
    expect(() => crms(stack, 'Crms', prefix(stack))).toThrow('[Provider/NamePrefix]');
  });
});

describe('refused at once', () => {
  const stack = stackIn(new App(), 'Stack');
  test.each<[string, unknown, object, string]>([
    ['no separator', 'crm', {}, '[Provider/NamePrefix]'],
    ['a name', 'crm-acme', {}, '[Provider/NamePrefix]'],
    ['too short', 'cr-', {}, '[Provider/NamePrefix]'],
    ['nothing', '', {}, '[Provider/NamePrefix]'],
    ['everything', '*', {}, '[Provider/NamePrefix]'],
    ['a pattern', 'crm-*-', {}, '[Provider/NamePrefix]'],
    ['a pattern of one character', 'c?m-', {}, '[Provider/NamePrefix]'],
    ['separators only', '----', {}, '[Provider/NamePrefix]'],
    ['a path', 'crm/eu/', {}, '[Provider/NamePrefix]'],
    ['a variable of IAM', '${aws:username}-', {}, '[Provider/NamePrefix]'],
    ['101 characters', `${'x'.repeat(100)}-`, {}, '[Provider/NamePrefix]'],
    ['no text', null, {}, '[Provider/NamePrefix]'],
    ['no reason', 'crm-', { reason: undefined }, '[Provider/PrefixReason]'],
    ['nobody who makes them', 'crm-', { owner: undefined }, '[Provider/PrefixOwner]'],
    ['a secret', 'crm-', { clientSecret: ClientSecret.managedByAgentCore() }, '[OAuth2Provider/UnknownField]'],
    ['something else for an exchange', 'crm-', { onBehalfOf: 'yes' }, '[OAuth2Provider/OnBehalfOf]'],
    ['a token of AWS as the actor\'s', 'crm-', { onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken({ audiences: ['https://a.example.com'] })) }, '[OAuth2Provider/OnBehalfOf]'],
  ])('%s', (_situation, prefix, options, code) => expect(() => crms(stackIn(new App(), 'Stack'), 'Crms', prefix as string, options)).toThrow(code));

  test('for keys, too', () => {
    expect(() => ApiKeyProvider.anyWithNamePrefix(stack, 'Keys', 'key', OPTIONS)).toThrow('[Provider/NamePrefix]');
    expect(() => ApiKeyProvider.anyWithNamePrefix(stack, 'OtherKeys', 'key-', { ...OPTIONS, vendor: 'x' } as never)).toThrow('[ApiKeyProvider/UnknownField]');
  });

  test('scopes of another vendor', () => {
    expect(() => Capability.actAsItself(crms(stack, 'Salesforces', 'sf-eu-', { vendor: 'SalesforceOauth2' }), { scopes: [GoogleScope.CALENDAR_READONLY], ...REASON })).toThrow('[Capability/ScopeOfOtherVendor]');
  });

  test('an exchange that is not configured', () => {
    expect(() => Capability.actOnBehalfOfUser(crms(stack, 'NoExchange'), { scopes: SCOPES, users: Users.anyOfTheIssuer(REASON), ...REASON })).toThrow('[Capability/OnBehalfOf]');
  });
});

describe('what needs one provider does not take a prefix', () => {
  const stack = stackIn(new App(), 'Stack');
  const gateway = new ToolGateway(stack, 'Gateway', { owner, gatewayName: 'tools', inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['tools'] }) });
  const group = crms(stack);
  test.each<[string, () => unknown, string]>([
    ['a target of a gateway', () => TargetCredentials.oauth2(group, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: SCOPES }), '[TargetCredentials/Provider]'],
    ['a target with a key', () => TargetCredentials.apiKey(feeds(stack), { location: ApiKeyLocation.header('X-Api-Key') }), '[TargetCredentials/Provider]'],
    ['the client that calls a gateway', () => ToolCallAuthority.machineClient(group, { scopes: SCOPES }), '[ToolCallAuthority/Client]'],
    ['the way into a consent portal', () => new ConsentPortal(stack, 'Portal', { owner, gateway, signIn: group, scopes: [] }), '[ConsentPortal/SignIn]'],
  ])('%s', (_situation, call, code) => expect(call).toThrow(code));
});

describe('refused when all is declared', () => {
  const key = ApiKey.managedByAgentCore();
  const managed = { clientSecret: ClientSecret.managedByAgentCore() };
  const own = (stack: Stack) => ({ clientSecret: ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Own', secretArn('own-a1B2c3')), 'client_secret') });
  const codes = (declare: (stack: Stack, agent: Agent) => void) => lateCodes(story((agent, stack) => declare(stack, agent)).app);

  test.each<[string, (stack: Stack) => void, string[]]>([
    ['a provider that is imported for somebody else', (stack) => { crms(stack); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crm-payroll', own(stack)); }, ['Provider/PrefixCovers at Stack/Crms']],
    ['one that is made here', (stack) => { crms(stack); withEveryGrant(stack, 'crm-payroll'); }, ['Provider/PrefixCovers at Stack/Crms']],
    ['one that another construct makes', (stack) => {
      crms(stack);
      new agentcore.CfnOAuth2CredentialProvider(stack, 'L1', { name: 'crm-payroll', credentialProviderVendor: 'GoogleOauth2', oauth2ProviderConfigInput: {} });
    }, ['Provider/PrefixCovers at Stack/Crms']],
    ['one of an official L2, said once', (stack) => {
      feeds(stack, 'Feeds', 'feed-');
      const official = new agentcore.CfnApiKeyCredentialProvider(stack, 'L1', { name: 'feed-payroll' });
      ApiKeyProvider.fromProviderRef(stack, 'Ref', official, { apiKey: key });
    }, ['Provider/PrefixCovers at Stack/Feeds']],
    ['a name that goes on at deployment', (stack) => { crms(stack); OAuth2Provider.fromProviderName(stack, 'Theirs', `crm-${new CfnParameter(stack, 'P').valueAsString}`, own(stack)); }, ['Provider/PrefixCovers at Stack/Crms']],
    ['the same prefix again', (stack) => { crms(stack); crms(stack, 'Again'); }, ['Provider/PrefixOverlaps at Stack/Again', 'Provider/PrefixOverlaps at Stack/Crms']],
    ['a longer one', (stack) => { crms(stack); crms(stack, 'Eu', 'crm-eu-'); }, ['Provider/PrefixOverlaps at Stack/Crms', 'Provider/PrefixOverlaps at Stack/Eu']],
    ['one that may become the same', (stack) => { crms(stack, 'Eu', 'crm-eu-'); crms(stack, 'Late', `crm-${new CfnParameter(stack, 'P').valueAsString}-`); }, ['Provider/PrefixOverlaps at Stack/Eu', 'Provider/PrefixOverlaps at Stack/Late']],
    ['a secret that AgentCore keeps under the word alone', (stack) => { crms(stack); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crm', managed); }, ['Provider/SecretNameCovered at Stack/Crms']],
    ['a secret under a word that the prefix goes on from', (stack) => { crms(stack, 'Eu', 'crm-eu-'); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crm', managed); }, ['Provider/SecretNameCovered at Stack/Eu']],
    ['a prefix as long as the characters that AgentCore puts there', (stack) => { crms(stack, 'Eu', 'crm-european-'); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crm', managed); }, ['Provider/SecretNameCovered at Stack/Eu']],
    ['nothing: one character more', (stack) => { crms(stack, 'Eu', 'crm-europeans-'); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crm', managed); }, []],
    ['nothing: a secret of yours behind the word alone', (stack) => { crms(stack); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crm', own(stack)); }, []],
    ['nothing: a name that goes on without the separator', (stack) => { crms(stack); OAuth2Provider.fromProviderName(stack, 'Theirs', 'crmadmin', own(stack)); }, []],
    ['nothing: a key of that prefix', (stack) => { crms(stack); ApiKeyProvider.fromProviderName(stack, 'Theirs', 'crm-payroll', { apiKey: key }); }, []],
    ['nothing: a prefix of keys that is the same', (stack) => { crms(stack); feeds(stack, 'Keys', 'crm-'); }, []],
    ['nothing: another region', (stack) => { crms(stack); crms(new Stack(stack.node.root as App, 'Far', { env: { account: '111111111111', region: 'us-east-1' } })); }, []],
  ])('%s', (_situation, declare, expected) => expect(codes(declare).sort()).toEqual(expected));

  test('two agents with one prefix', () => {
    const { app, agent, other, stack } = story();
    const group = feeds(stack);
    agent.may(Capability.useApiKey(group, REASON));
    other.may(Capability.useApiKey(group, REASON));
    expect(lateCodes(app)).toEqual(['Provider/PrefixShared at Stack/Feeds']);
    expect(lateMessages(app)[0]).toContain('Stack/Other and Stack/Sales');
  });

  test('stages of one app have the same prefix each, in environments of which nothing is known', () => {
    const app = new App();
    for (const id of ['Test', 'Live']) {
      const stack = new Stack(new Stage(app, id), 'Stack');
      new Agent(stack, 'Sales', { owner, host: AgentHost.role(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })) }).may(asItself(crms(stack)));
    }
    expect(lateCodes(app)).toEqual([]);
  });

  test('a name that only deployment knows is left to somebody, by the path of its provider', () => {
    const { app } = story((agent, stack) => {
      agent.may(asItself(crms(stack)));
      OAuth2Provider.fromProviderArn(stack, 'Theirs', new CfnParameter(stack, 'P').valueAsString, managed);
      OAuth2Provider.fromProviderName(stack, 'Else', `mail-${new CfnParameter(stack, 'Q').valueAsString}`, managed);
    });
    expect(salesOf(app).leftToOthers).toContain('Somebody makes sure that the names of Stack/Theirs, which only deployment knows, do not begin with crm-.');
  });
});

test('a secret is no prefix, and AgentCore keeps the secrets of a prefix', () => {
  const types: [IOAuth2Provider, IApiKeyProvider] = [crms(stackIn(new App(), 'A')), feeds(stackIn(new App(), 'B'))];
  expect(() => ApiKeyProvider.anyWithNamePrefix(stackIn(new App(), 'C'), 'Keys', SecretValue.unsafePlainText('hunter2') as never, OPTIONS)).toThrow('[Provider/NamePrefix]');
  expect([types[0].clientSecret.isManagedByAgentCore, types[1].apiKey.isManagedByAgentCore]).toEqual([true, true]);
});
