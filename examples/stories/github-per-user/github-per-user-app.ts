import { Agent, AgentHost, AgentOwner, AgentPart, Capability, ClientSecret, GitHubOAuth2Provider, GitHubScope, TokenIssuer, TokenVaultEncryption, Users } from 'cdk-agentcore-identity';
import { App, AppProps, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack } from 'aws-cdk-lib';

/*
 * An agent that reviews pull requests had one token that saw every repository. Now it has each engineer's own, once the engineer has
 * consented: GitHub decides what each of them may see, and nothing is left that the agent could do without one.
 */
export function gitHubPerUserApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Reviews', { env: { account: '111122223333', region: 'eu-west-1' } });

  TokenVaultEncryption.fromKey(stack, 'TokenVault', kms.Key.fromKeyArn(stack, 'VaultKey', ssm.StringParameter.valueForStringParameter(stack, '/agents/token-vault-key-arn')));
  const gitHub = new GitHubOAuth2Provider(stack, 'GitHub', {
    providerName: 'acme-github',
    clientId: 'Iv1.8a61f9b3a7aba766',
    clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'GitHubClient', {
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
  const reviewer = made('ReviewerFunction', 'reviewer');
  const agent = new Agent(stack, 'Reviewer', {
    owner: AgentOwner.team('developer-experience', 'devex@example.com'),
    host: AgentHost.lambdaFunction(reviewer),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.lambdaFunction(made('ReturnPageFunction', 'return-page')))],
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] })],
    returnUrls: ['https://agents.acme.example/oauth/return'],
  });
  agent.may(Capability.actAsUser(gitHub, {
    scopes: [GitHubScope.REPO],
    users: Users.anyOfTheIssuer({ reason: 'Every engineer may ask for a review, and GitHub shows each only their own repositories' }),
    reason: 'Reads pull requests and comments on them as the engineer who asked',
  }));
  reviewer.addEnvironment('AGENT', agent.manifest);
  return app;
}
