import { aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import { isMadeInApp, l1Role } from './role-key';
import { environmentOf } from '../declaration/environment';
import { readable } from '../declaration/readable';

/** The role for people. */
export function roleLabel(role: iam.IRoleRef): string {
  return isMadeInApp(role) ? role.node.path : readable(role.roleRef.roleArn, role.node.path);
}

/**
 * The role's ARN, whole and without a reference to another stack: that stack refers to the runtime already, so one in return
 * would be a circle. Nothing if that cannot be had.
 */
export function roleArnFor(consumer: Stack, role: iam.IRoleRef): string | undefined {
  const l1 = l1Role(role);
  if (l1 === undefined) {
    return role.roleRef.roleArn;
  }
  return Stack.of(l1) === consumer ? l1.attrArn : roleArnByName(role);
}

/** The ARN of a role that is made in this app, by its name and path; nothing where these are not known. */
export function roleArnByName(role: iam.IRoleRef): string | undefined {
  const l1 = l1Role(role);
  if (l1 === undefined) {
    return undefined;
  }
  const stack = Stack.of(l1);
  const known = (value: string | undefined) => value === undefined || !Token.isUnresolved(value);
  return l1.roleName !== undefined && known(l1.roleName) && known(l1.path)
    ? `arn:${environmentOf(stack).partition}:iam::${stack.account}:role${l1.path ?? '/'}${l1.roleName}`
    : undefined;
}
