import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'FacebookOauth2';

/**
 * Permissions of Facebook Login. All but the first two need an app review by Meta.
 *
 * @see https://developers.facebook.com/docs/permissions
 */
export class FacebookScope extends OAuth2Scope {
  /** See the person's public profile. */
  public static readonly PUBLIC_PROFILE = new FacebookScope('public_profile');
  /** See the person's primary email address. */
  public static readonly EMAIL = new FacebookScope('email');
  /** See which friends use the app too. */
  public static readonly USER_FRIENDS = new FacebookScope('user_friends');
  /** Read the posts on the person's timeline. */
  public static readonly USER_POSTS = new FacebookScope('user_posts');
  /** See the person's photos. */
  public static readonly USER_PHOTOS = new FacebookScope('user_photos');
  /** See which pages the person manages. */
  public static readonly PAGES_SHOW_LIST = new FacebookScope('pages_show_list');
  /** Read what a page posts, and the data of its followers. */
  public static readonly PAGES_READ_ENGAGEMENT = new FacebookScope('pages_read_engagement');
  /** Read what others post on a page. */
  public static readonly PAGES_READ_USER_CONTENT = new FacebookScope('pages_read_user_content');
  /** Create, change and delete posts of a page. */
  public static readonly PAGES_MANAGE_POSTS = new FacebookScope('pages_manage_posts');
  /** Create, change and delete comments on a page. */
  public static readonly PAGES_MANAGE_ENGAGEMENT = new FacebookScope('pages_manage_engagement');
  /** Change a page's settings and webhooks. */
  public static readonly PAGES_MANAGE_METADATA = new FacebookScope('pages_manage_metadata');
  /** Read and send messages of a page. */
  public static readonly PAGES_MESSAGING = new FacebookScope('pages_messaging');
  /** Read the statistics of pages and apps. */
  public static readonly READ_INSIGHTS = new FacebookScope('read_insights');
  /** Use the Business Manager API. */
  public static readonly BUSINESS_MANAGEMENT = new FacebookScope('business_management');
  /** Read advertising accounts and reports. */
  public static readonly ADS_READ = new FacebookScope('ads_read');
  /** Manage advertising accounts. */
  public static readonly ADS_MANAGEMENT = new FacebookScope('ads_management');
  /** Read what people entered in lead forms. */
  public static readonly LEADS_RETRIEVAL = new FacebookScope('leads_retrieval');
  /** Read profile and media of an Instagram account. */
  public static readonly INSTAGRAM_BASIC = new FacebookScope('instagram_basic');
  /** Publish to an Instagram account. */
  public static readonly INSTAGRAM_CONTENT_PUBLISH = new FacebookScope('instagram_content_publish');
  /** Manage comments of an Instagram account. */
  public static readonly INSTAGRAM_MANAGE_COMMENTS = new FacebookScope('instagram_manage_comments');
  /** Read the statistics of an Instagram account. */
  public static readonly INSTAGRAM_MANAGE_INSIGHTS = new FacebookScope('instagram_manage_insights');
  /** Read and send messages of an Instagram account. */
  public static readonly INSTAGRAM_MANAGE_MESSAGES = new FacebookScope('instagram_manage_messages');

  /** A scope that is not listed here, as Facebook documents it. */
  public static of(value: string): FacebookScope {
    return new FacebookScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A Facebook app. */
export interface FacebookOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for Facebook.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. The app's
 * domains must contain `bedrock-agentcore.<region>.amazonaws.com`. Facebook issues no refresh tokens: the person is
 * asked again when the access token ends.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-facebook.html
 */
export class FacebookOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: FacebookOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'includedOauth2ProviderConfig' } });
  }
}
