import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'SalesforceOauth2';

/**
 * Scopes of Salesforce connected apps and external client apps. They choose an API, not objects: what the token reaches
 * is set by the user's permissions.
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_tokens_scopes.htm
 */
export class SalesforceScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new SalesforceScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new SalesforceScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new SalesforceScope('email');
  /** Use the identity URL service: profile, email, address and phone. */
  public static readonly ID = new SalesforceScope('id');
  /** Use the REST, Bulk and Connect APIs with all permissions of the user. */
  public static readonly API = new SalesforceScope('api');
  /** Receive a refresh token. The same as `offline_access`. */
  public static readonly REFRESH_TOKEN = new SalesforceScope('refresh_token');
  /** Receive a refresh token. The same as `refresh_token`. */
  public static readonly OFFLINE_ACCESS = new SalesforceScope('offline_access');
  /** Everything that the user may do, all other scopes included, but for the refresh token. */
  public static readonly FULL = new SalesforceScope('full');
  /** Use the access token in a browser, Visualforce pages included. */
  public static readonly WEB = new SalesforceScope('web');
  /** Use files and content resources. */
  public static readonly CONTENT = new SalesforceScope('content');
  /** Use the Connect REST API only. */
  public static readonly CHATTER_API = new SalesforceScope('chatter_api');
  /** Use the bot APIs. */
  public static readonly CHATBOT_API = new SalesforceScope('chatbot_api');
  /** See the custom permissions of the user's org. */
  public static readonly CUSTOM_PERMISSIONS = new SalesforceScope('custom_permissions');
  /** Use the CRM Analytics API. */
  public static readonly WAVE_API = new SalesforceScope('wave_api');
  /** Use Account Engagement. */
  public static readonly PARDOT_API = new SalesforceScope('pardot_api');
  /** Use the generative AI APIs. */
  public static readonly EINSTEIN_GPT_API = new SalesforceScope('einstein_gpt_api');
  /** Use the Salesforce API platform, agents included. */
  public static readonly SFAP_API = new SalesforceScope('sfap_api');
  /** Use Salesforce's hosted MCP servers. */
  public static readonly MCP_API = new SalesforceScope('mcp_api');
  /** Query Data Cloud. */
  public static readonly CDP_QUERY_API = new SalesforceScope('cdp_query_api');
  /** Manage profiles in Data Cloud. */
  public static readonly CDP_PROFILE_API = new SalesforceScope('cdp_profile_api');
  /** Ingest data into Data Cloud. */
  public static readonly CDP_INGEST_API = new SalesforceScope('cdp_ingest_api');

  /** A scope that is not listed here, as Salesforce documents it. */
  public static of(value: string): SalesforceScope {
    return new SalesforceScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Salesforce connected app or external client app. */
export interface SalesforceOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Salesforce.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. Register the
 * app with PKCE and with the secret required for the web server flow, and enable the client credentials flow if an
 * agent is to act as itself. A refresh token is only issued when the agent asks for the scope `refresh_token`.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-salesforce.html
 */
export class SalesforceOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: SalesforceOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'salesforceOauth2ProviderConfig', refreshTokenScope: 'refresh_token' } });
  }
}
