import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentOwner, AgentPart, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope, TokenIssuer, Users } from '../../src';

const AGENTS_PER_STACK = 40;

/** A fleet in many stacks. Each agent has an OAuth2 provider and an API key of its own, a role, and a return page with its own role. */
export function fleet(size: number, outdir?: string): App {
  const app = new App({ outdir });
  for (let first = 0; first < size; first += AGENTS_PER_STACK) {
    const number = first / AGENTS_PER_STACK;
    const region = ['eu-west-1', 'us-east-1'][number % 2];
    const stack = new Stack(app, `Team${number}`, { env: { account: '111111111111', region } });
    for (let index = first; index < Math.min(size, first + AGENTS_PER_STACK); index += 1) {
      agent(stack, `Agent${index}`, AgentOwner.team(`team-${number}`, `team-${number}@example.com`), index);
    }
  }
  return app;
}

function agent(stack: Stack, name: string, owner: AgentOwner, index: number): void {
  const role = (id: string) => AgentHost.role(new iam.Role(stack, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  const secret = (id: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, id, `arn:aws:secretsmanager:${stack.region}:111111111111:secret:${name}-${id}-a1B2c3`);
  const calendar = new GoogleOAuth2Provider(stack, `${name}Calendar`, { clientId: `client-${index}`, clientSecret: ClientSecret.fromSecretsManager(secret(`${name}Client`), 'client_secret') });
  const weather = new ApiKeyProvider(stack, `${name}Weather`, { apiKey: ApiKey.fromSecretsManager(secret(`${name}Key`), 'api_key') });
  new Agent(stack, name, {
    owner,
    host: role(name),
    parts: [AgentPart.returnPage('ReturnPage', role(`${name}Page`))],
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })],
    returnUrls: ['https://agents.example.com/return'],
  }).may(
    Capability.actAsUser(calendar, index % 3 === 0
      ? { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.inGroup('sales'), enforcedByApplication: `Agent ${index} refuses tokens without the group`, reason: `Finds free slots for desk ${index}` }
      : { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer({ reason: `Every employee may ask desk ${index}` }), reason: `Finds free slots for desk ${index}` }),
    Capability.useApiKey(weather, { authority: ApiKeyAuthority.USER_SESSION, reason: `Adds the forecast to invitations of desk ${index}` }),
  );
}
