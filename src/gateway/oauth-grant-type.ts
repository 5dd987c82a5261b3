/**
 * How the gateway gets an access token for a target.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html
 */
export enum OAuthGrantType {
  /** As itself: all callers share one authority. */
  CLIENT_CREDENTIALS = 'CLIENT_CREDENTIALS',
  /** As the user, once the user has consented. */
  AUTHORIZATION_CODE = 'AUTHORIZATION_CODE',
  /** As the user, in exchange for the user's token. */
  TOKEN_EXCHANGE = 'TOKEN_EXCHANGE',
}
