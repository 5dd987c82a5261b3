import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, CfnParameter, Stack } from 'aws-cdk-lib';
import { ENV, role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner } from '../../src';
import { expectLateProblems, lateCodes } from '../errors/refusal';

/* A runtime's code runs with the role in the template, whatever was said of it. */
const owner = AgentOwner.team('team', 'team@example.com');
const trusted = { assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com') };
const arnOf = (name: string, account = ENV.account) => `arn:aws:iam::${account}:role/${name}`;

function runtime(stack: Stack, roleArn: string): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn,
  });
}

function codesOf(declare: (stack: Stack) => [agentcore.IRuntimeRef, iam.IRoleRef]): string[] {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const [on, declared] = declare(stack);
  new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(on, { role: declared }) });
  return lateCodes(app);
}

test('the message names both', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(runtime(stack, role(stack, 'other').roleArn), { role: role(stack, 'own') }) });
  expectLateProblems(app, {
    code: 'AgentHost/RuntimeRole',
    what: 'the runtime Stack/Runtime of part Host runs with another role than the one that was declared',
    received: '"Stack/other/Resource"',
    allowed: 'Stack/own',
    fix: 'Write roleArn: role.roleArn on the runtime',
    path: 'Stack/Agent',
  });
});

test.each<[string, (stack: Stack) => [agentcore.IRuntimeRef, iam.IRoleRef]]>([
  ['two roles with generated names', (stack) => [runtime(stack, new iam.Role(stack, 'A', trusted).roleArn), new iam.Role(stack, 'B', trusted)]],
  ['a role of this app and an import of another name', (stack) => [runtime(stack, role(stack, 'a').roleArn), iam.Role.fromRoleName(stack, 'B', 'b')]],
  ['a literal ARN and a role of another name', (stack) => [runtime(stack, arnOf('a')), role(stack, 'b')]],
  ['a literal ARN and a role whose name CloudFormation makes up from the stack\'s', (stack) => [runtime(stack, arnOf('a')), new iam.Role(stack, 'B', trusted)]],
  ['a literal ARN and an import of another one', (stack) => [runtime(stack, arnOf('a')), iam.Role.fromRoleArn(stack, 'B', arnOf('b'))]],
  ['a literal ARN of another account', (stack) => [runtime(stack, arnOf('a', '222222222222')), role(stack, 'a')]],
  ['an override', (stack) => {
    const own = role(stack, 'own');
    const l1 = runtime(stack, own.roleArn);
    l1.addPropertyOverride('RoleArn', arnOf('b'));
    return [l1, own];
  }],
  ['an override that is a reference', (stack) => {
    const own = role(stack, 'own');
    const l1 = runtime(stack, own.roleArn);
    l1.addPropertyOverride('RoleArn', new iam.Role(stack, 'Other', trusted).roleArn);
    return [l1, own];
  }],
  ['the official L2, which has made a role of its own', (stack) => [
    new agentcore.Runtime(stack, 'Runtime', { runtimeName: 'calendar', agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromImageUri('111111111111.dkr.ecr.eu-west-1.amazonaws.com/c:1') }),
    role(stack, 'own'),
  ]],
])('%s: refused', (_situation, declare) => {
  expect(codesOf(declare)).toEqual(['AgentHost/RuntimeRole at Stack/Agent']);
});

test.each<[string, (stack: Stack) => [agentcore.IRuntimeRef, iam.IRoleRef]]>([
  ['the role itself', (stack) => {
    const own = new iam.Role(stack, 'Own', trusted);
    return [runtime(stack, own.roleArn), own];
  }],
  ['its L1', (stack) => {
    const own = new iam.Role(stack, 'Own', trusted);
    return [runtime(stack, own.roleArn), own.node.defaultChild as iam.CfnRole];
  }],
  ['an import of it', (stack) => {
    const own = new iam.Role(stack, 'Own', trusted);
    return [runtime(stack, own.roleArn), iam.Role.fromRoleArn(stack, 'Import', own.roleArn)];
  }],
  ['its literal ARN, with a path', (stack) => [runtime(stack, arnOf('agents/own')), role(stack, 'own')]],
  ['an import of its name', (stack) => [runtime(stack, role(stack, 'own').roleArn), iam.Role.fromRoleName(stack, 'Import', 'own')]],
  ['a name that CloudFormation may have made up', (stack) => [runtime(stack, arnOf('Stack-Own1B2C3D4E-a1B2c3D4e5F6')), new iam.Role(stack, 'Own', trusted)]],
  ['a parameter, of which only deployment knows what it is', (stack) => [runtime(stack, new CfnParameter(stack, 'Arn').valueAsString), role(stack, 'own')]],
  ['an override with the same value', (stack) => {
    const own = role(stack, 'own');
    const l1 = runtime(stack, own.roleArn);
    l1.addPropertyOverride('RoleArn', arnOf('own'));
    return [l1, own];
  }],
  ['an override of something else', (stack) => {
    const own = role(stack, 'own');
    const l1 = runtime(stack, own.roleArn);
    l1.addPropertyOverride('EnvironmentVariables.STAGE', 'test');
    return [l1, own];
  }],
  ['the official L2 with a role that takes no policies', (stack) => {
    const own = new iam.Role(stack, 'Own', trusted);
    const artifact = agentcore.AgentRuntimeArtifact.fromImageUri('111111111111.dkr.ecr.eu-west-1.amazonaws.com/c:1');
    return [new agentcore.Runtime(stack, 'Runtime', { runtimeName: 'calendar', agentRuntimeArtifact: artifact, executionRole: own.withoutPolicyUpdates() }), own];
  }],
])('%s: taken', (_situation, declare) => {
  expect(codesOf(declare)).toEqual([]);
});
