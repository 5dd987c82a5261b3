import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { expectIssuer } from './issuer';
import { expectTenantDomain } from './tenant-domain';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'Auth0Oauth2';

/**
 * Scopes of Auth0: of OpenID Connect, and of its Management API. Scopes of your APIs are those that you gave them in
 * Auth0.
 *
 * @see https://auth0.com/docs/get-started/apis/scopes
 */
export class Auth0Scope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new Auth0Scope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new Auth0Scope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new Auth0Scope('email');
  /** See the user's postal address. */
  public static readonly ADDRESS = new Auth0Scope('address');
  /** See the user's phone number. */
  public static readonly PHONE = new Auth0Scope('phone');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new Auth0Scope('offline_access');
  /** Read the user's own record. */
  public static readonly READ_CURRENT_USER = new Auth0Scope('read:current_user');
  /** Change the user's own metadata. */
  public static readonly UPDATE_CURRENT_USER_METADATA = new Auth0Scope('update:current_user_metadata');
  /** Read all users. */
  public static readonly READ_USERS = new Auth0Scope('read:users');
  /** Create users. */
  public static readonly CREATE_USERS = new Auth0Scope('create:users');
  /** Change users. */
  public static readonly UPDATE_USERS = new Auth0Scope('update:users');
  /** Delete users. */
  public static readonly DELETE_USERS = new Auth0Scope('delete:users');
  /** Read roles. */
  public static readonly READ_ROLES = new Auth0Scope('read:roles');
  /** Read organizations. */
  public static readonly READ_ORGANIZATIONS = new Auth0Scope('read:organizations');
  /** Read applications. */
  public static readonly READ_CLIENTS = new Auth0Scope('read:clients');
  /** Read connections. */
  public static readonly READ_CONNECTIONS = new Auth0Scope('read:connections');
  /** Read logs. */
  public static readonly READ_LOGS = new Auth0Scope('read:logs');

  /** A scope of your API, or one of Auth0's that is not listed here. */
  public static of(value: string): Auth0Scope {
    return new Auth0Scope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** An Auth0 application and the tenant that it is in. */
export interface Auth0OAuth2ProviderProps extends OAuth2ClientProps {
  /** Domain of the tenant, or its custom domain: `acme.eu.auth0.com`. */
  readonly domain: string;

  /**
   * The issuer, where it is not what Auth0's metadata says by default.
   *
   * @default - `https://<domain>/`, with the slash at the end that Auth0's tokens have
   */
  readonly issuer?: string;
}

/**
 * OAuth2 credential provider for Auth0.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of the tenant. Auth0 issues a token for an API of yours only when the agent names that API's identifier as audience.
 * For a refresh token the API must allow offline access, and the agent must ask for the scope `offline_access`.
 *
 * The issuer ends with a slash, as in Auth0's metadata and tokens; AWS's page prints it without. On-behalf-of exchange
 * needs `CustomOAuth2Provider`.
 *
 * @throws [Auth0OAuth2Provider/Domain] when the domain is missing or not a host name
 * @throws [Auth0OAuth2Provider/Issuer] when the issuer is not an https address
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-auth0.html
 */
export class Auth0OAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: Auth0OAuth2ProviderProps) {
    super(scope, id, { client: props, profile: auth0Profile(props, pathOf(scope, id)) });
  }
}

function auth0Profile({ domain, issuer }: Auth0OAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  expectTenantDomain(problems, domain, {
    code: 'Auth0OAuth2Provider/Domain',
    example: 'acme.eu.auth0.com',
    fix: 'Copy the domain from the settings of the application.',
  });
  if (issuer !== undefined) {
    expectIssuer(problems, issuer, 'Auth0OAuth2Provider/Issuer');
  }
  problems.raise();
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    refreshTokenScope: 'offline_access',
    clientFields: ['domain', 'issuer'],
    fields: {
      issuer: issuer ?? `https://${domain}/`,
      authorizationEndpoint: `https://${domain}/authorize`,
      tokenEndpoint: `https://${domain}/oauth/token`,
    },
  };
}
