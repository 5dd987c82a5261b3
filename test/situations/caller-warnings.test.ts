import { App, aws_cognito as cognito, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { google, REASON, RETURN_URLS, role, stackIn } from './story';
import {
  Agent, AgentHost, AgentOwner, AgentPart, Capability, GatewayInbound, GatewayTarget, GoogleScope, TargetCredentials,
  TokenIssuer, Tool, ToolAccess, ToolGateway, ToolSchema, Users,
} from '../../src';

/* A client is known to IAM by the claim client_id, which some issuers' access tokens do not have. */
describe('an agent whose callers are limited to a client', () => {
  test.each<[string, string, { clients?: string[]; audiences?: string[] }, number]>([
    ['of Okta, which writes cid', 'https://acme.okta.com/oauth2/default', { clients: ['0oa1'] }, 1],
    ['of Entra, which writes azp', 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0', { clients: ['0oa1'] }, 1],
    ['of Cognito, which writes client_id', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a', { clients: ['0oa1'] }, 0],
    ['of nobody, but to an audience of Okta', 'https://acme.okta.com/oauth2/default', { audiences: ['api://agents'] }, 0],
  ])('%s', (_issuer, issuer, limit, warnings) => {
    const stack = stackIn(new App(), 'Stack');
    new Agent(stack, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), host: AgentHost.role(role(stack, 'host')), callers: [TokenIssuer.oidc({ issuer, ...limit })] });
    expect(Annotations.fromStack(stack).findWarning('/Stack/Agent', Match.stringLikeRegexp('NO USER MAY BE ACTED FOR'))).toHaveLength(warnings);
  });
});

/* Amazon Cognito names groups in cognito:groups, other issuers where their owner says so. */
const OKTA = 'https://acme.okta.com/oauth2/default';
const POOL = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a';
const literally = (issuer: string) => () => issuer;
const groups: [string, (stack: Stack) => string, string | undefined, number][] = [
  ['of Cognito, where groups are looked for in groups', literally(POOL), undefined, 1],
  ['of Cognito in China', literally('https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a'), undefined, 1],
  ['of Cognito, in a region and a pool known at deployment', (stack) => `https://cognito-idp.${stack.region}.amazonaws.com/${new cognito.CfnUserPool(stack, 'Pool').ref}`, undefined, 1],
  ['of a pool of this app', (stack) => new cognito.UserPool(stack, 'Pool').userPoolProviderUrl, undefined, 1],
  ['of Cognito, where they are looked for in cognito:groups', literally(POOL), 'cognito:groups', 0],
  ['of Okta', literally(OKTA), undefined, 0],
  ['of a host that is only called alike', literally('https://cognito-idp.example.com/eu-west-1_a'), undefined, 0],
];

describe('an agent that acts for users of a group, with tokens', () => {
  test.each(groups)('%s', (_issuer, issuer, claim, warnings) => {
    const stack = stackIn(new App(), 'Stack', {});
    new Agent(stack, 'Agent', {
      owner: AgentOwner.team('team', 'team@example.com'),
      host: AgentHost.role(role(stack, 'host')),
      parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page')))],
      callers: [TokenIssuer.oidc({ issuer: issuer(stack), audiences: ['api://agents'] })],
      returnUrls: RETURN_URLS,
    }).may(Capability.actAsUser(google(stack), {
      ...REASON, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.inGroup('sales', { claim }), enforcedByApplication: 'The function refuses tokens without the group',
    }));
    const found = Annotations.fromStack(stack).findWarning('/Stack/Agent', Match.stringLikeRegexp('NO USER IS IN THE GROUP.*Users.inGroup\\(\'sales\', \\{ claim: \'cognito:groups\' \\}\\)'));
    expect(found).toHaveLength(warnings);
  });
});

describe('a gateway with a tool for a group, and callers with tokens', () => {
  const told = (issuer: (stack: Stack) => string, access: ToolAccess) => {
    const stack = stackIn(new App(), 'Stack', {});
    const gateway = new ToolGateway(stack, 'Tools', { owner: AgentOwner.team('team', 'team@example.com'), inbound: GatewayInbound.jwt({ issuer: issuer(stack), audiences: ['tools'] }) });
    const fn = lambda.Function.fromFunctionArn(stack, 'Calendar', 'arn:aws:lambda:eu-west-1:111111111111:function:calendar');
    gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(fn, ToolSchema.inline(Tool.named('list', { description: 'Lists events' }))), { credentials: TargetCredentials.gatewayRole() }).tool('list').requires(access);
    return Annotations.fromStack(stack).findWarning('/Stack/Tools', Match.stringLikeRegexp('NO CALLER IS IN ANY GROUP.*cognito:groups'));
  };

  test.each(groups)('%s', (_issuer, issuer, claim, warnings) => expect(told(issuer, ToolAccess.group('support', { claim }))).toHaveLength(warnings));

  test.each<[string, ToolAccess, number]>([
    ['a group, or a scope', ToolAccess.anyOf(ToolAccess.allScopes('tools'), ToolAccess.group('support')), 1],
    ['a scope', ToolAccess.allScopes('groups'), 0],
    ['another claim', ToolAccess.claim('department', 'groups'), 0],
    ['nobody', ToolAccess.nobody(), 0],
  ])('of Cognito, where it takes %s', (_access, access, warnings) => expect(told(literally(POOL), access)).toHaveLength(warnings));
});
