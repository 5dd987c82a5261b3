import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { REASON, role, stackIn } from './story';
import {
  AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, FrontEnd, FrontEndOptions, GatewayInbound, GatewayProtocol, GatewayTarget, TargetCredentials,
  ToolAccess, ToolGateway, TrustedUserIds,
} from '../../src';
import { expectLateProblems, lateCodes, refusalOf } from '../errors/refusal';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/* An agent with parts on two runtimes: who invokes which, and that none of them stays open beside the other. */
const owner = AgentOwner.team('team', 'team@example.com');
const IMPORTED = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/worker-a1B2c3D4e5';

function runtime(stack: Stack, name: string): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, name, {
    agentRuntimeName: name,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: `arn:aws:iam::111111111111:role/${name}-role`,
  });
}

const imported = (stack: Stack): agentcore.IRuntimeRef => agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Imported', {
  agentRuntimeArn: IMPORTED, agentRuntimeId: 'worker-a1B2c3D4e5', agentRuntimeName: 'worker', roleArn: 'arn:aws:iam::111111111111:role/worker-role', agentRuntimeVersion: '1',
});

function story({ secondIn, worker }: { secondIn?: string; worker?: (stack: Stack) => agentcore.IRuntimeRef } = {}) {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const other = secondIn === undefined ? stack : stackIn(app, secondIn);
  const first = runtime(stack, 'first');
  const second = worker?.(stack) ?? runtime(other, 'second');
  const [firstRole, secondRole] = [role(stack, 'first-role'), role(other, worker === undefined ? 'second-role' : 'worker-role')];
  const agent = new Agent(stack, 'Agent', {
    owner, identity: AgentIdentity.named('two'), host: AgentHost.agentRuntime(first, { role: firstRole }), parts: [AgentPart.vending('Second', AgentHost.agentRuntime(second, { role: secondRole }))],
  });
  const frontEnd = (name: string, options: Partial<FrontEndOptions> = {}) => FrontEnd.invoking(name, AgentHost.role(role(stack, name)), { ...REASON, ...options });
  return { app, stack, other, first, second, firstRole, agent, frontEnd };
}

test('a front end that says nothing invokes the first, and without exclusion no policy is needed', () => {
  const { app, stack, first, agent, frontEnd } = story();
  agent.invokedBy(frontEnd('clerk'));
  const account = deploy(app);
  const arn = account.valueOf(stack, first.attrAgentRuntimeArn);
  expect(statementsOf(account, 'clerk')).toEqual([{ Sid: 'InvokeAgent', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: [arn, `${arn}/runtime-endpoint/DEFAULT`] }]);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')).toEqual([]);
});

test.each([['of one stack', undefined], ['of two stacks', 'Other']])('only invoked by front ends, each runtime %s carries policies that name its own', (_where, secondIn) => {
  const { app, stack, other, first, second, agent, frontEnd } = story({ secondIn });
  const live = new agentcore.CfnRuntimeEndpoint(other, 'live', { agentRuntimeId: (second as agentcore.CfnRuntime).attrAgentRuntimeId, name: 'live' });
  agent.onlyInvokedBy(frontEnd('clerk'), frontEnd('nightly', { runtime: second }), frontEnd('batch', { runtime: second, endpoints: [live] }));
  const account = deploy(app);
  const [firstArn, secondArn] = [account.valueOf(stack, first.attrAgentRuntimeArn), account.valueOf(other, (second as agentcore.CfnRuntime).attrAgentRuntimeArn)];
  const policies = account.resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy').map((policy) => {
    const document = policy.property('Policy') as any;
    const { Statement } = typeof document === 'string' ? JSON.parse(document) : document;
    return [policy.property('ResourceArn'), Statement.map(({ Sid, Condition }: any) => [Sid, ...[Object.values(Condition ?? {})[0] ?? []].flatMap((test: any) => test['aws:PrincipalArn'] ?? [])])];
  });
  const arns = (...names: string[]) => names.map((name) => `arn:aws:iam::111111111111:role/${name}`);
  const naming = (...names: string[]) => [['FrontEndsInvoke', ...arns(...names)], ['NobodyNamesUsers'], ['NobodyElseInvokes', ...arns(...names)], ['NobodyRunsCommands']];
  expect(new Map(policies as [string, unknown][])).toEqual(new Map<unknown, unknown>([
    [firstArn, naming('clerk')],
    [`${firstArn}/runtime-endpoint/DEFAULT`, naming('clerk')],
    [secondArn, naming('batch', 'nightly')],
    [`${secondArn}/runtime-endpoint/DEFAULT`, naming('nightly')],
    [account.valueOf(other, live.attrAgentRuntimeEndpointArn), naming('batch')],
  ]));
  expect(templateSchemaErrors(account)).toEqual([]);
  const { frontEnds, invocation } = JSON.parse(AccessReport.of(app).toJson()).agents[0];
  expect(frontEnds.map(({ name, endpoints }: any) => [name, ...endpoints])).toEqual([
    ['batch', `endpoint ${other.node.id}/live`],
    ['clerk', 'endpoint DEFAULT of runtime Stack/first'],
    ['nightly', `endpoint DEFAULT of runtime ${other.node.id}/second`],
  ]);
  expect(invocation).toMatchObject({ othersDenied: true, attachedHere: true });
  expect(invocation.resourcePolicies).toHaveLength(5);
});

test('what invokes both runtimes is two front ends with one role', () => {
  const { app, stack, first, second, agent } = story();
  const clerk = AgentHost.role(role(stack, 'clerk'));
  agent.onlyInvokedBy(FrontEnd.invoking('OfFirst', clerk, REASON), FrontEnd.invoking('OfSecond', clerk, { runtime: second, ...REASON }));
  const account = deploy(app);
  const arns = [first, second as agentcore.CfnRuntime].map((each) => account.valueOf(stack, each.attrAgentRuntimeArn));
  expect(statementsOf(account, 'clerk')).toEqual(arns.map((arn) => (
    { Sid: 'InvokeAgent', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: [arn, `${arn}/runtime-endpoint/DEFAULT`] })));
});

test('of an imported second runtime, the report holds the policies, and says that these are not attached', () => {
  const { app, second, firstRole, agent, frontEnd } = story({ worker: imported });
  agent.onlyInvokedBy(frontEnd('clerk'), FrontEnd.invoking('First', AgentHost.role(firstRole), { runtime: second, ...REASON }));
  expect(deploy(app).resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')).toHaveLength(2);
  const { invocation, leftToOthers } = JSON.parse(AccessReport.of(app).toJson()).agents[0];
  expect(invocation.attachedHere).toBe(false);
  expect(leftToOthers.filter((notice: string) => notice.includes('PutResourcePolicy')).map((notice: string) => notice.split(' gives it')[0])).toEqual([
    `The owner of runtime ${IMPORTED}`, `The owner of endpoint DEFAULT of runtime ${IMPORTED}`,
  ]);
});

test('a suspended agent goes on being invoked on both, and is not run commands in where only front ends get in', () => {
  const { app, second, firstRole, agent, frontEnd } = story({ worker: imported });
  agent.onlyInvokedBy(frontEnd('clerk'), FrontEnd.invoking('First', AgentHost.role(firstRole), { runtime: second, ...REASON }));
  agent.suspend({ reason: 'Incident 4711: prompt injection through invitations' });
  app.synth();
  expect(JSON.parse(AccessReport.of(app).toJson()).agents[0].leftToOthers.filter((notice: string) => notice.startsWith('NOT CUT OFF'))).toEqual([
    'NOT CUT OFF from its callers: whoever may invoke runtime Stack/first, such as front end clerk, still sets the suspended agent to work, which gets no tokens then. Take the right to invoke it away from them.',
    'NOT CUT OFF from its callers: whoever may invoke, or run commands in, runtime Stack/Imported, such as front end First, still sets the suspended agent to work, which gets no tokens then. '
    + 'Take the right to invoke it away from them.',
  ]);
});

describe('what cannot be', () => {
  test('a runtime that nobody would invoke', () => {
    const { app, agent, frontEnd } = story();
    agent.onlyInvokedBy(frontEnd('clerk'));
    expectLateProblems(app, {
      code: 'FrontEnd/RuntimeLeftOut',
      what: 'only the front ends may invoke the agent, which is on several runtimes, and none of them invokes some of these',
      received: '["Stack/second"]',
      fix: 'Name what invokes them',
      path: 'Stack/Agent',
    });
  });

  test.each<[string, (it: ReturnType<typeof story>) => void, string[]]>([
    ['a runtime that the agent is not on', ({ stack, agent, frontEnd }) => agent.invokedBy(frontEnd('clerk', { runtime: runtime(stack, 'third') })), ['FrontEnd/OtherRuntime']],
    ['the role of a part that invokes its own runtime', ({ agent, firstRole, first }) => agent.invokedBy(FrontEnd.invoking('Self', AgentHost.role(firstRole), { runtime: first, ...REASON })), ['FrontEnd/OwnRole']],
    ['the same, when the first is its own', ({ agent, firstRole }) => agent.invokedBy(FrontEnd.invoking('Self', AgentHost.role(firstRole), REASON)), ['FrontEnd/OwnRole']],
    ['a part that names users to another', ({ agent, firstRole, second }) => agent.invokedBy(FrontEnd.invokingForTrustedUserIds('First', AgentHost.role(firstRole), {
      runtime: second, userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'Nobody makes sure of it', ...REASON,
    })), ['FrontEnd/OwnIdentity', 'FrontEnd/OwnRole']],
    ['an endpoint of the other runtime', ({ stack, agent, first, second, frontEnd }) => agent.invokedBy(frontEnd('clerk', {
      runtime: second, endpoints: [new agentcore.CfnRuntimeEndpoint(stack, 'live', { agentRuntimeId: first.attrAgentRuntimeId, name: 'live' })],
    })), ['FrontEnd/Endpoints']],
    ['two front ends of one role on one runtime', ({ agent, second, stack }) => {
      const clerk = AgentHost.role(role(stack, 'clerk'));
      agent.invokedBy(FrontEnd.invoking('A', clerk, { runtime: second, ...REASON }), FrontEnd.invoking('B', clerk, { runtime: second, ...REASON }));
    }, ['FrontEnd/RoleTwice', 'FrontEnd/RoleTwice']],
    ['a gateway before the second runtime that is a front end of the first only', ({ stack, agent, second, firstRole, frontEnd }) => {
      const gateway = new ToolGateway(stack, 'Gateway', { owner, inbound: GatewayInbound.iam(), protocol: GatewayProtocol.HTTP });
      gateway.addTarget('Agent', GatewayTarget.agentRuntime(second), { credentials: TargetCredentials.gatewayRole() })
        .operation('POST', '/invocations').requires(ToolAccess.iamRole(role(stack, 'caller')));
      agent.onlyInvokedBy(frontEnd('clerk'), FrontEnd.invoking('Gateway', AgentHost.role(gateway.role), REASON), FrontEnd.invoking('First', AgentHost.role(firstRole), { runtime: second, ...REASON }));
    }, ['FrontEnd/GatewayDenied']],
  ])('%s', (_situation, declare, codes) => {
    const it = story();
    declare(it);
    expect(lateCodes(it.app).map((code) => code.replace(' at Stack/Agent', ''))).toEqual(codes);
  });

  test('users who are named on a runtime that has another identity than the agent', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const second = runtime(stack, 'second');
    const agent = new Agent(stack, 'Agent', {
      owner, host: AgentHost.agentRuntime(runtime(stack, 'first'), { role: role(stack, 'first-role') }), parts: [AgentPart.vending('Second', AgentHost.agentRuntime(second, { role: role(stack, 'second-role') }))],
    });
    agent.invokedBy(FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role(stack, 'portal')), {
      runtime: second, userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The portal takes the id from the token', ...REASON,
    }));
    expect(lateCodes(app)).toEqual(['FrontEnd/OwnIdentity at Stack/Agent']);
  });

  test('something that is no runtime', () => {
    const { frontEnd } = story();
    expect(refusalOf(() => frontEnd('clerk', { runtime: IMPORTED as any })).codes).toEqual(['FrontEnd/Runtime']);
    expect(refusalOf(() => frontEnd('night', { runtime: iam.Role.fromRoleName(new Stack(), 'R', 'r') as any })).codes).toEqual(['FrontEnd/Runtime']);
  });
});
