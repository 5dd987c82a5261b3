import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, aws_lambda as lambda, aws_stepfunctions as stepfunctions, Stack } from 'aws-cdk-lib';
import { DIRECTORY, EMPLOYEES, REASON, RETURN_URLS, VAULT, google, identityArn, oauth2Arn, stackIn } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, Capability, GoogleScope, Users } from '../../src';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* The same agent on each kind of host: same capability, same decisions, and nothing for the roles around it. */
const service = (name: string) => new iam.ServicePrincipal(name);
const named = (stack: Stack, assumedBy: iam.IPrincipal) => new iam.Role(stack, 'HostRole', { roleName: 'host', assumedBy });

const HOSTS: [string, (stack: Stack) => AgentHost][] = [
  ['Lambda function', (stack) => AgentHost.lambdaFunction(new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x'), role: named(stack, service('lambda.amazonaws.com')),
  }))],
  ['ECS task', (stack) => AgentHost.ecsTask(new ecs.FargateTaskDefinition(stack, 'Task', { taskRole: named(stack, service('ecs-tasks.amazonaws.com')) }))],
  ['Step Functions state machine', (stack) => AgentHost.stateMachine(new stepfunctions.StateMachine(stack, 'Machine', {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')), role: named(stack, service('states.amazonaws.com')),
  }))],
  ['EC2 instance', (stack) => AgentHost.ec2Instance(new ec2.Instance(stack, 'Instance', {
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t4g.small'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }),
    role: named(stack, service('ec2.amazonaws.com')),
  }))],
  ['EKS service account', (stack) => AgentHost.eksServiceAccount({ role: named(stack, service('pods.eks.amazonaws.com')), node: stack.node } as unknown as eks.ServiceAccount)],
  ['IAM role', (stack) => AgentHost.role(named(stack, service('ec2.amazonaws.com')))],
];

test.each(HOSTS)('%s', async (kind, host) => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named('agent'), host: host(stack), callers: [EMPLOYEES], returnUrls: RETURN_URLS,
  }).may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
  const account = deploy(app);
  const use = (identity: string, provider: string) => decide(account, {
    principal: 'host', action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identityArn(identity), VAULT, oauth2Arn(provider)],
  });
  expect(await use('agent', 'google')).toBe('Allowed');
  expect(await use('agent', 'other')).toBe('ImplicitlyDenied');
  expect(await use('other', 'google')).toBe('ImplicitlyDenied');
  expect(AccessReport.of(app).toMarkdown()).toContain(`Part Host: ${kind}, role Stack/HostRole`);
});

test('the task execution role, which only pulls the image, gets nothing', async () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const task = new ecs.FargateTaskDefinition(stack, 'Task', { executionRole: named(stack, service('ecs-tasks.amazonaws.com')) });
  new Agent(stack, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named('agent'), host: AgentHost.ecsTask(task), callers: [EMPLOYEES], returnUrls: RETURN_URLS })
    .may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
  expect(await decide(deploy(app), {
    principal: 'host', action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn('google')],
  })).toBe('ImplicitlyDenied');
});

test.each<[string, () => AgentHost]>([
  ['a state machine that was imported', () => AgentHost.stateMachine(stepfunctions.StateMachine.fromStateMachineName(stackIn(new App(), 'Stack'), 'M', 'm'))],
  ['a function that was imported', () => AgentHost.lambdaFunction(lambda.Function.fromFunctionName(stackIn(new App(), 'Stack'), 'F', 'f'))],
])('%s does not tell its role', (_title, host) => expect(host).toThrow('[AgentHost/NoRole]'));
