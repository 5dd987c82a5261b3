/**
 * How AgentCore proves to the token endpoint that it is the client.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/client-auth-methods.html
 */
export class ClientAuthentication {
  /** The client secret in the `Authorization` header (`client_secret_basic`). */
  public static readonly CLIENT_SECRET_BASIC = new ClientAuthentication('CLIENT_SECRET_BASIC');
  /** The client secret in the body of the request (`client_secret_post`). */
  public static readonly CLIENT_SECRET_POST = new ClientAuthentication('CLIENT_SECRET_POST');

  private constructor(
    /** `clientAuthenticationMethod`, as CloudFormation takes it. */
    public readonly method: string,
  ) {}
}
