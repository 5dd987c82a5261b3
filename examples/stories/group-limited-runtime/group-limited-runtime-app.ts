import {
  Agent, AgentHost, AgentOwner, AgentPart, AgentRuntimeRole, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope, TokenIssuer, TokenVaultEncryption, Users,
} from 'cdk-agentcore-identity';
import {
  App, AppProps, aws_bedrockagentcore as agentcore, aws_ecr as ecr, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager,
  aws_ssm as ssm, Stack,
} from 'aws-cdk-lib';

/*
 * Account managers, one group at the company's Okta, have an agent on AgentCore Runtime look into their calendars.
 * IAM knows no groups, so the runtime's authorizer checks the group before any code of the agent runs.
 */
export function groupLimitedRuntimeApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Sales', { env: { account: '111122223333', region: 'eu-west-1' } });
  const parameter = (name: string) => ssm.StringParameter.valueForStringParameter(stack, name);

  // The platform team has put the account's token vault under this key.
  TokenVaultEncryption.fromKey(stack, 'TokenVault', kms.Key.fromKeyArn(stack, 'VaultKey', parameter('/agents/token-vault-key-arn')));
  const google = new GoogleOAuth2Provider(stack, 'Google', {
    providerName: 'acme-sales-calendar',
    clientId: '402017748393-sales.apps.googleusercontent.com',
    clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'GoogleClient', {
      encryptionKey: new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true }),
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' },
    }), 'client_secret'),
  });

  const role = new AgentRuntimeRole(stack, 'SchedulerRole', { runtimeName: 'scheduler', repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'agents/scheduler') });
  const runtime = new agentcore.CfnRuntime(stack, 'SchedulerRuntime', {
    agentRuntimeName: 'scheduler',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/agents/scheduler:2026-11-01' } },
    networkConfiguration: { networkMode: 'VPC', networkModeConfig: { subnets: ['subnet-0a1b2c3d4e5f60718'], securityGroups: ['sg-0a1b2c3d4e5f60718'] } },
    roleArn: role.roleArn,
  });
  const returnPage = new lambda.Function(stack, 'ReturnPage', {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases'), 'return-page/2026-11-01.zip', { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  });
  const scheduler = new Agent(stack, 'Scheduler', {
    owner: AgentOwner.team('sales-tools', 'sales-tools@example.com'),
    host: AgentHost.agentRuntime(runtime, { role }),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.lambdaFunction(returnPage))],
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })],
    returnUrls: ['https://agents.acme.example/oauth/return'],
  });
  scheduler.may(Capability.actAsUser(google, {
    scopes: [GoogleScope.CALENDAR_READONLY],
    users: Users.inGroup('account-managers'),
    reason: 'Finds free slots for account managers and their customers',
  }));
  runtime.environmentVariables = { AGENT: scheduler.manifest };
  return app;
}
