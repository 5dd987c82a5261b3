import { type AgentDraft, agentFrom } from './agent-draft';
import { type GatewayDraft, withAgentsBehind } from './agents-behind-draft';
import { withChains } from './chain-draft';
import {
  type AppDescription, type HostDescription, isRuntime, type KeyDescription, type ProviderDescription, type Region,
  type SecretDescription, type StackDescription, type VaultDescription,
} from './description';
import { withFrontEnds } from './front-end-draft';
import { gatewayFrom } from './gateway-draft';
import { encrypts, type Ground, pick, places } from './ground';
import { type MachineClientsDraft, withMachineClients } from './machine-client-draft';
import { withRoleCalls } from './tool-call-draft';
import { withTwin } from './twin';

/**
 * An app as drawn at random: places may be out of their lists, and things may not fit together. Numbers are taken modulo the
 * length of the list, so that every draft becomes an app and smaller drafts become smaller apps.
 */
export interface Draft extends Omit<AppDescription, 'agents' | 'machineClients' | 'gateways'> {
  readonly machineClients: readonly MachineClientsDraft[];
  readonly agents: readonly AgentDraft[];
  readonly gateways: readonly GatewayDraft[];
  /** Whether the stacks are in a stage, perhaps beside a second one of the same stacks in the other Region. */
  readonly stages: 'none' | 'one' | 'two';
}

/** The nearest app to a draft that the library takes. Rules that it leaves out are rules of the library that it refuses by. */
export function consistent(draft: Draft): AppDescription {
  return new Consistency(draft).app();
}

class Consistency implements Ground {
  readonly stacks: readonly StackDescription[];
  readonly keys: readonly KeyDescription[];
  readonly providers: readonly ProviderDescription[];
  readonly machineClients: AppDescription['machineClients'];
  readonly sharedPages: readonly HostDescription[];
  private readonly known: boolean;
  readonly secrets: readonly SecretDescription[];

  constructor(private readonly draft: Draft) {
    this.known = draft.environment === 'known';
    this.stacks = draft.stacks.map(({ region }): StackDescription => ({ region: this.known ? region : 'eu-west-1', ...(draft.stages === 'none' ? {} : { stage: 'Prod' }) }));
    this.keys = draft.keys.map((key) => {
      const stack = this.stack(key.stack);
      return { ...key, stack, region: key.made === 'imported' ? this.free(key.region) : this.regionOf(stack) };
    });
    this.secrets = draft.secrets.map((secret) => this.secret(secret));
    this.providers = draft.providers.map((provider) => this.provider(provider));
    const { keys, secrets, providers, machineClients } = withMachineClients(this, draft.machineClients, (place) => this.stack(place), (stack) => this.regionOf(stack));
    [this.keys, this.secrets, this.providers, this.machineClients] = [keys, secrets, providers, machineClients];
    this.sharedPages = draft.sharedPages.map((host) => ({ kind: isRuntime(host) ? 'role' : host.kind, stack: this.agentStack(host.stack) }));
  }

  app(): AppDescription {
    const drawn = this.draft.gateways.map((gateway) => gatewayFrom(gateway, this));
    const { agents: called, gateways } = withAgentsBehind(this.draft.agents.map((agent) => agentFrom(agent, this, drawn)), drawn, this.draft.gateways, this);
    const agents = withChains(called, gateways, this.draft.agents, this);
    const app: AppDescription = {
      environment: this.draft.environment,
      stacks: this.stacks,
      keys: this.keys,
      secrets: this.secrets,
      providers: this.providers,
      machineClients: this.machineClients,
      vaults: this.vaults(),
      sharedPages: this.sharedPages,
      agents: withFrontEnds(agents, this.draft.agents, this, gateways),
      gateways: gateways.map((gateway, place) => withRoleCalls(gateway, place, agents)),
    };
    return this.known && this.draft.stages === 'two' ? withTwin(app) : app;
  }

  /**
   * What agents use is in the first half of the stacks, agents and their roles in the second: a stack that reads from another
   * is deployed after it, and CDK refuses circles.
   */
  private stack(place: number): number {
    return place % (this.firstAgentStack + 1);
  }

  agentStack(place: number): number {
    return this.firstAgentStack + place % (this.stacks.length - this.firstAgentStack);
  }

  get firstAgentStack(): number {
    return Math.ceil(this.stacks.length / 2) - 1;
  }

  regionOf(stack: number): Region {
    return this.stacks[stack].region;
  }

  /** Only an ARN that is written out can point to another Region than the stack's. */
  free(region: Region): Region {
    return this.known ? region : 'eu-west-1';
  }

  /** Parameters are in the first stack, so that no two stacks depend on each other; CloudFormation has no references across Regions. */
  reachesParameters(...stacks: number[]): boolean {
    return this.sameRegion(0, ...stacks);
  }

  sameRegion(...stacks: number[]): boolean {
    return new Set(stacks.map((stack) => this.regionOf(stack))).size === 1;
  }

  private secret(secret: SecretDescription): SecretDescription {
    const stack = this.stack(secret.stack);
    const made = secret.made === 'ARN at deployment' && !this.reachesParameters(stack) ? 'complete ARN' : secret.made;
    const region = made === 'complete ARN' || made === 'partial ARN' ? this.free(secret.region) : this.regionOf(stack);
    const candidates = places(this.keys, (key) => encrypts(key) && key.region === region && (key.made === 'imported' || key.stack <= stack));
    return {
      made, stack, region, key: secret.key === undefined ? undefined : pick(candidates, secret.key), keyToldBy: made === 'L2' ? 'secret' : made === 'L1' || made === 'name' ? 'provider' : secret.keyToldBy,
    };
  }

  private provider(provider: ProviderDescription): ProviderDescription {
    const stack = this.stack(provider.stack);
    let made = provider.made === 'ARN at deployment' && !this.reachesParameters(stack) ? 'ARN' : provider.made;
    const region = made === 'ARN' ? this.free(provider.region) : this.regionOf(stack);
    const candidates = places(this.secrets, (secret) => secret.region === region && (!['L2', 'L1'].includes(secret.made) || secret.stack <= stack)
      && (secret.made !== 'ARN at deployment' || this.reachesParameters(stack)));
    const secret = pick(candidates, provider.secret === 'kept by AgentCore' ? 0 : provider.secret);
    const secretless = provider.family === 'OAuth2' && made !== 'official L2' && provider.client !== 'secret';
    const signing = places(this.keys, (key) => key.signs && key.region === region && (key.made === 'imported' || key.stack <= stack));
    const client = !secretless ? 'secret' : typeof provider.client === 'number' ? pick(signing, provider.client) ?? 'IAM token' : provider.client;
    const exchange = provider.family === 'OAuth2' && made !== 'official L2' ? provider.exchange : 'no';
    if (made === 'here' && client === 'secret' && secret === undefined) made = 'name';
    const kept = secret === undefined || client !== 'secret' || made === 'official L2' || (made !== 'here' && provider.secret === 'kept by AgentCore');
    const name = made !== 'here' ? 'chosen' : provider.name === 'at deployment' && !this.reachesParameters(stack) ? 'derived' : provider.name;
    const vendor = provider.family === 'OAuth2' && made === 'here' && client === 'secret' && exchange === 'no' ? provider.vendor : 'any';
    return {
      ...provider, vendor, made, stack, region, name, client, exchange, secret: kept ? 'kept by AgentCore' : secret, bundle: provider.bundle && provider.family === 'API key' && !kept,
    };
  }

  private vaults(): VaultDescription[] {
    const vaults: VaultDescription[] = [];
    for (const vault of this.draft.vaults) {
      const stack = this.stack(vault.stack);
      if (vaults.some((other) => this.regionOf(other.stack) === this.regionOf(stack))) continue;
      const candidates = places(this.keys, (key) => encrypts(key) && key.region === this.regionOf(stack) && (key.made === 'imported' || key.stack <= stack));
      const key = vault.how === 'key made for it' ? undefined : pick(candidates, vault.key!);
      const formerKeys = [...new Set(vault.formerKeys.map((place) => pick(candidates, place)!))].filter((former) => former !== undefined && former !== key);
      vaults.push({ stack, how: key === undefined ? 'key made for it' : vault.how, key, formerKeys });
    }
    return vaults;
  }

  withinReach({ name, made, secret }: ProviderDescription, stacks: number[]): boolean {
    const fromParameter = name === 'at deployment' || made === 'ARN at deployment' || (secret !== 'kept by AgentCore' && this.secrets[secret].made === 'ARN at deployment');
    return !fromParameter || this.reachesParameters(...stacks);
  }
}
