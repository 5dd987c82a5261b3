import { type AgentDraft, withSuspensionsThatHold } from './agent-draft';
import type { AgentDescription, GatewayDescription, ToolCallDescription } from './description';
import { type Ground, pick, places } from './ground';
import { type Caller, ofMachine, ofUser } from './tool-call-draft';
import { byRole } from './tool-draft';

type Authority = ToolCallDescription['authority'];

/** The agents, with the nearest calls of what stands behind gateways that speak HTTP: chains of agents, and calls of what is passed through. */
export function withChains(
  agents: readonly AgentDescription[], gateways: readonly GatewayDescription[], drafts: readonly AgentDraft[], ground: Ground,
): AgentDescription[] {
  const chained = agents.map((agent, index) => withCalls(agent, index, { agents, gateways, drafts: drafts[index].toolCalls, ground }, ['role', 'user token']));
  // Whether an agent needs its caller's user has to be known before machines call it.
  return chained.map((agent, index) => withCalls(agent, index, { agents: chained, gateways, drafts: drafts[index].toolCalls, ground }, ['machine client']));
}

interface Around {
  readonly agents: readonly AgentDescription[];
  readonly gateways: readonly GatewayDescription[];
  readonly drafts: readonly ToolCallDescription[];
  readonly ground: Ground;
}

function withCalls(agent: AgentDescription, index: number, { agents, gateways, drafts, ground }: Around, authorities: readonly Authority[]): AgentDescription {
  if (agent.parts.every(({ work }) => work !== 'act' && work !== 'vend')) return agent;
  const hosts = agent.parts.map(({ host }) => (typeof host === 'number' ? ground.sharedPages[host].stack : host.stack));
  const stacks = [agent.stack, ...hosts, ...(agent.identity === 'of the runtime' ? [ground.firstAgentStack] : [])];
  const caller: Caller = { ...agent, stacks, signed: false, usesTokens: true };
  const reachable = places(gateways, ({ stack, protocol, inbound, targets }) => protocol === 'HTTP' && inbound !== 'everybody' && targets.length > 0
    && stacks.every((other) => stack <= other) && targets.every((target) => target.agent !== index));
  const calls: ToolCallDescription[] = [];
  for (const draft of drafts) {
    const gateway = pick(reachable, draft.gateway);
    if (gateway === undefined) continue;
    const { inbound, targets } = gateways[gateway];
    const authority = byRole(inbound) ? 'role' : draft.authority === 'role' ? 'machine client' : draft.authority;
    const tools = draft.tools.slice(0, 1).map(({ target, tool }) => ({ target: target % targets.length, tool }));
    const call: ToolCallDescription = { ...draft, gateway, authority, provider: undefined, tools };
    const fitting = authority === 'role' ? call : authority === 'user token' ? ofUser(call, caller, gateways[gateway])
      : withoutUserBehind(ofMachine({ ...call, provider: draft.provider }, caller, ground, gateways[gateway]), targets, agents);
    const twice = [...agent.toolCalls, ...calls].some((other) => other.gateway === gateway && other.authority === authority && other.provider === fitting?.provider);
    if (fitting !== undefined && authorities.includes(authority) && !twice) calls.push(fitting);
  }
  return calls.length === 0 ? agent : { ...agent, ...withSuspensionsThatHold(agent.capabilities, [...agent.toolCalls, ...calls], ground, gateways) };
}

/** A machine's token names no user, so what is called with it must not be an agent that gets the token and acts for one. */
function withoutUserBehind(call: ToolCallDescription | undefined, targets: GatewayDescription['targets'], agents: readonly AgentDescription[]): ToolCallDescription | undefined {
  const called = call === undefined ? [] : call.tools.length > 0 ? call.tools.map(({ target }) => targets[target]) : targets;
  return called.some(({ agent, way }) => agent !== undefined && way === 'token' && agents[agent].capabilities.some(({ kind }) => kind === 'user' || kind === 'behalf')) ? undefined : call;
}
