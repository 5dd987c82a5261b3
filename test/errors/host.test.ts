import { aws_ecs as ecs, aws_iam as iam, aws_lambda as lambda, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { expectRefusal, refusalOf } from './refusal';
import { hostedBy, NO_REASONS, REASON, role, salesStack } from './story';
import { AgentHost, AgentHostKind, AgentPart } from '../../src';

const ROLE_ARN = 'arn:aws:iam::111111111111:role/app';

describe('a Lambda function', () => {
  const NO_ROLE = {
    code: 'AgentHost/NoRole', what: 'the Lambda function does not tell its role', fix: 'Import it with Function.fromFunctionAttributes(…, { functionArn, role })',
  };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
  ])('that is %s', (_situation, fn, received) => {
    expectRefusal(() => AgentHost.lambdaFunction(fn as lambda.IFunction), { ...NO_ROLE, received });
  });

  test('that was imported by its ARN alone', () => {
    const fn = lambda.Function.fromFunctionArn(salesStack(), 'Fn', 'arn:aws:lambda:eu-west-1:111111111111:function:app');
    const error = refusalOf(() => AgentHost.lambdaFunction(fn));
    expect(error.codes).toEqual(['AgentHost/NoRole']);
    expect(error.message).toMatch(/ at Sales\/Fn$/);
  });

  test('taken: imported with its role', () => {
    const stack = salesStack();
    const executionRole = iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN);
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Fn', { functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:app', role: executionRole });
    expect(AgentHost.lambdaFunction(fn)).toMatchObject({ kind: AgentHostKind.LAMBDA, iamRole: executionRole });
  });
});

describe('an ECS task', () => {
  const NO_ROLE = { code: 'AgentHost/NoRole', what: 'the ECS task definition does not tell its task role', fix: 'Import it with its taskRole' };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
  ])('that is %s', (_situation, task, received) => {
    expectRefusal(() => AgentHost.ecsTask(task as ecs.ITaskDefinition), { ...NO_ROLE, received });
  });

  test('that was imported by its ARN alone', () => {
    const task = ecs.TaskDefinition.fromTaskDefinitionArn(salesStack(), 'Task', 'arn:aws:ecs:eu-west-1:111111111111:task-definition/app:1');
    const error = refusalOf(() => AgentHost.ecsTask(task));
    expect(error.codes).toEqual(['AgentHost/NoRole']);
    expect(error.message).toMatch(/ at Sales\/Task$/);
  });

  test('taken: its task role, never its execution role', () => {
    const stack = salesStack();
    const taskRole = role(stack, 'TaskRole');
    const task = new ecs.FargateTaskDefinition(stack, 'Task', { taskRole, executionRole: role(stack, 'ExecutionRole') });
    expect(AgentHost.ecsTask(task)).toMatchObject({ kind: AgentHostKind.ECS_TASK, iamRole: taskRole });
  });
});

describe.each<[string, (role: any) => AgentHost]>([
  ['a role', AgentHost.role],
  ['a role that is managed elsewhere', (given) => AgentHost.roleManagedElsewhere(given, { reason: REASON })],
])('%s', (_which, hostOf) => {
  const NOT_A_ROLE = { code: 'AgentHost/NoRole', what: 'the host is not an IAM role', fix: 'Pass a Role, a CfnRole, or an import such as Role.fromRoleArn(' };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['a name', 'app', '"app"'],
    ['an ARN', ROLE_ARN, `"${ROLE_ARN}"`],
    ['an object with an ARN', { roleArn: ROLE_ARN }, 'an object of class Object'],
  ])('that is %s', (_situation, given, received) => {
    expectRefusal(() => hostOf(given), { ...NOT_A_ROLE, received });
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['a principal', () => new iam.ServicePrincipal('lambda.amazonaws.com')],
    ['a user', (stack) => new iam.User(stack, 'User')],
    ['a group', (stack) => new iam.Group(stack, 'Group')],
    ['another resource', (stack) => new secretsmanager.Secret(stack, 'Secret')],
  ])('that is %s', (_situation, construct) => {
    expect(refusalOf(() => hostOf(construct(salesStack()))).codes).toEqual(['AgentHost/NoRole']);
  });

  test.each<[string, (stack: Stack) => iam.IRoleRef]>([
    ['owned', (stack) => role(stack)],
    ['imported by ARN', (stack) => iam.Role.fromRoleArn(stack, 'Imported', ROLE_ARN)],
    ['imported by name', (stack) => iam.Role.fromRoleName(stack, 'Imported', 'app')],
    ['an L1', (stack) => new iam.CfnRole(stack, 'L1', { assumeRolePolicyDocument: {} })],
    ['made when it is needed', (stack) => new iam.LazyRole(stack, 'Lazy', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })],
  ])('taken: %s', (_situation, given) => {
    expect(hostOf(given(salesStack())).kind).toBe(AgentHostKind.ROLE);
  });
});

test.each(NO_REASONS)('why a return page is shared: the reason is %s', (_situation, reason, received) => {
  expectRefusal(() => AgentPart.sharedReturnPage('Page', hostedBy(salesStack()), { reason: reason as string }), {
    code: 'AgentPart/Reason',
    what: 'reason is not valid',
    received,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why the agents share one page rather than having a role each',
  });
});

test('why a return page is shared: without options', () => {
  expect(refusalOf(() => AgentPart.sharedReturnPage('Page', hostedBy(salesStack()), undefined as any)).codes).toEqual(['AgentPart/Reason']);
});

test.each(NO_REASONS)('why a role is managed elsewhere: the reason is %s', (_situation, reason, received) => {
  expectRefusal(() => AgentHost.roleManagedElsewhere(role(salesStack()), { reason: reason as string }), {
    code: 'AgentHost/Reason', what: 'reason is not valid', received, allowed: 'a sentence of 10 to 500 characters', fix: 'Say who manages the role',
  });
});

test('why a role is managed elsewhere: without options', () => {
  expect(refusalOf(() => AgentHost.roleManagedElsewhere(role(salesStack()), undefined as any)).codes).toEqual(['AgentHost/Reason']);
});

describe.each([
  ['an acting part', AgentPart.acting],
  ['a minting part', AgentPart.minting],
  ['a vending part', AgentPart.vending],
  ['a return page', AgentPart.returnPage],
  ['a shared return page', (name: string, host: AgentHost) => AgentPart.sharedReturnPage(name, host, { reason: REASON })],
])('%s', (_which, part) => {
  const NO_NAME = {
    code: 'AgentPart/Name',
    what: 'name of the part is not valid',
    allowed: '1 to 64 letters, digits and hyphens, beginning with a letter',
    fix: 'It becomes part of logical ids',
  };
  const NO_HOST = { code: 'AgentPart/Host', what: 'the host of a part must be given', fix: 'Write AgentHost.lambdaFunction(fn), AgentHost.ecsTask(' };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 1, '1'],
    ['with a blank', 'Return page', '"Return page"'],
    ['with a slash, which construct paths use', 'Return/Page', '"Return/Page"'],
    ['beginning with a digit', '2ndWorker', '"2ndWorker"'],
    ['beginning with a hyphen', '-Worker', '"-Worker"'],
    ['with an underscore', 'return_page', '"return_page"'],
    ['with an umlaut', 'Rückkehr', '"Rückkehr"'],
    ['followed by a line end', 'Worker\n', '"Worker\\n"'],
    ['65 characters long', 'x'.repeat(65), `"${'x'.repeat(65)}"`],
  ])('whose name is %s', (_situation, name, received) => {
    expectRefusal(() => part(name as string, hostedBy(salesStack())), { ...NO_NAME, received });
  });

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['an ARN', ROLE_ARN, `"${ROLE_ARN}"`],
    ['an object', {}, 'an object of class Object'],
  ])('whose host is %s', (_situation, host, received) => {
    expectRefusal(() => part('Worker', host as AgentHost), { ...NO_HOST, received });
  });

  test('with neither: both are told', () => {
    expectRefusal(() => part('', undefined as any), { ...NO_NAME, received: '""' }, { ...NO_HOST, received: 'nothing' });
  });

  test.each(['Worker', 'w', 'return-page-2', 'x'.repeat(64)])('taken: %s', (name) => {
    expect(part(name, hostedBy(salesStack())).name).toBe(name);
  });
});
