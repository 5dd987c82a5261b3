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
  readonly kind: 'Lambda' | 'OpenAPI' | 'MCP server' | 'API Gateway' | 'Smithy' | 'agent' | 'passthrough';
  /**
   * An agent is called with the caller's own token, or with the role of the gateway. What is passed through by HTTP may also be called
   * with the caller's own AWS credentials.
   */
  readonly way: 'none' | 'role' | 'client credentials' | 'consent' | 'exchange' | 'key' | 'token' | 'caller';
  /** The agent whose runtime it is; the part that is on it, if that is not its first; and its endpoint: DEFAULT, if nothing is said. */
  readonly agent?: number;
  readonly runtime?: number;
  readonly endpoint?: EndpointName;
  /** What is spoken through it. */
  readonly speaks?: typeof SPOKEN[number];
  readonly provider?: number;
  readonly tools: readonly ToolDescription[];
  readonly suspended: boolean;
}

export const SPOKEN = ['MCP', 'A2A', 'INFERENCE', 'CUSTOM'] as const;

/** What speaks HTTP has no tools, but operations. `read_` is none. */
const OPERATIONS = {
  agent: { read: 'POST:/invocations', read_all: 'GET:/ping', read_: 'POST:/invocations/' },
  passthrough: { read: 'POST:/v1/orders', read_all: 'POST:/v1/orders/all', read_: 'GET:/v1/orders' },
};

/** How what is called `read` and `read_all` here is called at a target. */
export function toolName({ kind }: TargetDescription, tool: KnownTool | 'read_'): string {
  return kind === 'agent' || kind === 'passthrough' ? OPERATIONS[kind][tool] : tool;
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
  /** How the role is known that deploys, if it is not the one with which CDK's bootstrapping lets CloudFormation work. */
  readonly deployer?: typeof DEPLOYERS[number];
}

export const DEPLOYERS = ['ARN', 'ARN at deployment', 'name', 'made here'] as const;

export interface GatewayDescription {
  readonly stack: number;
  /** Only by HTTP it has agents behind it, or what is passed through, and nothing else then. */
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
  /** Whether users return to a page of the app's own, where targets act with their consent. */
  readonly page?: boolean;
  readonly suspended: boolean;
}
