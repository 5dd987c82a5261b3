/* eslint-disable @stylistic/max-len, @stylistic/max-statements-per-line */
/* Each row was once accepted, said too much, or failed with an error that nobody can search for. Letters group them by what went wrong. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_secretsmanager as sm, CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import { refusalOf } from './refusal';
import { agentIn, appOf, asItself, asUser, ENV, imported, importedKey, issuer, owner, parameter, REASON, role, salesStack } from './story';
import * as L from '../../src';
import { calendarFunction, TOOLS } from '../gateway/every-target';

const WHY = { reason: REASON };
const code = (call: () => unknown) => { try { call(); return 'NOT REFUSED'; } catch (e) { return (e as any).codes?.[0] ?? `UNCODED ${(e as Error).message}`; } };
const late = (app: App) => { try { app.synth(); return 'NOT REFUSED'; } catch (e) { return String((e as Error).message).match(/\[([A-Za-z0-9]+\/[A-Za-z0-9]+)\](?: at|$)/)?.[1] ?? (e as Error).message; } };
const resources = (stack: Stack, type: string): any[] => Object.values<any>(appOf(stack).synth().getStackByName(stack.stackName).template.Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const jwt = (more: Partial<L.JwtInboundOptions> = {}) => L.GatewayInbound.jwt({ issuer: 'https://id.example.com', audiences: ['gateway'], ...more });
const gateway = (s: Stack, more: object = {}, id = 'Gateway') => new L.ToolGateway(s, id, { owner: owner(), inbound: L.GatewayInbound.iam(), ...more });
const withTarget = (g: L.ToolGateway, s: Stack) => g.addTarget('Calendar', L.GatewayTarget.lambdaFunction(calendarFunction(s), TOOLS), { credentials: L.TargetCredentials.gatewayRole() });
const foreign = (s: Stack, name: string) => iam.Role.fromRoleArn(s, 'Foreign', `arn:aws:iam::111111111111:role/${name}`);
const runtime = (s: Stack, id = 'Planner') => new agentcore.CfnRuntime(s, id, { agentRuntimeName: id, roleArn: role(s, `${id}Role`).roleArn, networkConfiguration: { networkMode: 'PUBLIC' }, agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/a:1' } } });
const onRuntime = (s: Stack, rt = runtime(s)) => new L.Agent(s, 'Agent', { owner: owner(), host: L.AgentHost.agentRuntime(rt, { role: s.node.findChild(`${rt.node.id}Role`) as iam.Role }) });
const calls = (g: L.IToolGateway, tool = 'Calendar___list_events') => L.Capability.callTools(g, { authority: L.ToolCallAuthority.agentRole(), tools: [tool], reason: REASON });
const twoStacks = () => { const app = appOf(salesStack()); return [new Stack(app, 'Near', { env: ENV }), new Stack(app, 'Far', { env: ENV })] as const; };
const WRONG: [string, unknown][] = [['null', null], ['an object', {}], ['a number', 42], ['a text', 'x'], ['a list', []], ['a list of nothing', [undefined]], ['a flag', true]];

describe('A patterns where one role is meant', () => {
  test.each(['*', 'agent-?', 'team/*'])('a caller role/%s: conditions on ARNs would read it as many', (name) => expect(code(() => L.GatewayCaller.role(foreign(salesStack(), name)))).toBe('GatewayCaller/Role'));
  test.each(['*', 'agent-?', 'x" || true || "', 'x"; permit(principal, action, resource); //'])('a role of a tool role/%s', (name) => expect(code(() => L.ToolAccess.iamRole(foreign(salesStack(), name)))).toBe('ToolAccess/Role'));
  test('a role that deploys', () => { const s = salesStack(); expect(code(() => gateway(s).restrictCallers({ callers: [L.GatewayCaller.role(role(s))], deployedBy: foreign(s, '*') }))).toBe('GatewayCaller/Role'); });
  test('fine: a role with a path', () => {
    const s = salesStack(); gateway(s).restrictCallers({ callers: [L.GatewayCaller.role(foreign(s, 'team/agent'))] });
    expect(JSON.stringify(resources(s, 'AWS::BedrockAgentCore::ResourcePolicy')[0].Policy)).toContain('\\"arn:aws:iam::111111111111:role/team/agent\\"');
  });
});

describe('B roles that a policy cannot name', () => {
  test('a path known at deployment was cut in its token', () => {
    const s = salesStack(); gateway(s).restrictCallers({ callers: [L.GatewayCaller.role(new iam.Role(s, 'Named', { roleName: 'named', path: parameter(s), assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }))] });
    const text = JSON.stringify(resources(s, 'AWS::BedrockAgentCore::ResourcePolicy')[0].Policy);
    expect(text).not.toContain('Token[');
    expect(text).toMatch(/"Fn::GetAtt":\["Named[0-9A-F]{8}","Arn"\]/);
  });
  test('a role of another stack that calls the gateway, without a name, was a circle', () => {
    const [near, far] = twoStacks(); const g = gateway(near); const r = role(far);
    expect(code(() => g.restrictCallers({ callers: [L.GatewayCaller.role(r)] }))).toBe('GatewayCaller/RoleName');
  });
  test('fine: with a name', () => {
    const [near, far] = twoStacks(); const g = gateway(near); withTarget(g, near).tool('delete_event').requires(L.ToolAccess.nobody());
    const r = new iam.Role(far, 'Named', { roleName: 'named', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    agentIn(far, 'A', { host: L.AgentHost.role(r) }).may(calls(g));
    g.restrictCallers({ callers: [L.GatewayCaller.role(r)] });
    expect(late(appOf(near))).toBe('NOT REFUSED');
  });
});

describe('C limits that nobody holds', () => {
  test('callers of a gateway that lets in every signature', () => { const s = salesStack(); expect(code(() => gateway(s, { inbound: L.GatewayInbound.authenticateOnly(WHY) }).restrictCallers({ callers: [L.GatewayCaller.role(role(s))] }))).toBe('GatewayCaller/NotEnforced'); });
  test('a suspended agent and another app\'s gateway that lets in every signature: the report says so', () => {
    const s = salesStack(); const a = agentIn(s, 'A');
    a.may(calls(L.ToolGateway.fromGatewayAttributes(s, 'Theirs', { gatewayArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5', gatewayUrl: 'https://tools.example.com/mcp', inbound: L.GatewayInbound.authenticateOnly(WHY) })));
    a.suspend(WHY);
    expect(readFileSync(join(appOf(s).synth().directory, 'agentcore-access.md'), 'utf8')).toContain('NOT CUT OFF from gateway arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5');
  });
  test.each(['https://acme.okta.com/oauth2/default', 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0'])('clients of %s, whose tokens have no client_id: a warning', (from) => {
    const s = salesStack(); withTarget(gateway(s, { inbound: L.GatewayInbound.jwt({ issuer: from, clients: ['client'] }) }), s).everyTool(WHY).requires(L.ToolAccess.everyCaller(WHY));
    expect(appOf(s).synth().stacks[0].messages.map(({ entry }) => String(entry.data)).filter((text) => text.startsWith('NOBODY MAY GET IN'))).toHaveLength(1);
  });
  test.each([{ clients: ['client'], audiences: undefined }, {}])('no warning: %j of another issuer', (more) => {
    const s = salesStack(); withTarget(gateway(s, { inbound: jwt(more) }), s).everyTool(WHY).requires(L.ToolAccess.everyCaller(WHY));
    expect(appOf(s).synth().stacks[0].messages.map(({ entry }) => String(entry.data)).filter((text) => text.startsWith('NOBODY MAY GET IN'))).toEqual([]);
  });
});

describe('D a Deny that breaks a caller of this app', () => {
  const app = (named: boolean) => {
    const s = salesStack(); const rt = runtime(s); const g = gateway(s, { protocol: L.GatewayProtocol.HTTP });
    onRuntime(s, rt).onlyInvokedBy(L.FrontEnd.invoking('Portal', L.AgentHost.role(role(s, 'Portal')), WHY), ...named ? [L.FrontEnd.invoking('Gateway', L.AgentHost.role(g.role), WHY)] : []);
    g.addTarget('Agent', L.GatewayTarget.agentRuntime(rt), { credentials: L.TargetCredentials.gatewayRole() }).operation('POST', '/invocations').requires(L.ToolAccess.iamRole(role(s, 'Caller')));
    return late(appOf(s));
  };
  test('the gateway in front of an agent that only front ends may invoke', () => expect(app(false)).toBe('FrontEnd/GatewayDenied'));
  test('fine: the gateway is named as one', () => expect(app(true)).toBe('NOT REFUSED'));
});

describe('E a call that failed left something behind', () => {
  test('addAgent under a name that is not valid', () => {
    const s = salesStack(); const a = onRuntime(s);
    expect(code(() => gateway(s, { inbound: jwt(), protocol: L.GatewayProtocol.HTTP }).addAgent('no name', a, { access: L.ToolAccess.allScopes('call') }))).toBe('GatewayTarget/Name');
    expect([a.callers.length, a.callingWorkloads.length]).toEqual([0, 0]);
  });
});

describe('F too late: the policies are written', () => {
  const story = () => {
    const s = salesStack(); const g = gateway(s); const target = withTarget(g, s); const r = role(s); const p = imported(s, 'p'); const k = importedKey(s, 'k');
    target.tool('list_events').requires(L.ToolAccess.iamRole(r)); target.tool('delete_event').requires(L.ToolAccess.nobody());
    const a = agentIn(s, 'A'); a.may(asItself(p), L.Capability.useApiKey(k, WHY));
    const machines = new L.MachineClients(s, 'Machines', { owner: owner(), domainPrefix: 'acme-agents' });
    const all = { s, a, g, target, tool: target.tool('list_events'), r, p, k, machines, fn: calendarFunction(s, 'Other') };
    appOf(s).synth();
    return all;
  };
  test.each<[string, string, (all: ReturnType<typeof story>) => unknown]>([
    ['suspend a gateway', 'ToolGateway/TooLate', ({ g }) => g.suspend(WHY)],
    ['add a target', 'ToolGateway/TooLate', ({ g }) => g.addTarget('Late', L.GatewayTarget.mcpServer('https://mcp.example.com/mcp'), { credentials: L.TargetCredentials.none(WHY) })],
    ['restrict callers', 'ToolGateway/TooLate', ({ g, r }) => g.restrictCallers({ callers: [L.GatewayCaller.role(r)] })],
    ['add an interceptor', 'ToolGateway/TooLate', ({ g, fn }) => g.addInterceptor(L.Interceptor.request(fn))],
    ['add a rate limit', 'ToolGateway/TooLate', ({ g }) => g.addRateLimit('Late', { dimensions: [L.RateDimension.TARGET], rules: [{ requestsPerSecond: 1 }] })],
    ['suspend a target', 'ToolGateway/TooLate', ({ target }) => target.suspend(WHY)],
    ['say who may call a tool', 'ToolGateway/TooLate', ({ target, r }) => target.everyTool(WHY).requires(L.ToolAccess.iamRole(r))],
    ['forbid a tool', 'ToolGateway/TooLate', ({ tool, r }) => tool.forbids(L.ToolAccess.iamRole(r), WHY)],
    ['forbid a tool to others', 'ToolGateway/TooLate', ({ tool, r }) => tool.forbidsUnless(L.ToolAccess.iamRole(r), WHY)],
    ['suspend an OAuth2 provider', 'Provider/TooLate', ({ p }) => p.suspend(WHY)],
    ['suspend an API-key provider', 'Provider/TooLate', ({ k }) => k.suspend(WHY)],
    ['suspend an agent', 'Agent/TooLate', ({ a }) => a.suspend(WHY)],
    ['let an agent do more', 'Agent/TooLate', ({ a, p }) => a.may(asUser(p))],
    ['add a scope', 'MachineClients/TooLate', ({ machines }) => machines.addScope('late', 'Late')],
    ['add a client', 'MachineClients/TooLate', ({ machines }) => machines.addClient('Late', { owner: owner(), scopes: [], reason: REASON })],
  ])('%s: %s', (_what, expected, call) => expect(code(() => call(story()))).toBe(expected));
  test('fine: a stage of a pipeline that is still being declared while another is synthesized', () => {
    const app = appOf(salesStack());
    const [first, next] = ['First', 'Next'].map((id) => imported(new Stack(new Stage(app, id), 'Sales', { env: ENV }), 'p'));
    [first, next].forEach((provider) => agentIn(Stack.of(provider), 'A').may(asItself(provider)));
    Stage.of(first)!.synth();
    expect([code(() => first.suspend(WHY)), code(() => next.suspend(WHY))]).toEqual(['Provider/TooLate', 'NOT REFUSED']);
  });
});

describe('G order of calls', () => {
  test('a statement for a secret is asked for before the capability: the return page reads it, too', () => {
    const s = salesStack(); const named = (roleName: string) => L.AgentHost.role(new iam.Role(s, roleName, { roleName, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    const a = agentIn(s, 'A', { parts: [L.AgentPart.acting('Worker', named('worker')), L.AgentPart.returnPage('Page', named('page'))], callers: [issuer()] });
    const theirs = new Stack(appOf(s), 'Theirs', { env: { ...ENV, account: '222222222222' } });
    new sm.Secret(theirs, 'Secret', { secretName: 'google' }).addToResourcePolicy(a.secretReadStatement());
    a.may(asUser(imported(s, 'p')));
    expect(JSON.stringify(resources(theirs, 'AWS::SecretsManager::ResourcePolicy')[0].ResourcePolicy.Statement[0].Condition.ArnEquals)).toMatch(/role\/worker.*role\/page/);
  });
  test('a second capability for the same tools says what to put together', () => { const s = salesStack(); const g = gateway(s); const a = agentIn(s, 'A'); a.may(calls(g)); expect(refusalOf(() => a.may(calls(g, 'Calendar___delete_event'))).message).toContain('Put all tools into one capability'); });
});

describe('H exports that lock a stack', () => {
  const exports = (s: Stack) => Object.values<any>(appOf(s).synth().getStackByName(s.stackName).template.Outputs ?? {}).filter(({ Export }) => Export !== undefined);
  test('the secret of a provider in another stack', () => {
    const [near, far] = twoStacks(); new L.GoogleOAuth2Provider(far, 'G', { clientId: 'c', clientSecret: L.ClientSecret.fromSecretsManager(new sm.Secret(near, 'S'), 'k') });
    expect(exports(near)).toEqual([]);
    expect(JSON.stringify(resources(far, 'AWS::BedrockAgentCore::OAuth2CredentialProvider')[0])).toContain('Fn::GetStackOutput');
  });
  test('a machine client\'s issuer, id and secret ARN, handed on by hand', () => {
    const [near, far] = twoStacks(); const machines = new L.MachineClients(near, 'Machines', { owner: owner(), domainPrefix: 'acme-agents' });
    const client = machines.addClient('Reader', { owner: owner(), scopes: [machines.addScope('read', 'Read')], reason: REASON });
    withTarget(gateway(far, { inbound: jwt({ issuer: machines.issuer, audiences: undefined, clients: [client.clientId] }) }), far).everyTool(WHY).requires(L.ToolAccess.everyCaller(WHY));
    new CfnOutput(far, 'SecretArn', { value: client.secretArn });
    new CfnOutput(far, 'Discovery', { value: client.discoveryUrl });
    client.addOutputs();
    expect(exports(near)).toEqual([]);
    expect(JSON.stringify(resources(far, 'AWS::BedrockAgentCore::Gateway')[0].AuthorizerConfiguration)).toContain('Fn::GetStackOutput');
    const own: any = Object.entries<any>(appOf(near).synth().getStackByName('Near').template.Outputs).filter(([id]) => id.includes('ReaderClientId')).map(([, output]) => output.Value)[0];
    expect(own).toEqual({ Ref: expect.stringMatching(/^MachinesReaderAppClient/) });
    const report = JSON.parse(readFileSync(join(appOf(near).synth().directory, 'agentcore-access.json'), 'utf8'));
    expect(report.machineClients[0].letInBy).toEqual(['Far/Gateway']);
  });
});

describe('I names and paths', () => {
  test.each(['A___GET:/*', 'A___GET:/"x', 'A___POST:/a/../b', 'A___POST://a', 'A___POST:/a/.'])('tool %s', (tool) => expect(code(() => calls(gateway(salesStack()), tool))).toBe('Capability/Tools'));
  test.each(['/a/../b', '//a', '/a//b', '/.', '/a/..'])('operation %s', (path) => {
    const s = salesStack(); const t = gateway(s, { protocol: L.GatewayProtocol.HTTP }).addTarget('Agent', L.GatewayTarget.agentRuntime(runtime(s)), { credentials: L.TargetCredentials.gatewayRole() });
    expect(code(() => t.operation('POST', path))).toBe('ToolTarget/Operation');
  });
  test.each([['nothing', undefined], ['a blank', 'a b'], ['a slash', 'a/b'], ['a number', 1], ['an empty text', '']])('a machine client called %s', (_what, id) => {
    const machines = new L.MachineClients(salesStack(), 'Machines', { owner: owner(), domainPrefix: 'acme-agents' });
    expect(code(() => machines.addClient(id as never, { owner: owner(), scopes: [machines.addScope('read', 'Read')], reason: REASON }))).toBe('MachineClient/Id');
  });
});

describe('J other things than were asked for', () => {
  const s = () => salesStack();
  const target = (more: object) => { const on = s(); return gateway(on).addTarget('T', L.GatewayTarget.lambdaFunction(calendarFunction(on), TOOLS), { credentials: L.TargetCredentials.gatewayRole(), ...more }); };
  const rate = (more: object) => gateway(s()).addRateLimit('R', { dimensions: [L.RateDimension.TARGET], rules: [{ requestsPerSecond: 1 }], ...more });
  const CASES: [string, string, (given: any) => unknown][] = [
    ['web ACL', 'ToolGateway/WebAcl', (webAcl) => gateway(s(), { webAcl })],
    ['key', 'ToolGateway/Key', (encryptionKey) => gateway(s(), { encryptionKey })],
    ['protocol', 'ToolGateway/Protocol', (protocol) => gateway(s(), { protocol })],
    ['private endpoint of a target, which then would be reached through the internet', 'GatewayTarget/PrivateEndpoint', (privateEndpoint) => target({ privateEndpoint })],
    ['private endpoint of an issuer', 'GatewayInbound/PrivateEndpoint', (privateEndpoint) => jwt({ privateEndpoint })],
    ['role that deploys', 'GatewayCaller/Role', (deployedBy) => { const on = s(); gateway(on).restrictCallers({ callers: [L.GatewayCaller.role(role(on))], deployedBy }); }],
    ['removal policy', 'MachineClients/RemovalPolicy', (removalPolicy) => new L.MachineClients(s(), 'M', { owner: owner(), domainPrefix: 'acme-agents', removalPolicy })],
  ];
  test.each(CASES.flatMap(([what, expected, call]) => WRONG.map(([given, value]) => [what, given, expected, call, value] as const)))('%s: %s: %s', (_what, _given, expected, call, value) => expect(code(() => call(value))).toBe(expected));
  test.each<[string, string, () => unknown]>([
    ['no gateway props', 'ToolGateway/OwnerMissing', () => new L.ToolGateway(s(), 'G', undefined as never)],
    ['no inbound options', 'GatewayInbound/Issuer', () => L.GatewayInbound.jwt(undefined as never)],
    ['no inbound options, for any client', 'GatewayInbound/Issuer', () => L.GatewayInbound.jwtForAnyClient(null as never)],
    ['claims a text', 'GatewayInbound/Filter', () => jwt({ claims: 'x' as never })],
    ['MCP versions a text', 'ToolGateway/McpVersions', () => gateway(s(), { mcpVersions: '2025-11-25' })],
    ['error details without a reason', 'ToolGateway/Reason', () => gateway(s(), { errorDetailsForCallers: null })],
    ['semantic search by a word', 'ToolGateway/SemanticSearch', () => gateway(s(), { semanticSearch: 'yes' })],
    ['forwarded headers a text', 'ForwardedFields/Names', () => target({ forwards: { requestHeaders: 'X-Trace' } })],
    ['permissions of other classes', 'TargetCredentials/Role', () => L.TargetCredentials.gatewayRole({ service: 's3', permissions: [{ actions: ['*'], resources: ['*'] }] as never })],
    ['no rate limit', 'RateLimit/Dimensions', () => gateway(s()).addRateLimit('R', undefined as never)],
    ['rate dimensions a text', 'RateLimit/Dimensions', () => rate({ dimensions: 'toolName' })],
    ['rate rules a text', 'RateLimit/Rules', () => rate({ rules: 'all' })],
    ['a rule that is nothing', 'RateLimit/Rate', () => rate({ rules: [undefined] })],
    ['a misspelt option of the checks', 'AgentCoreChecks/UnknownField', () => new L.AgentCoreChecks({ requireCustomerKey: true } as never)],
    ['an option of the checks as a text', 'AgentCoreChecks/RequireCustomerKeys', () => new L.AgentCoreChecks({ requireCustomerKeys: 'true' } as never)],
    ['a key of machine clients that is null', 'MachineClients/Key', () => new L.MachineClients(s(), 'M', { owner: owner(), domainPrefix: 'acme-agents', encryptionKey: null as never })],
  ])('%s: %s', (_what, expected, call) => expect(code(call)).toBe(expected));
  test('a role to assert about that is no text', () => { const on = s(); agentIn(on, 'A').may(asItself(imported(on, 'p'))); expect(() => L.AccessAssertions.fromStack(on).role(undefined as never)).toThrow('[AccessAssertions/Role]'); });
});

describe('K a machine client as authority', () => {
  const story = (place: Stack, s: Stack) => {
    const machines = new L.MachineClients(s, 'Machines', { owner: owner(), domainPrefix: 'acme-agents' });
    const scope = machines.addScope('call', 'Call the tools');
    const client = machines.addClient('Reader', { owner: owner(), scopes: [scope], reason: REASON });
    const g = gateway(s, { inbound: machines.inbound(s, { clients: [client] }) }); withTarget(g, s).everyTool(WHY).requires(L.ToolAccess.allScopes(scope.fullScope));
    const call = () => L.Capability.callTools(g, { authority: L.ToolCallAuthority.registeredClient(client), tools: ['Calendar___list_events'], reason: REASON });
    agentIn(place, 'A').may(call()); agentIn(place, 'B').may(call());
    return client;
  };
  test('one provider for all agents that are the client, with its scopes', () => {
    const s = salesStack(); story(s, s);
    expect(resources(s, 'AWS::BedrockAgentCore::OAuth2CredentialProvider')).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(appOf(s).synth().directory, 'agentcore-access.json'), 'utf8')).agents.map(({ capabilities }: any) => capabilities[0].scopes)).toEqual([['agents/call'], ['agents/call']]);
  });
  test('agents of another stack', () => { const [near, far] = twoStacks(); story(far, near); expect(late(appOf(near))).toBe('NOT REFUSED'); });
  test('agents of another account: the provider is not theirs', () => {
    const near = salesStack(); const far = new Stack(appOf(near), 'Far', { env: { ...ENV, account: '222222222222' } });
    story(far, near);
    expect(late(appOf(near))).toMatch(/^[A-Z]\w+\/\w+$/);
  });
  test.each(WRONG)('%s', (_what, given) => expect(code(() => L.ToolCallAuthority.registeredClient(given as never))).toBe('ToolCallAuthority/Client'));
  test('a text may be a secret, and is not shown', () => expect(refusalOf(() => L.ToolCallAuthority.registeredClient('canary-4f1c9e' as never)).message).not.toContain('canary'));
});

describe('L a consent portal whose provider is suspended', () => {
  const portalPolicy = (suspend: (p: { signIn: L.IOAuth2Provider; crm: L.IOAuth2Provider }) => void) => {
    const s = salesStack(); const g = gateway(s, { inbound: jwt(), mcpVersions: ['2025-11-25'] }); const [signIn, crm] = [imported(s, 'signin'), imported(s, 'crm')];
    const portal = new L.ConsentPortal(s, 'Portal', { owner: owner(), gateway: g, signIn, scopes: [] });
    g.addTarget('Crm', L.GatewayTarget.mcpServer('https://crm.example.com/mcp', { tools: TOOLS }), {
      credentials: L.TargetCredentials.oauth2(crm, { grantType: L.OAuthGrantType.AUTHORIZATION_CODE, scopes: [L.CustomScope.of('read')], defaultReturnUrl: portal.connectUrl }),
    }).everyTool(WHY).requires(L.ToolAccess.everyCaller(WHY));
    suspend({ signIn, crm });
    const [policy] = resources(s, 'AWS::IAM::Policy').filter(({ Roles }) => JSON.stringify(Roles).includes('PortalRole'));
    const MINT = 'bedrock-agentcore:GetWorkloadAccessTokenForJWT';
    const mints = policy.PolicyDocument.Statement.some((each: any) => each.Effect === 'Allow' && each.Action === MINT);
    return Object.assign((effect: string, action: string): string[] => policy.PolicyDocument.Statement
      .filter((each: any) => each.Effect === effect && [each.Action].flat().includes(action)).flatMap((each: any) => [JSON.stringify(each.Resource).match(/oauth2credentialprovider\/\w+/g) ?? []].flat()), { mints });
  };
  const GET = 'bedrock-agentcore:GetResourceOauth2Token';
  test('none', () => { const on = portalPolicy(() => undefined); expect(on.mints).toBe(true); expect([on('Allow', GET), on('Deny', GET)]).toEqual([['oauth2credentialprovider/crm', 'oauth2credentialprovider/signin'], []]); });
  test('the one for signing in', () => { const on = portalPolicy(({ signIn }) => signIn.suspend(WHY)); expect([on('Allow', GET), on('Deny', GET)]).toEqual([['oauth2credentialprovider/crm'], ['oauth2credentialprovider/signin']]); });
  test('that of a target', () => { const on = portalPolicy(({ crm }) => crm.suspend(WHY)); expect([on('Allow', GET), on('Deny', GET)]).toEqual([['oauth2credentialprovider/signin'], ['oauth2credentialprovider/crm']]); });
  test('both', () => { const on = portalPolicy(({ signIn, crm }) => { signIn.suspend(WHY); crm.suspend(WHY); }); expect([on('Allow', GET), on('Deny', GET)]).toEqual([[], ['oauth2credentialprovider/crm', 'oauth2credentialprovider/signin']]); expect(on.mints).toBe(false); });
});
