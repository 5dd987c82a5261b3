import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { crm, gatewayProps, ISSUER, OWNER, REASON, stackIn, TARGETS } from './every-target';
import {
  ActorToken, Agent, AgentHost, Capability, CustomScope, IOAuth2Provider, OAuthGrantType, OnBehalfOf, TargetCredentials, TokenIssuer, ToolAccess, ToolGateway, Users,
} from '../../src';
import { lateCodes } from '../errors/refusal';

/* A client that a gateway uses, too: what the gateway needs it registered for is open to an agent with the same client. */
const anyUser = Users.anyOfTheIssuer(REASON);
const scopes = (...names: string[]) => names.map((name) => CustomScope.of(name));
type Declare = (provider: IOAuth2Provider) => Capability;
const asUser: Declare = (provider) => Capability.actAsUser(provider, { scopes: scopes('read'), users: anyUser, ...REASON });
const asUserByCode: Declare = (provider) => Capability.actAsUser(provider, { scopes: scopes('read'), users: anyUser, enforcedByApplication: 'The code asks for user federation alone (src/token.ts)', ...REASON });
const asItself: Declare = (provider) => Capability.actAsItself(provider, { scopes: scopes('read'), ...REASON });
const onBehalf: Declare = (provider) => Capability.actOnBehalfOfUser(provider, { scopes: scopes('read'), users: anyUser, ...REASON });

function codes(capability: Declare, grantType: OAuthGrantType, asked: string, shared: boolean, exchanges = false): string[] {
  const app = new App();
  const stack: Stack = stackIn(app);
  const exchange = exchanges ? OnBehalfOf.tokenExchange(ActorToken.none()) : undefined;
  const client = crm(stack, 'crm', undefined, exchange);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  gateway.addTarget('Crm', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(shared ? client : crm(stack, 'other', undefined, exchange), {
      grantType, scopes: scopes(asked), ...(grantType === OAuthGrantType.AUTHORIZATION_CODE ? { defaultReturnUrl: 'https://agents.example.com/return' } : {}),
    }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  new Agent(stack, 'Agent', {
    owner: OWNER,
    host: AgentHost.role(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
    callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['agents'] })],
    returnUrls: ['https://agents.example.com/return'],
  }).may(capability(client));
  return lateCodes(app).map((each) => each.split(' at ')[0]);
}

const { AUTHORIZATION_CODE, CLIENT_CREDENTIALS, TOKEN_EXCHANGE } = OAuthGrantType;
test.each<[string, Declare, OAuthGrantType, string, boolean, string[]]>([
  ['a target as itself, an agent as users', asUser, CLIENT_CREDENTIALS, 'read', false, ['Capability/GrantTypeNotSeparable']],
  ['the same, where the agent\'s code holds it', asUserByCode, CLIENT_CREDENTIALS, 'read', false, []],
  ['a target as itself, an agent on behalf of users', onBehalf, CLIENT_CREDENTIALS, 'read', true, ['Capability/GrantTypeNotSeparable']],
  ['a target that exchanges, an agent that needs consent', asUser, TOKEN_EXCHANGE, 'read', true, ['Capability/ConsentNotSeparable']],
  ['both as users', asUser, AUTHORIZATION_CODE, 'read', false, []],
  ['a target as users with more scopes, an agent as itself', asItself, AUTHORIZATION_CODE, 'write', false, ['Capability/ScopesNotSeparable']],
  ['a target as users with the same scopes, an agent as itself', asItself, AUTHORIZATION_CODE, 'read', false, []],
  ['both as themselves, with the same scopes', asItself, CLIENT_CREDENTIALS, 'read', false, []],
  ['both as themselves, the target with more scopes', asItself, CLIENT_CREDENTIALS, 'write', false, ['Capability/ScopesNotSeparable']],
])('%s', (_what, capability, grantType, asked, exchanges, expected) => {
  expect(codes(capability, grantType, asked, true, exchanges)).toEqual(expected);
});

test.each<[string, Declare, OAuthGrantType]>([['users', asUser, CLIENT_CREDENTIALS], ['itself', asItself, AUTHORIZATION_CODE]])('with a client of its own the agent acts as %s', (_whom, capability, grantType) => {
  expect(codes(capability, grantType, 'write', false)).toEqual([]);
});
