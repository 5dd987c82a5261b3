/** What a part of an agent does with credentials. No part gets another's verbs. */
export enum AgentVerb {
  /** Mints workload access tokens: decides as whom the agent acts. */
  MINT = 'mint',
  /** Uses a workload access token to get access tokens and API keys. */
  VEND = 'vend',
  /** Completes the session that a user's consent began. */
  COMPLETE = 'complete',
}
