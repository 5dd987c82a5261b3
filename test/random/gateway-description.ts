import type { CallerDescription, ClaimDescription } from './agent-description';

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
  readonly kind: 'Lambda' | 'OpenAPI' | 'MCP server' | 'API Gateway' | 'Smithy';
  readonly way: 'none' | 'role' | 'client credentials' | 'consent' | 'exchange' | 'key';
  readonly provider?: number;
  readonly tools: readonly ToolDescription[];
  readonly suspended: boolean;
}

export interface GatewayDescription {
  readonly stack: number;
  readonly name: 'derived' | 'chosen' | 'with capitals' | 'at deployment';
  readonly inbound: 'JWT' | 'IAM' | 'any signature' | 'everybody';
  /** For JWT: whose tokens. */
  readonly caller: CallerDescription;
  readonly key?: number;
  /** For JWT: what these have to say beside it. */
  readonly claim?: ClaimDescription;
  readonly targets: readonly TargetDescription[];
  /** Whether only the roles that are there for this, and those of agents that call it, may get in. */
  readonly onlyCallers: boolean;
  readonly suspended: boolean;
}
