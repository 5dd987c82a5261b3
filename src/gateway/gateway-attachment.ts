import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ResolvedGateway } from './gateway-resolution';
import { warnOfGroups } from './inbound-warnings';
import { attachReturnPages } from './return-page';
import { attachStatements } from './role-statements';
import { attachSuspensionPolicy } from './suspension-policy';
import type { ToolGateway } from './tool-gateway';
import type { ToolPolicy } from './tool-policies';
import type { ToolTarget } from './tool-target';
import { valueForStack } from '../declaration/cross-stack-value';
import { declareResource } from '../declaration/declared-properties';
import { expectNoQuoteInTokens } from '../declaration/token-pattern';
import { warnOfVaultInOtherStage } from '../vault/vault-warnings';

/** Writes the role's second policy, and the Cedar policies behind the targets. A gateway that has problems gets none. */
export function attachGatewayAccess(gateway: ToolGateway, { problems, statements, targets, agentRules }: ResolvedGateway): void {
  if (problems.any) {
    return;
  }
  const access = attachStatements(gateway, {
    role: gateway.role,
    what: 'gateway',
    code: 'ToolGateway/PolicyTooLarge',
    fix: 'Divide the targets among gateways: each caller of this one could reach too much through its role.',
  }, statements);
  if (gateway.targets.some(({ credentials: { provider } }) => provider !== undefined)) {
    warnOfVaultInOtherStage(gateway);
  }
  warnOfGroups(gateway);
  attachReturnPages(gateway);
  for (const { target, policies } of targets) {
    target._resource.node.addDependency(...access);
    policies.forEach((policy) => writePolicy(gateway, target, folder(target, 'Policies'), policy));
  }
  for (const { target, stack, policies } of agentRules) {
    const scope = stack === gateway.stack ? folder(target, 'Policies') : folder(stack, `${gateway.node.id}-${gateway.node.addr.slice(-8)}-Policies`);
    policies.forEach((policy) => writePolicy(gateway, target, scope, policy));
  }
  attachSuspensionPolicy(gateway);
}

function writePolicy(gateway: ToolGateway, target: ToolTarget, scope: Construct, policy: ToolPolicy): void {
  expectNoQuoteInTokens(Stack.of(scope), policy.statement, gateway.node.path);
  const access = {
    policyEngineId: valueForStack(Stack.of(scope), gateway._engine, gateway._engine.attrPolicyEngineId),
    definition: { cedar: { statement: policy.statement } },
    enforcementMode: 'ACTIVE',
  };
  const resource = new agentcore.CfnPolicy(scope, policy.name, {
    name: policy.name,
    description: policy.description,
    ...access,
    // AWS's analysis objects to rules for everybody or nobody; these are meant.
    validationMode: policy.deliberatelyBroad ? 'IGNORE_ALL_FINDINGS' : 'FAIL_ON_ANY_FINDINGS',
  });
  declareResource(gateway, resource, access);
  resource.node.addDependency(target._resource);
}

function folder(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}
