import { AgentHost } from './agent-host';
import { AgentVerb } from './agent-verb';
import { Problems } from '../declaration/problems';

/** Why a return page serves several agents. */
export interface SharedReturnPageOptions {
  /** Why the agents share one page. It stands in the access report. */
  readonly reason: string;
}

/**
 * A role that acts for an agent, and what it does. Most agents have one part, given as `host`; others divide the work, so
 * that code that faces users cannot mint, or a page that ends a consent cannot read mail.
 */
export class AgentPart {
  /**
   * Mints workload access tokens and uses them: the whole work of an agent.
   *
   * @throws [AgentPart/Name] when the name is not valid
   */
  public static acting(name: string, host: AgentHost): AgentPart {
    return new AgentPart(name, host, [AgentVerb.MINT, AgentVerb.VEND]);
  }

  /**
   * Mints workload access tokens and hands them on to another part. Cannot use them.
   *
   * @throws [AgentPart/Name] when the name is not valid
   */
  public static minting(name: string, host: AgentHost): AgentPart {
    return new AgentPart(name, host, [AgentVerb.MINT]);
  }

  /**
   * Uses workload access tokens that another part minted. Cannot mint any.
   *
   * @throws [AgentPart/Name] when the name is not valid
   */
  public static vending(name: string, host: AgentHost): AgentPart {
    return new AgentPart(name, host, [AgentVerb.VEND]);
  }

  /**
   * The page that the user returns to after consent: completes sessions on the providers with which the agent acts as a user,
   * under the same conditions on the user's token, and nothing else.
   *
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/oauth2-authorization-url-session-binding.html
   * @throws [AgentPart/Name] when the name is not valid
   */
  public static returnPage(name: string, host: AgentHost): AgentPart {
    return new AgentPart(name, host, [AgentVerb.COMPLETE]);
  }

  /**
   * A return page that serves several agents with one role. The longer word, with a reason: IAM cannot pair an identity with a
   * provider inside one role, so the page may also complete, for one of its agents, a session on a provider of another. Every
   * agent of the page has to say so, and the access report lists the agents that are joined.
   *
   * @throws [AgentPart/Name] when the name is not valid
   * @throws [AgentPart/Reason] when the reason is missing
   */
  public static sharedReturnPage(name: string, host: AgentHost, options: SharedReturnPageOptions): AgentPart {
    const problems = new Problems();
    problems.expectText(options?.reason, {
      name: 'reason',
      code: 'AgentPart/Reason',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say why the agents share one page rather than having a role each.',
    });
    problems.raise();
    return new AgentPart(name, host, [AgentVerb.COMPLETE], options.reason);
  }

  /** The agent's host. AWS mints for the identities that it makes with runtimes, so such a runtime's role only uses the tokens. @internal */
  public static _ofHost(host: AgentHost, mintedByAws: boolean): AgentPart {
    return mintedByAws ? AgentPart.vending('Host', host) : AgentPart.acting('Host', host);
  }

  private constructor(
    /** Name of the part: part of logical ids, so a change replaces the part's policies. */
    public readonly name: string,
    /** Where it runs, and with which role. */
    public readonly host: AgentHost,
    /** What it does with credentials. */
    public readonly verbs: AgentVerb[],
    /**
     * Why the role is shared with other agents.
     *
     * @default - it is not
     */
    public readonly sharedReason?: string,
  ) {
    Object.freeze(verbs);
    const problems = new Problems();
    problems.expectText(name, {
      name: 'name of the part',
      code: 'AgentPart/Name',
      maximum: 64,
      pattern: /^[A-Za-z][A-Za-z0-9-]*$/,
      allowed: '1 to 64 letters, digits and hyphens, beginning with a letter',
      fix: 'It becomes part of logical ids; use a short noun such as Worker.',
    });
    problems.expect(host instanceof AgentHost, {
      code: 'AgentPart/Host',
      what: 'the host of a part must be given',
      received: host,
      fix: 'Write AgentHost.lambdaFunction(fn), AgentHost.ecsTask(taskDefinition) or AgentHost.role(role).',
    });
    problems.raise();
  }
}
