import { GatewayTool } from './gateway-tool';
import { providerSuspension } from './suspended-provider';
import { ToolAccess } from './tool-access';
import type { ToolGateway } from './tool-gateway';
import { ToolPolicy, toolPolicies } from './tool-policies';
import type { ToolTarget } from './tool-target';
import { targetActions } from '../cedar/cedar-policy';
import { Problems } from '../declaration/problems';

/** Why a target is cut off, if it is: by itself, with its gateway, or with its provider. */
export function suspensionOfTarget(gateway: ToolGateway, target: ToolTarget): string | undefined {
  return declaredSuspension(gateway, target) ?? providerSuspension(target.credentials);
}

/** Why nobody may call a target any more. */
export function declaredSuspension(gateway: ToolGateway, target: ToolTarget): string | undefined {
  return target.suspendedReason ?? gateway.suspendedReason;
}

/** The rule that forbids everybody a suspended target. */
export function suspendedPolicies(gateway: ToolGateway, target: ToolTarget, gatewayArn = gateway.gatewayArn): ToolPolicy[] {
  const reason = declaredSuspension(gateway, target);
  if (reason === undefined) {
    return [];
  }
  const every = GatewayTool._of('*', targetActions(target.targetName), target.node.path);
  every._rules.push({ effect: 'forbid', access: ToolAccess.nobody(), unless: false, reason: `SUSPENDED: ${reason}` });
  return toolPolicies(target.targetName, every, gateway.inbound.kind, gatewayArn, 'suspended/');
}

/** A gateway that only logs would go on serving a suspended target; one that is suspended itself enforces. */
export function suspensionHolds(problems: Problems, gateway: ToolGateway): void {
  const open = gateway.targets.filter(({ suspendedReason }) => suspendedReason !== undefined);
  problems.expect(open.length === 0 || gateway.suspendedReason !== undefined || gateway.enforcement.logOnlyReason === undefined, {
    code: 'ToolTarget/SuspensionNotEnforced',
    what: 'a target is suspended, but its gateway enforces no rule (PolicyEnforcement.logOnly)',
    received: open.map(({ targetName }) => targetName),
    fix: 'Suspend the gateway, which then enforces its rules, or leave enforcement out.',
  });
}
