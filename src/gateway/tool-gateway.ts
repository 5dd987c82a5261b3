import { AspectPriority, Aspects, aws_bedrockagentcore as agentcore, aws_iam as iam, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccessAtSynthesis } from './access-at-synthesis';
import { addAgent, AddAgentOptions } from './agent-target';
import { restrictCallers, RestrictCallersOptions } from './caller-restriction';
import type { GatewayCaller } from './gateway-caller';
import { GatewayInbound } from './gateway-inbound';
import { derivedGatewayName, nameInGatewayId } from './gateway-name';
import { expectAddTarget, expectGatewayProps, expectInterceptor } from './gateway-prop-rules';
import { GatewayProtocol } from './gateway-protocol';
import { resolveGateway } from './gateway-resolution';
import { engineResource, gatewayResource } from './gateway-resource';
import { gatewayRole } from './gateway-role';
import { secretReaderOf } from './gateway-secret-reader';
import { GatewayTarget } from './gateway-target';
import { ImportedGateway, IToolGateway, ToolGatewayAttributes } from './imported-gateway';
import { warnOfInbound } from './inbound-warnings';
import { Interceptor } from './interceptor';
import { PolicyEnforcement } from './policy-enforcement';
import { RateLimitOptions } from './rate-limit';
import { addRateLimit } from './rate-limit-resource';
import { addReturnPage } from './return-page';
import { orderTarget } from './target-order';
import { ToolGatewayProps } from './tool-gateway-props';
import { AddTargetOptions, ToolTarget } from './tool-target';
import type { Agent } from '../agent/agent';
import type { AgentHost } from '../agent/agent-host';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from '../agent/agent-owner';
import type { AgentPart } from '../agent/agent-part';
import type { ConsentPortal } from '../consent/consent-portal';
import { declareProperties } from '../declaration/declared-properties';
import { environmentOf } from '../declaration/environment';
import { refuseIfLate } from '../declaration/in-time';
import { Ledger } from '../declaration/ledger';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { gatewayArnPattern } from '../permission/gateway-statements';
import { keyResource } from '../provider/key-arn';
import { secretKeyStatement, secretReadStatement } from '../provider/secret-reader';
import { writeAccessReport } from '../review/access-report-files';

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
 * What is not said here is not on the gateway: another Cedar policy of the app on its engine fails the synthesis (`ToolGateway/OtherPolicy`), and so do
 * another target (`ToolGateway/OtherTarget`) and a change of what is made here, by an override, an assignment or an aspect (`ToolGateway/ChangedElsewhere`).
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

  /** Pages of the app's own that complete users' sessions. @internal */
  public readonly _returnPages: AgentPart[] = [];

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
    this._engine = engineResource(this, { key, tags });
    const gatewayPattern = gatewayArnPattern(environmentOf(this), nameInGatewayId(this.gatewayName));
    this.role = gatewayRole(this, { policyEngineArn: this._engine.attrPolicyEngineArn, gatewayPattern, key });
    const resource = this._resource = gatewayResource(this, { role: this.role, engine: this._engine, key, tags });
    this.gatewayId = resource.attrGatewayIdentifier;
    this.gatewayArn = resource.attrGatewayArn;
    this.gatewayUrl = resource.attrGatewayUrl;
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
    orderTarget(added, this.added);
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
   * Your own page that users return to after consent to targets with `AUTHORIZATION_CODE`. For the one that AWS hosts, see `ConsentPortal`.
   *
   * In the template: a policy on the host's role, which may complete sessions (`CompleteResourceTokenAuth`) under the gateway's own
   * identity, with the providers of these targets, for users whose tokens get in by issuer, audience and client; and is denied every
   * other token operation. Their secrets are read through AgentCore only. Left out: registering `defaultReturnUrl` on the gateway's
   * identity, which CloudFormation cannot; scopes and claims, which IAM cannot hold there.
   *
   * @throws [AgentPart/...] when the name or the host is not valid
   * @throws [GatewayReturnPage/...] when the name is taken; at synthesis when nothing acts with consent, a portal takes its place, or its role is not its own
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/oauth2-authorization-url-session-binding.html
   */
  public addReturnPage(name: string, host: AgentHost): void {
    addReturnPage(this, name, host);
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
   * Cuts the gateway off with the next deployment: its resource policy denies it to all but the role that deploys (that of
   * `restrictCallers`, else the one of CDK's bootstrap), prompts and resources of MCP servers included; Cedar forbids everybody the tools
   * of each target; the role loses what it could do at the targets and is denied their providers; agents of this app lose the right to
   * invoke it. The gateway, its targets and the users' consents stay; remove the call to lift it. Shown in the access report. Left out:
   * that policy, where AWS does not say that it is asked (any signature, no check), where the role that deploys is not known, or where the
   * app has another one. The report says it.
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
   * with the roles of the gateway and of its consent portal or return pages, and nothing else (`secret.addToResourcePolicy(gateway.secretReadStatement())`).
   * A page's role of another stack needs a `roleName`. For a secret of another app, the report holds the statement. Not needed inside one account.
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
}
