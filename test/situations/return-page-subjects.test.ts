import { App, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, google, REASON, RETURN_URLS, role, SECRET_ARN, stackIn } from './story';
import {
  ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, ClientSecret, CustomOAuth2Provider,
  CustomScope, GoogleScope, OAuth2Discovery, OnBehalfOf, Users,
} from '../../src';
import { deploy } from '../simulation/fake-account';

/* Consents of one user only, beside an exchange for all users of the issuer: the exchange has no sessions that a return page could complete. */
describe('an agent that asks one user for consent, and exchanges the tokens of all', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'OrdersClient', SECRET_ARN);
  const orders = new CustomOAuth2Provider(stack, 'orders', {
    providerName: 'orders',
    clientId: 'orders',
    clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret'),
    discovery: OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration'),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()),
  });
  new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named('agent'),
    host: AgentHost.role(role(stack, 'host')),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page')))],
    callers: [EMPLOYEES],
    returnUrls: RETURN_URLS,
  }).may(
    Capability.actAsUser(google(stack), {
      ...REASON, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.withSubjects(['00u1']), enforcedByApplication: 'The function compares the subject before it asks for a token',
    }),
    Capability.actOnBehalfOfUser(orders, {
      ...REASON,
      scopes: [CustomScope.of('orders:read')],
      users: Users.anyOfTheIssuer(REASON),
      enforcedByApplication: 'The function exchanges tokens of the shop only',
    }),
  );
  const account = deploy(app);
  const claims = (sid: string, name: string) => statementsOf(account, name).filter((statement) => (statement as { Sid: string }).Sid === sid)
    .map((statement) => (statement as { Condition: Record<string, unknown> }).Condition.StringEquals);

  it('may complete the sessions of that user only', () => {
    expect(claims('CompleteSessionOfUser', 'page')).toEqual([
      { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/sub': '00u1' },
    ]);
  });

  it('may mint for all of them, since one mint serves both', () => {
    expect(claims('ActAsUserMint', 'host')).toEqual([{ 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default' }]);
  });
});
