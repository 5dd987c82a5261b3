import { App, aws_cognito as cognito, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { clientIn, codesOf, emitted, stackInIreland } from './provider-template';
import { CognitoDomain, CognitoOAuth2Provider } from '../../../src';

const DOMAIN = CognitoDomain.prefix('acme');

function includedConfig(stack: Stack, userPool: cognito.IUserPoolRef, domain = DOMAIN) {
  new CognitoOAuth2Provider(stack, 'Provider', { ...clientIn(stack), userPool, domain });
  return emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig;
}

test.each<[string, (stack: Stack) => cognito.IUserPoolRef]>([
  ['made here', (stack) => new cognito.UserPool(stack, 'Pool')],
  ['made with the L1', (stack) => new cognito.CfnUserPool(stack, 'Pool')],
])('a user pool %s', (_how, make) => {
  const stack = stackInIreland();
  const config = includedConfig(stack, make(stack));
  const [pool] = Object.keys(Template.fromStack(stack).findResources('AWS::Cognito::UserPool'));
  expect(config).toMatchObject({
    Issuer: { 'Fn::Join': ['', ['https://cognito-idp.eu-west-1.amazonaws.com/', { Ref: pool }]] },
    AuthorizationEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
    TokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token',
  });
});

test('a user pool of another region, imported', () => {
  const stack = stackInIreland();
  expect(includedConfig(stack, cognito.UserPool.fromUserPoolId(stack, 'Pool', 'us-gov-west-1_AbCdEfGhI'))).toMatchObject({
    Issuer: 'https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbCdEfGhI',
  });
});

test('a user pool in a stack whose region is known only at deployment', () => {
  const stack = new Stack(new App(), 'Anywhere');
  expect(includedConfig(stack, new cognito.UserPool(stack, 'Pool')).TokenEndpoint)
    .toEqual({ 'Fn::Join': ['', ['https://acme.auth.', { Ref: 'AWS::Region' }, '.amazoncognito.com/oauth2/token']] });
});

test('a user pool of another stack is not locked by an export', () => {
  const app = new App();
  const env = { account: '111111111111', region: 'eu-west-1' };
  const owner = new Stack(app, 'Owner', { env });
  const consumer = new Stack(app, 'Consumer', { env });
  const config = includedConfig(consumer, new cognito.UserPool(owner, 'Pool'));
  expect(JSON.stringify(config.Issuer)).toContain('Fn::GetStackOutput');
  expect(JSON.stringify(config)).not.toContain('Fn::ImportValue');
});

test('a domain of its own', () => {
  const stack = stackInIreland();
  const pool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_AbCdEfGhI');
  expect(includedConfig(stack, pool, CognitoDomain.host('auth.example.com'))).toMatchObject({
    Issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
    AuthorizationEndpoint: 'https://auth.example.com/oauth2/authorize',
    TokenEndpoint: 'https://auth.example.com/oauth2/token',
  });
});

test('a domain made here', () => {
  const stack = stackInIreland();
  const pool = new cognito.UserPool(stack, 'Pool');
  const { domainName } = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'acme' } });
  expect(JSON.stringify(includedConfig(stack, pool, CognitoDomain.prefix(domainName)).TokenEndpoint)).toContain('.auth.eu-west-1.amazoncognito.com/oauth2/token');
});

test.each([undefined, 'eu-west-1_AbCdEfGhI', {}])('%j is no user pool', (userPool) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), userPool, domain: DOMAIN } as any;
  expect(codesOf(() => new CognitoOAuth2Provider(stack, 'Provider', props))).toEqual(['CognitoOAuth2Provider/UserPool']);
});

test.each(['AbCdEfGhI', 'eu-west-1_', 'eu-west-1:AbCdEfGhI', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A'])('%j is no id of a user pool', (id) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), userPool: cognito.UserPool.fromUserPoolId(stack, 'Pool', id), domain: DOMAIN };
  expect(codesOf(() => new CognitoOAuth2Provider(stack, 'Provider', props))).toEqual(['CognitoOAuth2Provider/UserPool']);
});

test.each([undefined, 'acme', 'auth.example.com'])('%j is no domain', (domain) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), userPool: new cognito.UserPool(stack, 'Pool'), domain } as any;
  expect(codesOf(() => new CognitoOAuth2Provider(stack, 'Provider', props))).toEqual(['CognitoOAuth2Provider/Domain']);
});

test.each(['acme.auth.eu-west-1.amazoncognito.com', 'Acme', '-acme', '', undefined])('%j is no prefix', (prefix) => {
  expect(codesOf(() => CognitoDomain.prefix(prefix as string))).toEqual(['CognitoDomain/Prefix']);
});

test.each(['https://auth.example.com', 'acme', '*.example.com'])('%j is no host', (host) => {
  expect(codesOf(() => CognitoDomain.host(host))).toEqual(['CognitoDomain/Host']);
});
