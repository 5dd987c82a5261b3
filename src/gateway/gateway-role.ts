import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { writtenDocument } from '../agent/written-document';
import { declareRole } from '../declaration/declared-policy';
import { gatewayBirthStatements } from '../permission/gateway-statements';
import { NamedResource } from '../permission/statement';

/** What the role has to know before the gateway is made. */
export interface GatewayRoleProps {
  readonly policyEngineArn: string;
  readonly gatewayPattern: string;
  readonly key?: NamedResource;
}

/**
 * The service role: trusted for gateways of one name in this account, with what CreateGateway tests in it from the start.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-prerequisites-permissions.html
 */
export function gatewayRole(scope: Construct, { policyEngineArn, gatewayPattern, key }: GatewayRoleProps): iam.Role {
  const { account, region } = Stack.of(scope);
  const statements = gatewayBirthStatements({
    policyEngine: { arn: policyEngineArn, label: 'policy engine' }, gatewayPattern: { arn: gatewayPattern, label: 'gateway' }, key, region,
  });
  const role = new iam.Role(scope, 'Role', {
    description: `Service role of AgentCore gateway ${scope.node.path}`.slice(0, 1000),
    assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': gatewayPattern } },
    }),
    inlinePolicies: {
      Gateway: writtenDocument(Stack.of(scope), statements),
    },
  });
  declareRole(scope, role);
  return role;
}
