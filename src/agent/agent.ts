import { Aspects, AspectPriority, aws_bedrockagentcore as agentcore, aws_iam as iam, Resource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AcceptedWorkloads } from './accepted-workloads';
import { AgentIdentity } from './agent-identity';
import { agentManifest } from './agent-manifest';
import { AgentOwner } from './agent-owner';
import { AgentPart } from './agent-part';
import { expectAgentProps, expectNewCapabilities } from './agent-prop-rules';
import { AgentProps } from './agent-props';
import { secretReaderOf } from './agent-secret-reader';
import { warnOfCallers } from './caller-warnings';
import { CallingWorkload } from './calling-workload';
import { IdentityLocation } from './identity-location';
import { identityResource } from './identity-resource';
import { PoliciesAtSynthesis } from './policies-at-synthesis';
import { resolveAgent } from './resolution';
import { TokenIssuer } from './token-issuer';
import { Capability } from '../capability/capability';
import { derivedName } from '../declaration/derived-name';
import { expectInTime, refuseIfLate } from '../declaration/in-time';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { DeclaredFrontEnds } from '../front-end/declared-front-ends';
import { DeclaredOperators } from '../front-end/declared-operators';
import { FrontEnd } from '../front-end/front-end';
import { Operator } from '../front-end/operator';
import { workloadIdentityArn } from '../permission/resource-arn';
import { secretKeyStatement, secretReadStatement } from '../provider/secret-reader';
import { writeAccessReport } from '../review/access-report-files';

/** The longest derived identity name. AWS allows 255; shorter names keep policies small and reviews readable. */
const LONGEST_DERIVED_NAME = 64;

/** The code of whatever is declared when it would change nothing any more. */
const TOO_LATE = 'Agent/TooLate';

/**
 * An AI agent with an identity of its own, and exactly the access that it declares.
 *
 * In the template: an `AWS::BedrockAgentCore::WorkloadIdentity` with the owner as tags and the return URLs (unless it exists
 * already), and one policy per part on the part's role. The policy allows what `may` declared, with exact ARNs and with
 * conditions on the user's token, and denies every other token operation whatever else is attached to the role. Left out: the
 * right to invoke the agent, model access, logs.
 *
 * Policies are written at synthesis, so capabilities may be declared in any order and place. The access report
 * (`agentcore-access.json` and `.md`) is written beside the templates. A change of identity or policies by an override, an assignment
 * or an aspect would make it untrue, and fails the synthesis (`Agent/ChangedElsewhere`).
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html
 */
export class Agent extends Resource implements agentcore.IWorkloadIdentityRef {
  /** Who answers for the agent. */
  public readonly owner: AgentOwner;

  /** The parts that act for it. */
  public readonly parts: AgentPart[];

  /** Pages that the user may be sent back to after consent. */
  public readonly returnUrls: string[];

  /** Whether the workload identity is made here. */
  public readonly identityMadeHere: boolean;

  /** Name of the workload identity, as the `GetWorkloadAccessToken` operations take it. */
  public readonly identityName: string;

  /** ARN of the workload identity. */
  public readonly identityArn: string;

  /** @internal */
  public readonly _identity: IdentityLocation;

  /** The runtime that AWS made the identity with, if it did. @internal */
  public readonly _identityOfRuntime?: agentcore.IRuntimeRef;

  private readonly givenCallers: TokenIssuer[];
  private readonly derivedCallers: TokenIssuer[] = [];
  private readonly declared: Capability[] = [];
  private readonly accepted = new AcceptedWorkloads();
  private readonly invokers = new DeclaredFrontEnds();
  private readonly declaredOperators = new DeclaredOperators();
  private whySuspended?: string;

  /**
   * @throws [Agent/...] for each of the properties that is missing or contradicts another
   */
  constructor(scope: Construct, id: string, props: AgentProps) {
    super(scope, id, {});
    const problems = new Problems(this.node.path);
    expectAgentProps(problems, props);
    problems.raise();

    this.owner = props.owner;
    this.givenCallers = [...props.callers ?? []];
    this.returnUrls = Object.freeze([...props.returnUrls ?? []]) as string[];
    const identity = props.identity ?? (props.host?.runtime !== undefined
      ? AgentIdentity._ofRuntime(props.host.runtime)
      : AgentIdentity.named(derivedName(this, LONGEST_DERIVED_NAME)));
    this._identityOfRuntime = identity._ofService ? props.host!.runtime : undefined;
    this.parts = Object.freeze([...(props.host !== undefined ? [AgentPart._ofHost(props.host, identity._ofService)] : []), ...props.parts ?? []]) as AgentPart[];
    this.identityMadeHere = identity.ownedByAgent;
    this._identity = identity._locate(this);
    this.identityName = this._identity.name;
    this.identityArn = workloadIdentityArn(this._identity.scope, this._identity.name);
    if (identity.ownedByAgent) {
      identityResource(this);
    }

    Ledger.of(this).addAgent(this);
    writeAccessReport(this);
    warnOfCallers(this);
    Aspects.of(this).add(new PoliciesAtSynthesis(this), { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => resolveAgent(this).problems.messages() });
  }

  /**
   * Declares what the agent may do. May be called repeatedly; order does not matter.
   *
   * @throws [Agent/CapabilityTwice] when the agent already has a capability of this kind with this provider
   * @throws [Agent/NotACapability] when something else is given
   * @throws [Agent/TooLate] when the policies are written already
   */
  public may(...capabilities: Capability[]): void {
    const problems = new Problems(this.node.path);
    expectInTime(problems, this, 'may()', TOO_LATE);
    expectNewCapabilities(problems, this.declared, capabilities);
    problems.raise();
    this.declared.push(...capabilities);
    Ledger.of(this).changed();
  }

  /**
   * Says through which workloads calls may reach an agent on an AgentCore Runtime: the runtime's authorizer refuses users' tokens
   * that come by another way, also directly. May be called repeatedly; the workloads add up, at most 10 gateways and 10
   * identities.
   *
   * In the template: `allowedWorkloadConfiguration` of the runtime's JWT authorizer. For a runtime that is imported, the access
   * report holds it for the runtime's owner.
   *
   * @throws [Agent/CallingWorkload] when something else is given, or one twice
   * @throws [Agent/TooLate] when the policies are written already
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
   */
  public acceptCallsFrom(...workloads: CallingWorkload[]): void {
    const problems = new Problems(this.node.path);
    expectInTime(problems, this, 'acceptCallsFrom()', TOO_LATE);
    this.accepted.add(problems, workloads);
  }

  /** The workloads through which calls may reach the agent. None: calls may come from anywhere. */
  public get callingWorkloads(): CallingWorkload[] {
    return this.accepted.all;
  }

  /**
   * Says what invokes an agent on an AgentCore Runtime with AWS credentials. May be called repeatedly; the front ends add up.
   *
   * On each front end's role: the right to invoke this runtime and these endpoints, exactly. Where a front end names users, or is
   * of another account: an `AWS::BedrockAgentCore::ResourcePolicy` on the runtime and on each endpoint, which denies naming users to everybody
   * else, and where users are named, running commands in the runtime to everybody but operators (`commandsRunBy`): a command could take
   * the users' tokens. For a runtime that is imported, the access report holds the policies for the runtime's owner. Left out: who else has the right to invoke
   * by other policies; see `onlyInvokedBy`.
   *
   * @throws [Agent/FrontEnd] when something else is given, or a name twice
   * @throws [Agent/TooLate] when the policies are written already
   */
  public invokedBy(...frontEnds: FrontEnd[]): void {
    const problems = new Problems(this.node.path);
    expectInTime(problems, this, 'invokedBy()', TOO_LATE);
    this.invokers.add(problems, frontEnds, false);
  }

  /**
   * The same, and everybody else is denied invoking the agent, whatever other policies allow: the resource policies also deny
   * `InvokeAgentRuntime` to all but the agent's front ends, those that were given to `invokedBy` included. Each runtime that the
   * agent is on carries one, and has to have a front end (`FrontEndOptions.runtime`).
   *
   * Running commands in the runtime (`InvokeAgentRuntimeCommand`, `InvokeAgentRuntimeCommandShell`) is denied to everybody but those
   * whom `commandsRunBy` names, the front ends included: a command has the credentials of the agent's role. Left out: who may end a session (`StopRuntimeSession`) or
   * read the agent's card (`GetAgentCard`). The one stops the agent's work and the other describes it; neither sets it to work, and operators
   * need both. What may take the policies away (`PutResourcePolicy`, `DeleteResourcePolicy`) is not limited either.
   *
   * AWS keeps one policy for each resource, so another `AWS::BedrockAgentCore::ResourcePolicy` of the app on the same runtime or
   * endpoint fails the synthesis (`FrontEnd/OtherPolicy`). So does one that is longer than AWS takes, with many front ends
   * (`FrontEnd/PolicyTooLarge`).
   *
   * @throws [Agent/FrontEnd] when something else is given, or a name twice
   * @throws [Agent/TooLate] when the policies are written already
   */
  public onlyInvokedBy(...frontEnds: FrontEnd[]): void {
    const problems = new Problems(this.node.path);
    expectInTime(problems, this, 'onlyInvokedBy()', TOO_LATE);
    this.invokers.add(problems, frontEnds, true);
  }

  /** What invokes the agent, as far as it was declared. */
  public get frontEnds(): FrontEnd[] {
    return this.invokers.all;
  }

  /**
   * Names who may run commands (`InvokeAgentRuntimeCommand`, `InvokeAgentRuntimeCommandShell`) in a runtime in which everybody is denied it:
   * that of an agent with `onlyInvokedBy`, or with a front end that names users. May be called repeatedly; the operators add up.
   *
   * On each operator's role: both operations on this runtime and on the endpoints that its front ends invoke, exactly. In the resource
   * policies: a Deny that spares these roles. While the agent is suspended, neither is written, and nobody may. Each stands in the access
   * report with its reason. Left out: which commands they run. They have the credentials of the agent's role.
   *
   * @throws [Agent/Operator] when something else is given, or a name twice
   * @throws [Agent/TooLate] when the policies are written already
   */
  public commandsRunBy(...operators: Operator[]): void {
    const problems = new Problems(this.node.path);
    expectInTime(problems, this, 'commandsRunBy()', TOO_LATE);
    this.declaredOperators.add(problems, operators);
  }

  /** Who may run commands in its runtimes, as far as it was declared. */
  public get operators(): Operator[] {
    return this.declaredOperators.all;
  }

  /** Whether everybody else is denied invoking it. @internal */
  public get _onlyFrontEnds(): boolean {
    return this.invokers.only;
  }

  /** Whose tokens prove a user: those that were given, or those of the gateway that the agent stands behind. */
  public get callers(): TokenIssuer[] {
    return [...this.givenCallers, ...this.derivedCallers];
  }

  /** What follows from a gateway that the agent is put behind. @internal */
  public _deriveCaller(caller: TokenIssuer): void {
    this.derivedCallers.push(caller);
  }

  /**
   * Cuts the agent off with the next deployment: its roles are denied every token operation, and calling gateways and agents where
   * they were declared to, whatever they were allowed. Left out: who invokes the agent may go on doing so; the access report says it.
   * Nothing that holds state is removed; remove the call to lift it. Shown in the access report.
   *
   * @throws [Suspension/Reason] when the reason is missing
   * @throws [Agent/TooLate] when the policies are written already
   */
  public suspend(options: SuspensionOptions): void {
    refuseIfLate(this, 'suspend()', TOO_LATE);
    this.whySuspended = suspensionReason(options, this.node.path);
  }

  /**
   * Why the agent is suspended.
   *
   * @default - it is not
   */
  public get suspendedReason(): string | undefined {
    return this.whySuspended;
  }

  /** What has been declared so far. */
  public get capabilities(): Capability[] {
    return [...this.declared];
  }

  /**
   * What the agent's code needs to know, as JSON: the workload identity's name and, for each capability, the provider's name,
   * the flow, the scopes, the return URL and the parameters for `GetResourceOauth2Token`. Hand it to the host as an environment
   * variable: `fn.addEnvironment('AGENT', agent.manifest)`. Holds no secret; filled in at synthesis, so it may be read before all
   * capabilities are declared.
   *
   * Shape: `{ version, workloadName, capabilities: [{ kind, provider, oauth2Flow, scopes, resourceOauth2ReturnUrl,
   * customParameters, audiences, resources }] }`, each member where it applies; an API key has `provider` and, for a bundle,
   * `keys`; a secret that the code reads, `secretId`. Providers that are made at run time have `providerPrefix`. On a runtime's own identity there is `mintedByRuntime: true` in place of `workloadName`.
   */
  public get manifest(): string {
    return agentManifest(this);
  }

  /**
   * For the resource policy of a secret in another account that one of the agent's providers references: lets AgentCore read it with
   * the agent's roles, and nothing else (`secret.addToResourcePolicy(agent.secretReadStatement())`). Roles of another stack need a
   * `roleName`. Where the secret is not of this app, the access report holds the statement to paste. Inside one account it is not needed.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
   */
  public secretReadStatement(): iam.PolicyStatement {
    return secretReadStatement(secretReaderOf(this));
  }

  /** The same for the policy of the customer-managed key that protects such a secret: `key.addToResourcePolicy(agent.secretKeyStatement())`. */
  public secretKeyStatement(): iam.PolicyStatement {
    return secretKeyStatement(secretReaderOf(this));
  }

  /** Reference to the workload identity, as L1 and official L2 constructs take it. */
  public get workloadIdentityRef(): agentcore.WorkloadIdentityReference {
    return { workloadIdentityName: this.identityName, workloadIdentityArn: this.identityArn };
  }
}
