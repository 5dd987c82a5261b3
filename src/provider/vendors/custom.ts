import { Construct } from 'constructs';
import { ClientAuthentication } from './client-authentication';
import { pathOf } from './construct-path';
import { OAuth2Discovery } from './oauth2-discovery';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'CustomOauth2';

/**
 * Scopes of any authorization server: those of OpenID Connect, and whatever it documents. They fit every provider.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims
 */
export class CustomScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new CustomScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new CustomScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new CustomScope('email');
  /** See the user's postal address. */
  public static readonly ADDRESS = new CustomScope('address');
  /** See the user's phone number. */
  public static readonly PHONE = new CustomScope('phone');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new CustomScope('offline_access');

  /** A scope, as the authorization server documents it. */
  public static of(value: string): CustomScope {
    return new CustomScope(value);
  }

  private constructor(value: string) {
    super(value);
  }
}

/** A client of any OAuth2 authorization server. */
export interface CustomOAuth2ProviderProps extends OAuth2ClientProps {
  /** How AgentCore finds the endpoints: `OAuth2Discovery.url(...)` or `OAuth2Discovery.serverMetadata({ ... })`. */
  readonly discovery: OAuth2Discovery;

  /**
   * How AgentCore proves to the token endpoint that it is the client.
   *
   * @default - left to AgentCore, which sends the secret in the Authorization header (CLIENT_SECRET_BASIC)
   */
  readonly clientAuthentication?: ClientAuthentication;
}

/**
 * OAuth2 credential provider for any authorization server that AgentCore has no vendor for, or that needs what the
 * vendor's class does not offer.
 *
 * The template holds the client id, the reference to its secret, and the discovery URL or the endpoints. Servers that
 * insist on PKCE have been reported to fail for want of a code verifier; `ClientAuthentication.CLIENT_SECRET_POST` has
 * helped there.
 *
 * @throws [CustomOAuth2Provider/Discovery] when the discovery is missing or not an `OAuth2Discovery`
 * @throws [CustomOAuth2Provider/ClientAuthentication] when it is not a `ClientAuthentication`
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-add-oauth-client-custom.html
 */
export class CustomOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: CustomOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: customProfile(props, pathOf(scope, id)) });
  }
}

function customProfile({ discovery, clientAuthentication }: CustomOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  problems.expect(discovery instanceof OAuth2Discovery, {
    code: 'CustomOAuth2Provider/Discovery',
    what: 'discovery is not valid',
    received: discovery,
    allowed: 'OAuth2Discovery.url(discoveryUrl) or OAuth2Discovery.serverMetadata({ issuer, authorizationEndpoint, tokenEndpoint })',
    fix: 'Say how AgentCore finds the endpoints of the authorization server.',
  });
  problems.expect(clientAuthentication === undefined || clientAuthentication instanceof ClientAuthentication, {
    code: 'CustomOAuth2Provider/ClientAuthentication',
    what: 'clientAuthentication is not valid',
    received: clientAuthentication,
    allowed: 'ClientAuthentication.CLIENT_SECRET_BASIC or ClientAuthentication.CLIENT_SECRET_POST',
    fix: 'Use one of them, or leave the field out.',
  });
  problems.raise();
  return {
    vendor: VENDOR,
    configProperty: 'customOauth2ProviderConfig',
    clientFields: ['discovery', 'clientAuthentication'],
    fields: {
      oauthDiscovery: discovery._render(),
      ...(clientAuthentication !== undefined ? { clientAuthenticationMethod: clientAuthentication.method } : {}),
    },
  };
}
