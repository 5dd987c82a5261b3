import type { StatementAccess } from './policy-access';

/** A role that may invoke the agent. */
export interface FrontEndAccess {
  /** Name of the front end. */
  readonly name: string;
  /** What kind of thing it is. */
  readonly host: string;
  /** Its role. */
  readonly role: string;
  /** The endpoints of the runtime that it may invoke. */
  readonly endpoints: readonly string[];
  /** Whether it may also open WebSocket streams. */
  readonly webSocket: boolean;
  /** The users that it names, unverified. */
  readonly userIds?: readonly string[];
  /** How its own code makes sure of these users. */
  readonly enforcedByApplication?: string;
  /** Why it invokes the agent. */
  readonly reason: string;
  /** Whether its policy is attached here. If not, the role's owner has to attach it. */
  readonly attachedHere: boolean;
  /** What its role may do because of this agent. */
  readonly statements: readonly StatementAccess[];
  /** The policy that the owner of the role has to attach, where nothing is attached here. */
  readonly requiredPolicy?: unknown;
}

/** A role that may run commands in the agent's runtime, with the credentials of the agent's role. */
export interface OperatorAccess {
  /** Name of the operator. */
  readonly name: string;
  /** What kind of thing it is. */
  readonly host: string;
  /** Its role. */
  readonly role: string;
  /** The endpoints of the runtime on which it may run commands. None: it may not, while the agent is suspended. */
  readonly endpoints: readonly string[];
  /** Why commands have to be run there. */
  readonly reason: string;
  /** Whether its policy is attached here. If not, the role's owner has to attach it. */
  readonly attachedHere: boolean;
  /** What its role may do because of this agent. None while the agent is suspended. */
  readonly statements: readonly StatementAccess[];
  /** The policy that the owner of the role has to attach, where nothing is attached here. */
  readonly requiredPolicy?: unknown;
}

/** What the runtime itself says about who invokes it. */
export interface InvocationAccess {
  /** Whether everybody but the front ends is denied. */
  readonly othersDenied: boolean;
  /** Whether the resource policies are attached here. If not, the runtime's owner has to. */
  readonly attachedHere?: boolean;
  /** The policies of the runtime and its endpoints. */
  readonly resourcePolicies?: readonly InvocationPolicyAccess[];
}

/** The policy of a runtime, or of one of its endpoints. */
export interface InvocationPolicyAccess {
  /** The runtime or the endpoint. */
  readonly resource: string;
  /** IAM's JSON. */
  readonly policy: unknown;
}
