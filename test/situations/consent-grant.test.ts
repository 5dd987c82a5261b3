import { App, Stack } from 'aws-cdk-lib';
import { EMPLOYEES, google, REASON, RETURN_URLS, role, stackIn, withEveryGrant } from './story';
import { AccessReport, Agent, AgentHost, AgentOwner, AgentPart, Capability, GoogleScope, IOAuth2Provider, Users } from '../../src';

/* That nothing but the users' consent gives tokens is up to the registration of the client, where the vendor has another grant at all. */
test.each<[string, (stack: Stack) => IOAuth2Provider, string]>([
  ['Google, which has no other', google, 'GoogleOauth2 has no client-credentials grant'],
  ['one that has', withEveryGrant, 'register the client without the client-credentials grant'],
])('the grant is limited at an authorization server: %s', (_situation, provider, how) => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    host: AgentHost.role(role(stack, 'host')),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page')))],
    callers: [EMPLOYEES],
    returnUrls: RETURN_URLS,
  }).may(Capability.actAsUser(provider(stack), { ...REASON, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON) }));
  const [{ capabilities: [{ limits }] }] = JSON.parse(AccessReport.of(app).toJson()).agents;
  expect(limits).toContainEqual({ limit: 'only with the user\'s consent (authorization code)', enforcedBy: 'identity provider', how });
});
