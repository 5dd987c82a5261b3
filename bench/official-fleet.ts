import { App, aws_bedrockagentcore as agentcore, SecretValue } from 'aws-cdk-lib';
import { agentsIn, Fleet, lambdaRole, managedSecretArn, namesOf } from './fleet';

/** `grantUse` where the fleet of this library has a capability, and nowhere else. */
export function officialFleet(size: number, outdir: string): Fleet {
  const app = new App({ outdir });
  agentsIn(app, size, (stack, index) => {
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
  });
  return { title: 'official L2s', app, secretArn: managedSecretArn };
}
