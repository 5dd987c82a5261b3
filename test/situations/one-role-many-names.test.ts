import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { ENV, role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner } from '../../src';

/* One role may be meant in many ways. Two agents must not get it unnoticed. */
const owner = AgentOwner.team('team', 'team@example.com');
const trusted = { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') };

test.each<[string, (stack: Stack) => [iam.IRoleRef, iam.IRoleRef]]>([
  ['two imports by name', (stack) => [iam.Role.fromRoleName(stack, 'A', 'r'), iam.Role.fromRoleName(stack, 'B', 'r')]],
  ['an import by name and one by ARN', (stack) => [iam.Role.fromRoleName(stack, 'A', 'r'), iam.Role.fromRoleArn(stack, 'B', `arn:aws:iam::${ENV.account}:role/r`)]],
  ['two imports by ARN, one with a path', (stack) => [
    iam.Role.fromRoleArn(stack, 'A', `arn:aws:iam::${ENV.account}:role/agents/r`), iam.Role.fromRoleArn(stack, 'B', `arn:aws:iam::${ENV.account}:role/r`),
  ]],
  ['a role made here and an import of it by name', (stack) => [role(stack, 'r'), iam.Role.fromRoleName(stack, 'B', 'r')]],
  ['an L2 and its L1', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, l2.node.defaultChild as iam.CfnRole];
  }],
  ['the same construct', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, l2];
  }],
])('%s are one role', (_title, roles) => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  roles(stack).forEach((each, index) => new Agent(stack, `Agent${index}`, { owner, host: AgentHost.role(each) }));
  expect(() => app.synth()).toThrow('[Agent/RoleShared]');
});

test.each<[string, (stack: Stack) => [iam.IRoleRef, iam.IRoleRef]]>([
  ['two generated roles', (stack) => [new iam.Role(stack, 'A', trusted), new iam.Role(stack, 'B', trusted)]],
  ['two imports of different names', (stack) => [iam.Role.fromRoleName(stack, 'A', 'r'), iam.Role.fromRoleName(stack, 'B', 'r2')]],
])('%s are two', (_title, roles) => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  roles(stack).forEach((each, index) => new Agent(stack, `Agent${index}`, { owner, host: AgentHost.role(each) }));
  expect(() => app.synth()).not.toThrow();
});
