import { aws_iam as iam, Token } from 'aws-cdk-lib';
import { knownToDiffer } from '../declaration/same-value';

/** Whether the role is a resource of this app, rather than an import. */
export function isMadeInApp(role: iam.IRoleRef): boolean {
  return l1Role(role) !== undefined;
}

/**
 * Whether two references are to one role: by the construct behind them (an L2 and its L1 are one), or by name and account, as
 * far as these are known (a role that is made under a name and imported by it elsewhere, two imports by name or ARN).
 */
export function isSameRole(a: iam.IRoleRef, b: iam.IRoleRef): boolean {
  return sameRoleAs(a)(b);
}

/** The same question about many roles, with what it takes of the first looked up once. */
export function sameRoleAs(role: iam.IRoleRef): (other: iam.IRoleRef) => boolean {
  const own = l1Role(role);
  const name = nameOf(role, own);
  return (other) => {
    const l1 = l1Role(other);
    return (own ?? role) === (l1 ?? other)
      || (name !== undefined && name === nameOf(other, l1) && !knownToDiffer(role.env.account, other.env.account));
  };
}

/** Every role is compared with every other, so what does not change is looked up once. */
const L1_ROLES = new WeakMap<iam.IRoleRef, iam.CfnRole>();
const GIVEN_NAMES = new WeakMap<iam.CfnRole, { readonly given: string; readonly name: string | undefined }>();

/** The L1 behind a role that is made in this app. */
export function l1Role(role: iam.IRoleRef): iam.CfnRole | undefined {
  const known = L1_ROLES.get(role);
  if (known !== undefined) {
    return known;
  }
  const l1 = iam.CfnRole.isCfnRole(role) ? role : role.node.defaultChild;
  if (!iam.CfnRole.isCfnRole(l1)) {
    return undefined;
  }
  L1_ROLES.set(role, l1);
  return l1;
}

/** The name that is given in the template. It may still be changed by whoever has the L1. */
function givenName(l1: iam.CfnRole | undefined): string | undefined {
  const given = l1?.roleName;
  if (l1 === undefined || given === undefined) {
    return undefined;
  }
  let entry = GIVEN_NAMES.get(l1);
  if (entry?.given !== given) {
    entry = { given, name: Token.isUnresolved(given) ? undefined : given.split('/').pop() };
    GIVEN_NAMES.set(l1, entry);
  }
  return entry!.name;
}

/** The role's name without its path, if it is known before deployment. */
export function nameOf(role: iam.IRoleRef, l1: iam.CfnRole | undefined): string | undefined {
  const given = givenName(l1);
  if (given !== undefined) {
    return given;
  }
  const { roleArn, roleName } = role.roleRef;
  return [roleName, roleArn].find((name) => name !== undefined && !Token.isUnresolved(name))?.split('/').pop();
}
