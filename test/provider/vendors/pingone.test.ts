import { Fn } from 'aws-cdk-lib';
import { clientIn, codesOf, emitted, stackInIreland } from './provider-template';
import { PingOneOAuth2Provider, PingOneRegion } from '../../../src';

const ENVIRONMENT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';

// https://developer.pingidentity.com/pingone-api/auth/working-with-pingone-apis.html
test.each<[PingOneRegion, string]>([
  [PingOneRegion.NORTH_AMERICA, 'auth.pingone.com'],
  [PingOneRegion.CANADA, 'auth.pingone.ca'],
  [PingOneRegion.EUROPE, 'auth.pingone.eu'],
  [PingOneRegion.ASIA_PACIFIC, 'auth.pingone.asia'],
  [PingOneRegion.AUSTRALIA, 'auth.pingone.com.au'],
  [PingOneRegion.SINGAPORE, 'auth.pingone.sg'],
  [PingOneRegion.of('auth.pingone.example'), 'auth.pingone.example'],
])('an environment at %s', (region, host) => {
  const stack = stackInIreland();
  new PingOneOAuth2Provider(stack, 'Provider', { ...clientIn(stack), environmentId: ENVIRONMENT, region });
  expect(emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig).toMatchObject({
    Issuer: `https://${host}/${ENVIRONMENT}/as`,
    AuthorizationEndpoint: `https://${host}/${ENVIRONMENT}/as/authorize`,
    TokenEndpoint: `https://${host}/${ENVIRONMENT}/as/token`,
  });
});

test('an environment known only at deployment', () => {
  const stack = stackInIreland();
  new PingOneOAuth2Provider(stack, 'Provider', { ...clientIn(stack), environmentId: Fn.importValue('Environment'), region: PingOneRegion.EUROPE });
  expect(emitted(stack).Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig.Issuer)
    .toEqual({ 'Fn::Join': ['', ['https://auth.pingone.eu/', { 'Fn::ImportValue': 'Environment' }, '/as']] });
});

test.each(['production', ENVIRONMENT.toUpperCase(), `${ENVIRONMENT}/as`, '', undefined])('%j is no environment', (environmentId) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), environmentId: environmentId as string, region: PingOneRegion.EUROPE };
  expect(codesOf(() => new PingOneOAuth2Provider(stack, 'Provider', props))).toEqual(['PingOneOAuth2Provider/EnvironmentId']);
});

test.each(['eu', 'auth.pingone.eu', undefined])('%j is no region', (region) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), environmentId: ENVIRONMENT, region } as any;
  expect(codesOf(() => new PingOneOAuth2Provider(stack, 'Provider', props))).toEqual(['PingOneOAuth2Provider/Region']);
});

test.each(['https://auth.pingone.eu', 'eu', '*.pingone.eu'])('%j is no host of a region', (authDomain) => {
  expect(codesOf(() => PingOneRegion.of(authDomain))).toEqual(['PingOneRegion/AuthDomain']);
});
