import { Fn } from 'aws-cdk-lib';
import { clientIn, codesOf, emitted, stackInIreland } from './provider-template';
import { OktaAuthorizationServer, OktaOAuth2Provider } from '../../../src';

function includedConfig(authorizationServer: OktaAuthorizationServer) {
  const stack = stackInIreland();
  new OktaOAuth2Provider(stack, 'Provider', { ...clientIn(stack), domain: 'acme.okta.com', authorizationServer });
  return emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig;
}

// https://developer.okta.com/docs/concepts/auth-servers/
test('a custom authorization server', () => {
  expect(includedConfig(OktaAuthorizationServer.custom('aus1a2b3c4d5e6f7g8h9'))).toMatchObject({
    Issuer: 'https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9',
    AuthorizationEndpoint: 'https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/authorize',
    TokenEndpoint: 'https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token',
  });
});

test('the org authorization server, whose endpoints are not below its issuer', () => {
  expect(includedConfig(OktaAuthorizationServer.ORG)).toMatchObject({
    Issuer: 'https://acme.okta.com',
    AuthorizationEndpoint: 'https://acme.okta.com/oauth2/v1/authorize',
    TokenEndpoint: 'https://acme.okta.com/oauth2/v1/token',
  });
});

test('an authorization server known only at deployment', () => {
  expect(includedConfig(OktaAuthorizationServer.custom(Fn.importValue('Server'))).Issuer)
    .toEqual({ 'Fn::Join': ['', ['https://acme.okta.com/oauth2/', { 'Fn::ImportValue': 'Server' }]] });
});

test.each(['', 'a b', 'default/v1', 'https://acme.okta.com/oauth2/default', '*', undefined])('%j is no authorization server', (id) => {
  expect(codesOf(() => OktaAuthorizationServer.custom(id as string))).toEqual(['OktaAuthorizationServer/Id']);
});

test.each(['acme-admin.okta.com', 'acme-admin.oktapreview.com', 'acme-admin.okta-emea.com'])('%s is the admin console', (domain) => {
  const stack = stackInIreland();
  expect(() => new OktaOAuth2Provider(stack, 'Provider', { ...clientIn(stack), domain })).toThrow(/admin console.*Remove -admin.*\[OktaOAuth2Provider\/Domain\]/);
});

test('an issuer at the Okta URL while users sign in at a custom domain', () => {
  const stack = stackInIreland();
  new OktaOAuth2Provider(stack, 'Provider', { ...clientIn(stack), domain: 'login.acme.com', issuer: 'https://acme.okta.com/oauth2/default' });
  expect(emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig).toMatchObject({
    Issuer: 'https://acme.okta.com/oauth2/default',
    AuthorizationEndpoint: 'https://login.acme.com/oauth2/default/v1/authorize',
    TokenEndpoint: 'https://login.acme.com/oauth2/default/v1/token',
  });
});
