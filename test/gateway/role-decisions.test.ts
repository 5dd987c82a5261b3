import { App, Aws, aws_apigateway as apigateway, CfnParameter, Stack } from 'aws-cdk-lib';
import { AC, DIRECTORY, ENV, gatewayProps, ISSUER, SECRET_ARN, stackIn, TARGETS, VAULT, WAYS } from './every-target';
import { ApiGatewayOperation, GatewayInbound, GatewayTarget, ToolAccess, ToolGateway } from '../../src';
import type { RequestContext } from '../simulation/access-request';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';

/*
 * What IAM answers to the gateway's role, whatever the gateway is called: each right next to its near misses.
 */
interface Named { readonly account: FakeAccount; readonly role: string; readonly id: string; readonly gateway: string; readonly engine: string }

const NAMES: [string, (stack: Stack) => string | undefined, Record<string, string>?][] = [
  ['in lower case', () => 'tools'],
  ['with capitals', () => 'MarketTools'],
  ['derived', () => undefined],
  ['with a region in it', () => `Tools-${Aws.REGION}`],
  ['that only deployment knows', (stack) => new CfnParameter(stack, 'Name').valueAsString, { Name: 'late-tools' }],
];

function named(name: (stack: Stack) => string | undefined, parameters?: Record<string, string>, inbound?: GatewayInbound): Named {
  const app = new App();
  const stack = stackIn(app, 'MixedCase-Stack');
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ gatewayName: name(stack), ...(inbound !== undefined ? { inbound } : {}) }));
  gateway.addTarget('Crm', TARGETS.mcpServer(stack), { credentials: WAYS.clientCredentials(stack) })
    .everyTool({ reason: 'The rules are not what this test is about' }).requires(ToolAccess.everyCaller({ reason: 'The rules are not what this test is about' }));
  // The judge knows execute-api resources without slashes in their paths only, so the parameter stands in the first part.
  gateway.addTarget('Pets', GatewayTarget.apiGateway(apigateway.RestApi.fromRestApiId(stack, 'Pets', 'a1b2c3d4e5'), {
    stage: 'prod', operations: [ApiGatewayOperation.at('/pets', { methods: ['GET', 'POST'] }), ApiGatewayOperation.at('/pet-{petId}', { methods: ['GET'], toolName: 'get_pet' })],
  }), { credentials: WAYS.gatewayRole(stack) })
    .tool('get_pet').requires(ToolAccess.everyCaller({ reason: 'The rules are not what this test is about' }));
  const account = deploy(app, { parameters });
  const value = (token: unknown) => account.valueOf(stack, token) as string;
  const { role, gatewayId, gatewayArn, _engine: engine } = gateway;
  return { account, role: value(role.roleArn), id: value(gatewayId), gateway: value(gatewayArn), engine: value(engine.attrPolicyEngineArn) };
}

const JWT: RequestContext = { 'bedrock-agentcore:InboundJwtClaim/iss': ISSUER, 'bedrock-agentcore:InboundJwtClaim/aud': ['gateway'] };
const THROUGH_A_SERVICE: RequestContext = { 'aws:ViaAWSService': 'true' };
const API = 'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3d4e5';
const identity = (id: string) => `${DIRECTORY}/workload-identity/${id}`;
const provider = (name: string) => `${VAULT}/oauth2credentialprovider/${name}`;

describe.each(NAMES)('a gateway with a name %s', (_what, name, parameters) => {
  const it = named(name, parameters);
  const other = `${it.id.slice(0, -10)}zzzzzzzzzz`;
  const own = identity(it.id);
  const token = (identityArn: string, providerArn: string) => ['bedrock-agentcore:GetResourceOauth2Token', [DIRECTORY, identityArn, VAULT, providerArn], {}] as const;
  const rows: [string, readonly [string, string[], RequestContext] | readonly [string, readonly string[], RequestContext], boolean][] = [
    ['gets a token of its own', ['bedrock-agentcore:GetWorkloadAccessToken', [DIRECTORY, own], {}], true],
    ['not of another gateway\'s identity of the same name', ['bedrock-agentcore:GetWorkloadAccessToken', [DIRECTORY, identity(other)], {}], false],
    ['not of the identity in capitals', ['bedrock-agentcore:GetWorkloadAccessToken', [DIRECTORY, identity(it.id.toUpperCase())], {}], false],
    ['gets a token for a caller', ['bedrock-agentcore:GetWorkloadAccessTokenForJWT', [DIRECTORY, own], JWT], true],
    ['not for a user of another issuer', ['bedrock-agentcore:GetWorkloadAccessTokenForJWT', [DIRECTORY, own], { ...JWT, 'bedrock-agentcore:InboundJwtClaim/iss': 'https://evil.example.com' }], false],
    ['not for a token made for another application', ['bedrock-agentcore:GetWorkloadAccessTokenForJWT', [DIRECTORY, own], { ...JWT, 'bedrock-agentcore:InboundJwtClaim/aud': ['payroll'] }], false],
    ['not for a user id that it names itself', ['bedrock-agentcore:GetWorkloadAccessTokenForUserId', [DIRECTORY, own], { 'bedrock-agentcore:userid': 'alice' }], false],
    ['gets a token of its provider', token(own, provider('crm')), true],
    ['not of another provider', token(own, provider('payroll')), false],
    ['not under another identity', token(identity(other), provider('crm')), false],
    ['completes no session', ['bedrock-agentcore:CompleteResourceTokenAuth', [DIRECTORY, own, VAULT, provider('crm')], JWT], false],
    ['gets no API key', ['bedrock-agentcore:GetResourceApiKey', [DIRECTORY, own, VAULT, `${VAULT}/apikeycredentialprovider/crm`], {}], false],
    ['has AgentCore read its provider\'s secret', ['secretsmanager:GetSecretValue', [SECRET_ARN], THROUGH_A_SERVICE], true],
    ['does not read it itself', ['secretsmanager:GetSecretValue', [SECRET_ARN], {}], false],
    ['asks its own policy engine', ['bedrock-agentcore:AuthorizeAction', [it.engine, it.gateway], {}], true],
    ['not another one', ['bedrock-agentcore:AuthorizeAction', [`${AC}:policy-engine/other_engine-zzzzzzzzzz`, it.gateway], {}], false],
    ['not about a gateway of another name', ['bedrock-agentcore:AuthorizeAction', [it.engine, `${AC}:gateway/other-zzzzzzzzzz`], {}], false],
    ['not about a gateway whose name begins alike', ['bedrock-agentcore:AuthorizeAction', [it.engine, it.gateway.replace(/-(.{10})$/, '-eu-$1')], {}], false],
    ['asks what may be listed', ['bedrock-agentcore:PartiallyAuthorizeActions', [it.engine, it.gateway], {}], true],
    ['reads its policy engine', ['bedrock-agentcore:GetPolicyEngine', [it.engine], {}], true],
    ['does not change it', ['bedrock-agentcore:UpdatePolicyEngine', [it.engine], {}], false],
    ['reads pets', ['execute-api:Invoke', [`${API}/prod/GET/pets`], {}], true],
    ['reads one pet', ['execute-api:Invoke', [`${API}/prod/GET/pet-7`], {}], true],
    ['not at another stage', ['execute-api:Invoke', [`${API}/test/GET/pets`], {}], false],
    ['does not delete pets', ['execute-api:Invoke', [`${API}/prod/DELETE/pet-7`], {}], false],
    ['does not write one pet', ['execute-api:Invoke', [`${API}/prod/POST/pet-7`], {}], false],
    ['not at another path', ['execute-api:Invoke', [`${API}/prod/GET/owners`], {}], false],
    ['not at another API', ['execute-api:Invoke', ['arn:aws:execute-api:eu-west-1:111111111111:zzzzzzzzzz/prod/GET/pets'], {}], false],
  ];

  test.each(rows)('%s', async (_situation, [action, resources, context], expected) => {
    const decision = await decide(it.account, { principal: it.role, action, resources: [...resources], context });
    expect(decision === 'Allowed').toBe(expected);
  });

  test('the role is trusted for exactly this name', async () => {
    const { document } = policiesOf(it.account).resourcePolicy(it.role)!;
    const [statement] = [document.Statement].flat();
    const condition = statement.Condition as unknown as Record<string, Record<string, string>>;
    expect(condition.StringEquals).toEqual({ 'aws:SourceAccount': ENV.account });
    const pattern = new RegExp(`^${condition.ArnLike['aws:SourceArn'].replace(/[.*+^${}()|[\]\\]/g, '\\$&').replace(/\?/g, '.')}$`);
    expect([it.gateway, it.gateway.replace(/-(.{10})$/, '-eu-$1'), it.gateway.toUpperCase(), `${AC}:gateway/other-zzzzzzzzzz`].map((arn) => pattern.test(arn))).toEqual([true, false, false, false]);
  });
});

test('a late name with capitals shuts the role out, rather than opening it', async () => {
  const it = named((stack) => new CfnParameter(stack, 'Name').valueAsString, { Name: 'LateTools' });
  expect(await decide(it.account, { principal: it.role, action: 'bedrock-agentcore:AuthorizeAction', resources: [it.engine, it.gateway] })).toBe('ImplicitlyDenied');
  expect(await decide(it.account, { principal: it.role, action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [DIRECTORY, identity(it.id)] })).toBe('Allowed');
});

test('callers by IAM: no token for anybody\'s JWT', async () => {
  const it = named(() => 'tools', undefined, GatewayInbound.iam());
  expect(await decide(it.account, { principal: it.role, action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', resources: [DIRECTORY, identity(it.id)], context: JWT })).toBe('ExplicitlyDenied');
});
