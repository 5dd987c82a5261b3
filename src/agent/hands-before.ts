import type { Agent } from './agent';
import { gatewayLabel } from './gateway-call';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { Ledger } from '../declaration/ledger';
import { calledTools } from '../gateway/called-tools';
import type { ToolGateway } from '../gateway/tool-gateway';
import type { ToolTarget } from '../gateway/tool-target';
import { TokenHolderAccess } from '../review/access-model';

/** Through which hands a call has passed when it reaches an agent behind a gateway: other agents, and gateways. */
export function handsBefore(agent: Agent, seen: readonly Agent[] = []): TokenHolderAccess[] {
  const reached = Ledger.of(agent).gateways.flatMap((gateway) => gateway.targets.filter((target) => target._agent === agent).map((target) => ({ gateway, target })));
  if (reached.length === 0) {
    return [];
  }
  const callers = Ledger.of(agent).agents
    .filter((other) => !seen.includes(other) && other !== agent && reached.some(({ gateway, target }) => calls(other, gateway, target)));
  const gateways = [...new Set(reached.map(({ gateway }) => gatewayLabel(gateway)))].join(' or ');
  return [
    ...(callers.length === 1 ? handsBefore(callers[0], [...seen, agent]) : []),
    ...(callers.length > 0 ? [{ kind: 'agent' as const, who: callers.map((caller) => `agent ${caller.node.path}`).join(' or ') }] : []),
    { kind: 'gateway', who: gateways },
  ];
}

/** Whether an agent hands its users' tokens on to this target. */
function calls(agent: Agent, gateway: ToolGateway, target: ToolTarget): boolean {
  return agent.capabilities.some((capability) => capability.gateway === gateway && capability.toolAuthority?.kind === ToolCallAuthorityKind.USER_TOKEN
    && calledTools(gateway, capability).found.some((called) => called.target === target));
}
