import {
  App, aws_bedrockagentcore as agentcore, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_eks as eks, aws_iam as iam, aws_kms as kms, aws_lambda as lambda,
  aws_secretsmanager as secretsmanager, aws_stepfunctions as stepfunctions, SecretValue, Stack,
} from 'aws-cdk-lib';
import {
  ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, AgentProps, AgentRuntimeRole, ApiKey, ApiKeyAuthority, ApiKeyLocation, ApiKeyProvider,
  ApiSchema, Capability, ClientAuthentication, ClientSecret, CustomOAuth2Provider, CustomScope, FrontEnd, GatewayInbound, GatewayTarget, GitHubScope,
  GoogleOAuth2Provider, GoogleScope, JwtSigningAlgorithm, MachineClients, OAuth2Discovery, OAuth2Provider, OAuthGrantType, OnBehalfOf, Operator, TargetCredentials,
  TokenIssuer, TokenVaultEncryption, Tool, ToolAccess, ToolCallAuthority, ToolGateway, ToolSchema, TrustedUserIds, Users, WebIdentityTokenAlgorithm,
} from '../../src';

export const ENV = { account: '111111111111', region: 'eu-west-1' };
const REASON = { reason: 'Stands in the table of needed rights' };
const RETURN_URLS = ['https://agents.example.com/return'];
const EMPLOYEES = TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] });
const MODELLED_KEY = 'arn:aws:kms:eu-west-1:111111111111:key/66666666-7777-8888-9999-000000000000';
const service = (name: string) => new iam.ServicePrincipal(`${name}.amazonaws.com`);

/** An app that uses every kind of capability, host, identity, provider and import once, and where its things are. */
export interface Everything {
  readonly app: App;
  readonly stack: Stack;
  readonly roles: Record<string, string>;
  readonly identities: Record<string, string>;
  readonly secrets: Record<string, string>;
  readonly keys: Record<string, string>;
  readonly gateway: ToolGateway;
  readonly inside: ToolGateway;
  /** ARN of the runtime that front ends invoke. */
  readonly runtime: string;
}

/** Values may be tokens of the stack. */
export function everything(): Everything {
  const app = new App();
  const stack = new Stack(app, 'All', { env: ENV });
  const key = new kms.Key(stack, 'SecretsKey');
  const secretsKey = { encryptionKey: key };
  const made = (name: string) => new secretsmanager.Secret(stack, `${name}Secret`, secretsKey);
  const vault = new TokenVaultEncryption(stack, 'Vault', {});
  const secrets = {
    google: made('google'),
    triage: new secretsmanager.CfnSecret(stack, 'triageSecret', { generateSecretString: {} }),
    biller: secretsmanager.Secret.fromSecretNameV2(stack, 'billerSecret', 'clients/biller'),
    weather: made('weather'),
    bundle: secretsmanager.Secret.fromSecretCompleteArn(stack, 'bundleSecret', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:bundle-a1B2c3'),
    crm: made('crm'),
  };
  const endpoint = (name: string) => OAuth2Discovery.serverMetadata({
    issuer: `https://${name}.example.com`, authorizationEndpoint: `https://${name}.example.com/authorize`, tokenEndpoint: `https://${name}.example.com/token`,
  });
  const signingKey = kms.Key.fromKeyArn(stack, 'SigningKey', MODELLED_KEY);
  const signing = ClientAuthentication.privateKeyJwt({ key: signingKey, algorithm: JwtSigningAlgorithm.RS256 });

  const google = new GoogleOAuth2Provider(stack, 'Google', { providerName: 'google', clientId: 'google', clientSecret: ClientSecret.fromSecretsManager(secrets.google, 'client_secret') });
  const mail = OAuth2Provider.fromProviderName(stack, 'Mail', 'mail', { clientSecret: ClientSecret.managedByAgentCore() });
  const orders = new CustomOAuth2Provider(stack, 'Orders', {
    providerName: 'orders', clientId: 'orders', discovery: endpoint('orders'), clientAuthentication: signing, onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()),
  });
  const shipping = new CustomOAuth2Provider(stack, 'Shipping', {
    providerName: 'shipping',
    clientId: 'shipping',
    discovery: endpoint('shipping'),
    clientAuthentication: ClientAuthentication.iamIdToken(),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken({ audiences: ['https://actors.example.com'] })),
  });
  const billing = OAuth2Provider.fromProviderArn(stack, 'Billing', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/billing', {
    clientSecret: ClientSecret.fromSecretsManager(secrets.biller, 'client_secret'), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.machineToMachine([CustomScope.of('act')])),
  });
  const github = OAuth2Provider.fromProviderRef(stack, 'GitHub', agentcore.OAuth2CredentialProvider.usingGithub(stack, 'GitHubL2', {
    oAuth2CredentialProviderName: 'github', clientId: 'github', clientSecret: SecretValue.secretsManager('somewhere'),
  }), { clientSecret: ClientSecret.managedByAgentCore() });
  const tickets = OAuth2Provider.fromProviderRef(stack, 'Tickets', new agentcore.CfnOAuth2CredentialProvider(stack, 'TicketsL1', { name: 'tickets', credentialProviderVendor: 'CustomOauth2' }), {
    clientSecret: ClientSecret.fromSecretsManager(secrets.triage, 'client_secret', secretsKey), onBehalfOf: OnBehalfOf.jwtAuthorizationGrant(),
  });
  const signed = new CustomOAuth2Provider(stack, 'Signed', {
    providerName: 'signed', discovery: endpoint('signed'), clientAuthentication: ClientAuthentication.iamIdToken({ signingAlgorithm: WebIdentityTokenAlgorithm.ES384 }),
  });
  const crm = new CustomOAuth2Provider(stack, 'Crm', {
    providerName: 'crm', clientId: 'crm', discovery: endpoint('crm'), clientSecret: ClientSecret.fromSecretsManager(secrets.crm, 'client_secret'), onBehalfOf: OnBehalfOf.jwtAuthorizationGrant(),
  });
  const weather = new ApiKeyProvider(stack, 'Weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secrets.weather, 'api_key') });
  const bundle = ApiKeyProvider.fromProviderName(stack, 'Bundle', 'bundle', { apiKey: ApiKey.bundleFromSecretsManager(secrets.bundle, 'keys', ['orders', 'stock']) });
  const maps = ApiKeyProvider.fromProviderRef(stack, 'Maps', new agentcore.CfnApiKeyCredentialProvider(stack, 'MapsL1', { name: 'maps' }), { apiKey: ApiKey.managedByAgentCore() });

  const role = (name: string, principal = 'lambda') => new iam.Role(stack, `${name}Role`, { roleName: name, assumedBy: service(principal) });
  const fn = (name: string) => AgentHost.lambdaFunction(new lambda.Function(stack, `${name}Function`, {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}'), role: role(name),
  }));
  const page = (name: string) => AgentPart.returnPage('ReturnPage', fn(name));
  const shared = (name: string) => AgentPart.sharedReturnPage(name, AgentHost.role(sharedPage), REASON);
  const sharedPage = role('shared-page');
  const agent = (id: string, props: Partial<AgentProps>) => new Agent(stack, id, {
    owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named(id), callers: [EMPLOYEES], returnUrls: RETURN_URLS, ...props,
  });
  const limits = { enforcedByApplication: 'The agent looks at the token before it acts', ...REASON };
  const any = { users: Users.anyOfTheIssuer(REASON), ...limits };
  const read = [CustomScope.of('read')];

  agent('calendar', { host: fn('calendar'), parts: [page('calendar-page')] })
    .may(Capability.actAsUser(google, { ...any, scopes: [GoogleScope.CALENDAR_READONLY] }));

  agent('mailer', { host: AgentHost.ecsTask(new ecs.FargateTaskDefinition(stack, 'mailerTask', { taskRole: role('mailer', 'ecs-tasks') })), parts: [shared('Consent')] })
    .may(Capability.actAsUser(mail, { scopes: read, users: Users.withSubjects(['user-1']), ...limits }));

  agent('orderer', {
    host: AgentHost.eksServiceAccount({ role: role('orderer', 'pods.eks'), node: stack.node } as unknown as eks.ServiceAccount),
    identity: AgentIdentity.fromRef(new agentcore.CfnWorkloadIdentity(stack, 'ordererIdentity', { name: 'orderer' })),
  }).may(Capability.actOnBehalfOfUser(orders, { ...any, scopes: read }));

  agent('shipper', {
    host: AgentHost.ec2Instance(new ec2.Instance(stack, 'shipperInstance', {
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Network', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }),
      instanceType: new ec2.InstanceType('t4g.small'),
      machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-12345678' }),
      role: role('shipper', 'ec2'),
    })),
    identity: AgentIdentity.fromArn('arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/shipper'),
  }).may(Capability.actOnBehalfOfUser(shipping, { ...any, scopes: read }));

  agent('biller', {
    host: AgentHost.stateMachine(new stepfunctions.StateMachine(stack, 'billerMachine', {
      definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')), role: role('biller', 'states'),
    })),
    identity: AgentIdentity.fromRef(new agentcore.WorkloadIdentity(stack, 'billerIdentity', { workloadIdentityName: 'biller' })),
  }).may(Capability.actOnBehalfOfUser(billing, { ...any, scopes: read }));

  agent('importer', { host: AgentHost.role(iam.Role.fromRoleArn(stack, 'importerRole', `arn:aws:iam::${ENV.account}:role/importer`)), identity: AgentIdentity.fromName('importer'), parts: [shared('Consent')] })
    .may(Capability.actAsTrustedUserId(github, { ...limits, scopes: [GitHubScope.READ_USER], userIds: TrustedUserIds.withPrefix('cognito+') }));

  const triageRole = new AgentRuntimeRole(stack, 'triageRole', { runtimeName: 'triage' });
  const artifact = { agentRuntimeArtifact: { containerConfiguration: { containerUri: `${ENV.account}.dkr.ecr.eu-west-1.amazonaws.com/agent:1` } }, networkConfiguration: { networkMode: 'PUBLIC' } };
  agent('triage', { host: AgentHost.agentRuntime(new agentcore.CfnRuntime(stack, 'triageRuntime', { ...artifact, agentRuntimeName: 'triage', roleArn: triageRole.roleArn }), { role: triageRole }) })
    .may(Capability.actAsItself(tickets, { ...limits, scopes: read }), Capability.actOnBehalfOfUser(tickets, { ...any, scopes: read }));

  const plannerRuntime = new agentcore.Runtime(stack, 'plannerRuntime', {
    runtimeName: 'planner', agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'agents'), '1'),
  });
  agent('planner', { host: AgentHost.agentRuntime(plannerRuntime), identity: undefined, parts: [page('planner-page')] }).may(
    Capability.actAsUser(google, { ...limits, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.inGroup('sales') }),
    Capability.useApiKey(weather, { ...limits, authority: ApiKeyAuthority.USER_SESSION }));

  const forecasterRuntime = agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'forecasterRuntime', {
    agentRuntimeArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/forecaster-a1B2c3D4e5',
    agentRuntimeId: 'forecaster-a1B2c3D4e5',
    agentRuntimeName: 'forecaster',
    agentRuntimeVersion: '1',
    roleArn: `arn:aws:iam::${ENV.account}:role/forecaster`,
  });
  agent('forecaster', { host: AgentHost.agentRuntime(forecasterRuntime), identity: undefined }).may(Capability.useApiKey(bundle, limits));

  agent('divided', {
    parts: [
      AgentPart.minting('Minter', AgentHost.role(new iam.CfnRole(stack, 'minterRole', {
        roleName: 'divided-minter', assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      }))),
      AgentPart.vending('Worker', AgentHost.role(iam.Role.fromRoleName(stack, 'workerRole', 'divided-worker'))),
    ],
  }).may(Capability.actAsItself(signed, { ...limits, scopes: read }), Capability.useApiKey(maps, limits));

  const retired = agent('retired', { host: AgentHost.role(role('retired')) });
  retired.may(Capability.actAsItself(signed, { ...limits, scopes: read }));
  retired.suspend(REASON);
  agent('halved', { host: AgentHost.role(role('halved')) }).may(Capability.useApiKey(maps, limits), Capability.useApiKey(weather, limits).suspended(REASON));

  const gateway = new ToolGateway(stack, 'Tools', {
    owner: AgentOwner.team('team', 'team@example.com'),
    gatewayName: 'tools',
    inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://tools'] }),
    encryptionKey: key,
    mcpVersions: ['2025-11-25'],
  });
  const tools = ToolSchema.inline(Tool.named('read', { description: 'Reads' }));
  const oauth2 = (grantType: OAuthGrantType, defaultReturnUrl?: string) => TargetCredentials.oauth2(crm, { grantType, scopes: read, defaultReturnUrl });
  const api = ApiSchema.inline('{"openapi":"3.0.0"}');
  const targets: [string, GatewayTarget, TargetCredentials][] = [
    ['Fn', GatewayTarget.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'ToolFunction', 'arn:aws:lambda:eu-west-1:111111111111:function:tool'), tools), TargetCredentials.gatewayRole()],
    ['Own', GatewayTarget.openApi(api), oauth2(OAuthGrantType.CLIENT_CREDENTIALS)],
    ['Consent', GatewayTarget.mcpServer('https://mcp.example.com/mcp', { tools }), oauth2(OAuthGrantType.AUTHORIZATION_CODE, RETURN_URLS[0])],
    ['Exchange', GatewayTarget.openApi(api), oauth2(OAuthGrantType.TOKEN_EXCHANGE)],
    ['Key', GatewayTarget.openApi(api), TargetCredentials.apiKey(weather, { location: ApiKeyLocation.header('X-Api-Key') })],
    ['Open', GatewayTarget.openApi(api), TargetCredentials.none(REASON)],
  ];
  targets.forEach(([name, target, credentials]) => gateway.addTarget(name, target, { credentials }).tool('read').requires(ToolAccess.allScopes(`tools:${name.toLowerCase()}`)));

  gateway.addReturnPage('Page', fn('tools-page'));

  // An agent that AWS credentials invoke, for users whom a portal names; and one that calls tools, with its role and as a machine client.
  const deskRole = role('desk', 'bedrock-agentcore');
  const deskRuntime = new agentcore.CfnRuntime(stack, 'deskRuntime', { ...artifact, agentRuntimeName: 'desk', roleArn: deskRole.roleArn });
  const desk = agent('desk', { host: AgentHost.agentRuntime(deskRuntime, { role: deskRole }), identity: undefined, callers: [], parts: [page('desk-page')] });
  const cognito = { userIds: TrustedUserIds.withPrefix('cognito+'), enforcedByApplication: 'The portal takes the id from the token that Cognito signed', ...REASON };
  desk.may(Capability.actAsTrustedUserId(github, { ...limits, scopes: [GitHubScope.READ_USER], userIds: cognito.userIds }));
  desk.invokedBy(FrontEnd.invokingForTrustedUserIds('Portal', AgentHost.role(role('portal')), cognito), FrontEnd.invoking('Monitor', AgentHost.role(role('monitor')), REASON));
  desk.commandsRunBy(Operator.runningCommands('Oncall', AgentHost.role(role('oncall')), REASON));

  const inside = new ToolGateway(stack, 'Inside', { owner: AgentOwner.team('team', 'team@example.com'), gatewayName: 'inside', inbound: GatewayInbound.iam() });
  inside.addTarget('Fn', GatewayTarget.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'InsideFunction', 'arn:aws:lambda:eu-west-1:111111111111:function:inside'), tools), { credentials: TargetCredentials.gatewayRole() });
  agent('caller', { host: AgentHost.role(role('caller')) }).may(Capability.callTools(inside, { tools: ['Fn___read'], authority: ToolCallAuthority.agentRole(), ...REASON }));
  const machines = new MachineClients(stack, 'Machines', { owner: AgentOwner.team('team', 'team@example.com'), domainPrefix: 'acme-agents', encryptionKey: key });
  const scope = machines.addScope('tools:call', 'Call the tools that only read');
  const machine = machines.addClient('Robot', { owner: AgentOwner.team('team', 'team@example.com'), scopes: [scope], reason: REASON.reason });
  agent('robot', { host: AgentHost.role(role('robot')) }).may(Capability.actAsItself(machine.provider(stack, 'RobotClient', { providerName: 'robot' }), { scopes: [scope], ...limits }));

  const named = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));
  const identityArn = (name: string) => `arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/${name}`;
  const kept = (kind: string, name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/${kind}/${name}-AbCdEf`;
  return {
    app,
    stack,
    gateway,
    inside,
    runtime: deskRuntime.attrAgentRuntimeArn,
    roles: {
      ...named('calendar', 'calendar-page', 'mailer', 'shared-page', 'orderer', 'shipper', 'biller', 'importer', 'planner-page', 'forecaster', 'divided-minter', 'divided-worker', 'retired', 'halved', 'desk', 'desk-page', 'tools-page', 'portal', 'monitor', 'oncall', 'caller', 'robot'),
      triage: triageRole.roleArn,
      planner: plannerRuntime.role.roleArn,
      gateway: gateway.role.roleArn,
      inside: inside.role.roleArn,
    },
    identities: {
      ...Object.fromEntries(['calendar', 'mailer', 'orderer', 'shipper', 'biller', 'importer', 'triage', 'divided', 'retired', 'halved', 'caller', 'robot'].map((name) => [name, identityArn(name)])),
      planner: identityArn(plannerRuntime.agentRuntimeId),
      forecaster: identityArn('forecaster-a1B2c3D4e5'),
      desk: identityArn(deskRuntime.attrAgentRuntimeId),
      gateway: identityArn(gateway.gatewayId),
      inside: identityArn(inside.gatewayId),
    },
    secrets: {
      google: secrets.google.secretArn,
      triage: secrets.triage.attrId,
      biller: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:clients/biller-a1B2c3',
      weather: secrets.weather.secretArn,
      bundle: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:bundle-a1B2c3',
      crm: secrets.crm.secretArn,
      mail: kept('oauth2', 'mail'),
      github: kept('oauth2', 'github'),
      maps: kept('apikey', 'maps'),
      robot: machine.secretArn,
    },
    keys: { secrets: key.keyArn, vault: vault.key.keyRef.keyArn, signing: MODELLED_KEY },
  };
}
