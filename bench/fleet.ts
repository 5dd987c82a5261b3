import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_secretsmanager as secretsmanager, SecretValue, Stack } from 'aws-cdk-lib';
import {
  Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope,
  TokenIssuer, Users,
} from '../src';

/*
 * The same fleet twice: each agent has an identity, an OAuth2 provider with which it acts as its user, an API key that it uses
 * in the user's session, a role, and a return page with a role of its own.
 */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const ISSUER = 'https://acme.okta.com/oauth2/default';
export const AUDIENCE = 'api://agents';
const REASON = { reason: 'Stands in the benchmark' };

/** Names of the things of one agent. */
export const namesOf = (index: number) => ({ identity: `agent-${index}`, oauth2: `calendar-${index}`, apiKey: `weather-${index}`, role: `agent-${index}`, page: `agent-${index}-page` });

/** Where the secret behind a provider is. */
export type SecretArn = (kind: 'oauth2' | 'apikey', name: string) => string;

export interface Fleet {
  readonly title: string;
  readonly app: App;
  readonly secretArn: SecretArn;
}

export function ourFleet(size: number, outdir: string): Fleet {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Fleet', { env: ENV });
  const secretArn: SecretArn = (kind, name) => `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:${kind}/${name}-a1B2c3`;
  for (let index = 0; index < size; index += 1) {
    const { identity, oauth2, apiKey, role, page } = namesOf(index);
    const secret = (kind: 'oauth2' | 'apikey', name: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, `${kind}-${name}-secret`, secretArn(kind, name));
    const calendar = new GoogleOAuth2Provider(stack, oauth2, {
      providerName: oauth2, clientId: 'client', clientSecret: ClientSecret.fromSecretsManager(secret('oauth2', oauth2), 'client_secret'),
    });
    const weather = new ApiKeyProvider(stack, apiKey, { providerName: apiKey, apiKey: ApiKey.fromSecretsManager(secret('apikey', apiKey), 'api_key') });
    new Agent(stack, `Agent${index}`, {
      owner: AgentOwner.team('team', 'team@example.com'),
      identity: AgentIdentity.named(identity),
      host: AgentHost.role(lambdaRole(stack, role)),
      parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(lambdaRole(stack, page)))],
      callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: [AUDIENCE] })],
      returnUrls: ['https://agents.example.com/return'],
    }).may(
      Capability.actAsUser(calendar, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }),
      Capability.useApiKey(weather, { authority: ApiKeyAuthority.USER_SESSION, ...REASON }),
    );
  }
  return { title: 'this library', app, secretArn };
}

/** `grantUse` where the other fleet has a capability, and nowhere else. */
export function officialFleet(size: number, outdir: string): Fleet {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Fleet', { env: ENV });
  for (let index = 0; index < size; index += 1) {
    const { identity, oauth2, apiKey, role, page } = namesOf(index);
    const calendar = agentcore.OAuth2CredentialProvider.usingGoogle(stack, oauth2, {
      oAuth2CredentialProviderName: oauth2, clientId: 'client', clientSecret: SecretValue.secretsManager(`oauth2/${oauth2}`),
    });
    const weather = new agentcore.ApiKeyCredentialProvider(stack, apiKey, { apiKeyCredentialProviderName: apiKey, apiKey: SecretValue.secretsManager(`apikey/${apiKey}`) });
    const agentRole = lambdaRole(stack, role);
    new agentcore.WorkloadIdentity(stack, `Identity${index}`, { workloadIdentityName: identity }).grantUse(agentRole);
    calendar.grantUse(agentRole);
    weather.grantUse(agentRole);
    calendar.grantUse(lambdaRole(stack, page));
  }
  const secretArn: SecretArn = (kind, name) => `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:bedrock-agentcore-identity!default/${kind}/${name}-AbCdEf`;
  return { title: 'official L2s', app, secretArn };
}

function lambdaRole(stack: Stack, name: string): iam.Role {
  return new iam.Role(stack, `${name}-role`, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}
