import type { AgentDraft } from './agent-draft';
import type { AgentDescription, GatewayDescription, ToolCallDescription } from './description';
import { type Ground, pick, places } from './ground';
import { byRole } from './tool-draft';

/** The agents, with the nearest calls of agents behind gateways, with their roles: chains of two agents. */
export function withChains(
  agents: readonly AgentDescription[], gateways: readonly GatewayDescription[], drafts: readonly AgentDraft[], ground: Ground,
): AgentDescription[] {
  return agents.map((agent, index) => {
    if (agent.parts.every(({ work }) => work !== 'act' && work !== 'vend')) return agent;
    const hosts = agent.parts.map(({ host }) => (typeof host === 'number' ? ground.sharedPages[host].stack : host.stack));
    const stacks = [agent.stack, ...hosts, ...(agent.identity === 'of the runtime' ? [ground.firstAgentStack] : [])];
    const reachable = places(gateways, ({ stack, protocol, inbound, targets }) => protocol === 'HTTP' && byRole(inbound) && targets.length > 0
      && stacks.every((other) => stack <= other) && targets.every((target) => target.agent !== index));
    const calls: ToolCallDescription[] = [];
    for (const draft of drafts[index].toolCalls) {
      const gateway = pick(reachable, draft.gateway);
      if (gateway === undefined || calls.some((other) => other.gateway === gateway)) continue;
      const tools = draft.tools.slice(0, 1).map(({ target, tool }) => ({ target: target % gateways[gateway].targets.length, tool }));
      calls.push({ ...draft, gateway, authority: 'role', provider: undefined, tools });
    }
    return { ...agent, toolCalls: [...agent.toolCalls, ...calls] };
  });
}
