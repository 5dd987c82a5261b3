import { IConstruct } from 'constructs';
import type { Agent } from '../agent/agent';
import type { IdentityAudit } from '../audit/identity-audit';
import type { ToolGateway } from '../gateway/tool-gateway';
import type { IMachineClient } from '../machine-client/machine-client';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import type { ITokenVaultEncryption } from '../vault/token-vault-encryption';

const LEDGER = Symbol.for('cdk-agentcore-identity.Ledger');

/** A provider as it was declared: made here, or only imported. */
export interface DeclaredProvider<T> {
  readonly provider: T;
  readonly owned: boolean;
}

/** The key of a token vault as it was declared: set here, or only known to be set. */
export interface DeclaredVault {
  readonly encryption: ITokenVaultEncryption;
  readonly setsKey: boolean;
  /** Whether the key's policy holds what AgentCore needs because of this app. */
  readonly keyPolicyIsHere: boolean;
}

/**
 * What one app declares, kept at the root of the construct tree: whole-app rules and the access report read it.
 *
 * Order of declaration does not matter to any reader: all of them sort by construct path.
 */
export class Ledger {
  public static of(scope: IConstruct): Ledger {
    const root = scope.node.root as unknown as Record<symbol, Ledger | undefined>;
    const ledger = root[LEDGER] ?? new Ledger();
    if (root[LEDGER] === undefined) {
      Object.defineProperty(root, LEDGER, { value: ledger, enumerable: false });
    }
    return ledger;
  }

  private readonly declaredAgents: Agent[] = [];
  private readonly declaredOAuth2Providers: DeclaredProvider<IOAuth2Provider>[] = [];
  private readonly declaredApiKeyProviders: DeclaredProvider<IApiKeyProvider>[] = [];

  private readonly declaredGateways: ToolGateway[] = [];
  private readonly declaredVaults: DeclaredVault[] = [];
  private readonly declaredMachineClients: IMachineClient[] = [];
  private readonly declaredAudits: IdentityAudit[] = [];

  private sortedAgents?: Agent[];
  private sortedOAuth2Providers?: DeclaredProvider<IOAuth2Provider>[];
  private sortedApiKeyProviders?: DeclaredProvider<IApiKeyProvider>[];

  private readonly remembered = new Map<string, unknown>();

  /** What follows from all declarations, worked out once until something else is declared. */
  public remember<T>(what: string, work: () => T): T {
    if (!this.remembered.has(what)) {
      this.remembered.set(what, work());
    }
    return this.remembered.get(what) as T;
  }

  /** Something that is known already has declared more. */
  public changed(): void {
    this.remembered.clear();
  }

  public addAgent(agent: Agent): void {
    this.changed();
    this.sortedAgents = undefined;
    this.declaredAgents.push(agent);
  }

  public addOAuth2Provider(provider: IOAuth2Provider, owned: boolean): void {
    this.sortedOAuth2Providers = undefined;
    this.declaredOAuth2Providers.push({ provider, owned });
  }

  public addApiKeyProvider(provider: IApiKeyProvider, owned: boolean): void {
    this.sortedApiKeyProviders = undefined;
    this.declaredApiKeyProviders.push({ provider, owned });
  }

  public addGateway(gateway: ToolGateway): void {
    this.changed();
    this.declaredGateways.push(gateway);
  }

  public addVault(vault: DeclaredVault): void {
    this.declaredVaults.push(vault);
  }

  public addMachineClient(client: IMachineClient): void {
    this.declaredMachineClients.push(client);
  }

  public addAudit(audit: IdentityAudit): void {
    this.declaredAudits.push(audit);
  }

  public get agents(): Agent[] {
    return this.sortedAgents ??= sorted(this.declaredAgents, (agent) => agent.node.path);
  }

  public get oauth2Providers(): DeclaredProvider<IOAuth2Provider>[] {
    return this.sortedOAuth2Providers ??= sorted(this.declaredOAuth2Providers, ({ provider }) => provider.node.path);
  }

  public get apiKeyProviders(): DeclaredProvider<IApiKeyProvider>[] {
    return this.sortedApiKeyProviders ??= sorted(this.declaredApiKeyProviders, ({ provider }) => provider.node.path);
  }

  public get gateways(): ToolGateway[] {
    return sorted(this.declaredGateways, (gateway) => gateway.node.path);
  }

  public get machineClients(): IMachineClient[] {
    return sorted(this.declaredMachineClients, (client) => client.node.path);
  }

  public get audits(): IdentityAudit[] {
    return sorted(this.declaredAudits, (audit) => audit.node.path);
  }

  public get vaults(): DeclaredVault[] {
    return sorted(this.declaredVaults, ({ encryption }) => encryption.node.path);
  }
}

function sorted<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...values].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
