import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { REASON, RETURN_URLS, role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner, FrontEnd, GatewayCaller, GatewayInbound, ToolGateway, TrustedUserIds } from '../../src';
import { expectLateProblems, expectRefusal, lateCodes } from '../errors/refusal';
import { deploy } from '../simulation/fake-account';

/* AWS takes resource policies of at most 20480 characters. What does not fit is an error at synthesis; what just fits is not. */
const LIMIT = 20_480;
/** The partition in the ARN of the account is known at deployment, and counted with the longest name. */
const PARTITION = 'aws-us-gov'.length - 'aws'.length;
const OWNER = AgentOwner.team('team', 'team@example.com');
const RUNTIME_ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/calendar-a1B2c3D4e5';
const DEPLOYER = 'arn:aws:iam::111111111111:role/deployer';
const TRUSTED = { userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The portal takes the id from the token that Cognito signed', ...REASON };

function agentIn(stack: Stack, runtime: agentcore.IRuntimeRef): Agent {
  return new Agent(stack, 'Agent', { owner: OWNER, host: AgentHost.agentRuntime(runtime, { role: role(stack, 'execution') }), returnUrls: RETURN_URLS });
}

/** ARNs of roles, the last of which is as long as it takes for a policy that names each role so often to have this length. */
function rolesFor(length: number, policy: (roles: string[]) => string): string[] {
  const named = (last: string) => [...Array.from({ length: 142 }, (_, index) => `arn:aws:iam::111111111111:role/front-end-of-the-department-${index}`), `arn:aws:iam::111111111111:role/${last}`];
  const last = Array.from({ length: 800 }, (_, index) => 'path/'.repeat(index).slice(0, index + 1).replace(/.$/, 'x')).find((each) => policy(named(each)).length >= length);
  if (last === undefined) throw new Error('no role is long enough');
  return named(last);
}

/** The policy of the endpoint, which is longer than that of the runtime, by hand. */
const ofEndpoint = (roles: string[]) => {
  const on = (Sid: string, Effect: string, Principal: unknown, actions: string[], Condition?: object) => ({
    Sid, Effect, Principal, Action: actions.length === 1 ? `bedrock-agentcore:${actions[0]}` : actions.map((action) => `bedrock-agentcore:${action}`), Resource: `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`, Condition,
  });
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      on('FrontEndsInvoke', 'Allow', { AWS: 'arn:aws:iam::111111111111:root' }, ['InvokeAgentRuntime'], { ArnEquals: { 'aws:PrincipalArn': roles } }),
      on('NobodyNamesUsers', 'Deny', '*', ['InvokeAgentRuntimeForUser', 'InvokeAgentRuntimeWithWebSocketStreamForUser']),
      on('NobodyElseInvokes', 'Deny', '*', ['InvokeAgentRuntime', 'InvokeAgentRuntimeWithWebSocketStream'], { ArnNotEquals: { 'aws:PrincipalArn': roles } }),
      on('NobodyRunsCommands', 'Deny', '*', ['InvokeAgentRuntimeCommand', 'InvokeAgentRuntimeCommandShell']),
    ],
  });
};

describe('the policy of a runtime', () => {
  const appFor = (roles: string[]): App => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const runtime = agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Runtime', {
      agentRuntimeArn: RUNTIME_ARN, agentRuntimeId: 'calendar-a1B2c3D4e5', agentRuntimeName: 'calendar', roleArn: 'arn:aws:iam::111111111111:role/execution', agentRuntimeVersion: '1',
    });
    agentIn(stack, runtime).onlyInvokedBy(...roles.map((arn, index) => FrontEnd.invoking(`F${String(index).padStart(3, '0')}`, AgentHost.role(iam.Role.fromRoleArn(stack, `R${index}`, arn)), REASON)));
    return app;
  };

  test('just fits', () => {
    const roles = rolesFor(LIMIT - PARTITION - 1, ofEndpoint);
    expect(ofEndpoint(roles).length + PARTITION).toBeLessThanOrEqual(LIMIT);
    expect(lateCodes(appFor(roles))).toEqual([]);
  });

  test('just does not', () => {
    const roles = rolesFor(LIMIT - PARTITION + 1, ofEndpoint);
    const length = ofEndpoint(roles).length + PARTITION;
    expect(length - LIMIT).toBeLessThanOrEqual(2);
    expectLateProblems(appFor(roles), {
      code: 'FrontEnd/PolicyTooLarge',
      what: `the resource policy of endpoint DEFAULT of runtime ${RUNTIME_ARN}, which names the roles of the front ends, is too long`,
      received: String(length),
      allowed: '20480 characters (AWS\'s limit)',
      fix: 'Name fewer front ends',
      path: 'Stack/Agent',
    });
  });
});

describe('a runtime of the app, whose ARN and whose front ends\' roles only deployment knows', () => {
  const appFor = (count: number, trusted: boolean): App => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
      agentRuntimeName: 'calendar',
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
      networkConfiguration: { networkMode: 'PUBLIC' },
      roleArn: 'arn:aws:iam::111111111111:role/execution',
    });
    agentIn(stack, runtime).onlyInvokedBy(...Array.from({ length: count }, (_, index) => {
      const host = AgentHost.role(new iam.Role(stack, `FrontEnd${index}`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
      return trusted ? FrontEnd.invokingForTrustedUserIds(`F${index}`, host, TRUSTED) : FrontEnd.invoking(`F${index}`, host, REASON);
    }));
    return app;
  };

  test.each<[string, number, boolean]>([['plain', 96, false], ['that name users', 46, true]])('has room for so many front ends, %s: %i', (_which, count, trusted) => {
    const lengths = deploy(appFor(count, trusted)).resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy').map((policy) => String(policy.property('Policy')).length);
    expect(lengths).toHaveLength(2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(LIMIT);
  });

  test.each<[string, number, boolean]>([['plain', 104, false], ['that name users', 54, true]])('and for so many not, %s: %i', (_which, count, trusted) =>
    expect([...new Set(lateCodes(appFor(count, trusted)))]).toEqual(['FrontEnd/PolicyTooLarge at Stack/Agent']));
});

describe('the policy of a gateway', () => {
  const gatewayIn = (stack: Stack) => new ToolGateway(stack, 'Gateway', { owner: OWNER, gatewayName: 'tools', inbound: GatewayInbound.iam() });
  const restrict = (roles: string[]) => {
    const stack = stackIn(new App(), 'Stack');
    gatewayIn(stack).restrictCallers({
      callers: roles.map((arn, index) => GatewayCaller.role(iam.Role.fromRoleArn(stack, `R${index}`, arn))), deployedBy: iam.Role.fromRoleArn(stack, 'Deployer', DEPLOYER),
    });
  };
  /** By hand. The gateway's ARN is known at deployment, and counted as 150 characters. */
  const ofGateway = (roles: string[]) => JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'NamedRolesInvoke', Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::111111111111:root'] }, Action: 'bedrock-agentcore:InvokeGateway', Resource: 'x'.repeat(150), Condition: { ArnEquals: { 'aws:PrincipalArn': roles } } },
      { Sid: 'NobodyElseInvokes', Effect: 'Deny', Principal: '*', Action: 'bedrock-agentcore:InvokeGateway', Resource: 'x'.repeat(150), Condition: { ArnNotEquals: { 'aws:PrincipalArn': [...roles, DEPLOYER] } } },
    ],
  });

  test('just fits', () => expect(() => restrict(rolesFor(LIMIT - PARTITION - 1, ofGateway))).not.toThrow());

  test('just does not', () => {
    const roles = rolesFor(LIMIT - PARTITION + 1, ofGateway);
    expectRefusal(() => restrict(roles), {
      code: 'GatewayCaller/PolicyTooLarge',
      what: 'the resource policy of the gateway is too long',
      received: String(ofGateway(roles).length + PARTITION),
      allowed: '20480 characters (AWS\'s limit)',
      fix: 'Name fewer callers, or their organization.',
      path: 'Stack/Gateway',
    });
  });
});
