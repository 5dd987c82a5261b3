import { Construct } from 'constructs';
import { pathOf } from './construct-path';
import { expectIssuer } from './issuer';
import { expectTenantDomain } from './tenant-domain';
import { Problems } from '../../declaration/problems';
import { OAuth2ClientProps, OAuth2Provider } from '../oauth2-provider';
import { OAuth2Scope } from '../oauth2-scope';
import { OAuth2VendorProfile } from '../oauth2-vendor-profile';

const VENDOR = 'CyberArkOauth2';

/**
 * Scopes of CyberArk Identity. Others are those that the application defines.
 *
 * @see https://docs.cyberark.com/identity/latest/en/content/applications/appscustom/openidaddconfigapp.htm
 */
export class CyberArkScope extends OAuth2Scope {
  /** Know who the user is: an ID token. */
  public static readonly OPENID = new CyberArkScope('openid');
  /** See the user's profile. */
  public static readonly PROFILE = new CyberArkScope('profile');
  /** See the user's email address. */
  public static readonly EMAIL = new CyberArkScope('email');
  /** See the user's postal address. */
  public static readonly ADDRESS = new CyberArkScope('address');
  /** See the user's phone number. */
  public static readonly PHONE = new CyberArkScope('phone');
  /** Use CyberArk's platform APIs, as a service user. */
  public static readonly API = new CyberArkScope('api');

  /** A scope that the application defines, or one that is not listed here. */
  public static of(value: string): CyberArkScope {
    return new CyberArkScope(value);
  }

  private constructor(value: string) {
    super(value, VENDOR);
  }
}

/** A custom OpenID Connect application of CyberArk Identity and the tenant that it is in. */
export interface CyberArkOAuth2ProviderProps extends OAuth2ClientProps {
  /** Domain of the tenant, with its id: `abc1234.id.cyberark.cloud`. Not the vanity name. */
  readonly domain: string;

  /** Application ID, as the application's settings have it. It is part of the endpoints. */
  readonly applicationId: string;

  /**
   * The issuer, as the application's Trust page has it.
   *
   * @default - `https://<domain>/<application id>/`, with the slash at the end that the application's tokens have
   */
  readonly issuer?: string;
}

/**
 * OAuth2 credential provider for CyberArk Identity.
 *
 * The template holds the client id, the reference to its secret, and issuer, authorization endpoint and token endpoint
 * of one application of the tenant. The application must be deployed with permissions for the users or the service
 * user.
 *
 * The issuer ends with a slash, as deployed applications have been seen to spell it; AWS's page prints it without.
 * Compare it with the application's Trust page.
 *
 * @throws [CyberArkOAuth2Provider/Domain] when the domain is missing or not a host name
 * @throws [CyberArkOAuth2Provider/ApplicationId] when the application id is missing or would not fit into an address
 * @throws [CyberArkOAuth2Provider/Issuer] when the issuer is not an https address
 * @throws [OAuth2Provider/ClientId], [OAuth2Provider/UnknownField], [OAuth2Provider/ManagedSecret],
 * [ProviderSecret/PlaintextRefused] or [Provider/Name] when a field of the client is not valid
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-idp-cyberark.html
 */
export class CyberArkOAuth2Provider extends OAuth2Provider {
  constructor(scope: Construct, id: string, props: CyberArkOAuth2ProviderProps) {
    super(scope, id, { client: props, profile: cyberArkProfile(props, pathOf(scope, id)) });
  }
}

function cyberArkProfile({ domain, applicationId, issuer }: CyberArkOAuth2ProviderProps, path: string): OAuth2VendorProfile {
  const problems = new Problems(path);
  expectTenantDomain(problems, domain, {
    code: 'CyberArkOAuth2Provider/Domain',
    example: 'abc1234.id.cyberark.cloud',
    fix: 'Give the host name of the tenant\'s identity URL.',
  });
  problems.expectText(applicationId, {
    name: 'applicationId',
    code: 'CyberArkOAuth2Provider/ApplicationId',
    maximum: 100,
    pattern: /^[A-Za-z0-9_.-]+$/,
    allowed: '1 to 100 letters, digits, underscores, hyphens and dots',
    fix: 'Copy the Application ID from the application\'s settings.',
  });
  if (issuer !== undefined) {
    expectIssuer(problems, issuer, 'CyberArkOAuth2Provider/Issuer');
  }
  problems.raise();
  return {
    vendor: VENDOR,
    configProperty: 'includedOauth2ProviderConfig',
    clientFields: ['domain', 'applicationId', 'issuer'],
    fields: {
      issuer: issuer ?? `https://${domain}/${applicationId}/`,
      authorizationEndpoint: `https://${domain}/OAuth2/Authorize/${applicationId}`,
      tokenEndpoint: `https://${domain}/OAuth2/Token/${applicationId}`,
    },
  };
}
