import { App, aws_iam as iam } from 'aws-cdk-lib';
import { calendarFunction, gatewayProps, ISSUER, OWNER, REASON, stackIn, TOOLS } from './every-target';
import {
  Agent, AgentHost, Capability, ClaimShape, GatewayInbound, GatewayTarget, InboundClaim, TargetCredentials, TokenIssuer, ToolAccess, ToolCallAuthority, ToolGateway,
  Users,
} from '../../src';
import { lateCodes } from '../errors/refusal';

/*
 * An agent hands users' tokens on. The gateway holds the agent's limit if it lets nobody through whom the limit leaves out: a list that
 * holds a value may hold others, so it is no claim with this one value, and a claim with one value is no list.
 */
function refusals(users: Users, claims: InboundClaim[] | undefined, access: ToolAccess): string[] {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'], claims }) }));
  gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() })
    .everyTool(REASON).requires(access);
  new Agent(stack, 'Agent', {
    owner: OWNER,
    host: AgentHost.role(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
    callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['gateway'] })],
  }).may(Capability.callTools(gateway, { tools: ['Calendar___list_events'], authority: ToolCallAuthority.userToken({ users }), ...REASON }));
  return lateCodes(app).map((each) => each.split(' at ')[0]);
}

const isSales = Users.withClaim('department', 'sales');
const hasSales = Users.inGroup('sales');
const hasAny = Users.withClaimContainingAny('groups', ['sales', 'support']);
const [HELD, OPEN] = [[], ['Capability/UsersNotEnforced']];

test.each<[string, Users, InboundClaim, string[]]>([
  ['one value, the same', isSales, InboundClaim.hasValue('department', 'sales'), HELD],
  ['one value, another', isSales, InboundClaim.hasValue('department', 'sales-eu'), OPEN],
  ['one value, of another claim', isSales, InboundClaim.hasValue('departments', 'sales'), OPEN],
  ['a list with the value, where it has to be the only one', isSales, InboundClaim.contains('department', 'sales'), OPEN],
  ['a list with any of one value, where it has to be the only one', isSales, InboundClaim.containsAny('department', ['sales']), OPEN],
  ['a list with the value', hasSales, InboundClaim.contains('groups', 'sales'), HELD],
  ['a list with any of this one value', hasSales, InboundClaim.containsAny('groups', ['sales']), HELD],
  ['a list with it or another', hasSales, InboundClaim.containsAny('groups', ['sales', 'support']), OPEN],
  ['one value, where a list is meant', hasSales, InboundClaim.hasValue('groups', 'sales'), OPEN],
  ['a list with one of two', hasAny, InboundClaim.contains('groups', 'support'), HELD],
  ['a list with either of two', hasAny, InboundClaim.containsAny('groups', ['support', 'sales']), HELD],
  ['a list with either or a third', hasAny, InboundClaim.containsAny('groups', ['sales', 'support', 'staff']), OPEN],
])('the way in asks for %s', (_what, users, claim, expected) => {
  expect(refusals(users, [claim], ToolAccess.allScopes('mcp:call'))).toEqual(expected);
});

test.each<[string, Users, ToolAccess, string[]]>([
  ['one value, the same', isSales, ToolAccess.claim('department', 'sales'), HELD],
  ['one value, another', isSales, ToolAccess.claim('department', 'support'), OPEN],
  ['a list with the value, where it has to be the only one', isSales, ToolAccess.group('sales', { claim: 'department' }), OPEN],
  ['values between blanks, where it has to be the only one', isSales, ToolAccess.claim('department', 'sales', { shape: ClaimShape.BLANK_SEPARATED }), OPEN],
  ['the value beside a list', isSales, ToolAccess.allOf(ToolAccess.claim('department', 'sales'), ToolAccess.group('staff')), HELD],
  ['the value or a list with it', isSales, ToolAccess.anyOf(ToolAccess.claim('department', 'sales'), ToolAccess.group('sales', { claim: 'department' })), OPEN],
  ['a list with the value', hasSales, ToolAccess.group('sales'), HELD],
  ['a JSON array with the value', hasSales, ToolAccess.claim('groups', 'sales', { shape: ClaimShape.JSON_ARRAY }), HELD],
  ['one value, where a list is meant', hasSales, ToolAccess.claim('groups', 'sales'), OPEN],
  ['either of two lists', hasAny, ToolAccess.anyOf(ToolAccess.group('sales'), ToolAccess.group('support')), HELD],
])('the tool asks for %s', (_what, users, access, expected) => {
  expect(refusals(users, undefined, access)).toEqual(expected);
});
