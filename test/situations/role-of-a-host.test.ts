import {
  App, aws_bedrockagentcore as agentcore, aws_ecs as ecs, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as stepfunctions, CfnParameter, CfnResource, Stack,
} from 'aws-cdk-lib';
import { ENV, REASON, role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner, AgentPart, FrontEnd } from '../../src';
import { expectLateProblems, lateCodes } from '../errors/refusal';

/* What runs on a function, a task or a state machine runs with the role in the template, whatever the construct told when it was given. */
const owner = AgentOwner.team('team', 'team@example.com');
const arnOf = (name: string, account = ENV.account) => `arn:aws:iam::${account}:role/${name}`;

const fnIn = (stack: Stack, id = 'Fn', own?: iam.IRole) => new lambda.Function(stack, id, { code: lambda.Code.fromInline('x'), handler: 'index.h', runtime: lambda.Runtime.NODEJS_22_X, role: own });
const taskIn = (stack: Stack) => new ecs.FargateTaskDefinition(stack, 'Task');
const machineIn = (stack: Stack) => new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')) });
const l1Of = (host: lambda.IFunction | ecs.TaskDefinition | stepfunctions.StateMachine) => host.node.defaultChild as CfnResource;

function codesOf(declare: (stack: Stack) => AgentHost): string[] {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new Agent(stack, 'Agent', { owner, host: declare(stack) });
  return lateCodes(app);
}

test('the message names both', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const fn = fnIn(stack);
  new Agent(stack, 'Agent', { owner, host: AgentHost.lambdaFunction(fn) });
  l1Of(fn).addPropertyOverride('Role', role(stack, 'other').roleArn);
  expectLateProblems(app, {
    code: 'AgentHost/FunctionRole',
    what: 'the Lambda function Stack/Fn/Resource of part Host runs with another role than it told, which has the rights that were declared',
    received: '"Stack/other/Resource"',
    allowed: 'Stack/Fn/ServiceRole',
    fix: 'Give it the role when it is made, and let overrides and aspects spare Role.',
    path: 'Stack/Agent',
  });
});

test.each<[string, string, (stack: Stack) => AgentHost]>([
  ['a function by override', 'AgentHost/FunctionRole', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('Role', arnOf('admin'));
    return AgentHost.lambdaFunction(fn);
  }],
  ['a function by assignment', 'AgentHost/FunctionRole', (stack) => {
    const fn = fnIn(stack);
    (l1Of(fn) as lambda.CfnFunction).role = role(stack, 'other').roleArn;
    return AgentHost.lambdaFunction(fn);
  }],
  ['a function that runs with the role of another agent', 'AgentHost/FunctionRole', (stack) => {
    const [fn, other] = [fnIn(stack), fnIn(stack, 'Other')];
    new Agent(stack, 'OtherAgent', { owner, host: AgentHost.lambdaFunction(other) });
    l1Of(fn).addPropertyOverride('Role', other.role!.roleArn);
    return AgentHost.lambdaFunction(fn);
  }],
  ['a function without a role', 'AgentHost/FunctionRole', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyDeletionOverride('Role');
    return AgentHost.lambdaFunction(fn);
  }],
  ['the function behind an alias', 'AgentHost/FunctionRole', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('Role', arnOf('admin'));
    return AgentHost.lambdaFunction(new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion }));
  }],
  ['the function behind a version', 'AgentHost/FunctionRole', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('Role', arnOf('admin'));
    return AgentHost.lambdaFunction(fn.currentVersion);
  }],
  ['a function with an imported role', 'AgentHost/FunctionRole', (stack) => {
    const fn = fnIn(stack, 'Fn', iam.Role.fromRoleArn(stack, 'Known', arnOf('known')));
    l1Of(fn).addPropertyOverride('Role', arnOf('admin'));
    return AgentHost.lambdaFunction(fn);
  }],
  ['a task', 'AgentHost/TaskRole', (stack) => {
    const task = taskIn(stack);
    l1Of(task).addPropertyOverride('TaskRoleArn', arnOf('admin'));
    return AgentHost.ecsTask(task);
  }],
  ['a task without a role', 'AgentHost/TaskRole', (stack) => {
    const task = taskIn(stack);
    l1Of(task).addPropertyDeletionOverride('TaskRoleArn');
    return AgentHost.ecsTask(task);
  }],
  ['a state machine', 'AgentHost/StateMachineRole', (stack) => {
    const machine = machineIn(stack);
    l1Of(machine).addPropertyOverride('RoleArn', arnOf('admin'));
    return AgentHost.stateMachine(machine);
  }],
])('%s', (_situation, code, declare) => {
  expect(codesOf(declare)).toEqual([`${code} at Stack/Agent`]);
});

test.each<[string, (stack: Stack) => AgentHost]>([
  ['a function, as it is', (stack) => AgentHost.lambdaFunction(fnIn(stack))],
  ['a function that is given its role', (stack) => AgentHost.lambdaFunction(fnIn(stack, 'Fn', role(stack, 'own')))],
  ['a function with a role that takes no policies, which is told beside it', (stack) => {
    const own = role(stack, 'own');
    fnIn(stack, 'Fn', own.withoutPolicyUpdates());
    return AgentHost.role(own);
  }],
  ['an import', (stack) => AgentHost.lambdaFunction(lambda.Function.fromFunctionAttributes(stack, 'Fn', {
    functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:f', role: role(stack, 'own'),
  }))],
  ['an override of something else', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('MemorySize', 512);
    return AgentHost.lambdaFunction(fn);
  }],
  ['the same role by override', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('Role', fn.role!.roleArn);
    return AgentHost.lambdaFunction(fn);
  }],
  ['the same role by a literal ARN', (stack) => {
    const fn = fnIn(stack, 'Fn', role(stack, 'own'));
    l1Of(fn).addPropertyOverride('Role', arnOf('own'));
    return AgentHost.lambdaFunction(fn);
  }],
  ['a role that only deployment knows', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('Role', new CfnParameter(stack, 'Arn').valueAsString);
    return AgentHost.lambdaFunction(fn);
  }],
  ['a task whose execution role is another', (stack) => {
    const task = taskIn(stack);
    l1Of(task).addPropertyOverride('ExecutionRoleArn', arnOf('pulls-images'));
    return AgentHost.ecsTask(task);
  }],
  ['a state machine, as it is', (stack) => AgentHost.stateMachine(machineIn(stack))],
  ['the role itself, which is given', (stack) => {
    const fn = fnIn(stack);
    l1Of(fn).addPropertyOverride('Role', arnOf('admin'));
    return AgentHost.role(fn.role!);
  }],
])('nothing is wrong with %s', (_situation, declare) => {
  expect(codesOf(declare)).toEqual([]);
});

test('every part is looked at, and what invokes an agent as well', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const [worker, page, portal] = ['Worker', 'Page', 'Portal'].map((id) => fnIn(stack, id));
  [worker, page, portal].forEach((fn) => l1Of(fn).addPropertyOverride('Role', arnOf('admin')));
  new Agent(stack, 'Agent', { owner, parts: [AgentPart.acting('Worker', AgentHost.lambdaFunction(worker)), AgentPart.returnPage('Page', AgentHost.lambdaFunction(page))] });
  const own = role(stack, 'execution');
  const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: own.roleArn,
  });
  new Agent(stack, 'OnRuntime', { owner, host: AgentHost.agentRuntime(runtime, { role: own }) }).invokedBy(FrontEnd.invoking('Portal', AgentHost.lambdaFunction(portal), REASON));
  expect(lateCodes(app).sort()).toEqual(['AgentHost/FunctionRole at Stack/Agent', 'AgentHost/FunctionRole at Stack/Agent', 'AgentHost/FunctionRole at Stack/OnRuntime']);
});
