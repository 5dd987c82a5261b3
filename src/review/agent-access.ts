import type { CapabilityAccess } from './capability-access';
import type { EnvironmentAccess } from './environment-access';
import type { FrontEndAccess, InvocationAccess, OperatorAccess } from './invocation-access';
import type { OwnerAccess } from './owner-access';
import type { StatementAccess, WildcardAccess } from './policy-access';

/** One agent: who owns it, what acts for it, and what it may do. */
export interface AgentAccess {
  /** Construct path: stable as long as the code's structure is. */
  readonly path: string;
  /** Where its workload identity is. */
  readonly environment: EnvironmentAccess;
  /** Its workload identity. */
  readonly identity: IdentityAccess;
  /** Who answers for it. */
  readonly owner: OwnerAccess;
  /** Why the agent is cut off. */
  readonly suspendedReason?: string;
  /** Whose tokens prove a user to it. */
  readonly callers: readonly CallerAccess[];
  /** The only workloads through which calls may reach it. Not there: any. */
  readonly acceptsCallsFrom?: readonly string[];
  /** Where users return to after consent. */
  readonly returnUrls: readonly string[];
  /** What invokes it with AWS credentials, as far as it was declared. */
  readonly frontEnds?: readonly FrontEndAccess[];
  /** Who may run commands in its runtimes. Everybody else is denied. */
  readonly operators?: readonly OperatorAccess[];
  /** What the runtime says about who invokes it. */
  readonly invocation?: InvocationAccess;
  /** The roles that act for it. No part has another's verbs. */
  readonly parts: readonly PartAccess[];
  /** What it may do with credentials. */
  readonly capabilities: readonly CapabilityAccess[];
  /** Every resource that could not be named exactly. */
  readonly remainingWildcards: readonly WildcardAccess[];
  /** What somebody else has to do, because this app cannot. */
  readonly leftToOthers: readonly string[];
}

/** A workload identity. */
export interface IdentityAccess {
  /** Its name. */
  readonly name: string;
  /** Whether this app makes it. */
  readonly madeHere: boolean;
}

/** Whose tokens are taken as proof of a user. Empty lists: not limited. */
export interface CallerAccess {
  /** Issuer of the tokens (`iss`). */
  readonly issuer: string;
  /** Audiences, any of which is enough (`aud`). */
  readonly audiences: readonly string[];
  /** Clients, any of which is enough (`client_id`). */
  readonly clients: readonly string[];
  /** Scopes, any of which is enough (`scope`). */
  readonly scopes: readonly string[];
  /** Why tokens of any client are taken. */
  readonly anyClientReason?: string;
}

/** A role that acts for an agent, or a page that completes sessions for a gateway. */
export interface PartAccess {
  /** Name of the part within its agent, or of the page within its gateway. */
  readonly name: string;
  /** Kind of host. */
  readonly host: string;
  /** Construct path of the role, or its ARN where it is not of this app. */
  readonly role: string;
  /** What the part does with credentials: mint, vend, complete. */
  readonly verbs: readonly string[];
  /** Whether the policy is attached here. If not, the role's owner has to attach it. */
  readonly attachedHere: boolean;
  /** Why nothing is attached here. */
  readonly managedElsewhereReason?: string;
  /** Why the role is shared with other agents, whose rights it joins. */
  readonly sharedReason?: string;
  /** Construct paths of those agents. */
  readonly sharedWith?: readonly string[];
  /** The statements of its policy. */
  readonly statements: readonly StatementAccess[];
  /** The policy that the owner of the role has to attach, where nothing is attached here. */
  readonly requiredPolicy?: unknown;
}
