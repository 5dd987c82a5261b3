import { AgentToolRule, agentToolRules } from './agent-tool-rules';
import { callerPolicyRules } from './caller-restriction';
import { expectSchemaFits } from './cedar-schema-length';
import { gatewayAccess, GatewayAccess } from './gateway-access';
import { expectOwnGatewayName } from './gateway-name';
import { expectGatewayAsDeclared } from './gateway-resource';
import { identityRightsOf, targetRightsOf } from './gateway-rights';
import { expectNoOthers } from './other-resources';
import { returnPageRules } from './return-page-rules';
import { suspendedPolicies, suspensionHolds } from './target-suspension';
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
  /** What follows from the agents that call it. */
  readonly agentRules: readonly AgentToolRule[];
  readonly problems: Problems;
  readonly access: GatewayAccess;
}

/**
 * From what a gateway declares to what it gets: the statements of its role, the Cedar policies of its tools, its entry in the access
 * model, and the problems that only show when everything is declared. Changes nothing, so it may run at any time.
 */
export function resolveGateway(gateway: ToolGateway): ResolvedGateway {
  const problems = new Problems(gateway.node.path);
  const rights = { identity: identityRightsOf(gateway), targets: targetRightsOf(gateway) };
  const statements = gatewayAccessStatements(rights.identity, rights.targets);
  const targets = gateway.targets.map((target) => ({
    target,
    policies: [
      ...target._tools.flatMap((tool) => toolPolicies(target.targetName, tool, gateway.inbound.kind, gateway.gatewayArn)),
      ...suspendedPolicies(gateway, target),
    ],
  }));
  const agentRules = agentToolRules(gateway);
  toolRules(problems, gateway, targets.flatMap(({ policies }) => policies), agentRules);
  expectOwnGatewayName(problems, gateway);
  expectSchemaFits(problems, gateway);
  suspensionHolds(problems, gateway);
  callerPolicyRules(problems, gateway);
  returnPageRules(problems, gateway);
  expectGatewayAsDeclared(problems, gateway);
  expectNoOthers(problems, gateway);
  return { statements, targets, agentRules, problems, access: gatewayAccess(gateway, statements, rights, agentRules) };
}
