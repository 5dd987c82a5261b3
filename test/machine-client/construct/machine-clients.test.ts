import { App, aws_kms as kms, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { agentWith, ENV, machinesIn, MarketStory, OWNER, REASON } from './story';
import { AccessReport, ClientSecret, CustomScope, MachineClient, MachineClientsProps, ToolGateway } from '../../../src';
import { importedSecret } from '../../errors/story';
import { deploy, FakeAccount } from '../../simulation/fake-account';
import { policiesOf } from '../../simulation/principal-policies';
import { serviceReferenceFindings } from '../../simulation/service-reference';
import { templateSchemaErrors } from '../../simulation/template-schema';

import { statementsOf } from '../../situations/statements-of';

/* Machine clients as they land in the template: who may get what kind of token, and where the secret is and is not. */
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const resource = (account: FakeAccount, type: string, at = 0) => account.resourcesOfType(`AWS::${type}`)[at];
const templateOf = (app: App, stack: string) => app.synth().getStackByName(stack).template as { Resources: Record<string, any>; Outputs?: Record<string, any> };

describe('the story of two clients', () => {
  const story = new MarketStory();
  const account = deploy(story.app);
  const pool = resource(account, 'Cognito::UserPool');
  const [keeper, reader] = account.resourcesOfType('AWS::Cognito::UserPoolClient').sort((a, b) => (a.path < b.path ? -1 : 1));

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account)).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });

  test('nobody signs up to the pool or recovers an account, and it is not deleted by mistake', () => {
    expect(pool.properties).toEqual({
      UserPoolName: expect.stringMatching(/^Market-Machines-[0-9a-f]{8}$/),
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      DeletionProtection: 'ACTIVE',
      UserPoolTags: { 'agentcore-identity:owner': 'team', 'agentcore-identity:owner-contact': 'team@example.com' },
    });
  });

  test('a client gets tokens for itself only, for its scopes only, for an hour', () => {
    expect(reader.properties).toEqual({
      UserPoolId: pool.ref('this test'),
      ClientName: expect.stringMatching(/^Market-Machines-Reader-[0-9a-f]{8}$/),
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['agents/mcp:call'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 3600,
      TokenValidityUnits: { AccessToken: 'seconds' },
    });
    expect(keeper.properties.AllowedOAuthScopes).toEqual(['agents/mcp:admin', 'agents/mcp:call']);
  });

  test('the scopes are those of one resource server, which is there before the clients', () => {
    expect(resource(account, 'Cognito::UserPoolResourceServer').properties).toEqual({
      UserPoolId: pool.ref('this test'),
      Identifier: 'agents',
      Name: 'agents',
      Scopes: [{ ScopeName: 'mcp:admin', ScopeDescription: 'Change the calendar' }, { ScopeName: 'mcp:call', ScopeDescription: 'Call the tools that only read' }],
    });
    const { Resources } = templateOf(story.app, 'Market');
    const clients = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Cognito::UserPoolClient');
    clients.forEach(({ DependsOn }) => expect(DependsOn).toEqual([expect.stringMatching(/^MachinesResourceServer/)]));
  });

  test('the secret is made without a value, under the customer\'s key', () => {
    const secrets = account.resourcesOfType('AWS::SecretsManager::Secret');
    expect(secrets).toHaveLength(2);
    for (const secret of secrets) {
      expect(Object.keys(secret.properties).sort()).toEqual(['Description', 'KmsKeyId', 'Tags']);
      expect(secret.property('KmsKeyId')).toBe(resource(account, 'KMS::Key').attribute('Arn', 'this test'));
    }
  });

  test('nothing in the template reads the secret', () => {
    const text = JSON.stringify(templateOf(story.app, 'Market'));
    expect(text).not.toMatch(/ClientSecret"\s*\]|resolve:secretsmanager|"SecretString"|GenerateSecretString/);
    expect(text).not.toMatch(/"Fn::GetAtt":\["[^"]*AppClient[^"]*","ClientSecret/);
  });

  test('the function of each client may do exactly this', () => {
    const functions = account.resourcesOfType('AWS::Lambda::Function');
    expect(functions).toHaveLength(2);
    for (const fn of functions) {
      const settings = fn.property('Environment').Variables;
      const log = account.resourcesOfType('AWS::Logs::LogGroup').find((group) => group.ref('this test') === fn.property('LoggingConfig').LogGroup)!;
      const secret: string = settings.SECRET_ARN;
      expect(statementsOf(account, fn.property('Role'))).toEqual([
        { Sid: 'DescribeClient', Effect: 'Allow', Action: 'cognito-idp:DescribeUserPoolClient', Resource: pool.attribute('Arn', 'this test') },
        { Sid: 'WriteSecret', Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'], Resource: secret },
        {
          Sid: 'EncryptThroughSecretsManager',
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: resource(account, 'KMS::Key').attribute('Arn', 'this test'),
          Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': secret } },
        },
        { Sid: 'WriteLogs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: log.attribute('Arn', 'this test') },
      ]);
    }
  });

  test('has log groups with an end, and the current runtime on arm64', () => {
    const both = (type: string, property: string) => account.resourcesOfType(type).map((each) => each.property(property));
    expect(both('AWS::Logs::LogGroup', 'RetentionInDays')).toEqual([365, 365]);
    expect(both('AWS::Lambda::Function', 'Runtime')).toEqual(['nodejs24.x', 'nodejs24.x']);
    expect(both('AWS::Lambda::Function', 'Architectures')).toEqual([['arm64'], ['arm64']]);
  });

  test('a function is bound to the client and the secret that its custom resource names', () => {
    const bound = account.resourcesOfType('AWS::Lambda::Function').map((fn) => fn.property('Environment').Variables);
    const asked = account.resourcesOfType('Custom::AgentCoreMachineClientSecret').map(({ properties }) => ({
      USER_POOL_ID: properties.UserPoolId, CLIENT_ID: properties.ClientId, SECRET_ARN: properties.SecretArn,
    }));
    expect(bound).toEqual(asked);
    expect(new Set(bound.map(({ CLIENT_ID }) => CLIENT_ID)).size).toBe(2);
    expect(new Set(bound.map(({ SECRET_ARN }) => SECRET_ARN)).size).toBe(2);
    expect(asked.map(({ CLIENT_ID }) => CLIENT_ID).sort()).toEqual([reader, keeper].map((client) => client.ref('this test')).sort());
  });

  test('each provider has its own client and references its own secret', () => {
    const providers = account.resourcesOfType('AWS::BedrockAgentCore::OAuth2CredentialProvider').map(({ properties }) => properties);
    for (const [name, client] of [['reader', reader], ['keeper', keeper]] as const) {
      const config = providers.find(({ Name }) => Name === name)!.Oauth2ProviderConfigInput.IncludedOauth2ProviderConfig;
      const fn = account.resourcesOfType('AWS::Lambda::Function').find((each) => each.property('Environment').Variables.CLIENT_ID === client.ref('this test'))!;
      expect(config).toEqual({
        ClientId: client.ref('this test'),
        ClientSecretSource: 'EXTERNAL',
        ClientSecretConfig: { SecretId: fn.property('Environment').Variables.SECRET_ARN, JsonKey: 'client_secret' },
        Issuer: `https://cognito-idp.eu-west-1.amazonaws.com/${pool.ref('this test')}`,
        AuthorizationEndpoint: 'https://acme-agents.auth.eu-west-1.amazoncognito.com/oauth2/authorize',
        TokenEndpoint: 'https://acme-agents.auth.eu-west-1.amazoncognito.com/oauth2/token',
      });
    }
  });

  test('a provider is made when its secret has a value', () => {
    const { Resources } = templateOf(story.app, 'Market');
    const provider = Object.values(Resources).find(({ Type, Properties }) => Type === 'AWS::BedrockAgentCore::OAuth2CredentialProvider' && Properties.Name === 'reader')!;
    const mover = Object.keys(Resources).find((id) => Resources[id].Type.startsWith('Custom::') && id.startsWith('MachinesReaderMover'));
    expect(provider.DependsOn).toContain(mover);
  });

  test('the gateway lets in exactly these clients of this issuer', () => {
    const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${pool.ref('this test')}`;
    expect(resource(account, 'BedrockAgentCore::Gateway').property('AuthorizerConfiguration')).toEqual({
      CustomJWTAuthorizer: {
        DiscoveryUrl: `${issuer}/.well-known/openid-configuration`,
        AllowedClients: [reader.ref('this test'), keeper.ref('this test')],
      },
    });
  });

  test('the report says who may ask for what, with which client, and where it gets in', () => {
    const { machineClients } = JSON.parse(AccessReport.of(story.stack).toJson());
    expect(machineClients).toEqual(['Keeper', 'Reader'].map((name) => ({
      path: `Market/Machines/${name}`,
      environment: { account: '111111111111', region: 'eu-west-1' },
      madeHere: true,
      owner: { name: 'team', contact: 'team@example.com' },
      reason: REASON,
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/(known at deployment)',
      clientId: '(known at deployment)',
      scopes: name === 'Keeper' ? ['agents/mcp:admin', 'agents/mcp:call'] : ['agents/mcp:call'],
      accessTokenSeconds: 3600,
      secret: { kept: `secret Market/Machines/${name}/Secret`, jsonKey: 'client_secret', protectedBy: 'customer key Market/Machines/Key' },
      letInBy: ['Market/Gateway'],
      usedBy: [`Market/${name.toLowerCase()}-agent`],
    })));
    expect(AccessReport.of(story.stack).toMarkdown()).toContain('| `agents/mcp:admin`<br>`agents/mcp:call` | 3600 seconds |');
  });

  test('the same input gives the same template and report', () => {
    const again = new MarketStory();
    expect(templateOf(again.app, 'Market')).toEqual(templateOf(story.app, 'Market'));
    expect(AccessReport.of(again.stack).toJson()).toBe(AccessReport.of(story.stack).toJson());
  });
});

describe('keys', () => {
  test('a key that is made can be used through Secrets Manager only, and administered', () => {
    const account = deploy(new MarketStory().app);
    const document = policiesOf(account).resourcePolicy(resource(account, 'KMS::Key').attribute('Arn', 'this test') as string)!.document as unknown as { Statement: any[] };
    expect(document.Statement.map(({ Sid }) => Sid)).toEqual(['Administer', 'UseForMachineClientSecrets']);
    expect(document.Statement[0].Action).not.toEqual(expect.arrayContaining([expect.stringMatching(/\*|Decrypt|Encrypt|GenerateDataKey|CreateGrant/)]));
    expect(document.Statement[1]).toEqual({
      Sid: 'UseForMachineClientSecrets',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com', 'kms:CallerAccount': '111111111111' } },
    });
  });

  const withKey = (props: (stack: Stack) => Partial<MachineClientsProps>) => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const machines = machinesIn(stack, props(stack));
    machines.addClient('Reader', { owner: OWNER, scopes: [machines.addScope('read', 'Read')], reason: REASON });
    const report = AccessReport.of(stack);
    return { account: deploy(stack.node.root as App), report: JSON.parse(report.toJson()).machineClients[0], markdown: report.toMarkdown() };
  };

  test('a key of this app takes the statement into its policy', () => {
    const { account, report } = withKey((stack) => ({ encryptionKey: new kms.Key(stack, 'Own') }));
    const document = policiesOf(account).resourcePolicy(resource(account, 'KMS::Key').attribute('Arn', 'this test') as string)!.document as unknown as { Statement: any[] };
    // The first is CDK's own.
    expect(document.Statement.map(({ Sid }) => Sid)).toEqual([undefined, 'UseForMachineClientSecrets']);
    expect(report.requiredKeyPolicy).toBeUndefined();
  });

  test('the owner of an imported key is told what its policy needs', () => {
    const { account, report, markdown } = withKey((stack) => ({ encryptionKey: kms.Key.fromKeyArn(stack, 'Theirs', KEY) }));
    expect(account.resourcesOfType('AWS::KMS::Key')).toEqual([]);
    expect(resource(account, 'SecretsManager::Secret').property('KmsKeyId')).toBe(KEY);
    expect(report.requiredKeyPolicy).toEqual([expect.objectContaining({ Sid: 'UseForMachineClientSecrets', Resource: '*' })]);
    expect(markdown).toContain('The owner of the key of Stack/Machines/Reader adds to its policy:');
  });

  test('without a customer key there is a reason, in the report in capitals, and the function has no right on keys', () => {
    const { account, report, markdown } = withKey(() => ({ awsManagedKey: { reason: 'A sandbox without secrets of value' } }));
    expect(resource(account, 'SecretsManager::Secret').properties).not.toHaveProperty('KmsKeyId');
    expect(statementsOf(account, resource(account, 'Lambda::Function').property('Role')).map((statement) => (statement as { Sid: string }).Sid)).toEqual(['DescribeClient', 'WriteSecret', 'WriteLogs']);
    expect(report).toMatchObject({ awsManagedKeyReason: 'A sandbox without secrets of value' });
    expect(markdown).toContain('NO CUSTOMER KEY: A sandbox without secrets of value');
  });
});

describe('what is left when it is removed', () => {
  const policies = (removalPolicy?: RemovalPolicy) => {
    const story = new MarketStory({ removalPolicy });
    const { Resources } = templateOf(story.app, 'Market');
    return (type: string) => Object.values(Resources).filter(({ Type }) => Type === `AWS::${type}`).map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);
  };

  test('by default the pool and its domain, but no client and no secret', () => {
    const of = policies();
    expect(of('Cognito::UserPool')).toEqual([['Retain', 'Retain']]);
    expect(of('Cognito::UserPoolDomain')).toEqual([['RetainExceptOnCreate', 'Retain']]);
    expect(of('Cognito::UserPoolResourceServer')).toEqual([['RetainExceptOnCreate', 'Retain']]);
    expect(of('Cognito::UserPoolClient')).toEqual([[undefined, undefined], [undefined, undefined]]);
    expect(of('SecretsManager::Secret')).toEqual([['Delete', 'Delete'], ['Delete', 'Delete']]);
  });

  test('nothing, if told so', () => {
    const of = policies(RemovalPolicy.DESTROY);
    ['Cognito::UserPool', 'Cognito::UserPoolDomain', 'Cognito::UserPoolResourceServer'].forEach((type) => expect(of(type)).toEqual([['Delete', 'Delete']]));
  });
});

test.each([[Duration.minutes(5), 300], [Duration.minutes(15), 900], [Duration.seconds(301), 301], [Duration.days(1), 86400]])('tokens live for %s', (accessTokenLifetime, seconds) => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const machines = machinesIn(stack);
  const client = machines.addClient('Reader', { owner: OWNER, scopes: [machines.addScope('read', 'Read')], reason: REASON, accessTokenLifetime });
  expect(resource(deploy(stack.node.root as App), 'Cognito::UserPoolClient').property('AccessTokenValidity')).toBe(seconds);
  expect(client.accessTokenLifetime).toBe(accessTokenLifetime);
});

test('outputs for those who configure the machine elsewhere, without the secret', () => {
  const story = new MarketStory();
  story.keeper.addOutputs();
  const { Outputs = {} } = templateOf(story.app, 'Market');
  const ours = Object.fromEntries(Object.entries(Outputs).filter(([id]) => id.startsWith('MachinesKeeper')).map(([id, { Value }]) => [id.replace(/^MachinesKeeper|[0-9A-F]{8}$/g, ''), Value]));
  expect(ours).toEqual({
    TokenUrl: 'https://acme-agents.auth.eu-west-1.amazoncognito.com/oauth2/token',
    ClientId: { Ref: expect.stringMatching(/^MachinesKeeperAppClient/) },
    SecretArn: { Ref: expect.stringMatching(/^MachinesKeeperSecret/) },
    Scopes: 'agents/mcp:admin agents/mcp:call',
    DiscoveryUrl: { 'Fn::Join': ['', ['https://cognito-idp.eu-west-1.amazonaws.com/', { Ref: expect.stringMatching(/^MachinesUserPool/) }, '/.well-known/openid-configuration']] },
  });
});

test('a gateway in another stack locks nothing by an export, and is in the report', () => {
  const app = new App();
  const platform = new Stack(app, 'Platform', { env: ENV });
  const sales = new Stack(app, 'Sales', { env: ENV });
  const machines = machinesIn(platform);
  const client = machines.addClient('Reader', { owner: OWNER, scopes: [machines.addScope('read', 'Read')], reason: REASON });
  new ToolGateway(sales, 'Gateway', { owner: OWNER, gatewayName: 'market', inbound: machines.inbound(sales, { clients: [client], scopes: machines.scopes }) });
  const { Resources } = templateOf(app, 'Sales');
  const gateway = Object.values(Resources).find(({ Type }) => Type === 'AWS::BedrockAgentCore::Gateway')!;
  const text = JSON.stringify(gateway.Properties.AuthorizerConfiguration);
  expect(text).toContain('Fn::GetStackOutput');
  expect(text).not.toContain('Fn::ImportValue');
  expect(gateway.Properties.AuthorizerConfiguration.CustomJWTAuthorizer.AllowedScopes).toEqual(['agents/read']);
  expect(JSON.stringify(templateOf(app, 'Platform').Outputs ?? {})).not.toContain('"Export"');
  expect(JSON.parse(AccessReport.of(app).toJson()).machineClients[0].letInBy).toEqual(['Sales/Gateway']);
});

test('a stack for any account and region', () => {
  const stack = new Stack(new App(), 'Stack');
  const machines = machinesIn(stack);
  const client = machines.addClient('Reader', { owner: OWNER, scopes: [machines.addScope('read', 'Read')], reason: REASON });
  agentWith(stack, 'reader', client);
  const account = deploy(stack.node.root as App);
  expect(templateSchemaErrors(account)).toEqual([]);
  expect(stack.resolve(client.tokenUrl)).toEqual({ 'Fn::Join': ['', ['https://acme-agents.auth.', { Ref: 'AWS::Region' }, '.amazoncognito.com/oauth2/token']] });
});

describe('a client of any issuer', () => {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const scopes = [CustomScope.of('mcp:call')];
  const client = MachineClient.fromOidc(stack, 'Planner', {
    owner: OWNER,
    issuer: 'https://acme.okta.com/oauth2/tools',
    tokenUrl: 'https://acme.okta.com/oauth2/tools/v1/token',
    clientId: '0oa1planner',
    clientSecret: ClientSecret.fromSecretsManager(importedSecret(stack), 'client_secret'),
    scopes,
    reason: REASON,
  });
  agentWith(stack, 'planner', client, scopes);
  client.addOutputs();
  const account = deploy(stack.node.root as App);

  test('makes nothing but the provider and what was asked for', () => {
    expect(account.resourcesOfType('AWS::Cognito::UserPool')).toEqual([]);
    expect(account.resourcesOfType('AWS::Lambda::Function')).toEqual([]);
    expect(resource(account, 'BedrockAgentCore::OAuth2CredentialProvider').properties.Oauth2ProviderConfigInput.CustomOauth2ProviderConfig).toMatchObject({
      ClientId: '0oa1planner', ClientSecretSource: 'EXTERNAL', OauthDiscovery: { DiscoveryUrl: 'https://acme.okta.com/oauth2/tools/.well-known/openid-configuration' },
    });
  });

  test('tells the same', () => {
    expect(Object.values(templateOf(stack.node.root as App, 'Stack').Outputs!).map(({ Value }) => Value).sort()).toEqual([
      '0oa1planner', { 'Fn::GetAtt': [expect.stringMatching(/^planner/), 'CallbackUrl'] }, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-app-AbCdEf', 'https://acme.okta.com/oauth2/tools/.well-known/openid-configuration',
      'https://acme.okta.com/oauth2/tools/v1/token', 'mcp:call',
    ]);
    expect(JSON.parse(AccessReport.of(stack).toJson()).machineClients).toEqual([{
      path: 'Stack/Planner',
      environment: { account: '111111111111', region: 'eu-west-1' },
      madeHere: false,
      owner: { name: 'team', contact: 'team@example.com' },
      reason: REASON,
      issuer: 'https://acme.okta.com/oauth2/tools',
      clientId: '0oa1planner',
      scopes: ['mcp:call'],
      secret: { kept: 'secret arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-app-AbCdEf', jsonKey: 'client_secret', protectedBy: 'the AWS managed key, or one that this app does not know' },
      letInBy: [],
      usedBy: ['Stack/planner-agent'],
    }]);
  });
});
