import { App, aws_kms as kms, Stack } from 'aws-cdk-lib';
import {
  AC, crm, DIRECTORY, ENV, gatewayProps, ISSUER, KEY_SECRET_ARN, OWNER, REASON, RUNTIME_ARN, SECRET_ARN, SERVICE, stackIn, TARGETS, TOOLS, VAULT, WAYS,
} from './every-target';
import {
  ActorToken, ClientAuthentication, CustomScope, GatewayInbound, GatewayProtocol, GatewayTarget,
  OAuth2Provider, OAuthGrantType, OnBehalfOf, RolePermission, TargetCredentials, TokenVaultEncryption, ToolAccess,
  ToolGateway, ToolGatewayProps,
} from '../../src';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';

/*
 * The whole statement lists of the gateway's role, by hand, for each way to call a target. Nothing may be added without a change here.
 */
const ID = 'tools-0000000000';
const IDENTITY = `${DIRECTORY}/workload-identity/${ID}`;
const CRM = `${VAULT}/oauth2credentialprovider/crm`;
const WEATHER = `${VAULT}/apikeycredentialprovider/weather`;
const PATTERN = `${AC}:gateway/tools-??????????`;

interface Policies { readonly account: FakeAccount; readonly inline: unknown[]; readonly access: unknown[] }

function rolePolicies(declare: (gateway: ToolGateway, stack: Stack) => void, props: Partial<ToolGatewayProps> = {}): Policies {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps(props));
  declare(gateway, stack);
  for (const target of gateway.targets) {
    target.everyTool({ reason: 'The rules are not what this test is about' }).requires(ToolAccess.everyCaller(REASON));
  }
  const account = deploy(app);
  const id = account.valueOf(stack, gateway.gatewayId) as string;
  const engine = account.valueOf(stack, gateway._engine.attrPolicyEngineArn) as string;
  const [inline, ...rest] = policiesOf(account).principal(account.valueOf(stack, gateway.role.roleArn)).policies;
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value).split(id).join(ID).split(engine).join('ENGINE'));
  return { account, inline: plain(inline.document.Statement), access: plain(rest.flatMap(({ document }) => document.Statement)) };
}

const add = (target: string, way: string) => (gateway: ToolGateway, stack: Stack) => {
  gateway.addTarget('Target', TARGETS[target](stack, way === 'authorizationCode' ? { tools: TOOLS } : {}), { credentials: WAYS[way](stack) });
};
const HTTP = { protocol: GatewayProtocol.HTTP };
const IAM = { inbound: GatewayInbound.iam() };
const CONSENT = { mcpVersions: ['2025-11-25'] };

const MINT = { Sid: 'ActAsItselfMint', Effect: 'Allow', Action: 'bedrock-agentcore:GetWorkloadAccessToken', Resource: [DIRECTORY, IDENTITY] };
const MINT_FOR_USER = {
  Sid: 'ActAsUserMint',
  Effect: 'Allow',
  Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  Resource: [DIRECTORY, IDENTITY],
  Condition: {
    'StringEquals': { 'bedrock-agentcore:InboundJwtClaim/iss': ISSUER },
    'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': 'gateway' },
  },
};
const GET_TOKEN = { Sid: 'GetOAuth2Token', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceOauth2Token', Resource: [DIRECTORY, IDENTITY, VAULT, CRM] };
const GET_KEY = { Sid: 'GetApiKey', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceApiKey', Resource: [DIRECTORY, IDENTITY, VAULT, WEATHER] };
const readSecret = (Resource: string | string[]) => ({
  Sid: 'ReadProviderSecret', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource, Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
});
const undeclared = (...operations: string[]) => ({
  Sid: 'DenyUndeclaredTokenActions', Effect: 'Deny', Action: operations.map((operation) => `bedrock-agentcore:${operation}`), Resource: '*',
});
const neverOther = (...operations: string[]) => {
  const actions = operations.map((operation) => `bedrock-agentcore:${operation}`);
  return { Sid: 'DenyMintingForOtherIdentities', Effect: 'Deny', Action: actions.length === 1 ? actions[0] : actions, NotResource: [DIRECTORY, IDENTITY] };
};
const NO_TOKENS = undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token',
  'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth');

test('from the start: its own policy engine, for gateways of its name', () => expect(rolePolicies(() => undefined)).toMatchObject({
  inline: [
    { Sid: 'ReadPolicyEngine', Effect: 'Allow', Action: 'bedrock-agentcore:GetPolicyEngine', Resource: 'ENGINE' },
    { Sid: 'AskPolicyEngine', Effect: 'Allow', Action: ['bedrock-agentcore:AuthorizeAction', 'bedrock-agentcore:PartiallyAuthorizeActions'], Resource: ['ENGINE', PATTERN] },
  ],
  access: [NO_TOKENS],
}));

test('trusted for gateways of its name in its account only', () => {
  const [role] = rolePolicies(() => undefined).account.resourcesOfType('AWS::IAM::Role');
  expect(role.property('AssumeRolePolicyDocument').Statement).toEqual([{
    Effect: 'Allow',
    Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': ENV.account }, ArnLike: { 'aws:SourceArn': PATTERN } },
  }]);
});

test('a key of its own: through AgentCore, for gateways of its name', () => {
  const key = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
  const app = new App();
  const imported = kms.Key.fromKeyArn(stackIn(app, 'Keys'), 'Key', key);
  expect(rolePolicies(() => undefined, { encryptionKey: imported }).inline.slice(2)).toEqual([
    {
      Sid: 'UseGatewayKey',
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: key,
      Condition: {
        StringEquals: { 'kms:ViaService': 'bedrock-agentcore.eu-west-1.amazonaws.com' },
        ArnLike: { 'kms:EncryptionContext:aws:bedrock-agentcore-gateway:arn': PATTERN },
      },
    },
    { Sid: 'DescribeGatewayKey', Effect: 'Allow', Action: 'kms:DescribeKey', Resource: key, Condition: { StringEquals: { 'kms:ViaService': 'bedrock-agentcore.eu-west-1.amazonaws.com' } } },
  ]);
});

describe('with its role', () => {
  const API = 'arn:aws:execute-api:eu-west-1:111111111111:a1b2c3d4e5/prod';
  test.each<[string, string, Partial<ToolGatewayProps>, object[]]>([
    ['lambdaFunction', 'gatewayRole', {}, [
      { Sid: 'InvokeLambdaTargets', Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:aws:lambda:eu-west-1:111111111111:function:calendar' },
    ]],
    ['apiGateway', 'gatewayRole', {}, [
      { Sid: 'InvokeApiTargets', Effect: 'Allow', Action: 'execute-api:Invoke', Resource: [`${API}/GET/pets`, `${API}/GET/pets/*`, `${API}/POST/pets`] },
    ]],
    ['agentRuntime', 'gatewayRole', HTTP, [
      { Sid: 'InvokeRuntimeTargets', Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: [RUNTIME_ARN, `${RUNTIME_ARN}/runtime-endpoint/DEFAULT`] },
    ]],
    ['smithy', 'gatewayRoleWithPermissions', {}, [
      { Sid: 'ReadTargetSchemas', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::models/dynamodb.json' },
      { Sid: 'UseTargetExecuteApiInvoke', Effect: 'Allow', Action: 'execute-api:Invoke', Resource: SERVICE.permissions[0].resources[0] },
    ]],
    ['mcpServer', 'gatewayRoleWithService', {}, [
      { Sid: 'UseTargetExecuteApiInvoke', Effect: 'Allow', Action: 'execute-api:Invoke', Resource: SERVICE.permissions[0].resources[0] },
    ]],
  ])('%s: only what the target needs, and no token', (target, way, props, statements) => expect(rolePolicies(add(target, way), props).access).toEqual([...statements, NO_TOKENS]));
});

describe('without credentials of its own: no token at all', () => {
  test.each<[string, string, Partial<ToolGatewayProps>]>([
    ['mcpServer', 'none', {}],
    ['agentRuntime', 'callerIam', { ...HTTP, ...IAM }],
    ['agentRuntime', 'jwtPassthrough', HTTP],
    ['httpPassthrough', 'jwtPassthrough', HTTP],
  ])('%s by %s', (target, way, props) => expect(rolePolicies(add(target, way), props).access).toEqual([NO_TOKENS]));
});

describe('with tokens and keys', () => {
  test('client credentials, callers by JWT', () => expect(rolePolicies(add('mcpServer', 'clientCredentials')).access).toEqual([
    MINT, MINT_FOR_USER, GET_TOKEN, readSecret(SECRET_ARN),
    undeclared('GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT'),
  ]));

  test('client credentials, callers by IAM: no user\'s token', () => expect(rolePolicies(add('mcpServer', 'clientCredentials'), IAM).access).toEqual([
    MINT, GET_TOKEN, readSecret(SECRET_ARN),
    undeclared('GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessToken'),
  ]));

  test('user consent: no token without a user', () => expect(rolePolicies(add('mcpServer', 'authorizationCode'), CONSENT).access).toEqual([
    MINT_FOR_USER, GET_TOKEN, readSecret(SECRET_ARN),
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessTokenForJWT'),
  ]));

  test('exchange at an API: no token without a user', () => expect(rolePolicies(add('openApi', 'tokenExchange')).access).toEqual([
    MINT_FOR_USER, GET_TOKEN, readSecret(SECRET_ARN),
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessTokenForJWT'),
  ]));

  test('exchange at an MCP server that lists its tools: one more token, to list them', () => expect(rolePolicies(add('mcpServer', 'tokenExchange')).access).toEqual([
    MINT, MINT_FOR_USER, GET_TOKEN, readSecret(SECRET_ARN),
    undeclared('GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT'),
  ]));

  test('an API key, callers by IAM', () => expect(rolePolicies(add('openApi', 'apiKey'), IAM).access).toEqual([
    MINT, GET_KEY, readSecret(KEY_SECRET_ARN),
    undeclared('GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessToken'),
  ]));

  test('an API key, callers by JWT', () => expect(rolePolicies(add('apiGateway', 'apiKey')).access).toEqual([
    MINT, MINT_FOR_USER, GET_KEY, readSecret(KEY_SECRET_ARN),
    undeclared('GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
    neverOther('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT'),
  ]));

  test('loosened by a longer word: also without a user', () => expect(rolePolicies((gateway, stack) => gateway.addTarget('Target', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(crm(stack, 'crm', 'MicrosoftOauth2'), {
      grantType: OAuthGrantType.TOKEN_EXCHANGE, scopes: [CustomScope.of('read')], alsoWithoutUserReason: 'The actor token of this server is a machine token',
    }),
  })).access.slice(0, 2)).toEqual([MINT, MINT_FOR_USER]));

  test('only a discovery address: both issuers that it can mean', () => {
    const inbound = GatewayInbound.jwt({ discoveryUrl: 'https://acme.eu.auth0.com/.well-known/openid-configuration', clients: ['portal'] });
    const issued = (issuer: string) => ({ StringEquals: { 'bedrock-agentcore:InboundJwtClaim/iss': issuer, 'bedrock-agentcore:InboundJwtClaim/client_id': 'portal' } });
    expect(rolePolicies(add('openApi', 'tokenExchange'), { inbound }).access.slice(0, 2)).toEqual([
      { ...MINT_FOR_USER, Condition: issued('https://acme.eu.auth0.com') },
      { ...MINT_FOR_USER, Sid: 'ActAsUserMint2', Condition: issued('https://acme.eu.auth0.com/') },
    ]);
  });

  test('the token vault\'s key, through AgentCore Identity only', () => {
    const key = 'arn:aws:kms:eu-west-1:111111111111:key/99999999-2222-3333-4444-555555555555';
    const { access } = rolePolicies((gateway, stack) => {
      TokenVaultEncryption.fromKey(stack, 'Vault', kms.Key.fromKeyArn(stack, 'VaultKey', key));
      add('openApi', 'clientCredentials')(gateway, stack);
    }, IAM);
    expect(access[3]).toEqual({
      Sid: 'UseTokenVaultKey',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
      Resource: key,
      Condition: { StringEquals: { 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' } },
    });
  });
});

test('several targets: statements of one kind are joined', () => {
  const permission = RolePermission.to({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:eu-west-1:111111111111:table/pets'] });
  const { access } = rolePolicies((gateway, stack) => {
    add('openApi', 'clientCredentials')(gateway, stack);
    gateway.addTarget('Second', TARGETS.mcpServer(stack), { credentials: TargetCredentials.oauth2(crm(stack, 'another'), { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }) });
    gateway.addTarget('Tables', TARGETS.smithy(stack), { credentials: TargetCredentials.gatewayRole({ permissions: [permission] }) });
  }, IAM);
  expect(access.slice(0, 5)).toEqual([
    MINT,
    { ...GET_TOKEN, Resource: [DIRECTORY, IDENTITY, VAULT, `${VAULT}/oauth2credentialprovider/another`, CRM] },
    readSecret(SECRET_ARN),
    { Sid: 'ReadTargetSchemas', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::models/dynamodb.json' },
    { Sid: 'UseTablesDynamodbGetItem', Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:eu-west-1:111111111111:table/pets' },
  ]);
});

test('the second policy comes before the targets, and the targets before their rules', () => {
  const { account } = rolePolicies(add('openApi', 'clientCredentials'));
  const { Resources: resources = {} } = account.stacks[0].template as { Resources?: Record<string, { Type: string; DependsOn?: string[] }> };
  const idsOf = (type: string) => Object.keys(resources).filter((id) => resources[id].Type === type);
  const [target] = idsOf('AWS::BedrockAgentCore::GatewayTarget');
  expect(resources[target].DependsOn).toEqual(idsOf('AWS::IAM::Policy'));
  expect(idsOf('AWS::BedrockAgentCore::Policy').map((id) => resources[id].DependsOn)).toEqual([[target]]);
  expect(JSON.stringify(resources[idsOf('AWS::IAM::Role')[0]])).not.toContain(idsOf('AWS::BedrockAgentCore::Gateway')[0]);
});

test('at most five targets are made at the same time', () => {
  const { account } = rolePolicies((gateway) => {
    for (let index = 0; index < 7; index++) gateway.addTarget(`T${index}`, GatewayTarget.mcpServer(`https://m${index}.example.com`), { credentials: TargetCredentials.none(REASON) });
  });
  const resources = account.stacks[0].template.Resources as Record<string, { Type: string; DependsOn?: string[]; Properties: { Name: string } }>;
  const waits = Object.values(resources).filter(({ Type }) => Type === 'AWS::BedrockAgentCore::GatewayTarget')
    .map(({ Properties, DependsOn }) => [Properties.Name, DependsOn!.map((id) => resources[id].Properties.Name).filter((name) => name !== undefined)]);
  expect(Object.fromEntries(waits)).toEqual({ T0: [], T1: [], T2: [], T3: [], T4: [], T5: ['T0'], T6: ['T1'] });
});

test('the owner is a tag of the gateway and its engine', () => {
  const { account } = rolePolicies(() => undefined);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::Gateway')[0].property('Tags')).toEqual({
    'agentcore-identity:owner': OWNER.name, 'agentcore-identity:owner-contact': OWNER.contact,
  });
});

test('a suspended provider is cut off, the others are not', () => {
  const { access } = rolePolicies((gateway, stack) => {
    add('openApi', 'clientCredentials')(gateway, stack);
    const cutOff = crm(stack, 'payroll');
    gateway.addTarget('Payroll', TARGETS.mcpServer(stack), { credentials: TargetCredentials.oauth2(cutOff, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }) });
    cutOff.suspend({ reason: 'Its client secret was seen in a log' });
  }, IAM);
  expect(access.slice(0, 3)).toEqual([MINT, GET_TOKEN, readSecret(SECRET_ARN)]);
  expect(access).toContainEqual({
    Sid: 'DenySuspendedProviders',
    Effect: 'Deny',
    Action: ['bedrock-agentcore:GetResourceOauth2Token', 'bedrock-agentcore:GetResourceApiKey', 'bedrock-agentcore:CompleteResourceTokenAuth'],
    Resource: `${VAULT}/oauth2credentialprovider/payroll`,
  });
});

test('different permissions never share a statement, even if their names are cut alike', () => {
  const many = (last: string) => RolePermission.to({
    actions: ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', last], resources: [`arn:aws:dynamodb:eu-west-1:111111111111:table/${last.slice(9)}`],
  });
  const { access } = rolePolicies((gateway, stack) => gateway.addTarget('Tables', TARGETS.smithy(stack), {
    credentials: TargetCredentials.gatewayRole({ permissions: [many('dynamodb:PutItem'), many('dynamodb:PartiQLSelect')] }),
  }));
  const [, first, second] = access as { Sid: string; Action: string[]; Resource: string }[];
  expect([first.Action[4], first.Resource.split('/')[1], second.Action[4], second.Resource.split('/')[1]]).toEqual(['dynamodb:PartiQLSelect', 'PartiQLSelect', 'dynamodb:PutItem', 'PutItem']);
  expect(second.Sid).toBe(`${first.Sid}2`);
});

describe('clients and actors without a secret', () => {
  const provider = (stack: Stack) => OAuth2Provider.fromProviderName(stack, 'crm', 'crm', {
    clientAuthentication: ClientAuthentication.iamIdToken({ audiences: ['https://idp.example.com'] }),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken({ audiences: ['https://actors.example.com'] })),
  });
  const audiencesOf = (grantType: OAuthGrantType) => rolePolicies((gateway, stack) => gateway.addTarget('Crm', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(provider(stack), { grantType, scopes: [] }),
  })).access.map((statement) => statement as { Sid: string; Condition: Record<string, Record<string, unknown>> })
    .filter(({ Sid }) => Sid.startsWith('GetWebIdentityToken')).map(({ Condition }) => Condition['ForAllValues:StringEquals']);

  test('as itself: AWS vouches for the role to the authorization server only', () =>
    expect(audiencesOf(OAuthGrantType.CLIENT_CREDENTIALS)).toEqual([{ 'sts:IdentityTokenAudience': 'https://idp.example.com' }]));

  test('with a user\'s token: also as the actor', () =>
    expect(audiencesOf(OAuthGrantType.TOKEN_EXCHANGE)).toEqual([{ 'sts:IdentityTokenAudience': ['https://actors.example.com', 'https://idp.example.com'] }]));
});
