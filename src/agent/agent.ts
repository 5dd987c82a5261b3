import { Aspects, AspectPriority, aws_bedrockagentcore as agentcore, IAspect, Resource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AgentHost } from './agent-host';
import { AgentIdentity } from './agent-identity';
import { agentManifest } from './agent-manifest';
import { AgentOwner, CONTACT_TAG, OWNER_TAG } from './agent-owner';
import { AgentPart } from './agent-part';
import { IdentityLocation } from './identity-location';
import { attachPolicies } from './policy-attachment';
import { resolveAgent } from './resolution';
import { attachAuthorizer } from './runtime-authorizer';
import { TokenIssuer } from './token-issuer';
import { Capability } from '../capability/capability';
import { derivedName } from '../declaration/derived-name';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import { expectWebAddress } from '../declaration/web-address';
import { workloadIdentityArn } from '../permission/resource-arn';
import { providerKey } from '../provider/provider-key';
import { writeAccessReport } from '../review/access-report-files';

/** The longest derived identity name. AWS allows 255; shorter names keep policies small and reviews readable. */
const LONGEST_DERIVED_NAME = 64;

/** An agent: one identity, one owner, and the parts that act for it. */
export interface AgentProps {
  /** Who answers for the agent: `AgentOwner.team('sales-tools', 'sales-tools@example.com')`. */
  readonly owner: AgentOwner;

  /**
   * Where the agent runs, if one role acts for it: `AgentHost.lambdaFunction(fn)`, `.ecsTask(taskDefinition)`, `.role(role)`. It mints
   * and vends. Either this or `parts` is needed, or this with a return page in `parts`.
   *
   * @default - `parts` says it
   */
  readonly host?: AgentHost;

  /**
   * The parts that act for the agent, each with its own role and verbs.
   *
   * @default - one part named `Host`, from `host`
   */
  readonly parts?: AgentPart[];

  /**
   * Whose tokens prove a user to this agent. Needed by capabilities that act as the user.
   *
   * @default - none: the agent cannot act as a signed-in user
   */
  readonly callers?: TokenIssuer[];

  /**
   * Pages that the user may be sent back to after consent: https, or http on the loopback for development. Registered on the
   * identity if it is made here. Needed by capabilities that act as a user.
   *
   * @default - none
   */
  readonly returnUrls?: string[];

  /**
   * The workload identity: `AgentIdentity.named('…')` to choose its name, `AgentIdentity.fromName/fromArn/fromRef` for one that
   * exists already.
   *
   * @default - that of the AgentCore Runtime, if it is the host; else made here, with a name derived from the stack's name and
   * the construct's path, at most 64 characters
   */
  readonly identity?: AgentIdentity;
}

/**
 * An AI agent with an identity of its own, and exactly the access that it declares.
 *
 * In the template: an `AWS::BedrockAgentCore::WorkloadIdentity` with the owner as tags and the return URLs (unless it exists
 * already), and one policy per part on the part's role. The policy allows what `may` declared, with exact ARNs and with
 * conditions on the user's token, and denies every other token operation whatever else is attached to the role. Left out: the
 * right to invoke the agent, model access, logs.
 *
 * Policies are written at synthesis, so capabilities may be declared in any order and place. The access report
 * (`agentcore-access.json` and `.md`) is written beside the templates.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html
 */
export class Agent extends Resource implements agentcore.IWorkloadIdentityRef {
  /** Who answers for the agent. */
  public readonly owner: AgentOwner;

  /** The parts that act for it. */
  public readonly parts: AgentPart[];

  /** Whose tokens prove a user. */
  public readonly callers: TokenIssuer[];

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

  private readonly declared: Capability[] = [];
  private whySuspended?: string;

  /**
   * @throws [Agent/...] for each of the properties that is missing or contradicts another
   */
  constructor(scope: Construct, id: string, props: AgentProps) {
    super(scope, id, {});
    const problems = new Problems(this.node.path);
    const given = props ?? {} as AgentProps;
    expectKnownFields(problems, props, ['owner', 'host', 'parts', 'callers', 'returnUrls', 'identity'], 'An agent', 'Agent/UnknownField');
    expectIdentity(problems, given.identity);
    expectOwner(problems, given.owner);
    expectHosts(problems, given);
    expectCallers(problems, given.callers ?? []);
    expectReturnUrls(problems, given.returnUrls ?? []);
    problems.raise();

    this.owner = props.owner;
    this.callers = Object.freeze([...props.callers ?? []]) as TokenIssuer[];
    this.returnUrls = Object.freeze([...props.returnUrls ?? []]) as string[];
    const identity = props.identity ?? (props.host?.runtime !== undefined
      ? AgentIdentity._ofRuntime(props.host.runtime)
      : AgentIdentity.named(derivedName(this, LONGEST_DERIVED_NAME)));
    this._identityOfRuntime = identity._ofService ? props.host!.runtime : undefined;
    this.parts = Object.freeze([...(props.host !== undefined ? [hostPart(props.host, identity)] : []), ...props.parts ?? []]) as AgentPart[];
    this.identityMadeHere = identity.ownedByAgent;
    this._identity = identity._locate(this);
    this.identityName = this._identity.name;
    this.identityArn = workloadIdentityArn(this._identity.scope, this._identity.name);
    if (identity.ownedByAgent) {
      new agentcore.CfnWorkloadIdentity(this, 'Identity', {
        name: this.identityName,
        allowedResourceOauth2ReturnUrls: this.returnUrls.length > 0 ? this.returnUrls : undefined,
        tags: [{ key: OWNER_TAG, value: this.owner.name }, { key: CONTACT_TAG, value: this.owner.contact }],
      });
    }

    Ledger.of(this).addAgent(this);
    writeAccessReport(this);
    Aspects.of(this).add(new PoliciesAtSynthesis(this), { priority: AspectPriority.MUTATING });
    this.node.addValidation({ validate: () => resolveAgent(this).problems.messages() });
  }

  /**
   * Declares what the agent may do. May be called repeatedly; order does not matter.
   *
   * @throws [Agent/CapabilityTwice] when the agent already has a capability of this kind with this provider
   * @throws [Agent/NotACapability] when something else is given
   */
  public may(...capabilities: Capability[]): void {
    const problems = new Problems(this.node.path);
    const known = [...this.declared];
    for (const capability of capabilities) {
      if (!(capability instanceof Capability)) {
        problems.add({
          code: 'Agent/NotACapability',
          what: 'may() takes capabilities',
          received: capability,
          fix: 'Write Capability.actAsUser(provider, { ... }) or another of its forms.',
        });
        continue;
      }
      const target = capability.provider ?? capability.apiKeyProvider!;
      const twice = known.some((other) => other.kind === capability.kind && providerKey((other.provider ?? other.apiKeyProvider)!) === providerKey(target)
        && (other.provider === undefined) === (capability.provider === undefined));
      problems.expect(!twice, {
        code: 'Agent/CapabilityTwice',
        what: `the agent already has a capability to ${capability.kind} with ${target.node.path}`,
        fix: 'Put all scopes into one capability, so that a reviewer sees them in one place.',
      });
      known.push(capability);
    }
    problems.raise();
    this.declared.push(...capabilities);
  }

  /**
   * Cuts the agent off with the next deployment: its roles are denied every token operation, whatever they were allowed.
   * Nothing that holds state is removed; remove the call to lift it. Shown in the access report.
   *
   * @throws [Suspension/Reason] when the reason is missing
   */
  public suspend(options: SuspensionOptions): void {
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
   * `keys`. On a runtime's own identity there is `mintedByRuntime: true` in place of `workloadName`.
   */
  public get manifest(): string {
    return agentManifest(this);
  }

  /** Reference to the workload identity, as L1 and official L2 constructs take it. */
  public get workloadIdentityRef(): agentcore.WorkloadIdentityReference {
    return { workloadIdentityName: this.identityName, workloadIdentityArn: this.identityArn };
  }
}

/** AWS mints for the identities that it makes with runtimes, so the runtime's role only uses the tokens. */
function hostPart(host: AgentHost, identity: AgentIdentity): AgentPart {
  return identity._ofService ? AgentPart.vending('Host', host) : AgentPart.acting('Host', host);
}

/** Writes the policies when everything is declared. Problems are left to the validation that follows. */
class PoliciesAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly agent: Agent) {}

  public visit(node: IConstruct): void {
    if (node === this.agent && !this.done) {
      this.done = true;
      const resolved = resolveAgent(this.agent);
      attachPolicies(this.agent, resolved);
      attachAuthorizer(this.agent, resolved);
    }
  }
}

function expectIdentity(problems: Problems, identity: AgentIdentity | undefined): void {
  problems.expect(identity === undefined || identity instanceof AgentIdentity, {
    code: 'Agent/Identity', what: 'identity takes an identity', received: identity, fix: 'Write AgentIdentity.named(\'…\'), .fromName, .fromArn or .fromRef.',
  });
}

function expectOwner(problems: Problems, owner: AgentOwner): void {
  problems.expect(owner instanceof AgentOwner, {
    code: 'Agent/OwnerMissing',
    what: 'the agent has no owner',
    received: owner,
    fix: 'Write owner: AgentOwner.team(\'sales-tools\', \'sales-tools@example.com\'), so that somebody answers for it.',
  });
}

function expectHosts(problems: Problems, props: AgentProps): void {
  const parts = Array.isArray(props.parts) ? props.parts : [];
  problems.expect((props.parts === undefined || Array.isArray(props.parts)) && parts.every((part) => part instanceof AgentPart), {
    code: 'Agent/Parts', what: 'parts takes parts', received: props.parts, fix: 'Write AgentPart.acting(\'Worker\', AgentHost.lambdaFunction(fn)) or another of its forms.',
  });
  problems.expect(props.host === undefined || props.host instanceof AgentHost, {
    code: 'Agent/Host',
    what: 'host takes a host',
    received: props.host,
    fix: 'Write AgentHost.lambdaFunction(fn), AgentHost.ecsTask(taskDefinition) or AgentHost.role(role).',
  });
  problems.expect(props.host !== undefined || props.parts !== undefined && props.parts.length !== 0, {
    code: 'Agent/Host', what: 'neither host nor parts are given, so nothing could act for the agent', fix: 'Write host: AgentHost.lambdaFunction(fn), or parts.',
  });
  const acting = parts.filter((part) => part instanceof AgentPart && part.verbs.length === 2);
  problems.expect(props.host === undefined || acting.length === 0, {
    code: 'Agent/Host',
    what: 'both host and acting parts are given',
    received: acting.map((part) => part.name),
    fix: 'Give all of them as parts, each with a name: AgentPart.acting(\'Web\', AgentHost.lambdaFunction(fn)).',
  });
  problems.expect(!parts.some((part) => part?.name === 'Identity'), {
    code: 'Agent/Parts', what: 'a part is named Identity, like the agent\'s workload identity', fix: 'Name it after what it does, such as Worker.',
  });
  const names = [...(props.host !== undefined ? ['Host'] : []), ...parts.map((part) => part?.name)];
  problems.expect(new Set(names).size === names.length, {
    code: 'Agent/Parts', what: 'two parts have the same name', received: names, fix: 'Name each part differently; Host is the name of the part given as host.',
  });
}

function expectCallers(problems: Problems, callers: TokenIssuer[]): void {
  problems.expect(Array.isArray(callers) && callers.every((caller) => caller instanceof TokenIssuer), {
    code: 'Agent/Callers', what: 'callers takes token issuers', received: callers, fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })].',
  });
}

function expectReturnUrls(problems: Problems, urls: string[]): void {
  const isList = problems.expect(Array.isArray(urls), {
    code: 'Agent/ReturnUrl', what: 'returnUrls takes a list', received: urls, fix: 'Write returnUrls: [\'https://…\'].',
  });
  if (!isList) {
    return;
  }
  for (const url of urls) {
    expectWebAddress(problems, url, {
      name: 'return URL',
      code: 'Agent/ReturnUrl',
      queryAllowed: true,
      loopbackAllowed: true,
      fix: 'Give the page of your application that completes the session, in full: AgentCore compares the whole address.',
    });
  }
  problems.expect(new Set(urls).size === urls.length, {
    code: 'Agent/ReturnUrl', what: 'a return URL is given twice', received: urls, fix: 'Give each return URL once.',
  });
}
