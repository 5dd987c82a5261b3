import { Agent, AgentHost, AgentOwner, AgentPart, AtlassianOAuth2Provider, AtlassianScope, Capability, ClientSecret, TokenIssuer, TokenVaultEncryption, Users } from 'cdk-agentcore-identity';
import { App, AppProps, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack } from 'aws-cdk-lib';

/*
 * After consent the browser comes back to a page, which makes sure that it is the same person, and only then completes the session.
 * An agent that is talked into opening somebody else's link cannot: the page's role completes sessions, and does nothing else.
 */
export function sessionBindingApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Standup', { env: { account: '111122223333', region: 'eu-west-1' } });

  TokenVaultEncryption.fromKey(stack, 'TokenVault', kms.Key.fromKeyArn(stack, 'VaultKey', ssm.StringParameter.valueForStringParameter(stack, '/agents/token-vault-key-arn')));
  const jira = new AtlassianOAuth2Provider(stack, 'Jira', {
    providerName: 'acme-jira',
    clientId: 'Vq3xW8kLr2TzN6bYc0PdHs5eMfJg7uAo',
    clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'JiraClient', {
      encryptionKey: new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true }),
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' },
    }), 'client_secret'),
  });

  const releases = s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases');
  const made = (id: string, release: string) => new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(releases, `${release}/2026-11-01.zip`, { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  });
  const standup = made('StandupFunction', 'standup');
  const agent = new Agent(stack, 'Standup', {
    owner: AgentOwner.team('office-tools', 'office-tools@example.com'),
    host: AgentHost.lambdaFunction(standup),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.lambdaFunction(made('ReturnPageFunction', 'return-page')))],
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })],
    returnUrls: ['https://standup.acme.example/oauth/return'],
  });
  agent.may(Capability.actAsUser(jira, {
    scopes: [AtlassianScope.READ_JIRA_WORK],
    users: Users.anyOfTheIssuer({ reason: 'Every employee takes part in a standup, and Jira shows each only their own projects' }),
    reason: 'Gathers what each member of a team has worked on since the last standup',
  }));
  standup.addEnvironment('AGENT', agent.manifest);
  return app;
}
