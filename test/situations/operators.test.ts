import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, REASON, RETURN_URLS, role, stackIn } from './story';
import { AccessReport, Agent, AgentHost, AgentOwner, AgentPart, AgentProps, FrontEnd, Operator, OperatorOptions, TrustedUserIds } from '../../src';
import { Change } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import type { AccessModel, AgentAccess } from '../../src/review/access-model';
import { expectLateProblems, expectRefusal, lateCodes, refusalOf } from '../errors/refusal';
import { deploy } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* Who may run commands in a runtime in which everybody else is denied that. What they may is judged in test/decisions/operators. */
const owner = AgentOwner.team('team', 'team@example.com');
const WHY = { reason: 'Looks into a hanging session at night' };
const SUSPENDED = { reason: 'Incident 4711: prompt injection through invitations' };
const COMMANDS = ['bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell'];
const TRUSTED = { userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The portal takes the id from the token that Cognito signed', ...REASON };
const RUNTIME_ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/calendar-a1B2c3D4e5';

function runtime(stack: Stack, id = 'Runtime'): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, id, {
    agentRuntimeName: id.toLowerCase(),
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111111111111:role/execution',
  });
}

const imported = (stack: Stack) => agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Runtime', {
  agentRuntimeArn: RUNTIME_ARN, agentRuntimeId: 'calendar-a1B2c3D4e5', agentRuntimeName: 'calendar', roleArn: 'arn:aws:iam::111111111111:role/execution', agentRuntimeVersion: '1',
});

function agentOn(stack: Stack, on: agentcore.IRuntimeRef, props: Partial<AgentProps> = {}): Agent {
  return new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(on, { role: role(stack, 'execution') }), returnUrls: RETURN_URLS, ...props });
}

const clerk = (stack: Stack) => FrontEnd.invoking('Clerk', AgentHost.role(role(stack, 'clerk')), REASON);
const oncall = (stack: Stack, options: Partial<OperatorOptions> = {}) => Operator.runningCommands('Oncall', AgentHost.role(role(stack, 'oncall')), { ...WHY, ...options });

/** An agent that only its clerk invokes, and what else is declared of it. */
function closed(declare: (agent: Agent, stack: Stack) => void, on: (stack: Stack) => agentcore.IRuntimeRef = runtime): App {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = agentOn(stack, on(stack));
  agent.onlyInvokedBy(clerk(stack));
  declare(agent, stack);
  return app;
}

const operated = (on?: (stack: Stack) => agentcore.IRuntimeRef) => closed((agent, stack) => agent.commandsRunBy(oncall(stack)), on);
const modelOf = (app: App) => JSON.parse(AccessReport.of(app).toJson()) as AccessModel;
const agentOf = (app: App): AgentAccess => modelOf(app).agents[0];
const policies = (app: App) => deploy(app).resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy').map((policy) => JSON.parse(String(policy.property('Policy'))).Statement as Record<string, any>[]);
const aboutCommands = (statements: Record<string, any>[]) => statements.filter(({ Action }) => [Action].flat().includes(COMMANDS[0]))
  .map(({ Resource: _resource, ...statement }) => statement);

describe('an operator of a closed runtime', () => {
  const app = operated();
  const account = deploy(app);
  const id = account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].attribute('AgentRuntimeArn', 'test') as string;

  test('may run commands there, and nothing else', () => {
    expect(statementsOf(account, 'oncall')).toEqual([{ Sid: 'RunCommands', Effect: 'Allow', Action: COMMANDS, Resource: [id, `${id}/runtime-endpoint/DEFAULT`] }]);
  });

  test('is spared by the policies of the runtime and its endpoint', () => {
    const PrincipalArn = { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/oncall' };
    const all = policies(app);
    expect(all).toHaveLength(2);
    all.forEach((statements) => expect(aboutCommands(statements)).toEqual([
      { Sid: 'OperatorsRunCommands', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: COMMANDS, Condition: { ArnEquals: PrincipalArn } },
      { Sid: 'NobodyElseRunsCommands', Effect: 'Deny', Principal: '*', Action: COMMANDS, Condition: { ArnNotEquals: PrincipalArn } },
    ]));
  });

  test('stands in the report, loudly', () => {
    const markdown = AccessReport.of(app).toMarkdown();
    expect(markdown).toContain('- COMMANDS run by operator Oncall, WITH THE CREDENTIALS OF THE AGENT\'S ROLE: IAM role, role Stack/oncall, on endpoint DEFAULT of runtime Stack/Runtime. Looks into a hanging session at night');
    expect(markdown).toContain('denied invoking it, on the runtime and its endpoints; nobody but operators may run commands in it');
    expect(markdown).toContain('<details><summary>IAM of operator Oncall: 1 statements</summary>');
    expect(agentOf(app).operators).toEqual([expect.objectContaining({
      name: 'Oncall', host: 'IAM role', role: 'Stack/oncall', endpoints: ['endpoint DEFAULT of runtime Stack/Runtime'], reason: WHY.reason, attachedHere: true,
    })]);
    const html = AccessReport.of(app).toHtml();
    expect(html).toContain('operator Oncall, who runs commands');
    expect(html).toContain(WHY.reason);
  });

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account)).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });
});

test('without operators nobody runs commands, as before', () => {
  policies(closed(() => undefined)).forEach((statements) => expect(aboutCommands(statements)).toEqual([{ Sid: 'NobodyRunsCommands', Effect: 'Deny', Principal: '*', Action: COMMANDS }]));
  expect(agentOf(closed(() => undefined)).operators).toBeUndefined();
});

describe('while the agent is suspended', () => {
  const app = closed((agent, stack) => {
    agent.commandsRunBy(oncall(stack));
    agent.suspend(SUSPENDED);
  });

  test('nobody runs commands, and the operator has no right', () => {
    policies(app).forEach((statements) => expect(aboutCommands(statements)).toEqual([{ Sid: 'NobodyRunsCommands', Effect: 'Deny', Principal: '*', Action: COMMANDS }]));
    expect(statementsOf(deploy(app), 'oncall')).toEqual([]);
  });

  test('the report says so', () => {
    expect(AccessReport.of(app).toMarkdown()).toContain('- COMMANDS run by operator Oncall, WITH THE CREDENTIALS OF THE AGENT\'S ROLE: IAM role, role Stack/oncall, but not while the agent is suspended. ');
    expect(AccessReport.of(app).toMarkdown()).toContain('; nobody may run commands in it');
    expect(agentOf(app).operators).toMatchObject([{ name: 'Oncall', endpoints: [], statements: [] }]);
    expect(agentOf(app).leftToOthers.filter((notice) => notice.includes('or run commands in'))).toEqual([]);
  });
});

test('an agent that is suspended runs no commands in another', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const researcher = agentOn(stack, runtime(stack));
  const fixer = new Agent(stack, 'Fixer', { owner, host: AgentHost.role(role(stack, 'fixer')) });
  researcher.onlyInvokedBy(clerk(stack));
  researcher.commandsRunBy(Operator.runningCommands('Fixer', AgentHost.role(fixer.parts[0].host.iamRole), WHY));
  fixer.suspend(SUSPENDED);
  expect(statementsOf(deploy(app), 'fixer')).toContainEqual(expect.objectContaining({ Sid: 'DenySuspendedAgentInvocations', Effect: 'Deny', Action: expect.arrayContaining(COMMANDS), Resource: '*' }));
});

test('of an imported runtime, the report holds the policies for its owner, and the operator gets the right here', () => {
  const app = operated(imported);
  const account = deploy(app);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')).toEqual([]);
  expect(statementsOf(account, 'oncall')).toEqual([{ Sid: 'RunCommands', Effect: 'Allow', Action: COMMANDS, Resource: [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`] }]);
  const notices = agentOf(app).leftToOthers.filter((notice) => notice.includes('PutResourcePolicy'));
  expect(notices).toHaveLength(2);
  notices.forEach((notice) => expect(aboutCommands(JSON.parse(notice.slice(notice.indexOf('{'))).Statement).map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
    ['OperatorsRunCommands', { ArnEquals: { 'aws:PrincipalArn': '(ARN of role Stack/oncall)' } }],
    ['NobodyElseRunsCommands', { ArnNotEquals: { 'aws:PrincipalArn': '(ARN of role Stack/oncall)' } }],
  ]));
});

test('an operator of another account is let in here, and its owner attaches the policy that the report holds', () => {
  const app = closed((agent, stack) => agent.commandsRunBy(Operator.runningCommands('Partner',
    AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner'), { reason: 'The partner owns the role' }), WHY)));
  policies(app).forEach((statements) => expect(aboutCommands(statements)[0]).toMatchObject({
    Sid: 'OperatorsRunCommands', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/partner' } },
  }));
  expect(agentOf(app).operators).toMatchObject([{ attachedHere: false, requiredPolicy: { Statement: [{ Sid: 'RunCommands', Action: COMMANDS }] } }]);
  expect(agentOf(app).leftToOthers).toContain('The owner of role arn:aws:iam::222222222222:role/partner attaches the policy of operator Partner to it.');
  expect(AccessReport.of(app).toMarkdown()).toContain('role arn:aws:iam::222222222222:role/partner, whose policy is NOT ATTACHED HERE, on endpoint DEFAULT');
});

test('where a front end names users, operators are spared as well', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = agentOn(stack, runtime(stack));
  agent.invokedBy(FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role(stack, 'portal')), TRUSTED));
  agent.commandsRunBy(oncall(stack));
  policies(app).forEach((statements) => expect(aboutCommands(statements).map(({ Sid }) => Sid)).toEqual(['OperatorsRunCommands', 'NobodyElseRunsCommands']));
  expect(AccessReport.of(app).toMarkdown()).toContain('; nobody but operators may run commands where a front end names users');
});

describe('what became of it', () => {
  const told = (before: App, now: App) => compareApps({ model: modelOf(before) }, { model: modelOf(now) }).changes.filter(({ subject }) => subject === 'agent').map(({ kind, what }: Change) => `${kind}: ${what}`);
  const without = () => closed(() => undefined);

  test.each<[string, () => App, () => App, string[]]>([
    ['nothing', operated, operated, []],
    ['an operator more', without, operated, ['widened: operator Oncall may run commands']],
    ['an operator less', operated, without, ['narrowed: operator Oncall may no longer run commands']],
    ['another reason', operated, () => closed((agent, stack) => agent.commandsRunBy(oncall(stack, { reason: 'Repairs what the vendor broke' }))), ['reason-changed: operator Oncall: reason']],
    ['another role', operated, () => closed((agent, stack) => agent.commandsRunBy(Operator.runningCommands('Oncall', AgentHost.role(role(stack, 'other')), WHY))), ['undecided: operator Oncall: role']],
  ])('%s', (_what, before, now, expected) => expect(told(before(), now()).filter((each) => !each.includes('resource policies'))).toEqual(expected));

  test('a suspension takes the right away, and lifting it is resuming', () => {
    const off = () => closed((agent, stack) => {
      agent.commandsRunBy(oncall(stack));
      agent.suspend(SUSPENDED);
    });
    expect(told(operated(), off())).toEqual(expect.arrayContaining(['suspended: agent', 'narrowed: operator Oncall: endpoint removed']));
    expect(told(off(), operated())).toEqual(expect.arrayContaining(['resumed: agent', 'widened: operator Oncall: endpoint added']));
  });
});

describe('what cannot be', () => {
  const codes = (declare: (stack: Stack, app: App) => void): string[] => {
    const app = new App();
    declare(stackIn(app, 'Stack'), app);
    return lateCodes(app).map((code) => code.replace(' at Stack/Agent', ''));
  };
  const closedIn = (stack: Stack, props: Partial<AgentProps> = {}) => {
    const agent = agentOn(stack, runtime(stack), props);
    agent.onlyInvokedBy(clerk(stack));
    return agent;
  };

  test.each<[string, (stack: Stack, app: App) => void, string[]]>([
    ['a host in which no commands are run', (stack) => new Agent(stack, 'Agent', { owner, host: AgentHost.role(role(stack, 'worker')) }).commandsRunBy(oncall(stack)), ['Operator/NoRuntime']],
    ['a runtime in which nobody is denied them', (stack) => {
      const agent = agentOn(stack, runtime(stack));
      agent.invokedBy(clerk(stack));
      agent.commandsRunBy(oncall(stack));
    }, ['Operator/NothingDenied']],
    ['a runtime without front ends', (stack) => agentOn(stack, runtime(stack)).commandsRunBy(oncall(stack)), ['Operator/NothingDenied']],
    ['a runtime that checks tokens', (stack) => agentOn(stack, runtime(stack), { callers: [EMPLOYEES] }).commandsRunBy(oncall(stack)), ['Operator/JwtRuntime', 'Operator/NothingDenied']],
    ['a runtime that is not the agent\'s', (stack) => closedIn(stack).commandsRunBy(oncall(stack, { runtime: runtime(stack, 'Other') })), ['Operator/OtherRuntime']],
    ['the role of the agent itself', (stack) => {
      const agent = closedIn(stack);
      agent.commandsRunBy(Operator.runningCommands('Self', AgentHost.role(agent.parts[0].host.iamRole), WHY));
    }, ['Operator/OwnRole']],
    ['the role of another part of the agent', (stack) => {
      const agent = closedIn(stack, { callers: undefined, parts: [AgentPart.vending('Helper', AgentHost.role(role(stack, 'helper')))] });
      agent.commandsRunBy(Operator.runningCommands('Helper', AgentHost.role(agent.parts[1].host.iamRole), WHY));
    }, ['Operator/OwnRole']],
    ['the role of a front end', (stack) => {
      const agent = closedIn(stack);
      agent.commandsRunBy(Operator.runningCommands('Clerk', AgentHost.role(agent.frontEnds[0].host.iamRole), WHY));
    }, ['Operator/FrontEndRole']],
    ['two operators in one role', (stack) => {
      const shared = role(stack, 'shared');
      closedIn(stack).commandsRunBy(Operator.runningCommands('A', AgentHost.role(shared), WHY), Operator.runningCommands('B', AgentHost.role(shared), WHY));
    }, ['Operator/RoleTwice', 'Operator/RoleTwice']],
    ['a role of another account that is to get a policy here', (stack) => closedIn(stack)
      .commandsRunBy(Operator.runningCommands('Partner', AgentHost.role(iam.Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner')), WHY)), ['Operator/OtherAccount']],
    ['a role of another stack without a name', (stack, app) => {
      const nameless = new iam.Role(stackIn(app, 'People'), 'Nameless', { assumedBy: new iam.AccountRootPrincipal() });
      closedIn(stack).commandsRunBy(Operator.runningCommands('Oncall', AgentHost.role(nameless), WHY));
    }, ['Operator/RoleName']],
  ])('%s', (_situation, declare, expected) => expect(codes(declare)).toEqual(expected));

  test('each is told in full', () => expectLateProblems(closed((agent) => agent.commandsRunBy(Operator.runningCommands('Clerk', AgentHost.role(agent.frontEnds[0].host.iamRole), WHY))), {
    code: 'Operator/FrontEndRole',
    what: 'operator Clerk has the role of front end Clerk, which needs no commands, and could go around whom it serves and names',
    received: '"Stack/clerk"',
    fix: 'Give the operator a role of its own.',
    path: 'Stack/Agent',
  }));

  test.each<[string, (stack: Stack) => unknown, string[]]>([
    ['no operator', (stack) => agentOn(stack, runtime(stack)).commandsRunBy(), ['Agent/Operator']],
    ['a role as it is', (stack) => agentOn(stack, runtime(stack)).commandsRunBy(role(stack, 'oncall') as any), ['Agent/Operator']],
    ['a name twice', (stack) => agentOn(stack, runtime(stack)).commandsRunBy(oncall(stack), Operator.runningCommands('Oncall', AgentHost.role(role(stack, 'other')), WHY)), ['Agent/Operator']],
    ['nothing that it needs', () => Operator.runningCommands('' as any, undefined as any, undefined as any), ['Operator/Name', 'Operator/Host', 'Operator/Reason']],
    ['a reason that says nothing', (stack) => oncall(stack, { reason: 'debug' }), ['Operator/Reason']],
    ['an unknown field', (stack) => oncall(stack, { endpoints: [] } as any), ['Operator/UnknownField']],
    ['a runtime that is none', (stack) => oncall(stack, { runtime: 'runtime' as any }), ['Operator/Runtime']],
  ])('%s', (_situation, declare, expected) => expect(refusalOf(() => declare(stackIn(new App(), 'Stack'))).codes).toEqual(expected));

  test('anything after synthesis', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const agent = agentOn(stack, runtime(stack));
    app.synth();
    expectRefusal(() => agent.commandsRunBy(oncall(stack)), { code: 'Agent/TooLate', what: 'commandsRunBy() comes after', fix: 'Declare it before', path: 'Stack/Agent' });
  });
});
