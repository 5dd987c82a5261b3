import { aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct, IDependable } from 'constructs';
import type { ResolvedGateway } from './gateway-resolution';
import type { ToolGateway } from './tool-gateway';
import type { ToolPolicy } from './tool-policies';
import type { ToolTarget } from './tool-target';
import { estimatedLength } from '../agent/estimated-length';
import { valueForStack } from '../declaration/cross-stack-value';
import { refuse } from '../declaration/problems';
import { policyDocuments } from '../permission/policy-documents';
import { Statement, statementJson } from '../permission/statement';

/** Managed policies that a role may carry by default (IAM quota), less two for the user's own. */
const MOST_MANAGED_POLICIES = 8;

/** Writes the role's second policy, and the Cedar policies behind the targets. A gateway that has problems gets none. */
export function attachGatewayAccess(gateway: ToolGateway, { problems, statements, targets, agentRules }: ResolvedGateway): void {
  if (problems.any) {
    return;
  }
  const access = attachStatements(gateway, statements);
  for (const { target, policies } of targets) {
    target._resource.node.addDependency(...access);
    policies.forEach((policy) => writePolicy(gateway, target, folder(target, 'Policies'), policy));
  }
  for (const { target, stack, policies } of agentRules) {
    const scope = stack === gateway.stack ? folder(target, 'Policies') : folder(stack, `${gateway.node.id}-${gateway.node.addr.slice(-8)}-Policies`);
    policies.forEach((policy) => writePolicy(gateway, target, scope, policy));
  }
}

function writePolicy(gateway: ToolGateway, target: ToolTarget, scope: Construct, policy: ToolPolicy): void {
  const resource = new agentcore.CfnPolicy(scope, policy.name, {
    name: policy.name,
    description: policy.description,
    policyEngineId: valueForStack(Stack.of(scope), gateway._engine, gateway._engine.attrPolicyEngineId),
    definition: { cedar: { statement: policy.statement } },
    enforcementMode: 'ACTIVE',
    // AWS's analysis objects to rules for everybody or nobody; these are meant.
    validationMode: policy.deliberatelyBroad ? 'IGNORE_ALL_FINDINGS' : 'FAIL_ON_ANY_FINDINGS',
  });
  resource.node.addDependency(target._resource);
}

function folder(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}

function attachStatements(gateway: ToolGateway, statements: readonly Statement[]): IDependable[] {
  const documents = policyDocuments(statements, (statement) => estimatedLength(gateway.stack.resolve(statementJson(statement))));
  const [inline, ...more] = documents.map((document) => new iam.PolicyDocument({
    minimize: false,
    statements: document.map((statement) => iam.PolicyStatement.fromJson(statementJson(statement))),
  }));
  if (more.length > MOST_MANAGED_POLICIES) {
    refuse({
      code: 'ToolGateway/PolicyTooLarge',
      what: `the role of the gateway needs ${more.length} managed policies beside the inline ones`,
      received: more.length,
      allowed: `at most ${MOST_MANAGED_POLICIES}; a role carries 10`,
      fix: 'Divide the targets among gateways: each caller of this one could reach too much through its role.',
    }, gateway.node.path);
  }
  return [
    new iam.Policy(gateway, 'Access', { document: inline, roles: [gateway.role] }),
    ...more.map((document, index) => new iam.ManagedPolicy(gateway, `Access${index + 2}`, {
      document, roles: [gateway.role], description: `Access of gateway ${gateway.node.path}, continued`,
    })),
  ];
}
