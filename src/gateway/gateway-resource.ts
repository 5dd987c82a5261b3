import { aws_bedrockagentcore as agentcore, aws_iam as iam, aws_wafv2 as wafv2, Lazy } from 'aws-cdk-lib';
import { authorizerConfiguration } from './authorizer-configuration';
import { derivedEngineName } from './gateway-name';
import { GatewayProtocol } from './gateway-protocol';
import { mcpConfiguration } from './mcp-configuration';
import { PolicyEnforcement } from './policy-enforcement';
import type { ToolGateway } from './tool-gateway';
import { declareResource, expectAsDeclared } from '../declaration/declared-properties';
import { Problems } from '../declaration/problems';
import { NamedResource } from '../permission/statement';

/** What is made before the gateway. */
export interface GatewaySurroundings {
  readonly role: iam.IRole;
  readonly engine: agentcore.CfnPolicyEngine;
  readonly key?: NamedResource;
  readonly tags: Record<string, string>;
}

/** The policy engine that the gateway asks about tools. */
export function engineResource(gateway: ToolGateway, { key, tags }: Pick<GatewaySurroundings, 'key' | 'tags'>): agentcore.CfnPolicyEngine {
  const engine = new agentcore.CfnPolicyEngine(gateway, 'PolicyEngine', {
    name: derivedEngineName(gateway),
    encryptionKeyArn: key?.arn,
    tags: Object.entries(tags).map(([name, value]) => ({ key: name, value })),
  });
  declareResource(gateway, engine, {});
  return engine;
}

/** The gateway's L1, and the web ACL in front of it. A gateway that is suspended enforces its rules, whatever it was told: they forbid everything. */
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
    protocolType: protocol === GatewayProtocol.MCP ? 'MCP' : undefined,
    exceptionLevel: props.errorDetailsForCallers !== undefined ? 'DEBUG' : undefined,
    wafConfiguration: props.webAcl !== undefined ? { failureMode: 'FAIL_CLOSE' } : undefined,
  };
  const resource = new agentcore.CfnGateway(gateway, 'Resource', {
    ...access,
    description: props.description,
    protocolConfiguration: mcpConfiguration(props),
    kmsKeyArn: key?.arn,
    tags,
  });
  declareResource(gateway, resource, { ...access, interceptorConfigurations: undefined });
  if (props.webAcl !== undefined) {
    const association = { resourceArn: resource.attrGatewayArn, webAclArn: props.webAcl.webAclRef.webAclArn };
    declareResource(gateway, new wafv2.CfnWebACLAssociation(gateway, 'WebAcl', association), association);
  }
  return resource;
}

/** What the gateway lets in, and through what calls pass, is as the report says it. */
export function expectGatewayAsDeclared(problems: Problems, gateway: ToolGateway): void {
  expectAsDeclared(problems, gateway, {
    code: 'ToolGateway/ChangedElsewhere',
    fix: 'Write it on the ToolGateway: gatewayName, inbound, enforcement, webAcl, errorDetailsForCallers, addTarget, addInterceptor, addRateLimit, restrictCallers, and on its tools who may call them; '
      + 'role, policies and policy engine are its own, and what else the role does is allowed in a policy of yours. '
      + 'A gateway that has to differ is made as an L1, and agents call it with ToolGateway.fromGatewayAttributes.',
  });
}
