import { App, aws_bedrockagentcore as agentcore, aws_ecs as ecs, aws_iam as iam, aws_lambda as lambda, SecretValue, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The roles of the app, by the names of the sweep. */
export interface CompanyRoles {
  readonly scheduler: iam.IRole;
  readonly salesPage: iam.IRole;
  readonly pullRequests: iam.IRole;
  readonly pullRequestsPage: iam.IRole;
  readonly triage: iam.IRole;
  readonly triagePage: iam.IRole;
}

/**
 * The example app as the official L2s have it, in one stack: the same identities, providers, functions and tasks, and their
 * `grantUse` where the example declares a capability. Nothing is made worse than the L2s make it: no grant is given that the
 * example does not need.
 */
export function officialL2CompanyApp(env: { account: string; region: string }): { readonly app: App; readonly stack: Stack; readonly roles: CompanyRoles } {
  const app = new App();
  const stack = new Stack(app, 'Company', { env });
  const client = { clientId: 'client', clientSecret: SecretValue.secretsManager('agents/client') };
  const tickets = { ...client, discoveryUrl: 'https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration' };
  const google = agentcore.OAuth2CredentialProvider.usingGoogle(stack, 'Google', { ...client, oAuth2CredentialProviderName: 'acme-google-calendar' });
  const gitHub = agentcore.OAuth2CredentialProvider.usingGithub(stack, 'GitHub', { ...client, oAuth2CredentialProviderName: 'acme-github' });
  const machine = agentcore.OAuth2CredentialProvider.usingCustom(stack, 'Machine', { ...tickets, oAuth2CredentialProviderName: 'acme-tickets-machine' });
  const user = agentcore.OAuth2CredentialProvider.usingCustom(stack, 'User', { ...tickets, oAuth2CredentialProviderName: 'acme-tickets-user' });
  const weather = new agentcore.ApiKeyCredentialProvider(stack, 'Weather', {
    apiKeyCredentialProviderName: 'acme-weather', apiKey: SecretValue.secretsManager('agents/weather'),
  });

  const roles: CompanyRoles = {
    scheduler: lambdaRole(stack, 'Scheduler'),
    salesPage: lambdaRole(stack, 'SalesPage'),
    pullRequests: new ecs.FargateTaskDefinition(stack, 'PullRequests').taskRole,
    pullRequestsPage: lambdaRole(stack, 'PullRequestsPage'),
    triage: lambdaRole(stack, 'Triage'),
    triagePage: lambdaRole(stack, 'TriagePage'),
  };
  identity(stack, 'scheduler').grantUse(roles.scheduler);
  google.grantUse(roles.scheduler);
  weather.grantUse(roles.scheduler);
  google.grantUse(roles.salesPage);
  identity(stack, 'pull-requests').grantUse(roles.pullRequests);
  gitHub.grantUse(roles.pullRequests);
  gitHub.grantUse(roles.pullRequestsPage);
  identity(stack, 'triage').grantUse(roles.triage);
  machine.grantUse(roles.triage);
  user.grantUse(roles.triage);
  user.grantUse(roles.triagePage);
  return { app, stack, roles };
}

function identity(scope: Construct, name: string): agentcore.WorkloadIdentity {
  return new agentcore.WorkloadIdentity(scope, `Identity-${name}`, { workloadIdentityName: name });
}

function lambdaRole(scope: Construct, id: string): iam.IRole {
  return new lambda.Function(scope, id, { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}') }).role!;
}
