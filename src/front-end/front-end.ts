import type { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import { AgentHost } from '../agent/agent-host';
import { TrustedUserIds } from '../capability/trusted-user-ids';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** How a front end reaches an agent. */
export interface FrontEndOptions {
  /** Why it invokes the agent. It stands in the access report. */
  readonly reason: string;

  /**
   * Which of the agent's runtimes it invokes, where the agent is on several: the runtime of one of its parts. What invokes two of
   * them is two front ends.
   *
   * @default - the agent's first: that of its host, or of the first of its parts that has one
   */
  readonly runtime?: agentcore.IRuntimeRef;

  /**
   * The endpoints that it may invoke: `CfnRuntimeEndpoint`, the official L2, or an import of either.
   *
   * @default - the endpoint DEFAULT, which every runtime has
   */
  readonly endpoints?: agentcore.IRuntimeEndpointRef[];

  /**
   * Whether it may also open WebSocket streams. AWS has operations of their own for these.
   *
   * @default false
   */
  readonly webSocket?: boolean;
}

/** A front end that says who the user is. */
export interface TrustedFrontEndOptions extends FrontEndOptions {
  /** The ids that the front end names, with the prefix of their issuer: `TrustedUserIds.withPrefix('cognito+')`. */
  readonly userIds: TrustedUserIds;

  /**
   * How the front end's own code makes sure that the id is that of the user who is signed in, and carries the prefix: IAM has no
   * condition for the id when a runtime is invoked. It stands in the access report.
   */
  readonly enforcedByApplication: string;
}

/**
 * What may invoke an agent on an AgentCore Runtime with AWS credentials (SigV4): a role, and what it may do there. Agents whose
 * runtime checks users' tokens (`callers`) are invoked with such a token, and need no front end.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export class FrontEnd {
  /**
   * Invokes the agent, without naming a user.
   *
   * On the front end's role: `InvokeAgentRuntime` on the runtime and the endpoints, exactly.
   *
   * @param name letters, digits and hyphens, beginning with a letter; part of logical ids
   * @throws [FrontEnd/...] for each of the options that is missing or not valid
   */
  public static invoking(name: string, host: AgentHost, options: FrontEndOptions): FrontEnd {
    const problems = optionProblems(name, host, options, []);
    problems.raise();
    return new FrontEnd(name, host, options);
  }

  /**
   * Invokes the agent FOR A USER WHOM IT NAMES (`X-Amzn-Bedrock-AgentCore-Runtime-User-Id`). The longer word: AgentCore does not
   * verify the id, so whoever has the right acts for every user. AWS mints the workload access token for that id, and the agent
   * may use it as `Capability.actAsTrustedUserId` says.
   *
   * On the front end's role: `InvokeAgentRuntime` and `InvokeAgentRuntimeForUser` on the runtime and the endpoints, exactly. On
   * the runtime and the endpoints: a resource policy that denies naming users to everybody else, and running commands in the runtime to
   * everybody.
   *
   * @throws [FrontEnd/...] for each of the options that is missing or not valid
   */
  public static invokingForTrustedUserIds(name: string, host: AgentHost, options: TrustedFrontEndOptions): FrontEnd {
    const problems = optionProblems(name, host, options, ['userIds', 'enforcedByApplication']);
    problems.expect(options?.userIds instanceof TrustedUserIds, {
      code: 'FrontEnd/UserIds', what: 'userIds must be given', received: options?.userIds, fix: 'Write userIds: TrustedUserIds.withPrefix(\'cognito+\').',
    });
    problems.expectText(options?.enforcedByApplication, {
      name: 'enforcedByApplication',
      code: 'FrontEnd/EnforcedByApplication',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say how the front end makes sure that the id is that of the signed-in user: no layer of AWS does.',
    });
    problems.raise();
    return new FrontEnd(name, host, options, options.userIds, options.enforcedByApplication);
  }

  /** Why it invokes the agent. */
  public readonly reason: string;

  /** Whether it may also open WebSocket streams. */
  public readonly webSocket: boolean;

  /**
   * Which of the agent's runtimes it invokes.
   *
   * @default - the agent's first
   */
  public readonly runtime?: agentcore.IRuntimeRef;

  /** The endpoints that it may invoke. None: the endpoint DEFAULT. */
  public readonly endpoints: agentcore.IRuntimeEndpointRef[];

  private constructor(
    /** Name of the front end. */
    public readonly name: string,
    /** Where it runs, and with which role. */
    public readonly host: AgentHost,
    options: FrontEndOptions,
    /**
     * The ids that it names.
     *
     * @default - it names no users
     */
    public readonly userIds?: TrustedUserIds,
    /**
     * How it makes sure of them.
     *
     * @default - it names no users
     */
    public readonly enforcedByApplication?: string,
  ) {
    this.reason = options.reason;
    this.webSocket = options.webSocket ?? false;
    this.runtime = options.runtime;
    this.endpoints = [...options.endpoints ?? []];
  }
}

function optionProblems(name: string, host: AgentHost, options: FrontEndOptions, more: string[]): Problems {
  const problems = new Problems();
  expectKnownFields(problems, options ?? {}, ['reason', 'runtime', 'endpoints', 'webSocket', ...more], 'A front end', 'FrontEnd/UnknownField');
  problems.expectText(name, {
    name: 'name of the front end',
    code: 'FrontEnd/Name',
    maximum: 64,
    pattern: /^[A-Za-z][A-Za-z0-9-]*$/,
    allowed: '1 to 64 letters, digits and hyphens, beginning with a letter',
    fix: 'It becomes part of logical ids; use a short noun such as Portal.',
  });
  problems.expect(host instanceof AgentHost, {
    code: 'FrontEnd/Host', what: 'the host of a front end must be given', received: host, fix: 'Write AgentHost.lambdaFunction(fn), AgentHost.ecsTask(taskDefinition) or AgentHost.role(role).',
  });
  problems.expectText(options?.reason, {
    name: 'reason',
    code: 'FrontEnd/Reason',
    minimum: 10,
    forPeople: true,
    maximum: 500,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why it invokes the agent; the sentence stands in the access report.',
  });
  const runtime: unknown = options?.runtime;
  problems.expect(runtime === undefined || (typeof runtime === 'object' && runtime !== null && 'runtimeRef' in runtime), {
    code: 'FrontEnd/Runtime', what: 'runtime takes a runtime', received: runtime, fix: 'Pass a Runtime or a CfnRuntime, or leave it out for the agent\'s first.',
  });
  const endpoints: unknown = options?.endpoints;
  problems.expect(endpoints === undefined || (Array.isArray(endpoints) && endpoints.length > 0
    && endpoints.every((endpoint) => typeof endpoint === 'object' && endpoint !== null && 'runtimeEndpointRef' in endpoint)), {
    code: 'FrontEnd/Endpoints', what: 'endpoints takes endpoints of the runtime', received: endpoints, fix: 'Pass a RuntimeEndpoint or a CfnRuntimeEndpoint, or leave it out for DEFAULT.',
  });
  problems.expect(options?.webSocket === undefined || typeof options.webSocket === 'boolean', {
    code: 'FrontEnd/WebSocket', what: 'webSocket takes true or false', received: options?.webSocket, fix: 'Leave it out, unless the front end opens WebSocket streams.',
  });
  return problems;
}
