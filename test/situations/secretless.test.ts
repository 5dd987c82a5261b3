import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { DIRECTORY, EMPLOYEES, ENV, REASON, RETURN_URLS, SECRET_ARN, VAULT, identityArn, oauth2Arn, role, stackIn } from './story';
import {
  AccessReport, ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, ClientAuthentication, ClientSecret, CustomOAuth2Provider,
  CustomOAuth2ProviderProps, CustomScope, JwtSigningAlgorithm, MicrosoftOAuth2Provider, MicrosoftScope, MicrosoftTenant, OAuth2Discovery, OAuth2Provider,
  OnBehalfOf, Users, WebIdentityTokenAlgorithm,
} from '../../src';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* Clients without a secret, and tokens that are exchanged: whole statement lists and whole provider configurations, by hand. */
const METADATA = { issuer: 'https://login.example.com', authorizationEndpoint: 'https://login.example.com/authorize', tokenEndpoint: 'https://login.example.com/token' };
const ENDPOINTS = OAuth2Discovery.serverMetadata(METADATA);
const DISCOVERY_URL = 'https://login.example.com/.well-known/openid-configuration';
const ORDERS = [CustomScope.of('orders:read')];
const KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const AGENT = identityArn('agent');
const EVERYONE = Users.anyOfTheIssuer(REASON);

const MINT_FOR_ITSELF = { Sid: 'ActAsItselfMint', Effect: 'Allow', Action: 'bedrock-agentcore:GetWorkloadAccessToken', Resource: [DIRECTORY, AGENT] };
const MINT_FOR_EMPLOYEES = {
  Sid: 'ActAsUserMint',
  Effect: 'Allow',
  Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  Resource: [DIRECTORY, AGENT],
  Condition: {
    'StringEquals': { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default' },
    'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': 'api://agents' },
  },
};
const GET_TOKEN = { Sid: 'GetOAuth2Token', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceOauth2Token', Resource: [DIRECTORY, AGENT, VAULT, oauth2Arn('orders')] };
const READ_SECRET = {
  Sid: 'ReadProviderSecret', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: SECRET_ARN, Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
};
const SIGN = {
  Sid: 'SignClientAssertion',
  Effect: 'Allow',
  Action: ['kms:Sign', 'kms:DescribeKey'],
  Resource: KEY_ARN,
  Condition: { StringEquals: { 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' } },
};
const WEB_IDENTITY = {
  Sid: 'GetWebIdentityToken',
  Effect: 'Allow',
  Action: 'sts:GetWebIdentityToken',
  Resource: '*',
  Condition: {
    'Bool': { 'aws:ViaAWSService': 'true' },
    'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': 'https://login.example.com/token' },
    'Null': { 'sts:IdentityTokenAudience': 'false' },
  },
};
const neverOther = (operation: string) => ({
  Sid: 'DenyMintingForOtherIdentities', Effect: 'Deny', Action: `bedrock-agentcore:${operation}`, NotResource: [DIRECTORY, AGENT],
});
const undeclared = (...operations: string[]) => ({
  Sid: 'DenyUndeclaredTokenActions', Effect: 'Deny', Action: operations.map((operation) => `bedrock-agentcore:${operation}`), Resource: '*',
});
const AS_ITSELF_DENIES = [
  undeclared('GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
  neverOther('GetWorkloadAccessToken'),
];
const ON_BEHALF_DENIES = [
  undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
  neverOther('GetWorkloadAccessTokenForJWT'),
];

interface Story {
  readonly app: App;
  readonly account: FakeAccount;
  readonly stack: Stack;
}

function story(declare: (stack: Stack) => Capability, parts?: (stack: Stack) => AgentPart[], returnUrls: string[] = []): Story {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const capability = declare(stack);
  new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named('agent'),
    callers: [EMPLOYEES],
    returnUrls,
    ...(parts === undefined ? { host: AgentHost.role(role(stack, 'agent')) } : { parts: parts(stack) }),
  }).may(capability);
  return { app, stack, account: deploy(app, { accountId: ENV.account, region: ENV.region }) };
}

function orders(stack: Stack, props: Partial<CustomOAuth2ProviderProps>): CustomOAuth2Provider {
  return new CustomOAuth2Provider(stack, 'Orders', { providerName: 'orders', clientId: 'client-1', discovery: ENDPOINTS, ...props });
}

function secret(stack: Stack): ClientSecret {
  return ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Client', SECRET_ARN), 'client_secret');
}

function existingKey(stack: Stack): kms.IKey {
  return kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
}

/** The provider as CloudFormation receives it. */
function emitted({ account }: Story): any {
  return account.resourcesOfType('AWS::BedrockAgentCore::OAuth2CredentialProvider')[0].property('Oauth2ProviderConfigInput').CustomOauth2ProviderConfig;
}

const CONFIG = {
  ClientId: 'client-1',
  OauthDiscovery: {
    AuthorizationServerMetadata: { Issuer: METADATA.issuer, AuthorizationEndpoint: METADATA.authorizationEndpoint, TokenEndpoint: METADATA.tokenEndpoint },
  },
};
const EXTERNAL = { ClientSecretSource: 'EXTERNAL', ClientSecretConfig: { SecretId: SECRET_ARN, JsonKey: 'client_secret' } };

const itself = (provider: OAuth2Provider) => Capability.actAsItself(provider, { scopes: ORDERS, ...REASON });
const onBehalf = (provider: OAuth2Provider) => Capability.actOnBehalfOfUser(provider, { scopes: ORDERS, users: EVERYONE, ...REASON });

/** Each story: what is declared, the provider's configuration, the statements of the agent's role. */
const STORIES: [string, (stack: Stack) => Capability, object, object[]][] = [
  [
    'a token that AWS issues for the role, for the token endpoint',
    (stack) => itself(orders(stack, { clientAuthentication: ClientAuthentication.iamIdToken() })),
    { ...CONFIG, ClientAuthenticationMethod: 'AWS_IAM_ID_TOKEN_JWT' },
    [MINT_FOR_ITSELF, GET_TOKEN, WEB_IDENTITY, ...AS_ITSELF_DENIES],
  ],
  [
    'the same for other audiences, with a pinned algorithm, and for a client without an id',
    (stack) => itself(orders(stack, {
      clientId: undefined,
      discovery: OAuth2Discovery.url(DISCOVERY_URL),
      clientAuthentication: ClientAuthentication.iamIdToken({ audiences: ['urn:orders', 'https://login.example.com'], signingAlgorithm: WebIdentityTokenAlgorithm.ES384 }),
    })),
    { OauthDiscovery: { DiscoveryUrl: DISCOVERY_URL }, ClientAuthenticationMethod: 'AWS_IAM_ID_TOKEN_JWT' },
    [MINT_FOR_ITSELF, GET_TOKEN, {
      ...WEB_IDENTITY,
      Condition: {
        ...WEB_IDENTITY.Condition,
        'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['https://login.example.com', 'urn:orders'] },
        'StringEquals': { 'sts:SigningAlgorithm': 'ES384' },
      },
    }, ...AS_ITSELF_DENIES],
  ],
  [
    'the same for any audience, by the longer word',
    (stack) => itself(orders(stack, { discovery: OAuth2Discovery.url(DISCOVERY_URL), clientAuthentication: ClientAuthentication.iamIdTokenForAnyAudience(REASON) })),
    { ClientId: 'client-1', OauthDiscovery: { DiscoveryUrl: DISCOVERY_URL }, ClientAuthenticationMethod: 'AWS_IAM_ID_TOKEN_JWT' },
    [MINT_FOR_ITSELF, GET_TOKEN, { ...WEB_IDENTITY, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }, ...AS_ITSELF_DENIES],
  ],
  [
    'a private key in KMS',
    (stack) => itself(orders(stack, {
      clientAuthentication: ClientAuthentication.privateKeyJwt({
        key: existingKey(stack), algorithm: JwtSigningAlgorithm.PS256, headerClaims: { kid: 'orders-1' }, payloadClaims: { aud: 'https://login.example.com' },
      }),
    })),
    {
      ...CONFIG,
      ClientAuthenticationMethod: 'PRIVATE_KEY_JWT',
      PrivateKeyJwtConfig: {
        PrivateKeySource: { KmsKeySource: { KmsKeyArn: KEY_ARN } },
        SigningAlgorithm: 'PS256',
        AdditionalHeaderClaims: { kid: 'orders-1' },
        AdditionalPayloadClaims: { aud: 'https://login.example.com' },
      },
    },
    [MINT_FOR_ITSELF, GET_TOKEN, SIGN, ...AS_ITSELF_DENIES],
  ],
  [
    'on behalf of the user, whom the agent impersonates',
    (stack) => onBehalf(orders(stack, { clientSecret: secret(stack), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()) })),
    { ...CONFIG, ...EXTERNAL, OnBehalfOfTokenExchangeConfig: { GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'NONE' } } },
    [MINT_FOR_EMPLOYEES, GET_TOKEN, READ_SECRET, ...ON_BEHALF_DENIES],
  ],
  [
    'on behalf of the user, who delegates to the client',
    (stack) => onBehalf(orders(stack, { clientSecret: secret(stack), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.machineToMachine([CustomScope.of('act:write'), CustomScope.of('act:read')])) })),
    {
      ...CONFIG,
      ...EXTERNAL,
      OnBehalfOfTokenExchangeConfig: {
        GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'M2M', ActorTokenScopes: ['act:read', 'act:write'] },
      },
    },
    [MINT_FOR_EMPLOYEES, GET_TOKEN, READ_SECRET, ...ON_BEHALF_DENIES],
  ],
  [
    'on behalf of the user, who delegates to the AWS role',
    (stack) => onBehalf(orders(stack, { clientSecret: secret(stack), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken()) })),
    { ...CONFIG, ...EXTERNAL, OnBehalfOfTokenExchangeConfig: { GrantType: 'TOKEN_EXCHANGE', TokenExchangeGrantTypeConfig: { ActorTokenContent: 'AWS_IAM_ID_TOKEN_JWT' } } },
    [MINT_FOR_EMPLOYEES, GET_TOKEN, READ_SECRET, WEB_IDENTITY, ...ON_BEHALF_DENIES],
  ],
  [
    'on behalf of the user by the JWT grant, with no secret at all',
    (stack) => onBehalf(orders(stack, {
      clientAuthentication: ClientAuthentication.privateKeyJwt({ key: existingKey(stack), algorithm: JwtSigningAlgorithm.ES256 }),
      onBehalfOf: OnBehalfOf.jwtAuthorizationGrant(),
    })),
    {
      ...CONFIG,
      ClientAuthenticationMethod: 'PRIVATE_KEY_JWT',
      PrivateKeyJwtConfig: { PrivateKeySource: { KmsKeySource: { KmsKeyArn: KEY_ARN } }, SigningAlgorithm: 'ES256' },
      OnBehalfOfTokenExchangeConfig: { GrantType: 'JWT_AUTHORIZATION_GRANT' },
    },
    [MINT_FOR_EMPLOYEES, GET_TOKEN, SIGN, ...ON_BEHALF_DENIES],
  ],
];

describe.each(STORIES)('%s', (_title, declare, config, statements) => {
  const told = story(declare);
  test('the provider', () => expect(emitted(told)).toEqual(config));
  test('the role', () => expect(statementsOf(told.account, 'agent')).toEqual(statements));
  test('CloudFormation knows all of it', () => expect(templateSchemaErrors(told.account)).toEqual([]));
  test('IAM knows all of it', async () => expect(await serviceReferenceFindings(told.account)).toEqual([]));
});

test('an actor token for the role is only got for an exchange', () => {
  const { account } = story((stack) => itself(orders(stack, { clientSecret: secret(stack), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken()) })));
  expect(statementsOf(account, 'agent')).toEqual([MINT_FOR_ITSELF, GET_TOKEN, READ_SECRET, ...AS_ITSELF_DENIES]);
});

test('a return page signs when it ends a consent, a minting part never', () => {
  const { account } = story(
    (stack) => Capability.actAsUser(orders(stack, {
      clientAuthentication: ClientAuthentication.privateKeyJwt({ key: existingKey(stack), algorithm: JwtSigningAlgorithm.RS256 }),
    }), { scopes: ORDERS, users: EVERYONE, ...REASON }),
    (stack) => [
      AgentPart.minting('Front', AgentHost.role(role(stack, 'front'))),
      AgentPart.vending('Worker', AgentHost.role(role(stack, 'worker'))),
      AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page'))),
    ], RETURN_URLS);
  const signing = (name: string) => (statementsOf(account, name) as { Sid: string }[]).filter(({ Sid }) => Sid === 'SignClientAssertion');
  expect([signing('front'), signing('worker'), signing('page')]).toEqual([[], [SIGN], [SIGN]]);
});

test('a key of this app gets the statement that lets the account sign through AgentCore, once', () => {
  const { account } = story((stack) => {
    const key = new kms.Key(stack, 'Key', { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: kms.KeyUsage.SIGN_VERIFY, policy: new iam.PolicyDocument() });
    const clientAuthentication = ClientAuthentication.privateKeyJwt({ key, algorithm: JwtSigningAlgorithm.ES256 });
    orders(stack, { clientAuthentication });
    return itself(new CustomOAuth2Provider(stack, 'Others', { clientId: 'client-2', discovery: ENDPOINTS, clientAuthentication }));
  });
  expect(account.resourcesOfType('AWS::KMS::Key')[0].property('KeyPolicy').Statement).toEqual([{
    Sid: 'SignForAgentCoreClients',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Action: ['kms:Sign', 'kms:DescribeKey'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' } },
  }]);
});

test('an imported provider needs the same', () => {
  const { account } = story((stack) => onBehalf(OAuth2Provider.fromProviderName(stack, 'Orders', 'orders', {
    clientAuthentication: ClientAuthentication.iamIdToken({ audiences: ['https://login.example.com/token'] }),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken({ audiences: ['urn:actor'] })),
  }) as OAuth2Provider));
  expect(statementsOf(account, 'agent')).toEqual([MINT_FOR_EMPLOYEES, GET_TOKEN, {
    ...WEB_IDENTITY,
    Condition: { ...WEB_IDENTITY.Condition, 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['https://login.example.com/token', 'urn:actor'] } },
  }, ...ON_BEHALF_DENIES]);
});

test('Microsoft exchanges tokens without being configured to, also when imported', () => {
  const microsoft = (stack: Stack) => new MicrosoftOAuth2Provider(stack, 'Graph', {
    providerName: 'orders', clientId: 'client-1', clientSecret: secret(stack), tenant: MicrosoftTenant.of('contoso.com'),
  });
  const imported = (stack: Stack) => OAuth2Provider.fromProviderName(stack, 'Graph', 'orders', { clientSecret: secret(stack), vendor: 'MicrosoftOauth2' });
  for (const provider of [microsoft, imported]) {
    const { account } = story((stack) => Capability.actOnBehalfOfUser(provider(stack), { scopes: [MicrosoftScope.MAIL_READ], users: EVERYONE, ...REASON }));
    expect(statementsOf(account, 'agent')).toEqual([MINT_FOR_EMPLOYEES, GET_TOKEN, READ_SECRET, ...ON_BEHALF_DENIES]);
  }
});

describe('the access report', () => {
  const told = story((stack) => Capability.actOnBehalfOfUser(orders(stack, {
    clientAuthentication: ClientAuthentication.privateKeyJwt({ key: existingKey(stack), algorithm: JwtSigningAlgorithm.ES256 }),
    onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken()),
  }), { scopes: ORDERS, users: EVERYONE, audiences: ['https://orders.example.com'], resources: ['https://orders.example.com/v1'], ...REASON }));
  const model = JSON.parse(AccessReport.of(told.app).toJson());
  const [agent] = model.agents;
  const [capability] = agent.capabilities;
  const markdown = AccessReport.of(told.app).toMarkdown();

  test('tells whose authority passes through which hands', () => {
    const delegation = 'any user of the issuer → caller with a token of https://acme.okta.com/oauth2/default, audience api://agents → agent Stack/Agent → '
      + 'provider Stack/Orders (delegation (token exchange, RFC 8693, act claim from an actor token of the AWS role))';
    expect(capability.delegation).toBe(delegation);
    expect(markdown).toContain(`How authority is passed on:\n\n- ${delegation}\n`);
  });

  test('tells who holds each limit', () => {
    expect(capability.limits.map(({ limit, enforcedBy }: any) => [limit, enforcedBy])).toEqual([
      ['tokens of "https://acme.okta.com/oauth2/default", audience "api://agents"', 'IAM'],
      ['any user of the issuer (Needed by the test of this situation)', 'IAM'],
      ['only on behalf of the user, WITHOUT the user\'s consent (token exchange)', 'identity provider'],
      ['delegation (token exchange, RFC 8693, act claim from an actor token of the AWS role)', 'identity provider'],
      ['scopes "orders:read"', 'identity provider'],
      ['audience "https://orders.example.com"', 'identity provider'],
      ['resource "https://orders.example.com/v1"', 'identity provider'],
    ]);
  });

  test('names the statements of the capability', () => {
    expect(capability.statements).toEqual(['ActAsUserMint', 'GetOAuth2Token', 'SignClientAssertion', 'GetWebIdentityToken']);
  });

  test('tells how the client authenticates, and what the key\'s owner has to add', () => {
    expect(model.providers[0]).toMatchObject({
      secret: { kept: 'there is none', protectedBy: 'nothing to protect' },
      clientAuthentication: `no secret: an assertion signed with ES256 by key ${KEY_ARN} (PRIVATE_KEY_JWT)`,
      onBehalfOf: 'delegation (token exchange, RFC 8693, act claim from an actor token of the AWS role)',
      requiredKeyPolicy: [{
        Sid: 'SignForAgentCoreClients',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: ['kms:Sign', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' } },
      }],
    });
    expect(markdown).toContain('The owner of the key that signs for Stack/Orders adds to its policy:');
  });

  test('lists the wildcard that AWS leaves, and what an administrator has to switch on', () => {
    expect(agent.remainingWildcards.map(({ resource }: any) => resource)).toEqual(['* (sts:GetWebIdentityToken for audience https://login.example.com/token)']);
    expect(agent.leftToOthers).toEqual([expect.stringContaining('iam:EnableOutboundWebIdentityFederation')]);
  });
});

test('on a runtime AWS mints, after a JWT authorizer that holds callers and users', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const execution = role(stack, 'agent');
  const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'ordering',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/ordering:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: execution.roleArn,
  });
  const agent = new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'), host: AgentHost.agentRuntime(runtime, { role: execution }), callers: [EMPLOYEES],
  });
  agent.may(Capability.actOnBehalfOfUser(orders(stack, { clientSecret: secret(stack), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()) }), {
    scopes: ORDERS, users: Users.inGroup('sales'), audiences: ['https://orders.example.com'], ...REASON,
  }));
  const account = deploy(app);
  const identity = identityArn(account.valueOf(stack, stack.resolve(runtime.attrAgentRuntimeId)));
  expect(statementsOf(account, 'agent')).toEqual([
    { ...GET_TOKEN, Resource: [DIRECTORY, identity, VAULT, oauth2Arn('orders')] },
    READ_SECRET,
    undeclared('GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth'),
  ]);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration').CustomJWTAuthorizer.CustomClaims).toEqual([{
    InboundTokenClaimName: 'groups',
    InboundTokenClaimValueType: 'STRING_ARRAY',
    AuthorizingClaimMatchValue: { ClaimMatchOperator: 'CONTAINS', ClaimMatchValue: { MatchValueString: 'sales' } },
  }]);
  expect(JSON.parse(account.valueOf(stack, stack.resolve(agent.manifest))).capabilities).toEqual([{
    kind: 'act on behalf of user', provider: 'orders', oauth2Flow: 'ON_BEHALF_OF_TOKEN_EXCHANGE', scopes: ['orders:read'], audiences: ['https://orders.example.com'],
  }]);
});

test('every capability has its delegation in the model', () => {
  const { app } = story((stack) => itself(orders(stack, { clientAuthentication: ClientAuthentication.iamIdToken() })));
  expect(JSON.parse(AccessReport.of(app).toJson()).agents[0].capabilities[0].delegation).toBe('agent Stack/Agent → provider Stack/Orders (as the agent itself)');
});
