import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import { estimatedLength } from './estimated-length';
import { serviceWithRole } from './role-index';
import { roleKey } from './role-key';
import { Ledger } from '../declaration/ledger';
import { LONGEST_DOCUMENT } from '../permission/policy-documents';
import { environmentKey } from '../provider/provider-key';

/*
 * Several agents may write onto one role: that of a front end, or of a shared return page. IAM counts what they write together.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** Characters that all inline policies of a role may have together, without white space. */
const MOST_INLINE = 10_240;

/** Managed policies that a role may carry by default, less two for the user's own. */
export const MOST_MANAGED_POLICIES = 8;

/** What a role has room for. */
export class RoleSpace {
  /** Policies that were written as managed ones so far. */
  public managed = 0;

  private readonly inline: InlineLength[];

  constructor(own: number) {
    this.inline = [{ atMost: own }];
  }

  /** Takes room for an inline policy. Returns whether there was any. */
  public takesInline(length: InlineLength): boolean {
    this.inline.push(length);
    const sum = () => this.inline.reduce((together, { atMost }) => together + atMost, 0);
    if (sum() <= MOST_INLINE) {
      return true;
    }
    // Near the limit it is worth looking closer.
    this.inline.forEach(({ atMost, closer }, index) => (this.inline[index] = { atMost: closer?.() ?? atMost }));
    if (sum() > MOST_INLINE) {
      this.inline.pop();
      return false;
    }
    return true;
  }
}

/** How long an inline policy becomes. */
interface InlineLength {
  readonly atMost: number;
  /** The same with less to spare, if it takes longer to find out. */
  readonly closer?: () => number;
}

const SPACES = new WeakMap<Ledger, Map<unknown, RoleSpace>>();

/** The room on a role, whichever reference to it is given. Policies that others attach as resources of their own are not counted. */
export function spaceOf(role: iam.IRoleRef): RoleSpace {
  const ledger = Ledger.of(role);
  const spaces = SPACES.get(ledger) ?? new Map<unknown, RoleSpace>();
  SPACES.set(ledger, spaces);
  const { home, name } = roleKey(role);
  const keys = [home, ...(name === undefined ? [] : [`${environmentKey(role, { account: role.env.account, region: '' })}${name}`])];
  const space = keys.map((key) => spaces.get(key)).find((known) => known !== undefined)
    ?? new RoleSpace(ownPolicies(home) + (serviceWithRole(ledger, role) === undefined ? 0 : LONGEST_DOCUMENT));
  keys.forEach((key) => spaces.set(key, space));
  return space;
}

/** What stands in the role itself. */
function ownPolicies(home: unknown): number {
  if (!iam.CfnRole.isCfnRole(home) || home.policies === undefined) {
    return 0;
  }
  const policies: unknown = Stack.of(home).resolve(home.policies);
  return Array.isArray(policies) ? policies.reduce((sum: number, { policyDocument }) => sum + estimatedLength(policyDocument ?? {}), 0) : 0;
}
