import {
  Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope,
  TokenIssuer, Users,
} from 'cdk-agentcore-identity';
import { App, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { agentsIn, AUDIENCE, Fleet, ISSUER, lambdaRole, namesOf, ownSecretArn, RETURN_URL } from './fleet';

const REASON = { reason: 'Stands in the benchmark' };

export function ourFleet(size: number, outdir: string): Fleet {
  // Two providers for each agent are more than an account has by default.
  const app = new App({ outdir, context: { 'cdk-agentcore-identity:oauth2ProviderQuota': 2000, 'cdk-agentcore-identity:apiKeyProviderQuota': 2000 } });
  agentsIn(app, size, (stack, index) => {
    const { identity, oauth2, apiKey, role, page } = namesOf(index);
    const secret = (kind: 'oauth2' | 'apikey', name: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, `${kind}-${name}-secret`, ownSecretArn(kind, name));
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
      returnUrls: [RETURN_URL],
    }).may(
      Capability.actAsUser(calendar, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }),
      Capability.useApiKey(weather, { authority: ApiKeyAuthority.USER_SESSION, ...REASON }),
    );
  });
  return { title: 'this library', app, secretArn: ownSecretArn };
}
