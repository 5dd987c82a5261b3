import type { Agent } from './agent';
import { gatewayLabel, ownGateway } from './gateway-call';
import { Capability } from '../capability/capability';
import { EnforcementLayer } from '../capability/enforcement-layer';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { show } from '../declaration/problem';
import { acceptedCallers, holdsUsers } from '../gateway/inbound-fit';
import { LimitAccess } from '../review/access-model';

/** What limits an agent that calls tools, each with the layer that holds it. */
export function toolLimits(agent: Agent, capability: Capability): LimitAccess[] {
  const { gateway, toolAuthority, tools, allToolsReason } = capability;
  const own = ownGateway(gateway);
  const limit = allToolsReason === undefined ? `tools ${tools.join(', ')} of ${gatewayLabel(gateway!)}` : `ALL TOOLS of ${gatewayLabel(gateway!)} (${allToolsReason})`;
  const logOnly = own?.enforcement.logOnlyReason;
  const how = own === undefined ? 'the rules of the gateway\'s owner, NOT CHECKED HERE'
    : logOnly !== undefined ? `NOT ENFORCED, the gateway only logs: ${logOnly}`
      : toolAuthority!.kind === ToolCallAuthorityKind.AGENT_ROLE ? 'the gateway\'s rules for this role' : 'the gateway\'s rules for whoever holds such a token';
  return [
    ...(gateway!.inbound.kind === 'AWS_IAM' ? [{ limit: `only ${gatewayLabel(gateway!)}`, enforcedBy: EnforcementLayer.IAM, how: 'bedrock-agentcore:InvokeGateway on this gateway alone' }] : []),
    { limit, enforcedBy: EnforcementLayer.CEDAR, how },
    ...(capability.users === undefined ? [] : userLimits(agent, capability)),
  ];
}

function userLimits(agent: Agent, capability: Capability): LimitAccess[] {
  const users = capability.users!;
  const held = holdsUsers(agent, capability);
  const { accepted } = acceptedCallers(capability.gateway!.inbound, agent.callers);
  return [
    ...accepted.map(({ issuer, audiences, clients }): LimitAccess => ({
      limit: `tokens of ${[issuer, ...audiences, ...clients].map(show).join(' ')}`, enforcedBy: EnforcementLayer.INBOUND_AUTHORIZER, how: 'the gateway\'s JWT authorizer',
    })),
    {
      limit: users._reason === undefined ? users.description : `${users.description} (${users._reason})`,
      enforcedBy: held?.layer ?? EnforcementLayer.APPLICATION,
      how: held?.how ?? capability.enforcedByApplication ?? 'NOBODY: this is an error',
    },
  ];
}
