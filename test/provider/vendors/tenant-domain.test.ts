import { Fn, Stack } from 'aws-cdk-lib';
import { clientIn, codesOf, emitted, refusal, stackInIreland } from './provider-template';
import {
  Auth0OAuth2Provider, CyberArkOAuth2Provider, FusionAuthOAuth2Provider, OAuth2ClientProps, OktaOAuth2Provider, OneLoginOAuth2Provider,
} from '../../../src';

const ISSUER = 'https://issuer.example.com';

/** Vendors whose endpoints are built from a domain. */
const DECLARATIONS: [string, (stack: Stack, client: OAuth2ClientProps, domain: string) => unknown][] = [
  ['OktaOAuth2Provider', (stack, client, domain) => new OktaOAuth2Provider(stack, 'Provider', { ...client, domain })],
  ['Auth0OAuth2Provider', (stack, client, domain) => new Auth0OAuth2Provider(stack, 'Provider', { ...client, domain })],
  ['OneLoginOAuth2Provider', (stack, client, domain) => new OneLoginOAuth2Provider(stack, 'Provider', { ...client, domain })],
  ['CyberArkOAuth2Provider', (stack, client, domain) => new CyberArkOAuth2Provider(stack, 'Provider', { ...client, domain, applicationId: 'agents' })],
  ['FusionAuthOAuth2Provider', (stack, client, domain) => new FusionAuthOAuth2Provider(stack, 'Provider', { ...client, domain, issuer: ISSUER })],
];

const NOT_DOMAINS = [
  'https://login.example.com', 'login.example.com/', 'login.example.com/oauth2', 'login.example.com:443', '*.example.com', 'login.example.com.', 'login',
  'Login.example.com', 'login.example.com?x', 'user@example.com', 'login example.com', '-login.example.com', '127.0.0.1', '', `${'a'.repeat(64)}.example.com`,
  `${'a.'.repeat(126)}com`,
];

describe.each(DECLARATIONS)('the domain of a %s', (name, declare) => {
  test.each(NOT_DOMAINS)('is not %j', (domain) => {
    const stack = stackInIreland();
    expect(codesOf(() => declare(stack, clientIn(stack), domain))).toEqual([`${name}/Domain`]);
  });

  test('cannot be left out', () => {
    const stack = stackInIreland();
    const { message, codes } = refusal(() => declare(stack, clientIn(stack), undefined as unknown as string));
    expect(codes).toEqual([`${name}/Domain`]);
    expect(message).toMatch(/^domain is not valid; received nothing; allowed: a host name in lower case such as \S+, without https:\/\/, .+ at Providers\/Provider$/);
  });

  test('may be a custom one', () => {
    const stack = stackInIreland();
    declare(stack, clientIn(stack), 'login.acme-9.co.uk');
    const { TokenEndpoint, AuthorizationEndpoint } = emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig;
    expect(TokenEndpoint).toMatch(/^https:\/\/login\.acme-9\.co\.uk\/./);
    expect(AuthorizationEndpoint).toMatch(/^https:\/\/login\.acme-9\.co\.uk\/./);
  });

  test('may be known only at deployment', () => {
    const stack = stackInIreland();
    declare(stack, clientIn(stack), Fn.importValue('LoginDomain'));
    const { TokenEndpoint } = emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig;
    expect(TokenEndpoint).toEqual({ 'Fn::Join': ['', ['https://', { 'Fn::ImportValue': 'LoginDomain' }, expect.stringMatching(/^\//)]] });
  });
});
