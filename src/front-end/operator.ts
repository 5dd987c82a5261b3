import type { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import { AgentHost } from '../agent/agent-host';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** Why somebody runs commands, and where. */
export interface OperatorOptions {
  /** Why commands have to be run in the runtime. It stands in the access report. */
  readonly reason: string;

  /**
   * In which of the agent's runtimes, where the agent is on several: the runtime of one of its parts. Who runs commands in two of them
   * is two operators.
   *
   * @default - the agent's first: that of its host, or of the first of its parts that has one
   */
  readonly runtime?: agentcore.IRuntimeRef;
}

/**
 * Who may run commands in the runtime of an agent that denies them to everybody else: see `Agent.commandsRunBy`.
 *
 * A command runs in the container of a session, beside the agent, WITH THE CREDENTIALS OF THE AGENT'S ROLE, and may read what the session
 * holds, users' tokens among it. It goes around whom the agent serves and who names its users.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-execute-command.html
 */
export class Operator {
  /**
   * Runs commands and shells in the runtime, and does not invoke the agent.
   *
   * On the operator's role: `InvokeAgentRuntimeCommand` and `InvokeAgentRuntimeCommandShell` on the runtime and on the endpoints that its
   * front ends invoke, exactly. AWS checks both.
   *
   * @param name letters, digits and hyphens, beginning with a letter; part of logical ids
   * @param host what has the role: mostly `AgentHost.role(role)`, the role that people on call assume
   * @throws [Operator/...] for each of the options that is missing or not valid
   */
  public static runningCommands(name: string, host: AgentHost, options: OperatorOptions): Operator {
    const problems = new Problems();
    expectKnownFields(problems, options ?? {}, ['reason', 'runtime'], 'An operator', 'Operator/UnknownField');
    problems.expectText(name, {
      name: 'name of the operator',
      code: 'Operator/Name',
      maximum: 64,
      pattern: /^[A-Za-z][A-Za-z0-9-]*$/,
      allowed: '1 to 64 letters, digits and hyphens, beginning with a letter',
      fix: 'It becomes part of logical ids; use a short noun such as Oncall.',
    });
    problems.expect(host instanceof AgentHost, {
      code: 'Operator/Host', what: 'the host of an operator must be given', received: host, fix: 'Write AgentHost.role(role), or AgentHost.roleManagedElsewhere(role, { reason }).',
    });
    problems.expectText(options?.reason, {
      name: 'reason',
      code: 'Operator/Reason',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say why commands have to be run with the credentials of the agent\'s role; the sentence stands in the access report.',
    });
    const runtime: unknown = options?.runtime;
    problems.expect(runtime === undefined || (typeof runtime === 'object' && runtime !== null && 'runtimeRef' in runtime), {
      code: 'Operator/Runtime', what: 'runtime takes a runtime', received: runtime, fix: 'Pass a Runtime or a CfnRuntime, or leave it out for the agent\'s first.',
    });
    problems.raise();
    return new Operator(name, host, options);
  }

  /** Why it runs commands. */
  public readonly reason: string;

  /**
   * In which of the agent's runtimes.
   *
   * @default - the agent's first
   */
  public readonly runtime?: agentcore.IRuntimeRef;

  private constructor(
    /** Name of the operator. */
    public readonly name: string,
    /** What has the role. */
    public readonly host: AgentHost,
    options: OperatorOptions,
  ) {
    this.reason = options.reason;
    this.runtime = options.runtime;
  }
}
