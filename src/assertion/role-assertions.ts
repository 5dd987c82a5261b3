import { AccessRight } from './access-right';
import { AssertedRoles, expectMay, expectMayNot, expectMayOnly } from './asserted-policies';
import { Problems } from '../declaration/problems';
import { PrincipalPolicies } from '../synthesized/principal-policies';

/** What else `mayOnly` and `mayNot` accept. */
export interface MayOnlyOptions {
  /**
   * Managed policies that the role has and whose text is not in the app, such as those of AWS: by ARN, or by what follows `:policy/`.
   * They are accepted unread.
   *
   * @default - none
   */
  readonly foreignPolicies?: string[];
}

/**
 * Expectations about the roles of an agent, or about one role. Each throws an error with an example of a request that decides otherwise,
 * and also where it cannot be decided. Rights are written as IAM writes them.
 */
export class RoleAssertions {
  /** @internal */
  public static _of(name: string, roles: readonly PrincipalPolicies[]): RoleAssertions {
    return new RoleAssertions({ name, roles });
  }

  private constructor(private readonly asserted: AssertedRoles) {}

  /**
   * Expects that one of the roles may do each of the rights, under the conditions that the right names and no others.
   *
   * @throws an error when none may
   * @throws [AccessAssertions/Right] when a right names no action, or an empty list
   */
  public may(rights: AccessRight[]): void {
    expectRights(rights);
    expectMay(this.asserted, rights);
  }

  /**
   * Expects that none of the roles may do any of the rights, in no context.
   *
   * @throws an error when one may, or when a role has a policy whose text is not known, such as PowerUserAccess, and
   * `foreignPolicies` does not accept it
   * @throws [AccessAssertions/Right] when a right names no action, or an empty list
   */
  public mayNot(rights: AccessRight[], options: MayOnlyOptions = {}): void {
    expectRights(rights);
    expectMayNot(this.asserted, rights, options.foreignPolicies ?? []);
  }

  /**
   * Expects that the roles together may do all of the rights, and none of them anything else, in any service.
   *
   * @throws an error when they may do less or more, or have a managed policy whose text is not in the app
   * @throws [AccessAssertions/Right] when a right names no action, or an empty list
   */
  public mayOnly(rights: AccessRight[], options: MayOnlyOptions = {}): void {
    expectRights(rights);
    expectMayOnly(this.asserted, rights, options.foreignPolicies ?? []);
  }
}

/** A right without an action would hold of everybody. */
function expectRights(rights: AccessRight[]): void {
  const problems = new Problems();
  const isList = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string' && each !== '');
  problems.expect(Array.isArray(rights) && rights.length > 0, {
    code: 'AccessAssertions/Right', what: 'there is no right to judge', received: rights, fix: 'Give at least one right: { actions: [\'…\'], resources: [\'…\'] }.',
  });
  for (const right of Array.isArray(rights) ? rights : []) {
    problems.expect(isList(right?.actions) && right.actions.every((action) => action === '*' || /^[\w-]+:[\w*?-]+$/.test(action)), {
      code: 'AccessAssertions/Right',
      what: 'the actions of a right are not valid',
      received: right?.actions,
      allowed: 'actions with their service, such as bedrock-agentcore:GetResourceApiKey',
      fix: 'Write them as IAM does.',
    });
    problems.expect(right?.resources === undefined || isList(right.resources), {
      code: 'AccessAssertions/Right', what: 'the resources of a right are not valid', received: right?.resources, fix: 'Give ARNs, or leave the member out for every resource.',
    });
    problems.expect((right?.conditions ?? []).every(({ conditionOperator, key, values }) => [conditionOperator, key].every((word) => typeof word === 'string' && word !== '') && isList(values)), {
      code: 'AccessAssertions/Right', what: 'the conditions of a right are not valid', received: right?.conditions, fix: 'Give operator, key and at least one value for each.',
    });
  }
  problems.raise();
}
