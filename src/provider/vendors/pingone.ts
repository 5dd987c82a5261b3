import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { expectIssuer } from './issuer';
import { PingOneRegion } from './pingone-region';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'PingOneOauth2';

/**
 * Scopes of PingOne: of OpenID Connect, and of PingOne's own API for the signed-in user. Scopes of your APIs are those
 * of your custom resources.
 *
 * @see
 * https://developer.pingidentity.com/pingone-api/foundations/pingone-roles-scopes-and-permissions/access-services-through-scopes-and-roles/openid-connect-oidc-scopes.html
 */
export class PingOneScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new PingOneScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new PingOneScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new PingOneScope('email');
  /** See the user's postal address. */
  public static readonly ADDRESS = new PingOneScope('address');
  /** See the user's phone number. */
  public static readonly PHONE = new PingOneScope('phone');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new PingOneScope('offline_access');
  /** Read the user's own record. */
  public static readonly P1_READ_USER = new PingOneScope('p1:read:user');
  /** Change the user's own record. */
  public static readonly P1_UPDATE_USER = new PingOneScope('p1:update:user');
  /** See the user's own sessions. */
  public static readonly P1_READ_SESSIONS = new PingOneScope('p1:read:sessions');
  /** End the user's own sessions. */
  public static readonly P1_DELETE_SESSIONS = new PingOneScope('p1:delete:sessions');
  /** See the user's own devices. */
  public static readonly P1_READ_DEVICE = new PingOneScope('p1:read:device');
  /** Add a device of the user. */
  public static readonly P1_CREATE_DEVICE = new PingOneScope('p1:create:device');
  /** Change a device of the user. */
  public static readonly P1_UPDATE_DEVICE = new PingOneScope('p1:update:device');
  /** Remove a device of the user. */
  public static readonly P1_DELETE_DEVICE = new PingOneScope('p1:delete:device');
  /** See which agreements the user consented to. */
  public static readonly P1_READ_USER_CONSENT = new PingOneScope('p1:read:userConsent');
  /** See which applications the user consented to. */
  public static readonly P1_READ_OAUTH_CONSENT = new PingOneScope('p1:read:oauthConsent');

  /** A scope of your custom resource, or one of PingOne's that is not listed here. */
  public static of(value: string): PingOneScope {
    return new PingOneScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A PingOne application and the environment that it is in. */
export interface PingOneOAuth2ProviderProps extends OAuth2ClientProps {
  /** Id of the environment, a UUID. */
  readonly environmentId: string;

  /** Region of the environment. */
  readonly region: PingOneRegion;

  /**
   * The issuer, where the application's differs from that of its environment.
   *
   * @default - `https://<host of the region>/<environment id>/as`
   */
  readonly issuer?: string;
}

/**
 * OAuth2 credential provider for PingOne.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of the environment. A PingOne application is either for users or for an agent that acts as itself, never both: make
 * two providers where an agent needs both. For users it wants the grant type Authorization Code and the token endpoint
 * authentication method Client Secret Basic; for itself Client Credentials, Client Secret Post, and a scope of a custom
 * resource in every request.
 *
 * On-behalf-of exchange needs `CustomOAuth2Provider`, and so does an environment with a custom domain.
 *
 * @throws [PingOneOAuth2Provider/EnvironmentId] when the id is missing or not a UUID
 * @throws [PingOneOAuth2Provider/Region] when it is not a `PingOneRegion`
 * @throws [PingOneOAuth2Provider/Issuer] when the issuer is not an https address
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-pingidentity.html
 */
export class PingOneOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: PingOneOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: pingOneProfile(props, pathOf(scope, id)) });
  }
}

function pingOneProfile({ environmentId, region, issuer }: PingOneOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  problems.expectText(environmentId, {
    name: 'environmentId',
    code: 'PingOneOAuth2Provider/EnvironmentId',
    maximum: 36,
    pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    allowed: 'a UUID in lower case',
    fix: 'Copy the id from the properties of the environment.',
  });
  problems.expect(region instanceof PingOneRegion, {
    code: 'PingOneOAuth2Provider/Region',
    what: 'region is not valid',
    received: region,
    allowed: 'PingOneRegion.NORTH_AMERICA, PingOneRegion.EUROPE, …, or PingOneRegion.of(authDomain)',
    fix: 'Choose the region whose host begins the environment\'s issuer.',
  });
  if (issuer !== undefined) {
    expectIssuer(problems, issuer, 'PingOneOAuth2Provider/Issuer');
  }
  problems.raise();
  const server = `https://${region.authDomain}/${environmentId}/as`;
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    refreshTokenScope: 'offline_access',
    oneGrantTypePerClient: true,
    clientFields: ['environmentId', 'region', 'issuer'],
    fields: { issuer: issuer ?? server, authorizationEndpoint: `${server}/authorize`, tokenEndpoint: `${server}/token` },
  };
}
