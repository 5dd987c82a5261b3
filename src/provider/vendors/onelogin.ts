import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { expectTenantDomain } from './tenant-domain';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'OneLoginOauth2';

/**
 * Scopes of OneLogin OpenID Connect apps.
 *
 * @see https://developers.onelogin.com/openid-connect/scopes
 */
export class OneLoginScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new OneLoginScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new OneLoginScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new OneLoginScope('email');
  /** See the user's phone number. */
  public static readonly PHONE = new OneLoginScope('phone');
  /** Receive a refresh token. */
  public static readonly OFFLINE_ACCESS = new OneLoginScope('offline_access');
  /** See the user's name. */
  public static readonly NAME = new OneLoginScope('name');
  /** See the user's groups. */
  public static readonly GROUPS = new OneLoginScope('groups');
  /** See the app's custom parameters. */
  public static readonly PARAMS = new OneLoginScope('params');

  /** A scope that is not listed here, as OneLogin documents it. */
  public static of(value: string): OneLoginScope {
    return new OneLoginScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A OneLogin OpenID Connect app and the account that it is in. */
export interface OneLoginOAuth2ProviderProps extends OAuth2ClientProps {
  /** Domain of the account: `acme.onelogin.com`. */
  readonly domain: string;
}

/**
 * OAuth2 credential provider for OneLogin.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of the account (OpenID Connect, version 2). The app's token endpoint authentication method must be POST. A refresh
 * token is only issued when the agent asks for the scope `offline_access`.
 *
 * @throws [OneLoginOAuth2Provider/Domain] when the domain is missing or not a host name
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-onelogin.html
 */
export class OneLoginOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: OneLoginOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: oneLoginProfile(props, pathOf(scope, id)) });
  }
}

function oneLoginProfile({ domain }: OneLoginOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  expectTenantDomain(problems, domain, {
    code: 'OneLoginOAuth2Provider/Domain',
    example: 'acme.onelogin.com',
    fix: 'Give the host name at which users sign in to OneLogin.',
  });
  problems.raise();
  const issuer = `https://${domain}/oidc/2`;
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    refreshTokenScope: 'offline_access',
    clientFields: ['domain'],
    fields: { issuer, authorizationEndpoint: `${issuer}/auth`, tokenEndpoint: `${issuer}/token` },
  };
}
