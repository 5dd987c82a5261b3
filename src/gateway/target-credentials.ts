import { ApiKeyLocation } from './api-key-location';
import { OAuthGrantType } from './oauth-grant-type';
import { oauth2Problems } from './oauth2-credential-rules';
import { expectReason } from './reason';
import { RolePermission } from './role-permission';
import { BroadLimitOptions } from '../capability/users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { expectOneProvider } from '../provider/one-provider';

/** With whose credentials the gateway calls a target. */
export enum TargetCredentialsKind {
  /** The gateway's role. */
  GATEWAY_ROLE = 'GATEWAY_IAM_ROLE',
  /** The caller's IAM credentials. */
  CALLER_IAM = 'CALLER_IAM_CREDENTIALS',
  /** A token of an OAuth2 provider. */
  OAUTH2 = 'OAUTH',
  /** A key of an API-key provider. */
  API_KEY = 'API_KEY',
  /** The caller's own token. */
  JWT_PASSTHROUGH = 'JWT_PASSTHROUGH',
  /** None. */
  NONE = 'NONE',
}

/** How the gateway's role is used. */
export interface GatewayRoleOptions {
  /**
   * The service that requests are signed for (SigV4), such as `execute-api`. Needed by MCP servers, OpenAPI and HTTP passthrough;
   * refused by targets whose service is clear.
   *
   * @default - the target's own
   */
  readonly service?: string;

  /**
   * The region that requests are signed for. Only with `service`.
   *
   * @default - the gateway's
   */
  readonly region?: string;

  /**
   * What the role may do at the service. Needed wherever `service` is, and by Smithy models; other targets know it themselves.
   *
   * @default - what the target needs by itself
   */
  readonly permissions?: RolePermission[];
}

/** A token of an OAuth2 provider for a target. */
export interface TargetOAuth2Options {
  /** How the token is got. */
  readonly grantType: OAuthGrantType;

  /** The scopes that the gateway asks for: at most 100, each at most 64 characters. */
  readonly scopes: OAuth2Scope[];

  /**
   * Where the user is sent after consent: to a page that completes the session (`gateway.addReturnPage`), or a portal's `connectUrl`.
   * Needed by `AUTHORIZATION_CODE`, and only by it. Somebody has to register it on the gateway's workload identity after deployment:
   * CloudFormation cannot.
   *
   * @default - none
   */
  readonly defaultReturnUrl?: string;

  /**
   * Further parameters for the authorization server, at most 10: names of 1 to 256 letters, digits and `- _ .`, values of 1 to 2048
   * characters. They stand in the template with their values, so names of credentials (`api_key`, `client_secret`, `access_token`)
   * are refused. Google issues refresh tokens only with `access_type: 'offline'`; the report says where it is missing.
   *
   * @default - none
   */
  readonly customParameters?: { [name: string]: string };

  /**
   * Why the gateway may also get a token without a user, although it acts as the user: AWS does not say which of its calls the
   * gateway makes. It stands in the access report.
   *
   * @default - it may not, but for listing the tools of an MCP server with token exchange
   */
  readonly alsoWithoutUserReason?: string;
}

/** A key of an API-key provider for a target. */
export interface TargetApiKeyOptions {
  /** Where the key stands in a request: `ApiKeyLocation.header('X-Api-Key')`. */
  readonly location: ApiKeyLocation;
}

/**
 * With whose authority the gateway calls a target. Each kind of target takes only those that AWS supports; the others fail at
 * synthesis with the names of those that work.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html
 */
export class TargetCredentials {
  /**
   * The gateway's role. It gets what the target needs: `lambda:InvokeFunction` on the function, `execute-api:Invoke` on the methods
   * and paths, or the given permissions.
   *
   * @throws [TargetCredentials/Role] when a region is given without a service
   */
  public static gatewayRole(options: GatewayRoleOptions = {}): TargetCredentials {
    const problems = new Problems();
    expectKnownFields(problems, options, ['service', 'region', 'permissions'], 'TargetCredentials.gatewayRole', 'TargetCredentials/UnknownField');
    const permissions: unknown = options?.permissions;
    problems.expect(permissions === undefined || (Array.isArray(permissions) && permissions.every((each) => each instanceof RolePermission)), {
      code: 'TargetCredentials/Role', what: 'permissions are not valid', received: permissions, fix: 'Write permissions: [RolePermission.to({ actions, resources })].',
    });
    problems.expect(options?.region === undefined || options.service !== undefined, {
      code: 'TargetCredentials/Role', what: 'a region is given without a service', received: options?.region, fix: 'Give the service that requests are signed for.',
    });
    if (options?.service !== undefined) {
      problems.expectText(options.service, {
        name: 'service', code: 'TargetCredentials/Role', maximum: 64, pattern: /^[a-z0-9-]+$/, allowed: 'the signing name of a service, such as execute-api', fix: 'Give the name that SigV4 uses.',
      });
    }
    problems.raise();
    return new TargetCredentials(TargetCredentialsKind.GATEWAY_ROLE, options ?? {});
  }

  /** The caller's IAM credentials. Only on gateways that callers enter by IAM. The gateway's role gets nothing. */
  public static callerIam(): TargetCredentials {
    return new TargetCredentials(TargetCredentialsKind.CALLER_IAM);
  }

  /**
   * A token of an OAuth2 provider. The gateway's role gets the token actions that the grant type needs, on its own identity and on
   * this provider only, and its secret through AgentCore only.
   *
   * @throws [TargetCredentials/Scopes] when there are more than 100, one twice, one longer than 64 characters, or one of another vendor
   * @throws [TargetCredentials/ReturnUrl] when `AUTHORIZATION_CODE` has no return URL, or another grant type has one
   * @throws [TargetCredentials/NoClientCredentials] when the vendor has no such grant: GitHub, Google and Slack
   * @throws [TargetCredentials/ExchangeNotConfigured] when the target exchanges tokens and the provider does not
   * @throws [TargetCredentials/Provider] when it is no OAuth2 provider
   */
  public static oauth2(provider: IOAuth2Provider, options: TargetOAuth2Options): TargetCredentials {
    oauth2Problems(provider, options).raise();
    return new TargetCredentials(TargetCredentialsKind.OAUTH2, {}, provider, options);
  }

  /**
   * A key of an API-key provider. The gateway's role gets this key only, and its secret through AgentCore only.
   *
   * @throws [TargetCredentials/Provider] when it is no API-key provider
   * @throws [TargetCredentials/Location] when the location is missing
   */
  public static apiKey(provider: IApiKeyProvider, options: TargetApiKeyOptions): TargetCredentials {
    const problems = new Problems();
    problems.expect(typeof provider === 'object' && provider !== null && 'apiKeyCredentialProviderRef' in provider && 'apiKey' in provider, {
      code: 'TargetCredentials/Provider', what: 'it is not an API-key provider', received: provider, fix: 'Pass an ApiKeyProvider or an import of one.',
    });
    expectOneProvider(problems, provider, 'TargetCredentials/Provider');
    problems.expect(options?.location instanceof ApiKeyLocation, {
      code: 'TargetCredentials/Location', what: 'location is missing', received: options?.location, fix: 'Write location: ApiKeyLocation.header(\'X-Api-Key\').',
    });
    problems.raise();
    return new TargetCredentials(TargetCredentialsKind.API_KEY, {}, undefined, undefined, provider, options.location);
  }

  /** The caller's own token, handed on as it came. Whatever the target does with it, it does as the caller. */
  public static jwtPassthrough(): TargetCredentials {
    return new TargetCredentials(TargetCredentialsKind.JWT_PASSTHROUGH);
  }

  /**
   * No credentials: the target is public. Where an interceptor supplies them, see `suppliedByInterceptor`. The longer word, with a reason.
   *
   * @throws [TargetCredentials/Reason] when the reason is missing
   */
  public static none(options: BroadLimitOptions): TargetCredentials {
    const problems = new Problems();
    expectReason(problems, options?.reason, 'TargetCredentials/Reason', 'Say why the target needs no credentials, or who supplies them.');
    problems.raise();
    return new TargetCredentials(TargetCredentialsKind.NONE, {}, undefined, undefined, undefined, undefined, options.reason);
  }

  /**
   * None of the gateway's: its request interceptor supplies them. The longer word, with a reason. The function decides as whom the
   * target is called.
   *
   * @throws [TargetCredentials/Reason] when the reason is missing
   */
  public static suppliedByInterceptor(options: BroadLimitOptions): TargetCredentials {
    const problems = new Problems();
    expectReason(problems, options?.reason, 'TargetCredentials/Reason', 'Say as whom the interceptor calls the target.');
    problems.raise();
    return new TargetCredentials(TargetCredentialsKind.NONE, {}, undefined, undefined, undefined, undefined, options.reason, true);
  }

  private constructor(
    /** With whose credentials. */
    public readonly kind: TargetCredentialsKind,
    /** @internal */
    public readonly _role: GatewayRoleOptions = {},
    /**
     * The OAuth2 provider.
     *
     * @default - none
     */
    public readonly provider?: IOAuth2Provider,
    /** @internal */
    public readonly _oauth2?: TargetOAuth2Options,
    /**
     * The API-key provider.
     *
     * @default - none
     */
    public readonly apiKeyProvider?: IApiKeyProvider,
    /** @internal */
    public readonly _location?: ApiKeyLocation,
    /**
     * Why there are no credentials.
     *
     * @default - there are
     */
    public readonly noneReason?: string,
    /** Whether an interceptor supplies them. @internal */
    public readonly _byInterceptor: boolean = false,
  ) {}

  /**
   * How the token is got.
   *
   * @default - it is not an OAuth2 token
   */
  public get grantType(): OAuthGrantType | undefined {
    return this._oauth2?.grantType;
  }

  /** The scopes that the gateway asks for. */
  public get scopes(): OAuth2Scope[] {
    return [...this._oauth2?.scopes ?? []];
  }
}
