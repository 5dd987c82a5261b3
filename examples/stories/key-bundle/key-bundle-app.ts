import { Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability } from 'cdk-agentcore-identity';
import { App, AppProps, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';

/*
 * A courier needs three keys of map services, and an account has room for 50 providers: the three are one bundle, of one agent, of one weight.
 * The key of the payment service weighs more. It stays out of the bundle, and the agent that has it gets no map.
 */
export function keyBundleApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Delivery', { env: { account: '111122223333', region: 'eu-west-1' } });
  const encryptionKey = new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true });
  const secret = (id: string, member: string) => new secretsmanager.Secret(stack, id, { encryptionKey, generateSecretString: { secretStringTemplate: '{}', generateStringKey: member } });

  const maps = new ApiKeyProvider(stack, 'Maps', {
    providerName: 'acme-maps',
    apiKey: ApiKey.bundleFromSecretsManager(secret('MapKeys', 'bundle'), 'bundle', ['geocoding', 'routing', 'tiles']),
  });
  const payments = new ApiKeyProvider(stack, 'Payments', {
    providerName: 'acme-payments',
    apiKey: ApiKey.fromSecretsManager(secret('PaymentsKey', 'api_key'), 'api_key'),
  });

  const owner = AgentOwner.team('delivery', 'delivery@example.com');
  const releases = s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases');
  const agentWith = (id: string, release: string, capability: Capability) => {
    const fn = new lambda.Function(stack, `${id}Function`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromBucketV2(releases, `${release}/2026-11-01.zip`, { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
    });
    const agent = new Agent(stack, id, { owner, host: AgentHost.lambdaFunction(fn) });
    agent.may(capability);
    fn.addEnvironment('AGENT', agent.manifest);
  };
  agentWith('Courier', 'courier', Capability.useApiKey(maps, { reason: 'Plans the tours of the day, with places, ways and a picture of each' }));
  agentWith('Cashier', 'cashier', Capability.useApiKey(payments, { reason: 'Refunds the delivery fee when a tour is late' }));
  return app;
}
