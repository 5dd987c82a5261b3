import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'XOauth2';

/**
 * Scopes of X's API, version 2.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 */
export class XScope extends OAuth2Scope {
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new XScope('offline.access');
  /** Read all posts that the user can see. */
  public static readonly TWEET_READ = new XScope('tweet.read');
  /** Post and repost. */
  public static readonly TWEET_WRITE = new XScope('tweet.write');
  /** Hide and unhide replies. */
  public static readonly TWEET_MODERATE_WRITE = new XScope('tweet.moderate.write');
  /** See all accounts that the user can see. */
  public static readonly USERS_READ = new XScope('users.read');
  /** See whom the user follows, and who follows the user. */
  public static readonly FOLLOWS_READ = new XScope('follows.read');
  /** Follow and unfollow. */
  public static readonly FOLLOWS_WRITE = new XScope('follows.write');
  /** See likes. */
  public static readonly LIKE_READ = new XScope('like.read');
  /** Like and unlike. */
  public static readonly LIKE_WRITE = new XScope('like.write');
  /** See lists. */
  public static readonly LIST_READ = new XScope('list.read');
  /** Manage lists. */
  public static readonly LIST_WRITE = new XScope('list.write');
  /** See bookmarks. */
  public static readonly BOOKMARK_READ = new XScope('bookmark.read');
  /** Manage bookmarks. */
  public static readonly BOOKMARK_WRITE = new XScope('bookmark.write');
  /** Read direct messages. */
  public static readonly DM_READ = new XScope('dm.read');
  /** Send and manage direct messages. */
  public static readonly DM_WRITE = new XScope('dm.write');
  /** Upload media. */
  public static readonly MEDIA_WRITE = new XScope('media.write');
  /** See muted accounts. */
  public static readonly MUTE_READ = new XScope('mute.read');
  /** Mute and unmute accounts. */
  public static readonly MUTE_WRITE = new XScope('mute.write');
  /** See blocked accounts. */
  public static readonly BLOCK_READ = new XScope('block.read');
  /** See spaces. */
  public static readonly SPACE_READ = new XScope('space.read');

  /** A scope that is not listed here, as X documents it. */
  public static of(value: string): XScope {
    return new XScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** An X app with OAuth 2.0 enabled, as a confidential client. */
export interface XOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for X.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. Client id and
 * secret are those of OAuth 2.0, not the API key. A refresh token is only issued when the agent asks for the scope
 * `offline.access`; without it the user is asked again whenever the access token ends (two hours).
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-x.html
 */
export class XOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: XOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig', refreshTokenScope: 'offline.access' } });
  }
}
