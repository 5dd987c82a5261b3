import {
  Agent, AgentHost, AgentOwner, AgentPart, AgentRuntimeRole, Capability, ClientSecret, FrontEnd, GoogleOAuth2Provider, GoogleScope, TokenVaultEncryption, TrustedUserIds,
} from 'cdk-agentcore-identity';
import { App, AppProps, aws_bedrockagentcore as agentcore, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack } from 'aws-cdk-lib';

/*
 * Customers sign in to a portal with Cognito, and the portal invokes an agent for the customer whom it names: it alone may, since AWS takes its word.
 * A nightly job invokes the same agent and may name nobody.
 */
export function trustedFrontEndApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Portal', { env: { account: '111122223333', region: 'eu-west-1' } });

  TokenVaultEncryption.fromKey(stack, 'TokenVault', kms.Key.fromKeyArn(stack, 'VaultKey', ssm.StringParameter.valueForStringParameter(stack, '/agents/token-vault-key-arn')));
  const google = new GoogleOAuth2Provider(stack, 'Google', {
    providerName: 'acme-portal-calendar',
    clientId: '402017748393-portal.apps.googleusercontent.com',
    clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'GoogleClient', {
      encryptionKey: new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true }),
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' },
    }), 'client_secret'),
  });

  const releases = s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases');
  const fn = (id: string, release: string) => AgentHost.lambdaFunction(new lambda.Function(stack, `${id}Function`, {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(releases, `${release}/2026-11-01.zip`, { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  }));
  const role = new AgentRuntimeRole(stack, 'VisitsRole', { runtimeName: 'visits' });
  const runtime = new agentcore.CfnRuntime(stack, 'VisitsRuntime', {
    agentRuntimeName: 'visits',
    agentRuntimeArtifact: { codeConfiguration: { code: { s3: { bucket: 'acme-releases', prefix: 'visits/2026-11-01.zip' } }, entryPoint: ['main.py'], runtime: 'PYTHON_3_13' } },
    networkConfiguration: { networkMode: 'VPC', networkModeConfig: { subnets: ['subnet-0a1b2c3d4e5f60718'], securityGroups: ['sg-0a1b2c3d4e5f60718'] } },
    roleArn: role.roleArn,
  });
  const agent = new Agent(stack, 'Visits', {
    owner: AgentOwner.team('customer-portal', 'customer-portal@example.com'),
    host: AgentHost.agentRuntime(runtime, { role }),
    parts: [AgentPart.returnPage('ReturnPage', fn('ReturnPage', 'return-page'))],
    returnUrls: ['https://portal.acme.example/oauth/return'],
  });
  const userIds = TrustedUserIds.withPrefix('cognito+');
  agent.may(Capability.actAsTrustedUserId(google, { scopes: [GoogleScope.CALENDAR_READONLY], userIds, reason: 'Offers visits at times when the customer is free' }));
  agent.onlyInvokedBy(
    FrontEnd.invokingForTrustedUserIds('Web', fn('Web', 'portal'), {
      userIds,
      enforcedByApplication: 'The portal takes the id from the token that Cognito signed, and puts the prefix in front (session.ts)',
      reason: 'Customers arrange visits in the portal',
    }),
    FrontEnd.invoking('Nightly', fn('Nightly', 'nightly'), { reason: 'Asks once a night for the list of open visits' }),
  );
  runtime.environmentVariables = { AGENT: agent.manifest };
  return app;
}
