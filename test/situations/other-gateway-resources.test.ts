import { App, aws_bedrockagentcore as agentcore, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { REASON, role, stackIn } from './story';
import { AgentOwner, GatewayInbound, GatewayTarget, TargetCredentials, ToolAccess, ToolGateway } from '../../src';
import { plantsCedarFindings } from '../cedar/every-synthesis/synthesized-cedar';
import { expectLateProblems, lateCodes } from '../errors/refusal';

/* What no rule permits, nobody may: a Cedar policy, or a target, that the gateway does not know would make that untrue, and the report with it. */
const owner = AgentOwner.team('team', 'team@example.com');
const EVERYBODY = 'permit(principal, action, resource);';
const POLICY = 'AWS::BedrockAgentCore::Policy';
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';

interface Story {
  readonly app: App;
  readonly stack: Stack;
  readonly gateway: ToolGateway;
  readonly engine: agentcore.CfnPolicyEngine;
  readonly resource: agentcore.CfnGateway;
}

function story(): Story {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const gateway = new ToolGateway(stack, 'Gateway', { owner, gatewayName: 'Tools', inbound: GatewayInbound.iam() });
  const target = gateway.addTarget('crm', GatewayTarget.mcpServer('https://crm.example.com/mcp'), { credentials: TargetCredentials.none(REASON) });
  target.tool('list').requires(ToolAccess.iamRole(role(stack, 'caller')));
  return {
    app, stack, gateway, engine: gateway.node.findChild('PolicyEngine') as agentcore.CfnPolicyEngine, resource: gateway.node.findChild('Resource') as agentcore.CfnGateway,
  };
}

const id = (resource: CfnResource) => resource.stack.resolve(resource.logicalId) as string;
const policyOn = (policyEngineId: (it: Story) => string, statement = EVERYBODY) => (it: Story) => new agentcore.CfnPolicy(it.stack, 'Own', {
  name: 'own', policyEngineId: policyEngineId(it), definition: { cedar: { statement } },
});
const targetOf = (gatewayIdentifier: (it: Story) => string) => (it: Story) => new agentcore.CfnGatewayTarget(it.stack, 'Own', {
  name: 'own',
  gatewayIdentifier: gatewayIdentifier(it),
  targetConfiguration: { mcp: { mcpServer: { endpoint: 'https://other.example.com/mcp' } } },
  credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
});
const otherGateway = ({ stack }: Story) => new ToolGateway(stack, 'Other', { owner, gatewayName: 'Other', inbound: GatewayInbound.iam() });
const otherEngine = ({ stack }: Story) => new agentcore.CfnPolicyEngine(stack, 'OtherEngine', { name: 'other' });

describe('a gateway is refused with a Cedar policy that is not its own on its engine', () => {
  test.each<[string, (it: Story) => unknown]>([
    ['by the id', policyOn(({ engine }) => engine.attrPolicyEngineId)],
    ['by Fn.getAtt', policyOn(({ engine }) => Fn.getAtt(id(engine), 'PolicyEngineId').toString())],
    ['by a piece of the ARN', policyOn(({ engine }) => Fn.select(1, Fn.split('/', engine.attrPolicyEngineArn)))],
    ['by a piece of the ARN, which Fn.getAtt gives', policyOn(({ engine }) => Fn.select(1, Fn.split('/', Fn.getAtt(id(engine), 'PolicyEngineArn').toString())))],
    ['by Fn.sub', policyOn(({ engine }) => Fn.sub(`\${${id(engine)}.PolicyEngineId}`))],
    ['by the id that it was given when it was deployed', policyOn(({ engine }) => `${engine.name}-a1b2c3d4e5`)],
    ['that only forbids, of which the report knows as little', policyOn(({ engine }) => engine.attrPolicyEngineId, 'forbid(principal, action, resource);')],
    ['that an L1 without a class makes', ({ stack, engine }) => new CfnResource(stack, 'Own', {
      type: POLICY, properties: { Name: 'own', PolicyEngineId: engine.attrPolicyEngineId, Definition: { Cedar: { Statement: EVERYBODY } } },
    })],
    ['that an override puts there', (it) => policyOn(() => otherEngine(it).attrPolicyEngineId)(it).addPropertyOverride('PolicyEngineId', it.engine.attrPolicyEngineId)],
  ])('%s', (_how, declare) => {
    const it = story();
    declare(it);
    expectLateProblems(it.app, {
      code: 'ToolGateway/OtherPolicy',
      what: 'the gateway\'s policy engine has Cedar policies in this app that are not said on the gateway',
      received: '["Stack/Own"]',
      fix: 'Take them away, and say on the tool who may call it: target.tool(name).requires(...)',
      path: 'Stack/Gateway',
    });
  });

  test('of another stack', () => {
    const { app, engine } = story();
    new agentcore.CfnPolicy(stackIn(app, 'Other'), 'Own', { name: 'own', policyEngineId: engine.attrPolicyEngineId, definition: { cedar: { statement: EVERYBODY } } });
    expect(lateCodes(app)).toEqual(['ToolGateway/OtherPolicy at Stack/Gateway']);
  });
});

describe('a gateway is refused with a target that was not added to it', () => {
  test.each<[string, (it: Story) => unknown]>([
    ['by its id', targetOf(({ gateway }) => gateway.gatewayId)],
    ['by its reference', targetOf(({ gateway }) => gateway.gatewayRef.gatewayIdentifier)],
    ['by Fn.getAtt', targetOf(({ resource }) => Fn.getAtt(id(resource), 'GatewayIdentifier').toString())],
    ['by the id that it was given when it was deployed, which is in lower case', targetOf(() => 'tools-a1b2c3d4e5')],
    ['that an L1 without a class makes', ({ stack, gateway }) => new CfnResource(stack, 'Own', { type: TARGET, properties: { Name: 'own', GatewayIdentifier: gateway.gatewayId } })],
    ['that an override puts there', (it) => targetOf(() => otherGateway(it).gatewayId)(it).addPropertyOverride('GatewayIdentifier', it.gateway.gatewayId)],
  ])('%s', (_how, declare) => {
    const it = story();
    declare(it);
    expectLateProblems(it.app, {
      code: 'ToolGateway/OtherTarget',
      what: 'the gateway has targets in this app that were not added to it',
      received: '["Stack/Own"]',
      fix: 'Add them with gateway.addTarget(name, GatewayTarget..., { credentials }), and say who may call them.',
      path: 'Stack/Gateway',
    });
  });

  test('of another stack', () => {
    const { app, gateway } = story();
    targetOf(() => gateway.gatewayId)({ ...story(), stack: stackIn(app, 'Other') });
    expect(lateCodes(app)).toEqual(['ToolGateway/OtherTarget at Stack/Gateway']);
  });

  test('of the official construct', () => {
    const { app, stack, gateway } = story();
    const known = agentcore.Gateway.fromGatewayAttributes(stack, 'Known', { gatewayArn: gateway.gatewayArn, gatewayId: gateway.gatewayId, gatewayName: 'Tools', role: gateway.role });
    agentcore.GatewayTarget.forMcpServer(stack, 'Own', { gateway: known, endpoint: 'https://other.example.com/mcp', credentialProviderConfigurations: [] });
    expect(lateCodes(app)).toEqual(['ToolGateway/OtherTarget at Stack/Gateway']);
  });
});

test('both are told at once, and each on its gateway', () => {
  const it = story();
  policyOn(({ engine }) => engine.attrPolicyEngineId)(it);
  const other = otherGateway(it);
  new agentcore.CfnGatewayTarget(it.stack, 'First', { name: 'first', gatewayIdentifier: other.gatewayId, targetConfiguration: {} });
  new agentcore.CfnGatewayTarget(it.stack, 'Second', { name: 'second', gatewayIdentifier: it.gateway.gatewayId, targetConfiguration: {} });
  expect(lateCodes(it.app).sort()).toEqual(['ToolGateway/OtherPolicy at Stack/Gateway', 'ToolGateway/OtherTarget at Stack/Gateway', 'ToolGateway/OtherTarget at Stack/Other']);
});

test('what is put there after a first synthesis is found by the next', () => {
  const it = story();
  expect(lateCodes(it.app)).toEqual([]);
  policyOn(({ engine }) => engine.attrPolicyEngineId)(it);
  try {
    it.app.synth({ force: true });
    throw new Error('It was accepted.');
  } catch (error) {
    expect((error as Error).message).toContain('[ToolGateway/OtherPolicy] at Stack/Gateway');
  }
});

describe('a gateway may stand beside a Cedar policy', () => {
  test.each<[string, (it: Story) => unknown]>([
    ['on another engine', (it) => policyOn(() => otherEngine(it).attrPolicyEngineId)(it)],
    ['on an engine of another app', policyOn(() => 'payroll_engine-a1b2c3d4e5')],
    ['on an engine whose name only begins alike', policyOn(({ engine }) => `${engine.name}_2-a1b2c3d4e5`)],
    ['on an engine that only deployment knows', policyOn(({ stack }) => new CfnParameter(stack, 'Engine').valueAsString)],
  ])('%s', (_where, declare) => {
    const it = story();
    declare(it);
    plantsCedarFindings(it.app, /Own \(own\): it belongs to no gateway/);
    expect(lateCodes(it.app)).toEqual([]);
  });
});

describe('a gateway may stand beside', () => {
  test.each<[string, (it: Story) => unknown]>([
    ['a target of another gateway', (it) => targetOf(() => new agentcore.CfnGateway(it.stack, 'L1', { name: 'l1', authorizerType: 'AWS_IAM', roleArn: role(it.stack, 'l1').roleArn }).attrGatewayIdentifier)(it)],
    ['a target of a gateway of another app', targetOf(() => 'payroll-a1b2c3d4e5')],
    ['a target of a gateway whose name only begins alike', targetOf(() => 'tools-crm-a1b2c3d4e5')],
    ['a target of a gateway of the same name in another account', ({ app }) => targetOf(() => 'tools-a1b2c3d4e5')({
      ...story(), stack: new Stack(app, 'There', { env: { account: '222222222222', region: 'eu-west-1' } }),
    })],
    ['a rule that routes its calls, which refuses nobody and stands in the report', ({ stack, gateway }) => new agentcore.CfnGatewayRule(stack, 'Rule', {
      gatewayIdentifier: gateway.gatewayId, priority: 1, actions: [{ routeToTarget: { staticRoute: { targetName: 'crm' } } }],
    })],
    ['another gateway of this library, with targets and rules', (it) => {
      const target = otherGateway(it).addTarget('crm', GatewayTarget.mcpServer('https://crm.example.com/mcp'), { credentials: TargetCredentials.none(REASON) });
      target.tool('list').requires(ToolAccess.everyCaller(REASON));
    }],
  ])('%s', (_what, declare) => {
    const it = story();
    declare(it);
    expect(lateCodes(it.app)).toEqual([]);
  });
});
