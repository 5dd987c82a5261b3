import { EnforcementLayer } from '../capability/enforcement-layer';
import type { GatewayAccess } from '../gateway/gateway-access';

/** Version of the model's shape. A reader refuses a higher first number. */
export const ACCESS_MODEL_VERSION = '1.0';

/**
 * All agents of an app, and what each may do: plain data, sorted, without secrets, and the same for the same input.
 *
 * This is what the access report renders and what later tools compare.
 */
export interface AccessModel {
  readonly version: string;
  readonly agents: readonly AgentAccess[];
  readonly providers: readonly ProviderAccess[];
  readonly gateways: readonly GatewayAccess[];
  readonly tokenVaults: readonly TokenVaultAccess[];
}

export interface AgentAccess {
  /** Construct path: stable as long as the code's structure is. */
  readonly path: string;
  readonly environment: EnvironmentAccess;
  readonly identity: { readonly name: string; readonly madeHere: boolean };
  readonly owner: { readonly name: string; readonly contact: string };
  /** Why the agent is cut off. */
  readonly suspendedReason?: string;
  readonly callers: readonly CallerAccess[];
  readonly returnUrls: readonly string[];
  readonly parts: readonly PartAccess[];
  readonly capabilities: readonly CapabilityAccess[];
  readonly remainingWildcards: readonly WildcardAccess[];
  /** What somebody else has to do, because this app cannot. */
  readonly leftToOthers: readonly string[];
}

export interface EnvironmentAccess {
  readonly account: string;
  readonly region: string;
}

/** Empty lists: not limited. */
export interface CallerAccess {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly clients: readonly string[];
  readonly scopes: readonly string[];
  readonly anyClientReason?: string;
}

export interface PartAccess {
  readonly name: string;
  readonly host: string;
  readonly role: string;
  readonly verbs: readonly string[];
  /** Whether the policy is attached here. If not, the role's owner has to attach it. */
  readonly attachedHere: boolean;
  readonly managedElsewhereReason?: string;
  /** Why the role is shared, and the agents whose rights are joined by it. */
  readonly sharedReason?: string;
  readonly sharedWith?: readonly string[];
  readonly statements: readonly StatementAccess[];
  /** The policy that the owner of the role has to attach, where nothing is attached here. */
  readonly requiredPolicy?: unknown;
}

/** A statement as a reviewer reads it: resources by what they are, not by their ARNs' tokens. */
export interface StatementAccess {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: readonly { readonly operator: string; readonly key: string; readonly values: readonly string[] }[];
}

export interface CapabilityAccess {
  readonly kind: string;
  readonly asWhom: string;
  /** Whose authority passes through which hands: user → caller → agent → provider. */
  readonly delegation: string;
  /** Construct path of the provider. */
  readonly provider: string;
  readonly providerName: string;
  readonly scopes: readonly string[];
  /** What the agent asks for when it exchanges the user's token. */
  readonly audiences?: readonly string[];
  readonly resources?: readonly string[];
  /** How the code has to ask, so that the user is not asked again whenever the access token ends. */
  readonly refreshTokens?: string;
  readonly limits: readonly LimitAccess[];
  readonly reason: string;
  /** Why the capability is cut off, by itself or with its provider. */
  readonly suspendedReason?: string;
  /** Sids of the statements that this capability needs. */
  readonly statements: readonly string[];
}

/** One limit, and the layer that holds it. */
export interface LimitAccess {
  readonly limit: string;
  readonly enforcedBy: EnforcementLayer;
  readonly how: string;
}

export interface WildcardAccess {
  readonly resource: string;
  readonly reason: string;
}

export interface ProviderAccess {
  readonly path: string;
  readonly name: string;
  readonly kind: 'OAuth2' | 'API key';
  readonly vendor?: string;
  readonly environment: EnvironmentAccess;
  readonly madeHere: boolean;
  readonly secret: { readonly kept: string; readonly jsonKey?: string; readonly bundledKeys?: readonly string[]; readonly protectedBy: string };
  /** How AgentCore proves that it is the client, where that was declared. */
  readonly clientAuthentication?: string;
  /** How users' tokens are exchanged. */
  readonly onBehalfOf?: string;
  /** What the policy of a signing key must hold that is not of this app. */
  readonly requiredKeyPolicy?: readonly unknown[];
  /** What makes the provider wider than it could be, and why. */
  readonly broadBecause?: string;
  /** Construct paths of the agents that may use it. */
  readonly usedBy: readonly string[];
}

/** The key that protects the tokens of all users in one account and region. */
export interface TokenVaultAccess {
  readonly path: string;
  readonly environment: EnvironmentAccess;
  readonly key: string;
  readonly formerKeys: readonly string[];
  /** Whether the key is set here, or only known to be set elsewhere. */
  readonly setHere: boolean;
  /** What the policy of a key that is not of this app must hold. */
  readonly requiredKeyPolicy: readonly unknown[];
}
