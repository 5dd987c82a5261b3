import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { expectIssuer } from './issuer';
import { OktaAuthorizationServer } from './okta-authorization-server';
import { expectTenantDomain } from './tenant-domain';
import { Problems } from '../../declaration/problems';
import { receivedAddress } from '../../declaration/shown-address';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'OktaOauth2';

/**
 * Scopes of Okta. Those that begin with `okta.` are for Okta's own APIs, and only the org authorization server issues
 * them; scopes of your APIs are those of your authorization server.
 *
 * @see https://developer.okta.com/docs/api/oauth2/
 */
export class OktaScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new OktaScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new OktaScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new OktaScope('email');
  /** See the user's postal address. */
  public static readonly ADDRESS = new OktaScope('address');
  /** See the user's phone number. */
  public static readonly PHONE = new OktaScope('phone');
  /** See the user's groups. */
  public static readonly GROUPS = new OktaScope('groups');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new OktaScope('offline_access');
  /** Receive a device secret for single sign-on between native apps. */
  public static readonly DEVICE_SSO = new OktaScope('device_sso');
  /** Read the user's own profile. */
  public static readonly OKTA_MY_ACCOUNT_PROFILE_READ = new OktaScope('okta.myAccount.profile.read');
  /** Change the user's own profile. */
  public static readonly OKTA_MY_ACCOUNT_PROFILE_MANAGE = new OktaScope('okta.myAccount.profile.manage');
  /** Read the user's own email addresses. */
  public static readonly OKTA_MY_ACCOUNT_EMAIL_READ = new OktaScope('okta.myAccount.email.read');
  /** Read the user's own record. */
  public static readonly OKTA_USERS_READ_SELF = new OktaScope('okta.users.read.self');
  /** Read all users. */
  public static readonly OKTA_USERS_READ = new OktaScope('okta.users.read');
  /** Create, change and delete users. */
  public static readonly OKTA_USERS_MANAGE = new OktaScope('okta.users.manage');
  /** Read all groups. */
  public static readonly OKTA_GROUPS_READ = new OktaScope('okta.groups.read');
  /** Create, change and delete groups. */
  public static readonly OKTA_GROUPS_MANAGE = new OktaScope('okta.groups.manage');
  /** Read apps. */
  public static readonly OKTA_APPS_READ = new OktaScope('okta.apps.read');
  /** Read the system log. */
  public static readonly OKTA_LOGS_READ = new OktaScope('okta.logs.read');

  /** A scope of your authorization server, or one of Okta's that is not listed here. */
  public static of(value: string): OktaScope {
    return new OktaScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** An Okta OIDC application and the org that it is in. */
export interface OktaOAuth2ProviderProps extends OAuth2ClientProps {
  /** Domain of the org, or its custom domain: `acme.okta.com`. Not that of the admin console. */
  readonly domain: string;

  /**
   * Which authorization server of the org issues the tokens.
   *
   * @default OktaAuthorizationServer.DEFAULT
   */
  readonly authorizationServer?: OktaAuthorizationServer;

  /**
   * The issuer, where it is not at `domain`: an authorization server whose issuer is the Okta URL while users sign in at a
   * custom domain.
   *
   * @default - `https://<domain>/oauth2/<authorization server>`; of the org authorization server `https://<domain>`
   */
  readonly issuer?: string;
}

/**
 * OAuth2 credential provider for Okta.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of one authorization server of one org. For a refresh token the application must have the grant type Refresh Token,
 * and the agent must ask for the scope `offline_access`. On-behalf-of exchange needs `CustomOAuth2Provider`.
 *
 * @throws [OktaOAuth2Provider/Domain] when the domain is missing or not a host name, or is that of the admin console
 * @throws [OktaOAuth2Provider/AuthorizationServer] when it is not an `OktaAuthorizationServer`
 * @throws [OktaOAuth2Provider/Issuer] when the issuer is not an https address
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-okta.html
 */
export class OktaOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: OktaOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: oktaProfile(props, pathOf(scope, id)) });
  }
}

function oktaProfile(props: OktaOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const { domain, authorizationServer = OktaAuthorizationServer.DEFAULT } = props;
  const problems = new Problems(path);
  expectTenantDomain(problems, domain, {
    code: 'OktaOAuth2Provider/Domain',
    example: 'acme.okta.com',
    fix: 'Give the host name at which users sign in to Okta.',
  });
  problems.expect(typeof domain !== 'string' || !/-admin\.okta(?:preview|-emea)?\.com$/.test(domain), {
    code: 'OktaOAuth2Provider/Domain',
    what: 'domain is that of the admin console, where no tokens are issued',
    received: receivedAddress(domain),
    allowed: 'the host name at which users sign in to Okta',
    fix: 'Remove -admin from it.',
  });
  problems.expect(authorizationServer instanceof OktaAuthorizationServer, {
    code: 'OktaOAuth2Provider/AuthorizationServer',
    what: 'authorizationServer is not valid',
    received: authorizationServer,
    allowed: 'OktaAuthorizationServer.DEFAULT, OktaAuthorizationServer.ORG or OktaAuthorizationServer.custom(id)',
    fix: 'Write OktaAuthorizationServer.custom(id) for an authorization server of yours.',
  });
  if (props.issuer !== undefined) {
    expectIssuer(problems, props.issuer, 'OktaOAuth2Provider/Issuer');
  }
  problems.raise();
  const { authorizationServerId } = authorizationServer;
  const server = authorizationServerId === undefined ? `https://${domain}` : `https://${domain}/oauth2/${authorizationServerId}`;
  const endpoints = authorizationServerId === undefined ? `${server}/oauth2/v1` : `${server}/v1`;
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    refreshTokenScope: 'offline_access',
    clientFields: ['domain', 'authorizationServer', 'issuer'],
    fields: {
      issuer: props.issuer ?? server,
      authorizationEndpoint: `${endpoints}/authorize`,
      tokenEndpoint: `${endpoints}/token`,
    },
  };
}
