import {
  Agent,
  AgentHost,
  AgentOwner,
  AgentPart,
  Capability,
  ClientSecret,
  CustomScope,
  GitHubScope,
  IOAuth2Provider,
  OAuth2Provider,
  TokenIssuer,
  Users,
} from 'cdk-agentcore-identity';
import { join } from 'path';
import { aws_ecr as ecr, aws_ecs as ecs, aws_kms as kms, aws_lambda as lambda, aws_logs as logs, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface EngineeringStackProps extends StackProps {
  readonly ticketsAsMachine: IOAuth2Provider;
  readonly ticketsAsUser: IOAuth2Provider;
}

/**
 * The engineering team's two agents. Each has a return page with a role of its own: inside one role, IAM could not keep the
 * sessions of the two apart.
 */
export class EngineeringStack extends Stack {
  private readonly employees = TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] });

  constructor(scope: Construct, id: string, props: EngineeringStackProps) {
    super(scope, id, props);
    this.pullRequests();
    this.triage(props);
  }

  /** Reviews pull requests as the engineer who asked, rather than with one token that sees every repository. */
  private pullRequests(): void {
    const gitHub = OAuth2Provider.fromProviderName(this, 'GitHub', 'acme-github', {
      vendor: 'GithubOauth2',
      clientSecret: ClientSecret.fromSecretsManager(
        secretsmanager.Secret.fromSecretAttributes(this, 'GitHubClient', {
          secretCompleteArn: ssm.StringParameter.valueForStringParameter(this, '/agents/providers/acme-github/secret-arn'),
          encryptionKey: kms.Key.fromKeyArn(this, 'AgentSecretsKey', ssm.StringParameter.valueForStringParameter(this, '/agents/secrets-key-arn')),
        }),
        'client_secret',
      ),
    });
    const task = new ecs.FargateTaskDefinition(this, 'PullRequestsTask', { cpu: 512, memoryLimitMiB: 1024 });
    const agent = new Agent(this, 'PullRequests', {
      owner: AgentOwner.team('developer-experience', 'devex@example.com'),
      host: AgentHost.ecsTask(task),
      parts: [AgentPart.returnPage('ReturnPage', AgentHost.lambdaFunction(this.lambda('PullRequestsReturnPage', 'return-page')))],
      callers: [this.employees],
      returnUrls: ['https://agents.acme.example/oauth/return'],
    });
    agent.may(Capability.actAsUser(gitHub, {
      scopes: [GitHubScope.REPO],
      users: Users.anyOfTheIssuer({ reason: 'Every engineer may ask for a review, and GitHub shows each only their own repositories' }),
      reason: 'Reads and comments on pull requests as the engineer who asked',
    }));

    task.addContainer('agent', {
      image: ecs.ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'AgentImages', 'agents/pull-requests'), '2026-11-01'),
      environment: { AGENT: agent.manifest },
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'pull-requests', logRetention: logs.RetentionDays.ONE_YEAR }),
    });
  }

  /** Sorts incoming tickets without a user, and writes back only as the engineer who has confirmed it. */
  private triage(props: EngineeringStackProps): void {
    const triageFunction = this.lambda('TriageFunction', 'triage');
    const agent = new Agent(this, 'Triage', {
      owner: AgentOwner.team('support-tools', 'support-tools@example.com'),
      host: AgentHost.lambdaFunction(triageFunction),
      parts: [AgentPart.returnPage('ReturnPage', AgentHost.lambdaFunction(this.lambda('TriageReturnPage', 'return-page')))],
      callers: [this.employees],
      returnUrls: ['https://agents.acme.example/oauth/return'],
    });
    agent.may(
      Capability.actAsItself(props.ticketsAsMachine, {
        scopes: [CustomScope.of('tickets:read')],
        reason: 'Classifies each new ticket when the webhook arrives, before anybody has seen it',
      }),
      Capability.actAsUser(props.ticketsAsUser, {
        scopes: [CustomScope.of('tickets:write')],
        users: Users.anyOfTheIssuer({ reason: 'The ticket system itself checks who may write in which project' }),
        reason: 'Writes the answer as the engineer who confirmed it, so that the history names a person',
      }),
    );

    triageFunction.addEnvironment('AGENT', agent.manifest);
  }

  private lambda(id: string, folder: string): lambda.Function {
    return new lambda.Function(this, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(__dirname, folder)),
    });
  }
}
