/** With which workload access token an agent fetches an API key. */
export enum ApiKeyAuthority {
  /** A token without any user: the agent may fetch the key at any time, and its role may mint such a token. */
  AGENT_ITSELF = 'the agent itself',
  /**
   * The token of the user's session that the agent holds anyway. No mint right is added; the agent needs another capability
   * that acts as the user.
   */
  USER_SESSION = 'a user\'s session',
}
