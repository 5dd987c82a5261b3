import { aws_iam as iam, Token } from 'aws-cdk-lib';

/** Whether the role is a resource of this app, rather than an import. */
export function isMadeInApp(role: iam.IRoleRef): boolean {
  return iam.CfnRole.isCfnRole(role) || iam.CfnRole.isCfnRole(role.node.defaultChild);
}

/** The same for two references to one role: by name where it is known, else by the construct. */
export function roleKey(role: iam.IRoleRef): string {
  const { roleArn } = role.roleRef;
  return isMadeInApp(role) || Token.isUnresolved(roleArn) ? role.node.path : roleArn;
}
