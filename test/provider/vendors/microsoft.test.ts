import { Fn } from 'aws-cdk-lib';
import { CLIENT, clientIn, codesOf, emitted, stackInIreland } from './provider-template';
import { MicrosoftOAuth2Provider, MicrosoftTenant } from '../../../src';

const REASON = 'The app is offered to customers, who sign in with their own accounts';

function config(tenant: MicrosoftTenant) {
  const stack = stackInIreland();
  new MicrosoftOAuth2Provider(stack, 'Provider', { ...clientIn(stack), tenant });
  return emitted(stack).Oauth2ProviderConfigInput;
}

test.each(['11111111-2222-3333-4444-555555555555', 'contoso.onmicrosoft.com', 'contoso.com'])('one tenant: %s', (tenant) => {
  expect(config(MicrosoftTenant.of(tenant))).toEqual({ MicrosoftOauth2ProviderConfig: { ...CLIENT, TenantId: tenant } });
});

test('a tenant known only at deployment', () => {
  expect(config(MicrosoftTenant.of(Fn.importValue('Tenant'))).MicrosoftOauth2ProviderConfig.TenantId).toEqual({ 'Fn::ImportValue': 'Tenant' });
});

test('any tenant: the template names none', () => {
  const tenant = MicrosoftTenant.anyTenant({ reason: REASON });
  expect(config(tenant)).toEqual({ MicrosoftOauth2ProviderConfig: CLIENT });
  expect(tenant.anyTenantReason).toBe(REASON);
});

test.each(['common', 'organizations', 'consumers', 'Common'])('%s is not one tenant', (tenant) => {
  expect(() => MicrosoftTenant.of(tenant)).toThrow(/tenants that are not yours.*MicrosoftTenant\.anyTenant\(\{ reason \}\)\. \[MicrosoftTenant\/AnyTenant\]$/);
});

test.each(['', 'contoso', 'https://contoso.com', 'contoso.com/', '*.contoso.com', '11111111-2222-3333-4444', undefined])('%j is no tenant', (tenant) => {
  expect(codesOf(() => MicrosoftTenant.of(tenant as string))).toEqual(['MicrosoftTenant/Id']);
});

test.each([{ reason: '' }, { reason: 'because' }, {}, undefined])('any tenant needs a reason: %j', (options) => {
  expect(codesOf(() => MicrosoftTenant.anyTenant(options as any))).toEqual(['MicrosoftTenant/Reason']);
});

test.each([undefined, '11111111-2222-3333-4444-555555555555'])('%j does not say whose accounts are taken', (tenant) => {
  const stack = stackInIreland();
  const props = { ...clientIn(stack), tenant } as any;
  expect(codesOf(() => new MicrosoftOAuth2Provider(stack, 'Provider', props))).toEqual(['MicrosoftOAuth2Provider/Tenant']);
});
