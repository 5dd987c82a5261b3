import {
  ApiKey,
  ApiKeyProvider,
  ClientSecret,
  CustomOAuth2Provider,
  GitHubOAuth2Provider,
  GoogleOAuth2Provider,
  OAuth2Discovery,
  TokenVaultEncryption,
} from 'cdk-agentcore-identity';
import { aws_kms as kms, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * What the platform team owns: the clients at Google, GitHub and the ticket system, their secrets, and the key of the token
 * vault.
 *
 * CloudFormation makes each secret with a random value in the right shape; the platform team puts the real one in after the
 * first deployment, and rotates it there. AgentCore reads it whenever it needs it, so neither needs a deployment.
 */
export class PlatformStack extends Stack {
  public readonly google: GoogleOAuth2Provider;
  public readonly weather: ApiKeyProvider;
  public readonly ticketsAsMachine: CustomOAuth2Provider;
  public readonly ticketsAsUser: CustomOAuth2Provider;

  private readonly key: kms.Key;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.key = new kms.Key(this, 'AgentSecretsKey', { description: 'Protects the secrets behind the agents\' providers', enableKeyRotation: true });

    // Users' access and refresh tokens are in the token vault; nobody can decrypt them but AgentCore for an agent's role.
    new TokenVaultEncryption(this, 'TokenVault');

    this.google = new GoogleOAuth2Provider(this, 'Google', {
      providerName: 'acme-google-calendar',
      clientId: '402017748393-agents.apps.googleusercontent.com',
      clientSecret: ClientSecret.fromSecretsManager(this.secret('GoogleClient', 'client_secret'), 'client_secret'),
    });
    this.weather = new ApiKeyProvider(this, 'Weather', {
      providerName: 'acme-weather',
      apiKey: ApiKey.fromSecretsManager(this.secret('WeatherKey', 'api_key'), 'api_key'),
    });

    // Two clients for the ticket system: IAM cannot tell grant types and scopes of one client apart, so reading as a machine
    // and writing as a user each get their own.
    const tickets = OAuth2Discovery.url('https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration');
    this.ticketsAsMachine = new CustomOAuth2Provider(this, 'TicketsAsMachine', {
      providerName: 'acme-tickets-machine',
      clientId: '0oa1triagemachine',
      clientSecret: ClientSecret.fromSecretsManager(this.secret('TicketsMachineClient', 'client_secret'), 'client_secret'),
      discovery: tickets,
    });
    this.ticketsAsUser = new CustomOAuth2Provider(this, 'TicketsAsUser', {
      providerName: 'acme-tickets-user',
      clientId: '0oa2triageuser',
      clientSecret: ClientSecret.fromSecretsManager(this.secret('TicketsUserClient', 'client_secret'), 'client_secret'),
      discovery: tickets,
    });

    // The GitHub agent lives in another team's repository, which knows the provider by name and its secret by this parameter.
    const gitHubClient = this.secret('GitHubClient', 'client_secret');
    new GitHubOAuth2Provider(this, 'GitHub', {
      providerName: 'acme-github',
      clientId: 'Iv1.8a61f9b3a7aba766',
      clientSecret: ClientSecret.fromSecretsManager(gitHubClient, 'client_secret'),
    });
    new ssm.StringParameter(this, 'GitHubClientSecretArn', {
      parameterName: '/agents/providers/acme-github/secret-arn',
      stringValue: gitHubClient.secretArn,
    });
    new ssm.StringParameter(this, 'AgentSecretsKeyArn', { parameterName: '/agents/secrets-key-arn', stringValue: this.key.keyArn });
  }

  private secret(id: string, member: string): secretsmanager.Secret {
    return new secretsmanager.Secret(this, id, {
      encryptionKey: this.key,
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: member },
    });
  }
}
