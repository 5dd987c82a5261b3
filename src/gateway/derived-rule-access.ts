import type { AgentToolRule } from './agent-tool-rules';
import type { ToolRuleAccess } from './gateway-access';
import { declaredSuspension, suspendedPolicies } from './target-suspension';
import type { ToolGateway } from './tool-gateway';
import type { ToolTarget } from './tool-target';

/** Rules of a target that nobody wrote as such: those of agents that call it with their roles, and that of its suspension. */
export function derivedRuleAccess(gateway: ToolGateway, target: ToolTarget, agentRules: readonly AgentToolRule[]): ToolRuleAccess[] {
  const reason = declaredSuspension(gateway, target);
  return [
    ...agentRules.filter((rule) => rule.target === target)
      .map(({ tool, effect, who, reason: why, cedar }): ToolRuleAccess => ({ tool, effect, who, reason: why, cedar })),
    ...(reason === undefined ? [] : [{
      tool: '*',
      effect: 'forbid' as const,
      who: 'EVERYBODY',
      reason: `SUSPENDED: ${reason}`,
      cedar: suspendedPolicies(gateway, target, '(ARN of the gateway)').map(({ statement }) => statement),
    }]),
  ];
}
