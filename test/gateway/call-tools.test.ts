import { App, aws_iam as iam, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { calendarFunction, crm, ENV, gatewayProps, ISSUER, OWNER, REASON, stackIn, TOOLS } from './every-target';
import {
  AccessReport, Agent, AgentHost, AgentIdentity, AgentPart, Capability, CustomScope, GatewayInbound, GatewayTarget, IToolGateway, PolicyEnforcement,
  TargetCredentials, TokenIssuer, ToolAccess, ToolCallAuthority, ToolGateway, ToolGatewayProps, Users,
} from '../../src';
import { DeployedGateway } from '../cedar/deployed-gateway';
import { lateCodes, lateMessages, refusalOf } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* An agent that calls tools of a gateway: who gets in is IAM's or the authorizer's, which tool is Cedar's. */
const LIST = 'Calendar___list_events';
const DELETE = 'Calendar___delete_event';
const IMPORTED = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/market-a1b2c3d4e5';
const EMPLOYEES = TokenIssuer.oidc({ issuer: ISSUER, audiences: ['gateway'] });
const INVOKE = 'bedrock-agentcore:InvokeGateway';
const arnOf = (role: string) => `arn:aws:sts::111111111111:assumed-role/${role}`;

interface Story { readonly app: App; readonly stack: Stack; readonly home: Stack; readonly gateway: ToolGateway; readonly calendar: ReturnType<ToolGateway['addTarget']> }

/** Expects that synthesis fails for this reason and no other. */
function expectLate(app: App, code: string): void {
  expect([...new Set(lateCodes(app).map((each) => each.split(' at ')[0]))]).toEqual([code]);
}

/** A gateway with a calendar in one stack, and a stack for agents. */
function story(inbound: GatewayInbound, props: Partial<ToolGatewayProps> = {}, home = 'Agents'): Story {
  const app = new App();
  const stack = stackIn(app, 'Tools');
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound, ...props }));
  const calendar = gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() });
  return { app, stack, home: home === 'Tools' ? stack : stackIn(app, home), gateway, calendar };
}

function agentIn(scope: Stack, name: string, props: Partial<ConstructorParameters<typeof Agent>[2]> = {}): Agent {
  const role = new iam.Role(scope, `${name}Role`, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return new Agent(scope, name, { owner: OWNER, identity: AgentIdentity.named(name), ...(props.parts === undefined ? { host: AgentHost.role(role) } : {}), ...props });
}

const byRole = (gateway: IToolGateway, ...tools: string[]) => Capability.callTools(gateway, { tools, authority: ToolCallAuthority.agentRole(), ...REASON });
const ask = (account: FakeAccount, principal: string, gateway: string) => decide(account, { principal, action: INVOKE, resources: [gateway] });

describe.each(['Agents', 'Tools'])('an agent that calls a tool with its role, in stack %s', (home) => {
  const { app, gateway, home: stack } = story(GatewayInbound.iam(), {}, home);
  agentIn(stack, 'planner').may(byRole(gateway, LIST));
  agentIn(stack, 'admin').may(byRole(gateway, LIST, DELETE));
  agentIn(stack, 'bystander');
  const account = deploy(app);
  const deployed = new DeployedGateway(account);

  test('fits schemas and service reference', async () => {
    expect(templateSchemaErrors(account)).toEqual([]);
    expect(deployed.findings).toEqual([]);
    expect(await serviceReferenceFindings(account)).toEqual([]);
  });

  test.each([
    ['planner', 'the gateway', 'Allowed'],
    ['planner', 'another gateway', 'ImplicitlyDenied'],
    ['bystander', 'the gateway', 'ImplicitlyDenied'],
  ])('%s invokes %s: %s', async (principal, which, expected) => {
    expect(await ask(account, principal, which === 'the gateway' ? deployed.arn : IMPORTED)).toBe(expected);
  });

  test.each([
    ['planner', LIST, 'allow'],
    ['planner', DELETE, 'deny'],
    ['planner2', LIST, 'deny'],
    ['admin', DELETE, 'allow'],
    ['bystander', LIST, 'deny'],
  ])('%s, %s: %s', (role, action, expected) => {
    expect(deployed.ask(arnOf(role), action, action === LIST ? { city: 'Berlin' } : { id: '1' })).toBe(expected);
  });

  test('nothing is exported from one stack to another', () => {
    expect(JSON.stringify(account.stacks.map(({ template }) => template))).not.toMatch(/"Export"|Fn::ImportValue/);
  });
});

describe('what the gateway says of a tool', () => {
  test('is the whole truth: a role that it names needs no rule of its own', () => {
    const { app, gateway, calendar, home } = story(GatewayInbound.iam());
    const agent = agentIn(home, 'planner');
    calendar.tool('list_events').requires(ToolAccess.iamRole(agent.parts[0].host.iamRole));
    calendar.tool('delete_event').requires(ToolAccess.nobody());
    agent.may(byRole(gateway, LIST));
    expect(new DeployedGateway(deploy(app)).policies.map(({ name }) => name.replace(/_[0-9a-f]{8}$/, '')).sort()).toEqual(['forbid_Calendar_delete_event', 'permit_Calendar_list_events']);
  });

  test.each<[string, (story: Story) => void, string]>([
    ['another role', ({ calendar, home }) => { calendar.tool('list_events').requires(ToolAccess.iamRole(iam.Role.fromRoleName(home, 'Other', 'other'))); }, 'it needs role other'],
    ['nobody', ({ calendar }) => { calendar.tool('list_events').requires(ToolAccess.nobody()); }, 'nobody may call it'],
    ['of all tools: another role', ({ calendar, home }) => { calendar.everyTool(REASON).requires(ToolAccess.iamRole(iam.Role.fromRoleName(home, 'Other', 'other'))); }, 'it needs role other'],
    ['forbidden to all', ({ calendar }) => { calendar.tool('list_events').requires(ToolAccess.everyCaller(REASON)).forbids(ToolAccess.everyCaller(REASON), REASON); }, 'it is forbidden'],
  ])('refuses an agent where it is %s', (_what, declare, why) => {
    const it = story(GatewayInbound.iam());
    declare(it);
    const agent = agentIn(it.home, 'planner');
    agent.may(byRole(it.gateway, LIST, DELETE));
    it.calendar.tool('delete_event');
    const messages = lateMessages(it.app).filter((message) => message.includes('[Capability/ToolRefused]'));
    expect(messages.length).toBeGreaterThan(0);
    messages.forEach((message) => expect(message).toContain(why));
  });

  test('an agent in the stack of the gateway may be declared before it', () => {
    const { app, gateway, stack } = story(GatewayInbound.iam(), {}, 'Tools');
    agentIn(stack, 'planner').may(byRole(gateway, LIST, DELETE));
    expect(() => app.synth()).not.toThrow();
  });
});

describe('all tools, by the longer word', () => {
  const all = (gateway: IToolGateway) => Capability.callTools(gateway, { allTools: REASON, authority: ToolCallAuthority.agentRole(), ...REASON });

  test('a rule for the whole target, where the gateway says nothing of its tools', () => {
    const { app, gateway, home } = story(GatewayInbound.iam());
    agentIn(home, 'planner').may(all(gateway));
    const deployed = new DeployedGateway(deploy(app));
    expect(deployed.findings).toEqual([]);
    expect(deployed.policies).toHaveLength(1);
    expect([arnOf('planner'), arnOf('other')].map((role) => deployed.ask(role, DELETE, { id: '1' }))).toEqual(['allow', 'deny']);
  });

  test('does not undo what the gateway says of one tool', () => {
    const { app, gateway, calendar, home } = story(GatewayInbound.iam());
    const agent = agentIn(home, 'planner');
    calendar.tool('delete_event').requires(ToolAccess.iamRole(agent.parts[0].host.iamRole)).forbids(ToolAccess.iamRole(iam.Role.fromRoleName(home, 'Other', 'other')), REASON);
    agent.may(all(gateway));
    agentIn(home, 'other').may(byRole(gateway, LIST));
    const deployed = new DeployedGateway(deploy(app));
    expect([arnOf('planner'), arnOf('other')].map((role) => deployed.ask(role, DELETE, { id: '1' }))).toEqual(['allow', 'deny']);
    expect([arnOf('planner'), arnOf('other')].map((role) => deployed.ask(role, LIST, { city: 'Berlin' }))).toEqual(['allow', 'allow']);
  });
});

describe('suspended', () => {
  const WHY = { reason: 'Incident 4711: prompt injection through invitations' };
  test.each<[string, (agent: Agent, story: Story, capability: Capability) => void]>([
    ['the capability', (agent, _story, capability) => agent.may(capability.suspended(WHY))],
    ['the agent', (agent, _story, capability) => { agent.may(capability); agent.suspend(WHY); }],
    ['the gateway', (agent, { gateway }, capability) => { agent.may(capability); gateway.suspend(WHY); }],
    ['the target', (agent, { calendar }, capability) => { agent.may(capability); calendar.suspend(WHY); }],
    ['the gateway, which only logged', (agent, { gateway }, capability) => { agent.may(capability); gateway.suspend(WHY); }],
  ])('%s: neither IAM nor Cedar lets the agent in', async (what, declare) => {
    const it = story(GatewayInbound.iam(), what.endsWith('logged') ? { enforcement: PolicyEnforcement.logOnly(REASON) } : {});
    it.calendar.tool('list_events').requires(ToolAccess.everyCaller(REASON));
    it.calendar.tool('delete_event').requires(ToolAccess.everyCaller(REASON));
    declare(agentIn(it.home, 'planner'), it, byRole(it.gateway, LIST));
    const account = deploy(it.app);
    const deployed = new DeployedGateway(account);
    expect(deployed.findings).toEqual([]);
    expect(deployed.ask(arnOf('planner'), LIST, { city: 'Berlin' })).toBe('deny');
    expect(await ask(account, 'planner', deployed.arn)).toBe(what === 'the target' ? 'Allowed' : 'ExplicitlyDenied');
    const others = what.includes('gateway') || what === 'the target' ? 'deny' : 'allow';
    expect(deployed.ask(arnOf('somebody'), LIST, { city: 'Berlin' })).toBe(others);
    expect(account.resourcesOfType('AWS::BedrockAgentCore::Gateway')[0].property('PolicyEngineConfiguration').Mode).toBe('ENFORCE');
    expect(AccessReport.of(it.app).toMarkdown()).toContain('**SUSPENDED**');
    expect(JSON.stringify(account.stacks.map(({ template }) => template))).not.toMatch(/"Export"|Fn::ImportValue/);
  });

  test('a target on a gateway that only logs cannot be suspended alone', () => {
    const it = story(GatewayInbound.iam(), { enforcement: PolicyEnforcement.logOnly(REASON) });
    it.calendar.everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
    it.calendar.suspend(WHY);
    expectLate(it.app, 'ToolTarget/SuspensionNotEnforced');
  });
});

describe('a gateway of another app', () => {
  const imported = (scope: Stack, inbound = GatewayInbound.iam()) => ToolGateway.fromGatewayAttributes(scope, 'Market', { gatewayArn: IMPORTED, gatewayUrl: 'https://market-a1b2c3d4e5.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp', inbound });

  test('gives the right to invoke it, and tells its owner whom to let in', async () => {
    const app = new App();
    const stack = stackIn(app, 'Agents');
    agentIn(stack, 'planner').may(byRole(imported(stack), LIST));
    const account = deploy(app);
    expect(await ask(account, 'planner', IMPORTED)).toBe('Allowed');
    expect(await ask(account, 'planner', IMPORTED.replace(/e5$/, 'e6'))).toBe('ImplicitlyDenied');
    expect(account.resourcesOfType('AWS::BedrockAgentCore::Policy')).toEqual([]);
    expect(AccessReport.of(app).toMarkdown()).toContain(`The owner of gateway ${IMPORTED} permits ${LIST}`.replace(/_/g, '\\_'));
  });

  describe('in another account', () => {
    const PARTNERS = IMPORTED.replace('111111111111', '222222222222');
    const notices = (declare: (stack: Stack, gateway: (inbound?: GatewayInbound) => IToolGateway) => void): string[] => {
      const app = new App();
      const stack = stackIn(app, 'Agents');
      declare(stack, (inbound = GatewayInbound.iam()) => ToolGateway.fromGatewayAttributes(stack, 'Market', { gatewayArn: PARTNERS, gatewayUrl: 'https://gateway.example.com/mcp', inbound }));
      app.synth();
      return JSON.parse(AccessReport.of(app).toJson()).agents[0].leftToOthers.filter((notice: string) => notice.includes('another account'));
    };
    const statement = (roleArn: string) => JSON.stringify({
      Sid: 'NamedRolesInvoke',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111111111111:root'] },
      Action: 'bedrock-agentcore:InvokeGateway',
      Resource: PARTNERS,
      Condition: { ArnEquals: { 'aws:PrincipalArn': [roleArn] } },
    });
    const told = (roleArn: string) => `The owner of gateway ${PARTNERS}, which is in another account, adds this statement to its resource policy (PutResourcePolicy): ${statement(roleArn)}`;

    test('tells its owner the statement that lets the role in: IAM asks both sides', () => {
      expect(notices((stack, gateway) => agentIn(stack, 'planner').may(byRole(gateway(), LIST)))).toEqual([told('arn:aws:iam::111111111111:role/planner')]);
    });

    test('says whose ARN is missing where only deployment knows it', () => {
      expect(notices((stack, gateway) => agentIn(stack, 'planner', {
        host: AgentHost.role(new iam.Role(stack, 'Nameless', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
      }).may(byRole(gateway(), LIST)))).toEqual([told('(ARN of role Agents/Nameless)')]);
    });

    test('has no token in what is to be pasted where only deployment knows the gateway\'s ARN', () => {
      const found = notices((stack) => {
        const partners = new Stack(stack.node.root as App, 'Partners', { env: { account: '222222222222', region: 'eu-west-1' } });
        agentIn(stack, 'planner').may(byRole(ToolGateway.fromGatewayAttributes(partners, 'Market', {
          gatewayArn: new CfnParameter(partners, 'Arn').valueAsString, gatewayUrl: 'https://gateway.example.com/mcp', inbound: GatewayInbound.iam(),
        }), LIST));
      });
      expect(found).toHaveLength(1);
      expect(found[0]).toContain('"Resource":"(ARN of gateway Partners/Market');
      expect(found[0]).not.toContain('Token[');
    });

    test('names the roles of the parts that call, and no others', () => {
      const part = (stack: Stack, name: string) => AgentHost.role(new iam.Role(stack, name, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
      expect(notices((stack, gateway) => agentIn(stack, 'planner', { parts: [AgentPart.minting('Front', part(stack, 'front')), AgentPart.vending('Worker', part(stack, 'worker'))] })
        .may(byRole(gateway(), LIST)))).toEqual([told('arn:aws:iam::111111111111:role/worker')]);
    });

    test.each<[string, (stack: Stack, gateway: (inbound?: GatewayInbound) => IToolGateway) => void]>([
      ['that asks for a valid signature only', (stack, gateway) => agentIn(stack, 'planner').may(byRole(gateway(GatewayInbound.authenticateOnly(REASON)), LIST))],
      ['from which the agent is cut off', (stack, gateway) => {
        const agent = agentIn(stack, 'planner');
        agent.may(byRole(gateway(), LIST));
        agent.suspend({ reason: 'Incident 4711: prompt injection through invitations' });
      }],
      ['of which another one of the agent\'s own account is called', (stack) => agentIn(stack, 'planner').may(byRole(imported(stack), LIST))],
    ])('asks nothing of one %s', (_which, declare) => expect(notices(declare)).toEqual([]));
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an ARN of something else', { gatewayArn: IMPORTED.replace('gateway/', 'runtime/') }, 'ToolGateway/Arn'],
    ['an id in capitals, which no gateway has', { gatewayArn: IMPORTED.replace('market', 'Market') }, 'ToolGateway/Arn'],
    ['no address', { gatewayUrl: 'http://gateway.example.com' }, 'ToolGateway/Url'],
    ['no way in', { inbound: undefined }, 'ToolGateway/Inbound'],
    ['another field', { protocol: 'MCP' }, 'ToolGateway/UnknownField'],
  ])('is refused with %s', (_what, change, code) => {
    const stack = stackIn(new App());
    expect(refusalOf(() => ToolGateway.fromGatewayAttributes(stack, 'Market', { gatewayArn: IMPORTED, gatewayUrl: 'https://gateway.example.com/mcp', inbound: GatewayInbound.iam(), ...change } as any)).codes).toEqual([code]);
  });
});

describe('as a machine client', () => {
  const scoped = (...scopes: string[]) => scopes.map((scope) => CustomScope.of(scope));
  const asClient = (gateway: IToolGateway, stack: Stack, scopes: string[], more = {}) => Capability.callTools(gateway, {
    tools: [LIST], authority: ToolCallAuthority.machineClient(crm(stack), { scopes: scoped(...scopes), ...more }), ...REASON,
  });
  const jwt = (more = {}) => GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'], ...more });

  test('gets a token as itself from that provider, and nothing at the gateway', async () => {
    const it = story(jwt());
    it.calendar.tool('list_events').requires(ToolAccess.allScopes('mcp:call'));
    it.calendar.tool('delete_event').requires(ToolAccess.allScopes('mcp:admin'));
    const agent = agentIn(it.home, 'planner');
    agent.may(asClient(it.gateway, it.home, ['mcp:call']));
    new CfnOutput(it.home, 'Manifest', { value: agent.manifest });
    const account = deploy(it.app);
    const dir = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default';
    const vault = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default';
    const own = `${dir}/workload-identity/planner`;
    const token = (provider: string) => decide(account, { principal: 'planner', action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [dir, own, vault, `${vault}/oauth2credentialprovider/${provider}`] });
    expect(await decide(account, { principal: 'planner', action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [dir, own] })).toBe('Allowed');
    expect(await decide(account, { principal: 'planner', action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [dir, `${dir}/workload-identity/other`] })).toBe('ExplicitlyDenied');
    expect([await token('crm'), await token('payroll')]).toEqual(['Allowed', 'ImplicitlyDenied']);
    expect(await ask(account, 'planner', new DeployedGateway(account).arn)).toBe('ImplicitlyDenied');
    expect(new DeployedGateway(account).ask({ scope: 'mcp:call' }, LIST, { city: 'Berlin' })).toBe('allow');
    expect(new DeployedGateway(account).ask({ scope: 'mcp:call' }, DELETE, { id: '1' })).toBe('deny');
    expect(JSON.parse(String(account.stacks.find(({ name }) => name === 'Agents')!.output('Manifest', 'test')))).toEqual({
      version: '1',
      workloadName: 'planner',
      capabilities: [{ kind: 'call tools', gatewayUrl: expect.anything(), tools: [LIST], flow: 'BEARER_OF_PROVIDER', provider: 'crm', oauth2Flow: 'M2M', scopes: ['mcp:call'] }],
    });
  });

  test.each<[string, GatewayInbound, ToolAccess, string[], object, string]>([
    ['without the tool\'s scope', jwt(), ToolAccess.allScopes('mcp:call', 'calendar:read'), ['mcp:call'], {}, 'Capability/ToolRefused'],
    ['with a scope that only begins alike', jwt(), ToolAccess.allScopes('mcp:call'), ['mcp:call:admin'], {}, 'Capability/ToolRefused'],
    ['for a tool that is shut', jwt(), ToolAccess.nobody(), ['mcp:call'], {}, 'Capability/ToolRefused'],
    ['without the gateway\'s scope', jwt({ scopes: ['gateway:invoke'] }), ToolAccess.allScopes('mcp:call'), ['mcp:call'], {}, 'Capability/ClientNotAccepted'],
    ['of another client', GatewayInbound.jwt({ issuer: 'https://id.example.com', clients: ['portal'] }), ToolAccess.allScopes('mcp:call'), ['mcp:call'], { clientId: 'planner' }, 'Capability/ClientNotAccepted'],
    ['of a client, where tokens have no client_id', jwt({ clients: ['portal'] }), ToolAccess.allScopes('mcp:call'), ['mcp:call'], {}, 'Capability/ClientNotAccepted'],
    ['for another audience', jwt(), ToolAccess.allScopes('mcp:call'), ['mcp:call'], { audiences: ['payroll'] }, 'Capability/ClientNotAccepted'],
  ])('is refused %s', (_what, inbound, access, scopes, more, code) => {
    const it = story(inbound);
    it.calendar.everyTool(REASON).requires(access);
    agentIn(it.home, 'planner').may(asClient(it.gateway, it.home, scopes, more));
    expectLate(it.app, code);
  });

  test.each<[string, GatewayInbound, ToolAccess, string[], object]>([
    ['one of several scopes', jwt({ scopes: ['gateway:invoke', 'mcp:call'] }), ToolAccess.anyScope('mcp:call', 'mcp:admin'), ['mcp:call'], {}],
    ['a claim that nobody knows at synthesis', jwt(), ToolAccess.claim('department', 'sales'), ['mcp:call'], {}],
    ['the gateway\'s audience', jwt(), ToolAccess.allScopes('mcp:call'), ['mcp:call'], { audiences: ['gateway'] }],
    ['the gateway\'s client', GatewayInbound.jwt({ issuer: 'https://id.example.com', clients: ['portal'] }), ToolAccess.allScopes('mcp:call'), ['mcp:call'], { clientId: 'portal' }],
  ])('gets in with %s', (_what, inbound, access, scopes, more) => {
    const it = story(inbound);
    it.calendar.everyTool(REASON).requires(access);
    agentIn(it.home, 'planner').may(asClient(it.gateway, it.home, scopes, more));
    expect(lateCodes(it.app)).toEqual([]);
  });
});

describe('with the user\'s own token', () => {
  const withUser = (gateway: IToolGateway, users = Users.anyOfTheIssuer(REASON), more = {}) => Capability.callTools(gateway, {
    tools: [LIST], authority: ToolCallAuthority.userToken({ users }), ...REASON, ...more,
  });
  const jwt = (more = {}) => GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'], ...more });
  function handingOn(inbound: GatewayInbound, callers: TokenIssuer[], capability: (gateway: IToolGateway) => Capability, access = ToolAccess.allScopes('mcp:call')): App {
    const it = story(inbound);
    it.calendar.everyTool(REASON).requires(access);
    agentIn(it.home, 'planner', { callers }).may(capability(it.gateway));
    return it.app;
  }

  test('needs no right in IAM', async () => {
    const app = handingOn(jwt(), [EMPLOYEES], withUser);
    const account = deploy(app);
    const actions = account.resourcesOfType('AWS::IAM::Policy').filter(({ stack }) => stack.name === 'Agents')
      .flatMap((policy) => policy.property('PolicyDocument').Statement).filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(actions).toEqual([]);
    expect(AccessReport.of(app).toMarkdown()).toContain('any user of the issuer → caller with a token of https://acme.okta.com/oauth2/default, audience gateway → agent Agents/planner → gateway Tools/Gateway → target Calendar (as the gateway\'s role)');
  });

  test.each<[string, GatewayInbound, TokenIssuer[], string]>([
    ['no callers', jwt(), [], 'Agent/CallersMissing'],
    ['callers of another issuer', jwt(), [TokenIssuer.oidc({ issuer: 'https://accounts.google.com', audiences: ['gateway'] })], 'Capability/CallersNotAccepted'],
    ['an audience that the gateway does not accept', jwt(), [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'] })], 'Capability/CallersNotAccepted'],
    ['a client that the gateway does not accept', GatewayInbound.jwt({ issuer: 'https://id.example.com', clients: ['portal'] }), [TokenIssuer.oidc({ issuer: 'https://id.example.com', clients: ['shop'] })], 'Capability/CallersNotAccepted'],
    ['an issuer without client_id, at a gateway that asks for it', jwt({ clients: ['portal'] }), [EMPLOYEES], 'Capability/CallersNotAccepted'],
  ])('is refused with %s', (_what, inbound, callers, code) => {
    expectLate(handingOn(inbound, callers, withUser), code);
  });

  test.each<[string, Users, ToolAccess, GatewayInbound, boolean]>([
    ['a group that the tool asks for', Users.inGroup('sales'), ToolAccess.group('sales'), jwt(), true],
    ['a group that the tool asks for beside a scope', Users.inGroup('sales'), ToolAccess.allOf(ToolAccess.allScopes('mcp:call'), ToolAccess.group('sales')), jwt(), true],
    ['a group that is one way into the tool', Users.inGroup('sales'), ToolAccess.anyOf(ToolAccess.allScopes('mcp:call'), ToolAccess.group('sales')), jwt(), false],
    ['another group', Users.inGroup('sales'), ToolAccess.group('sales-eu'), jwt(), false],
    ['a subject that the tool asks for', Users.withSubjects(['00u1']), ToolAccess.subject('00u1'), jwt(), true],
    ['another subject', Users.withSubjects(['00u1']), ToolAccess.subject('00u2'), jwt(), false],
  ])('for %s', (_what, users, access, inbound, held) => {
    const app = handingOn(inbound, [EMPLOYEES], (gateway) => withUser(gateway, users), access);
    if (held) {
      expect(lateCodes(app)).toEqual([]);
    } else {
      expectLate(app, 'Capability/UsersNotEnforced');
    }
  });

  test('cannot be suspended by itself, because nothing tells the agent from its user', () => {
    expectLate(handingOn(jwt(), [EMPLOYEES], (gateway) => withUser(gateway).suspended(REASON)), 'Capability/SuspensionNotHeld');
  });
});

describe('what is refused at once', () => {
  const gateway = (inbound: GatewayInbound) => new ToolGateway(stackIn(new App()), 'Gateway', gatewayProps({ inbound }));
  const good = { tools: [LIST], authority: ToolCallAuthority.agentRole(), ...REASON };
  test.each<[string, GatewayInbound, object, string]>([
    ['a role, where callers come by token', GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'] }), {}, 'Capability/ToolAuthority'],
    ['a user\'s token, where callers come by IAM', GatewayInbound.iam(), { authority: ToolCallAuthority.userToken({ users: Users.anyOfTheIssuer(REASON) }) }, 'Capability/ToolAuthority'],
    ['anything, where everybody gets in', GatewayInbound.none(REASON), {}, 'Capability/ToolAuthority'],
    ['no authority', GatewayInbound.iam(), { authority: undefined }, 'Capability/ToolAuthority'],
    ['no tools', GatewayInbound.iam(), { tools: [] }, 'Capability/Tools'],
    ['neither tools nor all of them', GatewayInbound.iam(), { tools: undefined }, 'Capability/Tools'],
    ['both', GatewayInbound.iam(), { allTools: REASON }, 'Capability/Tools'],
    ['all tools without a reason', GatewayInbound.iam(), { tools: undefined, allTools: { reason: '' } }, 'Capability/Tools'],
    ['a tool without its target', GatewayInbound.iam(), { tools: ['list_events'] }, 'Capability/Tools'],
    ['two underscores', GatewayInbound.iam(), { tools: ['Calendar__list_events'] }, 'Capability/Tools'],
    ['a tool twice', GatewayInbound.iam(), { tools: [LIST, LIST] }, 'Capability/Tools'],
    ['all tools of a target by a star', GatewayInbound.iam(), { tools: ['Calendar___*'] }, 'Capability/Tools'],
    ['no reason', GatewayInbound.iam(), { reason: '' }, 'Capability/Reason'],
    ['a field that it does not have', GatewayInbound.iam(), { scopes: [] }, 'Capability/UnknownField'],
  ])('%s', (_what, inbound, change, code) => {
    expect(refusalOf(() => Capability.callTools(gateway(inbound), { ...good, ...change } as any)).codes).toEqual([code]);
  });

  test('something that is no gateway', () => expect(refusalOf(() => Capability.callTools('tools' as any, good)).codes).toEqual(['Capability/Gateway']));
  test('the same gateway twice', () => {
    const { gateway: it, home } = story(GatewayInbound.iam());
    const agent = agentIn(home, 'planner');
    agent.may(byRole(it, LIST));
    expect(refusalOf(() => agent.may(byRole(it, DELETE))).codes).toEqual(['Agent/CapabilityTwice']);
  });
  test.each([['a target', 'Mail___list_events'], ['a tool', 'Calendar___list_event'], ['an operation', 'Calendar___POST:/invocations']])('%s that the gateway does not have', (_what, tool) => {
    const { app, gateway: it, home, calendar } = story(GatewayInbound.iam());
    calendar.everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
    agentIn(home, 'planner').may(byRole(it, tool));
    expectLate(app, 'Capability/UnknownTool');
  });
  test('an agent of which no part calls anything', () => {
    const { app, gateway: it, home } = story(GatewayInbound.iam());
    const role = new iam.Role(home, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    agentIn(home, 'planner', { parts: [AgentPart.minting('Mint', AgentHost.role(role))] }).may(byRole(it, LIST, DELETE));
    expect(lateCodes(app)).toEqual(['ToolTarget/ToolWithoutAccess at Tools/Gateway', 'Agent/NobodyVends at Agents/planner', 'Agent/NobodyVends at Agents/planner']);
  });
  test('a target without what it needs', () => {
    const { gateway: it } = story(GatewayInbound.iam());
    expect(refusalOf(() => it.addTarget('Mail', undefined as any, undefined as any)).codes).toEqual(['GatewayTarget/NotATarget', 'GatewayTarget/Credentials']);
    expect(refusalOf(() => it.addTarget('Mail', GatewayTarget.mcpServer('https://mcp.example.com/mcp'), undefined as any)).codes).toEqual(['GatewayTarget/Credentials']);
  });
});

test('the environment of the tests is the one of the ARNs above', () => expect(ENV).toEqual({ account: '111111111111', region: 'eu-west-1' }));
