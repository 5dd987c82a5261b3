import { OAuth2Scope } from './oauth2-scope';
import { forTokenEndpoint, WebIdentityToken, webIdentityToken, webIdentityTokenForAnyAudience } from './web-identity-token';
import { WebIdentityTokenOptions } from './web-identity-token-options';
import { BroadLimitOptions } from '../capability/users';
import { Problems } from '../declaration/problems';

/**
 * How the agent is told apart from the user when a user's token is exchanged (RFC 8693, `actor_token`). Without an actor token the
 * agent impersonates the user; with one the user delegates to the agent, which the new token's `act` claim names.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/on-behalf-of-token-exchange.html
 */
export class ActorToken {
  /** No actor token: impersonation. The new token names the user only; the server knows the agent by its client. */
  public static none(): ActorToken {
    return new ActorToken('NONE', []);
  }

  /**
   * A token that the client gets for itself first (client credentials): delegation. The client has to be registered for that grant,
   * too, with these scopes.
   *
   * @param scopes of the actor token. None: whatever the server gives the client.
   * @throws [ActorToken/Scopes] when one is given twice, or is not a scope
   */
  public static machineToMachine(scopes: OAuth2Scope[] = []): ActorToken {
    const good = Array.isArray(scopes) && scopes.every((scope) => scope instanceof OAuth2Scope);
    const values = good ? scopes.map(({ value }) => value) : [];
    const problems = new Problems();
    problems.expect(good && new Set(values).size === values.length, {
      code: 'ActorToken/Scopes', what: 'scopes of the actor token are not valid', received: good ? values : scopes, allowed: 'scopes such as CustomScope.of(\'…\'), each once', fix: 'Name what the agent needs to be accepted as actor.',
    });
    problems.raise();
    return new ActorToken('M2M', values.sort());
  }

  /**
   * A token that AWS issues for the role of the agent: delegation. The authorization server has to trust AWS as an issuer, and the
   * account has to have outbound web identity federation switched on; the access report reminds of it.
   *
   * On each role that exchanges tokens at the provider: `sts:GetWebIdentityToken`, for these audiences only, and through AWS services
   * only (`aws:ViaAWSService`).
   *
   * @throws [ActorToken/Audience] when audiences are given and not valid
   * @throws [ActorToken/Algorithm] when AWS does not sign with this algorithm
   * @throws [ActorToken/UnknownField] for any other field
   */
  public static iamIdToken(options: WebIdentityTokenOptions = {}): ActorToken {
    return new ActorToken('AWS_IAM_ID_TOKEN_JWT', [], webIdentityToken(options, 'ActorToken.iamIdToken', 'ActorToken'));
  }

  /**
   * The same without a limit on the audience of these tokens. The longer word, with a reason.
   *
   * @throws [ActorToken/Reason] when the reason is missing
   */
  public static iamIdTokenForAnyAudience(options: BroadLimitOptions): ActorToken {
    return new ActorToken('AWS_IAM_ID_TOKEN_JWT', [], webIdentityTokenForAnyAudience(options, 'ActorToken'));
  }

  private constructor(
    /** `actorTokenContent`, as CloudFormation takes it. */
    public readonly content: string,
    /** Scopes of the actor token, sorted. */
    public readonly scopes: string[],
    /** The tokens that AWS issues for the actor. @internal */
    public readonly _webIdentityToken?: WebIdentityToken,
  ) {}

  /** @internal */
  public _forTokenEndpoint(tokenEndpoint: string | undefined): ActorToken {
    return this._webIdentityToken === undefined ? this : new ActorToken(this.content, this.scopes, forTokenEndpoint(this._webIdentityToken, tokenEndpoint));
  }
}
