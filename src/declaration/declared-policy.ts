import { aws_iam as iam } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { declareResource, DeclaredResourceOptions } from './declared-properties';
import { RolePolicy } from '../agent/role-policy';

/** Notes a policy that this library has written: what it says, and whom it is attached to by itself. A role that lists a managed policy is not seen here. */
export function declarePolicy(owner: IConstruct, policy: RolePolicy | iam.ManagedPolicy, fix?: string): void {
  const l1 = policy.node.defaultChild as iam.CfnPolicy | iam.CfnManagedPolicy;
  const { policyDocument, roles, users, groups } = l1;
  const listed = () => [roles, users, groups].flatMap((each) => (policy.stack.resolve(each) as unknown[] | undefined) ?? []).length;
  const counted = [{ what: 'roles, users or groups', count: () => (policy instanceof RolePolicy ? policy.carriers : listed()) }];
  declareResource(owner, l1, { policyDocument, roles, users, groups }, { fix, counted });
}

/** Notes a role that this library has made: whom it trusts, and what stands in it. What others attach to it is theirs. */
export function declareRole(owner: IConstruct, role: iam.Role, options: DeclaredResourceOptions = {}): void {
  const l1 = role.node.defaultChild;
  // With `Role.customizeRoles` there is none: then the role is made elsewhere.
  if (iam.CfnRole.isCfnRole(l1)) {
    const { assumeRolePolicyDocument, policies } = l1;
    declareResource(owner, l1, { assumeRolePolicyDocument, policies }, options);
  }
}
