import type { CallerDescription, ClaimDescription, EndpointName } from './agent-description';

/** Who may call a tool. Terms are combined by `all` and `any`. */
export type Access =
  | { readonly who: 'nobody' | 'every caller' }
  | { readonly who: 'all scopes' | 'any scope'; readonly scopes: readonly string[] }
  | { readonly who: 'group'; readonly group: string }
  | { readonly who: 'department'; readonly department: string }
  | { readonly who: 'subject'; readonly subject: string }
  /** Roles that are there for this, or those of an agent. */
  | { readonly who: 'role'; readonly role: 'bystander' | 'caller' }
  | { readonly who: 'agent'; readonly agent: number }
  | { readonly who: 'all' | 'any'; readonly of: readonly Access[] };

export type KnownTool = 'read' | 'read_all';

export interface ToolDescription {
  /** One tool, or all of the target. */
  readonly tool: KnownTool | '*';
  readonly requires?: Access;
  readonly forbids?: { readonly access: Access; readonly unless: boolean };
}

export interface TargetDescription {
  readonly kind: 'Lambda' | 'OpenAPI' | 'MCP server' | 'API Gateway' | 'Smithy' | 'agent';
  /** An agent is called with the caller's own token, or with the role of the gateway. */
  readonly way: 'none' | 'role' | 'client credentials' | 'consent' | 'exchange' | 'key' | 'token';
  /** The agent whose runtime it is, and its endpoint: DEFAULT, if nothing is said. */
  readonly agent?: number;
  readonly endpoint?: EndpointName;
  readonly provider?: number;
  readonly tools: readonly ToolDescription[];
  readonly suspended: boolean;
}

/** Runtimes have no tools, but operations. `read_` is none. */
const OPERATIONS = { read: 'POST:/invocations', read_all: 'GET:/ping', read_: 'POST:/invocations/' };

/** How what is called `read` and `read_all` here is called at a target. */
export function toolName({ kind }: TargetDescription, tool: keyof typeof OPERATIONS): string {
  return kind === 'agent' ? OPERATIONS[tool] : tool;
}

/** Organizations and VPC endpoints of which one is nearly the other. */
export const ORGANIZATIONS = ['o-a1b2c3d4e5', 'o-a1b2c3d4e50'] as const;
export const VPC_ENDPOINTS = ['vpce-0a1b2c3d', 'vpce-0a1b2c3d4'] as const;

/** Whom alone a gateway lets in, beside whoever deploys it. */
export interface RestrictionDescription {
  /** The roles that are there for this, and those of agents that call it. */
  readonly roles: boolean;
  /** A role of another account. */
  readonly partner: boolean;
  readonly organizations: readonly string[];
  /** For JWT: ways on which calls have to come. */
  readonly vpcEndpoints: readonly string[];
}

export interface GatewayDescription {
  readonly stack: number;
  /** Only by HTTP it has agents behind it, and nothing else then. */
  readonly protocol: 'MCP' | 'HTTP';
  readonly name: 'derived' | 'chosen' | 'with capitals' | 'at deployment';
  readonly inbound: 'JWT' | 'IAM' | 'any signature' | 'everybody';
  /** For JWT: whose tokens. */
  readonly caller: CallerDescription;
  /** Where these are machine clients of a pool: the pool, and places of clients in it. `caller` says the same. */
  readonly registered?: { readonly pool: number; readonly clients: readonly number[] };
  readonly key?: number;
  /** For JWT: what these have to say beside it. */
  readonly claim?: ClaimDescription;
  readonly targets: readonly TargetDescription[];
  readonly only?: RestrictionDescription;
  readonly suspended: boolean;
}
