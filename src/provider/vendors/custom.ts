import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClientAuthentication } from './client-authentication';
import { pathOf } from './construct-path';
import { OAuth2Discovery } from './oauth2-discovery';
import { PrivateKeyJwtOptions } from './private-key-jwt';
import { Problems } from '../../declaration/problems';
import { ClientSecret } from '../client-secret';
import { keyResource } from '../key-arn';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';
import { OnBehalfOf } from '../on-behalf-of';
import { expectAudience } from '../web-identity-token';

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
export interface CustomOAuth2ProviderProps {
  /**
   * Id that the authorization server gave the client. Not a secret. 1 to 256 characters.
   *
   * @default - none, which only `ClientAuthentication.iamIdToken` takes, and only for agents that do not ask for users' consent
   */
  readonly clientId?: string;

  /**
   * Where the client's secret is kept: `ClientSecret.fromSecretsManager(secret, 'client_secret')`. Needed, unless
   * `clientAuthentication` is `iamIdToken` or `privateKeyJwt`; refused with these.
   *
   * @default - the client authenticates without a secret
   */
  readonly clientSecret?: ClientSecret;

  /**
   * Name of the provider: 1 to 128 letters, digits, hyphens and underscores, unique in the account and region. A change
   * replaces the provider, and with it the callback URL.
   *
   * @default - derived from the stack's name and the construct's path, at most 50 characters
   */
  readonly providerName?: string;

  /** How AgentCore finds the endpoints: `OAuth2Discovery.url(...)` or `OAuth2Discovery.serverMetadata({ ... })`. */
  readonly discovery: OAuth2Discovery;

  /**
   * How AgentCore proves to the token endpoint that it is the client. Without a secret: `ClientAuthentication.iamIdToken()` or
   * `ClientAuthentication.privateKeyJwt({ key, algorithm })`.
   *
   * @default - left to AgentCore, which sends the secret in the Authorization header (CLIENT_SECRET_BASIC)
   */
  readonly clientAuthentication?: ClientAuthentication;

  /**
   * How users' tokens are exchanged, for `Capability.actOnBehalfOfUser`: `OnBehalfOf.tokenExchange(ActorToken.none())` or
   * `OnBehalfOf.jwtAuthorizationGrant()`.
   *
   * @default - they are not
   */
  readonly onBehalfOf?: OnBehalfOf;
}

/**
 * OAuth2 credential provider for any authorization server that AgentCore has no vendor for, or that needs what the
 * vendor's class does not offer.
 *
 * The template holds the client id, the reference to its secret or how it does without one, the discovery URL or the endpoints,
 * and how users' tokens are exchanged. Left out: private endpoints. Servers that
 * insist on PKCE have been reported to fail for want of a code verifier; `ClientAuthentication.CLIENT_SECRET_POST` has
 * helped there.
 *
 * @throws [CustomOAuth2Provider/Discovery] when the discovery is missing or not an `OAuth2Discovery`
 * @throws [CustomOAuth2Provider/ClientAuthentication] when it is not a `ClientAuthentication`
 * @throws [CustomOAuth2Provider/OnBehalfOf] when it is not an `OnBehalfOf`
 * @throws [CustomOAuth2Provider/Audience] when AWS is to issue tokens for a role, and their audience is not known
 * @throws [OAuth2Provider/SecretAndSecretless] when there is a client secret, and an authentication without one
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-add-oauth-client-custom.html
 */
export class CustomOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: CustomOAuth2ProviderProps) {
    // What may be missing of a client follows from its authentication, which the base class looks at.
    super(scope, id, { client: props as OAuth2ClientProps, profile: customProfile(scope, props, pathOf(scope, id)) });
  }
}

function customProfile(scope: Construct, { discovery, clientAuthentication, onBehalfOf }: CustomOAuth2ProviderProps, path: string): OAuth2VendorProfile {
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
    allowed: 'ClientAuthentication.CLIENT_SECRET_BASIC, .CLIENT_SECRET_POST, .iamIdToken() or .privateKeyJwt({ key, algorithm })',
    fix: 'Use one of them, or leave the field out.',
  });
  problems.expect(onBehalfOf === undefined || onBehalfOf instanceof OnBehalfOf, {
    code: 'CustomOAuth2Provider/OnBehalfOf',
    what: 'onBehalfOf is not valid',
    received: onBehalfOf,
    allowed: 'OnBehalfOf.tokenExchange(actorToken) or OnBehalfOf.jwtAuthorizationGrant()',
    fix: 'Use one of them, or leave the field out.',
  });
  problems.raise();
  const authentication = clientAuthentication?._forTokenEndpoint(discovery._tokenEndpoint);
  const exchange = onBehalfOf?._forTokenEndpoint(discovery._tokenEndpoint);
  expectAudience(problems, authentication?._webIdentityToken, 'ClientAuthentication.iamIdToken', 'CustomOAuth2Provider/Audience');
  expectAudience(problems, exchange?.actorToken?._webIdentityToken, 'ActorToken.iamIdToken', 'CustomOAuth2Provider/Audience');
  problems.raise();
  return {
    vendor: VENDOR,
    configProperty: 'customOauth2ProviderConfig',
    clientFields: ['discovery', 'clientAuthentication', 'onBehalfOf'],
    clientAuthentication: authentication,
    onBehalfOf: exchange,
    fields: {
      oauthDiscovery: discovery._render(),
      ...(authentication !== undefined ? { clientAuthenticationMethod: authentication.method } : {}),
      ...(authentication?._privateKey !== undefined ? { privateKeyJwtConfig: privateKeyJwtConfig(Stack.of(scope), authentication._privateKey) } : {}),
      ...(exchange !== undefined ? { onBehalfOfTokenExchangeConfig: exchange._render() } : {}),
    },
  };
}

function privateKeyJwtConfig(consumer: Stack, { key, algorithm, headerClaims, payloadClaims }: PrivateKeyJwtOptions): object {
  const given = (claims: object | undefined) => Object.keys(claims ?? {}).length > 0;
  return {
    privateKeySource: { kmsKeySource: { kmsKeyArn: keyResource(consumer, key).arn } },
    signingAlgorithm: algorithm,
    ...(given(headerClaims) ? { additionalHeaderClaims: headerClaims } : {}),
    ...(given(payloadClaims) ? { additionalPayloadClaims: payloadClaims } : {}),
  };
}
