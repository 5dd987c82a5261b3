import { ActorToken } from './actor-token';
import { refuse } from '../declaration/problems';

/**
 * How a provider exchanges a user's token for one of the user at another API, without asking the user again.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/on-behalf-of-token-exchange.html
 */
export class OnBehalfOf {
  /**
   * By OAuth 2.0 Token Exchange (RFC 8693).
   *
   * @param actorToken `ActorToken.none()` for impersonation; `ActorToken.machineToMachine([...])` or `ActorToken.iamIdToken()` for
   * delegation
   * @throws [OnBehalfOf/ActorToken] when it is not an `ActorToken`
   */
  public static tokenExchange(actorToken: ActorToken): OnBehalfOf {
    if (!(actorToken instanceof ActorToken)) {
      refuse({
        code: 'OnBehalfOf/ActorToken',
        what: 'the actor token must be said',
        received: actorToken,
        allowed: 'ActorToken.none(), ActorToken.machineToMachine([...]) or ActorToken.iamIdToken()',
        fix: 'Say whether the agent impersonates the user, or the user delegates to it.',
      });
    }
    return new OnBehalfOf('TOKEN_EXCHANGE', actorToken);
  }

  /**
   * By the JWT authorization grant (RFC 7523): the user's token is the assertion, and there is no actor token. Microsoft Entra ID
   * works like this, where it is built in.
   */
  public static jwtAuthorizationGrant(): OnBehalfOf {
    return new OnBehalfOf('JWT_AUTHORIZATION_GRANT');
  }

  private constructor(
    /** `grantType`, as CloudFormation takes it. */
    public readonly grantType: string,
    /**
     * How the agent is told apart from the user.
     *
     * @default - the grant knows no actor
     */
    public readonly actorToken?: ActorToken,
  ) {}

  /** Whether the new token names the agent beside the user, as its `act` claim. */
  public get isDelegation(): boolean {
    return this.actorToken !== undefined && this.actorToken.content !== 'NONE';
  }

  /** The same in words. */
  public get description(): string {
    if (this.actorToken === undefined) {
      return 'impersonation (JWT authorization grant, RFC 7523)';
    }
    return this.isDelegation
      ? `delegation (token exchange, RFC 8693, act claim from an actor token of ${this.actorToken.content === 'M2M' ? 'the client' : 'the AWS role'})`
      : 'impersonation (token exchange, RFC 8693, no act claim)';
  }

  /** @internal */
  public _forTokenEndpoint(tokenEndpoint: string | undefined): OnBehalfOf {
    return new OnBehalfOf(this.grantType, this.actorToken?._forTokenEndpoint(tokenEndpoint));
  }

  /** As CloudFormation takes it. @internal */
  public _render(): object {
    return {
      grantType: this.grantType,
      ...(this.actorToken !== undefined ? {
        tokenExchangeGrantTypeConfig: {
          actorTokenContent: this.actorToken.content,
          ...(this.actorToken.scopes.length > 0 ? { actorTokenScopes: this.actorToken.scopes } : {}),
        },
      } : {}),
    };
  }
}
