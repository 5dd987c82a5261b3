import { aws_bedrockagentcore as agentcore, aws_iam as iam, Lazy } from 'aws-cdk-lib';
import { authorizerConfiguration } from './authorizer-configuration';
import { GatewayProtocol } from './gateway-protocol';
import { mcpConfiguration } from './mcp-configuration';
import { PolicyEnforcement } from './policy-enforcement';
import type { ToolGateway } from './tool-gateway';
import { declareProperties, expectAsDeclared } from '../declaration/declared-properties';
import { Problems } from '../declaration/problems';
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
  const access = {
    name: gateway.gatewayName,
    roleArn: role.roleArn,
    authorizerType: inbound.kind,
    authorizerConfiguration: authorizerConfiguration(inbound),
    policyEngineConfiguration: {
      arn: engine.attrPolicyEngineArn,
      mode: Lazy.string({ produce: () => (gateway.suspendedReason === undefined ? gateway.enforcement.mode : PolicyEnforcement.ENFORCE.mode) }),
    },
  };
  const resource = new agentcore.CfnGateway(gateway, 'Resource', {
    ...access,
    description: props.description,
    protocolType: protocol === GatewayProtocol.MCP ? 'MCP' : undefined,
    protocolConfiguration: mcpConfiguration(props),
    exceptionLevel: props.errorDetailsForCallers !== undefined ? 'DEBUG' : undefined,
    kmsKeyArn: key?.arn,
    wafConfiguration: props.webAcl !== undefined ? { failureMode: 'FAIL_CLOSE' } : undefined,
    tags,
  });
  declareProperties(gateway, resource, { ...access, interceptorConfigurations: undefined });
  return resource;
}

/** What the gateway lets in, and through what calls pass, is as the report says it. */
export function expectGatewayAsDeclared(problems: Problems, gateway: ToolGateway): void {
  expectAsDeclared(problems, gateway, {
    code: 'ToolGateway/ChangedElsewhere',
    fix: 'Write it on the ToolGateway: gatewayName, inbound, enforcement, addInterceptor; the role and the policy engine are its own. '
      + 'A gateway that has to differ is made as an L1, and agents call it with ToolGateway.fromGatewayAttributes.',
  });
}
