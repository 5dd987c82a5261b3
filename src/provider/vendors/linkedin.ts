import { Construct } from 'constructs';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';

const VENDOR = 'LinkedinOauth2';

/**
 * Permissions of LinkedIn. All but the first four need an approval by LinkedIn.
 *
 * @see https://learn.microsoft.com/en-us/linkedin/shared/authentication/getting-access
 */
export class LinkedInScope extends OAuth2Scope {
  /** Know who the member is: an ID token. */
  public static readonly OPENID = new LinkedInScope('openid');
  /** See the member's name, headline and photo. */
  public static readonly PROFILE = new LinkedInScope('profile');
  /** See the member's primary email address. */
  public static readonly EMAIL = new LinkedInScope('email');
  /** Post, comment and like for the member. */
  public static readonly W_MEMBER_SOCIAL = new LinkedInScope('w_member_social');
  /** See the member's basic profile. */
  public static readonly R_BASICPROFILE = new LinkedInScope('r_basicprofile');
  /** See how many connections the member has. */
  public static readonly R_1ST_CONNECTIONS_SIZE = new LinkedInScope('r_1st_connections_size');
  /** Read an organization's posts, comments and likes. */
  public static readonly R_ORGANIZATION_SOCIAL = new LinkedInScope('r_organization_social');
  /** Post, comment and like for an organization. */
  public static readonly W_ORGANIZATION_SOCIAL = new LinkedInScope('w_organization_social');
  /** Manage an organization's pages and read their statistics. */
  public static readonly RW_ORGANIZATION_ADMIN = new LinkedInScope('rw_organization_admin');
  /** Read advertising accounts. */
  public static readonly R_ADS = new LinkedInScope('r_ads');
  /** Manage advertising accounts. */
  public static readonly RW_ADS = new LinkedInScope('rw_ads');
  /** Read advertising reports. */
  public static readonly R_ADS_REPORTING = new LinkedInScope('r_ads_reporting');

  /** A scope that is not listed here, as LinkedIn documents it. */
  public static of(value: string): LinkedInScope {
    return new LinkedInScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A LinkedIn application. */
export interface LinkedInOAuth2ProviderProps extends OAuth2ClientProps {}

/**
 * OAuth2 credential provider for LinkedIn.
 *
 * The template holds the client id and the reference to its secret; endpoints are built into AgentCore. LinkedIn issues
 * refresh tokens to approved partners only: the members of others are asked again when the access token ends.
 *
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-linkedin.html
 */
export class LinkedInOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: LinkedInOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: { vendor: VENDOR, configProperty: 'linkedinOauth2ProviderConfig' } });
  }
}
