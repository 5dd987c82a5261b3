import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { expectIssuer } from './issuer';
import { expectTenantDomain } from './tenant-domain';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'FusionAuthOauth2';

/**
 * Scopes that FusionAuth reserves. Others are those that the application defines.
 *
 * @see https://fusionauth.io/docs/lifecycle/authenticate-users/oauth/scopes
 */
export class FusionAuthScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new FusionAuthScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new FusionAuthScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new FusionAuthScope('email');
  /** See the user's postal address. */
  public static readonly ADDRESS = new FusionAuthScope('address');
  /** See the user's phone number. */
  public static readonly PHONE = new FusionAuthScope('phone');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new FusionAuthScope('offline_access');

  /** A scope that the application defines. */
  public static of(value: string): FusionAuthScope {
    return new FusionAuthScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A FusionAuth application and the server that it is on. */
export interface FusionAuthOAuth2ProviderProps extends OAuth2ClientProps {
  /** Domain of the FusionAuth server: `acme.fusionauth.io`. */
  readonly domain: string;

  /** The issuer, as the tenant's settings have it. A new tenant has `acme.com`, which is no address: give it one of yours. */
  readonly issuer: string;
}

/**
 * OAuth2 credential provider for FusionAuth.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of the tenant. The application must require client authentication, and by AWS's page PKCE; if the exchange then fails
 * for want of a code verifier, as was reported of other servers, let it not require PKCE. A refresh token is only
 * issued when the agent asks for the scope `offline_access`.
 *
 * @throws [FusionAuthOAuth2Provider/Domain] when the domain is missing or not a host name
 * @throws [FusionAuthOAuth2Provider/Issuer] when the issuer is missing or not an https address
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-fusionauth.html
 */
export class FusionAuthOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: FusionAuthOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: fusionAuthProfile(props, pathOf(scope, id)) });
  }
}

function fusionAuthProfile({ domain, issuer }: FusionAuthOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  expectTenantDomain(problems, domain, {
    code: 'FusionAuthOAuth2Provider/Domain',
    example: 'acme.fusionauth.io',
    fix: 'Give the host name at which users sign in.',
  });
  expectIssuer(problems, issuer, 'FusionAuthOAuth2Provider/Issuer');
  problems.raise();
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    refreshTokenScope: 'offline_access',
    clientFields: ['domain', 'issuer'],
    fields: {
      issuer,
      authorizationEndpoint: `https://${domain}/oauth2/authorize`,
      tokenEndpoint: `https://${domain}/oauth2/token`,
    },
  };
}
