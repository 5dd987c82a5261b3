import { App, aws_iam as iam, CliCredentialsStackSynthesizer, Stack } from 'aws-cdk-lib';
import { calendarFunction, ENV, gatewayProps, ISSUER, OWNER, REASON, stackIn, TOOLS } from './every-target';
import {
  AccessReport, Agent, AgentHost, Capability, GatewayCaller, GatewayInbound, GatewayTarget, TargetCredentials, ToolCallAuthority, ToolGateway,
} from '../../src';
import { lateCodes, refusalOf } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/* The resource policy of a gateway: who gets through, whatever other policies say. */
const INVOKE = 'bedrock-agentcore:InvokeGateway';
const EVERYTHING = new iam.PolicyStatement({ actions: [INVOKE], resources: ['*'] });

function roleIn(stack: Stack, name: string): iam.Role {
  const role = new iam.Role(stack, name, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(EVERYTHING);
  return role;
}

describe('a gateway for named roles', () => {
  const app = new App();
  const stack = stackIn(app, 'Tools');
  const home = stackIn(app, 'Agents');
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: GatewayInbound.iam() }));
  gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() });
  const planner = roleIn(home, 'planner');
  roleIn(home, 'planner2');
  roleIn(stack, 'deployer');
  const plain = new iam.Role(home, 'admin', { roleName: 'admin', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  new Agent(home, 'Planner', { owner: OWNER, host: AgentHost.role(planner) })
    .may(Capability.callTools(gateway, { allTools: REASON, authority: ToolCallAuthority.agentRole(), ...REASON }));
  gateway.restrictCallers({ callers: [GatewayCaller.role(planner), GatewayCaller.role(plain)], deployedBy: iam.Role.fromRoleArn(stack, 'Cfn', 'arn:aws:iam::111111111111:role/deployer') });
  const account = deploy(app);
  const arn = account.valueOf(stack, gateway.gatewayArn) as string;

  test('fits the schemas', () => expect(templateSchemaErrors(account)).toEqual([]));
  test.each([
    ['planner', 'Allowed', 'named, and has the right'],
    ['admin', 'ImplicitlyDenied', 'named, but without a right of its own: the policy gives none within the account'],
    ['planner2', 'ExplicitlyDenied', 'has the right, but is not named'],
    ['deployer', 'Allowed', 'deploys, and has the right by itself: it is only not denied'],
  ])('%s: %s (%s)', async (principal, expected) => {
    expect(await decide(account, { principal, action: INVOKE, resources: [arn] })).toBe(expected);
  });
  test('the report says it', () => expect(AccessReport.of(app).toMarkdown()).toContain('Only these may call, everybody else is denied: role'));
});

test('accounts of an organization, by the longer word', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: GatewayInbound.iam() }));
  gateway.restrictCallers({ callers: [GatewayCaller.organization('o-a1b2c3d4e5', REASON)] });
  const policy = deploy(app).resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')[0].property('Policy');
  const arn = 'arn:aws:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1';
  expect((typeof policy === 'string' ? JSON.parse(policy) : policy).Statement).toMatchObject([
    { Sid: 'OrganizationInvokes', Effect: 'Allow', Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] }, StringNotEquals: { 'aws:PrincipalAccount': '111111111111' } } },
    { Sid: 'NobodyElseInvokes', Effect: 'Deny', Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': [arn] }, StringNotEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] } } },
  ]);
});

test('callers with a token, through a VPC endpoint', () => {
  const app = new App();
  const stack = stackIn(app);
  new ToolGateway(stack, 'Gateway', gatewayProps()).restrictCallers({ callers: [GatewayCaller.vpcEndpoint('vpce-0a1b2c3d')] });
  const policy = deploy(app).resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')[0].property('Policy');
  expect((typeof policy === 'string' ? JSON.parse(policy) : policy).Statement).toMatchObject([
    { Effect: 'Allow', Principal: '*', Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-0a1b2c3d'] } } },
    { Effect: 'Deny', Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': ['vpce-0a1b2c3d'] } } },
  ]);
});

describe('refused', () => {
  const byIam = GatewayInbound.iam();
  const byToken = GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'] });
  const role = (stack: Stack) => GatewayCaller.role(iam.Role.fromRoleArn(stack, 'Some', 'arn:aws:iam::111111111111:role/some'));
  test.each<[string, GatewayInbound, (stack: Stack) => unknown, string]>([
    ['nobody named', byIam, () => ({ callers: [] }), 'GatewayCaller/Callers'],
    ['everybody', byIam, () => ({ callers: ['*'] }), 'GatewayCaller/Callers'],
    ['a role, where callers come by token', byToken, (stack) => ({ callers: [role(stack)] }), 'GatewayCaller/OtherCallers'],
    ['an endpoint, where callers come by IAM', byIam, () => ({ callers: [GatewayCaller.vpcEndpoint('vpce-0a1b2c3d')] }), 'GatewayCaller/OtherCallers'],
    ['a gateway for everybody', GatewayInbound.none(REASON), () => ({ callers: [GatewayCaller.vpcEndpoint('vpce-0a1b2c3d')] }), 'GatewayCaller/OtherCallers'],
    ['more roles than fit', byIam, (stack) => ({ callers: Array.from({ length: 300 }, (_, index) => GatewayCaller.role(iam.Role.fromRoleArn(stack, `R${index}`, `arn:aws:iam::111111111111:role/a-role-with-a-name-of-some-length-${index}`))) }), 'GatewayCaller/PolicyTooLarge'],
  ])('%s', (_what, inbound, options, code) => {
    const stack = stackIn(new App());
    const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound }));
    const given = options(stack) as any;
    expect(refusalOf(() => gateway.restrictCallers(given)).codes).toEqual([code]);
  });

  test('a second restriction', () => {
    const stack = stackIn(new App());
    const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: byIam }));
    const callers = [role(stack)];
    gateway.restrictCallers({ callers });
    expect(refusalOf(() => gateway.restrictCallers({ callers })).codes).toEqual(['GatewayCaller/Twice']);
  });

  test('a stack that does not tell who deploys it', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV, synthesizer: new CliCredentialsStackSynthesizer() });
    const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: byIam }));
    expect(refusalOf(() => gateway.restrictCallers({ callers: [role(stack)] })).codes).toEqual(['GatewayCaller/DeployedBy']);
  });

  test.each([['o-short', 'GatewayCaller/Organization'], ['*', 'GatewayCaller/Organization']])('organization %s', (id, code) => expect(refusalOf(() => GatewayCaller.organization(id, REASON)).codes).toEqual([code]));
  test.each(['vpc-0a1b2c3d', '*'])('endpoint %s', (id) => expect(refusalOf(() => GatewayCaller.vpcEndpoint(id)).codes).toEqual(['GatewayCaller/VpcEndpoint']));

  test('an agent that calls the gateway and is not named', () => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: byIam }));
    gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() });
    new Agent(stack, 'Planner', { owner: OWNER, host: AgentHost.role(roleIn(stack, 'planner')) })
      .may(Capability.callTools(gateway, { allTools: REASON, authority: ToolCallAuthority.agentRole(), ...REASON }));
    gateway.restrictCallers({ callers: [role(stack)] });
    expect(lateCodes(app).map((each) => each.split(' at ')[0])).toEqual(['Capability/CallerDenied']);
  });
});
