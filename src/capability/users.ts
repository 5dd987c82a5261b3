import { Token } from 'aws-cdk-lib';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** The broad form of a limit needs a reason of its own. */
export interface BroadLimitOptions {
  /** Why the broad form is right here. It stands in the access report. */
  readonly reason: string;
}

/** Which claim of the user's token tells the groups. */
export interface GroupOptions {
  /**
   * Name of the claim that lists the user's groups.
   *
   * @default 'groups'
   */
  readonly claim?: string;
}

/**
 * For which users an agent may act. The tokens' issuer, audience and client are not said here but on the agent (`callers`).
 *
 * Not every layer can check everything: IAM knows the issuer, the audience, the client and the subject of a token, but no
 * groups. The access report says for each limit which layer holds it, and a limit that no layer holds is an error.
 */
export class Users {
  /**
   * Users whose token lists this group.
   *
   * IAM has no key for groups, so the limit needs an inbound authorizer or, on a host without one (Lambda, ECS, a bare role),
   * the application itself: say how with `enforcedByApplication` on the capability.
   *
   * @throws [Users/Group] when the group or the claim is empty or longer than 256 characters
   */
  public static inGroup(group: string, options: GroupOptions = {}): Users {
    const claim = options?.claim ?? 'groups';
    const problems = new Problems();
    expectKnownFields(problems, options ?? {}, ['claim'], 'Users.inGroup', 'Users/UnknownField');
    for (const [name, value] of [['group', group], ['claim', claim]]) {
      problems.expectText(value, {
        name,
        code: 'Users/Group',
        maximum: 256,
        allowed: '1 to 256 characters',
        fix: 'Give the group as it stands in the token, and the name of the claim that lists it.',
      });
    }
    problems.raise();
    return new Users(`users whose "${claim}" contains "${shown(group)}"`, { claim, group });
  }

  /**
   * Single users, by the `sub` claim of their tokens. IAM holds this limit (`bedrock-agentcore:InboundJwtClaim/sub`).
   *
   * All capabilities of an agent that act as the user must name the same subjects: a token that one of them allows to be
   * minted could be used for the others, too. The agent must have one caller only, since a subject means nothing without its
   * issuer.
   *
   * @throws [Users/Subjects] when there is none, one twice, or one that is empty or holds `${`
   */
  public static withSubjects(subjects: string[]): Users {
    const problems = new Problems();
    problems.expect(Array.isArray(subjects) && subjects.length > 0 && new Set(subjects).size === subjects.length, {
      code: 'Users/Subjects',
      what: 'subjects must be given, each once',
      received: subjects,
      fix: 'Name the users\' sub claims, or use Users.anyOfTheIssuer({ reason }).',
    });
    for (const subject of Array.isArray(subjects) ? subjects : []) {
      problems.expectText(subject, {
        name: 'subject',
        code: 'Users/Subjects',
        maximum: 255,
        pattern: /^(?!.*(\$|#)\{)[^\s*]+$/,
        allowed: '1 to 255 characters without blanks and without ${, which IAM would read as a variable; no wildcards',
        fix: 'Copy the sub claim from a token of the user.',
      });
    }
    problems.raise();
    return new Users(`the users ${subjects.map(shown).join(', ')}`, undefined, [...subjects]);
  }

  /**
   * Every user for whom the agent's callers issue a token. The longer word, with a reason.
   *
   * @throws [Users/Reason] when the reason is missing
   */
  public static anyOfTheIssuer(options: BroadLimitOptions): Users {
    const problems = new Problems();
    expectKnownFields(problems, options, ['reason'], 'Users.anyOfTheIssuer', 'Users/UnknownField');
    problems.expectText(options?.reason, {
      name: 'reason',
      code: 'Users/Reason',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say why every user of the issuer may use this; the sentence stands in the access report.',
    });
    problems.raise();
    return new Users('any user of the issuer', undefined, [], options.reason);
  }

  private constructor(
    /** The limit in words. */
    public readonly description: string,
    /** @internal */
    public readonly _group?: { readonly claim: string; readonly group: string },
    /** @internal */
    public readonly _subjects: readonly string[] = [],
    /** @internal */
    public readonly _reason?: string,
  ) {}
}

function shown(value: string): string {
  return Token.isUnresolved(value) ? '(known at deployment)' : value;
}
