import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner, TokenIssuer } from '../../src';

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
