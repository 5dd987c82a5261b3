import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, stackIn } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentProps, CallingWorkload, Capability, GoogleScope, Users } from '../../src';
import { expectLateProblems, expectRefusal, lateCodes } from '../errors/refusal';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/* Through which workloads calls may reach an agent on a runtime: a limit of the runtime's authorizer. */
const GATEWAY_ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/sales-a1b2c3d4e5';
const owner = AgentOwner.team('team', 'team@example.com');

function runtime(stack: Stack, id = 'Runtime'): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, id, {
    agentRuntimeName: id.toLowerCase(),
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111111111111:role/execution',
  });
}

function executionRole(stack: Stack, id: string): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com') });
}

function agentOn(stack: Stack, on: agentcore.IRuntimeRef, id = 'Agent', props: Partial<AgentProps> = {}): Agent {
  const role = executionRole(stack, `${id}Execution`);
  if (agentcore.CfnRuntime.isCfnRuntime(on)) {
    on.roleArn = role.roleArn;
  }
  return new Agent(stack, id, { owner, host: AgentHost.agentRuntime(on, { role }), callers: [EMPLOYEES], returnUrls: RETURN_URLS, ...props });
}

function l1Gateway(stack: Stack): agentcore.CfnGateway {
  return new agentcore.CfnGateway(stack, 'Gateway', { name: 'sales', authorizerType: 'AWS_IAM', protocolType: 'MCP', roleArn: 'arn:aws:iam::111111111111:role/gateway' });
}

function importedGateway(stack: Stack): agentcore.IGateway {
  return agentcore.Gateway.fromGatewayAttributes(stack, 'Gateway', {
    gatewayArn: GATEWAY_ARN, gatewayId: 'sales-a1b2c3d4e5', gatewayName: 'sales', role: iam.Role.fromRoleName(stack, 'GatewayRole', 'gateway'),
  });
}

function authorizerIn(app: App): any {
  return deploy(app).resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration');
}

describe('the authorizer of the runtime', () => {
  test.each<[string, (stack: Stack) => CallingWorkload[], (app: App) => unknown]>([
    ['a gateway of another app', (stack) => [CallingWorkload.gateway(importedGateway(stack))], () => ({ HostingEnvironments: [{ Arn: GATEWAY_ARN }] })],
    ['a gateway of the same stack', (stack) => [CallingWorkload.gateway(l1Gateway(stack))], (app) => ({
      HostingEnvironments: [{ Arn: deploy(app).resourcesOfType('AWS::BedrockAgentCore::Gateway')[0].attribute('GatewayArn', 'test') }],
    })],
    ['another agent', (stack) => [CallingWorkload.agent(new Agent(stack, 'Front', {
      owner, identity: AgentIdentity.named('front'), host: AgentHost.role(executionRole(stack, 'FrontRole')),
    }))], () => ({ WorkloadIdentities: ['front'] })],
    ['an identity that is no agent', (stack) => [CallingWorkload.identity(agentcore.WorkloadIdentity.fromWorkloadIdentityAttributes(stack, 'Portal', {
      workloadIdentityName: 'portal', workloadIdentityArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/portal',
    }))], () => ({ WorkloadIdentities: ['portal'] })],
  ])('lets in calls of %s, and no others', (_situation, workloads, expected) => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentOn(stack, runtime(stack)).acceptCallsFrom(...workloads(stack));
    expect(authorizerIn(app)).toEqual({
      CustomJWTAuthorizer: {
        DiscoveryUrl: 'https://acme.okta.com/oauth2/default/.well-known/openid-configuration',
        AllowedAudience: ['api://agents'],
        AllowedWorkloadConfiguration: expected(app),
      },
    });
    expect(templateSchemaErrors(deploy(app))).toEqual([]);
  });

  test('lets in calls of anywhere, where nothing is said', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentOn(stack, runtime(stack));
    expect(authorizerIn(app).CustomJWTAuthorizer).not.toHaveProperty('AllowedWorkloadConfiguration');
  });

  test('adds up what is said in several calls, in an order of its own', () => {
    const templates = [[0, 1], [1, 0]].map((order) => {
      const app = new App();
      const stack = stackIn(app, 'Stack');
      const workloads = [CallingWorkload.gateway(importedGateway(stack)), CallingWorkload.identity(new agentcore.CfnWorkloadIdentity(stack, 'Portal', { name: 'portal' }))];
      const agent = agentOn(stack, runtime(stack));
      order.forEach((index) => agent.acceptCallsFrom(workloads[index]));
      return authorizerIn(app).CustomJWTAuthorizer.AllowedWorkloadConfiguration;
    });
    expect(templates[0]).toEqual({ HostingEnvironments: [{ Arn: GATEWAY_ARN }], WorkloadIdentities: ['portal'] });
    expect(templates[1]).toEqual(templates[0]);
  });

  test('names a gateway of another stack by what that stack tells at deployment, without an export', () => {
    const app = new App();
    const gateways = stackIn(app, 'Gateways');
    const stack = stackIn(app, 'Stack');
    agentOn(stack, runtime(stack)).acceptCallsFrom(CallingWorkload.gateway(l1Gateway(gateways)));
    const assembly = app.synth();
    expect(JSON.stringify(assembly.getStackByName('Stack').template)).toContain('Fn::GetStackOutput');
    expect(JSON.stringify(assembly.getStackByName('Gateways').template)).not.toContain('"Export"');
  });

  test('names the identity of another runtime by its id', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const front = agentOn(stack, runtime(stack, 'Front'), 'FrontAgent');
    agentOn(stack, runtime(stack)).acceptCallsFrom(CallingWorkload.agent(front));
    const template = app.synth().getStackByName('Stack').template;
    expect(template.Resources.Runtime.Properties.AuthorizerConfiguration.CustomJWTAuthorizer.AllowedWorkloadConfiguration)
      .toEqual({ WorkloadIdentities: [{ 'Fn::GetAtt': ['Front', 'AgentRuntimeId'] }] });
  });
});

describe('an imported runtime', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const imported = agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Runtime', {
    agentRuntimeArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/calendar-a1B2c3D4e5',
    agentRuntimeId: 'calendar-a1B2c3D4e5',
    agentRuntimeName: 'calendar',
    roleArn: 'arn:aws:iam::111111111111:role/execution',
    agentRuntimeVersion: '1',
  });
  agentOn(stack, imported).acceptCallsFrom(CallingWorkload.gateway(importedGateway(stack)));

  test('is left to its owner, with the authorizer as the API takes it', () => {
    const [agent] = JSON.parse(AccessReport.of(app).toJson()).agents;
    const [notice] = agent.leftToOthers.filter((each: string) => each.includes('authorizer'));
    expect(JSON.parse(notice.slice(notice.indexOf('{')))).toEqual({
      customJWTAuthorizer: {
        discoveryUrl: 'https://acme.okta.com/oauth2/default/.well-known/openid-configuration',
        allowedAudience: ['api://agents'],
        allowedWorkloadConfiguration: { hostingEnvironments: [{ arn: GATEWAY_ARN }] },
      },
    });
  });
});

describe('the report', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  agentOn(stack, runtime(stack)).acceptCallsFrom(CallingWorkload.gateway(importedGateway(stack)), CallingWorkload.identity(new agentcore.CfnWorkloadIdentity(stack, 'Portal', { name: 'portal' })));
  const markdown = AccessReport.of(app).toMarkdown();

  test('says through what calls reach the agent', () => expect(markdown)
    .toContain(`- Calls reach it only through gateway ${GATEWAY_ARN} or workload identity Stack/Portal`));
  test('says that AWS documents gateways only', () => expect(markdown).toMatch(/calls of workload identity Stack\/Portal arrive: AWS documents calls through gateways only/));
});

describe('what cannot be', () => {
  const inStack = (declare: (stack: Stack) => void): App => {
    const app = new App();
    declare(stackIn(app, 'Stack'));
    return app;
  };

  test('a host without an authorizer', () => {
    expectLateProblems(inStack((stack) => new Agent(stack, 'Agent', { owner, host: AgentHost.role(executionRole(stack, 'Role')), callers: [EMPLOYEES] })
      .acceptCallsFrom(CallingWorkload.gateway(importedGateway(stack)))), {
      code: 'Agent/CallingWorkload',
      what: 'only the JWT authorizer of an AgentCore Runtime can check through which workloads a call came',
      received: `["gateway ${GATEWAY_ARN}"]`,
      fix: 'Remove acceptCallsFrom(), or host the agent on a runtime',
      path: 'Stack/Agent',
    });
  });

  test('a runtime on which the agent has an identity of its own', () => {
    expect(lateCodes(inStack((stack) => agentOn(stack, runtime(stack), 'Agent', { identity: AgentIdentity.named('own') }).acceptCallsFrom(CallingWorkload.gateway(importedGateway(stack))))))
      .toEqual(['Agent/CallingWorkload at Stack/Agent']);
  });

  test('an agent without callers, so without an authorizer', () => {
    expect(lateCodes(inStack((stack) => agentOn(stack, runtime(stack), 'Agent', { callers: [] }).acceptCallsFrom(CallingWorkload.gateway(importedGateway(stack))))))
      .toEqual(['Agent/CallingWorkload at Stack/Agent']);
  });

  test('an identity of another account, whose name means nothing here', () => {
    expectLateProblems(inStack((stack) => {
      const elsewhere = new agentcore.CfnWorkloadIdentity(stackIn(stack.node.root as App, 'Elsewhere', { env: { ...ENV, account: '222222222222' } }), 'Portal', { name: 'portal' });
      agentOn(stack, runtime(stack)).acceptCallsFrom(CallingWorkload.identity(elsewhere));
    }), {
      code: 'Agent/CallingWorkload',
      what: 'workload identity Elsewhere/Portal is in account 222222222222, region eu-west-1',
      received: '"workload identity Elsewhere/Portal"',
      fix: 'Accept calls from workload identities of the runtime\'s own account',
      path: 'Stack/Agent',
    });
  });

  test('eleven gateways', () => {
    const app = inStack((stack) => agentOn(stack, runtime(stack)).acceptCallsFrom(...Array.from({ length: 11 }, (_, index) => CallingWorkload.gateway(
      agentcore.Gateway.fromGatewayAttributes(stack, `Gateway${index}`, {
        gatewayArn: `${GATEWAY_ARN.slice(0, -2)}${10 + index}`, gatewayId: `g${index}`, gatewayName: 'g', role: iam.Role.fromRoleName(stack, `GatewayRole${index}`, 'gateway'),
      })))));
    expectLateProblems(app, {
      code: 'Agent/CallingWorkload', what: 'the agent accepts calls from 11 gateways and 0 workload identities', allowed: '10 of each', fix: 'Let several callers share', path: 'Stack/Agent',
    });
  });

  test.each<[string, (stack: Stack, agent: Agent) => void, string]>([
    ['no workload at all', (_stack, agent) => agent.acceptCallsFrom(), 'Agent/CallingWorkload'],
    ['something else', (_stack, agent) => agent.acceptCallsFrom(GATEWAY_ARN as any), 'Agent/CallingWorkload'],
    ['one twice', (stack, agent) => {
      const gateway = CallingWorkload.gateway(importedGateway(stack));
      agent.acceptCallsFrom(gateway);
      agent.acceptCallsFrom(gateway);
    }, 'Agent/CallingWorkload'],
    ['a gateway that is an ARN', () => CallingWorkload.gateway(GATEWAY_ARN as any), 'CallingWorkload/Gateway'],
    ['a gateway that is nothing', () => CallingWorkload.gateway(undefined as any), 'CallingWorkload/Gateway'],
    ['all gateways', (stack) => CallingWorkload.gateway(agentcore.Gateway.fromGatewayAttributes(stack, 'All', {
      gatewayArn: GATEWAY_ARN.replace('sales-a1b2c3d4e5', '*'), gatewayId: '*', gatewayName: 'g', role: iam.Role.fromRoleName(stack, 'AllRole', 'gateway'),
    })), 'CallingWorkload/Gateway'],
    ['an agent that is a name', () => CallingWorkload.agent('front' as any), 'CallingWorkload/Identity'],
    ['an identity that is nothing', () => CallingWorkload.identity(undefined as any), 'CallingWorkload/Identity'],
  ])('%s', (_situation, declare, code) => {
    const stack = stackIn(new App(), 'Stack');
    expect(() => declare(stack, agentOn(stack, runtime(stack)))).toThrow(`[${code}]`);
  });
});

describe('after synthesis nothing is taken any more', () => {
  test.each<[string, (agent: Agent, stack: Stack) => void]>([
    ['may()', (agent, stack) => agent.may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }))],
    ['acceptCallsFrom()', (agent, stack) => agent.acceptCallsFrom(CallingWorkload.gateway(importedGateway(stack)))],
    ['suspend()', (agent) => agent.suspend(REASON)],
  ])('%s', (call, declare) => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const agent = agentOn(stack, runtime(stack));
    app.synth();
    expectRefusal(() => declare(agent, stack), {
      code: 'Agent/TooLate', what: `${call} comes after the app was synthesized`, fix: 'Declare it before app.synth()', path: 'Stack/Agent',
    });
  });
});
