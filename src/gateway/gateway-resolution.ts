import { gatewayAccess, GatewayAccess } from './gateway-access';
import { identityRightsOf, targetRightsOf } from './gateway-rights';
import type { ToolGateway } from './tool-gateway';
import { ToolPolicy, toolPolicies } from './tool-policies';
import { toolRules } from './tool-rules';
import { ToolTarget } from './tool-target';
import { Problems } from '../declaration/problems';
import { gatewayAccessStatements } from '../permission/gateway-statements';
import { Statement } from '../permission/statement';

/** The Cedar policies of one target. */
export interface TargetPolicies {
  readonly target: ToolTarget;
  readonly policies: readonly ToolPolicy[];
}

/** A gateway with everything that follows from its declaration. */
export interface ResolvedGateway {
  readonly statements: readonly Statement[];
  readonly targets: readonly TargetPolicies[];
  readonly problems: Problems;
  readonly access: GatewayAccess;
}

/**
 * From what a gateway declares to what it gets: the statements of its role, the Cedar policies of its tools, its entry in the access
 * model, and the problems that only show when everything is declared. Changes nothing, so it may run at any time.
 */
export function resolveGateway(gateway: ToolGateway): ResolvedGateway {
  const problems = new Problems(gateway.node.path);
  const targetRights = targetRightsOf(gateway);
  const statements = gatewayAccessStatements(identityRightsOf(gateway), targetRights);
  const targets = gateway.targets.map((target) => ({
    target,
    policies: target._tools.flatMap((tool) => toolPolicies(target.targetName, tool, gateway.inbound.kind, gateway.gatewayArn)),
  }));
  toolRules(problems, gateway, targets.flatMap(({ policies }) => policies));
  return { statements, targets, problems, access: gatewayAccess(gateway, statements, targetRights) };
}
