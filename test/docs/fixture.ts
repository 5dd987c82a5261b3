import { App, aws_ecr as ecr, aws_ecs as ecs, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, ClientSecret, CustomOAuth2Provider, GitHubOAuth2Provider, GoogleOAuth2Provider, OAuth2Discovery, TokenIssuer } from '../../src';

/** Where the snippets are deployed to: the account and region of the example. */
export const ENVIRONMENT = { account: '111122223333', region: 'eu-west-1' };

/** What the snippets of the documentation may name without declaring it. A thing is made when a snippet names it. */
export class Fixture {
  /** The names, for telling which of them a snippet uses. */
  public static readonly NAMES = Object.entries(Object.getOwnPropertyDescriptors(Fixture.prototype))
    .filter(([, { get }]) => get !== undefined)
    .map(([name]) => name)
    .sort();

  constructor(private readonly stack: Stack) {}

  /** The app that the snippet's stack belongs to. */
  public get app(): App {
    return App.of(this.stack) as App;
  }

  /** Who answers for the agents. */
  public get owner(): AgentOwner {
    return AgentOwner.team('sales-tools', 'sales-tools@example.com');
  }

  /** Whose tokens prove an employee. */
  public get employees(): TokenIssuer {
    return TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] });
  }

  /** An agent for signed-in users, without any access yet. */
  public get agent(): Agent {
    return new Agent(this.stack, 'Agent', {
      owner: this.owner, host: AgentHost.role(this.roleOf('AgentRole')), callers: [this.employees], returnUrls: ['https://agents.acme.example/oauth/return'],
    });
  }

  /** A role that something else runs with. */
  public get role(): iam.Role {
    return this.roleOf('Role');
  }

  /** Where agents run. */
  public get schedulerFunction(): lambda.Function {
    return this.functionOf('SchedulerFunction');
  }

  public get triageFunction(): lambda.Function {
    return this.functionOf('TriageFunction');
  }

  /** What stands behind the tools for tickets. */
  public get ticketsFunction(): lambda.Function {
    return this.functionOf('TicketsFunction');
  }

  /** The page that users return to after consent. */
  public get returnPageFunction(): lambda.Function {
    return this.functionOf('ReturnPageFunction');
  }

  public get taskDefinition(): ecs.FargateTaskDefinition {
    return new ecs.FargateTaskDefinition(this.stack, 'Task');
  }

  /** The images of agents that run in containers. */
  public get images(): ecr.IRepository {
    return ecr.Repository.fromRepositoryName(this.stack, 'Images', 'agents/planner');
  }

  /** A customer-managed key. */
  public get key(): kms.Key {
    return new kms.Key(this.stack, 'Key');
  }

  /** The secret of the Google client. */
  public get googleClient(): secretsmanager.Secret {
    return this.secretOf('GoogleClient');
  }

  /** The secret of a client of the ticket system. */
  public get ticketsClient(): secretsmanager.Secret {
    return this.secretOf('TicketsClient');
  }

  /** The secret that holds the key of the weather service. */
  public get weatherKey(): secretsmanager.Secret {
    return this.secretOf('WeatherKey');
  }

  /** Providers that are made already. */
  public get google(): GoogleOAuth2Provider {
    return new GoogleOAuth2Provider(this.stack, 'Google', {
      clientId: '402017748393-agents.apps.googleusercontent.com',
      clientSecret: ClientSecret.fromSecretsManager(this.secretOf('GoogleSecret'), 'client_secret'),
    });
  }

  public get gitHub(): GitHubOAuth2Provider {
    return new GitHubOAuth2Provider(this.stack, 'GitHub', {
      clientId: 'Iv1.8a61f9b3a7aba766',
      clientSecret: ClientSecret.fromSecretsManager(this.secretOf('GitHubSecret'), 'client_secret'),
    });
  }

  public get tickets(): CustomOAuth2Provider {
    return new CustomOAuth2Provider(this.stack, 'Tickets', {
      clientId: '0oa1tickets',
      clientSecret: ClientSecret.fromSecretsManager(this.secretOf('TicketsSecret'), 'client_secret'),
      discovery: OAuth2Discovery.url('https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration'),
    });
  }

  public get weather(): ApiKeyProvider {
    return new ApiKeyProvider(this.stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(this.secretOf('WeatherSecret'), 'api_key') });
  }

  private roleOf(id: string): iam.Role {
    return new iam.Role(this.stack, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  }

  private functionOf(id: string): lambda.Function {
    return new lambda.Function(this.stack, id, {
      runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
  }

  private secretOf(id: string): secretsmanager.Secret {
    return new secretsmanager.Secret(this.stack, id);
  }
}
