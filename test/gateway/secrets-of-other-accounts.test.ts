import { App, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { crm, gatewayProps, OWNER, REASON, stackIn, TARGETS } from './every-target';
import {
  AccessReport, ApiKey, ApiKeyLocation, ApiKeyProvider, ClientSecret,
  ConsentPortal, CustomScope, OAuth2Provider, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway,
} from '../../src';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* A target's key, and the client with which users sign in at the portal, are kept by another team. IAM asks both accounts. */
const SECRET = 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:weather-a1B2c3';
const LOGIN = 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:login-a1B2c3';
const KEY = 'arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-3333-4444-555555555555';

function gatewayIn(app: App): { readonly stack: Stack; readonly gateway: ToolGateway; readonly portal: ConsentPortal; readonly intruder: iam.Role } {
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY);
  const secret = (id: string, arn: string) => secretsmanager.Secret.fromSecretCompleteArn(stack, id, arn);
  const weather = new ApiKeyProvider(stack, 'Weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret('Secret', SECRET), 'api_key', { encryptionKey }) });
  gateway.addTarget('Forecasts', TARGETS.openApi(stack), { credentials: TargetCredentials.apiKey(weather, { location: ApiKeyLocation.header('X-Api-Key') }) })
    .everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const signIn = OAuth2Provider.fromProviderName(stack, 'Login', 'login', { clientSecret: ClientSecret.fromSecretsManager(secret('LoginSecret', LOGIN), 'client_secret', { encryptionKey }) });
  const portal = new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn, scopes: [], portalName: 'consents' });
  gateway.addTarget('Crm', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(crm(stack), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl: portal.connectUrl }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const intruder = new iam.Role(stack, 'Intruder', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  intruder.addToPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue', 'kms:Decrypt'], resources: ['*'] }));
  return { stack, gateway, portal, intruder };
}

const app = new App();
const { stack, gateway, portal, intruder } = gatewayIn(app);
const bare = deploy(app);
const roleArn = (role: iam.IRole) => bare.valueOf(stack, role.roleArn) as string;
const statement = (given: iam.PolicyStatement) => bare.valueOf(stack, given.toStatementJson()) as Record<string, unknown>;

test('the statement to attach lets AgentCore read with the roles of the gateway and of its portal', () => {
  expect(statement(gateway.secretReadStatement())).toEqual({
    Sid: 'ReadByGatewayThroughAgentCore',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: { ArnEquals: { 'aws:PrincipalArn': [roleArn(gateway.role), roleArn(portal.role)] }, Bool: { 'aws:ViaAWSService': 'true' } },
  });
});

describe('with these statements in the other account', () => {
  const policy = (given: iam.PolicyStatement) => ({ Version: '2012-10-17', Statement: [statement(given)] });
  const read = policy(gateway.secretReadStatement());
  const externalPolicies = { [SECRET]: read, [LOGIN]: read, [KEY]: policy(gateway.secretKeyStatement()) };
  const granted = deploy(gatewayIn(new App()).stack.node.root as App, { externalPolicies: externalPolicies as never });
  const VIA_SERVICE: Record<string, string> = { 'aws:ViaAWSService': 'true' };
  const VIA_SECRETS_MANAGER: Record<string, string> = { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' };

  test.each<[string, iam.IRole, string, string, Record<string, string>, string]>([
    ['AgentCore reads the target\'s key for the gateway', gateway.role, 'secretsmanager:GetSecretValue', SECRET, VIA_SERVICE, 'Allowed'],
    ['AgentCore reads the client\'s secret for the portal', portal.role, 'secretsmanager:GetSecretValue', LOGIN, VIA_SERVICE, 'Allowed'],
    ['nobody reads as the gateway without AgentCore', gateway.role, 'secretsmanager:GetSecretValue', SECRET, {}, 'ImplicitlyDenied'],
    ['the portal does not read the target\'s key, for which no user consents', portal.role, 'secretsmanager:GetSecretValue', SECRET, VIA_SERVICE, 'ImplicitlyDenied'],
    ['the gateway does not read the client with which users sign in', gateway.role, 'secretsmanager:GetSecretValue', LOGIN, VIA_SERVICE, 'ImplicitlyDenied'],
    ['another role does not, whatever its own policy says', intruder, 'secretsmanager:GetSecretValue', SECRET, VIA_SERVICE, 'ImplicitlyDenied'],
    ['the key decrypts for the gateway, through Secrets Manager', gateway.role, 'kms:Decrypt', KEY, VIA_SECRETS_MANAGER, 'Allowed'],
    ['and for the portal', portal.role, 'kms:Decrypt', KEY, VIA_SECRETS_MANAGER, 'Allowed'],
    ['the key does not decrypt through another service', gateway.role, 'kms:Decrypt', KEY, { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }, 'ImplicitlyDenied'],
    ['nor for another role', intruder, 'kms:Decrypt', KEY, VIA_SECRETS_MANAGER, 'ImplicitlyDenied'],
  ])('%s', async (_situation, role, action, resource, context, expected) => {
    expect(await decide(granted, { principal: roleArn(role), action, resources: [resource], context })).toBe(expected);
  });

  test.each([[SECRET], [LOGIN]])('without them nobody reads %s', async (resource) => {
    for (const role of [gateway.role, portal.role]) {
      expect(await decide(bare, { principal: roleArn(role), action: 'secretsmanager:GetSecretValue', resources: [resource], context: VIA_SERVICE })).toBe('ImplicitlyDenied');
    }
  });
});

test('the report holds what the owners of both secrets and of the key have to add', () => {
  const notices: string[] = JSON.parse(AccessReport.of(gatewayIn(new App()).stack.node.root).toJson()).gateways[0].leftToOthers;
  const owners = notices.filter((notice) => notice.startsWith('The owner of')).map((notice) => [notice.slice(0, notice.indexOf('{')), JSON.parse(notice.slice(notice.indexOf('{')))]);
  const roles = { 'aws:PrincipalArn': ['(ARN of role Stack/Gateway/Role)', '(ARN of role Stack/Portal/Role)'] };
  const allow = (Sid: string, Action: string, Condition: object) => ({ Sid, Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action, Resource: '*', Condition: { ArnEquals: roles, ...Condition } });
  const read = allow('ReadByGatewayThroughAgentCore', 'secretsmanager:GetSecretValue', { Bool: { 'aws:ViaAWSService': 'true' } });
  expect(owners).toEqual([
    [`The owner of key ${KEY} adds to its policy: `, allow('DecryptSecretOfGateway', 'kms:Decrypt', { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } })],
    [`The owner of secret ${LOGIN}, in account 222222222222, adds to its resource policy: `, read],
    [`The owner of secret ${SECRET}, in account 222222222222, adds to its resource policy: `, read],
  ]);
});
