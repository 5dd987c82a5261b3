import type { FrontEndDraft } from './agent-draft';
import { gatewaysInFront } from './agents-behind-draft';
import { type AgentDescription, type FrontEndDescription, type GatewayDescription, invokedHost, isImported, isRuntime, type WorkloadDescription } from './description';
import type { Ground } from './ground';

/** The agents, with the nearest front ends that the library takes, and ways on which calls may come. */
export function withFrontEnds(
  agents: readonly AgentDescription[], drafts: readonly (readonly FrontEndDraft[])[], ground: Ground, gateways: readonly GatewayDescription[],
): AgentDescription[] {
  return agents.map((agent, index) => {
    const named = withTrustedIds(agent, drafts[index]);
    const frontEnds = frontEndsOf(agents, index, named, ground);
    // On several runtimes, each would need a front end of its own.
    const onlyFrontEnds = agent.onlyFrontEnds && frontEnds.length > 0 && agent.parts.filter(({ host }) => typeof host !== 'number' && isRuntime(host)).length === 1;
    const accepts = once([...gatewaysInFront(gateways, index), ...acceptedBy(agents, index, gateways, ground)]);
    return { ...withoutStrangers(agent, frontEnds), frontEnds, onlyFrontEnds, accepts };
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
  const invoked = invokedHost(agent);
  if (invoked === undefined || (agent.identity === 'of the runtime' && agent.callers.length > 0)) return [];
  const carriesPolicy = agent.onlyFrontEnds || drafts.some(({ names, elsewhere }) => names !== undefined || elsewhere);
  // Where its policy is written: an imported runtime is in no stack.
  const home = invoked.host.kind === 'runtime by ARN' ? agent.stack : invoked.host.stack;
  const frontEnds: FrontEndDescription[] = [];
  for (const { host, agent: other, elsewhere, endpoints, ...draft } of drafts) {
    // The policy of an imported role is written beside the agent, and refers to the runtime.
    const takesImports = agent.stack >= home;
    const part = other === undefined ? undefined : ofOtherAgent(agents, index, other, { home, carriesPolicy, takesImports });
    const kind = isRuntime(host) || (isImported(host) && !takesImports) ? 'role' : host.kind;
    const stack = carriesPolicy && !isImported({ ...host, kind }) ? home : Math.max(ground.agentStack(host.stack), home);
    const place = elsewhere ? { kind: 'role of another account' as const, stack: agent.stack } : part ?? { kind, stack };
    if ('agent' in place && frontEnds.some(({ host: given }) => 'agent' in given && given.agent === place.agent && given.part === place.part)) continue;
    frontEnds.push({ ...draft, host: place, endpoints: invoked.host.kind === 'runtime by ARN' ? [] : endpoints });
  }
  return frontEnds;
}

/** A part of a later agent, so that no two invoke each other. A role is named in the runtime's stack, or its stack comes after. */
function ofOtherAgent(
  agents: readonly AgentDescription[], index: number, other: number,
  { home, carriesPolicy, takesImports }: { home: number; carriesPolicy: boolean; takesImports: boolean },
): { agent: number; part: number } | undefined {
  const later = agents.slice(index + 1).flatMap(({ parts }, offset) => parts.flatMap(({ host }, part) => {
    const fits = typeof host !== 'number' && (isImported(host) ? takesImports : host.stack === home || (!carriesPolicy && host.stack > home));
    return fits ? [{ agent: index + 1 + offset, part }] : [];
  }));
  return later.length === 0 ? undefined : later[other % later.length];
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
