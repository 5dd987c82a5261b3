import { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import { CALLER_POLICY, deployerOf } from './caller-restriction';
import { GatewayInboundKind } from './gateway-inbound';
import { TargetKind } from './target-kind';
import { suspensionOfTarget } from './target-suspension';
import type { ToolGateway } from './tool-gateway';
import { declareResource } from '../declaration/declared-properties';
import { rivalPolicies } from '../declaration/rival-policies';
import { gatewayPolicyJson } from '../permission/gateway-policy';

/*
 * Cedar is asked about calls of tools only. The gateway always allows MCP prompts and resources, in whatever mode the engine is.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/use-gateway-with-policy.html
 */

/** Ways in for which AWS says that it asks the gateway's resource policy: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html */
const ASKS_POLICY: readonly GatewayInboundKind[] = [GatewayInboundKind.JWT, GatewayInboundKind.IAM];

/** Whether nobody gets into a suspended gateway but who deploys it, whatever they ask for. Restricted callers are shut out by their own policy. */
export function shutsOutAll(gateway: ToolGateway): boolean {
  if (gateway.suspendedReason === undefined || !ASKS_POLICY.includes(gateway.inbound.kind)) {
    return false;
  }
  const own = gateway.node.tryFindChild(CALLER_POLICY);
  return own !== undefined || (deployerOf(gateway) !== undefined && rivalPolicies([{ scope: gateway, arn: gateway.gatewayArn }], []).length === 0);
}

/** Denies a suspended gateway to everybody, after its rules are written: AWS then asks whether who writes them may invoke it. */
export function attachSuspensionPolicy(gateway: ToolGateway): void {
  if (!shutsOutAll(gateway) || gateway.node.tryFindChild(CALLER_POLICY) !== undefined) {
    return;
  }
  const document = gatewayPolicyJson({
    gatewayArn: gateway.gatewayArn, account: gateway.env.account, roles: [], organizations: [], vpcEndpoints: [], deployedBy: deployerOf(gateway)!,
  });
  const policy = { resourceArn: gateway.gatewayArn, policy: gateway.stack.toJsonString(document) };
  const resource = new agentcore.CfnResourcePolicy(gateway, CALLER_POLICY, policy);
  resource.node.addDependency(...gateway.targets);
  declareResource(gateway, resource, policy);
}

/** What of MCP servers no rule for tools holds. */
export function promptNotices(gateway: ToolGateway): string[] {
  if (shutsOutAll(gateway)) {
    return [];
  }
  return gateway.targets.filter(({ kind }) => kind === TargetKind.MCP_SERVER).map((target) => {
    const suspended = suspensionOfTarget(gateway, target) === undefined ? '' : ' The SUSPENSION holds them only where the server asks for credentials that the gateway no longer gets.';
    return `The MCP server of target ${target.targetName}, or an interceptor, says who may read its prompts and resources: Cedar is asked about tools only, so whoever gets in may.${suspended}`;
  }).sort();
}
