/** What kind of authority a capability uses. */
export enum CapabilityKind {
  /** The signed-in user's, proved by the user's JWT. */
  ACT_AS_USER = 'act as user',
  /** The signed-in user's, whose JWT is exchanged for another token. */
  ACT_ON_BEHALF_OF_USER = 'act on behalf of user',
  /** That of a user whom the agent names, unverified. */
  ACT_AS_TRUSTED_USER_ID = 'act as trusted user id',
  /** The agent's own. */
  ACT_AS_ITSELF = 'act as itself',
  /** Whoever holds the API key. */
  USE_API_KEY = 'use API key',
  /** Of tools behind a gateway: the agent's own, or the user's. */
  CALL_TOOLS = 'call tools',
  /** Whoever holds what the secret says: the agent's own code reads it. */
  READ_SECRET_IN_CODE = 'read secret in code',
}
