import { App, aws_iam as iam } from 'aws-cdk-lib';
import { calendarFunction, gatewayProps, OWNER, REASON, stackIn, TOOLS } from './every-target';
import {
  AccessReport, Agent, AgentHost, Capability, GatewayInbound, GatewayTarget, PolicyEnforcement, TargetCredentials, ToolAccess, ToolCallAuthority, ToolGateway,
  ToolGatewayProps,
} from '../../src';

/* The report says that somebody else has to give callers the right to invoke the gateway, but not of agents, which this app gives it. */
const SOME = 'Callers other than the agents of this app need bedrock-agentcore:InvokeGateway on the gateway.';
const ALL = 'Callers need bedrock-agentcore:InvokeGateway on the gateway.';

type Access = (own: iam.IRole, other: iam.IRole) => ToolAccess | undefined;

function leftToOthers(access: Access, calls: boolean, props: Partial<ToolGatewayProps> = {}, managedElsewhere = false): string[] {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: GatewayInbound.iam(), ...props }));
  const calendar = gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() });
  const [own, other] = ['Own', 'Other'].map((name) => new iam.Role(stack, name, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  const said = access(own, other);
  if (said !== undefined) {
    calendar.everyTool(REASON).requires(said);
  }
  if (calls) {
    const host = managedElsewhere ? AgentHost.roleManagedElsewhere(own, REASON) : AgentHost.role(own);
    const tools = ['Calendar___list_events', 'Calendar___delete_event'];
    new Agent(stack, 'Agent', { owner: OWNER, host }).may(Capability.callTools(gateway, { tools, authority: ToolCallAuthority.agentRole(), ...REASON }));
  }
  return JSON.parse(AccessReport.of(app).toJson()).gateways[0].leftToOthers ?? [];
}

test.each<[string, Access, boolean, string[]]>([
  ['the agents that declare the tools', () => undefined, true, []],
  ['the role of such an agent', (own) => ToolAccess.iamRole(own), true, []],
  ['that role, and everybody with it', (own) => ToolAccess.allOf(ToolAccess.iamRole(own), ToolAccess.everyCaller(REASON)), true, []],
  ['that role and another one', (own, other) => ToolAccess.anyOf(ToolAccess.iamRole(own), ToolAccess.iamRole(other)), true, [SOME]],
  ['everybody', () => ToolAccess.everyCaller(REASON), true, [SOME]],
  ['a role of no agent that declares the tools', (own) => ToolAccess.iamRole(own), false, [ALL]],
  ['everybody, and no agent declares the tools', () => ToolAccess.everyCaller(REASON), false, [ALL]],
  ['nobody', () => ToolAccess.nobody(), false, []],
])('the rules permit %s', (_what, access, calls, expected) => {
  expect(leftToOthers(access, calls)).toEqual(expected);
});

test('a gateway that only logs lets in whoever may invoke it', () => expect(leftToOthers(() => undefined, true, { enforcement: PolicyEnforcement.logOnly(REASON) })).toEqual([SOME]));
test('a role that is managed elsewhere gets nothing here', () => expect(leftToOthers((own) => ToolAccess.iamRole(own), true, {}, true)).toEqual([ALL]));
test('callers with a token are nobody to IAM', () => expect(leftToOthers(() => ToolAccess.everyCaller(REASON), false, gatewayProps())).toEqual([]));
