import { Token } from 'aws-cdk-lib';
import { refuse } from '../../declaration/problems';

/**
 * Which authorization server of an Okta org issues the tokens.
 *
 * @see https://developer.okta.com/docs/concepts/auth-servers/
 */
export class OktaAuthorizationServer {
  /** The custom authorization server that Okta sets up as `default`, for tokens to your own APIs. */
  public static readonly DEFAULT = new OktaAuthorizationServer('default');

  /**
   * The org authorization server, for tokens to Okta's own APIs (scopes `okta.…`). No API but Okta's can check its tokens,
   * and Okta takes no client secret for agents that act as themselves here.
   */
  public static readonly ORG = new OktaAuthorizationServer();

  /**
   * A custom authorization server of yours.
   *
   * @param authorizationServerId its id, such as `aus1a2b3c4d5e6f7g8h9`: the part of its issuer after `/oauth2/`
   * @throws [OktaAuthorizationServer/Id] when it is not an id
   */
  public static custom(authorizationServerId: string): OktaAuthorizationServer {
    if (!Token.isUnresolved(authorizationServerId) && (typeof authorizationServerId !== 'string' || !/^[A-Za-z0-9_-]{1,100}$/.test(authorizationServerId))) {
      refuse({
        code: 'OktaAuthorizationServer/Id',
        what: 'id of the authorization server is not valid',
        received: authorizationServerId,
        allowed: '1 to 100 letters, digits, hyphens and underscores',
        fix: 'Give the part of its issuer after /oauth2/, or write OktaAuthorizationServer.ORG for the org authorization server.',
      });
    }
    return new OktaAuthorizationServer(authorizationServerId);
  }

  private constructor(
    /**
     * Id of the custom authorization server.
     *
     * @default - the org authorization server
     */
    public readonly authorizationServerId?: string,
  ) {}
}
