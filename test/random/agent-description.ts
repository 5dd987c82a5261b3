import type { Region } from './description';
import type { KnownTool } from './gateway-description';

/** A role of another account is one of a front end. */
export interface HostDescription {
  readonly kind: 'role' | 'L1 role' | 'role by ARN' | 'role by name' | 'Lambda' | 'ECS' | 'EKS' | 'EC2' | 'Step Functions' | 'runtime' | 'official L2 runtime' | 'runtime by ARN'
  | 'role of another account';
  readonly stack: number;
}

export interface PartDescription {
  readonly work: 'act' | 'mint' | 'vend' | 'complete';
  /** Of its own, or the place of a shared page. */
  readonly host: HostDescription | number;
}

export interface CallerDescription {
  readonly issuer: string;
  /** All three empty: any client of the issuer. */
  readonly audiences: readonly string[];
  readonly clients: readonly string[];
  readonly scopes: readonly string[];
}

/** A claim that tokens must have: one value, or a list with (one of) these. */
export interface ClaimDescription {
  readonly name: 'groups' | 'department';
  readonly test: 'is' | 'contains' | 'contains any';
  readonly values: readonly string[];
}

/** For whom, where users prove themselves by tokens. Neither: anybody. */
export interface UsersDescription {
  readonly subjects: readonly string[];
  readonly claim?: ClaimDescription;
}

/** `users` is for `user` and `behalf`. */
export interface CapabilityDescription {
  readonly kind: 'user' | 'behalf' | 'user id' | 'itself' | 'key';
  readonly provider: number;
  /** By the construct that stands for the provider, or by an import of its own. */
  readonly through: 'construct' | 'name' | 'ARN';
  readonly suspended: boolean;
  readonly users: UsersDescription;
  /** For `user id`: a prefix, or else single ids. */
  readonly prefix?: string;
  readonly ids: readonly string[];
  /** For `key`: with the token of the agent itself, or of the user's session. */
  readonly session: 'itself' | 'user';
}

/** Tools of a gateway that an agent calls. */
export interface ToolCallDescription {
  readonly gateway: number;
  readonly authority: 'role' | 'machine client' | 'user token';
  /** Of a machine client, where its tokens come from, and what it asks for. */
  readonly provider?: number;
  readonly scopes: readonly string[];
  /** Of users' tokens, and whether the agent's code looks at them because nobody else does. */
  readonly users: UsersDescription;
  readonly enforced: boolean;
  /** None: all of them. */
  readonly tools: readonly { readonly target: number; readonly tool: KnownTool }[];
  readonly suspended: boolean;
}

/** What invokes an agent on a runtime with AWS credentials: a host of its own, or a part of another agent. */
export interface FrontEndDescription {
  readonly host: HostDescription | { readonly agent: number; readonly part: number };
  /** The part on whose runtime the agent is invoked. None: the agent's first. */
  readonly runtime?: number;
  /** Users whom it names. */
  readonly names?: { readonly prefix?: string; readonly ids: readonly string[] };
  /** None: DEFAULT. */
  readonly endpoints: readonly EndpointName[];
  readonly webSocket: boolean;
}

export type WorkloadDescription = { readonly gateway: number } | { readonly agent: number };

/** Endpoints that each runtime of the app has beside DEFAULT. */
export const ENDPOINTS = ['live', 'live2'] as const;
export type EndpointName = typeof ENDPOINTS[number];

export interface AgentDescription {
  readonly stack: number;
  readonly identity: 'derived' | 'named' | 'named at deployment' | 'name' | 'ARN' | 'ARN at deployment' | 'L1' | 'official L2' | 'of the runtime';
  /** Where the identity is. */
  readonly region: Region;
  readonly parts: readonly PartDescription[];
  readonly callers: readonly CallerDescription[];
  /** Whether these are left out in the code: they follow from the gateway that it stands behind. */
  readonly derivesCallers: boolean;
  readonly capabilities: readonly CapabilityDescription[];
  readonly toolCalls: readonly ToolCallDescription[];
  readonly frontEnds: readonly FrontEndDescription[];
  /** Whether nobody else may invoke it. */
  readonly onlyFrontEnds: boolean;
  /** Who runs commands in its first runtime: roles of their own. */
  readonly operators: readonly HostDescription[];
  /** Through which gateways and agents calls have to come. None: from anywhere. */
  readonly accepts: readonly WorkloadDescription[];
  readonly suspended: boolean;
}
