import { Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability, IApiKeyProvider } from 'cdk-agentcore-identity';
import { App, AppProps, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack } from 'aws-cdk-lib';

/*
 * The platform team owns the key of a weather service; three teams have agents that use it. One is in the platform's own app, one knows the
 * provider by name, one by an ARN that only deployment knows. All three get exactly the same, and no export ties their stacks together.
 */
export function providersOfThePlatformApp(props?: AppProps): App {
  const app = new App(props);
  const env = { account: '111122223333', region: 'eu-west-1' };

  const platform = new Stack(app, 'Platform', { env });
  const key = new kms.Key(platform, 'SecretsKey', { enableKeyRotation: true });
  const secret = new secretsmanager.Secret(platform, 'WeatherKey', { encryptionKey: key, generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'api_key' } });
  const weather = new ApiKeyProvider(platform, 'Weather', { providerName: 'acme-weather', apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });
  for (const [name, value] of [['arn', weather.providerArn], ['secret-arn', secret.secretArn], ['secret-key-arn', key.keyArn]]) {
    new ssm.StringParameter(platform, `Parameter-${name}`, { parameterName: `/agents/providers/acme-weather/${name}`, stringValue: value });
  }

  const travel = new Stack(app, 'Travel', { env });
  forecaster(travel, 'travel-tools', weather);

  const events = new Stack(app, 'Events', { env });
  forecaster(events, 'event-tools', ApiKeyProvider.fromProviderName(events, 'Weather', 'acme-weather', { apiKey: keyOfThePlatform(events) }));

  const fleet = new Stack(app, 'Fleet', { env });
  forecaster(fleet, 'fleet-tools', ApiKeyProvider.fromProviderArn(fleet, 'Weather', parameter(fleet, 'arn'), { apiKey: keyOfThePlatform(fleet) }));
  return app;
}

function forecaster(stack: Stack, team: string, weather: IApiKeyProvider): void {
  const fn = new lambda.Function(stack, 'ForecasterFunction', {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases'), `${team}/2026-11-01.zip`, { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  });
  const agent = new Agent(stack, 'Forecaster', { owner: AgentOwner.team(team, `${team}@example.com`), host: AgentHost.lambdaFunction(fn) });
  agent.may(Capability.useApiKey(weather, { reason: 'Warns of weather that gets in the way of what is planned' }));
  fn.addEnvironment('AGENT', agent.manifest);
}

/** What the platform team has written down about its provider. */
function parameter(stack: Stack, name: string): string {
  return ssm.StringParameter.valueForStringParameter(stack, `/agents/providers/acme-weather/${name}`);
}

function keyOfThePlatform(stack: Stack): ApiKey {
  return ApiKey.fromSecretsManager(secretsmanager.Secret.fromSecretAttributes(stack, 'WeatherKey', {
    secretCompleteArn: parameter(stack, 'secret-arn'),
    encryptionKey: kms.Key.fromKeyArn(stack, 'SecretsKey', parameter(stack, 'secret-key-arn')),
  }), 'api_key');
}
