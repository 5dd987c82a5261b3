import { App, aws_bedrockagentcore as agentcore, aws_ecr as ecr, aws_iam as iam, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import {
  ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, AgentRuntimeRole, ApiKey, ApiKeyAuthority, ApiKeyProvider, CallingWorkload, Capability,
  ClientAuthentication,
  ClientSecret, CustomOAuth2Provider, CustomScope, FrontEnd, GatewayInbound, GatewayProtocol, GoogleOAuth2Provider, GoogleScope, OAuth2Discovery, OnBehalfOf,
  OAuthGrantType, Operator, PolicyEnforcement, PrivateCaCertificate, PrivateEndpoint, RateDimension, SalesforceOAuth2Provider, TargetCredentials,
  TokenIssuer, TokenVaultEncryption, ToolAccess, ToolGateway, TrustedUserIds, Users,
} from '../../src';
import { crm, TARGETS, WAYS } from '../gateway/every-target';

/* One app with everything that deserves a reviewer's attention, and with something that deserves none. */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
const ISSUER = 'https://acme.okta.com/oauth2/default';
const REASON = { reason: 'Stands in the tests of the report' };

export function wholeRange(outdir?: string): App {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Agents', { env: ENV });
  const abroad = new Stack(app, 'Abroad', { env: { account: '222222222222', region: 'us-east-1' } });
  const late = new Stack(app, 'Late');
  new TokenVaultEncryption(stack, 'Vault');
  const owner = AgentOwner.team('sales-tools', 'sales-tools@example.com');
  const security = AgentOwner.team('security', 'security@example.com');
  const callers = [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'], clients: ['portal'] })];
  const returnUrls = ['https://agents.example.com/return'];
  const role = (of: Stack, id: string) => new iam.Role(of, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const google = (of: Stack, id: string) => new GoogleOAuth2Provider(of, id, {
    clientId: `${id}.apps`, clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(of, `${id}Client`), 'client_secret'),
  });
  const salesforce = (of: Stack, id: string) => new SalesforceOAuth2Provider(of, id, {
    clientId: `${id}.apps`, clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(of, `${id}Client`), 'client_secret'),
  });
  const weather = (of: Stack, id: string, keys: string[] = []) => {
    const secret = secretsmanager.Secret.fromSecretNameV2(of, `${id}Key`, `${id}/key`);
    return new ApiKeyProvider(of, id, { apiKey: keys.length > 0 ? ApiKey.bundleFromSecretsManager(secret, 'api_key', keys) : ApiKey.fromSecretsManager(secret, 'api_key') });
  };
  const scopes = [GoogleScope.CALENDAR_READONLY];
  const page = role(stack, 'Page');
  const sharedPage = () => AgentPart.sharedReturnPage('ReturnPage', AgentHost.role(page), { reason: 'One domain has one page for returns' });

  const mail = google(stack, 'Mail');
  new Agent(stack, 'Scheduler', { owner, host: AgentHost.role(role(stack, 'Scheduler')), parts: [sharedPage()], callers, returnUrls })
    .may(Capability.actAsUser(google(stack, 'Calendar'), { scopes, users: Users.anyOfTheIssuer({ reason: 'Every employee has a calendar' }), ...REASON }));
  new Agent(stack, 'Drafter', { owner, host: AgentHost.role(role(stack, 'Drafter')), parts: [sharedPage()], callers, returnUrls }).may(
    Capability.actAsUser(mail, { scopes, users: Users.inGroup('sales'), enforcedByApplication: 'The function refuses tokens without the group before it mints', ...REASON }),
    Capability.useApiKey(weather(stack, 'Weather'), { authority: ApiKeyAuthority.USER_SESSION, ...REASON }).suspended({ reason: 'Incident 4712: the key leaked' }));
  new Agent(stack, 'Importer', { owner: security, host: AgentHost.role(role(stack, 'Importer')), parts: [AgentPart.returnPage('Page', AgentHost.role(role(stack, 'ImporterPage')))], callers, returnUrls })
    .may(Capability.actAsTrustedUserId(google(stack, 'Import'), { scopes, userIds: TrustedUserIds.withPrefix('cognito+'), ...REASON }));
  const stopped = new Agent(stack, 'Stopped', {
    owner: security,
    host: AgentHost.role(role(stack, 'Stopped')),
    callers: [TokenIssuer.oidcForAnyClient({ issuer: 'https://partner.example.com', reason: 'The partner registers a client for each shop' })],
  });
  stopped.may(Capability.useApiKey(weather(stack, 'Keys', ['maps', 'weather']), REASON));
  stopped.suspend({ reason: 'Incident 4711: prompt injection through invitations' });

  const foreignRole = iam.Role.fromRoleArn(abroad, 'ForeignRole', 'arn:aws:iam::222222222222:role/agents/foreign');
  new Agent(abroad, 'Foreign', { owner, identity: AgentIdentity.fromName('made-elsewhere'), host: AgentHost.roleManagedElsewhere(foreignRole, { reason: 'The network team owns the role' }) })
    .may(Capability.actAsItself(salesforce(abroad, 'Machine'), { scopes: [CustomScope.of('chatter_api')], ...REASON }));
  new Agent(late, 'Nothing', { owner, host: AgentHost.role(role(late, 'Nothing')) });

  const execution = new AgentRuntimeRole(stack, 'Execution', { runtimeName: 'planner', repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'agents/planner') });
  const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'planner',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/planner:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: execution.roleArn,
  });
  const orders = new CustomOAuth2Provider(stack, 'Orders', {
    clientId: 'orders',
    discovery: OAuth2Discovery.serverMetadata({
      issuer: 'https://login.example.com', authorizationEndpoint: 'https://login.example.com/authorize', tokenEndpoint: 'https://login.example.com/token',
    }),
    clientAuthentication: ClientAuthentication.iamIdToken({}),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()),
  });
  new Agent(stack, 'Planner', { owner, host: AgentHost.agentRuntime(runtime, { role: execution }), callers, returnUrls })
    .may(Capability.actOnBehalfOfUser(orders, { scopes: [CustomScope.of('orders:write')], users: Users.inGroup('sales'), ...REASON }));

  gateways(new Stack(app, 'Gateways', { env: ENV }), owner);
  invoked(new Stack(app, 'Invoked', { env: ENV }), owner);
  return app;
}

/** Agents on runtimes that gateways and AWS credentials invoke. */
function invoked(stack: Stack, owner: AgentOwner): void {
  const imported = (id: string) => agentcore.Runtime.fromAgentRuntimeAttributes(stack, id, {
    agentRuntimeArn: `arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/${id}-a1B2c3D4e5`,
    agentRuntimeId: `${id}-a1B2c3D4e5`,
    agentRuntimeName: id,
    roleArn: `arn:aws:iam::111111111111:role/${id}`,
    agentRuntimeVersion: '1',
  });
  new Agent(stack, 'Behind', { owner, host: AgentHost.agentRuntime(imported('behind')), callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'] })] })
    .acceptCallsFrom(CallingWorkload.identity(new agentcore.CfnWorkloadIdentity(stack, 'Portal', { name: 'portal' })));
  const named = new Agent(stack, 'Named', { owner, host: AgentHost.agentRuntime(imported('named')) });
  named.onlyInvokedBy(
    FrontEnd.invokingForTrustedUserIds('Web', AgentHost.role(new iam.Role(stack, 'WebRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })), {
      userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The web server takes the id from the token that Cognito signed', ...REASON,
    }),
    FrontEnd.invoking('Partner', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::222222222222:role/partner'), { reason: 'The partner owns the role' }), REASON),
  );
  named.commandsRunBy(
    Operator.runningCommands('Oncall', AgentHost.role(new iam.Role(stack, 'OncallRole', { assumedBy: new iam.AccountRootPrincipal() })), REASON),
    Operator.runningCommands('Vendor', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Vendor', 'arn:aws:iam::222222222222:role/vendor'), { reason: 'The vendor owns the role' }), REASON),
  );
}

function gateways(stack: Stack, owner: AgentOwner): void {
  const tools = new ToolGateway(stack, 'Tools', {
    owner, inbound: GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'] }),
  });
  tools.addRateLimit('PerTool', { dimensions: [RateDimension.TOOL], rules: [{ values: ['Calendar___list_events'], requestsPerMinute: 60 }] });
  const calendar = tools.addTarget('Calendar', TARGETS.lambdaFunction(stack), { credentials: WAYS.gatewayRole(stack) });
  calendar.tool('list_events').requires(ToolAccess.allScopes('mcp:call', 'calendar:read'));
  calendar.tool('delete_event').requires(ToolAccess.group('admins')).forbids(ToolAccess.group('interns'), { reason: 'Interns delete nothing at all' });
  tools.addTarget('Crm', TARGETS.openApi(stack), { credentials: WAYS.clientCredentials(stack) })
    .everyTool({ reason: 'The server itself decides which tools it has' }).requires(ToolAccess.everyCaller({ reason: 'Everybody reads the catalogue' }));
  tools.addTarget('Free', TARGETS.mcpServer(stack), {
    credentials: WAYS.none(stack),
    privateEndpoint: PrivateEndpoint.latticeResource('rcfg-0123456789abcdef0'),
    privateCaCertificates: [PrivateCaCertificate.fromSecret(secretsmanager.Secret.fromSecretCompleteArn(stack, 'InternalCa', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:internal-ca-a1B2c3'))],
  }).tool('ping').requires(ToolAccess.nobody());
  tools.addTarget('Diary', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(crm(stack, 'diary'), {
      grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl: 'https://agents.example.com/diary',
    }),
  }).tool('read').requires(ToolAccess.allScopes('diary:read'));
  tools.addReturnPage('DiaryPage', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'DiaryPage', 'arn:aws:iam::111111111111:role/diary-page'), { reason: 'The web team owns the role' }));
  new agentcore.CfnGatewayRule(stack, 'Canary', {
    gatewayIdentifier: tools.gatewayId,
    priority: 100,
    conditions: [{ matchPrincipals: { anyOf: [{ iamPrincipal: { arn: 'arn:aws:iam::111111111111:role/qa' } }] } }],
    actions: [{ routeToTarget: { staticRoute: { targetName: 'Free' } } }],
  });
  const trial = new ToolGateway(stack, 'Trial', {
    owner,
    inbound: GatewayInbound.none({ reason: 'A public demo without data' }),
    protocol: GatewayProtocol.HTTP,
    enforcement: PolicyEnforcement.logOnly({ reason: 'We watch for a week what would be refused' }),
    errorDetailsForCallers: { reason: 'Developers debug their own calls' },
  });
  trial.addTarget('Models', TARGETS.httpPassthrough(stack), { credentials: WAYS.gatewayRoleWithService(stack) })
    .everyTool({ reason: 'The model provider decides' }).requires(ToolAccess.everyCaller({ reason: 'It is a public demo' }));
}
