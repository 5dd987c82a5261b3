import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'RedditOauth2';

/**
 * Scopes of Reddit's API.
 *
 * @see https://www.reddit.com/api/v1/scopes
 */
export class RedditScope extends OAuth2Scope {
  /** Know who the user is. */
  public static readonly IDENTITY = new RedditScope('identity');
  /** Read posts and comments. */
  public static readonly READ = new RedditScope('read');
  /** See the user's posts, comments and votes. */
  public static readonly HISTORY = new RedditScope('history');
  /** See which subreddits the user subscribes to, moderates or contributes to. */
  public static readonly MYSUBREDDITS = new RedditScope('mysubreddits');
  /** Submit posts and comments. */
  public static readonly SUBMIT = new RedditScope('submit');
  /** Change and delete the user's posts and comments. */
  public static readonly EDIT = new RedditScope('edit');
  /** Vote on posts and comments. */
  public static readonly VOTE = new RedditScope('vote');
  /** Save posts and comments. */
  public static readonly SAVE = new RedditScope('save');
  /** Report and hide posts and comments. */
  public static readonly REPORT = new RedditScope('report');
  /** Manage subscriptions and friends. */
  public static readonly SUBSCRIBE = new RedditScope('subscribe');
  /** Read and send private messages. */
  public static readonly PRIVATEMESSAGES = new RedditScope('privatemessages');
  /** Choose flairs. */
  public static readonly FLAIR = new RedditScope('flair');
  /** Read wiki pages. */
  public static readonly WIKIREAD = new RedditScope('wikiread');
  /** Change wiki pages. */
  public static readonly WIKIEDIT = new RedditScope('wikiedit');
  /** Approve, remove and mark posts of moderated subreddits. */
  public static readonly MODPOSTS = new RedditScope('modposts');
  /** Read the moderation log. */
  public static readonly MODLOG = new RedditScope('modlog');
  /** Manage the settings of moderated subreddits. */
  public static readonly MODCONFIG = new RedditScope('modconfig');
  /** Manage the flairs of moderated subreddits. */
  public static readonly MODFLAIR = new RedditScope('modflair');
  /** Manage the wiki of moderated subreddits. */
  public static readonly MODWIKI = new RedditScope('modwiki');

  /** A scope that is not listed here, as Reddit documents it. */
  public static of(value: string): RedditScope {
    return new RedditScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Reddit app of type web app. */
export interface RedditOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Reddit.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. A refresh token
 * is only issued when the agent asks with the custom parameter `duration=permanent`; without it the user is asked again
 * whenever the access token ends.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-reddit.html
 */
export class RedditOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: RedditOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig', refreshTokenParameters: { duration: 'permanent' } } });
  }
}
