import {
  AgentOwner,
  ClientSecret,
  CustomOAuth2Provider,
  CustomScope,
  GatewayInbound,
  GatewayTarget,
  OAuth2Discovery,
  OAuthGrantType,
  TargetCredentials,
  TokenVaultEncryption,
  ToolAccess,
  ToolGateway,
  ToolTarget,
} from 'cdk-agentcore-identity';
import { aws_kms as kms, aws_secretsmanager as secretsmanager, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Where the market's users and machines get their tokens. */
export const MARKET_ISSUER = 'https://id.market.example';

/** The scope that the calendar asks for. */
export const CALL = 'mcp:call';

/** The scope for changing it. */
export const PROPOSE = 'calendar:propose';

const VAULT_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/5a1b9c3d-7e2f-4a60-8b1c-0d9e8f7a6b5c';
const OWNER = AgentOwner.team('market-data', 'market-data@example.com');

/**
 * What the market-data team owns: the calendar's MCP server, which takes no call without the scope `mcp:call`, and two gateways in
 * front of it. Both call it as themselves, with a client that is registered for that scope alone.
 */
export class CalendarStack extends Stack {
  /** For everybody with a token of the market: users by their own, machines by theirs. The tools say which scopes they need. */
  public readonly tools: ToolGateway;

  /** For roles of the own account. Its tools are for those agents that declare them. */
  public readonly inside: ToolGateway;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const encryptionKey = new kms.Key(this, 'Key', { description: 'Protects the secret of the gateways\' client, and the gateways', enableKeyRotation: true });
    // The platform team has put the account's token vault under this key.
    TokenVaultEncryption.fromKey(this, 'TokenVault', kms.Key.fromKeyArn(this, 'VaultKey', VAULT_KEY));
    const client = new CustomOAuth2Provider(this, 'CalendarClient', {
      providerName: 'market-calendar',
      clientId: 'calendar-gateway',
      clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(this, 'CalendarClientSecret', {
        encryptionKey,
        generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' },
      }), 'client_secret'),
      discovery: OAuth2Discovery.url(`${MARKET_ISSUER}/.well-known/openid-configuration`),
    });

    this.tools = new ToolGateway(this, 'Tools', { owner: OWNER, encryptionKey, inbound: GatewayInbound.jwt({ issuer: MARKET_ISSUER, audiences: ['market-tools'] }) });
    const calendar = this.calendar(this.tools, client);
    calendar.tool('list_market_days').requires(ToolAccess.allScopes(CALL));
    calendar.tool('propose_holiday').requires(ToolAccess.allScopes(CALL, PROPOSE));

    this.inside = new ToolGateway(this, 'Inside', { owner: OWNER, encryptionKey, inbound: GatewayInbound.iam() });
    this.calendar(this.inside, client).tool('propose_holiday').requires(ToolAccess.nobody());
  }

  private calendar(gateway: ToolGateway, client: CustomOAuth2Provider): ToolTarget {
    return gateway.addTarget('MarketCalendar', GatewayTarget.mcpServer('https://calendar.market.example/mcp'), {
      credentials: TargetCredentials.oauth2(client, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [CustomScope.of(CALL)] }),
      description: 'The days on which markets are open',
    });
  }
}
