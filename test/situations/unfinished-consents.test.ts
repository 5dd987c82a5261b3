import { Annotations, App, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Annotations as FoundAnnotations, Match } from 'aws-cdk-lib/assertions';
import { EMPLOYEES, google, REASON, RETURN_URLS, role, SECRET_ARN, stackIn, weather } from './story';
import {
  AccessReport, ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, ClientSecret, CustomOAuth2Provider, CustomScope, GoogleScope,
  OAuth2Discovery, OnBehalfOf, TrustedUserIds, Users,
} from '../../src';

interface Situation {
  readonly kind?: 'asUser' | 'asTrustedUserId' | 'onBehalfOf' | 'asItself' | 'apiKey';
  readonly page?: 'own' | 'shared' | 'of another agent';
  readonly identity?: AgentIdentity;
  readonly suspended?: 'agent' | 'capability';
  readonly acknowledged?: boolean;
}

/* The session that a consent begins is ended by a return page, or the agent never gets the token: the agent's own policy denies it to end it. */
function told({ kind = 'asUser', page, identity, suspended, acknowledged }: Situation): { warnings: number; notices: number } {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'OrdersClient', SECRET_ARN);
  const orders = new CustomOAuth2Provider(stack, 'orders', {
    clientId: 'orders',
    clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret'),
    discovery: OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration'),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()),
  });
  const pageHost = AgentHost.role(role(stack, 'page'));
  const pages = { 'own': AgentPart.returnPage('ReturnPage', pageHost), 'shared': AgentPart.sharedReturnPage('ReturnPage', pageHost, REASON), 'of another agent': undefined };
  const owner = AgentOwner.team('team', 'team@example.com');
  const own = page === undefined ? undefined : pages[page];
  const agent = new Agent(stack, 'Agent', {
    owner, identity, host: AgentHost.role(role(stack, 'host')), parts: own === undefined ? [] : [own], callers: [EMPLOYEES], returnUrls: RETURN_URLS,
  });
  if (page === 'of another agent') {
    const other = new Agent(stack, 'Other', { owner, host: AgentHost.role(role(stack, 'other')), parts: [pages.own], callers: [EMPLOYEES], returnUrls: RETURN_URLS });
    other.may(Capability.actAsUser(google(stack, 'others'), { ...REASON, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON) }));
  }
  const limits = { ...REASON, scopes: [GoogleScope.CALENDAR_READONLY] };
  const capability = {
    asUser: () => Capability.actAsUser(google(stack), { ...limits, users: Users.anyOfTheIssuer(REASON) }),
    asTrustedUserId: () => Capability.actAsTrustedUserId(google(stack), { ...limits, userIds: TrustedUserIds.withPrefix('crm+') }),
    onBehalfOf: () => Capability.actOnBehalfOfUser(orders, { ...REASON, scopes: [CustomScope.of('orders:read')], users: Users.anyOfTheIssuer(REASON) }),
    asItself: () => Capability.actAsItself(orders, { ...REASON, scopes: [CustomScope.of('orders:read')] }),
    apiKey: () => Capability.useApiKey(weather(stack), REASON),
  }[kind]();
  agent.may(suspended === 'capability' ? capability.suspended(REASON) : capability);
  if (suspended === 'agent') {
    agent.suspend(REASON);
  }
  if (acknowledged === true) {
    Annotations.of(agent).acknowledgeWarning('cdk-agentcore-identity:agentConsentsNeverComplete', 'The page is in the app of the portal team');
  }
  const warnings = FoundAnnotations.fromStack(stack).findWarning('/Stack/Agent', Match.stringLikeRegexp('NOBODY OF THIS APP COMPLETES CONSENTS.*Stack/google, .*AgentPart.returnPage'));
  const { leftToOthers } = JSON.parse(AccessReport.of(app).toJson()).agents.find(({ path }: { path: string }) => path === 'Stack/Agent');
  return { warnings: warnings.length, notices: leftToOthers.filter((notice: string) => notice.startsWith('NOBODY OF THIS APP COMPLETES CONSENTS')).length };
}

test.each<[string, Situation, ReturnType<typeof told>]>([
  ['as its user, without a return page', {}, { warnings: 1, notices: 1 }],
  ['as a user id that it names, without one', { kind: 'asTrustedUserId' }, { warnings: 1, notices: 1 }],
  ['with an identity of another app, which may have one', { identity: AgentIdentity.fromName('agent') }, { warnings: 1, notices: 1 }],
  ['with the return page of another agent, which only ends that agent\'s sessions', { page: 'of another agent' }, { warnings: 1, notices: 1 }],
  ['with an acknowledgement, which the report does not follow', { acknowledged: true }, { warnings: 0, notices: 1 }],
  ['with a return page', { page: 'own' }, { warnings: 0, notices: 0 }],
  ['with a return page of several agents', { page: 'shared' }, { warnings: 0, notices: 0 }],
  ['on behalf of its user, who is not asked', { kind: 'onBehalfOf' }, { warnings: 0, notices: 0 }],
  ['as itself', { kind: 'asItself' }, { warnings: 0, notices: 0 }],
  ['with a key', { kind: 'apiKey' }, { warnings: 0, notices: 0 }],
  ['suspended', { suspended: 'agent' }, { warnings: 0, notices: 0 }],
  ['with the capability suspended', { suspended: 'capability' }, { warnings: 0, notices: 0 }],
])('an agent that acts %s', (_situation, situation, expected) => {
  expect(told(situation)).toEqual(expected);
});
