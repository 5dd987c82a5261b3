import { App, Aspects, aws_iam as iam, CfnParameter, Fn, IAspect, Lazy, Stack } from 'aws-cdk-lib';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, role, stackIn } from './story';
import {
  AccessReport, Agent, AgentHost, AgentOwner, AgentPart, Capability, GatewayInbound, GoogleScope, ToolGateway, Users,
} from '../../src';
import { expectLateProblems } from '../errors/refusal';

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
  ['a role and what takes no policies for it', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, l2.withoutPolicyUpdates()];
  }],
  ['a role that is made when it is needed, and an import of it by name', (stack) => [
    new iam.LazyRole(stack, 'Lazy', { ...trusted, roleName: 'r' }), iam.Role.fromRoleName(stack, 'B', 'r'),
  ]],
  ['a role with a generated name and an import of it by its ARN', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, iam.Role.fromRoleArn(stack, 'B', l2.roleArn)];
  }],
  ['a role with a generated name and an import of it by its name', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, iam.Role.fromRoleName(stack, 'B', l2.roleName)];
  }],
  ['a role with a generated name and an import of it by an ARN that is said late', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, iam.Role.fromRoleArn(stack, 'B', Lazy.string({ produce: () => l2.roleArn }))];
  }],
  ['two imports of one role with a generated name, by name and by ARN', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [iam.Role.fromRoleName(stack, 'A', l2.roleName), iam.Role.fromRoleArn(stack, 'B', l2.roleArn)];
  }],
  ['two imports by one parameter, which is the ARN', (stack) => {
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    return [iam.Role.fromRoleArn(stack, 'A', arn), iam.Role.fromRoleArn(stack, 'B', arn)];
  }],
  ['two imports by one parameter, which is the name', (stack) => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    return [iam.Role.fromRoleName(stack, 'A', name), iam.Role.fromRoleArn(stack, 'B', `arn:aws:iam::${ENV.account}:role/${name}`)];
  }],
  ['two imports of one export', (stack) => [iam.Role.fromRoleArn(stack, 'A', Fn.importValue('role')), iam.Role.fromRoleArn(stack, 'B', Fn.importValue('role'))]],
  ['a role that is named by a parameter and an import by it', (stack) => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    return [new iam.Role(stack, 'A', { ...trusted, roleName: name }), iam.Role.fromRoleName(stack, 'B', name)];
  }],
  ['a role whose name is overridden and an import by that name', (stack) => {
    const l2 = role(stack, 'other');
    (l2.node.defaultChild as iam.CfnRole).addPropertyOverride('RoleName', 'r');
    return [l2, iam.Role.fromRoleName(stack, 'B', 'r')];
  }],
  ['a role that an aspect names and an import by that name', (stack) => {
    const l2 = role(stack, 'r');
    const naming: IAspect = { visit: (node) => (iam.CfnRole.isCfnRole(node) && node.roleName === 'r' ? node.roleName = 'acme-r' : undefined) };
    Aspects.of(stack).add(naming);
    return [l2, iam.Role.fromRoleName(stack, 'B', 'acme-r')];
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
  ['two imports by two parameters', (stack) => [
    iam.Role.fromRoleArn(stack, 'A', new CfnParameter(stack, 'AArn').valueAsString), iam.Role.fromRoleArn(stack, 'B', new CfnParameter(stack, 'BArn').valueAsString),
  ]],
  ['a role with a generated name and an import of a name that begins with it', (stack) => {
    const l2 = new iam.Role(stack, 'Generated', trusted);
    return [l2, iam.Role.fromRoleName(stack, 'B', `${l2.roleName}-page`)];
  }],
  ['an import by a name that a role has lost by an override', (stack) => {
    const l2 = role(stack, 'r');
    (l2.node.defaultChild as iam.CfnRole).addPropertyDeletionOverride('RoleName');
    return [l2, iam.Role.fromRoleName(stack, 'B', 'r')];
  }],
])('%s are two', (_title, roles) => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  roles(stack).forEach((each, index) => new Agent(stack, `Agent${index}`, { owner, host: AgentHost.role(each) }));
  expect(() => app.synth()).not.toThrow();
});

test('two stacks have parameters of one name: these are two', () => {
  const app = new App();
  for (const id of ['One', 'Other']) {
    const stack = stackIn(app, id);
    new Agent(stack, 'Agent', { owner, host: AgentHost.role(iam.Role.fromRoleArn(stack, 'Role', new CfnParameter(stack, 'Arn').valueAsString)) });
  }
  expect(() => app.synth()).not.toThrow();
});

test('a role of another stack that is imported there by its ARN is one, with no side effect on its stack', () => {
  const app = new App();
  const made = new iam.Role(stackIn(app, 'Roles'), 'Generated', trusted);
  const stack = stackIn(app, 'Stack');
  new Agent(made.stack, 'Agent', { owner, host: AgentHost.role(made) });
  new Agent(stack, 'Agent', { owner, host: AgentHost.role(iam.Role.fromRoleArn(stack, 'Role', made.roleArn)) });
  expect(() => app.synth()).toThrow('[Agent/RoleShared] at Stack/Agent');
});

test('the role of a gateway of this app, also imported: an agent does not get it', () => {
  for (const roleOf of [(gateway: ToolGateway) => gateway.role, (gateway: ToolGateway) => iam.Role.fromRoleArn(gateway.stack, 'Imported', gateway.role.roleArn)]) {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const gateway = new ToolGateway(stack, 'Tools', { owner, inbound: GatewayInbound.iam() });
    const host = AgentHost.role(roleOf(gateway));
    new Agent(stack, 'Agent', { owner, host });
    expectLateProblems(app, {
      code: 'Agent/RoleShared',
      what: 'part Host has the role of gateway Stack/Tools: IAM cannot keep their rights apart',
      received: `"${host.iamRole.node.path}"`,
      fix: 'Give the agent a role of its own',
      path: 'Stack/Agent',
    });
  }
});

describe('a return page on a role that is imported again', () => {
  test('is shared by the agents that both say so', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const page = new iam.Role(stack, 'Page', trusted);
    [page, iam.Role.fromRoleArn(stack, 'Again', page.roleArn)].forEach((each, index) => new Agent(stack, `Agent${index}`, {
      owner,
      callers: [EMPLOYEES],
      returnUrls: RETURN_URLS,
      host: AgentHost.role(role(stack, `worker${index}`)),
      parts: [AgentPart.sharedReturnPage('Page', AgentHost.role(each), REASON)],
    }).may(Capability.actAsUser(google(stack, `google${index}`), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON })));
    app.synth();
    const { agents } = JSON.parse(AccessReport.of(app).toJson()) as { agents: { parts: { name: string; sharedWith?: string[] }[] }[] };
    expect(agents.map(({ parts }) => parts.find(({ name }) => name === 'Page')!.sharedWith)).toEqual([['Stack/Agent1'], ['Stack/Agent0']]);
  });
});
