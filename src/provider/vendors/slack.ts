import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'SlackOauth2';

/**
 * Scopes of a Slack bot token. Scopes of user tokens, such as `search:read`, are of no use with the built-in provider.
 *
 * @see https://docs.slack.dev/reference/scopes
 */
export class SlackScope extends OAuth2Scope {
  /** See messages that mention the app. */
  public static readonly APP_MENTIONS_READ = new SlackScope('app_mentions:read');
  /** See the bookmarks of channels. */
  public static readonly BOOKMARKS_READ = new SlackScope('bookmarks:read');
  /** Read canvases. */
  public static readonly CANVASES_READ = new SlackScope('canvases:read');
  /** Create, change and remove canvases. */
  public static readonly CANVASES_WRITE = new SlackScope('canvases:write');
  /** Read messages of public channels that the app is in. */
  public static readonly CHANNELS_HISTORY = new SlackScope('channels:history');
  /** Join public channels. */
  public static readonly CHANNELS_JOIN = new SlackScope('channels:join');
  /** See the names and properties of public channels. */
  public static readonly CHANNELS_READ = new SlackScope('channels:read');
  /** Send messages as the app. */
  public static readonly CHAT_WRITE = new SlackScope('chat:write');
  /** Send messages to public channels that the app is not in. */
  public static readonly CHAT_WRITE_PUBLIC = new SlackScope('chat:write.public');
  /** See custom emoji. */
  public static readonly EMOJI_READ = new SlackScope('emoji:read');
  /** Read files of conversations that the app is in. */
  public static readonly FILES_READ = new SlackScope('files:read');
  /** Upload, change and delete files as the app. */
  public static readonly FILES_WRITE = new SlackScope('files:write');
  /** Read messages of private channels that the app is in. */
  public static readonly GROUPS_HISTORY = new SlackScope('groups:history');
  /** See the names and properties of private channels that the app is in. */
  public static readonly GROUPS_READ = new SlackScope('groups:read');
  /** Read direct messages with the app. */
  public static readonly IM_HISTORY = new SlackScope('im:history');
  /** See which direct messages the app is in. */
  public static readonly IM_READ = new SlackScope('im:read');
  /** Start direct messages. */
  public static readonly IM_WRITE = new SlackScope('im:write');
  /** Read group direct messages that the app is in. */
  public static readonly MPIM_HISTORY = new SlackScope('mpim:history');
  /** See pinned messages and files. */
  public static readonly PINS_READ = new SlackScope('pins:read');
  /** See reactions. */
  public static readonly REACTIONS_READ = new SlackScope('reactions:read');
  /** Add and remove reactions. */
  public static readonly REACTIONS_WRITE = new SlackScope('reactions:write');
  /** See the name, domain and icon of the workspace. */
  public static readonly TEAM_READ = new SlackScope('team:read');
  /** See user groups. */
  public static readonly USERGROUPS_READ = new SlackScope('usergroups:read');
  /** See the people of the workspace. */
  public static readonly USERS_READ = new SlackScope('users:read');
  /** See people's email addresses. */
  public static readonly USERS_READ_EMAIL = new SlackScope('users:read.email');

  /** A scope that is not listed here, as Slack documents it. */
  public static of(value: string): SlackScope {
    return new SlackScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Slack app. */
export interface SlackOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Slack, for what an app does under its own name.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. By a report
 * from the field they yield the bot token of the app, whoever consents: APIs that want a user token refuse it. For
 * those use `CustomOAuth2Provider` with `OAuth2Discovery.serverMetadata`, the issuer `https://slack.com`, and Slack's
 * endpoints for users: `https://slack.com/oauth/v2_user/authorize` and `https://slack.com/api/oauth.v2.user.access`.
 *
 * Also a bot token takes somebody who installs the app and consents: Slack gives no token without a user
 * (https://api.slack.com/docs/oauth), so agents declare `Capability.actAsUser`.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-slack.html
 */
export class SlackOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: SlackOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'slackOauth2ProviderConfig', hasClientCredentials: false } });
  }
}
