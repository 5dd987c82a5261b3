import { Fn } from 'aws-cdk-lib';
import { CLIENT, clientIn, codesOf, emitted, refusal, stackInIreland } from './provider-template';
import { ClientAuthentication, CustomOAuth2Provider, CustomOAuth2ProviderProps, CustomScope, OAuth2Discovery } from '../../../src';

const DISCOVERY_URL = 'https://login.example.com/realms/acme/.well-known/openid-configuration';
/** Slack's endpoints for tokens of users: https://docs.slack.dev/reference/methods/oauth.v2.user.access */
const SLACK = {
  issuer: 'https://slack.com',
  authorizationEndpoint: 'https://slack.com/oauth/v2_user/authorize',
  tokenEndpoint: 'https://slack.com/api/oauth.v2.user.access',
};

function config(props: Pick<CustomOAuth2ProviderProps, 'discovery' | 'clientAuthentication'>) {
  const stack = stackInIreland();
  new CustomOAuth2Provider(stack, 'Provider', { ...clientIn(stack), ...props });
  return emitted(stack).Oauth2ProviderConfigInput;
}

// https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CustomOauth2ProviderConfigInput.html
test('endpoints from the server\'s metadata', () => {
  expect(config({ discovery: OAuth2Discovery.url(DISCOVERY_URL) })).toEqual({
    CustomOauth2ProviderConfig: { ...CLIENT, OauthDiscovery: { DiscoveryUrl: DISCOVERY_URL } },
  });
});

test('endpoints as told', () => {
  expect(config({ discovery: OAuth2Discovery.serverMetadata(SLACK) })).toEqual({
    CustomOauth2ProviderConfig: {
      ...CLIENT,
      OauthDiscovery: {
        AuthorizationServerMetadata: { Issuer: SLACK.issuer, AuthorizationEndpoint: SLACK.authorizationEndpoint, TokenEndpoint: SLACK.tokenEndpoint },
      },
    },
  });
});

test('an endpoint may have a query, and the server response types', () => {
  const discovery = OAuth2Discovery.serverMetadata({
    ...SLACK, authorizationEndpoint: 'https://api.example.com/authorize?owner=user', responseTypes: ['code', 'code id_token'],
  });
  expect(config({ discovery }).CustomOauth2ProviderConfig.OauthDiscovery.AuthorizationServerMetadata).toMatchObject({
    AuthorizationEndpoint: 'https://api.example.com/authorize?owner=user',
    ResponseTypes: ['code', 'code id_token'],
  });
});

test.each<[ClientAuthentication, string]>([
  [ClientAuthentication.CLIENT_SECRET_BASIC, 'CLIENT_SECRET_BASIC'],
  [ClientAuthentication.CLIENT_SECRET_POST, 'CLIENT_SECRET_POST'],
])('client authentication %#', (clientAuthentication, method) => {
  const { CustomOauth2ProviderConfig } = config({ discovery: OAuth2Discovery.url(DISCOVERY_URL), clientAuthentication });
  expect(CustomOauth2ProviderConfig.ClientAuthenticationMethod).toBe(method);
});

test('addresses known only at deployment', () => {
  const unknown = { 'Fn::ImportValue': 'Address' };
  const address = Fn.importValue('Address');
  expect(config({ discovery: OAuth2Discovery.url(address) }).CustomOauth2ProviderConfig.OauthDiscovery).toEqual({ DiscoveryUrl: unknown });
  expect(config({
    discovery: OAuth2Discovery.serverMetadata({ issuer: address, authorizationEndpoint: address, tokenEndpoint: address }),
  }).CustomOauth2ProviderConfig.OauthDiscovery).toEqual({
    AuthorizationServerMetadata: { Issuer: unknown, AuthorizationEndpoint: unknown, TokenEndpoint: unknown },
  });
});

test.each([
  'https://login.example.com', 'https://login.example.com/.well-known/openid-configuration/', 'https://login.example.com/.well-known/oauth-authorization-server',
  'http://login.example.com/.well-known/openid-configuration', 'https://*.example.com/.well-known/openid-configuration', 'login.example.com', '', undefined,
])('%j is no discovery URL', (url) => {
  expect(codesOf(() => OAuth2Discovery.url(url as string))).toEqual(['OAuth2Discovery/Url']);
});

test('all wrong addresses are told at once, and what is not known', () => {
  const { codes, message } = refusal(() => OAuth2Discovery.serverMetadata({
    issuer: DISCOVERY_URL, authorizationEndpoint: 'http://login.example.com/authorize', tokenEndpoint: undefined, jwksUri: 'https://login.example.com/keys',
  } as any));
  expect(codes).toEqual([
    'OAuth2Discovery/UnknownField', 'OAuth2Discovery/Issuer', 'OAuth2Discovery/AuthorizationEndpoint', 'OAuth2Discovery/TokenEndpoint',
  ]);
  expect(message).toContain('authorizationEndpoint is not valid; received "http://login.example.com/authorize"; allowed: an https address');
});

test('server metadata must be given', () => {
  expect(codesOf(() => OAuth2Discovery.serverMetadata(undefined as any))).toEqual([
    'OAuth2Discovery/Issuer', 'OAuth2Discovery/AuthorizationEndpoint', 'OAuth2Discovery/TokenEndpoint',
  ]);
});

test.each([[[]], [['code', 'code']], [['Code']], [['']], ['code']])('%j are no response types', (responseTypes) => {
  expect(codesOf(() => OAuth2Discovery.serverMetadata({ ...SLACK, responseTypes: responseTypes as string[] }))).toEqual(['OAuth2Discovery/ResponseTypes']);
});

test.each([undefined, DISCOVERY_URL, { discoveryUrl: DISCOVERY_URL }])('%j does not say how endpoints are found', (discovery) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), discovery } as any;
  expect(codesOf(() => new CustomOAuth2Provider(stack, 'Provider', props))).toEqual(['CustomOAuth2Provider/Discovery']);
});

test('client authentication is not a text', () => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), discovery: OAuth2Discovery.url(DISCOVERY_URL), clientAuthentication: 'CLIENT_SECRET_POST' } as any;
  expect(codesOf(() => new CustomOAuth2Provider(stack, 'Provider', props))).toEqual(['CustomOAuth2Provider/ClientAuthentication']);
});

test('scopes without a vendor fit every provider', () => {
  expect(CustomScope.OPENID.vendor).toBeUndefined();
  expect(CustomScope.of('orders:read')).toMatchObject({ value: 'orders:read', vendor: undefined });
});
