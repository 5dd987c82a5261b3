import { aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import { contradiction } from './contradiction';
import { InputCondition } from './input-condition';
import { expectReason } from './reason';
import { BroadLimitOptions } from '../capability/users';
import { CedarCondition } from '../cedar/cedar-condition';
import { ClaimShape } from '../cedar/claim-shape';
import { unmatchable } from '../cedar/claim-tests';
import { knownText } from '../declaration/known-text';
import { Problems, refuse } from '../declaration/problems';
import { readable } from '../declaration/readable';

/** How a claim of a token looks. */
export interface ClaimOptions {
  /**
   * How the claim looks to the gateway's rules.
   *
   * @default - for `claim` one value; for `group` a JSON array or one value
   */
  readonly shape?: ClaimShape;
}

/** Which claim tells a user's groups or roles, and how it looks. */
export interface GroupAccessOptions extends ClaimOptions {
  /**
   * Name of the claim: Amazon Cognito writes groups into `cognito:groups`, Microsoft Entra app roles into `roles`.
   *
   * @default 'groups'
   */
  readonly claim?: string;
}

/** Whose callers a rule is about. */
export enum CallerKind {
  /** Users, or machine clients, with a token. */
  TOKEN = 'token',
  /** IAM roles. */
  IAM = 'IAM',
  /** Both. */
  ANY = 'any',
}

/**
 * What a caller needs for a tool. Becomes Cedar policies of the gateway's policy engine, which also shows a caller only those tools
 * that it might call.
 *
 * Scopes, groups and claims are compared as whole values, wherever they stand in a list: `mcp:call` is not granted by
 * `mcp:call:admin`, `xmcp:call` or `mcp:call2`, and the group `Admins` not by `Sales Admins`.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-conditions.html
 */
export class ToolAccess {
  /**
   * A token with all of these scopes, in its claim `scope`.
   *
   * @throws [ToolAccess/Scopes] when there is none, one twice, or one that is no OAuth2 scope known at synthesis
   */
  public static allScopes(...scopes: string[]): ToolAccess {
    return scopeAccess('all', scopes);
  }

  /**
   * A token with at least one of these scopes, in its claim `scope`.
   *
   * @throws [ToolAccess/Scopes] as `allScopes`
   */
  public static anyScope(...scopes: string[]): ToolAccess {
    return scopeAccess('any', scopes);
  }

  /**
   * A token that lists this group: a JSON array that holds it, which is what Okta, Microsoft Entra and Amazon Cognito send, or this
   * group alone. The name is compared as a whole, blanks and letter case included. With Entra it is the group's object id, unless the
   * tenant emits names.
   *
   * @throws [ToolAccess/Claim] when the value cannot be compared exactly in a claim of this shape, or is not known at synthesis
   */
  public static group(group: string, options: GroupAccessOptions = {}): ToolAccess {
    const claim = options.claim ?? 'groups';
    return claimAccess(claim, group, options.shape ?? ClaimShape.ARRAY_OR_SINGLE, `group ${group} in ${claim}`);
  }

  /**
   * A token with this value in this claim.
   *
   * @throws [ToolAccess/Claim] as `group`
   */
  public static claim(name: string, value: string, options: ClaimOptions = {}): ToolAccess {
    return claimAccess(name, value, options.shape ?? ClaimShape.SINGLE, `${name} ${value}`);
  }

  /**
   * A token with this subject (claim `sub`): one user, or one machine client.
   *
   * @throws [ToolAccess/Claim] when it is not a text known at synthesis
   */
  public static subject(subject: string): ToolAccess {
    expectComparable('sub', subject, ClaimShape.SINGLE);
    return new ToolAccess({ kind: 'principal', type: 'OAuthUser', id: subject }, CallerKind.TOKEN, `subject ${subject}`);
  }

  /**
   * An IAM role, in any of its sessions. For gateways that callers enter by IAM.
   *
   * The role also needs `bedrock-agentcore:InvokeGateway` on the gateway where callers are let in by `GatewayInbound.iam()`: agents
   * get both from `Capability.callTools`, which also works where role and gateway are in different stacks. A role of another stack
   * is referred to by its name if it is written out, else by a reference from the gateway's stack to the role's.
   *
   * @throws [ToolAccess/Role] when it is no role, or a pattern
   */
  public static iamRole(role: iam.IRoleRef): ToolAccess {
    if (typeof role !== 'object' || role === null || !('roleRef' in role)) {
      refuse({ code: 'ToolAccess/Role', what: 'it is not an IAM role', received: role, fix: 'Pass a Role, a CfnRole, or an import.' });
    }
    const name = nameOf(role);
    if (typeof name !== 'string' || name === '' || !/^[\w+=,.@-]*$/.test(knownText(name))) {
      refuse({ code: 'ToolAccess/Role', what: 'it is not one role that Cedar could compare with', received: name, allowed: 'a name of letters, digits and _ + = , . @ -, no pattern', fix: 'Give the ARN of one role.' }, role.node.path);
    }
    const arn = Stack.of(role).formatArn({ service: 'sts', region: '', account: role.env.account, resource: 'assumed-role', resourceName: name });
    return new ToolAccess({ kind: 'principal', type: 'IamEntity', id: arn }, CallerKind.IAM, `role ${readable(role.roleRef.roleName, role.node.path)}`);
  }

  /**
   * EVERY caller that gets into the gateway. The longer word, with a reason.
   *
   * @throws [ToolAccess/Reason] when the reason is missing
   */
  public static everyCaller(options: BroadLimitOptions): ToolAccess {
    const problems = new Problems();
    expectReason(problems, options?.reason, 'ToolAccess/Reason', 'Say why every caller of the gateway may call the tool.');
    problems.raise();
    return new ToolAccess({ kind: 'always' }, CallerKind.ANY, 'EVERY CALLER', options.reason);
  }

  /** Nobody: the tool is shut, whatever else is said of the whole target. */
  public static nobody(): ToolAccess {
    return new ToolAccess(undefined, CallerKind.ANY, 'nobody');
  }

  /**
   * Fulfilled when all of these are.
   *
   * @throws [ToolAccess/Combined] when there is nothing to combine, or one of them is `nobody` or about other callers
   * @throws [ToolAccess/Contradiction] when they never hold together: the caller, a claim of one value or an argument would be two things at once
   */
  public static allOf(...accesses: ToolAccess[]): ToolAccess {
    return combined('all', accesses, ' and ');
  }

  /**
   * Fulfilled when at least one of these is.
   *
   * @throws [ToolAccess/Combined] as `allOf`
   */
  public static anyOf(...accesses: ToolAccess[]): ToolAccess {
    return combined('any', accesses, ' or ');
  }

  /** @internal */
  public static _of(condition: CedarCondition, callers: CallerKind, description: string, inputs: readonly InputCondition[] = [], reason?: string): ToolAccess {
    return new ToolAccess(condition, callers, description, reason, inputs);
  }

  private constructor(
    /** @internal undefined for nobody */
    public readonly _condition: CedarCondition | undefined,
    /** Whose callers it is about. */
    public readonly callers: CallerKind,
    /** The rule in words. */
    public readonly description: string,
    /**
     * Why every caller will do.
     *
     * @default - not every caller will
     */
    public readonly everyCallerReason?: string,
    /** @internal */
    public readonly _inputs: readonly InputCondition[] = [],
  ) {}

  /**
   * The same, but only for calls whose arguments fulfil all of these conditions.
   *
   * @throws [ToolAccess/Combined] for `nobody`, or without a condition
   * @throws [ToolAccess/Contradiction] when they never hold together: an argument would be two things at once
   */
  public whenInput(...conditions: InputCondition[]): ToolAccess {
    if (this._condition === undefined || conditions.length === 0) {
      refuse({ code: 'ToolAccess/Combined', what: 'there is nothing to combine', received: conditions, fix: 'Give conditions, on access that somebody has.' });
    }
    const words = conditions.map(({ description }) => description).join(' and ');
    const inputs = conditions.map(({ _condition }) => _condition);
    const all: CedarCondition = { kind: 'all', of: this._condition.kind === 'always' ? inputs : [this._condition, ...inputs] };
    expectPossible(all, [this.description, ...conditions.map(({ description }) => description)]);
    return ToolAccess._of(all, this.callers, `${this.description}, when ${words}`, [...this._inputs, ...conditions], this.everyCallerReason);
  }
}

/** A role whose name is written out is not referred to: the gateway's stack need not know the role's. */
function nameOf(role: iam.IRoleRef): string {
  const l1 = iam.CfnRole.isCfnRole(role) ? role : role.node.defaultChild;
  const written = iam.CfnRole.isCfnRole(l1) ? l1.roleName : undefined;
  return written !== undefined && !Token.isUnresolved(written) ? written : role.roleRef.roleName;
}

function scopeAccess(kind: 'all' | 'any', scopes: string[]): ToolAccess {
  const problems = new Problems();
  problems.expect(scopes.length > 0 && new Set(scopes).size === scopes.length, {
    code: 'ToolAccess/Scopes', what: 'scopes must be given, each once', received: scopes, fix: 'Name the scopes that the tool needs.',
  });
  for (const scope of scopes) {
    problems.expect(typeof scope === 'string' && !Token.isUnresolved(scope) && /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(scope)
      && unmatchable(scope, ClaimShape.ANY_LIST) === undefined, {
      code: 'ToolAccess/Scopes',
      what: 'scope is not valid',
      received: scope,
      allowed: '1 to 255 printable ASCII characters without blank, double quote or backslash, not beginning with [ ] , or :, known at synthesis',
      fix: 'Give one scope per entry, as it stands in the token.',
    });
  }
  problems.raise();
  const claims = scopes.map((value): CedarCondition => ({ kind: 'claim', claim: 'scope', value, shape: ClaimShape.ANY_LIST }));
  const words = scopes.length === 1 ? `scope ${scopes[0]}` : `${kind} of the scopes ${scopes.join(', ')}`;
  return ToolAccess._of(claims.length === 1 ? claims[0] : { kind, of: claims }, CallerKind.TOKEN, words);
}

function claimAccess(claim: string, value: string, shape: ClaimShape, words: string): ToolAccess {
  expectComparable(claim, value, shape);
  return ToolAccess._of({ kind: 'claim', claim, value, shape }, CallerKind.TOKEN, words);
}

function expectComparable(claim: string, value: string, shape: ClaimShape): void {
  const problems = new Problems();
  problems.expect(typeof claim === 'string' && !Token.isUnresolved(claim) && /^[A-Za-z0-9_.:/-]{1,255}$/.test(claim), {
    code: 'ToolAccess/Claim', what: 'name of the claim is not valid', received: claim, allowed: '1 to 255 letters, digits and _ . : / -, known at synthesis', fix: 'Give the name as it stands in the token.',
  });
  const literal = typeof value === 'string' && !Token.isUnresolved(value) && value.length <= 255;
  const why = literal ? unmatchable(value, shape) : 'it is not a text of at most 255 characters that is known at synthesis';
  problems.expect(why === undefined, {
    code: 'ToolAccess/Claim',
    what: `a value cannot be compared exactly in a claim of shape ${shape}: ${why}`,
    received: value,
    fix: 'Write the value out, and choose the shape that the claim has in your tokens.',
  });
  problems.raise();
}

function combined(kind: 'all' | 'any', accesses: ToolAccess[], word: string): ToolAccess {
  const callers = [...new Set(accesses.map((access) => access?.callers))].filter((each) => each !== CallerKind.ANY);
  if (accesses.length < 2 || !accesses.every((access) => access instanceof ToolAccess && access._condition !== undefined) || callers.length > 1) {
    refuse({
      code: 'ToolAccess/Combined',
      what: 'these cannot be combined',
      received: accesses.map((access) => access?.description),
      allowed: 'two or more, all about tokens or all about IAM roles, none of them nobody',
      fix: 'Write separate rules for separate callers.',
    });
  }
  const condition: CedarCondition = { kind, of: accesses.map(({ _condition }) => _condition!) };
  expectPossible(condition, accesses.map(({ description }) => description));
  // Every caller of whom something else is asked is not every caller.
  const limiting = accesses.filter(({ everyCallerReason }) => everyCallerReason === undefined);
  const said = kind === 'all' && limiting.length > 0 ? limiting : accesses;
  return ToolAccess._of(
    condition,
    callers[0] ?? CallerKind.ANY,
    said.length === 1 ? said[0].description : said.map(({ description }) => `(${description})`).join(word),
    accesses.flatMap(({ _inputs }) => _inputs),
    said.map(({ everyCallerReason }) => everyCallerReason).find((reason) => reason !== undefined),
  );
}

/** AWS refuses a policy that never permits, and one that never forbids protects nothing. */
function expectPossible(condition: CedarCondition, descriptions: string[]): void {
  const what = contradiction(condition);
  if (what !== undefined) {
    refuse({
      code: 'ToolAccess/Contradiction',
      what: `these never hold together: ${what} would have to be two things at once`,
      received: descriptions,
      fix: 'Write ToolAccess.anyOf(...) where one of them suffices; say the shape of a claim that lists several values, for example shape: ClaimShape.JSON_ARRAY.',
    });
  }
}
