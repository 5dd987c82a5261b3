import { Token } from 'aws-cdk-lib';
import { certificateProblems } from './certificate-rules';
import { expectForwardedFields } from './forwarded-fields';
import { GatewayInbound } from './gateway-inbound';
import { expectGatewayName, expectTargetName } from './gateway-name';
import { GatewayProtocol } from './gateway-protocol';
import { GatewayTarget } from './gateway-target';
import { Interceptor } from './interceptor';
import { OAuthGrantType } from './oauth-grant-type';
import { PolicyEnforcement } from './policy-enforcement';
import { PrivateEndpoint } from './private-endpoint';
import { expectReason } from './reason';
import { TargetCredentials } from './target-credentials';
import { speaksHttp } from './target-kind';
import { targetProblems } from './target-rules';
import type { ToolGateway } from './tool-gateway';
import type { ToolGatewayProps } from './tool-gateway-props';
import type { AddTargetOptions } from './tool-target';
import { AgentOwner } from '../agent/agent-owner';
import { expectInTime } from '../declaration/in-time';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { keyProblems } from '../provider/key-arn';
import { overQuota, quotaOf } from '../quota/quota';

const FIELDS = [
  'owner', 'inbound', 'gatewayName', 'description', 'protocol', 'mcpVersions', 'semanticSearch', 'encryptionKey', 'enforcement',
  'errorDetailsForCallers', 'webAcl',
];


/** The first version of MCP with which users can consent. */
const CONSENT_VERSION = '2025-11-25';

/** Throws for properties of a gateway that are missing or contradict each other. */
export function expectGatewayProps(path: string, props: ToolGatewayProps): void {
  const problems = new Problems(path);
  expectKnownFields(problems, props, FIELDS, 'A gateway', 'ToolGateway/UnknownField');
  problems.expect(props?.owner instanceof AgentOwner, {
    code: 'ToolGateway/OwnerMissing', what: 'the gateway has no owner', received: props?.owner, fix: 'Write owner: AgentOwner.team(\'sales-tools\', \'sales-tools@example.com\'), so that somebody answers for it.',
  });
  problems.expect(props?.inbound instanceof GatewayInbound, {
    code: 'ToolGateway/Inbound', what: 'it is not said who gets in', received: props?.inbound, fix: 'Write inbound: GatewayInbound.jwt({ issuer, audiences }) or another of its forms.',
  });
  if (props === undefined || props === null) {
    problems.raise();
  }
  const { protocol, semanticSearch, description, webAcl, encryptionKey } = props;
  problems.expect(protocol === undefined || Object.values(GatewayProtocol).includes(protocol), {
    code: 'ToolGateway/Protocol', what: 'protocol is not valid', received: protocol, allowed: 'GatewayProtocol.MCP or GatewayProtocol.HTTP', fix: 'Use one of them, or leave it out.',
  });
  problems.expect(semanticSearch === undefined || typeof semanticSearch === 'boolean', {
    code: 'ToolGateway/SemanticSearch', what: 'semanticSearch takes true or false', received: semanticSearch, fix: 'Leave it out, or write true.',
  });
  problems.expect(description === undefined || typeof description === 'string', {
    code: 'ToolGateway/Description', what: 'description is not a text', received: description, fix: 'Say what the gateway is for, or leave it out.',
  });
  problems.expect(webAcl === undefined || (typeof webAcl === 'object' && webAcl !== null && 'webAclRef' in webAcl), {
    code: 'ToolGateway/WebAcl', what: 'webAcl is not a web ACL', received: webAcl, fix: 'Pass a CfnWebACL, or leave it out.',
  });
  const isKey = problems.expect(encryptionKey === undefined || (typeof encryptionKey === 'object' && encryptionKey !== null && 'keyRef' in encryptionKey), {
    code: 'ToolGateway/Key', what: 'encryptionKey is not a KMS key', received: encryptionKey, fix: 'Pass a Key, or an import such as Key.fromKeyArn(this, \'Key\', arn).',
  });
  problems.expect(props.enforcement === undefined || props.enforcement instanceof PolicyEnforcement, {
    code: 'ToolGateway/Enforcement', what: 'enforcement is not valid', received: props.enforcement, fix: 'Leave it out, or write PolicyEnforcement.logOnly({ reason }).',
  });
  if (props.gatewayName !== undefined) {
    expectGatewayName(problems, props.gatewayName);
  }
  if (props.errorDetailsForCallers !== undefined) {
    expectReason(problems, props.errorDetailsForCallers?.reason, 'ToolGateway/Reason', 'Say why callers may see what targets answered.');
  }
  const versions = props.mcpVersions ?? [];
  problems.expect(props.mcpVersions === undefined || (Array.isArray(versions) && versions.length > 0 && versions.every((version) => typeof version === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(version))), {
    code: 'ToolGateway/McpVersions', what: 'mcpVersions are not valid', received: props.mcpVersions, allowed: 'dates, such as 2025-11-25', fix: 'Name at least one version, or leave it out.',
  });
  problems.expect(props.protocol !== GatewayProtocol.HTTP || (props.mcpVersions === undefined && props.semanticSearch !== true), {
    code: 'ToolGateway/McpOnHttp', what: 'mcpVersions and semanticSearch are for gateways that speak MCP', received: props.protocol, fix: 'Leave them out.',
  });
  if (encryptionKey !== undefined && isKey) {
    problems.addAll(keyProblems(encryptionKey, 'the key of the gateway'));
  }
  problems.raise();
}

/** Throws for a second interceptor of a kind. */
export function expectInterceptor(gateway: ToolGateway, interceptor: Interceptor): void {
  const problems = new Problems(gateway.node.path);
  expectInTime(problems, gateway, 'addInterceptor()', 'ToolGateway/TooLate');
  problems.expect(interceptor instanceof Interceptor, {
    code: 'Interceptor/NotAnInterceptor', what: 'it is not an interceptor', received: interceptor, fix: 'Write Interceptor.request(fn) or Interceptor.response(fn).',
  });
  problems.expect(!gateway._interceptors.some(({ point }) => point === interceptor?.point), {
    code: 'Interceptor/Twice', what: 'the gateway has an interceptor of this kind already', received: interceptor?.point, allowed: 'one for requests and one for responses', fix: 'Do both in one function.',
  });
  problems.raise();
}

/** Throws for a target that does not fit the gateway, or its credentials. */
export function expectAddTarget(gateway: ToolGateway, targetName: string, target: GatewayTarget, options: AddTargetOptions): void {
  const problems = new Problems(gateway.node.path);
  expectInTime(problems, gateway, 'addTarget()', 'ToolGateway/TooLate');
  expectKnownFields(problems, options, ['credentials', 'description', 'forwards', 'privateEndpoint', 'privateCaCertificates'], 'A target', 'GatewayTarget/UnknownField');
  expectTargetName(problems, targetName);
  const taken = gateway.targets.some((other) => other.targetName.toLowerCase() === String(targetName).toLowerCase());
  problems.expect(!taken && gateway.node.tryFindChild(String(targetName)) === undefined, {
    code: 'GatewayTarget/Name', what: 'the gateway has something of this name already', received: targetName, fix: 'Name each target differently, also apart from capitals.',
  });
  const quota = quotaOf(gateway, 'gatewayTarget');
  problems.expect(gateway.targets.length < quota.limit, overQuota(quota, gateway.targets.length + 1, {
    code: 'GatewayTarget/TooMany', what: 'the gateway has too many targets', fix: 'Divide them among gateways, by trust boundary.',
  }));
  const toolNames = target instanceof GatewayTarget ? target._form.toolNames ?? [] : [];
  const tools = quotaOf(gateway, 'gatewayTool');
  problems.expect(toolNames.length <= tools.limit, overQuota(tools, toolNames.length, {
    code: 'GatewayTarget/TooManyTools', what: 'the target has too many tools', fix: 'Divide them among targets.',
  }));
  problems.expect(target instanceof GatewayTarget, {
    code: 'GatewayTarget/NotATarget', what: 'it is not a target', received: target, fix: 'Write GatewayTarget.lambdaFunction(fn, tools) or another of its forms.',
  });
  problems.expect(options?.credentials instanceof TargetCredentials, {
    code: 'GatewayTarget/Credentials', what: 'it is not said with whose authority the target is called', received: options?.credentials, fix: 'Write credentials: TargetCredentials.gatewayRole() or another of its forms.',
  });
  expectForwardedFields(problems, options?.forwards ?? {});
  problems.expect(options?.description === undefined || typeof options.description === 'string', {
    code: 'GatewayTarget/Description', what: 'description is not a text', received: options?.description, fix: 'Say what the target is for, or leave it out.',
  });
  problems.expect(options?.privateEndpoint === undefined || options.privateEndpoint instanceof PrivateEndpoint, {
    code: 'GatewayTarget/PrivateEndpoint', what: 'privateEndpoint is not one', received: options?.privateEndpoint, fix: 'Write PrivateEndpoint.managedVpc(...), or leave it out to go through the internet.',
  });
  problems.raise();
  targetProblems(problems, target._form, options.credentials, gateway.inbound);
  certificateProblems(problems, target.kind, options);
  expectFit(problems, gateway, target, options.credentials);
  problems.raise();
}

function expectFit(problems: Problems, gateway: ToolGateway, target: GatewayTarget, credentials: TargetCredentials): void {
  const needed = speaksHttp(target.kind) ? GatewayProtocol.HTTP : GatewayProtocol.MCP;
  problems.expect(gateway.protocol === needed, {
    code: 'GatewayTarget/Protocol', what: `a target of kind ${target.kind} needs a gateway that speaks ${needed}`, received: gateway.protocol, fix: `Put it behind a gateway with protocol: GatewayProtocol.${needed}.`,
  });
  problems.expect(target._form.mcp?.dynamic !== true || gateway._props.semanticSearch !== true, {
    code: 'GatewayTarget/Listing', what: 'tools that are listed dynamically cannot be searched by meaning', fix: 'Leave out listing, or semanticSearch.',
  });
  if (target._form.mcp !== undefined && credentials.grantType === OAuthGrantType.AUTHORIZATION_CODE) {
    problems.expect((gateway._props.mcpVersions ?? []).some((version) => version >= CONSENT_VERSION), {
      code: 'GatewayTarget/McpVersion', what: 'user consent needs a newer version of MCP', received: gateway._props.mcpVersions, allowed: `${CONSENT_VERSION} or later`, fix: `Write mcpVersions: ['${CONSENT_VERSION}'] on the gateway.`,
    });
  }
  const provider = credentials.provider ?? credentials.apiKeyProvider;
  if (provider !== undefined) {
    const { account, region } = gateway.stack;
    problems.expect(!knownToDiffer(provider.env.account, account) && !knownToDiffer(provider.env.region, region), {
      code: 'GatewayTarget/ProviderElsewhere',
      what: 'the provider is in another account or region than the gateway',
      received: Token.isUnresolved(provider.providerArn) ? provider.node.path : provider.providerArn,
      fix: 'Make a provider in the gateway\'s account and region.',
    });
  }
}
