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
  const constructOf = (role: iam.IRoleRef) => l1Role(role) ?? role;
  const [nameOfA, nameOfB] = [nameOf(a), nameOf(b)];
  return constructOf(a) === constructOf(b)
    || (nameOfA !== undefined && nameOfA === nameOfB && !knownToDiffer(a.env.account, b.env.account));
}

function l1Role(role: iam.IRoleRef): iam.CfnRole | undefined {
  const l1 = iam.CfnRole.isCfnRole(role) ? role : role.node.defaultChild;
  return iam.CfnRole.isCfnRole(l1) ? l1 : undefined;
}

/** The role's name without its path, if it is known before deployment. */
function nameOf(role: iam.IRoleRef): string | undefined {
  const { roleArn, roleName } = role.roleRef;
  const known = [l1Role(role)?.roleName, roleName, Token.isUnresolved(roleArn) ? undefined : roleArn]
    .find((name) => name !== undefined && !Token.isUnresolved(name));
  return known?.split('/').pop();
}
