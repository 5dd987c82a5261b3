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

/** How an authorizer compares a claim. */
type UserClaimOperator = 'EQUALS' | 'CONTAINS' | 'CONTAINS_ANY';

/** A claim that users' tokens must have, as an authorizer compares it. */
interface UserClaim {
  readonly name: string;
  readonly operator: UserClaimOperator;
  readonly values: readonly string[];
  readonly isGroup: boolean;
}

/** Claims that IAM checks, or that AWS refuses as custom ones, with the word to use. */
const CLAIMS_OF_THEIR_OWN: ReadonlyMap<string, string> = new Map([
  ['sub', 'Write Users.withSubjects([...]): IAM checks the subject.'],
  ['iss', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, ... })].'],
  ['aud', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, audiences })].'],
  ['client_id', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, clients })].'],
  ['scope', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, audiences, scopes })].'],
  ['scp', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, audiences, scopes })]; AWS refuses scp as a custom claim.'],
]);

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
    expectFreeClaim(problems, claim);
    problems.raise();
    return Users.ofClaim(claim, 'CONTAINS', [group], true);
  }

  /**
   * Users whose token has this claim with one value, which must be this one: `Users.withClaim('department', 'sales')`.
   *
   * IAM has no key for such claims, so the limit needs an inbound authorizer, as for `inGroup`. Claims that IAM does check have words of
   * their own, and are refused here: `withSubjects` for `sub`; the rest is said on the agent, with `TokenIssuer.oidc`.
   *
   * @throws [Users/Claim] when it is no name of a claim, one that IAM checks, or the value is empty or longer than 255 characters
   */
  public static withClaim(name: string, value: string): Users {
    return Users.withClaimOf(name, 'EQUALS', [value]);
  }

  /**
   * Users whose token has this claim with a list of values, which must contain this one. Needs an inbound authorizer, as `withClaim`.
   *
   * @throws [Users/Claim] as `withClaim`
   */
  public static withClaimContaining(name: string, value: string): Users {
    return Users.withClaimOf(name, 'CONTAINS', [value]);
  }

  /**
   * Users whose token has this claim with a list of values, which must contain at least one of these: several groups, for one. Needs an
   * inbound authorizer, as `withClaim`.
   *
   * @throws [Users/Claim] as `withClaim`, and when there is no value or one twice
   */
  public static withClaimContainingAny(name: string, values: string[]): Users {
    return Users.withClaimOf(name, 'CONTAINS_ANY', values);
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

  private static withClaimOf(name: string, operator: UserClaimOperator, values: string[]): Users {
    const problems = new Problems();
    problems.expectText(name, {
      name: 'name of the claim',
      code: 'Users/Claim',
      maximum: 255,
      pattern: /^[^\s"]+$/,
      allowed: '1 to 255 characters without blanks and quotes',
      fix: 'Give the name as it stands in the token.',
    });
    expectFreeClaim(problems, name);
    problems.expect(Array.isArray(values) && values.length > 0 && new Set(values).size === values.length, {
      code: 'Users/Claim', what: 'values of the claim must be given, each once', received: values, fix: 'Give the values of which the claim must contain one.',
    });
    for (const value of Array.isArray(values) ? values : []) {
      problems.expectText(value, {
        name: 'value of the claim', code: 'Users/Claim', maximum: 255, allowed: '1 to 255 characters', fix: 'Give the value as it stands in the token.',
      });
    }
    problems.raise();
    return Users.ofClaim(name, operator, values, false);
  }

  private static ofClaim(name: string, operator: UserClaimOperator, values: string[], isGroup: boolean): Users {
    const quoted = values.map((value) => `"${shown(value)}"`);
    const test = operator === 'EQUALS' ? `is ${quoted[0]}` : values.length === 1 ? `contains ${quoted[0]}` : `contains one of ${quoted.join(', ')}`;
    return new Users(`users whose "${shown(name)}" ${test}`, { name, operator, values: [...values], isGroup });
  }

  private constructor(
    /** The limit in words. */
    public readonly description: string,
    /** What IAM cannot check. @internal */
    public readonly _claim?: UserClaim,
    /** @internal */
    public readonly _subjects: readonly string[] = [],
    /** @internal */
    public readonly _reason?: string,
  ) {}
}

function shown(value: string): string {
  return Token.isUnresolved(value) ? '(known at deployment)' : value;
}

function expectFreeClaim(problems: Problems, name: string): void {
  const fix = CLAIMS_OF_THEIR_OWN.get(name);
  if (fix !== undefined) {
    problems.add({ code: 'Users/Claim', what: `the claim ${name} has a word of its own`, received: name, fix });
  }
}
