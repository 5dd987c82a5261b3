import { OAuth2Scope } from '../provider/oauth2-scope';

/**
 * A scope that machine clients of a user pool may be given: what a token of theirs says that its bearer may do.
 *
 * Amazon Cognito puts the identifier of the resource server and a slash in front of every scope's name. A scope `mcp:call` of the
 * resource server `agents` is `agents/mcp:call` in tokens, in requests for tokens and in the rules of tools; nothing can make it
 * `mcp:call` there.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
 */
export class MachineScope extends OAuth2Scope {
  /** @internal */
  public static _of(resourceServer: string, scopeName: string, description: string): MachineScope {
    return new MachineScope(resourceServer, scopeName, description);
  }

  private constructor(
    /** Identifier of the resource server. */
    public readonly resourceServer: string,
    /** The scope without it. */
    public readonly scopeName: string,
    /** What it allows, in words. */
    public readonly description: string,
  ) {
    super(`${resourceServer}/${scopeName}`, 'CognitoOauth2');
  }

  /** The scope as it stands in tokens: identifier, slash, name. What `ToolAccess.allScopes` and providers take. */
  public get fullScope(): string {
    return this.value;
  }
}
