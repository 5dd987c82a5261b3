import { aws_bedrockagentcore as agentcore, aws_iam as iam, Lazy } from 'aws-cdk-lib';
import { authorizerConfiguration } from './authorizer-configuration';
import { GatewayProtocol } from './gateway-protocol';
import { mcpConfiguration } from './mcp-configuration';
import { PolicyEnforcement } from './policy-enforcement';
import type { ToolGateway } from './tool-gateway';
import { NamedResource } from '../permission/statement';

/** What is made before the gateway. */
export interface GatewaySurroundings {
  readonly role: iam.IRole;
  readonly engine: agentcore.CfnPolicyEngine;
  readonly key?: NamedResource;
  readonly tags: Record<string, string>;
}

/** The gateway's L1. A gateway that is suspended enforces its rules, whatever it was told: they forbid everything. */
export function gatewayResource(gateway: ToolGateway, { role, engine, key, tags }: GatewaySurroundings): agentcore.CfnGateway {
  const { inbound, protocol, _props: props } = gateway;
  return new agentcore.CfnGateway(gateway, 'Resource', {
    name: gateway.gatewayName,
    description: props.description,
    roleArn: role.roleArn,
    authorizerType: inbound.kind,
    authorizerConfiguration: authorizerConfiguration(inbound),
    protocolType: protocol === GatewayProtocol.MCP ? 'MCP' : undefined,
    protocolConfiguration: mcpConfiguration(props),
    policyEngineConfiguration: {
      arn: engine.attrPolicyEngineArn,
      mode: Lazy.string({ produce: () => (gateway.suspendedReason === undefined ? gateway.enforcement.mode : PolicyEnforcement.ENFORCE.mode) }),
    },
    exceptionLevel: props.errorDetailsForCallers !== undefined ? 'DEBUG' : undefined,
    kmsKeyArn: key?.arn,
    wafConfiguration: props.webAcl !== undefined ? { failureMode: 'FAIL_CLOSE' } : undefined,
    tags,
  });
}
