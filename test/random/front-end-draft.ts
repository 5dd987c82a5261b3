import type { AgentDraft, FrontEndDraft } from './agent-draft';
import { gatewaysInFront } from './agents-behind-draft';
import {
  type AgentDescription, type FrontEndDescription, type GatewayDescription, type HostDescription, invokedBy, invokedHost, type InvokedPart, invokedParts, isImported,
  isRuntime, type WorkloadDescription,
} from './description';
import type { Ground } from './ground';

/** The agents, with the nearest front ends that the library takes, and ways on which calls may come. */
export function withFrontEnds(
  agents: readonly AgentDescription[], drafts: readonly AgentDraft[], ground: Ground, gateways: readonly GatewayDescription[],
): AgentDescription[] {
  return agents.map((agent, index) => {
    const named = withTrustedIds(agent, drafts[index].frontEnds);
    const frontEnds = frontEndsOf(agents, index, named, ground);
    // A runtime that nobody invokes would be closed to everybody.
    const onlyFrontEnds = agent.onlyFrontEnds && frontEnds.length > 0
      && invokedParts(agent).every(({ part }) => frontEnds.some((frontEnd) => invokedBy(agent, frontEnd) === part));
    const accepts = once([...gatewaysInFront(gateways, index), ...acceptedBy(agents, index, gateways, ground)]);
    const operators = operatorsFrom({ ...agent, frontEnds, onlyFrontEnds }, drafts[index].operators);
    return { ...withoutStrangers(agent, frontEnds), frontEnds, onlyFrontEnds, operators, accepts };
  });
}

/** AWS mints for whom a front end names, so these have to be whom the agent is for, and the identity has to be the runtime's. */
function withTrustedIds({ identity, callers, capabilities }: AgentDescription, drafts: readonly FrontEndDraft[]): FrontEndDraft[] {
  if (identity !== 'of the runtime' || callers.length > 0) return drafts.map((draft) => ({ ...draft, names: undefined }));
  const declared = capabilities.filter(({ kind }) => kind === 'user id');
  return drafts.map((draft) => {
    const covered = (id: string) => declared.every(({ prefix, ids }) => (prefix !== undefined ? id.startsWith(prefix) : ids.includes(id)));
    const { prefix, ids } = draft.names ?? { prefix: undefined, ids: [] };
    if (prefix !== undefined && declared.every((each) => each.prefix === prefix)) return { ...draft, names: { prefix, ids: [] } };
    const left = ids.filter(covered);
    return { ...draft, names: left.length > 0 ? { ids: left } : undefined };
  });
}

/** Without a front end that names users, a runtime that is invoked with signatures has no tokens to hand out. */
function withoutStrangers(agent: AgentDescription, frontEnds: readonly FrontEndDescription[]): AgentDescription {
  const named = agent.identity !== 'of the runtime' || agent.callers.length > 0 || frontEnds.some(({ names }) => names !== undefined);
  return named ? agent : { ...agent, capabilities: [], toolCalls: agent.toolCalls.filter(({ provider }) => provider === undefined) };
}

function frontEndsOf(agents: readonly AgentDescription[], index: number, drafts: readonly FrontEndDraft[], ground: Ground): FrontEndDescription[] {
  const agent = agents[index];
  if (invokedHost(agent) === undefined || (agent.identity === 'of the runtime' && agent.callers.length > 0)) return [];
  const runtimes = invokedParts(agent);
  const carriesPolicy = agent.onlyFrontEnds || drafts.some(({ names, elsewhere }) => names !== undefined || elsewhere);
  const frontEnds: FrontEndDescription[] = [];
  // One that names users invokes the runtime whose identity the agent has. Where they are the only ones, they take turns.
  const single = drafts.map((draft, place) => ({ ...draft, said: draft.names !== undefined ? 0 : agent.onlyFrontEnds ? place : draft.runtime ?? 0 }));
  const all = single.flatMap((draft) => (draft.both && draft.names === undefined && draft.agent !== undefined && runtimes.length > 1
    ? [draft, { ...draft, said: draft.said + 1 }] : [draft]));
  all.forEach(({ host, agent: other, runtime, names, elsewhere, both: _both, said, endpoints, ...draft }) => {
    const invoked = runtimes[said % runtimes.length];
    const home = homeOf(invoked, agent);
    // The policy of an imported role is written beside the agent, and refers to the runtime.
    const takesImports = agent.stack >= home;
    const part = other === undefined ? undefined : ofAgents(agents, index, other, { invoked, home, carriesPolicy, takesImports, names: names !== undefined });
    const kind = isRuntime(host) || (isImported(host) && !takesImports) ? 'role' : host.kind;
    const stack = carriesPolicy && !isImported({ ...host, kind }) ? home : Math.max(ground.agentStack(host.stack), home);
    const on = elsewhere ? { kind: 'role of another account' as const, stack: agent.stack } : part ?? { kind, stack };
    const twice = 'agent' in on && frontEnds.some((given) => 'agent' in given.host && given.host.agent === on.agent && given.host.part === on.part
      && invokedBy(agent, given) === invoked.part);
    if (twice) return;
    frontEnds.push({
      ...draft,
      names,
      host: on,
      endpoints: invoked.host.kind === 'runtime by ARN' ? [] : endpoints,
      ...(runtime === undefined && invoked === runtimes[0] ? {} : { runtime: invoked.part }),
    });
  });
  return frontEnds;
}

/** Only where commands are denied. Their roles are in the runtime's stack, as those of front ends. */
function operatorsFrom(agent: AgentDescription, drafts: readonly boolean[]): HostDescription[] {
  const invoked = invokedHost(agent);
  const isClosed = agent.onlyFrontEnds || agent.frontEnds.some(({ names }) => names !== undefined);
  return invoked === undefined || !isClosed ? [] : drafts.map((elsewhere): HostDescription => (elsewhere ? { kind: 'role of another account', stack: agent.stack }
    : { kind: 'role', stack: homeOf(invoked, agent) }));
}

/** Where the policy of a runtime is written: an imported one is in no stack. */
function homeOf({ host }: InvokedPart, agent: AgentDescription): number {
  return host.kind === 'runtime by ARN' ? agent.stack : host.stack;
}

/** What decides whose roles may invoke a runtime. */
interface Invoking {
  readonly invoked: InvokedPart;
  readonly home: number;
  readonly carriesPolicy: boolean;
  readonly takesImports: boolean;
  readonly names: boolean;
}

/**
 * A part of a later agent, so that no two invoke each other, or one of the same agent that is on another runtime. A role is named in
 * the runtime's stack, or its stack comes after.
 */
function ofAgents(
  agents: readonly AgentDescription[], index: number, other: number, { invoked, home, carriesPolicy, takesImports, names }: Invoking,
): { agent: number; part: number } | undefined {
  const own = names ? [] : invokedParts(agents[index]).filter(({ part }) => part !== invoked.part).map(({ part }) => ({ agent: index, part }));
  const later = agents.slice(index + 1).flatMap(({ parts }, offset) => parts.map((_part, part) => ({ agent: index + 1 + offset, part })));
  const fitting = [...own, ...later].filter(({ agent, part }) => {
    const { host } = agents[agent].parts[part];
    return typeof host !== 'number' && (isImported(host) ? takesImports : host.stack === home || (!carriesPolicy && host.stack > home));
  });
  return fitting.length === 0 ? undefined : fitting[other % fitting.length];
}

/** Only the JWT authorizer of a runtime tells through whom a call came. An agent's identity is known by its name, where it is. */
function acceptedBy(agents: readonly AgentDescription[], index: number, gateways: readonly GatewayDescription[], ground: Ground): WorkloadDescription[] {
  const { accepts, identity, callers, region } = agents[index];
  const invoked = invokedHost(agents[index]);
  if (invoked === undefined || identity !== 'of the runtime' || callers.length === 0) return [];
  const { stack } = invoked.host;
  return accepts.flatMap((workload): WorkloadDescription[] => {
    if ('gateway' in workload) {
      const reachable = gateways.flatMap((gateway, place) => (gateway.stack <= stack ? [place] : []));
      return reachable.length === 0 ? [] : [{ gateway: reachable[workload.gateway % reachable.length] }];
    }
    const reachable = agents.slice(0, index).flatMap((other, place) => (other.region === region && other.stack <= stack && ground.sameRegion(other.stack, stack)
      && (invokedHost(other)?.host.stack ?? 0) <= stack ? [place] : []));
    return reachable.length === 0 ? [] : [{ agent: reachable[workload.agent % reachable.length] }];
  });
}

function once(workloads: readonly WorkloadDescription[]): WorkloadDescription[] {
  return workloads.filter((workload, at) => workloads.findIndex((other) => JSON.stringify(other) === JSON.stringify(workload)) === at);
}
