import { Annotations, AspectPriority, Aspects, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_wafv2 as wafv2, IAspect, Resource, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { authorizerConfiguration } from './authorizer-configuration';
import { attachGatewayAccess } from './gateway-attachment';
import { GatewayInbound } from './gateway-inbound';
import { derivedEngineName, derivedGatewayName, nameInGatewayId } from './gateway-name';
import { expectAddTarget, expectGatewayProps } from './gateway-prop-rules';
import { GatewayProtocol } from './gateway-protocol';
import { resolveGateway } from './gateway-resolution';
import { gatewayRole } from './gateway-role';
import { GatewayTarget } from './gateway-target';
import { PolicyEnforcement } from './policy-enforcement';
import { expectRateLimit, rateEntry, RateLimitOptions } from './rate-limit';
import { AddTargetOptions, ToolTarget } from './tool-target';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from '../agent/agent-owner';
import { BroadLimitOptions } from '../capability/users';
import { environmentOf } from '../declaration/environment';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { gatewayArnPattern } from '../permission/gateway-statements';
import { keyResource } from '../provider/key-arn';
import { writeAccessReport } from '../review/access-report-files';

/** How many changes of targets a gateway takes at the same time. */
const CONCURRENT_TARGETS = 5;

/** A gateway: who answers for it, and who gets in. */
export interface ToolGatewayProps {
  /** Who answers for the gateway. */
  readonly owner: AgentOwner;

  /** Who gets in: `GatewayInbound.jwt({ issuer, audiences })`, `.iam()`, or one of the weaker forms. */
  readonly inbound: GatewayInbound;

  /**
   * Name of the gateway: 1 to 48 letters and digits with single hyphens between them. A name that only deployment knows must be in
   * lower case: the gateway's id is, and the role's policies would not match otherwise.
   *
   * @default - derived from the stack's name and the construct's path, in lower case
   */
  readonly gatewayName?: string;

  /**
   * What the gateway is for.
   *
   * @default - nothing
   */
  readonly description?: string;

  /**
   * What callers speak. Runtimes and HTTP passthrough need HTTP, all other targets MCP.
   *
   * @default GatewayProtocol.MCP
   */
  readonly protocol?: GatewayProtocol;

  /**
   * Versions of MCP that callers may use, such as `2025-11-25`. Targets with user consent need that one or a later one.
   *
   * @default - those that AgentCore chooses
   */
  readonly mcpVersions?: string[];

  /**
   * Whether callers may search for tools by meaning. It adds a tool of AWS's own. Cannot be changed later.
   *
   * @default false
   */
  readonly semanticSearch?: boolean;

  /**
   * A customer-managed key for the gateway and its policy engine: symmetric, in the gateway's region, not an alias. The role may use
   * it through AgentCore for this gateway only. The key cannot be changed later.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * Whether the rules of the tools are enforced.
   *
   * @default PolicyEnforcement.ENFORCE
   */
  readonly enforcement?: PolicyEnforcement;

  /**
   * Lets callers see errors in detail, with what targets answered (`ExceptionLevel` DEBUG). The longer word, with a reason.
   *
   * @default - callers see no details
   */
  readonly errorDetailsForCallers?: BroadLimitOptions;

  /**
   * A web ACL of AWS WAF in front of the gateway. If the firewall cannot decide, the call is refused.
   *
   * @default - none
   */
  readonly webAcl?: wafv2.IWebACLRef;
}

/**
 * A gateway whose tools say who may call them, and with whose authority each target is called.
 *
 * In the template: the gateway, a policy engine that is attached in ENFORCE mode, one Cedar policy per rule, the targets, and a
 * service role. The role is trusted for gateways of this name in this account only. It may ask its own policy engine from the start;
 * what the targets need is in a second policy, made after the gateway, which names the gateway's own identity exactly. Targets
 * are made after that policy, Cedar policies after the targets. Every other token operation is denied to the role.
 *
 * Left out: the right to invoke the gateway (`bedrock-agentcore:InvokeGateway`), access logs, and registering return URLs on the
 * gateway's identity, which CloudFormation cannot do.
 *
 * All targets share the role, so it is the ceiling of every caller: make one gateway per trust boundary.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway.html
 */
export class ToolGateway extends Resource implements agentcore.IGatewayRef {
  /** Who answers for the gateway. */
  public readonly owner: AgentOwner;

  /** Who gets in. */
  public readonly inbound: GatewayInbound;

  /** What callers speak. */
  public readonly protocol: GatewayProtocol;

  /** Whether the rules are enforced. */
  public readonly enforcement: PolicyEnforcement;

  /** Name of the gateway. */
  public readonly gatewayName: string;

  /** Id of the gateway, which is also the name of its workload identity. Known after deployment. */
  public readonly gatewayId: string;

  /** ARN of the gateway. Known after deployment. */
  public readonly gatewayArn: string;

  /** Where callers find the gateway. Known after deployment. */
  public readonly gatewayUrl: string;

  /** The gateway's service role. */
  public readonly role: iam.Role;

  /** @internal */
  public readonly _engine: agentcore.CfnPolicyEngine;

  /** @internal */
  public readonly _props: ToolGatewayProps;

  /** @internal */
  public readonly _rateLimits: RateLimitOptions[] = [];

  private readonly added: ToolTarget[] = [];

  /**
   * @throws [ToolGateway/...] for each of the properties that is missing or not valid
   */
  constructor(scope: Construct, id: string, props: ToolGatewayProps) {
    super(scope, id);
    expectGatewayProps(this.node.path, props);
    this._props = props;
    this.owner = props.owner;
    this.inbound = props.inbound;
    this.protocol = props.protocol ?? GatewayProtocol.MCP;
    this.enforcement = props.enforcement ?? PolicyEnforcement.ENFORCE;
    this.gatewayName = props.gatewayName ?? derivedGatewayName(this);

    const tags = { [OWNER_TAG]: this.owner.name, [CONTACT_TAG]: this.owner.contact };
    const key = props.encryptionKey !== undefined ? keyResource(this.stack, props.encryptionKey) : undefined;
    this._engine = new agentcore.CfnPolicyEngine(this, 'PolicyEngine', {
      name: derivedEngineName(this),
      encryptionKeyArn: key?.arn,
      tags: Object.entries(tags).map(([name, value]) => ({ key: name, value })),
    });
    this.role = gatewayRole(this, { policyEngineArn: this._engine.attrPolicyEngineArn, gatewayPattern: this._arnPattern, key });
    const resource = new agentcore.CfnGateway(this, 'Resource', {
      name: this.gatewayName,
      description: props.description,
      roleArn: this.role.roleArn,
      authorizerType: this.inbound.kind,
      authorizerConfiguration: authorizerConfiguration(this.inbound),
      protocolType: this.protocol === GatewayProtocol.MCP ? 'MCP' : undefined,
      protocolConfiguration: mcpConfiguration(props),
      policyEngineConfiguration: { arn: this._engine.attrPolicyEngineArn, mode: this.enforcement.mode },
      exceptionLevel: props.errorDetailsForCallers !== undefined ? 'DEBUG' : undefined,
      kmsKeyArn: key?.arn,
      wafConfiguration: props.webAcl !== undefined ? { failureMode: 'FAIL_CLOSE' } : undefined,
      tags,
    });
    this.gatewayId = resource.attrGatewayIdentifier;
    this.gatewayArn = resource.attrGatewayArn;
    this.gatewayUrl = resource.attrGatewayUrl;
    if (props.webAcl !== undefined) {
      new wafv2.CfnWebACLAssociation(this, 'WebAcl', { resourceArn: this.gatewayArn, webAclArn: props.webAcl.webAclRef.webAclArn });
    }
    if (this.enforcement.logOnlyReason !== undefined) {
      Annotations.of(this).addWarningV2('cdk-agentcore-identity:gatewayLogOnly', 'NOTHING IS ENFORCED by the rules of this gateway\'s tools: PolicyEnforcement.logOnly');
    }
    Ledger.of(this).addGateway(this);
    writeAccessReport(this);
    Aspects.of(this).add(new AccessAtSynthesis(this), { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => resolveGateway(this).problems.messages() });
  }

  /**
   * Puts a target behind the gateway.
   *
   * @param targetName name that callers see in front of each tool: 1 to 100 letters and digits with single hyphens between them
   * @throws [GatewayTarget/Name] when the name is not valid, or taken
   * @throws [GatewayTarget/Credentials] when AWS does not support these credentials for this kind of target; the message names those
   * that it does
   * @throws [GatewayTarget/...] when the target does not fit the gateway's protocol or way in
   */
  public addTarget(targetName: string, target: GatewayTarget, options: AddTargetOptions): ToolTarget {
    expectAddTarget(this, targetName, target, options);
    const added = ToolTarget._of(this, targetName, target, options);
    const before = this.added[this.added.length - CONCURRENT_TARGETS];
    if (before !== undefined) {
      added._resource.node.addDependency(before._resource);
    }
    this.added.push(added);
    return added;
  }

  /**
   * Limits how often callers, tools or targets are served. Not a protection of secrets: where AWS cannot count, it lets calls through.
   *
   * In the template: an `AWS::BedrockAgentCore::GatewayRateLimit`.
   *
   * @throws [RateLimit/...] when dimensions or rules are not valid, or could never apply to callers of this gateway
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-rate-limits.html
   */
  public addRateLimit(id: string, options: RateLimitOptions): void {
    const problems = new Problems(this.node.path);
    expectRateLimit(problems, options, this, this._rateLimits.map(({ dimensions }) => dimensions.map(({ key }) => key).join()));
    problems.raise();
    this._rateLimits.push(options);
    new agentcore.CfnGatewayRateLimit(this, `RateLimit-${id}`, {
      gatewayIdentifier: this.gatewayId,
      description: options.description,
      dimensionKeys: options.dimensions.map(({ key }) => key),
      entries: options.rules.map((rule) => rateEntry(options.dimensions, rule)),
    });
  }

  /** The targets, in the order in which they were added. */
  public get targets(): ToolTarget[] {
    return [...this.added];
  }

  /** Reference to the gateway, as L1 and official L2 constructs take it. */
  public get gatewayRef(): agentcore.GatewayReference {
    return { gatewayIdentifier: this.gatewayId, gatewayArn: this.gatewayArn };
  }

  /** @internal the gateway by its name, for what is needed before its id is known */
  public get _arnPattern(): string {
    return gatewayArnPattern(environmentOf(this), nameInGatewayId(this.gatewayName));
  }

  /** @internal */
  public get _nameIsLiteral(): boolean {
    return !Token.isUnresolved(this.gatewayName);
  }
}

/** Writes the role's second policy and the Cedar policies when everything is declared. Problems are left to the validation that follows. */
class AccessAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly gateway: ToolGateway) {}

  public visit(node: IConstruct): void {
    if (node === this.gateway && !this.done) {
      this.done = true;
      attachGatewayAccess(this.gateway, resolveGateway(this.gateway));
    }
  }
}

function mcpConfiguration({ mcpVersions, semanticSearch }: ToolGatewayProps): agentcore.CfnGateway.GatewayProtocolConfigurationProperty | undefined {
  return mcpVersions === undefined && semanticSearch !== true
    ? undefined
    : { mcp: { supportedVersions: mcpVersions, searchType: semanticSearch === true ? 'SEMANTIC' : undefined } };
}
