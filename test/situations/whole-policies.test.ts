import { App, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import {
  DIRECTORY, EMPLOYEES, ENV, REASON, RETURN_URLS, SECRET_ARN, KEY_SECRET_ARN, VAULT, apiKeyArn, google, identityArn, oauth2Arn, role, stackIn, weather, withEveryGrant,
} from './story';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKeyAuthority, Capability, GoogleScope, TokenIssuer, TrustedUserIds, Users } from '../../src';
import { deploy } from '../simulation/fake-account';

/*
 * The whole statement list of a role, by hand, for each kind of capability. Nothing may be added without a change here.
 */
const READ_CALENDARS = [GoogleScope.CALENDAR_READONLY];
const EVERYONE = Users.anyOfTheIssuer(REASON);
const owner = AgentOwner.team('team', 'team@example.com');
const AGENT = identityArn('agent');

function policiesWith(declare: (agent: Agent, stack: Stack) => void, parts?: (stack: Stack) => AgentPart[]): (role: string) => unknown[] {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = new Agent(stack, 'Agent', {
    owner,
    identity: AgentIdentity.named('agent'),
    callers: [EMPLOYEES],
    returnUrls: RETURN_URLS,
    ...(parts === undefined ? { host: AgentHost.role(role(stack, 'agent')) } : { parts: parts(stack) }),
  });
  declare(agent, stack);
  const account = deploy(app, { accountId: ENV.account, region: ENV.region });
  return (name) => statementsOf(account, name);
}

const MINT_FOR_EMPLOYEES = {
  Sid: 'ActAsUserMint',
  Effect: 'Allow',
  Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  Resource: [DIRECTORY, AGENT],
  Condition: {
    'StringEquals': { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default' },
    'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': 'api://agents' },
  },
};
const GET_GOOGLE_TOKEN = {
  Sid: 'GetOAuth2Token', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceOauth2Token', Resource: [DIRECTORY, AGENT, VAULT, oauth2Arn('google')],
};
const READ_GOOGLE_SECRET = {
  Sid: 'ReadProviderSecret', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: SECRET_ARN, Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
};
const neverOther = (action: string | string[]) => ({ Sid: 'DenyMintingForOtherIdentities', Effect: 'Deny', Action: action, NotResource: [DIRECTORY, AGENT] });
const undeclared = (...operations: string[]) => ({
  Sid: 'DenyUndeclaredTokenActions', Effect: 'Deny', Action: operations.map((operation) => `bedrock-agentcore:${operation}`), Resource: '*',
});

test('acting as the user: tokens of the callers only, one provider, its secret through AgentCore only', () => {
  const policies = policiesWith((agent, stack) => agent.may(Capability.actAsUser(google(stack), { scopes: READ_CALENDARS, users: EVERYONE, ...REASON })));
  expect(policies('agent')).toEqual([
    MINT_FOR_EMPLOYEES,
    GET_GOOGLE_TOKEN,
    READ_GOOGLE_SECRET,
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('bedrock-agentcore:GetWorkloadAccessTokenForJWT'),
  ]);
});

test('acting as a trusted user id: the ids of one issuer only', () => {
  const policies = policiesWith((agent, stack) => agent.may(
    Capability.actAsTrustedUserId(google(stack), { scopes: READ_CALENDARS, userIds: TrustedUserIds.withPrefix('cognito+'), ...REASON })));
  expect(policies('agent')).toEqual([
    {
      Sid: 'ActAsTrustedUserIdMint',
      Effect: 'Allow',
      Action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId',
      Resource: [DIRECTORY, AGENT],
      Condition: { StringLike: { 'bedrock-agentcore:userid': 'cognito+*' } },
    },
    GET_GOOGLE_TOKEN,
    READ_GOOGLE_SECRET,
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('bedrock-agentcore:GetWorkloadAccessTokenForUserId'),
  ]);
});

test('acting as itself: a token without a user', () => {
  const policies = policiesWith((agent, stack) => agent.may(Capability.actAsItself(withEveryGrant(stack), { scopes: READ_CALENDARS, ...REASON })));
  expect(policies('agent')).toEqual([
    { Sid: 'ActAsItselfMint', Effect: 'Allow', Action: 'bedrock-agentcore:GetWorkloadAccessToken', Resource: [DIRECTORY, AGENT] },
    GET_GOOGLE_TOKEN,
    READ_GOOGLE_SECRET,
    undeclared('GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('bedrock-agentcore:GetWorkloadAccessToken'),
  ]);
});

test('an API key: a token without a user, one key provider, its secret', () => {
  const policies = policiesWith((agent, stack) => agent.may(Capability.useApiKey(weather(stack), REASON)));
  expect(policies('agent')).toEqual([
    { Sid: 'ActAsItselfMint', Effect: 'Allow', Action: 'bedrock-agentcore:GetWorkloadAccessToken', Resource: [DIRECTORY, AGENT] },
    { Sid: 'GetApiKey', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceApiKey', Resource: [DIRECTORY, AGENT, VAULT, apiKeyArn('weather')] },
    { ...READ_GOOGLE_SECRET, Resource: KEY_SECRET_ARN },
    undeclared('GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('bedrock-agentcore:GetWorkloadAccessToken'),
  ]);
});

test('an API key within the user\'s session adds no right to mint', () => {
  const policies = policiesWith((agent, stack) => agent.may(
    Capability.actAsUser(google(stack), { scopes: READ_CALENDARS, users: EVERYONE, ...REASON }),
    Capability.useApiKey(weather(stack), { authority: ApiKeyAuthority.USER_SESSION, ...REASON })));
  expect(policies('agent')).toEqual([
    MINT_FOR_EMPLOYEES,
    GET_GOOGLE_TOKEN,
    { Sid: 'GetApiKey', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceApiKey', Resource: [DIRECTORY, AGENT, VAULT, apiKeyArn('weather')] },
    { ...READ_GOOGLE_SECRET, Resource: [SECRET_ARN, KEY_SECRET_ARN] },
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('bedrock-agentcore:GetWorkloadAccessTokenForJWT'),
  ]);
});

test('no capability at all: every token operation is denied', () => {
  expect(policiesWith(() => undefined)('agent')).toEqual([
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey',
      'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
  ]);
});

describe('an agent in parts', () => {
  const policies = policiesWith(
    (agent, stack) => agent.may(Capability.actAsUser(google(stack), { scopes: READ_CALENDARS, users: EVERYONE, ...REASON })),
    (stack) => [
      AgentPart.minting('Front', AgentHost.role(role(stack, 'front'))),
      AgentPart.vending('Worker', AgentHost.role(role(stack, 'worker'))),
      AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page'))),
    ]);

  test('the minting part mints and reads no secret', () => expect(policies('front')).toEqual([
    MINT_FOR_EMPLOYEES,
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('bedrock-agentcore:GetWorkloadAccessTokenForJWT'),
  ]));

  test('the vending part vends and cannot mint', () => expect(policies('worker')).toEqual([
    GET_GOOGLE_TOKEN,
    READ_GOOGLE_SECRET,
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
  ]));

  test('the return page completes sessions of the callers\' users, and nothing else', () => expect(policies('page')).toEqual([
    {
      ...MINT_FOR_EMPLOYEES,
      Sid: 'CompleteSessionOfUser',
      Action: 'bedrock-agentcore:CompleteResourceTokenAuth',
      Resource: [DIRECTORY, AGENT, VAULT, oauth2Arn('google')],
    },
    READ_GOOGLE_SECRET,
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey', 'GetResourcePaymentToken'),
  ]));
});

test('two issuers keep each its own audience', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = new Agent(stack, 'Agent', {
    owner,
    identity: AgentIdentity.named('agent'),
    host: AgentHost.role(role(stack, 'agent')),
    returnUrls: RETURN_URLS,
    callers: [EMPLOYEES, TokenIssuer.oidc({ issuer: 'https://partners.example.com/', clients: ['portal'], scopes: ['agents:use'] })],
  });
  agent.may(Capability.actAsUser(google(stack), { scopes: READ_CALENDARS, users: EVERYONE, ...REASON }));
  expect(statementsOf(deploy(app), 'agent').slice(0, 2)).toEqual([
    MINT_FOR_EMPLOYEES,
    {
      ...MINT_FOR_EMPLOYEES,
      Sid: 'ActAsUserMint2',
      Condition: {
        'StringEquals': { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://partners.example.com/', 'bedrock-agentcore:InboundJwtClaim/client_id': 'portal' },
        'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/scope': 'agents:use' },
      },
    },
  ]);
});

test('single users are held by IAM', () => {
  const policies = policiesWith((agent, stack) => agent.may(
    Capability.actAsUser(google(stack), { scopes: READ_CALENDARS, users: Users.withSubjects(['00u2', '00u1']), ...REASON })));
  expect(policies('agent')[0]).toEqual({
    ...MINT_FOR_EMPLOYEES,
    Condition: {
      ...MINT_FOR_EMPLOYEES.Condition,
      StringEquals: { ...MINT_FOR_EMPLOYEES.Condition.StringEquals, 'bedrock-agentcore:InboundJwtClaim/sub': ['00u1', '00u2'] },
    },
  });
});
