import type { Agent } from './agent';
import { gatewayLabel, ownGateway } from './gateway-call';
import { suspensionOf } from './part-rights';
import { roleArnByName, roleLabel } from './role-arn';
import { Capability } from '../capability/capability';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { environmentOf } from '../declaration/environment';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';
import { callingParts } from '../gateway/agent-tool-rules';
import { calledTools } from '../gateway/called-tools';
import { targetAsWhom } from '../gateway/target-as-whom';
import { namedRolesInvoke } from '../permission/gateway-policy';
import { CapabilityAccess, TokenHolderAccess } from '../review/access-model';

/** As whom an agent gets into a gateway. */
export function gatewayAsWhom({ toolAuthority, users }: Capability): string {
  switch (toolAuthority!.kind) {
    case ToolCallAuthorityKind.AGENT_ROLE: return 'the agent\'s role';
    case ToolCallAuthorityKind.MACHINE_CLIENT: return 'the agent itself';
    case ToolCallAuthorityKind.USER_TOKEN: return `the signed-in user, whose token is handed on: ${users!.description}`;
  }
}

/** What the access model says of tools. */
export function toolAccessOf({ gateway, tools, allToolsReason }: Capability): Pick<CapabilityAccess, 'gateway' | 'tools' | 'allToolsReason'> {
  return gateway === undefined ? {} : {
    gateway: gateway.node.path,
    tools: allToolsReason === undefined ? tools : ['*'],
    ...(allToolsReason !== undefined ? { allToolsReason } : {}),
  };
}

/** Through which hands a call passes behind the agent: the gateway, and its targets with the authority that each is called with. */
export function gatewayHands(capability: Capability): TokenHolderAccess[] {
  const { gateway } = capability;
  if (gateway === undefined) {
    return [];
  }
  const own = ownGateway(gateway);
  const targets = own === undefined ? [] : [...new Set(calledTools(own, capability).found.map(({ target }) => target))];
  const shown = targets.map((target) => `target ${target.targetName} (as ${targetAsWhom(target.credentials)})`).sort();
  return [
    { kind: 'gateway', who: gatewayLabel(gateway) },
    ...(own === undefined ? [{ kind: 'target' as const, who: 'targets that this app does not know' }] : shown.length === 0 ? [] : [{ kind: 'target' as const, who: shown.join(' or ') }]),
  ];
}

/**
 * Between accounts IAM asks both sides, so the gateway has to let the role in as well.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
function otherAccountNotices(agent: Agent, { gateway, toolAuthority }: Capability): string[] {
  const roles = callingParts(agent).map(({ host }) => host.iamRole).filter((role) => knownToDiffer(role.env.account, gateway!.env.account));
  if (toolAuthority!.kind !== ToolCallAuthorityKind.AGENT_ROLE || gateway!.inbound.kind !== 'AWS_IAM' || roles.length === 0) {
    return [];
  }
  // To be pasted, so the partition is written out where it is known.
  const named = roles.map((role) => ({
    roleArn: readable(roleArnByName(role) ?? role.roleRef.roleArn, `(ARN of role ${roleLabel(role)})`),
    accountRoot: readable(`arn:${environmentOf(role).partition}:iam::${role.env.account}:root`, '(known at deployment)'),
  }));
  return [
    `The owner of ${gatewayLabel(gateway!)}, which is in another account, adds this statement to its resource policy (PutResourcePolicy): ${JSON.stringify(namedRolesInvoke(readable(gateway!.gatewayArn, `(ARN of ${gatewayLabel(gateway!)})`), named))}`,
  ];
}

/** What others have to do so that the calls get through, or stay out. */
export function gatewayNotices(agent: Agent): string[] {
  return agent.capabilities.filter(({ gateway }) => gateway !== undefined).flatMap((capability) => {
    const { gateway, toolAuthority, tools } = capability;
    const cutOff = agent.suspendedReason ?? suspensionOf(capability);
    const own = ownGateway(gateway);
    return [
      ...(own !== undefined ? [] : [
        `The owner of ${gatewayLabel(gateway!)} permits ${tools.length > 0 ? tools.join(', ') : 'its tools'} to `
        + `${toolAuthority!.kind === ToolCallAuthorityKind.AGENT_ROLE ? callingParts(agent).map(({ host }) => `role ${host.iamRole.node.path}`).join(' and ') : 'such tokens'}.`,
      ]),
      ...(own === undefined && cutOff === undefined ? otherAccountNotices(agent, capability) : []),
      ...(cutOff !== undefined && toolAuthority!.kind === ToolCallAuthorityKind.AGENT_ROLE && gateway!.inbound.kind === 'AUTHENTICATE_ONLY' && gateway!.suspendedReason === undefined
        && (own === undefined || own.enforcement.logOnlyReason !== undefined) ? [
          `NOT CUT OFF from ${gatewayLabel(gateway!)}: it lets every valid AWS signature in, whatever IAM says, and no rule of this app keeps the agent out. Its owner has to forbid the role.`,
        ] : []),
      ...(cutOff !== undefined && toolAuthority!.kind === ToolCallAuthorityKind.USER_TOKEN && gateway!.suspendedReason === undefined ? [
        `NOT CUT OFF from ${gatewayLabel(gateway!)}: it takes users' own tokens, and nothing tells the agent from the user. Suspend the targets, or take the users' tokens from the agent.`,
      ] : []),
    ];
  });
}
