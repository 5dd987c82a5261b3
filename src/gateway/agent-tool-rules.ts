import { Stack } from 'aws-cdk-lib';
import { calledTools } from './called-tools';
import { GatewayTool } from './gateway-tool';
import { ToolAccess } from './tool-access';
import type { ToolGateway } from './tool-gateway';
import { ToolPolicy, toolPolicies } from './tool-policies';
import type { ToolTarget } from './tool-target';
import type { Agent } from '../agent/agent';
import { AgentPart } from '../agent/agent-part';
import { AgentVerb } from '../agent/agent-verb';
import { policyStack, suspensionOf } from '../agent/part-rights';
import { Capability } from '../capability/capability';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { targetActions, toolAction } from '../cedar/cedar-policy';
import { valueForStack } from '../declaration/cross-stack-value';
import { Ledger } from '../declaration/ledger';

/** A rule that follows from an agent that calls a tool with its role. */
export interface AgentToolRule {
  readonly agent: Agent;
  readonly target: ToolTarget;
  readonly tool: string;
  readonly effect: 'permit' | 'forbid';
  readonly who: string;
  readonly reason: string;
  /** Where its policies are written: beside the role, so that the gateway's stack does not need the agent's. */
  readonly stack: Stack;
  readonly policies: readonly ToolPolicy[];
  /** The policies for people. */
  readonly cedar: readonly string[];
}

/**
 * The rules that follow from the agents of the app that call this gateway with their roles: a permit for each tool of which the
 * gateway does not say itself who may call it, or, where the agent or its capability is suspended, a forbid.
 */
export function agentToolRules(gateway: ToolGateway): AgentToolRule[] {
  return Ledger.of(gateway).agents.flatMap((agent) => agent.capabilities
    .filter((capability) => capability.gateway === gateway && capability.toolAuthority?.kind === ToolCallAuthorityKind.AGENT_ROLE)
    .flatMap((capability) => callingParts(agent).flatMap((part) => rulesOf(gateway, agent, part, capability))));
}

/** The parts of an agent that call gateways: those that use tokens. */
export function callingParts(agent: Agent): AgentPart[] {
  return agent.parts.filter(({ verbs }) => verbs.includes(AgentVerb.VEND));
}

function rulesOf(gateway: ToolGateway, agent: Agent, part: AgentPart, capability: Capability): AgentToolRule[] {
  const suspended = agent.suspendedReason ?? suspensionOf(capability);
  const stack = policyStack(agent, part);
  const gatewayArn = valueForStack(stack, gateway._resource, gateway.gatewayArn);
  const access = ToolAccess.iamRole(part.host.iamRole);
  const shown = ToolAccess._of({ kind: 'principal', type: 'IamEntity', id: `(assumed role of ${part.host.iamRole.node.path})` }, access.callers, access.description);
  return calledTools(gateway, capability).found.filter(({ said }) => suspended !== undefined || !said).map(({ target, tool }) => {
    const effect = suspended === undefined ? 'permit' : 'forbid';
    const policies = (who: ToolAccess, arn: string) => {
      const about = GatewayTool._of(tool, tool === '*' ? targetActions(target.targetName) : toolAction(target.targetName, tool), target.node.path);
      about._rules.push({ effect, access: who, unless: false, reason: suspended });
      return toolPolicies(target.targetName, about, gateway.inbound.kind, arn, `${agent.node.path}/${part.name}/`);
    };
    return {
      agent,
      target,
      tool,
      effect,
      stack,
      who: `${access.description} of agent ${agent.node.path}`,
      reason: suspended !== undefined ? `SUSPENDED: ${suspended}` : capability.reason,
      policies: policies(access, gatewayArn),
      cedar: policies(shown, '(ARN of the gateway)').map(({ statement }) => statement),
    };
  });
}
