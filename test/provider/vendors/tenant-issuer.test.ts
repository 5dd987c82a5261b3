import { Fn, Stack } from 'aws-cdk-lib';
import { clientIn, codesOf, emitted, refusal, stackInIreland } from './provider-template';
import {
  Auth0OAuth2Provider, CyberArkOAuth2Provider, FusionAuthOAuth2Provider, OAuth2ClientProps, OktaOAuth2Provider, PingOneOAuth2Provider, PingOneRegion,
} from '../../../src';

const ENVIRONMENT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';

/** Vendors whose issuer can be given. */
const DECLARATIONS: [string, (stack: Stack, client: OAuth2ClientProps, issuer: string) => unknown][] = [
  ['OktaOAuth2Provider', (stack, client, issuer) => new OktaOAuth2Provider(stack, 'Provider', { ...client, domain: 'login.acme.com', issuer })],
  ['Auth0OAuth2Provider', (stack, client, issuer) => new Auth0OAuth2Provider(stack, 'Provider', { ...client, domain: 'login.acme.com', issuer })],
  ['CyberArkOAuth2Provider', (stack, client, issuer) => new CyberArkOAuth2Provider(stack, 'Provider', {
    ...client, domain: 'abc1234.id.cyberark.cloud', applicationId: 'agents', issuer,
  })],
  ['PingOneOAuth2Provider', (stack, client, issuer) => new PingOneOAuth2Provider(stack, 'Provider', {
    ...client, environmentId: ENVIRONMENT, region: PingOneRegion.EUROPE, issuer,
  })],
  ['FusionAuthOAuth2Provider', (stack, client, issuer) => new FusionAuthOAuth2Provider(stack, 'Provider', { ...client, domain: 'login.acme.com', issuer })],
];

describe.each(DECLARATIONS)('the issuer of a %s', (name, declare) => {
  test.each(['https://acme.example.com', 'https://acme.example.com/', 'https://acme.example.com/oauth2/default'])('is kept as it is: %s', (issuer) => {
    const stack = stackInIreland();
    declare(stack, clientIn(stack), issuer);
    expect(emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig.Issuer).toBe(issuer);
  });

  test.each([
    'acme.com', 'http://acme.example.com', 'https://*.example.com', 'https://acme.example.com?tenant=1', 'https://acme.example.com/#', 'https://me:secret@acme.example.com',
    'https://acme.example.com/.well-known/openid-configuration', '',
  ])('is not %j', (issuer) => {
    const stack = stackInIreland();
    expect(codesOf(() => declare(stack, clientIn(stack), issuer))).toEqual([`${name}/Issuer`]);
  });

  test('may be known only at deployment', () => {
    const stack = stackInIreland();
    declare(stack, clientIn(stack), Fn.importValue('Issuer'));
    expect(emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig.Issuer).toEqual({ 'Fn::ImportValue': 'Issuer' });
  });
});

test('FusionAuth needs an issuer', () => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), domain: 'login.acme.com' } as any;
  expect(codesOf(() => new FusionAuthOAuth2Provider(stack, 'Provider', props))).toEqual(['FusionAuthOAuth2Provider/Issuer']);
});

test.each(['agents and more', 'agents/x', '', undefined])('CyberArk refuses the application id %j', (applicationId) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), domain: 'abc1234.id.cyberark.cloud', applicationId: applicationId as string };
  expect(codesOf(() => new CyberArkOAuth2Provider(stack, 'Provider', props))).toEqual(['CyberArkOAuth2Provider/ApplicationId']);
});

test('all problems of a tenant are told at once', () => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), domain: 'https://acme.okta.com', issuer: 'acme', authorizationServer: 'default' } as any;
  const { codes, message } = refusal(() => new OktaOAuth2Provider(stack, 'Provider', props));
  expect(codes).toEqual(['OktaOAuth2Provider/Domain', 'OktaOAuth2Provider/AuthorizationServer', 'OktaOAuth2Provider/Issuer']);
  expect(message.split('\n')).toEqual(codes.map((code) => expect.stringContaining(`[${code}] at Providers/Provider`)));
});
