import { expectReason } from './reason';
import { BroadLimitOptions } from '../capability/users';
import { Problems } from '../declaration/problems';

/**
 * Whether the gateway's rules are enforced.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-enforcement-modes.html
 */
export class PolicyEnforcement {
  /** A call that no rule permits is refused (`ENFORCE`). */
  public static readonly ENFORCE = new PolicyEnforcement('ENFORCE');

  /**
   * NOTHING IS REFUSED: decisions are only logged (`LOG_ONLY`). The longer word, with a reason; the access report prints it in
   * capitals.
   *
   * @throws [PolicyEnforcement/Reason] when the reason is missing
   */
  public static logOnly(options: BroadLimitOptions): PolicyEnforcement {
    const problems = new Problems();
    expectReason(problems, options?.reason, 'PolicyEnforcement/Reason', 'Say why every caller may call every tool for now, and until when.');
    problems.raise();
    return new PolicyEnforcement('LOG_ONLY', options.reason);
  }

  private constructor(
    /** The mode as AWS spells it. */
    public readonly mode: string,
    /**
     * Why nothing is enforced.
     *
     * @default - the rules are enforced
     */
    public readonly logOnlyReason?: string,
  ) {}
}
