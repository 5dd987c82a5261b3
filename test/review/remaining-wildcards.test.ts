import { App, aws_bedrockagentcore as agentcore, aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import {
  AccessReport, Agent, AgentHost, AgentOwner, AgentRuntimeRole, ClientAuthentication, ClientSecret, ConsentPortal, CustomScope, GatewayInbound, GatewayTarget,
  IOAuth2Provider, OAuth2Provider, OAuth2ProviderImportOptions, OAuthGrantType, TargetCredentials, Tool, ToolAccess, ToolGateway, ToolSchema,
} from '../../src';
import { deploy } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';
import { everything } from '../sweep/everything';

/* Each resource that could not be named exactly stands in the report, of whichever role. Expected rows are written by hand from the policies. */
const REASON = { reason: 'Needed by the test of this situation' };
const OWNER = AgentOwner.team('team', 'team@example.com');
const READ = [CustomScope.of('read')];

interface Entry { path: string; remainingWildcards: { resource: string; reason: string }[]; leftToOthers: string[] }

function entriesOf(app: App): Entry[] {
  const { agents, gateways = [] } = JSON.parse(AccessReport.of(app).toJson()) as { agents: Entry[]; gateways?: Entry[] };
  return [...agents, ...gateways];
}

/** What the report has for one agent or gateway of a stack. */
function entry(declare: (stack: Stack) => { node: { path: string } }): Entry {
  const app = new App();
  const { node } = declare(new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } }));
  return entriesOf(app).find(({ path }) => path === node.path)!;
}

const wide = ({ remainingWildcards }: Entry): string[] => remainingWildcards.map(({ resource }) => resource);
const federation = ({ leftToOthers }: Entry): string[] => leftToOthers.filter((notice) => notice.includes('iam:EnableOutboundWebIdentityFederation'));

const withoutSecret = (name: string): OAuth2ProviderImportOptions => ({ clientAuthentication: ClientAuthentication.iamIdToken({ audiences: [`https://${name}.example.com/token`] }) });
const keptByAgentCore = { clientSecret: ClientSecret.managedByAgentCore() };
const provider = (stack: Stack, name: string, options: OAuth2ProviderImportOptions): IOAuth2Provider => OAuth2Provider.fromProviderName(stack, name, name, options);

function gatewayIn(stack: Stack): ToolGateway {
  return new ToolGateway(stack, 'Gateway', {
    owner: OWNER, gatewayName: 'tools', inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['gateway'] }), mcpVersions: ['2025-11-25'],
  });
}

function target(gateway: ToolGateway, used: IOAuth2Provider, defaultReturnUrl?: string): void {
  const grantType = defaultReturnUrl === undefined ? OAuthGrantType.CLIENT_CREDENTIALS : OAuthGrantType.AUTHORIZATION_CODE;
  gateway.addTarget('Crm', GatewayTarget.mcpServer('https://crm.example.com/mcp', { tools: ToolSchema.inline(Tool.named('read', { description: 'Reads' })) }), {
    credentials: TargetCredentials.oauth2(used, { grantType, scopes: READ, defaultReturnUrl }),
  }).everyTool(REASON).requires(ToolAccess.allScopes('crm:read'));
}

describe('a gateway with a client that has no secret', () => {
  const asGateway = (options: OAuth2ProviderImportOptions, change: (gateway: ToolGateway) => void = () => undefined) => entry((stack) => {
    const gateway = gatewayIn(stack);
    target(gateway, provider(stack, 'crm', options));
    change(gateway);
    return gateway;
  });

  test('the action that has no resource level, and who switches federation on: as for an agent', () => {
    const told = asGateway(withoutSecret('crm'));
    expect(wide(told)).toEqual(['* (sts:GetWebIdentityToken for audience https://crm.example.com/token)', 'gateway/tools-??????????']);
    expect(federation(told)).toEqual([expect.stringContaining('for tokens of Stack/Gateway/Role.')]);
  });

  test('for any audience: with its reason', () => {
    const told = asGateway({ clientAuthentication: ClientAuthentication.iamIdTokenForAnyAudience(REASON) });
    expect(wide(told)[0]).toBe(`* (sts:GetWebIdentityToken for ANY AUDIENCE (${REASON.reason}))`);
  });

  test.each<[string, Entry]>([
    ['not while it is cut off', asGateway(withoutSecret('crm'), (gateway) => gateway.suspend(REASON))],
    ['not where the client has a secret', asGateway({ clientSecret: ClientSecret.managedByAgentCore() })],
  ])('%s: the role has no such statement', (_situation, told) => {
    expect(wide(told).filter((resource) => resource.includes('sts:'))).toEqual([]);
    expect(federation(told)).toEqual([]);
  });
});

describe('a consent portal', () => {
  const LISTING = 'oauth2credentialprovider/* (ListOauth2CredentialProviders)';
  const PATTERNS = ['consent-portal/consents-?????????? (trust)', 'gateway/tools-??????????', LISTING];
  const asPortal = (signIn: OAuth2ProviderImportOptions, crm: OAuth2ProviderImportOptions) => entry((stack) => {
    const gateway = gatewayIn(stack);
    const portal = new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn: provider(stack, 'login', signIn), scopes: [], portalName: 'consents' });
    target(gateway, provider(stack, 'crm', crm), portal.connectUrl);
    return gateway;
  });

  test('clients without a secret, with which users sign in and to which they consent', () => {
    const told = asPortal(withoutSecret('login'), withoutSecret('crm'));
    expect(wide(told)).toEqual([
      '* (sts:GetWebIdentityToken for audience https://crm.example.com/token)', '* (sts:GetWebIdentityToken for audience https://login.example.com/token)', ...PATTERNS,
    ]);
    expect(federation(told)).toEqual([expect.stringContaining('for tokens of Stack/Gateway/Role and Stack/Portal/Role.')]);
  });

  test('only for signing in: the gateway\'s role gets no such token', () => {
    const told = asPortal(withoutSecret('login'), keptByAgentCore);
    expect(wide(told)).toContain('* (sts:GetWebIdentityToken for audience https://login.example.com/token)');
    expect(federation(told)).toEqual([expect.stringContaining('for tokens of Stack/Portal/Role.')]);
  });

  test('the secret of the client with which users sign in, which AgentCore keeps', () => {
    const told = asPortal(keptByAgentCore, withoutSecret('crm'));
    expect(wide(told).filter((resource) => resource.includes('default/oauth2/'))).toEqual([
      'secret bedrock-agentcore-identity!default/oauth2/login-??????', 'secret bedrock-agentcore-identity!default/oauth2/login-????????-??????',
    ]);
    expect(federation(told)).toEqual([expect.stringContaining('for tokens of Stack/Gateway/Role and Stack/Portal/Role.')]);
  });
});

describe('the role that this library makes for a runtime', () => {
  const onRuntime = (withImage: boolean) => entry((stack) => {
    const role = new AgentRuntimeRole(stack, 'Role', { runtimeName: 'planner', repository: withImage ? ecr.Repository.fromRepositoryName(stack, 'Images', 'agents') : undefined });
    const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
      agentRuntimeName: 'planner',
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents:1' } },
      networkConfiguration: { networkMode: 'PUBLIC' },
      roleArn: role.roleArn,
    });
    return new Agent(stack, 'Agent', { owner: OWNER, host: AgentHost.agentRuntime(runtime, { role }) });
  });
  const ROWS = [
    '* (cloudwatch:PutMetricData in namespace bedrock-agentcore)',
    '* (xray:GetSamplingRules, xray:GetSamplingTargets, xray:PutTelemetryRecords, xray:PutTraceSegments)',
    'log-group:/aws/bedrock-agentcore/runtimes/planner-??????????-*',
    'runtime/planner-?????????? (trust)',
  ];

  test('what AWS has no resource level for, and the patterns of names', () => expect(wide(onRuntime(false))).toEqual(ROWS));

  test('with an image: also the login to the registry', () => expect(wide(onRuntime(true))).toEqual([ROWS[0], '* (ecr:GetAuthorizationToken)', ...ROWS.slice(1)]));
});

describe('in an app that uses everything', () => {
  const { app, stack, roles } = everything();
  const account = deploy(app);
  const told = entriesOf(app).flatMap(({ remainingWildcards }) => remainingWildcards.map(({ resource }) => resource));
  // The official L2 makes the role of this runtime, with rights that are not this library's.
  const ours = Object.entries(roles).filter(([name]) => name !== 'planner').map(([name, token]) => [name, account.valueOf(stack, token) as string] as const);
  const wildAllows = ours.flatMap(([name, arn]) => policiesOf(account).principal(arn).policies.flatMap(({ document }) => [document.Statement].flat()
    .filter(({ Effect, Resource }: any) => Effect === 'Allow' && Resource !== undefined)
    .flatMap(({ Action, Resource }: any) => [Resource].flat().filter((resource: string) => /[*?]/.test(resource))
      .map((resource: string) => [name, [Action].flat().join(', '), resource] as [string, string, string]))));

  test('there are such resources', () => expect(new Set(wildAllows.map(([name]) => name))).toEqual(new Set(['mailer', 'shared-page', 'shipper', 'biller', 'importer', 'triage', 'divided-worker', 'halved', 'desk', 'desk-page', 'gateway', 'inside'])));

  test.each(wildAllows)('%s, %s on %s', (_role, actions, resource) => {
    const rows = told.filter((row) => (resource === '*'
      ? row.startsWith('* (') && actions.split(', ').every((action) => row.includes(action))
      : resource.includes(row.replace(/^secret /, '').replace('arn:${AWS::Partition}:', 'arn:aws:'))));
    expect(rows).not.toEqual([]);
  });
});
