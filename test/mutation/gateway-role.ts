import { App, aws_kms as kms, aws_lambda as lambda, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { withNeighbours } from './company-agents';
import type { MutationSubject } from './subject';
import {
  AgentOwner, ApiKey, ApiKeyLocation, ApiKeyProvider, ApiSchema, ClientSecret, CustomOAuth2Provider, CustomScope, GatewayInbound, GatewayTarget,
  OAuth2Discovery, OAuthGrantType, TargetCredentials, Tool, ToolAccess, ToolGateway, ToolSchema,
} from '../../src';
import { deploy, type FakeAccount } from '../simulation/fake-account';
import { everyRequest, type RequestTemplate } from '../simulation/sweep';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-a1B2c3`;
const keyWith = (digit: number) => `arn:aws:kms:eu-west-1:111111111111:key/${`${digit}`.repeat(8)}-2222-4333-8444-555555555555`;
const [GATEWAY_KEY, SECRETS_KEY] = [keyWith(1), keyWith(2)];
const FUNCTION = 'arn:aws:lambda:eu-west-1:111111111111:function:calendar';
const CLAIM = 'bedrock-agentcore:InboundJwtClaim';
const claims = (iss: string, aud: string) => ({ [`${CLAIM}/iss`]: iss, [`${CLAIM}/aud`]: [aud] });
const GATEWAY_CONTEXT = 'kms:EncryptionContext:aws:bedrock-agentcore-gateway:arn';

/** The role of a gateway with a key of its own, whose targets are called as the gateway itself, with an API key, and with the role. */
export function gatewayRole(deployed: (app: App) => FakeAccount = deploy): MutationSubject {
  const app = new App();
  const stack = new Stack(app, 'Tools', { env: { account: '111111111111', region: 'eu-west-1' } });
  const secret = (name: string) => secretsmanager.Secret.fromSecretAttributes(stack, `${name}Secret`, {
    secretCompleteArn: secretArn(name), encryptionKey: kms.Key.fromKeyArn(stack, `${name}Key`, SECRETS_KEY),
  });
  const crm = new CustomOAuth2Provider(stack, 'Crm', {
    providerName: 'crm', clientId: 'crm', clientSecret: ClientSecret.fromSecretsManager(secret('crm'), 'client_secret'), discovery: OAuth2Discovery.url('https://crm.example.com/.well-known/openid-configuration'),
  });
  const weather = new ApiKeyProvider(stack, 'Weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret('weather'), 'api_key') });
  const gateway = new ToolGateway(stack, 'Gateway', {
    owner: AgentOwner.team('team', 'team@example.com'),
    gatewayName: 'tools',
    inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://tools'] }),
    encryptionKey: kms.Key.fromKeyArn(stack, 'GatewayKey', GATEWAY_KEY),
  });
  const add = (name: string, target: GatewayTarget, credentials: TargetCredentials) => gateway.addTarget(name, target, { credentials }).tool('read').requires(ToolAccess.allScopes('read'));
  add('Fn', GatewayTarget.lambdaFunction(lambda.Function.fromFunctionArn(stack, 'Fn', FUNCTION), ToolSchema.inline(Tool.named('read', { description: 'Reads' }))), TargetCredentials.gatewayRole());
  add('Crm', GatewayTarget.openApi(ApiSchema.inline('{}')), TargetCredentials.oauth2(crm, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [CustomScope.of('read')] }));
  add('Weather', GatewayTarget.openApi(ApiSchema.inline('{}')), TargetCredentials.apiKey(weather, { location: ApiKeyLocation.header('X-Api-Key') }));

  const account = deployed(app);
  const value = (token: unknown) => account.valueOf(stack, token) as string;
  const [gatewayArn, engine, role] = [gateway.gatewayArn, gateway._engine.attrPolicyEngineArn, gateway.role.roleArn].map(value);
  const identities = { tools: `${AC}:workload-identity-directory/default/workload-identity/${value(gateway.gatewayId)}` };
  const oauth2Providers = { crm: `${AC}:token-vault/default/oauth2credentialprovider/crm` };
  const apiKeyProviders = { weather: `${AC}:token-vault/default/apikeycredentialprovider/weather` };
  const secrets = { crm: secretArn('crm'), weather: secretArn('weather') };
  const others = { gateway: `${AC}:gateway/other-0000000000`, longer: gatewayArn.replace(/-(.{10})$/, '-2-$1'), engine: `${engine}-2` };
  const through = (service: string, region = 'eu-west-1') => ({ 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.${region}.amazonaws.com` });
  const ways = { 'directly': {}, 'through AgentCore': through('bedrock-agentcore'), 'through AgentCore elsewhere': through('bedrock-agentcore', 'us-east-1'), 'through S3': through('s3') };
  const keys = { gateway: GATEWAY_KEY, secrets: SECRETS_KEY };
  const contexts = { ...others, own: gatewayArn };
  const gatewayKeyRequests = ['CreateGrant', 'Decrypt', 'GenerateDataKey', 'DescribeKey'].flatMap((action) => Object.entries(keys).flatMap(([key, keyArn]) => Object.entries(ways).flatMap(([way, context]): RequestTemplate[] => [
    { line: `${action} | key=${key} ${way}`, action: `kms:${action}`, resources: [keyArn], context },
    ...(action === 'DescribeKey' ? [] : Object.entries(contexts).filter(([name]) => name !== 'engine').map(([name, arn]): RequestTemplate => (
      { line: `${action} | key=${key} ${way}, of ${name}`, action: `kms:${action}`, resources: [keyArn], context: { ...context, [GATEWAY_CONTEXT]: arn } }))),
  ])));
  const asks = ['AuthorizeAction', 'PartiallyAuthorizeActions'].flatMap((action) => [engine, others.engine].flatMap((of) => [gatewayArn, others.gateway, others.longer].map((about): RequestTemplate => (
    { line: `${action} | ${of === engine ? 'own' : 'another'} engine about ${about.split('/')[1]}`, action: `bedrock-agentcore:${action}`, resources: [of, about] }))));
  return {
    title: 'the role of a gateway',
    app,
    roles: { gateway: role },
    requests: [...everyRequest({
      identities: withNeighbours(identities, '-2'),
      oauth2Providers: withNeighbours(oauth2Providers, '-2'),
      apiKeyProviders: withNeighbours(apiKeyProviders, '-2'),
      secrets: withNeighbours(secrets, '-Zz9Yy8'),
      keys,
      keyServices: { secretsmanager: 'secretsmanager.eu-west-1.amazonaws.com', elsewhere: 'secretsmanager.us-east-1.amazonaws.com', s3: 's3.eu-west-1.amazonaws.com' },
      jwtContexts: {
        'user': claims('https://acme.okta.com/oauth2/default', 'api://tools'),
        'other-issuer': claims('https://evil.example.com', 'api://tools'),
        'other-audience': claims('https://acme.okta.com/oauth2/default', 'api://payroll'),
      },
      userIds: { plain: 'alice' },
    }), ...gatewayKeyRequests, ...asks],
    allowed: [
      'gateway | GetWorkloadAccessToken | identity=tools',
      'gateway | GetWorkloadAccessTokenForJWT | identity=tools jwt=user',
      'gateway | GetResourceOauth2Token | identity=tools provider=crm',
      'gateway | GetResourceApiKey | identity=tools provider=weather',
      'gateway | GetSecretValue | secret=crm through a service',
      'gateway | GetSecretValue | secret=weather through a service',
      'gateway | Decrypt | key=secrets via=secretsmanager',
      ...['CreateGrant', 'Decrypt', 'GenerateDataKey'].map((action) => `gateway | ${action} | key=gateway through AgentCore, of own`),
      'gateway | DescribeKey | key=gateway through AgentCore',
      ...['AuthorizeAction', 'PartiallyAuthorizeActions'].map((action) => `gateway | ${action} | own engine about ${gatewayArn.split('/')[1]}`),
      `gateway | bedrock-agentcore:GetPolicyEngine | ${engine}`,
      `gateway | lambda:InvokeFunction | ${FUNCTION}`,
    ],
    leftByDenies: { gateway: ['GetResourceApiKey', 'GetResourceOauth2Token', 'GetWorkloadAccessToken | identity=tools', 'GetWorkloadAccessTokenForJWT | identity=tools'] },
    arns: [
      ...Object.values({ ...identities, ...oauth2Providers, ...apiKeyProviders }), ...Object.values(secrets), SECRETS_KEY, GATEWAY_KEY, gatewayArn, engine, ...Object.values(others), FUNCTION, `${FUNCTION}-2`,
    ],
  };
}
