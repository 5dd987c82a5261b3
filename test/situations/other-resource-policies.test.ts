import { App, aws_bedrockagentcore as agentcore, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { REASON, role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner, FrontEnd, GatewayCaller, GatewayInbound, ToolGateway } from '../../src';
import { expectLateProblems, lateCodes } from '../errors/refusal';

/* AWS keeps one resource policy for each resource. A second one in the app would replace ours, or ours it, whichever is written last. */
const owner = AgentOwner.team('team', 'team@example.com');
const TYPE = 'AWS::BedrockAgentCore::ResourcePolicy';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: '*' }],
});

function story() {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const runtime = (name: string) => new agentcore.CfnRuntime(stack, name, {
    agentRuntimeName: name,
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111111111111:role/execution',
  });
  const [payroll, other] = [runtime('payroll'), runtime('other')];
  const live = new agentcore.CfnRuntimeEndpoint(stack, 'live', { agentRuntimeId: payroll.attrAgentRuntimeId, name: 'live' });
  const spare = new agentcore.CfnRuntimeEndpoint(stack, 'spare', { agentRuntimeId: payroll.attrAgentRuntimeId, name: 'spare' });
  const agent = new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(payroll, { role: role(stack, 'execution') }) });
  const clerk = FrontEnd.invoking('Clerk', AgentHost.role(role(stack, 'clerk')), { endpoints: [live], ...REASON });
  return { app, stack, payroll, other, live, spare, agent, clerk };
}
type Story = ReturnType<typeof story>;

const on = (resourceArn: (it: Story) => string) => (it: Story) => new agentcore.CfnResourcePolicy(it.stack, 'Own', { resourceArn: resourceArn(it), policy });
const id = (resource: CfnResource) => resource.stack.resolve(resource.logicalId) as string;

describe('an agent that only its front ends invoke', () => {
  test.each<[string, (it: Story) => unknown]>([
    ['on the runtime, by its attribute', on(({ payroll }) => payroll.attrAgentRuntimeArn)],
    ['on the runtime, by its reference', on(({ payroll }) => payroll.runtimeRef.agentRuntimeArn)],
    ['on the runtime, by Fn.getAtt', on(({ payroll }) => Fn.getAtt(id(payroll), 'AgentRuntimeArn').toString())],
    ['on the runtime, by its id', on(({ stack, payroll }) => stack.formatArn({ service: 'bedrock-agentcore', resource: 'runtime', resourceName: payroll.attrAgentRuntimeId }))],
    ['on the runtime, by Fn.join', on(({ payroll }) => Fn.join('', ['arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/', payroll.attrAgentRuntimeId]))],
    ['on the runtime, by Fn.sub', on(({ payroll }) => Fn.sub(`\${${id(payroll)}.AgentRuntimeArn}`))],
    ['on the runtime, by an L1 without a class', ({ stack, payroll }) => new CfnResource(stack, 'Own', { type: TYPE, properties: { ResourceArn: payroll.attrAgentRuntimeArn, Policy: policy } })],
    ['on the runtime, by an override', ({ stack, payroll, other }) => new agentcore.CfnResourcePolicy(stack, 'Own', { resourceArn: other.attrAgentRuntimeArn, policy })
      .addPropertyOverride('ResourceArn', payroll.attrAgentRuntimeArn)],
    ['on its endpoint, by its attribute', on(({ live }) => live.attrAgentRuntimeEndpointArn)],
    ['on its endpoint, by the runtime and its name', on(({ payroll }) => `${payroll.attrAgentRuntimeArn}/runtime-endpoint/live`)],
  ])('is refused with another policy %s', (_how, declare) => {
    const it = story();
    it.agent.onlyInvokedBy(it.clerk);
    declare(it);
    expectLateProblems(it.app, {
      code: 'FrontEnd/OtherPolicy',
      what: 'the runtime, or an endpoint of it, has another resource policy in this app, and AWS keeps the one that happens to be written last',
      received: '["Stack/Own"]',
      fix: 'Take that policy away',
      path: 'Stack/Agent',
    });
  });

  test('the same in another stack', () => {
    const it = story();
    it.agent.onlyInvokedBy(it.clerk);
    new agentcore.CfnResourcePolicy(stackIn(it.app, 'Other'), 'Own', { resourceArn: it.payroll.attrAgentRuntimeArn, policy });
    expect(lateCodes(it.app)).toEqual(['FrontEnd/OtherPolicy at Stack/Agent']);
  });

  test.each<[string, (it: Story) => unknown]>([
    ['on another runtime', on(({ other }) => other.attrAgentRuntimeArn)],
    ['on an endpoint that no front end invokes', on(({ spare }) => spare.attrAgentRuntimeEndpointArn)],
    ['on a runtime of another app', on(() => 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/payroll-a1B2c3D4e5')],
    ['of a secret', ({ stack }) => new CfnResource(stack, 'Own', { type: 'AWS::SecretsManager::ResourcePolicy', properties: { SecretId: 's', ResourcePolicy: {} } })],
  ])('may have a policy %s beside it', (_where, declare) => {
    const it = story();
    it.agent.onlyInvokedBy(it.clerk);
    declare(it);
    expect(lateCodes(it.app)).toEqual([]);
  });

  test('an agent whose runtime needs no policy may have one of the app', () => {
    const it = story();
    it.agent.invokedBy(it.clerk);
    on(({ payroll }) => payroll.attrAgentRuntimeArn)(it);
    expect(lateCodes(it.app)).toEqual([]);
  });
});

describe('a gateway whose callers are restricted', () => {
  const gatewayIn = (stack: Stack, name: string) => new ToolGateway(stack, name, { owner, inbound: GatewayInbound.iam() });

  test.each<[string, (gateway: ToolGateway) => string]>([
    ['its attribute', (gateway) => gateway.gatewayArn],
    ['its id', (gateway) => gateway.stack.formatArn({ service: 'bedrock-agentcore', resource: 'gateway', resourceName: gateway.gatewayId })],
  ])('is refused with another policy on it, by %s', (_how, resourceArn) => {
    const { app, stack } = story();
    const gateway = gatewayIn(stack, 'Gateway');
    gateway.restrictCallers({ callers: [GatewayCaller.role(role(stack, 'caller'))] });
    new agentcore.CfnResourcePolicy(stack, 'Own', { resourceArn: resourceArn(gateway), policy });
    expectLateProblems(app, {
      code: 'GatewayCaller/OtherPolicy',
      what: 'the gateway, whose callers are restricted, has another resource policy in this app, and AWS keeps the one that happens to be written last',
      received: '["Stack/Own"]',
      fix: 'Take that policy away',
      path: 'Stack/Gateway',
    });
  });

  test('may stand beside another one with a policy, and one without restriction may have its own', () => {
    const { app, stack } = story();
    const [first, second, third] = ['First', 'Second', 'Third'].map((name) => gatewayIn(stack, name));
    [first, second].forEach((gateway) => gateway.restrictCallers({ callers: [GatewayCaller.role(role(gateway, `${gateway.node.id}-caller`))] }));
    new agentcore.CfnResourcePolicy(stack, 'Own', { resourceArn: third.gatewayArn, policy });
    expect(lateCodes(app)).toEqual([]);
  });
});
