import { AspectPriority, Aspects, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_wafv2 as wafv2, Resource, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccessAtSynthesis } from './access-at-synthesis';
import { addAgent, AddAgentOptions } from './agent-target';
import { restrictCallers, RestrictCallersOptions } from './caller-restriction';
import type { GatewayCaller } from './gateway-caller';
import { GatewayInbound } from './gateway-inbound';
import { derivedEngineName, derivedGatewayName, nameInGatewayId } from './gateway-name';
import { expectAddTarget, expectGatewayProps, expectInterceptor } from './gateway-prop-rules';
import { GatewayProtocol } from './gateway-protocol';
import { resolveGateway } from './gateway-resolution';
import { gatewayResource } from './gateway-resource';
import { gatewayRole } from './gateway-role';
import { secretReaderOf } from './gateway-secret-reader';
import { GatewayTarget } from './gateway-target';
import { ImportedGateway, IToolGateway, ToolGatewayAttributes } from './imported-gateway';
import { warnOfInbound } from './inbound-warnings';
import { Interceptor } from './interceptor';
import { PolicyEnforcement } from './policy-enforcement';
import { RateLimitOptions } from './rate-limit';
import { addRateLimit } from './rate-limit-resource';
import { ToolGatewayProps } from './tool-gateway-props';
import { AddTargetOptions, ToolTarget } from './tool-target';
import type { Agent } from '../agent/agent';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from '../agent/agent-owner';
import type { ConsentPortal } from '../consent/consent-portal';
import { declareProperties } from '../declaration/declared-properties';
import { deployAfter } from '../declaration/deployment-order';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { Ledger } from '../declaration/ledger';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { gatewayArnPattern } from '../permission/gateway-statements';
import { keyResource } from '../provider/key-arn';
import { secretKeyStatement, secretReadStatement } from '../provider/secret-reader';
import { writeAccessReport } from '../review/access-report-files';

/** How many changes of targets a gateway takes at the same time. */
const CONCURRENT_TARGETS = 5;

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
export class ToolGateway extends Resource implements IToolGateway {
  /**
   * A gateway of another app, for agents that call its tools: `Capability.callTools`. What it says of its way in is taken on trust.
   * Nothing lands in the template.
   *
   * @throws [ToolGateway/Arn] when the ARN is not that of a gateway
   * @throws [ToolGateway/Url] when the address is not https
   * @throws [ToolGateway/Inbound] when it is not said how callers get in
   */
  public static fromGatewayAttributes(scope: Construct, id: string, attributes: ToolGatewayAttributes): IToolGateway {
    return new ImportedGateway(scope, id, attributes);
  }

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
  public readonly _resource: agentcore.CfnGateway;

  /** @internal */
  public readonly _engine: agentcore.CfnPolicyEngine;

  /** @internal */
  public readonly _props: ToolGatewayProps;

  /** The page on which users consent, if there is one. @internal */
  public _portal?: ConsentPortal;

  /** @internal */
  public readonly _interceptors: Interceptor[] = [];

  /** Whom the resource policy lets through, if there is one. @internal */
  public _acceptedCallers?: GatewayCaller[];

  /** @internal */
  public readonly _rateLimits: RateLimitOptions[] = [];

  private readonly added: ToolTarget[] = [];
  private whySuspended?: string;

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
    const resource = gatewayResource(this, { role: this.role, engine: this._engine, key, tags });
    this._resource = resource;
    this.gatewayId = resource.attrGatewayIdentifier;
    this.gatewayArn = resource.attrGatewayArn;
    this.gatewayUrl = resource.attrGatewayUrl;
    if (props.webAcl !== undefined) {
      new wafv2.CfnWebACLAssociation(this, 'WebAcl', { resourceArn: this.gatewayArn, webAclArn: props.webAcl.webAclRef.webAclArn });
    }
    warnOfInbound(this);
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
    const provider = added.credentials.provider ?? added.credentials.apiKeyProvider;
    if (provider !== undefined) {
      deployAfter(added._resource, provider);
    }
    this.added.push(added);
    Ledger.of(this).changed();
    return added;
  }

  /**
   * Puts an agent of this app behind the gateway: one hop of a chain in which the user's token is handed on as it is.
   *
   * In the template: an HTTP target for the agent's runtime, with JWT passthrough; the Cedar rule of `access`; and, on the runtime's
   * JWT authorizer, this gateway as the only way in (`allowedWorkloadConfiguration`) and the gateway's issuer, audiences and clients
   * where the agent says no `callers` of its own. No right in IAM: the gateway's role gets nothing. Agents reach it by `Capability.callTools`.
   *
   * @throws [GatewayAgent/Host] when the agent does not act under the identity of a runtime of this app
   * @throws [GatewayAgent/OtherStack] when its runtime is in another stack
   * @throws [GatewayAgent/Inbound] when callers of the gateway come without a JWT
   * @throws [GatewayAgent/Callers] when the agent accepts no token that gets into the gateway
   * @throws [GatewayAgent/Clients] when tokens of the issuer have no `client_id` claim, and calls are limited by it
   * @throws [GatewayTarget/Protocol] when the gateway speaks MCP
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-http-runtime.html
   */
  public addAgent(targetName: string, agent: Agent, options: AddAgentOptions): ToolTarget {
    return addAgent(this, targetName, agent, options);
  }

  /**
   * Lets only these callers through, whatever other policies say.
   *
   * In the template: an `AWS::BedrockAgentCore::ResourcePolicy` on the gateway, which allows `InvokeGateway` to them and denies it to
   * everybody else. A policy for everybody cannot be written. AWS keeps one policy for each gateway, so another one of the app on it
   * fails the synthesis (`GatewayCaller/OtherPolicy`).
   *
   * @throws [GatewayCaller/OtherCallers] when callers come into this gateway in another way
   * @throws [GatewayCaller/DeployedBy] when the role that deploys is not known
   * @throws [GatewayCaller/PolicyTooLarge] when the policy would be longer than AWS takes
   * @throws [GatewayCaller/...] when a caller is no caller or cannot be named, callers are restricted twice, or nobody would hold them
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
   */
  public restrictCallers(options: RestrictCallersOptions): void {
    restrictCallers(this, options);
    this._acceptedCallers = [...options.callers];
  }

  /**
   * Lets each request, or each response, pass through a Lambda function: at most one of each.
   *
   * In the template: an interceptor of the gateway, and `lambda:InvokeFunction` on exactly this function for the gateway's role.
   *
   * @throws [Interceptor/Twice] when there is one for this already
   * @throws [Interceptor/NotAnInterceptor] when something else is given
   */
  public addInterceptor(interceptor: Interceptor): void {
    expectInterceptor(this, interceptor);
    this._interceptors.push(interceptor);
    const interceptorConfigurations = this._interceptors.map((each) => each._configuration(this.stack));
    this._resource.interceptorConfigurations = interceptorConfigurations;
    declareProperties(this, this._resource, { interceptorConfigurations });
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
    addRateLimit(this, id, options);
  }

  /**
   * Cuts the gateway off with the next deployment: each target has a Cedar rule that forbids everybody everything, the role
   * loses what it could do at the targets and is denied their providers, and agents of this app lose the right to invoke it. The
   * gateway, its targets and the users' consents stay; remove the call to lift it. Shown in the access report.
   *
   * @throws [Suspension/Reason] when the reason is missing
   * @throws [ToolGateway/TooLate] when the policies are written already, as every method that declares something
   */
  public suspend(options: SuspensionOptions): void {
    refuseIfLate(this, 'suspend()', 'ToolGateway/TooLate');
    this.whySuspended = suspensionReason(options, this.node.path);
  }

  /**
   * Why the gateway is suspended.
   *
   * @default - it is not
   */
  public get suspendedReason(): string | undefined {
    return this.whySuspended;
  }

  /** The targets, in the order in which they were added. */
  public get targets(): ToolTarget[] {
    return [...this.added];
  }

  /**
   * For the resource policy of a secret in another account that a provider of the gateway's targets references: lets AgentCore read it
   * with the roles of the gateway and of its consent portal, and nothing else (`secret.addToResourcePolicy(gateway.secretReadStatement())`).
   * Where the secret is not of this app, the access report holds the statement to paste. Inside one account it is not needed.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
   */
  public secretReadStatement(): iam.PolicyStatement {
    return secretReadStatement(secretReaderOf(this));
  }

  /** The same for the policy of the customer-managed key that protects such a secret: `key.addToResourcePolicy(gateway.secretKeyStatement())`. */
  public secretKeyStatement(): iam.PolicyStatement {
    return secretKeyStatement(secretReaderOf(this));
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
