import { Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability } from 'cdk-agentcore-identity';
import { App, AppProps, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, Duration, Stack } from 'aws-cdk-lib';

/*
 * The key of a weather service is exchanged every 30 days, by a function of the team that owns it. AgentCore reads the new value at the next
 * use: no deployment, no other grant. The agent cannot rotate, and whoever rotates cannot act as the agent.
 */
export function rotatingSecretApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Field', { env: { account: '111122223333', region: 'eu-west-1' } });
  const releases = s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases');
  const made = (id: string, release: string) => new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(releases, `${release}/2026-11-01.zip`, { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  });

  const secret = new secretsmanager.Secret(stack, 'WeatherKey', {
    encryptionKey: new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true }),
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'api_key' },
  });
  // It gets a new key from the vendor's API, keeps the member `api_key`, and takes the old key back a day later.
  secret.addRotationSchedule('Rotation', { rotationLambda: made('RotatorFunction', 'weather-rotator'), automaticallyAfter: Duration.days(30) });
  const weather = new ApiKeyProvider(stack, 'Weather', { providerName: 'acme-field-weather', apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });

  const planner = made('PlannerFunction', 'field-planner');
  const agent = new Agent(stack, 'Planner', { owner: AgentOwner.team('field-service', 'field-service@example.com'), host: AgentHost.lambdaFunction(planner) });
  agent.may(Capability.useApiKey(weather, { reason: 'Moves visits that need dry weather to a dry day' }));
  planner.addEnvironment('AGENT', agent.manifest);
  return app;
}
