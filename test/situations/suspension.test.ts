import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { DIRECTORY, EMPLOYEES, ENV, REASON, RETURN_URLS, VAULT, apiKeyArn, google, identityArn, oauth2Arn, role, stackIn, weather, withEveryGrant } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKeyAuthority, Capability, ClientSecret, GoogleScope, OAuth2Provider, TrustedUserIds, Users } from '../../src';
import { lateCodes } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* Cutting an agent, a capability or a provider off: nothing that holds state goes, and the Denies are explicit. */
const WHY = { reason: 'Incident 4711: prompt injection through invitations' };
const JWT = { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'] };

function story() {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const calendar = withEveryGrant(stack);
  const forecast = weather(stack);
  const agent = new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named('agent'),
    host: AgentHost.role(role(stack, 'agent')),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page')))],
    callers: [EMPLOYEES],
    returnUrls: RETURN_URLS,
  });
  const asUser = Capability.actAsUser(calendar, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON });
  const withKey = Capability.useApiKey(forecast, REASON);
  const ask = {
    mintForUser: { action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', resources: [DIRECTORY, identityArn('agent')], context: JWT },
    mintForItself: { action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [DIRECTORY, identityArn('agent')] },
    calendar: { action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn('google')] },
    forecast: { action: 'bedrock-agentcore:GetResourceApiKey', resources: [DIRECTORY, identityArn('agent'), VAULT, apiKeyArn('weather')] },
    complete: { action: 'bedrock-agentcore:CompleteResourceTokenAuth', resources: [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn('google')], context: JWT },
  };
  const decisions = async () => {
    const account = deploy(app);
    const entries = await Promise.all(Object.entries(ask).map(async ([name, request]) =>
      [name, await decide(account, { principal: name === 'complete' ? 'page' : 'agent', ...request })]));
    return { account, ...Object.fromEntries(entries) };
  };
  return { app, stack, agent, calendar, forecast, asUser, withKey, decisions };
}

test('without a suspension everything declared is allowed', async () => {
  const { agent, asUser, withKey, decisions } = story();
  agent.may(asUser, withKey);
  expect(await decisions()).toMatchObject({ mintForUser: 'Allowed', mintForItself: 'Allowed', calendar: 'Allowed', forecast: 'Allowed', complete: 'Allowed' });
});

test('a suspended agent is denied every token operation, and keeps its identity', async () => {
  const { app, agent, asUser, withKey, decisions } = story();
  agent.may(asUser, withKey);
  agent.suspend(WHY);
  const result = await decisions();
  expect(result).toMatchObject({
    mintForUser: 'ExplicitlyDenied', mintForItself: 'ExplicitlyDenied', calendar: 'ExplicitlyDenied', forecast: 'ExplicitlyDenied', complete: 'ExplicitlyDenied',
  });
  expect(statementsOf(result.account, 'agent')).toHaveLength(1);
  expect(result.account.resourcesOfType('AWS::BedrockAgentCore::WorkloadIdentity')).toHaveLength(1);
  expect(AccessReport.of(app).toMarkdown()).toContain('**SUSPENDED**: Incident 4711');
});

test('a suspended capability is cut off explicitly, the others go on', async () => {
  const { app, agent, asUser, withKey, decisions } = story();
  agent.may(asUser.suspended(WHY), withKey);
  expect(await decisions()).toMatchObject({
    mintForUser: 'ExplicitlyDenied', calendar: 'ExplicitlyDenied', complete: 'ExplicitlyDenied', mintForItself: 'Allowed', forecast: 'Allowed',
  });
  expect(AccessReport.of(app).toMarkdown()).toContain('**SUSPENDED**: act as user (Incident 4711');
});

test('a suspended provider is cut off for every agent, also where it was imported again', async () => {
  const { stack, agent, calendar, withKey, decisions } = story();
  const again = OAuth2Provider.fromProviderName(stack, 'Again', 'google', { clientSecret: calendar.clientSecret });
  agent.may(Capability.actAsUser(again, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }), withKey);
  calendar.suspend(WHY);
  expect(await decisions()).toMatchObject({ calendar: 'ExplicitlyDenied', complete: 'ExplicitlyDenied', forecast: 'Allowed' });
});

describe('a suspended provider that may be the one which a parameter names', () => {
  test.each<[string, 'google' | 'other', string]>([['is the one', 'google', 'ExplicitlyDenied'], ['is another', 'other', 'Allowed']])('%s', async (_what, value, expected) => {
    const { app, stack, agent, calendar, withKey } = story();
    const named = OAuth2Provider.fromProviderName(stack, 'Named', new CfnParameter(stack, 'Provider').valueAsString, { clientSecret: calendar.clientSecret });
    agent.may(Capability.actAsUser(named, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }), withKey);
    calendar.suspend(WHY);
    const account = deploy(app, { parameters: { Provider: value } });
    const ask = (provider: string) => decide(account, { principal: 'agent', action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn(provider)] });
    expect([await ask(value), await ask('google')]).toEqual([expected, 'ExplicitlyDenied']);
  });

  test.each([
    ['in another stage by the same words, where no name can be read', (stage: Stack) => new CfnParameter(stage, 'Theirs').valueAsString, false],
    ['in another stage of the account by a name that is known', () => 'elsewhere', true],
  ])('%s', (_what, name, denied) => {
    const app = new App();
    const [here, there] = ['Here', 'There'].map((id) => new Stack(new Stage(app, id), 'Stack', { env: ENV }));
    OAuth2Provider.fromProviderName(there, 'Suspended', name(there), { clientSecret: ClientSecret.managedByAgentCore() }).suspend(WHY);
    const named = OAuth2Provider.fromProviderName(here, 'Named', new CfnParameter(here, 'Provider').valueAsString, { clientSecret: ClientSecret.managedByAgentCore() });
    const agent = new Agent(here, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named('agent'), host: AgentHost.role(role(here, 'agent')) });
    agent.may(Capability.actAsItself(named, { scopes: [GoogleScope.CALENDAR_READONLY], ...REASON, enforcedByApplication: 'The client is registered for machines only' }));
    const template = JSON.stringify(app.synth().getNestedAssembly('assembly-Here').stacks[0].template);
    expect([template.includes('DenySuspendedProviders'), template.includes('oauth2credentialprovider/elsewhere')]).toEqual([denied, denied]);
  });

  test('is not denied twice where all names are known, nor to an agent of which it is known that it is another', async () => {
    const { app, stack, agent, calendar, withKey } = story();
    agent.may(Capability.actAsUser(google(stack, 'other'), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }), withKey);
    calendar.suspend(WHY);
    expect(JSON.stringify(statementsOf(deploy(app), 'agent'))).not.toContain('oauth2credentialprovider/google');
  });
});

test('a provider that another capability of the agent still uses is not denied with the suspended one', async () => {
  const { agent, calendar, asUser, decisions } = story();
  agent.may(asUser.suspended(WHY), Capability.actAsItself(calendar, { scopes: [GoogleScope.CALENDAR_READONLY], ...REASON }));
  expect(await decisions()).toMatchObject({ mintForUser: 'ExplicitlyDenied', mintForItself: 'Allowed', calendar: 'Allowed' });
});

describe('a suspended way of using a provider that stays in use', () => {
  const CALENDARS = { scopes: [GoogleScope.CALENDAR_READONLY], ...REASON, enforcedByApplication: 'The code of the agent looks it up in its list of ways' };
  const byToken = { ...CALENDARS, users: Users.anyOfTheIssuer(REASON) };
  const byId = { ...CALENDARS, userIds: TrustedUserIds.withPrefix('cognito+') };

  test.each<[string, (it: ReturnType<typeof story>, other: OAuth2Provider) => Capability[]]>([
    ['itself, while a key has the token of the agent itself minted', ({ calendar, asUser, withKey }) => [Capability.actAsItself(calendar, CALENDARS).suspended(WHY), asUser, withKey]],
    ['as the user, while users of another provider come in by their ids', ({ calendar }, other) => [
      Capability.actAsUser(calendar, byToken).suspended(WHY), Capability.actAsItself(calendar, CALENDARS), Capability.actAsTrustedUserId(other, byId),
    ]],
    ['by trusted ids, while users of another provider come in by their tokens', ({ calendar }, other) => [
      Capability.actAsTrustedUserId(calendar, byId).suspended(WHY), Capability.actAsItself(calendar, CALENDARS), Capability.actAsUser(other, byToken),
    ]],
  ])('%s: it would stay open', (_way, declared) => {
    const it = story();
    it.agent.may(...declared(it, google(it.stack, 'other')));
    expect(lateCodes(it.app)).toEqual(['Capability/SuspensionNotSeparable at Stack/Agent']);
  });

  test('itself, while a key is fetched in the users\' sessions: nobody mints for the agent itself', async () => {
    const { agent, calendar, forecast, asUser, decisions } = story();
    agent.may(Capability.actAsItself(calendar, CALENDARS).suspended(WHY), asUser, Capability.useApiKey(forecast, { authority: ApiKeyAuthority.USER_SESSION, ...REASON }));
    expect(await decisions()).toMatchObject({ mintForItself: 'ExplicitlyDenied', mintForUser: 'Allowed', calendar: 'Allowed', forecast: 'Allowed' });
  });

  test('by trusted ids, while users come in by their tokens as declared: no id is minted for', async () => {
    const { agent, calendar, decisions } = story();
    agent.may(Capability.actAsTrustedUserId(calendar, byId).suspended(WHY), Capability.actAsUser(calendar, byToken));
    const { account, ...decided } = await decisions();
    expect(decided).toMatchObject({ mintForUser: 'Allowed', calendar: 'Allowed' });
    expect(await decide(account, {
      principal: 'agent', action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', resources: [DIRECTORY, identityArn('agent')], context: { 'bedrock-agentcore:userid': 'cognito+1' },
    })).toBe('ExplicitlyDenied');
  });
});

test('a suspension needs a reason', () => {
  const { agent, asUser, calendar } = story();
  expect(() => agent.suspend({ reason: '' })).toThrow('[Suspension/Reason] at Stack/Agent');
  expect(() => asUser.suspended({} as any)).toThrow('[Suspension/Reason]');
  expect(() => calendar.suspend({ reason: 'short' })).toThrow('[Suspension/Reason] at Stack/google');
});
