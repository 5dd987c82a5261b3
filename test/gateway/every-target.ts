import {
  App, aws_apigateway as apigateway, aws_bedrockagentcore as agentcore, aws_lambda as lambda, aws_s3 as s3, aws_secretsmanager as secretsmanager, Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  ActorToken, AgentOwner, ApiGatewayOperation, ApiKey, ApiKeyLocation, ApiKeyProvider, ApiSchema, ClientSecret, CustomScope,
  GatewayInbound, GatewayTarget, IApiKeyProvider, IOAuth2Provider, McpServerOptions, OAuth2Provider, OAuthGrantType, OnBehalfOf,
  PassthroughProtocol, RolePermission, TargetCredentials, Tool, ToolGatewayProps, ToolParameter, ToolSchema,
} from '../../src';

/** The parts that gateway tests are made of. Everything a test is about stands in the test. */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const ISSUER = 'https://acme.okta.com/oauth2/default';
export const OWNER = AgentOwner.team('team', 'team@example.com');
export const REASON = { reason: 'Needed by the test of this situation' };
export const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
export const DIRECTORY = `${AC}:workload-identity-directory/default`;
export const VAULT = `${AC}:token-vault/default`;
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:crm-client-a1B2c3';
export const KEY_SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:weather-key-d4E5f6';
export const RUNTIME_ARN = `${AC}:runtime/planner-a1B2c3D4e5`;
export const SMALL_API = JSON.stringify({ openapi: '3.0.0', info: { title: 'api', version: '1' }, paths: {} });

export const jwt = () => GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'] });

export function gatewayProps(more: Partial<ToolGatewayProps> = {}): ToolGatewayProps {
  return { owner: OWNER, inbound: jwt(), gatewayName: 'tools', ...more };
}

export function stackIn(app: App, id = 'Stack'): Stack {
  return new Stack(app, id, { env: ENV });
}

export function calendarFunction(scope: Construct, id = 'Calendar'): lambda.IFunction {
  return lambda.Function.fromFunctionAttributes(scope, `${id}Function`, { functionArn: `arn:aws:lambda:eu-west-1:111111111111:function:${id.toLowerCase()}`, sameEnvironment: true });
}

export function crm(scope: Construct, name = 'crm', vendor?: string, onBehalfOf?: OnBehalfOf): IOAuth2Provider {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, `${name}Client`, SECRET_ARN);
  return OAuth2Provider.fromProviderName(scope, name, name, { clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret'), vendor, onBehalfOf });
}

export function weather(scope: Construct): IApiKeyProvider {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, 'weatherKey', KEY_SECRET_ARN);
  return new ApiKeyProvider(scope, 'weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });
}

export const TOOLS = ToolSchema.inline(
  Tool.named('list_events', { description: 'Lists events', parameters: { city: ToolParameter.text({ required: true }), limit: ToolParameter.integer() } }),
  Tool.named('delete_event', { description: 'Deletes an event', parameters: { id: ToolParameter.text({ required: true }) } }),
);

/** One target of each kind, by the name of its factory. */
export const TARGETS: Record<string, (scope: Construct, mcp?: McpServerOptions) => GatewayTarget> = {
  lambdaFunction: (scope) => GatewayTarget.lambdaFunction(calendarFunction(scope), TOOLS),
  openApi: () => GatewayTarget.openApi(ApiSchema.inline(SMALL_API)),
  smithy: (scope) => GatewayTarget.smithy(ApiSchema.fromS3(s3.Bucket.fromBucketName(scope, 'Models', 'models'), 'dynamodb.json')),
  mcpServer: (_scope, mcp) => GatewayTarget.mcpServer('https://mcp.example.com/mcp', mcp),
  apiGateway: (scope) => GatewayTarget.apiGateway(apigateway.RestApi.fromRestApiId(scope, 'Pets', 'a1b2c3d4e5'), {
    stage: 'prod', operations: [ApiGatewayOperation.at('/pets', { methods: ['GET', 'POST'] }), ApiGatewayOperation.at('/pets/{petId}', { methods: ['GET'], toolName: 'get_pet' })],
  }),
  agentRuntime: (scope) => GatewayTarget.agentRuntime(agentcore.Runtime.fromAgentRuntimeAttributes(scope, 'Planner', {
    agentRuntimeArn: RUNTIME_ARN, agentRuntimeId: 'planner-a1B2c3D4e5', agentRuntimeName: 'planner', agentRuntimeVersion: '1', roleArn: 'arn:aws:iam::111111111111:role/planner',
  })),
  httpPassthrough: () => GatewayTarget.httpPassthrough('https://models.example.com', { protocol: PassthroughProtocol.INFERENCE }),
};

export const SERVICE = { service: 'execute-api', permissions: [RolePermission.to({ actions: ['execute-api:Invoke'], resources: ['arn:aws:execute-api:eu-west-1:111111111111:z9y8x7w6v5/prod/POST/orders'] })] };

/** Each way to call a target, by its column in AWS's table. */
export const WAYS: Record<string, (scope: Construct) => TargetCredentials> = {
  none: () => TargetCredentials.none(REASON),
  gatewayRole: () => TargetCredentials.gatewayRole(),
  gatewayRoleWithService: () => TargetCredentials.gatewayRole(SERVICE),
  gatewayRoleWithPermissions: () => TargetCredentials.gatewayRole({ permissions: SERVICE.permissions }),
  callerIam: () => TargetCredentials.callerIam(),
  clientCredentials: (scope) => TargetCredentials.oauth2(crm(scope), { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [CustomScope.of('read')] }),
  authorizationCode: (scope) => TargetCredentials.oauth2(crm(scope), {
    grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl: 'https://agents.example.com/return',
  }),
  tokenExchange: (scope) => TargetCredentials.oauth2(crm(scope, 'crm', undefined, OnBehalfOf.tokenExchange(ActorToken.none())), { grantType: OAuthGrantType.TOKEN_EXCHANGE, scopes: [CustomScope.of('read')] }),
  jwtPassthrough: () => TargetCredentials.jwtPassthrough(),
  apiKey: (scope) => TargetCredentials.apiKey(weather(scope), { location: ApiKeyLocation.header('X-Api-Key') }),
};
