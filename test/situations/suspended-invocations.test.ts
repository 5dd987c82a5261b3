import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, REASON, RETURN_URLS, google, role, stackIn } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, AgentProps, Capability, FrontEnd, GoogleScope, Users } from '../../src';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* A suspended agent sets no other agent to work. Who sets it to work itself is not cut off, and the report says so. */
const WHY = { reason: 'Incident 4711: prompt injection through invitations' };
const RUNTIME_ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/researcher-a1B2c3D4e5';
const RUNTIME = [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`];
const ON_ALL = {
  Sid: 'DenySuspendedAgentInvocations',
  Effect: 'Deny',
  Action: [
    'bedrock-agentcore:InvokeAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream',
    'bedrock-agentcore:InvokeAgentRuntimeForUser', 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
    'bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell',
  ],
  Resource: '*',
};

function agentIn(stack: Stack, name: string, props: Partial<AgentProps> = {}): Agent {
  return new Agent(stack, name, {
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named(name),
    ...props,
    ...(props.host === undefined ? { host: AgentHost.role(role(stack, `${name}-role`)) } : {}),
  });
}

function imported(stack: Stack, id = 'Runtime'): agentcore.IRuntimeRef {
  return agentcore.Runtime.fromAgentRuntimeAttributes(stack, id, {
    agentRuntimeArn: RUNTIME_ARN,
    agentRuntimeId: 'researcher-a1B2c3D4e5',
    agentRuntimeName: 'researcher',
    roleArn: 'arn:aws:iam::111111111111:role/execution',
    agentRuntimeVersion: '1',
  });
}

const leftToOthers = (app: App, path: string): string[] => JSON.parse(AccessReport.of(app).toJson()).agents
  .find((agent: { path: string }) => agent.path === path).leftToOthers;
const notCutOff = (app: App, path: string) => leftToOthers(app, path).filter((notice) => notice.startsWith('NOT CUT OFF'));

/** A planner whose role invokes a researcher on a runtime, beside a bystander that invokes it, too. */
function chain() {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const planner = agentIn(stack, 'planner');
  const bystander = agentIn(stack, 'bystander');
  const researcher = agentIn(stack, 'researcher', { host: AgentHost.agentRuntime(imported(stack), { role: role(stack, 'researcher-role') }) });
  researcher.invokedBy(...[planner, bystander].map((agent) => FrontEnd.invoking(agent.node.id, AgentHost.role(agent.parts[0].host.iamRole), REASON)));
  const invoke = (principal: string) => ({ principal, action: 'bedrock-agentcore:InvokeAgentRuntime', resources: RUNTIME });
  return { app, planner, researcher, invoke };
}

describe('an agent whose role is the front end of another', () => {
  test('invokes it while nobody is suspended, and nothing is denied', async () => {
    const { app, invoke } = chain();
    const account = deploy(app);
    expect(await decide(account, invoke('planner-role'))).toBe('Allowed');
    expect(JSON.stringify(statementsOf(account, 'planner-role'))).not.toContain('DenySuspended');
    expect(notCutOff(app, 'Stack/planner')).toEqual([]);
  });

  test('no longer does once it is suspended, and others go on', async () => {
    const { app, planner, invoke } = chain();
    planner.suspend(WHY);
    const account = deploy(app);
    expect(await decide(account, invoke('planner-role'))).toBe('ExplicitlyDenied');
    expect(await decide(account, invoke('bystander-role'))).toBe('Allowed');
    expect(statementsOf(account, 'planner-role')).toContainEqual(ON_ALL);
    expect(JSON.stringify(statementsOf(account, 'bystander-role'))).not.toContain('DenySuspended');
    // Neither a runtime nor a role that is shared.
    expect(notCutOff(app, 'Stack/planner')).toEqual([]);
  });

  test('goes on where a return page shares the role, which the report says', async () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const page = role(stack, 'page');
    const parts = [AgentPart.sharedReturnPage('Page', AgentHost.role(page), REASON)];
    const [first] = ['first', 'second'].map((name) => {
      const agent = agentIn(stack, name, { parts, callers: [EMPLOYEES], returnUrls: RETURN_URLS });
      agent.may(Capability.actAsUser(google(stack, `google-${name}`), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
      return agent;
    });
    agentIn(stack, 'researcher', { host: AgentHost.agentRuntime(imported(stack), { role: role(stack, 'researcher-role') }) })
      .invokedBy(FrontEnd.invoking('Page', AgentHost.role(page), REASON));
    first.suspend(WHY);
    expect(await decide(deploy(app), { principal: 'page', action: 'bedrock-agentcore:InvokeAgentRuntime', resources: RUNTIME })).toBe('Allowed');
    expect(notCutOff(app, 'Stack/first')).toEqual(['NOT CUT OFF from agent Stack/researcher: role Stack/page is a front end of it, and other agents share the role. Give each its own.']);
    expect(notCutOff(app, 'Stack/second')).toEqual([]);
  });
});

describe('a suspended agent on a runtime can still be invoked', () => {
  test('by its front ends, which the report names', async () => {
    const { app, researcher, invoke } = chain();
    researcher.suspend(WHY);
    expect(await decide(deploy(app), invoke('planner-role'))).toBe('Allowed');
    expect(notCutOff(app, 'Stack/researcher')).toEqual([
      'NOT CUT OFF from its callers: whoever may invoke, or run commands in, runtime Stack/Runtime, such as front end bystander and planner, still sets the suspended agent to work, which gets no tokens then. '
      + 'Take the right to invoke it away from them.',
    ]);
  });

  test('by whoever else may', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentIn(stack, 'alone', { host: AgentHost.agentRuntime(imported(stack), { role: new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com') }) }) }).suspend(WHY);
    app.synth();
    expect(notCutOff(app, 'Stack/alone')).toEqual([
      'NOT CUT OFF from its callers: whoever may invoke, or run commands in, runtime Stack/Runtime still sets the suspended agent to work, which gets no tokens then. Take the right to invoke it away from them.',
    ]);
  });

  test('not said of an agent elsewhere', () => {
    const app = new App();
    agentIn(stackIn(app, 'Stack'), 'function').suspend(WHY);
    app.synth();
    expect(notCutOff(app, 'Stack/function')).toEqual([]);
  });
});
