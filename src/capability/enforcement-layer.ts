/**
 * The layer that holds a limit. Every limit of every capability names one; a limit that none holds is an error.
 */
export enum EnforcementLayer {
  /** An IAM policy on the role: AWS refuses the call. */
  IAM = 'IAM',
  /** The JWT authorizer in front of the agent: AWS refuses the request before the agent sees it. */
  INBOUND_AUTHORIZER = 'inbound authorizer',
  /** The credential configuration of a gateway target. */
  GATEWAY_TARGET = 'gateway target',
  /** A Cedar policy of the gateway's policy engine. */
  CEDAR = 'Cedar',
  /** The authorization server: the registration of the client, and the user's consent. */
  IDENTITY_PROVIDER = 'identity provider',
  /** The agent's own code. Nothing outside it holds the limit; the declaration says how the code does. */
  APPLICATION = 'application',
}
