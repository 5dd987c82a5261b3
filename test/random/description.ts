import type { AgentDescription, FrontEndDescription, HostDescription } from './agent-description';
import type { GatewayDescription } from './gateway-description';

export * from './agent-description';
export * from './gateway-description';

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
  /** Pools of clients that agents and gateways are when they act as themselves. */
  readonly machineClients: readonly MachineClientsDescription[];
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
  readonly made: 'L2' | 'L1' | 'imported' | 'for machine clients';
  readonly stack: number;
  readonly region: Region;
  /** Signs the assertions of clients; all others encrypt. */
  readonly signs: boolean;
}

export interface SecretDescription {
  readonly made: 'L2' | 'L1' | 'complete ARN' | 'partial ARN' | 'name' | 'ARN at deployment' | 'of a machine client';
  readonly stack: number;
  readonly region: Region;
  /** The customer's key that it is under, if the app says so: on the secret, or where a provider refers to the secret. */
  readonly key?: number;
  readonly keyToldBy: 'secret' | 'provider';
}

export type ProviderFamily = 'OAuth2' | 'API key';

export interface ProviderDescription {
  readonly family: ProviderFamily;
  readonly vendor: 'Google' | 'any';
  readonly made: 'here' | 'L1' | 'official L2' | 'name' | 'ARN' | 'ARN at deployment' | 'of a machine client';
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

export interface MachineClientsDescription {
  readonly stack: number;
  /** The place of the key for the clients' secrets: one that is made for them, or that is given. None: the key that AWS manages. */
  readonly key?: number;
  /** As in tokens: a stand-in for what only deployment knows, and so is each client's id. */
  readonly issuer: string;
  /** Each with its scopes, and the places of its secret and of its provider. */
  readonly clients: readonly { readonly id: string; readonly scopes: readonly string[]; readonly secret: number; readonly provider: number }[];
}

export interface VaultDescription {
  readonly stack: number;
  readonly how: 'key made for it' | 'key given' | 'set elsewhere';
  /** Places of keys of the vault's Region: the key, and those that it was under before. */
  readonly key?: number;
  readonly formerKeys: readonly number[];
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

export function isRuntime({ kind }: HostDescription): boolean {
  return kind === 'runtime' || kind === 'official L2 runtime' || kind === 'runtime by ARN';
}

/** Whether the role of a host is known by its name, wherever the host is. */
export function isImported({ kind }: HostDescription): boolean {
  return kind === 'role by ARN' || kind === 'role by name' || kind === 'runtime by ARN';
}

/** Whether a front end is in another account, where its policy is written, too. */
export function isElsewhere(host: FrontEndDescription['host']): host is HostDescription {
  return 'kind' in host && host.kind === 'role of another account';
}

/** A part of an agent that is on a runtime. */
export interface InvokedPart {
  readonly part: number;
  readonly host: HostDescription;
}

/** The parts that are on runtimes, each of which is invoked by itself. */
export function invokedParts({ parts }: AgentDescription): InvokedPart[] {
  return parts.flatMap(({ host }, part) => (typeof host !== 'number' && isRuntime(host) ? [{ part, host }] : []));
}

/** The host of the runtime that is invoked where nothing else is said. */
export function invokedHost(agent: AgentDescription): InvokedPart | undefined {
  return invokedParts(agent)[0];
}

/** The part that a front end invokes. */
export function invokedBy(agent: AgentDescription, { runtime }: Pick<FrontEndDescription, 'runtime'>): number {
  return runtime ?? invokedHost(agent)!.part;
}
