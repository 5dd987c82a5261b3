import type { aws_lambda as lambda } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { AgentHost } from './agent-host';
import { roleLabel } from './role-arn';
import { arnTarget } from './role-key';
import { expectRoleOfRuntime, isKnownToBeAnother } from './runtime-role';
import { Problems } from '../declaration/problems';
import { assignedProperty, finalProperty, mayOverride } from '../declaration/rendered-properties';

/** Resources that run code with a role, and where the role stands in them, in the L1 and in the template. By their types: classes would load modules. */
const HOLDERS: Record<string, { readonly what: string; readonly assigned: string; readonly property: string; readonly code: string }> = {
  'AWS::Lambda::Function': { what: 'Lambda function', assigned: 'role', property: 'Role', code: 'AgentHost/FunctionRole' },
  'AWS::ECS::TaskDefinition': { what: 'ECS task definition', assigned: 'taskRoleArn', property: 'TaskRoleArn', code: 'AgentHost/TaskRole' },
  'AWS::StepFunctions::StateMachine': { what: 'state machine', assigned: 'roleArn', property: 'RoleArn', code: 'AgentHost/StateMachineRole' },
};

/** The code runs with the role that its host has in the template, which somebody may have changed since the host was declared. */
export function expectRoleOfHost(problems: Problems, user: { readonly name: string; readonly host: AgentHost }, what = 'part'): void {
  const { name, host } = user;
  expectRoleOfRuntime(problems, user);
  const l1 = host._runsOn === undefined ? undefined : functionBehind(host._runsOn).node.defaultChild;
  const holder = CfnResource.isCfnResource(l1) ? HOLDERS[l1.cfnResourceType] : undefined;
  if (!CfnResource.isCfnResource(l1) || holder === undefined) {
    return;
  }
  const { property, code } = holder;
  const roleArn = assignedProperty(l1, holder.assigned);
  if (roleArn === host.iamRole.roleRef.roleArn && !mayOverride(l1, [property])) {
    return;
  }
  const arn = finalProperty(l1, roleArn, property);
  const target = arnTarget(l1, arn);
  problems.expect(arn !== undefined && !isKnownToBeAnother(arn, target, host.iamRole), {
    code,
    what: `the ${holder.what} ${l1.node.path} of ${what} ${name} runs with another role than it told, which has the rights that were declared`,
    received: target.l1?.node.path ?? target.name,
    allowed: roleLabel(host.iamRole),
    fix: `Give it the role when it is made, and let overrides and aspects spare ${property}. A role that has to differ is given with AgentHost.role(role).`,
  });
}

/** An alias tells its version, and a version its function. */
function functionBehind(host: IConstruct): IConstruct {
  const { version, lambda: fn } = host as Partial<lambda.IAlias & lambda.IVersion> & IConstruct;
  const next = typeof version === 'object' ? version : fn;
  return next === undefined ? host : functionBehind(next);
}
