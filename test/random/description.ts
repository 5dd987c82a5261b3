/**
 * A whole app as plain data: what exists, who may do what, and by which construct each thing is made. The app is built from
 * it, and so is, on another way, the expectation. Other things are named by their place in the lists.
 */
export interface AppDescription {
  /** Whether stacks know their account and Region, or leave them to the deployment. */
  readonly environment: 'known' | 'at deployment';
  readonly stacks: readonly StackDescription[];
  readonly keys: readonly KeyDescription[];
  readonly secrets: readonly SecretDescription[];
  readonly providers: readonly ProviderDescription[];
  /** At most one for each Region. */
  readonly vaults: readonly VaultDescription[];
  /** Roles that serve several agents as return page. */
  readonly sharedPages: readonly HostDescription[];
  readonly agents: readonly AgentDescription[];
  readonly gateways: readonly GatewayDescription[];
}

export type Region = 'eu-west-1' | 'us-east-1';

export interface StackDescription {
  readonly region: Region;
  /** Of two stages with the same stacks, the one it is in. Nothing is used across stages. */
  readonly stage?: 'Prod' | 'Test';
}

export interface KeyDescription {
  readonly made: 'L2' | 'L1' | 'imported';
  readonly stack: number;
  readonly region: Region;
  /** Signs the assertions of clients; all others encrypt. */
  readonly signs: boolean;
}

export interface SecretDescription {
  readonly made: 'L2' | 'L1' | 'complete ARN' | 'partial ARN' | 'name' | 'ARN at deployment';
  readonly stack: number;
  readonly region: Region;
  /** The customer's key that it is under, if the app says so: on the secret, or where a provider refers to the secret. */
  readonly key?: number;
  readonly keyToldBy: 'secret' | 'provider';
}

export type ProviderFamily = 'OAuth2' | 'API key';

export interface ProviderDescription {
  readonly family: ProviderFamily;
  readonly made: 'here' | 'L1' | 'official L2' | 'name' | 'ARN' | 'ARN at deployment';
  readonly stack: number;
  readonly region: Region;
  readonly name: 'derived' | 'chosen' | 'at deployment';
  readonly secret: number | 'kept by AgentCore';
  /** How a client proves itself: with its secret, a token that AWS issues for the role, or a signature with a key (its place). */
  readonly client: 'secret' | 'IAM token' | 'IAM token by ES384' | number;
  /** How users' tokens are exchanged, and who is the actor then. */
  readonly exchange: 'no' | 'without actor' | 'client as actor' | 'role as actor' | 'JWT grant';
  /** Whether the API key is a bundle of several. */
  readonly bundle: boolean;
  readonly suspended: boolean;
}

export interface VaultDescription {
  readonly stack: number;
  readonly how: 'key made for it' | 'key given' | 'set elsewhere';
  /** Places of keys of the vault's Region: the key, and those that it was under before. */
  readonly key?: number;
  readonly formerKeys: readonly number[];
}

export interface HostDescription {
  readonly kind: 'role' | 'L1 role' | 'role by ARN' | 'role by name' | 'Lambda' | 'ECS' | 'EKS' | 'EC2' | 'Step Functions' | 'runtime' | 'official L2 runtime' | 'runtime by ARN';
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

export interface CapabilityDescription {
  readonly kind: 'user' | 'behalf' | 'user id' | 'itself' | 'key';
  readonly provider: number;
  /** By the construct that stands for the provider, or by an import of its own. */
  readonly through: 'construct' | 'name' | 'ARN';
  readonly suspended: boolean;
  /** For `user` and `behalf`. No subjects: any user, or a group. */
  readonly subjects: readonly string[];
  readonly group?: string;
  /** For `user id`: a prefix, or else single ids. */
  readonly prefix?: string;
  readonly ids: readonly string[];
  /** For `key`: with the token of the agent itself, or of the user's session. */
  readonly session: 'itself' | 'user';
}

export interface AgentDescription {
  readonly stack: number;
  readonly identity: 'derived' | 'named' | 'named at deployment' | 'name' | 'ARN' | 'ARN at deployment' | 'L1' | 'official L2' | 'of the runtime';
  /** Where the identity is. */
  readonly region: Region;
  readonly parts: readonly PartDescription[];
  readonly callers: readonly CallerDescription[];
  readonly capabilities: readonly CapabilityDescription[];
  readonly suspended: boolean;
}

/** Who may call a tool. Terms are combined by `all` and `any`. */
export type Access =
  | { readonly who: 'nobody' | 'every caller' }
  | { readonly who: 'all scopes' | 'any scope'; readonly scopes: readonly string[] }
  | { readonly who: 'group'; readonly group: string }
  | { readonly who: 'subject'; readonly subject: string }
  /** A host of the app, by its role. */
  | { readonly who: 'role'; readonly role: 'bystander' | 'caller' }
  | { readonly who: 'all' | 'any'; readonly of: readonly Access[] };

export interface ToolDescription {
  /** One tool, or all of the target. */
  readonly tool: 'read' | 'read_all' | '*';
  readonly requires?: Access;
  readonly forbids?: { readonly access: Access; readonly unless: boolean };
}

export interface TargetDescription {
  readonly kind: 'Lambda' | 'OpenAPI' | 'MCP server' | 'API Gateway' | 'Smithy';
  readonly way: 'none' | 'role' | 'client credentials' | 'consent' | 'exchange' | 'key';
  readonly provider?: number;
  readonly tools: readonly ToolDescription[];
}

export interface GatewayDescription {
  readonly stack: number;
  readonly name: 'derived' | 'chosen' | 'with capitals' | 'at deployment';
  readonly inbound: 'JWT' | 'IAM' | 'any signature' | 'everybody';
  /** For JWT: whose tokens. */
  readonly caller: CallerDescription;
  readonly key?: number;
  readonly targets: readonly TargetDescription[];
}

/** How a part is called in the app and in results. The one that is given as `host` is called so by the library. */
export function partName(agent: AgentDescription, part: number): string {
  return part === 0 && givenAsHost(agent) ? 'Host' : `Part${part}`;
}

/** Whether the first part is given as `host`. */
export function givenAsHost(agent: AgentDescription): boolean {
  return agent.parts[0].work === 'act' && agent.parts.slice(1).every(({ work }) => work !== 'act');
}

/** The roles that act for agents, by the names that results have, and the parts of which agents they are. */
export function rolesOf(app: AppDescription): Map<string, { agent: number; part: number }[]> {
  const roles = new Map<string, { agent: number; part: number }[]>();
  app.agents.forEach((agent, index) => agent.parts.forEach(({ host }, part) => {
    const name = typeof host === 'number' ? `shared page ${host}` : `agent ${index} ${partName(agent, part)}`;
    roles.set(name, [...roles.get(name) ?? [], { agent: index, part }]);
  }));
  return roles;
}
