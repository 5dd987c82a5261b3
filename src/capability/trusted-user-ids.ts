import { Problems } from '../declaration/problems';

/**
 * User ids that an agent is trusted to state by itself, without a token of the user.
 *
 * AgentCore does not verify such an id: whoever may use it may act as that user. So it always carries the prefix of its
 * issuer (`cognito+<sub>`), which IAM compares (`bedrock-agentcore:userid`), and never stands for everybody.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html
 */
export class TrustedUserIds {
  /**
   * All ids of one issuer: those that begin with this prefix, such as `cognito+`.
   *
   * @throws [TrustedUserIds/Prefix] when it does not end in `+`, or holds a character that IAM reads as a pattern
   */
  public static withPrefix(prefix: string): TrustedUserIds {
    const problems = new Problems();
    problems.expectText(prefix, {
      name: 'prefix of trusted user ids',
      code: 'TrustedUserIds/Prefix',
      minimum: 2,
      maximum: 100,
      forPeople: true,
      pattern: /^[A-Za-z0-9_.:@/-]+\+$/,
      allowed: '2 to 100 characters, letters, digits and _ . : @ / -, with + at the end: cognito+',
      fix: 'Prefix each user id with its issuer and a plus, so that ids of two issuers can never be the same.',
    });
    problems.raise();
    return new TrustedUserIds(Object.freeze([prefix]) as string[], Object.freeze([]) as unknown as string[]);
  }

  /**
   * Single ids, each with the prefix of its issuer: `cognito+4f1c…`.
   *
   * @throws [TrustedUserIds/Id] when there is none, one twice, or one without prefix or with a character that IAM reads as a pattern
   */
  public static of(userIds: string[]): TrustedUserIds {
    const problems = new Problems();
    problems.expect(Array.isArray(userIds) && userIds.length > 0 && new Set(userIds).size === userIds.length, {
      code: 'TrustedUserIds/Id',
      what: 'user ids must be given, each once',
      received: userIds,
      fix: 'Name the ids, or use TrustedUserIds.withPrefix(\'cognito+\').',
    });
    for (const userId of Array.isArray(userIds) ? userIds : []) {
      problems.expectText(userId, {
        name: 'trusted user id',
        code: 'TrustedUserIds/Id',
        maximum: 128,
        pattern: /^[A-Za-z0-9_.:@/-]+\+[A-Za-z0-9_.:@/|+-]+$/,
        allowed: '3 to 128 characters, the issuer\'s prefix, a plus and the id: cognito+4f1c',
        fix: 'Prefix each user id with its issuer and a plus.',
      });
    }
    problems.raise();
    return new TrustedUserIds(Object.freeze([]) as unknown as string[], Object.freeze([...userIds]) as string[]);
  }

  private constructor(
    /** Prefixes of the ids. */
    public readonly prefixes: string[],
    /** Single ids. */
    public readonly ids: string[],
  ) {}
}
