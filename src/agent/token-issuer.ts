import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { receivedAddress } from '../declaration/shown-address';
import { expectWebAddress } from '../declaration/web-address';

/** An OpenID Connect issuer and for whom it must have issued the token. */
export interface OidcIssuerOptions {
  /**
   * The issuer, exactly as in the `iss` claim: an https address, with a slash at the end only if the claim has one.
   */
  readonly issuer: string;

  /**
   * The token's `aud` must contain one of these. At least one of `audiences` and `clients` is needed, otherwise a token that
   * the issuer made for any other application would do.
   *
   * @default - not limited
   */
  readonly audiences?: string[];

  /**
   * The token's `client_id` must be one of these. Only a claim of precisely that name counts: Okta's `cid` and Entra's `azp`
   * and `appid` never match, so use `audiences` there. Amazon Cognito's access tokens have it.
   *
   * @default - not limited
   */
  readonly clients?: string[];

  /**
   * The token's `scope` must contain one of these.
   *
   * @default - not limited
   */
  readonly scopes?: string[];
}

/** A token issuer without a limit on the client. */
export interface AnyClientIssuerOptions {
  /** The issuer, exactly as in the `iss` claim. */
  readonly issuer: string;
  /** Why a token for any client of the issuer is right. It stands in the access report. */
  readonly reason: string;
}

/**
 * Whose tokens an agent accepts as proof of its user. IAM holds all of it: a workload access token can only be minted for a
 * JWT with these claims (`bedrock-agentcore:InboundJwtClaim/iss`, `/aud`, `/client_id`, `/scope`).
 *
 * AgentCore itself takes a token of any issuer whose metadata verifies, so without these conditions an agent could be handed
 * a token of an issuer that somebody set up yesterday.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/security_iam_service-with-iam.html
 */
export class TokenIssuer {
  /**
   * Tokens of one OpenID Connect issuer, for these audiences or clients.
   *
   * @throws [TokenIssuer/Issuer] when the issuer is not an https address, or is the discovery URL
   * @throws [TokenIssuer/AudienceOrClient] when neither audiences nor clients are given
   * @throws [TokenIssuer/Claim] when a list is empty or has an unusable value
   */
  public static oidc(options: OidcIssuerOptions): TokenIssuer {
    const problems = new Problems();
    expectKnownFields(problems, options, ['issuer', 'audiences', 'clients', 'scopes'], 'TokenIssuer.oidc', 'TokenIssuer/UnknownField');
    const { issuer, audiences, clients, scopes } = options ?? {} as OidcIssuerOptions;
    expectIssuer(problems, issuer);
    problems.expect(audiences !== undefined || clients !== undefined, {
      code: 'TokenIssuer/AudienceOrClient',
      what: 'neither audiences nor clients are given, so a token that the issuer made for any other application would do',
      received: receivedAddress(issuer),
      fix: 'Give audiences (the aud claim) or clients (the client_id claim), or write TokenIssuer.oidcForAnyClient({ issuer, reason }).',
    });
    expectClaims(problems, 'audiences', audiences);
    expectClaims(problems, 'clients', clients);
    expectClaims(problems, 'scopes', scopes);
    problems.raise();
    return new TokenIssuer(issuer, frozen(audiences), frozen(clients), frozen(scopes));
  }

  /**
   * Tokens of one OpenID Connect issuer, whichever client they were issued for. The longer word, with a reason.
   *
   * @throws [TokenIssuer/Issuer] when the issuer is not an https address, or is the discovery URL
   * @throws [TokenIssuer/Reason] when the reason is missing
   */
  public static oidcForAnyClient(options: AnyClientIssuerOptions): TokenIssuer {
    const problems = new Problems();
    expectKnownFields(problems, options, ['issuer', 'reason'], 'TokenIssuer.oidcForAnyClient', 'TokenIssuer/UnknownField');
    expectIssuer(problems, options?.issuer);
    problems.expectText(options?.reason, {
      name: 'reason',
      code: 'TokenIssuer/Reason',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say why a token for any client of the issuer may stand for the user.',
    });
    problems.raise();
    return new TokenIssuer(options.issuer, frozen(), frozen(), frozen(), options.reason);
  }

  private constructor(
    /** The `iss` claim. */
    public readonly issuer: string,
    /** Values of which the `aud` claim contains one. Empty: not limited. */
    public readonly audiences: string[],
    /** Values of which the `client_id` claim is one. Empty: not limited. */
    public readonly clients: string[],
    /** Values of which the `scope` claim contains one. Empty: not limited. */
    public readonly scopes: string[],
    /**
     * Why any client will do.
     *
     * @default - audiences or clients are given
     */
    public readonly anyClientReason?: string,
  ) {}
}

function frozen(values: readonly string[] = []): string[] {
  return Object.freeze([...values]) as string[];
}

function expectIssuer(problems: Problems, issuer: string): void {
  expectWebAddress(problems, issuer, {
    name: 'issuer',
    code: 'TokenIssuer/Issuer',
    fix: 'Copy the iss claim from a token, character by character.',
  });
  problems.expect(typeof issuer !== 'string' || !/\/\.well-known(\/|$)/.test(issuer), {
    code: 'TokenIssuer/Issuer',
    what: 'issuer is a discovery address',
    received: receivedAddress(issuer),
    allowed: 'the iss claim: the part in front of /.well-known/',
    fix: 'Remove /.well-known/… from it.',
  });
}

function expectClaims(problems: Problems, name: string, values: string[] | undefined): void {
  if (values === undefined) {
    return;
  }
  problems.expect(Array.isArray(values) && values.length > 0 && new Set(values).size === values.length, {
    code: 'TokenIssuer/Claim',
    what: `${name} must hold at least one value, each once`,
    received: values,
    fix: 'Leave the field out where it is not to be limited.',
  });
  for (const value of Array.isArray(values) ? values : []) {
    problems.expectText(value, {
      name: `value of ${name}`,
      code: 'TokenIssuer/Claim',
      maximum: 512,
      pattern: /^(?!.*(\$|#)\{)[^\s*]+$/,
      allowed: '1 to 512 characters without blanks and without ${, which IAM would read as a variable; no wildcards',
      fix: 'Give one value per entry, as it stands in the token; of a list that only deployment knows, Fn.select(index, list).',
    });
  }
}
