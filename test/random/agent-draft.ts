import {
  type AgentDescription, type CallerDescription, type CapabilityDescription, type FrontEndDescription, type GatewayDescription, type HostDescription, isRuntime,
  type PartDescription, type Region, type ToolCallDescription,
} from './description';
import { type Ground, hasClientCredentials, isForAnything, pick, places } from './ground';
import { canBeCutOff, tokenOf, type Use } from './separable';
import { toolCallsFrom } from './tool-call-draft';

/** A part in a draft: with a host of its own, or perhaps on a shared page. */
interface PartDraft {
  readonly work: PartDescription['work'];
  readonly host: HostDescription;
  readonly shared?: number;
}

/** An agent in a draft. */
export interface AgentDraft extends Omit<AgentDescription, 'parts' | 'frontEnds' | 'operators' | 'derivesCallers'> {
  readonly parts: readonly PartDraft[];
  readonly frontEnds: readonly FrontEndDraft[];
  /** Whether each operator is of another account. */
  readonly operators: readonly boolean[];
  /** Whether a runtime that mints is invoked with AWS credentials, and not with users' tokens. */
  readonly signed: boolean;
}

/** A front end in a draft: with a host of its own, or perhaps with the role of another agent. */
export interface FrontEndDraft extends Omit<FrontEndDescription, 'host'> {
  readonly host: HostDescription;
  readonly agent?: number;
  /** Whether its role is one of another account. */
  readonly elsewhere: boolean;
  /** Whether the role of another agent also invokes the next runtime. */
  readonly both: boolean;
}

/** The nearest agent that the library takes, without front ends. */
export function agentFrom(draft: AgentDraft, ground: Ground, gateways: readonly GatewayDescription[]): AgentDescription {
  const stack = ground.agentStack(draft.stack);
  const ownHosts = draft.parts.map(({ host, work, shared }) => (work === 'complete' && shared !== undefined && ground.sharedPages.length > 0
    ? shared % ground.sharedPages.length
    : { kind: host.kind, stack: ground.agentStack(host.stack) }));
  const stacks = [stack, ...ownHosts.map((host) => (typeof host === 'number' ? ground.sharedPages[host].stack : host.stack))];
  const [first] = ownHosts;
  const givenRuntime = draft.parts[0].work === 'act' && typeof first !== 'number' && isRuntime(first);
  const onRuntime = draft.identity === 'of the runtime' && givenRuntime && ground.sameRegion(ground.firstAgentStack, ...stacks);
  if (onRuntime) ownHosts[0] = { kind: (first as HostDescription).kind, stack: ground.firstAgentStack };
  const signed = onRuntime && draft.signed;
  const identity = onRuntime ? 'of the runtime' : identityFrom(draft.identity, stacks, givenRuntime, ground);
  const region = onRuntime ? ground.regionOf(ground.firstAgentStack) : identity === 'ARN' ? ground.free(draft.region) : ground.regionOf(stack);
  const drawnParts = draft.parts.map(({ work }, index): PartDescription => ({ work, host: ownHosts[index] }))
    .filter(({ work, host }, index, all) => (!onRuntime || index === 0 || work === 'complete') && all.findIndex((other) => other.host === host) === index);
  const declared = capabilitiesFrom(draft.capabilities, { region, stacks, byToken: !signed, byId: !onRuntime || signed }, ground);
  const single = onRuntime || declared.some(({ kind, users }) => tokenOf(kind) === 'user' && users.subjects.length > 0);
  const callers = signed ? [] : callersFor([...callersOfGateways(draft, gateways), ...draft.callers].slice(0, 2), declared, onRuntime, single);
  const usesTokens = drawnParts.some(({ work }) => work === 'act' || work === 'vend');
  // The runtime that an identity is of is in the first stack of agents, and its policy refers to gateways.
  const referring = onRuntime ? [...stacks, ground.firstAgentStack] : stacks;
  const calls = toolCallsFrom(draft.toolCalls, { stacks: referring, region, callers, signed, capabilities: declared, usesTokens }, ground, gateways);
  const { capabilities, toolCalls } = withSuspensionsThatHold(declared, calls, ground, gateways);
  // Parts of an identity that is made elsewhere may be elsewhere, too; otherwise somebody has to use the capabilities.
  const idle = identity !== 'name' && identity !== 'ARN' && capabilities.length + toolCalls.length > 0 && drawnParts.every(({ work }) => work !== 'act' && work !== 'vend');
  const parts: PartDescription[] = idle ? [{ work: 'act', host: { kind: 'role', stack } }, ...drawnParts.slice(1)] : drawnParts;
  return {
    stack,
    identity,
    region,
    parts: withTightRoles(parts, capabilities, onRuntime),
    callers,
    derivesCallers: false,
    capabilities,
    toolCalls,
    frontEnds: [],
    onlyFrontEnds: draft.onlyFrontEnds,
    operators: [],
    accepts: draft.accepts,
    suspended: draft.suspended,
  };
}

function identityFrom(identity: AgentDescription['identity'], stacks: number[], givenRuntime: boolean, ground: Ground): AgentDescription['identity'] {
  // An agent that is given a runtime and no identity has that of the runtime.
  if (identity === 'of the runtime' || (identity === 'derived' && givenRuntime)) return 'named';
  if (ground.reachesParameters(...stacks)) return identity;
  return identity === 'named at deployment' ? 'named' : identity === 'ARN at deployment' ? 'ARN' : identity;
}

/** Where an agent is, and how it may know users. */
interface Place {
  readonly region: Region;
  readonly stacks: number[];
  readonly byToken: boolean;
  readonly byId: boolean;
}

function capabilitiesFrom(drafts: readonly CapabilityDescription[], { region, stacks, byToken, byId }: Place, ground: Ground): CapabilityDescription[] {
  const capabilities: CapabilityDescription[] = [];
  for (const draft of drafts) {
    const family = draft.kind === 'key' ? 'API key' : 'OAuth2';
    const candidates = places(ground.providers, (candidate) => candidate.family === family && candidate.region === region
      && ground.withinReach(candidate, stacks) && (draft.kind === 'itself' ? hasClientCredentials(candidate) : isForAnything(candidate)));
    const provider = pick(candidates, draft.provider);
    const twice = capabilities.some((other) => other.kind === draft.kind && other.provider === provider);
    const fits = draft.kind === 'user id' ? byId : tokenOf(draft.kind) !== 'user' || byToken;
    if (provider === undefined || twice || !fits || !canBeUsed(draft, provider, capabilities, ground)) continue;
    const { name, made } = ground.providers[provider];
    const byName = ground.regionOf(stacks[0]) === region ? 'name' : 'ARN';
    const through = name === 'at deployment' || made === 'of a machine client' || made === 'ARN at deployment' || draft.through === 'construct' ? 'construct' : draft.through === 'name' ? byName : 'ARN';
    capabilities.push({ ...draft, provider, through });
  }
  const hasUsers = capabilities.some(({ kind }) => kind === 'user' || kind === 'behalf' || kind === 'user id');
  return capabilities.map((capability) => ({ ...capability, session: hasUsers ? capability.session : 'itself' }));
}

/** AgentCore exchanges JWTs, so an agent that does it knows no user by an id. */
function canBeUsed({ kind }: CapabilityDescription, provider: number, before: readonly CapabilityDescription[], ground: Ground): boolean {
  const not = { 'behalf': 'user id', 'user id': 'behalf' }[kind as string];
  return (kind !== 'behalf' || ground.providers[provider].exchange !== 'no') && before.every((other) => other.kind !== not);
}

/** What cannot be cut off is not; calls that are cut off with their gateway, and cannot be, are left out. */
export function withSuspensionsThatHold(
  capabilities: readonly CapabilityDescription[], toolCalls: readonly ToolCallDescription[], ground: Ground, gateways: readonly GatewayDescription[],
): Pick<AgentDescription, 'capabilities' | 'toolCalls'> {
  const off = (suspended: boolean, provider: number) => suspended || ground.providers[provider].suspended;
  const ofCapability = ({ kind, provider, session, suspended }: CapabilityDescription): Use => ({ kind, provider, session, off: off(suspended, provider) });
  const ofCall = ({ provider, gateway, suspended }: ToolCallDescription): Use[] => (provider === undefined ? []
    : [{ kind: 'itself', provider, session: 'itself', off: off(suspended || gateways[gateway].suspended, provider) }]);
  let [declared, calls] = [capabilities, toolCalls];
  for (let settled = false; !settled;) {
    const uses = [...declared.map(ofCapability), ...calls.flatMap(ofCall)];
    const holds = (use: Use) => !use.off || canBeCutOff(use, uses);
    const wrong = declared.findIndex((capability) => capability.suspended && !holds(ofCapability(capability)));
    const wrongCall = calls.findIndex((call) => !ofCall(call).every(holds));
    settled = wrong < 0 && wrongCall < 0;
    if (wrong >= 0) {
      declared = declared.map((capability, index) => (index === wrong ? { ...capability, suspended: false } : capability));
    } else if (wrongCall >= 0) {
      calls = calls[wrongCall].suspended && !gateways[calls[wrongCall].gateway].suspended
        ? calls.map((call, index) => (index === wrongCall ? { ...call, suspended: false } : call))
        : calls.filter((_call, index) => index !== wrongCall);
    }
  }
  return { capabilities: declared, toolCalls: calls };
}

/** The official L2 runtime lets its role mint for anybody, which the library takes only where nothing is left of it. */
function withTightRoles(parts: readonly PartDescription[], capabilities: readonly CapabilityDescription[], onRuntime: boolean): PartDescription[] {
  const forUsers = capabilities.some(({ kind }) => kind !== 'itself' && kind !== 'key');
  return parts.map((part) => (typeof part.host === 'number' || part.host.kind !== 'official L2 runtime' || !forUsers || onRuntime || (part.work !== 'act' && part.work !== 'mint')
    ? part : { ...part, host: { ...part.host, kind: 'runtime' } }));
}

/** Whoever is to hand users' tokens on to a gateway has users whose tokens it takes. */
function callersOfGateways({ toolCalls }: AgentDraft, gateways: readonly GatewayDescription[]): CallerDescription[] {
  const wanted = toolCalls.filter(({ authority }) => authority === 'user token').flatMap(({ gateway }) => pick(gateways, gateway) ?? []);
  return wanted.filter(({ inbound, caller }) => inbound === 'JWT' && caller.audiences.length > 0).slice(0, 1).map(({ caller: { issuer, audiences } }) => ({ issuer, audiences, clients: [], scopes: [] }));
}

function callersFor(drafts: readonly CallerDescription[], capabilities: readonly CapabilityDescription[], onRuntime: boolean, single: boolean): CallerDescription[] {
  const standard: CallerDescription = { issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'], clients: [], scopes: [] };
  const anyClient = ({ audiences, clients }: CallerDescription) => audiences.length === 0 && clients.length === 0;
  const needed = onRuntime || capabilities.some(({ kind }) => tokenOf(kind) === 'user');
  const callers = (drafts.length === 0 && needed ? [standard] : drafts)
    .map((caller) => (!anyClient(caller) ? caller : onRuntime ? { ...caller, audiences: standard.audiences } : { ...caller, scopes: [] }));
  return single ? callers.slice(0, 1) : callers;
}
