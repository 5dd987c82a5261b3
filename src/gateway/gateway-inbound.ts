import { Token } from 'aws-cdk-lib';
import { InboundClaim } from './inbound-claim';
import { PrivateEndpoint } from './private-endpoint';
import { expectReason } from './reason';
import { BroadLimitOptions } from '../capability/users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { receivedAddress } from '../declaration/shown-address';
import { expectWebAddress } from '../declaration/web-address';

/** Where every OpenID Connect issuer publishes its metadata. */
const DISCOVERY = '/.well-known/openid-configuration';

/** How callers are let in. */
export enum GatewayInboundKind {
  /** By a JWT of one issuer. */
  JWT = 'CUSTOM_JWT',
  /** By IAM: whoever may `InvokeGateway`. */
  IAM = 'AWS_IAM',
  /** By a valid AWS signature of anybody at all. */
  AUTHENTICATE_ONLY = 'AUTHENTICATE_ONLY',
  /** Everybody. */
  NONE = 'NONE',
}

/** Whose tokens a gateway accepts. */
export interface JwtInboundOptions {
  /**
   * The issuer, exactly as in the `iss` claim.
   *
   * @default - the discovery address without its end, with or without a slash
   */
  readonly issuer?: string;

  /**
   * Where the issuer's metadata is: an https address that ends in `/.well-known/openid-configuration`.
   *
   * @default - derived from the issuer, as OpenID Connect Discovery says
   */
  readonly discoveryUrl?: string;

  /**
   * The token's `aud` must contain one of these. Amazon Cognito's access tokens for machine clients have no `aud`: use `clients`.
   *
   * @default - not limited
   */
  readonly audiences?: string[];

  /**
   * The token's `client_id` must be one of these. Only a claim of precisely that name counts: Okta's `cid` and Entra's `azp` and
   * `appid` never match.
   *
   * @default - not limited
   */
  readonly clients?: string[];

  /**
   * The token's `scope` or `scp` must contain at least one of these. What a single tool needs is said on the tool.
   *
   * @default - not limited
   */
  readonly scopes?: string[];

  /**
   * Claims that the token must have, all of them.
   *
   * @default - none
   */
  readonly claims?: InboundClaim[];

  /**
   * How the gateway reaches an issuer without a public address.
   *
   * @default - through the internet
   */
  readonly privateEndpoint?: PrivateEndpoint;
}

/** Tokens of one issuer, whichever client they were made for. */
export interface AnyClientInboundOptions extends JwtInboundOptions {
  /** Why a token that the issuer made for any other application will do. It stands in the access report. */
  readonly reason: string;
}

/**
 * Who may speak to a gateway at all. Which tools a caller may use is said on the tools.
 *
 * The kind cannot be changed on a gateway that exists: CloudFormation's update is refused, so give it a new id then.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
 */
export class GatewayInbound {
  /**
   * Callers with a JWT of one issuer, for these audiences or clients.
   *
   * In the template: a `CUSTOM_JWT` authorizer; all filters that are given must hold. The gateway's role may get tokens for such
   * users only (`bedrock-agentcore:InboundJwtClaim/iss`, `/aud`, `/client_id`).
   *
   * @throws [GatewayInbound/Issuer] when neither issuer nor discoveryUrl is given, or one is not valid
   * @throws [GatewayInbound/AudienceOrClient] when neither audiences nor clients are given
   * @throws [GatewayInbound/Filter] when a list is empty or has an unusable value
   */
  public static jwt(options: JwtInboundOptions): GatewayInbound {
    const problems = jwtProblems(options, []);
    problems.expect(options.audiences !== undefined || options.clients !== undefined, {
      code: 'GatewayInbound/AudienceOrClient',
      what: 'neither audiences nor clients are given, so a token that the issuer made for any other application would do',
      received: receivedAddress(options.issuer ?? options.discoveryUrl),
      fix: 'Give audiences (the aud claim) or clients (the client_id claim), or write GatewayInbound.jwtForAnyClient({ ..., reason }).',
    });
    problems.raise();
    return new GatewayInbound(GatewayInboundKind.JWT, undefined, options);
  }

  /**
   * Callers with a JWT of one issuer, whichever client it was made for. The longer word, with a reason. AWS wants at least one
   * filter all the same: scopes or claims.
   *
   * @throws [GatewayInbound/Reason] when the reason is missing
   * @throws [GatewayInbound/Filter] when there is no filter at all
   */
  public static jwtForAnyClient(options: AnyClientInboundOptions): GatewayInbound {
    const problems = jwtProblems(options, ['reason']);
    expectReason(problems, options.reason, 'GatewayInbound/Reason', 'Say why a token for any client of the issuer will do.');
    problems.expect([options.audiences, options.clients, options.scopes, options.claims].some((filter) => filter !== undefined), {
      code: 'GatewayInbound/Filter',
      what: 'the authorizer has no filter, which AWS refuses',
      allowed: 'at least one of audiences, clients, scopes and claims',
      fix: 'Give the scopes or the claims that every caller has.',
    });
    problems.raise();
    return new GatewayInbound(GatewayInboundKind.JWT, options.reason, options);
  }

  /** Callers whom IAM allows `bedrock-agentcore:InvokeGateway` on this gateway. Nobody is, until a policy says so. */
  public static iam(): GatewayInbound {
    return new GatewayInbound(GatewayInboundKind.IAM);
  }

  /**
   * ANYBODY with a valid AWS signature, of any account, whatever they may do there (`AUTHENTICATE_ONLY`). The longer word, with a
   * reason: only the rules of the tools, or the targets themselves, refuse anyone.
   *
   * @throws [GatewayInbound/Reason] when the reason is missing
   */
  public static authenticateOnly(options: BroadLimitOptions): GatewayInbound {
    return GatewayInbound.weaker(GatewayInboundKind.AUTHENTICATE_ONLY, options, 'Say what refuses the callers that are not wanted.');
  }

  /**
   * EVERYBODY, unknown (`NONE`). The longer word, with a reason.
   *
   * @throws [GatewayInbound/Reason] when the reason is missing
   */
  public static none(options: BroadLimitOptions): GatewayInbound {
    return GatewayInbound.weaker(GatewayInboundKind.NONE, options, 'Say why everybody on the internet may call these tools.');
  }

  private static weaker(kind: GatewayInboundKind, options: BroadLimitOptions, fix: string): GatewayInbound {
    const problems = new Problems();
    expectReason(problems, options?.reason, 'GatewayInbound/Reason', fix);
    problems.raise();
    return new GatewayInbound(kind, options.reason);
  }

  /**
   * Values of the `iss` claim that callers' tokens may have. Two where only the discovery address was given.
   */
  public readonly issuers: string[];

  /**
   * Where the issuer's metadata is.
   *
   * @default - callers have no JWT
   */
  public readonly discoveryUrl?: string;

  /** Values of which the `aud` claim contains one. Empty: not limited. */
  public readonly audiences: string[];

  /** Values of which the `client_id` claim is one. Empty: not limited. */
  public readonly clients: string[];

  /** Values of which the `scope` or `scp` claim contains one. Empty: not limited. */
  public readonly scopes: string[];

  /** Claims that the token must have. */
  public readonly claims: InboundClaim[];

  /** @internal */
  public readonly _privateEndpoint?: PrivateEndpoint;

  private constructor(
    /** How callers are let in. */
    public readonly kind: GatewayInboundKind,
    /**
     * Why a weaker form is right.
     *
     * @default - none is used
     */
    public readonly weakerReason?: string,
    jwt: JwtInboundOptions = {},
  ) {
    this.discoveryUrl = jwt.discoveryUrl ?? (jwt.issuer !== undefined ? `${jwt.issuer.replace(/\/$/, '')}${DISCOVERY}` : undefined);
    const base = jwt.discoveryUrl?.slice(0, -DISCOVERY.length);
    this.issuers = jwt.issuer !== undefined ? [jwt.issuer] : base !== undefined ? [base, `${base}/`] : [];
    this.audiences = [...jwt.audiences ?? []];
    this.clients = [...jwt.clients ?? []];
    this.scopes = [...jwt.scopes ?? []];
    this.claims = [...jwt.claims ?? []];
    this._privateEndpoint = jwt.privateEndpoint;
  }
}

function jwtProblems(options: JwtInboundOptions, more: string[]): Problems {
  const problems = new Problems();
  const fields = ['issuer', 'discoveryUrl', 'audiences', 'clients', 'scopes', 'claims', 'privateEndpoint', ...more];
  expectKnownFields(problems, options, fields, 'Inbound authorization by JWT', 'GatewayInbound/UnknownField');
  if (options === undefined || options === null) {
    problems.add({ code: 'GatewayInbound/Issuer', what: 'nothing is said of the issuer', received: options, fix: 'Write GatewayInbound.jwt({ issuer, audiences }).' });
    problems.raise();
  }
  problems.expect(options.issuer !== undefined || options.discoveryUrl !== undefined, {
    code: 'GatewayInbound/Issuer', what: 'neither issuer nor discoveryUrl is given', fix: 'Give the iss claim as issuer.',
  });
  problems.expect(options.issuer !== undefined || !Token.isUnresolved(options.discoveryUrl), {
    code: 'GatewayInbound/Issuer',
    what: 'only a discoveryUrl is given, and it is known only at deployment, so the issuer is not known',
    received: options.discoveryUrl,
    fix: 'Give the iss claim as issuer, beside it.',
  });
  if (options.issuer !== undefined) {
    expectWebAddress(problems, options.issuer, { name: 'issuer', code: 'GatewayInbound/Issuer', fix: 'Copy the iss claim from a token, character by character.' });
  }
  if (options.discoveryUrl !== undefined) {
    expectWebAddress(problems, options.discoveryUrl, {
      name: 'discoveryUrl', code: 'GatewayInbound/Issuer', mustEndWith: DISCOVERY, fix: 'Give the address in full, or only the issuer.',
    });
  }
  for (const [name, values] of Object.entries({ audiences: options.audiences, clients: options.clients, scopes: options.scopes })) {
    expectFilter(problems, name, values);
  }
  problems.expect(options.privateEndpoint === undefined || options.privateEndpoint instanceof PrivateEndpoint, {
    code: 'GatewayInbound/PrivateEndpoint',
    what: 'privateEndpoint is not one',
    received: options.privateEndpoint,
    fix: 'Write PrivateEndpoint.managedVpc(...), or leave it out to go through the internet.',
  });
  const { claims } = options;
  problems.expect(claims === undefined || (Array.isArray(claims) && claims.length > 0 && claims.every((claim) => claim instanceof InboundClaim)), {
    code: 'GatewayInbound/Filter', what: 'claims takes claims', received: options.claims, fix: 'Write claims: [InboundClaim.contains(\'groups\', \'sales\')].',
  });
  return problems;
}

function expectFilter(problems: Problems, name: string, values: string[] | undefined): void {
  if (values === undefined) {
    return;
  }
  problems.expect(Array.isArray(values) && values.length > 0 && new Set(values).size === values.length, {
    code: 'GatewayInbound/Filter', what: `${name} must hold at least one value, each once`, received: values, fix: 'Leave the field out where it is not to be limited.',
  });
  (Array.isArray(values) ? values : []).forEach((value) => problems.expectText(value, {
    name: `value of ${name}`,
    code: 'GatewayInbound/Filter',
    maximum: 255,
    pattern: /^(?!.*\$\{)\S+$/,
    allowed: '1 to 255 characters without blanks and without ${, which IAM would read as a variable',
    fix: 'Give one value per entry, as it stands in the token.',
  }));
}
