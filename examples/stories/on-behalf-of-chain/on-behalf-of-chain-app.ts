import {
  ActorToken, Agent, AgentHost, AgentOwner, AgentRuntimeRole, Capability, ClaimShape, ClientSecret, CustomOAuth2Provider, CustomScope, GatewayInbound, GatewayProtocol,
  MicrosoftOAuth2Provider, MicrosoftScope, MicrosoftTenant, OAuth2Discovery, OnBehalfOf, TokenIssuer, TokenVaultEncryption, ToolAccess, ToolCallAuthority, ToolGateway,
  Users,
} from 'cdk-agentcore-identity';
import {
  App, AppProps, aws_bedrockagentcore as agentcore, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack,
} from 'aws-cdk-lib';

const TENANT = '3f9d2c7b-51ae-4e06-8b94-c27d10e5fa68';
const ISSUER = `https://login.microsoftonline.com/${TENANT}/v2.0`;
/** Id of the application whose tokens go through the chain: Entra ID names it as audience, and exchanges a token for it alone. */
const APPLICATION = 'a4d1c6f0-3b52-4c8e-9d17-6f0e2b7a5c94';

/*
 * An employee asks an assistant, which asks a planner behind a gateway. The employee's token goes all the way, and only the planner has it
 * exchanged: for the calendar at Microsoft Graph, which then sees the employee, and for orders, which see the employee and the client that acts.
 */
export function onBehalfOfChainApp(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Planning', { env: { account: '111122223333', region: 'eu-west-1' } });
  const owner = AgentOwner.team('office-tools', 'office-tools@example.com');
  const users = Users.anyOfTheIssuer({ reason: 'Graph and the order system check themselves what each employee may see' });

  TokenVaultEncryption.fromKey(stack, 'TokenVault', kms.Key.fromKeyArn(stack, 'VaultKey', ssm.StringParameter.valueForStringParameter(stack, '/agents/token-vault-key-arn')));
  const encryptionKey = new kms.Key(stack, 'SecretsKey', { enableKeyRotation: true });
  const secret = (id: string) => ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, id, {
    encryptionKey, generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' },
  }), 'client_secret');
  const graph = new MicrosoftOAuth2Provider(stack, 'Graph', {
    providerName: 'acme-graph', clientId: APPLICATION, clientSecret: secret('GraphClient'), tenant: MicrosoftTenant.of(TENANT),
  });
  const orders = new CustomOAuth2Provider(stack, 'Orders', {
    providerName: 'acme-orders',
    clientId: 'planner-exchange',
    clientSecret: secret('OrdersClient'),
    discovery: OAuth2Discovery.url('https://id.acme.example/.well-known/openid-configuration'),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.machineToMachine([CustomScope.of('orders:act')])),
  });

  const role = new AgentRuntimeRole(stack, 'PlannerRole', { runtimeName: 'planner' });
  const runtime = new agentcore.CfnRuntime(stack, 'PlannerRuntime', {
    agentRuntimeName: 'planner',
    agentRuntimeArtifact: { codeConfiguration: { code: { s3: { bucket: 'acme-releases', prefix: 'planner/2026-11-01.zip' } }, entryPoint: ['main.py'], runtime: 'PYTHON_3_13' } },
    networkConfiguration: { networkMode: 'VPC', networkModeConfig: { subnets: ['subnet-0a1b2c3d4e5f60718'], securityGroups: ['sg-0a1b2c3d4e5f60718'] } },
    roleArn: role.roleArn,
  });
  const planner = new Agent(stack, 'Planner', { owner, host: AgentHost.agentRuntime(runtime, { role }) });
  planner.may(
    Capability.actOnBehalfOfUser(graph, { scopes: [MicrosoftScope.CALENDARS_READ], users, reason: 'Looks for free slots in the calendar of the employee who asked' }),
    Capability.actOnBehalfOfUser(orders, { scopes: [CustomScope.of('orders:read')], audiences: ['api://orders'], users, reason: 'Plans around the deliveries that the employee is waiting for' }),
  );
  runtime.environmentVariables = { AGENT: planner.manifest };

  const gateway = new ToolGateway(stack, 'Agents', { owner, protocol: GatewayProtocol.HTTP, inbound: GatewayInbound.jwt({ issuer: ISSUER, audiences: [APPLICATION] }), encryptionKey });
  // Entra ID puts scopes into the claim `scp`.
  const behind = gateway.addAgent('planner', planner, { access: ToolAccess.claim('scp', 'agents.call', { shape: ClaimShape.BLANK_SEPARATED }) });

  const assistant = new lambda.Function(stack, 'AssistantFunction', {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Releases', 'acme-releases'), 'assistant/2026-11-01.zip', { objectVersion: 'L4kqtJlcpXroDTDmpUMLUo' }),
  });
  const front = new Agent(stack, 'Assistant', { owner, host: AgentHost.lambdaFunction(assistant), callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: [APPLICATION] })] });
  front.may(Capability.callTools(gateway, {
    tools: [behind.operation('POST', '/invocations').qualifiedName], authority: ToolCallAuthority.userToken({ users }), reason: 'Hands requests that need a plan to the planner',
  }));
  assistant.addEnvironment('AGENT', front.manifest);
  return app;
}
