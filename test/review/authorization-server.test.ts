import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import {
  AccessReport, AgentOwner, ClientSecret, CustomOAuth2Provider, GatewayInbound, GatewayTarget, GoogleOAuth2Provider, MicrosoftOAuth2Provider, MicrosoftTenant,
  OAuth2Discovery, OktaAuthorizationServer, OktaOAuth2Provider, TargetCredentials, ToolAccess, ToolGateway,
} from '../../src';
import { importedSecret } from '../errors/story';

/* Whoever stands at these addresses gets the client's secret and makes the tokens, so that a reviewer sees them. */
const client = (stack: Stack) => ({ clientId: 'client', clientSecret: ClientSecret.fromSecretsManager(importedSecret(stack), 'client_secret') });

function told(declare: (stack: Stack) => unknown) {
  const app = new App();
  const stack = new Stack(app, 'Sales', { env: { account: '111111111111', region: 'eu-west-1' } });
  declare(stack);
  const report = AccessReport.of(app);
  return { model: JSON.parse(report.toJson()), markdown: report.toMarkdown() };
}

test.each<[string, (stack: Stack) => unknown, string[] | undefined]>([
  ['by its metadata', (stack) => new CustomOAuth2Provider(stack, 'P', { ...client(stack), discovery: OAuth2Discovery.url('https://id.example.com/.well-known/openid-configuration') }),
    ['discoveryUrl https://id.example.com/.well-known/openid-configuration']],
  ['as it was told', (stack) => new CustomOAuth2Provider(stack, 'P', {
    ...client(stack), discovery: OAuth2Discovery.serverMetadata({ issuer: 'https://id.example.com', authorizationEndpoint: 'https://id.example.com/authorize', tokenEndpoint: 'https://id.example.com/token', responseTypes: ['code'] }),
  }), ['issuer https://id.example.com', 'authorizationEndpoint https://id.example.com/authorize', 'tokenEndpoint https://id.example.com/token', 'responseTypes code']],
  ['by a parameter', (stack) => new CustomOAuth2Provider(stack, 'P', { ...client(stack), discovery: OAuth2Discovery.url(`https://${new CfnParameter(stack, 'Host').valueAsString}/.well-known/openid-configuration`) }),
    ['discoveryUrl https://(known at deployment, parameter Sales/Host)/.well-known/openid-configuration']],
  ['of one customer of a vendor', (stack) => new MicrosoftOAuth2Provider(stack, 'P', { ...client(stack), tenant: MicrosoftTenant.of('11111111-2222-3333-4444-555555555555') }), ['tenantId 11111111-2222-3333-4444-555555555555']],
  ['of another vendor', (stack) => new OktaOAuth2Provider(stack, 'P', { ...client(stack), domain: 'acme.okta.com', authorizationServer: OktaAuthorizationServer.DEFAULT }), [
    'issuer https://acme.okta.com/oauth2/default', 'authorizationEndpoint https://acme.okta.com/oauth2/default/v1/authorize', 'tokenEndpoint https://acme.okta.com/oauth2/default/v1/token',
  ]],
  ['of a vendor that has one for all', (stack) => new GoogleOAuth2Provider(stack, 'P', client(stack)), undefined],
])('an authorization server %s', (_title, declare, expected) => {
  const { model, markdown } = told(declare);
  expect(model.providers[0].authorizationServer?.sort()).toEqual(expected?.sort());
  (expected ?? []).forEach((setting) => expect(markdown.replace(/\\/g, '')).toContain(`<br>${setting}`));
});

test('what a target gets beside the body, and what comes back', () => {
  const { model, markdown } = told((stack) => {
    const gateway = new ToolGateway(stack, 'Gateway', { owner: AgentOwner.team('team', 'team@example.com'), inbound: GatewayInbound.iam() });
    const add = (name: string, more: object) => gateway.addTarget(name, GatewayTarget.mcpServer(`https://${name}.example.com/mcp`), { credentials: TargetCredentials.none({ reason: 'It has only public data' }), ...more })
      .everyTool({ reason: 'It has only public data' }).requires(ToolAccess.nobody());
    add('Open', { forwards: { requestHeaders: ['X-Tenant', 'X-Trace'], responseHeaders: ['X-Page'], queryParameters: ['user'] } });
    add('Closed', {});
  });
  expect(model.gateways[0].targets.map(({ forwards }: { forwards?: string[] }) => forwards)).toEqual([undefined, ['query parameter user', 'request header X-Tenant', 'request header X-Trace', 'response header X-Page']]);
  expect(markdown).toContain('https://Open.example.com/mcp<br>with query parameter user<br>with request header X-Tenant<br>with request header X-Trace<br>with response header X-Page');
});
