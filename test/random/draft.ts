import type {
  AgentDescription, AppDescription, CallerDescription, CapabilityDescription, GatewayDescription, HostDescription, KeyDescription, PartDescription,
  ProviderDescription, Region, SecretDescription, StackDescription, TargetDescription, VaultDescription,
} from './description';
import { toolsFor } from './tool-draft';
import { withTwin } from './twin';

/** A part in a draft: with a host of its own, or perhaps on a shared page. */
interface PartDraft {
  readonly work: PartDescription['work'];
  readonly host: HostDescription;
  readonly shared?: number;
}

/**
 * An app as drawn at random: places may be out of their lists, and things may not fit together. Numbers are taken modulo the
 * length of the list, so that every draft becomes an app and smaller drafts become smaller apps.
 */
export interface Draft extends Omit<AppDescription, 'agents'> {
  readonly agents: readonly (Omit<AgentDescription, 'parts'> & { readonly parts: readonly PartDraft[] })[];
  /** Whether the stacks are in a stage, perhaps beside a second one of the same stacks in the other Region. */
  readonly stages: 'none' | 'one' | 'two';
}

/** The nearest app to a draft that the library takes. Rules that it leaves out are rules of the library that it refuses by. */
export function consistent(draft: Draft): AppDescription {
  return new Consistency(draft).app();
}

class Consistency {
  private readonly known: boolean;
  private readonly stacks: readonly StackDescription[];
  private readonly keys: readonly KeyDescription[];
  private readonly secrets: readonly SecretDescription[];
  private readonly providers: readonly ProviderDescription[];
  private readonly sharedPages: readonly HostDescription[];

  constructor(private readonly draft: Draft) {
    this.known = draft.environment === 'known';
    this.stacks = draft.stacks.map(({ region }): StackDescription => ({ region: this.known ? region : 'eu-west-1', ...(draft.stages === 'none' ? {} : { stage: 'Prod' }) }));
    this.keys = draft.keys.map((key) => {
      const stack = this.stack(key.stack);
      return { ...key, stack, region: key.made === 'imported' ? this.free(key.region) : this.regionOf(stack) };
    });
    this.secrets = draft.secrets.map((secret) => this.secret(secret));
    this.providers = draft.providers.map((provider) => this.provider(provider));
    this.sharedPages = draft.sharedPages.map((host) => ({ kind: isRuntime(host) ? 'role' : host.kind, stack: this.agentStack(host.stack) }));
  }

  app(): AppDescription {
    const app: AppDescription = {
      environment: this.draft.environment,
      stacks: this.stacks,
      keys: this.keys,
      secrets: this.secrets,
      providers: this.providers,
      vaults: this.vaults(),
      sharedPages: this.sharedPages,
      agents: this.draft.agents.map((agent) => this.agent(agent)),
      gateways: this.draft.gateways.map((gateway) => this.gateway(gateway)),
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

  private agentStack(place: number): number {
    return this.firstAgentStack + place % (this.stacks.length - this.firstAgentStack);
  }

  private get firstAgentStack(): number {
    return Math.ceil(this.stacks.length / 2) - 1;
  }

  private regionOf(stack: number): Region {
    return this.stacks[stack].region;
  }

  /** Only an ARN that is written out can point to another Region than the stack's. */
  private free(region: Region): Region {
    return this.known ? region : 'eu-west-1';
  }

  /** Parameters are in the first stack, so that no two stacks depend on each other; CloudFormation has no references across Regions. */
  private reachesParameters(...stacks: number[]): boolean {
    return this.sameRegion(0, ...stacks);
  }

  private sameRegion(...stacks: number[]): boolean {
    return new Set(stacks.map((stack) => this.regionOf(stack))).size === 1;
  }

  private secret(secret: SecretDescription): SecretDescription {
    const stack = this.stack(secret.stack);
    const made = secret.made === 'ARN at deployment' && !this.reachesParameters(stack) ? 'complete ARN' : secret.made;
    const region = made === 'complete ARN' || made === 'partial ARN' ? this.free(secret.region) : this.regionOf(stack);
    const candidates = places(this.keys, (key) => !key.signs && key.region === region && (key.made === 'imported' || key.stack <= stack));
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
    return { ...provider, made, stack, region, name, client, exchange, secret: kept ? 'kept by AgentCore' : secret, bundle: provider.bundle && provider.family === 'API key' && !kept };
  }

  private vaults(): VaultDescription[] {
    const vaults: VaultDescription[] = [];
    for (const vault of this.draft.vaults) {
      const stack = this.stack(vault.stack);
      if (vaults.some((other) => this.regionOf(other.stack) === this.regionOf(stack))) continue;
      const candidates = places(this.keys, (key) => !key.signs && key.region === this.regionOf(stack) && (key.made === 'imported' || key.stack <= stack));
      const key = vault.how === 'key made for it' ? undefined : pick(candidates, vault.key!);
      const formerKeys = [...new Set(vault.formerKeys.map((place) => pick(candidates, place)!))].filter((former) => former !== undefined && former !== key);
      vaults.push({ stack, how: key === undefined ? 'key made for it' : vault.how, key, formerKeys });
    }
    return vaults;
  }

  private agent(draft: Draft['agents'][number]): AgentDescription {
    const stack = this.agentStack(draft.stack);
    const ownHosts = draft.parts.map(({ host, work, shared }) => (work === 'complete' && shared !== undefined && this.sharedPages.length > 0
      ? shared % this.sharedPages.length
      : { kind: host.kind, stack: this.agentStack(host.stack) }));
    const stacks = [stack, ...ownHosts.map((host) => (typeof host === 'number' ? this.sharedPages[host].stack : host.stack))];
    const [first] = ownHosts;
    const givenRuntime = draft.parts[0].work === 'act' && typeof first !== 'number' && isRuntime(first);
    const onRuntime = draft.identity === 'of the runtime' && givenRuntime && this.sameRegion(this.firstAgentStack, ...stacks);
    if (onRuntime) ownHosts[0] = { kind: (first as HostDescription).kind, stack: this.firstAgentStack };
    const identity = onRuntime ? 'of the runtime' : this.identity(draft.identity, stacks, givenRuntime);
    const region = onRuntime ? this.regionOf(this.firstAgentStack) : identity === 'ARN' ? this.free(draft.region) : this.regionOf(stack);
    const drawnParts = draft.parts.map(({ work }, index): PartDescription => ({ work, host: ownHosts[index] }))
      .filter(({ work, host }, index, all) => (!onRuntime || index === 0 || work === 'complete') && all.findIndex((other) => other.host === host) === index);
    const capabilities = this.capabilities(draft.capabilities, region, stacks, onRuntime);
    // Parts of an identity that is made elsewhere may be elsewhere, too; otherwise somebody has to use the capabilities.
    const idle = identity !== 'name' && identity !== 'ARN' && capabilities.length > 0 && drawnParts.every(({ work }) => work !== 'act' && work !== 'vend');
    const parts: PartDescription[] = idle ? [{ work: 'act', host: { kind: 'role', stack } }, ...drawnParts.slice(1)] : drawnParts;
    const tight = withTightRoles(parts, capabilities, onRuntime);
    return { stack, identity, region, parts: tight, capabilities, callers: callersFor(draft.callers, capabilities, onRuntime), suspended: draft.suspended };
  }

  private identity(identity: AgentDescription['identity'], stacks: number[], givenRuntime: boolean): AgentDescription['identity'] {
    // An agent that is given a runtime and no identity has that of the runtime.
    if (identity === 'of the runtime' || (identity === 'derived' && givenRuntime)) return 'named';
    if (this.reachesParameters(...stacks)) return identity;
    return identity === 'named at deployment' ? 'named' : identity === 'ARN at deployment' ? 'ARN' : identity;
  }

  private capabilities(drafts: readonly CapabilityDescription[], region: Region, stacks: number[], onRuntime: boolean): CapabilityDescription[] {
    const capabilities: CapabilityDescription[] = [];
    for (const draft of drafts) {
      const family = draft.kind === 'key' ? 'API key' : 'OAuth2';
      const candidates = places(this.providers, (candidate) => candidate.family === family && candidate.region === region && this.withinReach(candidate, stacks));
      const provider = pick(candidates, draft.provider);
      const twice = capabilities.some((other) => other.kind === draft.kind && other.provider === provider);
      if (provider === undefined || twice || (onRuntime && draft.kind === 'user id') || !this.canBeUsed(draft, provider, capabilities)) continue;
      const { name, made } = this.providers[provider];
      const byName = this.regionOf(stacks[0]) === region ? 'name' : 'ARN';
      const through = name === 'at deployment' || made === 'ARN at deployment' || draft.through === 'construct' ? 'construct' : draft.through === 'name' ? byName : 'ARN';
      capabilities.push({ ...draft, provider, through });
    }
    const hasUsers = capabilities.some(({ kind }) => kind === 'user' || kind === 'behalf' || kind === 'user id');
    return capabilities.map((capability) => ({ ...capability, session: hasUsers ? capability.session : 'itself', suspended: capability.suspended && this.canBeSuspended(capability, capabilities) }));
  }

  /** AgentCore exchanges JWTs, so an agent that does it knows no user by an id. */
  private canBeUsed({ kind }: CapabilityDescription, provider: number, before: readonly CapabilityDescription[]): boolean {
    const not = { 'behalf': 'user id', 'user id': 'behalf' }[kind as string];
    return (kind !== 'behalf' || this.providers[provider].exchange !== 'no') && before.every((other) => other.kind !== not);
  }

  /** A way of using a provider cannot be cut off while the provider, and tokens of the kind, are in use otherwise. */
  private canBeSuspended({ kind, provider }: CapabilityDescription, all: readonly CapabilityDescription[]): boolean {
    const active = all.filter((other) => !other.suspended && !this.providers[other.provider].suspended);
    const hasUsers = all.some((other) => isForUsers(other.kind));
    const withProvider = active.filter((other) => other.kind !== 'key' && other.provider === provider);
    const sameToken = active.some((other) => tokenOf(other.kind) === tokenOf(kind) || (kind === 'itself' && other.kind === 'key' && (!hasUsers || other.session === 'itself')));
    const otherUsers = isForUsers(kind) && active.some((other) => isForUsers(other.kind)) && !withProvider.some((other) => isForUsers(other.kind));
    return kind === 'key' || !(withProvider.length > 0 && (sameToken || otherUsers));
  }

  private gateway(draft: GatewayDescription): GatewayDescription {
    const stack = this.agentStack(draft.stack);
    const region = this.regionOf(stack);
    const late = draft.name === 'at deployment' && !this.reachesParameters(stack);
    const keys = places(this.keys, (key) => !key.signs && key.region === region && (key.made === 'imported' || key.stack <= stack));
    const caller = draft.caller.audiences.length + draft.caller.clients.length > 0 ? draft.caller : { ...draft.caller, audiences: ['api://tools'] };
    return {
      ...draft,
      stack,
      name: late ? 'chosen' : draft.name,
      key: draft.key === undefined ? undefined : pick(keys, draft.key),
      caller: { ...caller, scopes: [] },
      targets: draft.targets.map((target) => this.target(target, draft.inbound, stack)),
    };
  }

  private target(draft: TargetDescription, inbound: GatewayDescription['inbound'], stack: number): TargetDescription {
    const ways = WAYS[draft.kind].filter((way) => inbound === 'JWT' || (way !== 'consent' && way !== 'exchange'));
    const wanted = ways.includes(draft.way) ? draft.way : ways[0];
    const family = wanted === 'key' ? 'API key' : 'OAuth2';
    const candidates = wanted === 'none' || wanted === 'role' ? [] : places(this.providers, (provider) => provider.family === family
      && provider.region === this.regionOf(stack) && this.withinReach(provider, [stack]) && (wanted !== 'exchange' || provider.exchange !== 'no'));
    const provider = pick(candidates, draft.provider ?? 0);
    const way = provider === undefined ? 'role' : wanted;
    return { ...draft, way: wanted === 'none' ? 'none' : way, provider, tools: toolsFor(draft.tools, inbound) };
  }

  private withinReach({ name, made, secret }: ProviderDescription, stacks: number[]): boolean {
    const fromParameter = name === 'at deployment' || made === 'ARN at deployment' || (secret !== 'kept by AgentCore' && this.secrets[secret].made === 'ARN at deployment');
    return !fromParameter || this.reachesParameters(...stacks);
  }
}

/** The official L2 runtime lets its role mint for anybody, which the library takes only where nothing is left of it. */
function withTightRoles(parts: readonly PartDescription[], capabilities: readonly CapabilityDescription[], onRuntime: boolean): PartDescription[] {
  const forUsers = capabilities.some(({ kind }) => kind !== 'itself' && kind !== 'key');
  return parts.map((part) => (typeof part.host === 'number' || part.host.kind !== 'official L2 runtime' || !forUsers || onRuntime || (part.work !== 'act' && part.work !== 'mint')
    ? part : { ...part, host: { ...part.host, kind: 'runtime' } }));
}

/** How each kind of target can be called, from AWS's table. */
const WAYS: Record<TargetDescription['kind'], readonly TargetDescription['way'][]> = {
  'Lambda': ['role'],
  'OpenAPI': ['none', 'role', 'client credentials', 'consent', 'exchange', 'key'],
  'MCP server': ['none', 'role', 'client credentials', 'consent', 'exchange', 'key'],
  'API Gateway': ['role', 'none', 'key'],
  'Smithy': ['role', 'client credentials'],
};

function isRuntime({ kind }: HostDescription): boolean {
  return kind === 'runtime' || kind === 'official L2 runtime' || kind === 'runtime by ARN';
}

/** The workload access token that a capability needs. */
function isForUsers(kind: CapabilityDescription['kind']): boolean {
  return tokenOf(kind) === 'user' || kind === 'user id';
}

function tokenOf(kind: CapabilityDescription['kind']): string {
  return kind === 'behalf' ? 'user' : kind;
}

function callersFor(drafts: readonly CallerDescription[], capabilities: readonly CapabilityDescription[], onRuntime: boolean): CallerDescription[] {
  const standard: CallerDescription = { issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'], clients: [], scopes: [] };
  const anyClient = ({ audiences, clients }: CallerDescription) => audiences.length === 0 && clients.length === 0;
  const needed = onRuntime ? capabilities.length > 0 : capabilities.some(({ kind }) => tokenOf(kind) === 'user');
  const callers = (drafts.length === 0 && needed ? [standard] : drafts)
    .map((caller) => (!anyClient(caller) ? caller : onRuntime ? { ...caller, audiences: standard.audiences } : { ...caller, scopes: [] }));
  const single = onRuntime || capabilities.some(({ kind, subjects }) => tokenOf(kind) === 'user' && subjects.length > 0);
  return single ? callers.slice(0, 1) : callers;
}

function places<T>(list: readonly T[], fits: (value: T) => boolean): number[] {
  return list.flatMap((value, index) => (fits(value) ? [index] : []));
}

function pick<T>(list: readonly T[], place: number): T | undefined {
  return list.length === 0 ? undefined : list[place % list.length];
}
