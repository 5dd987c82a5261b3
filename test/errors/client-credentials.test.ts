import { Stack } from 'aws-cdk-lib';
import { expectRefusal } from './refusal';
import { clientSecret, google, imported, owner, REASON, salesStack } from './story';
import {
  Capability, CustomOAuth2Provider, CustomScope, GatewayInbound, GitHubOAuth2Provider, GitHubScope, IOAuth2Provider, OAuth2Discovery, OAuth2Provider,
  SalesforceOAuth2Provider, SlackOAuth2Provider, ToolCallAuthority, ToolGateway, Users,
} from '../../src';

describe('to get tokens as itself, the agent needs a vendor with the client-credentials grant', () => {
  const REFUSED = { code: 'Capability/NoClientCredentials', fix: 'Use Capability.actAsUser(' };
  const client = (stack: Stack) => ({ clientId: '1234', clientSecret: clientSecret(stack) });
  const scopes = [CustomScope.of('read')];
  const asItself = (provider: (stack: Stack) => IOAuth2Provider) => () => Capability.actAsItself(provider(salesStack()), { scopes, reason: REASON });

  test.each<[string, (stack: Stack) => IOAuth2Provider, string, string]>([
    ['GitHub', (stack) => new GitHubOAuth2Provider(stack, 'Code', client(stack)), 'GithubOauth2', '"Sales/Code"'],
    ['Google', (stack) => google(stack), 'GoogleOauth2', '"Sales/Google"'],
    ['Slack', (stack) => new SlackOAuth2Provider(stack, 'Chat', client(stack)), 'SlackOauth2', '"Sales/Chat"'],
    ['GitHub, imported', (stack) => imported(stack, 'code', 'Code', 'GithubOauth2'), 'GithubOauth2', '"Sales/Code"'],
    ['Google, imported', (stack) => imported(stack, 'google', 'Google', 'GoogleOauth2'), 'GoogleOauth2', '"Sales/Google"'],
    ['Slack, imported', (stack) => imported(stack, 'chat', 'Chat', 'SlackOauth2'), 'SlackOauth2', '"Sales/Chat"'],
    ['one whose profile says so', (stack) => new OAuth2Provider(stack, 'New', {
      client: client(stack), profile: { vendor: 'NewOauth2', configProperty: 'includedOauth2ProviderConfig', hasClientCredentials: false },
    }), 'NewOauth2', '"Sales/New"'],
  ])('refused: %s', (_situation, provider, vendor, received) => {
    expectRefusal(asItself(provider), { ...REFUSED, what: `${vendor} has no client-credentials grant, so nobody gets a token as itself`, received });
  });

  test.each<[string, (stack: Stack) => IOAuth2Provider]>([
    ['Salesforce', (stack) => new SalesforceOAuth2Provider(stack, 'Crm', client(stack))],
    ['one of your own', (stack) => new CustomOAuth2Provider(stack, 'Own', { ...client(stack), discovery: OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration') })],
    ['an import that does not tell its vendor', (stack) => imported(stack, 'google')],
    ['a vendor that AWS has added since', (stack) => imported(stack, 'new', 'New', 'NewOauth2')],
  ])('taken: %s', (_situation, provider) => expect(asItself(provider)().scopes).toEqual(['read']));

  test('users may consent at any of them', () => {
    const stack = salesStack();
    const gitHub = new GitHubOAuth2Provider(stack, 'Code', client(stack));
    expect(Capability.actAsUser(gitHub, { scopes: [GitHubScope.REPO], users: Users.anyOfTheIssuer({ reason: REASON }), reason: REASON }).provider).toBe(gitHub);
  });

  test('nor does its token get the agent into a gateway', () => {
    const stack = salesStack();
    const gateway = new ToolGateway(stack, 'Tools', { owner: owner(), inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['tools'] }) });
    const authority = ToolCallAuthority.machineClient(imported(stack, 'code', 'Code', 'GithubOauth2'), { scopes });
    expectRefusal(() => Capability.callTools(gateway, { tools: ['Calendar___list'], authority, reason: REASON }), {
      code: 'Capability/NoClientCredentials', what: 'GithubOauth2 has no client-credentials grant', received: '"Sales/Code"', fix: 'Use the client of another authorization server',
    });
  });
});
