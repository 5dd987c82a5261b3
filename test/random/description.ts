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
}

export type Region = 'eu-west-1' | 'us-east-1';

export interface StackDescription {
  readonly region: Region;
}

export interface KeyDescription {
  readonly made: 'L2' | 'L1' | 'imported';
  readonly stack: number;
  readonly region: Region;
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
  readonly kind: 'role' | 'L1 role' | 'role by ARN' | 'role by name' | 'Lambda' | 'ECS' | 'runtime';
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
  readonly kind: 'user' | 'user id' | 'itself' | 'key';
  readonly provider: number;
  /** By the construct that stands for the provider, or by an import of its own. */
  readonly through: 'construct' | 'name' | 'ARN';
  readonly suspended: boolean;
  /** For `user`. No subjects: any user, or a group. */
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
