import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AC, crm, ENV, gatewayProps, REASON, stackIn, TARGETS, WAYS } from './every-target';
import { AccessReport, GatewayCaller, GatewayInbound, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway, ToolGatewayProps, ToolTarget } from '../../src';
import { lateCodes } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/*
 * The gateway asks Cedar about tools only, and always lets prompts and resources of MCP servers pass. So the report says who has to hold
 * them, and a suspended gateway is denied to everybody by its resource policy.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/use-gateway-with-policy.html
 */
const HELD_BY_SERVER = (target: string) => `The MCP server of target ${target}, or an interceptor, says who may read its prompts and resources: Cedar is asked about tools only, so whoever gets in may.`;
const STILL = ' The SUSPENSION holds them only where the server asks for credentials that the gateway no longer gets.';

interface Story {
  readonly props?: Partial<ToolGatewayProps>;
  readonly declare?: (gateway: ToolGateway, server: ToolTarget, stack: Stack) => void;
  readonly stack?: (app: App) => Stack;
}

function story({ props = {}, declare = () => {}, stack: make = stackIn }: Story) {
  const app = new App();
  const stack = make(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps(props));
  const server = gateway.addTarget('Server', TARGETS.mcpServer(stack), { credentials: WAYS.none(stack) });
  const api = gateway.addTarget('Api', TARGETS.openApi(stack), { credentials: WAYS.none(stack) });
  [server, api].forEach((target) => target.tool('read').requires(ToolAccess.everyCaller(REASON)));
  declare(gateway, server, stack);
  return { app, stack, gateway };
}

const notices = (app: App): string[] => JSON.parse(AccessReport.of(app).toJson()).gateways[0].leftToOthers.filter((each: string) => /prompts/.test(each));
const policies = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::BedrockAgentCore::ResourcePolicy'));
const suspend = (gateway: ToolGateway) => gateway.suspend(REASON);

test.each<[string, Story, string[], number]>([
  ['an MCP server, and no other target', {}, [HELD_BY_SERVER('Server')], 0],
  ['a suspended MCP server without credentials', { declare: (_gateway, server) => server.suspend(REASON) }, [HELD_BY_SERVER('Server') + STILL], 0],
  ['a suspended gateway: nobody gets in', { declare: suspend }, [], 1],
  ['a suspended gateway with callers by IAM', { props: { inbound: GatewayInbound.iam() }, declare: suspend }, [], 1],
  ['one that lets in any signature', { props: { inbound: GatewayInbound.authenticateOnly(REASON) }, declare: suspend }, [HELD_BY_SERVER('Server') + STILL], 0],
  ['one that lets in everybody', { props: { inbound: GatewayInbound.none(REASON) }, declare: suspend }, [HELD_BY_SERVER('Server') + STILL], 0],
  ['one that nobody knows who deploys', { stack: (app) => new Stack(app, 'Stack', { env: ENV, synthesizer: new LegacyStackSynthesizer() }), declare: suspend }, [HELD_BY_SERVER('Server') + STILL], 0],
  ['one with another resource policy, which AWS would keep or not', {
    declare: (gateway, _server, stack) => { new agentcore.CfnResourcePolicy(stack, 'Own', { resourceArn: gateway.gatewayArn, policy: '{}' }); gateway.suspend(REASON); },
  }, [HELD_BY_SERVER('Server') + STILL], 1],
])('%s', (_what, given, expected, count) => {
  const { app, stack } = story(given);
  expect(notices(app)).toEqual(expected);
  expect(lateCodes(app)).toEqual([]);
  expect(policies(stack)).toHaveLength(count);
});

describe('the resource policy of a suspended gateway', () => {
  const DEPLOYER = 'arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1';

  test('denies it to all but who deploys, once the rules are written', () => {
    const { stack } = story({ declare: suspend });
    const [policy] = policies(stack);
    expect(JSON.stringify(policy.Properties.Policy)).toContain('NobodyElseInvokes');
    expect(JSON.stringify(policy.Properties.Policy)).toContain(DEPLOYER);
    expect(JSON.stringify(policy.Properties.Policy)).not.toContain('\\"Effect\\":\\"Allow\\"');
    const rules = Object.keys(Template.fromStack(stack).findResources('AWS::BedrockAgentCore::Policy'));
    expect(rules.length).toBeGreaterThan(2);
    expect(policy.DependsOn).toEqual(expect.arrayContaining(rules));
  });

  test.each<[string, (gateway: ToolGateway, role: iam.IRole) => void, string]>([
    ['as it is', () => {}, 'Allowed'],
    ['suspended', suspend, 'ExplicitlyDenied'],
    ['for this role only', (gateway, role) => gateway.restrictCallers({ callers: [GatewayCaller.role(role)] }), 'Allowed'],
    ['for this role only, and suspended', (gateway, role) => { gateway.restrictCallers({ callers: [GatewayCaller.role(role)] }); gateway.suspend(REASON); }, 'ExplicitlyDenied'],
    ['suspended, and for this role only', (gateway, role) => { gateway.suspend(REASON); gateway.restrictCallers({ callers: [GatewayCaller.role(role)] }); }, 'ExplicitlyDenied'],
  ])('a role that may invoke any gateway, at a gateway %s', async (_what, declare, expected) => {
    let role: iam.Role;
    const { app, stack, gateway } = story({
      props: { inbound: GatewayInbound.iam() },
      declare: (made, _server, scope) => {
        role = new iam.Role(scope, 'Caller', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
        role.addToPolicy(new iam.PolicyStatement({ actions: ['bedrock-agentcore:InvokeGateway'], resources: [`${AC}:gateway/*`] }));
        declare(made, role);
      },
    });
    const account = deploy(app);
    const value = (token: string) => account.valueOf(stack, token) as string;
    expect(await decide(account, { principal: value(role!.roleArn), action: 'bedrock-agentcore:InvokeGateway', resources: [value(gateway.gatewayArn)] })).toBe(expected);
  });

  test('is in the report: nobody may call', () => {
    const { app } = story({ declare: suspend });
    expect(JSON.parse(AccessReport.of(app).toJson()).gateways[0].onlyCallers).toEqual([]);
    expect(AccessReport.of(app).toMarkdown()).toContain('- Nobody may call: its resource policy denies everybody but the role that deploys\n');
  });
});

test('a suspended target that is called with a token: its role loses what the prompts need, too', () => {
  const { app } = story({
    declare: (gateway, _server, stack) => {
      const target = gateway.addTarget('Crm', TARGETS.mcpServer(stack), { credentials: TargetCredentials.oauth2(crm(stack), { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }) });
      target.everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
      target.suspend(REASON);
    },
  });
  expect(notices(app)).toEqual([HELD_BY_SERVER('Crm') + STILL, HELD_BY_SERVER('Server')]);
});
