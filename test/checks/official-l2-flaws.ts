import {
  App, aws_bedrockagentcore as agentcore, aws_ecr as ecr, aws_iam as iam, aws_secretsmanager as secretsmanager, SecretValue, Stack, Tags,
} from 'aws-cdk-lib';

export const CANARY = 'sk-canary-0b1f2c3d4e5f';

/**
 * An app as teams write it with the official L2s, each call as their documentation shows it. Every flaw in it comes from the calls
 * themselves, but for the literal secret.
 */
export function officialL2Flaws(): App {
  const app = new App();
  const stack = new Stack(app, 'Team', { env: { account: '111122223333', region: 'eu-west-1' } });
  const client = { clientId: 'client' };
  const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

  // One agent with two identities, and a provider whose secret is a literal.
  const literal = agentcore.OAuth2CredentialProvider.usingGithub(stack, 'GitHub', {
    ...client, clientSecret: SecretValue.unsafePlainText(CANARY), oAuth2CredentialProviderName: 'github',
  });
  const agent = role('Agent');
  const identities = ['first', 'second'].map((name) => new agentcore.WorkloadIdentity(stack, `Identity-${name}`, { workloadIdentityName: name }));
  identities.forEach((identity) => identity.grantUse(agent));
  literal.grantUse(agent);
  Tags.of(identities[1]).add('owner', 'sales-tools');

  // An administrator of one API key.
  const weather = new agentcore.ApiKeyCredentialProvider(stack, 'Weather', {
    apiKeyCredentialProviderName: 'weather', apiKey: SecretValue.secretsManager('agents/weather'),
  });
  weather.grantAdmin(role('KeyAdmin'));
  // Its secret, which the agent's code fetches by itself.
  secretsmanager.Secret.fromSecretNameV2(stack, 'WeatherKey', 'agents/weather').grantRead(agent);

  // A runtime, with what its L2 gives it, and who may call it.
  const runtime = new agentcore.Runtime(stack, 'Runtime', {
    runtimeName: 'planner', agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'agents')),
  });
  runtime.grantInvoke(role('Caller'));
  runtime.grantInvokeRuntime(role('PlainCaller'));

  // A gateway that anybody may call, with a target behind an OAuth2 provider, and its manager.
  const gateway = new agentcore.Gateway(stack, 'Gateway', {
    gatewayName: 'Tools', authorizerConfiguration: agentcore.GatewayAuthorizer.withNoAuth(), exceptionLevel: agentcore.GatewayExceptionLevel.DEBUG,
  });
  gateway.addMcpServerTarget('Tickets', {
    gatewayTargetName: 'tickets',
    endpoint: 'https://tickets.example.com/mcp',
    credentialProviderConfigurations: [agentcore.GatewayCredentialProvider.fromOauthIdentity(literal, { scopes: ['repo'] })],
  });
  gateway.grantManage(role('GatewayManager'));
  return app;
}
