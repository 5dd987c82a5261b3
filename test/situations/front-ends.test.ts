import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, role, stackIn } from './story';
import {
  AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentProps, Capability, FrontEnd, FrontEndOptions, GoogleScope, TrustedFrontEndOptions, TrustedUserIds,
} from '../../src';
import { expectRefusal, lateCodes, refusalOf } from '../errors/refusal';
import { deploy } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* What invokes an agent on a runtime with AWS credentials, and for whom. */
const owner = AgentOwner.team('team', 'team@example.com');
const COGNITO = TrustedUserIds.withPrefix('cognito+');
const TRUSTED = { userIds: COGNITO, enforcedByApplication: 'The portal takes the id from the token that Cognito signed', ...REASON };
const RUNTIME_ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/calendar-a1B2c3D4e5';

function runtime(stack: Stack, id = 'Runtime'): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, id, {
    agentRuntimeName: id.toLowerCase(),
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111111111111:role/execution',
  });
}

function agentOn(stack: Stack, on: agentcore.IRuntimeRef, props: Partial<AgentProps> = {}): Agent {
  return new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(on, { role: role(stack, 'execution') }), returnUrls: RETURN_URLS, ...props });
}

const calendars = (stack: Stack, userIds = COGNITO) => Capability.actAsTrustedUserId(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], userIds, ...REASON });
const portal = (stack: Stack, options: Partial<TrustedFrontEndOptions> = {}) => FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role(stack, 'portal')), { ...TRUSTED, ...options });
const monitor = (stack: Stack, options: Partial<FrontEndOptions> = {}) => FrontEnd.invoking('Monitor', AgentHost.role(role(stack, 'monitor')), { ...REASON, ...options });

describe('a trusted front end', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = agentOn(stack, runtime(stack));
  agent.may(calendars(stack));
  agent.invokedBy(portal(stack), monitor(stack));
  const account = deploy(app);
  const id = account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].attribute('AgentRuntimeArn', 'test') as string;

  test('may invoke this runtime and its endpoint DEFAULT, and name users; nothing else', () => {
    const Resource = [id, `${id}/runtime-endpoint/DEFAULT`];
    expect(statementsOf(account, 'portal')).toEqual([
      { Sid: 'InvokeAgent', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource },
      { Sid: 'InvokeAgentForUserIds', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntimeForUser', Resource },
    ]);
    expect(statementsOf(account, 'monitor')).toEqual([{ Sid: 'InvokeAgent', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource }]);
  });

  test('AWS mints: no role of the app may', () => {
    expect(JSON.stringify(statementsOf(account, 'execution'))).toContain('bedrock-agentcore:GetResourceOauth2Token');
    for (const name of ['portal', 'monitor', 'execution']) {
      expect((statementsOf(account, name) as { Effect: string; Action: string | string[] }[]).filter(({ Effect, Action }) => Effect === 'Allow' && [Action].flat().some((action) => action.includes('GetWorkloadAccessToken'))))
        .toEqual([]);
    }
    expect(account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration')).toBeUndefined();
  });

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account)).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });

  test('the report says that nobody but the front end checks the user', () => {
    const markdown = AccessReport.of(app).toMarkdown();
    expect(markdown).toContain('Invoked by Portal: IAM role, role Stack/portal, on endpoint DEFAULT of runtime Stack/Runtime FOR USERS WHOM IT NAMES, `cognito+*`, UNVERIFIED: '
      + '**application** (The portal takes the id from the token that Cognito signed).');
    expect(markdown).toContain('Everybody else: may invoke it as other policies allow, and is denied naming users; nobody may run commands where a front end names users');
    const [entry] = JSON.parse(AccessReport.of(app).toJson()).agents;
    expect(entry.capabilities[0].limits[0]).toEqual({
      limit: 'user ids cognito+*, UNVERIFIED', enforcedBy: 'application', how: 'front end Portal: The portal takes the id from the token that Cognito signed',
    });
    expect(entry.capabilities[0].delegation).toBe('UNVERIFIED user id cognito+* → front end Portal → agent Stack/Agent → provider Stack/google (as the user, who consents)');
    expect(entry.invocation).toMatchObject({ othersDenied: false, attachedHere: true, resourcePolicies: [{ resource: 'runtime Stack/Runtime' }, { resource: 'endpoint DEFAULT of runtime Stack/Runtime' }] });
  });
});

test('plain front ends of the same account need no resource policy', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  agentOn(stack, runtime(stack)).invokedBy(monitor(stack));
  const account = deploy(app);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')).toEqual([]);
  expect(AccessReport.of(app).toMarkdown()).toContain('Everybody else: may invoke it as other policies allow');
});

test('an agent with an identity of its own on a runtime may be invoked, too', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  agentOn(stack, runtime(stack), { identity: AgentIdentity.named('own'), callers: [EMPLOYEES] }).onlyInvokedBy(monitor(stack));
  expect(deploy(app).resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')).toHaveLength(2);
  expect(AccessReport.of(app).toMarkdown()).toContain('Everybody else: denied invoking it, on the runtime and its endpoints; nobody may run commands in it');
});

test('a front end in another stack is named by its role\'s name, so that its stack can refer to the runtime', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const web = stackIn(app, 'Web');
  const agent = agentOn(stack, runtime(stack));
  agent.may(calendars(stack));
  agent.invokedBy(portal(web));
  const assembly = app.synth();
  const text = JSON.stringify(assembly.getStackByName('Stack').template);
  expect(text).toContain(':role/portal');
  expect(text).not.toContain('Fn::GetStackOutput');
  expect(JSON.stringify(assembly.getStackByName('Web').template)).toContain('Fn::GetStackOutput');
  expect(JSON.stringify(assembly.getStackByName('Stack').template)).not.toContain('"Export"');
});

describe('an imported runtime', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const imported = agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Runtime', {
    agentRuntimeArn: RUNTIME_ARN, agentRuntimeId: 'calendar-a1B2c3D4e5', agentRuntimeName: 'calendar', roleArn: 'arn:aws:iam::111111111111:role/execution', agentRuntimeVersion: '1',
  });
  const agent = agentOn(stack, imported);
  agent.may(calendars(stack));
  agent.invokedBy(portal(stack));
  const account = deploy(app);

  test('may be invoked by the front end', () => expect(statementsOf(account, 'portal')).toEqual([
    { Sid: 'InvokeAgent', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`] },
    { Sid: 'InvokeAgentForUserIds', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntimeForUser', Resource: [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`] },
  ]));

  test('gets no policy here, which would replace its owner\'s: the report holds both', () => {
    expect(account.resourcesOfType('AWS::BedrockAgentCore::ResourcePolicy')).toEqual([]);
    const notices = JSON.parse(AccessReport.of(app).toJson()).agents[0].leftToOthers.filter((notice: string) => notice.includes('PutResourcePolicy'));
    expect(notices).toHaveLength(2);
    expect(JSON.parse(notices[1].slice(notices[1].indexOf('{'))).Statement.slice(-2)).toEqual([{
      Sid: 'NobodyElseNamesUsers',
      Effect: 'Deny',
      Principal: '*',
      Action: ['bedrock-agentcore:InvokeAgentRuntimeForUser', 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser'],
      Resource: `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': '(ARN of role Stack/portal)' } },
    }, {
      Sid: 'NobodyRunsCommands',
      Effect: 'Deny',
      Principal: '*',
      Action: ['bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell'],
      Resource: `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`,
    }]);
    expect(AccessReport.of(app).toMarkdown()).toContain('NOT ATTACHED HERE');
  });
});

describe('what cannot be', () => {
  const codes = (declare: (stack: Stack, app: App) => void): string[] => {
    const app = new App();
    declare(stackIn(app, 'Stack'), app);
    return lateCodes(app).map((code) => code.replace(' at Stack/Agent', ''));
  };

  test.each<[string, (stack: Stack, app: App) => void, string[]]>([
    ['a host that nothing invokes', (stack) => new Agent(stack, 'Agent', { owner, host: AgentHost.role(role(stack, 'worker')) }).invokedBy(monitor(stack)), ['FrontEnd/NoRuntime']],
    ['a runtime that checks tokens', (stack) => agentOn(stack, runtime(stack), { callers: [EMPLOYEES] }).invokedBy(monitor(stack)), ['FrontEnd/JwtRuntime']],
    ['naming users at a runtime that checks tokens', (stack) => {
      const agent = agentOn(stack, runtime(stack), { callers: [EMPLOYEES] });
      agent.may(calendars(stack));
      agent.invokedBy(portal(stack));
    }, ['Agent/RuntimeUserId', 'FrontEnd/JwtRuntime']],
    ['user ids that nobody names', (stack) => {
      const agent = agentOn(stack, runtime(stack));
      agent.may(calendars(stack));
      agent.invokedBy(monitor(stack));
    }, ['Agent/CallersMissing', 'Agent/RuntimeUserId']],
    ['users for an agent that mints by itself', (stack) => agentOn(stack, runtime(stack), { identity: AgentIdentity.named('own') }).invokedBy(portal(stack)), ['FrontEnd/OwnIdentity']],
    ['ids of another issuer than the capability\'s', (stack) => {
      const agent = agentOn(stack, runtime(stack));
      agent.may(calendars(stack));
      agent.invokedBy(portal(stack, { userIds: TrustedUserIds.withPrefix('okta+') }));
    }, ['FrontEnd/UserIdsDiffer']],
    ['a wider prefix than the capability\'s single ids', (stack) => {
      const agent = agentOn(stack, runtime(stack));
      agent.may(calendars(stack, TrustedUserIds.of(['cognito+4f1c'])));
      agent.invokedBy(portal(stack));
    }, ['FrontEnd/UserIdsDiffer']],
    ['the agent\'s own role', (stack) => {
      const own = role(stack, 'execution');
      new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(runtime(stack), { role: own }) }).invokedBy(FrontEnd.invoking('Self', AgentHost.role(own), REASON));
    }, ['FrontEnd/OwnRole']],
    ['two front ends in one role', (stack) => {
      const shared = role(stack, 'shared');
      agentOn(stack, runtime(stack)).invokedBy(FrontEnd.invoking('A', AgentHost.role(shared), REASON), FrontEnd.invoking('B', AgentHost.role(shared), REASON));
    }, ['FrontEnd/RoleTwice', 'FrontEnd/RoleTwice']],
    ['a role of another account that is to get a policy here', (stack) => agentOn(stack, runtime(stack))
      .invokedBy(FrontEnd.invoking('Partner', AgentHost.role(iam.Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner')), REASON)), ['FrontEnd/OtherAccount']],
    ['a role of another stack without a name', (stack, app) => {
      const nameless = new iam.Role(stackIn(app, 'Web', { env: ENV }), 'Nameless', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      agentOn(stack, runtime(stack)).onlyInvokedBy(FrontEnd.invoking('Portal', AgentHost.role(nameless), REASON));
    }, ['FrontEnd/RoleName']],
    ['an endpoint of another runtime', (stack) => agentOn(stack, runtime(stack)).invokedBy(monitor(stack, {
      endpoints: [new agentcore.CfnRuntimeEndpoint(stack, 'Live', { agentRuntimeId: runtime(stack, 'Other').attrAgentRuntimeId, name: 'live' })],
    })), ['FrontEnd/Endpoints']],
  ])('%s', (_situation, declare, expected) => expect(codes(declare)).toEqual(expected));

  test.each<[string, (stack: Stack) => unknown, string[]]>([
    ['no front end', (stack) => agentOn(stack, runtime(stack)).invokedBy(), ['Agent/FrontEnd']],
    ['something else', (stack) => agentOn(stack, runtime(stack)).invokedBy(role(stack, 'portal') as any), ['Agent/FrontEnd']],
    ['a name twice', (stack) => agentOn(stack, runtime(stack)).onlyInvokedBy(monitor(stack), FrontEnd.invoking('Monitor', AgentHost.role(role(stack, 'other')), REASON)), ['Agent/FrontEnd']],
    ['nothing that it needs', () => FrontEnd.invoking('' as any, undefined as any, undefined as any), ['FrontEnd/Name', 'FrontEnd/Host', 'FrontEnd/Reason']],
    ['no user ids, and no word on who checks them', (stack) => FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role(stack, 'portal')), REASON as any), ['FrontEnd/UserIds', 'FrontEnd/EnforcedByApplication']],
    ['an unknown field', (stack) => monitor(stack, { websocket: true } as any), ['FrontEnd/UnknownField']],
    ['endpoints that are none', (stack) => monitor(stack, { endpoints: ['DEFAULT'] as any }), ['FrontEnd/Endpoints']],
    ['an empty list of endpoints', (stack) => monitor(stack, { endpoints: [] }), ['FrontEnd/Endpoints']],
    ['WebSocket as a text', (stack) => monitor(stack, { webSocket: 'false' as any }), ['FrontEnd/WebSocket']],
  ])('%s', (_situation, declare, expected) => expect(refusalOf(() => declare(stackIn(new App(), 'Stack'))).codes).toEqual(expected));

  test('anything after synthesis', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const agent = agentOn(stack, runtime(stack));
    app.synth();
    expectRefusal(() => agent.invokedBy(monitor(stack)), { code: 'Agent/TooLate', what: 'invokedBy() comes after', fix: 'Declare it before', path: 'Stack/Agent' });
  });
});
