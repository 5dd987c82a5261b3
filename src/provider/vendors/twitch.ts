import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'TwitchOauth2';

/**
 * Scopes of Twitch's API and chat.
 *
 * @see https://dev.twitch.tv/docs/authentication/scopes/
 */
export class TwitchScope extends OAuth2Scope {
  /** See the user's email address. */
  public static readonly USER_READ_EMAIL = new TwitchScope('user:read:email');
  /** See which channels the user follows. */
  public static readonly USER_READ_FOLLOWS = new TwitchScope('user:read:follows');
  /** See the user's subscriptions. */
  public static readonly USER_READ_SUBSCRIPTIONS = new TwitchScope('user:read:subscriptions');
  /** See the user's broadcasting configuration. */
  public static readonly USER_READ_BROADCAST = new TwitchScope('user:read:broadcast');
  /** Receive chat messages and events as the user. */
  public static readonly USER_READ_CHAT = new TwitchScope('user:read:chat');
  /** Send chat messages as the user. */
  public static readonly USER_WRITE_CHAT = new TwitchScope('user:write:chat');
  /** Join chats as a bot. */
  public static readonly USER_BOT = new TwitchScope('user:bot');
  /** Let a bot join the channel's chat. */
  public static readonly CHANNEL_BOT = new TwitchScope('channel:bot');
  /** Read chat through IRC. */
  public static readonly CHAT_READ = new TwitchScope('chat:read');
  /** Send chat messages through IRC. */
  public static readonly CHAT_EDIT = new TwitchScope('chat:edit');
  /** See the channel's subscribers. */
  public static readonly CHANNEL_READ_SUBSCRIPTIONS = new TwitchScope('channel:read:subscriptions');
  /** See channel point rewards and their redemptions. */
  public static readonly CHANNEL_READ_REDEMPTIONS = new TwitchScope('channel:read:redemptions');
  /** See the channel's polls. */
  public static readonly CHANNEL_READ_POLLS = new TwitchScope('channel:read:polls');
  /** Manage the channel's polls. */
  public static readonly CHANNEL_MANAGE_POLLS = new TwitchScope('channel:manage:polls');
  /** Change the channel's title, category and tags. */
  public static readonly CHANNEL_MANAGE_BROADCAST = new TwitchScope('channel:manage:broadcast');
  /** Manage the channel's schedule. */
  public static readonly CHANNEL_MANAGE_SCHEDULE = new TwitchScope('channel:manage:schedule');
  /** Manage the channel's videos. */
  public static readonly CHANNEL_MANAGE_VIDEOS = new TwitchScope('channel:manage:videos');
  /** Create clips. */
  public static readonly CLIPS_EDIT = new TwitchScope('clips:edit');
  /** See the channel's moderation data. */
  public static readonly MODERATION_READ = new TwitchScope('moderation:read');
  /** See who is in the chat. */
  public static readonly MODERATOR_READ_CHATTERS = new TwitchScope('moderator:read:chatters');
  /** See who follows the channel. */
  public static readonly MODERATOR_READ_FOLLOWERS = new TwitchScope('moderator:read:followers');
  /** Send announcements. */
  public static readonly MODERATOR_MANAGE_ANNOUNCEMENTS = new TwitchScope('moderator:manage:announcements');
  /** Delete chat messages. */
  public static readonly MODERATOR_MANAGE_CHAT_MESSAGES = new TwitchScope('moderator:manage:chat_messages');
  /** Ban and unban users. */
  public static readonly MODERATOR_MANAGE_BANNED_USERS = new TwitchScope('moderator:manage:banned_users');

  /** A scope that is not listed here, as Twitch documents it. */
  public static of(value: string): TwitchScope {
    return new TwitchScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Twitch application with the client type Confidential. */
export interface TwitchOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Twitch.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. The client type
 * of the application must be Confidential, or it has no secret.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-twitch.html
 */
export class TwitchOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: TwitchOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig' } });
  }
}
