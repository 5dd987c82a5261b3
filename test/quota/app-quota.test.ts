import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { AgentOwner, GatewayInbound, GatewayTarget, RateDimension, TargetCredentials, Tool, ToolGateway, ToolSchema } from '../../src';
import { appQuotaProblems } from '../../src/quota/app-quota';
import { lateMessages } from '../errors/refusal';
import { agentIn, emptyApp, ENV, salesStack } from '../errors/story';

/* AWS's quotas for what a whole app makes, and for what stands behind one gateway. */
const context = (quotas: Record<string, unknown>) => ({ context: Object.fromEntries(Object.entries(quotas).map(([name, value]) => [`cdk-agentcore-identity:${name}Quota`, value])) });

function runtime(stack: Stack, id: string): void {
  new agentcore.CfnRuntime(stack, id, {
    agentRuntimeName: id, agentRuntimeArtifact: { containerConfiguration: { containerUri: 'uri' } }, networkConfiguration: { networkMode: 'PUBLIC' }, roleArn: 'arn:aws:iam::111111111111:role/r',
  });
}

function gateway(stack: Stack, id: string): void {
  new agentcore.CfnGateway(stack, id, { name: id, authorizerType: 'AWS_IAM', protocolType: 'MCP', roleArn: 'arn:aws:iam::111111111111:role/r' });
}

describe('identities of one account and region', () => {
  const exceeded = (stack: Stack) => lateMessages(stack.node.root as App).filter((message) => message.includes('[Quota/Exceeded]'));

  test('agents, runtimes and gateways each take one: with the numbers', () => {
    const stack = salesStack(ENV, context({ workloadIdentity: 2 }));
    agentIn(stack, 'Agent');
    runtime(stack, 'Runtime');
    gateway(stack, 'Gateway');
    expect(exceeded(stack)).toEqual([
      'the app makes 3 workload identities, one for each agent, runtime and gateway that are made here, in account 111111111111, region eu-west-1; received 3; allowed: 2, AWS\'s quota unless it was raised '
      + 'for the account. Divide the agents among accounts or regions. Or, if AWS has raised the quota, set the context "cdk-agentcore-identity:workloadIdentityQuota" to the new number. [Quota/Exceeded]',
    ]);
  });

  test('as many as allowed are fine, and another region counts for itself', () => {
    const stack = salesStack(ENV, context({ workloadIdentity: 2 }));
    agentIn(stack, 'Agent');
    runtime(stack, 'Runtime');
    gateway(new Stack(stack.node.root as App, 'Elsewhere', { env: { ...ENV, region: 'us-east-1' } }), 'Gateway');
    expect(exceeded(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack, id: string) => void, RegExp]>([
    ['gateway', gateway, /the app makes 2 gateways in account 111111111111, region eu-west-1; received 2; allowed: 1/],
    ['runtime', runtime, /the app makes 2 runtimes in account 111111111111, region eu-west-1; received 2; allowed: 1/],
  ])('too many of kind %s', (name, make, expected) => {
    const stack = salesStack(ENV, context({ [name]: 1 }));
    agentIn(stack, 'Agent');
    make(stack, 'One');
    make(stack, 'Two');
    expect(exceeded(stack)).toEqual([expect.stringMatching(expected)]);
  });

  test('AWS\'s numbers are the default', () => {
    const stack = salesStack();
    for (let index = 0; index < 1001; index++) {
      gateway(stack, `Gateway${index}`);
    }
    expect(appQuotaProblems(stack)).toEqual([expect.stringMatching(/^the app makes 1001 gateways .* allowed: 1000, AWS's quota/)]);
  });

  test.each([true, [60], ' 60', '60 ', '06', '1e3', 1.5, 0, -1, '', {}])('a context that is no number, %p, is refused', (quota) => {
    const stack = salesStack(ENV, context({ workloadIdentity: quota }));
    agentIn(stack, 'Agent');
    expect(() => (stack.node.root as App).synth()).toThrow('[Quota/Context]');
  });
});

describe('behind one gateway', () => {
  function tools(quotas: Record<string, unknown>): ToolGateway {
    return new ToolGateway(new Stack(emptyApp(context(quotas)), 'Stack', { env: ENV }), 'Tools', { owner: AgentOwner.team('team', 'team@example.com'), inbound: GatewayInbound.iam() });
  }
  const handler = (on: ToolGateway) => (on.stack.node.tryFindChild('Handler') as lambda.IFunction | undefined)
    ?? lambda.Function.fromFunctionAttributes(on.stack, 'Handler', { functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:tools', role: iam.Role.fromRoleName(on.stack, 'HandlerRole', 'tools') });
  const target = (on: ToolGateway, count: number) => GatewayTarget.lambdaFunction(handler(on), ToolSchema.inline(
    ...Array.from({ length: count }, (_, index) => Tool.named(`tool_${index}`, { description: 'Does something' }))));
  const add = (on: ToolGateway, name: string, count = 1) => on.addTarget(name, target(on, count), { credentials: TargetCredentials.gatewayRole() });

  test('targets', () => {
    const on = tools({ gatewayTarget: 1 });
    add(on, 'one');
    expect(() => add(on, 'two')).toThrow(/the gateway has too many targets; received 2; allowed: 1, AWS's quota .* "cdk-agentcore-identity:gatewayTargetQuota" .*\[GatewayTarget\/TooMany\]/);
  });
  test('tools of a target', () => {
    const on = tools({ gatewayTool: 2 });
    add(on, 'two', 2);
    expect(() => add(on, 'three', 3)).toThrow(/the target has too many tools; received 3; allowed: 2, .*\[GatewayTarget\/TooManyTools\]/);
  });
  test('rate limits', () => {
    const on = tools({ gatewayRateLimit: '1' });
    on.addRateLimit('PerTarget', { dimensions: [RateDimension.TARGET], rules: [{ requestsPerSecond: 50 }] });
    expect(() => on.addRateLimit('PerTool', { dimensions: [RateDimension.TOOL], rules: [{ requestsPerSecond: 50 }] }))
      .toThrow(/too many rate limits; received 2; allowed: 1, AWS's quota .*\[RateLimit\/TooMany\]/);
  });
});
