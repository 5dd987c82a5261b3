import type { EnforcementLayer } from '../capability/enforcement-layer';

/** One allowed way to act. */
export interface CapabilityAccess {
  /** Kind of authority: act as user, act on behalf of user, act as trusted user id, act as itself, use API key, call tools, read secret in code. */
  readonly kind: string;
  /** As whom it acts, in words. */
  readonly asWhom: string;
  /** Why it is for more users than it could be for. */
  readonly broadBecause?: string;
  /** Whose authority passes through which hands, in one line: user → caller → agent → provider. */
  readonly delegation: string;
  /** The hands of `delegation`, one by one. */
  readonly tokenPath: readonly TokenHolderAccess[];
  /** Construct path of the provider; of the gateway, where tools are called without one; of the secret that code reads. */
  readonly provider: string;
  /** Name of the provider in AgentCore, id of the gateway, or ARN or name of the secret. */
  readonly providerName: string;
  /** Names of the parts whose code reads the secret. */
  readonly readBy?: readonly string[];
  /** Construct path of the gateway whose tools are called. */
  readonly gateway?: string;
  /** Tools that are called, as callers name them; `*` for all. */
  readonly tools?: readonly string[];
  /** Why all tools may be called. */
  readonly allToolsReason?: string;
  /** Scopes that the agent may ask for. */
  readonly scopes: readonly string[];
  /** Audiences that the agent asks for when it exchanges the user's token. */
  readonly audiences?: readonly string[];
  /** Resources that the agent asks for when it exchanges the user's token. */
  readonly resources?: readonly string[];
  /** How the code has to ask, so that the user is not asked again whenever the access token ends. */
  readonly refreshTokens?: string;
  /** Its limits, each with the layer that holds it. */
  readonly limits: readonly LimitAccess[];
  /** Why it is allowed. */
  readonly reason: string;
  /** The code that uses it, where AgentCore hands out the credentials. */
  readonly code?: CodeAccess;
  /** Why the capability is cut off, by itself or with its provider. */
  readonly suspendedReason?: string;
  /** Sids of the statements that this capability needs. */
  readonly statements: readonly string[];
}

/** The code that uses a capability, for the AgentCore SDKs. */
export interface CodeAccess {
  /** For `bedrock-agentcore` of npm. */
  readonly typescript: string;
  /** For `bedrock-agentcore` of PyPI. */
  readonly python: string;
}

/** One pair of hands that authority passes through. */
export interface TokenHolderAccess {
  /** What they are. */
  readonly kind: 'user' | 'caller' | 'agent' | 'provider' | 'gateway' | 'target' | 'secret';
  /** Who they are, in words. */
  readonly who: string;
}

/** One limit, and the layer that holds it. */
export interface LimitAccess {
  /** The limit in words. */
  readonly limit: string;
  /** The layer that holds it. */
  readonly enforcedBy: EnforcementLayer;
  /** How the layer holds it, or what somebody does so that it does. */
  readonly how: string;
}
