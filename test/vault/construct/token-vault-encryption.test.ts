import { App, aws_kms as kms, Stack } from 'aws-cdk-lib';
import {
  AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability, GoogleScope, TokenVaultEncryption, TokenVaultEncryptionProps, Users, VaultKeyRemoval,
} from '../../../src';
import { decide } from '../../simulation/decision';
import { deploy, FakeAccount } from '../../simulation/fake-account';
import { policiesOf } from '../../simulation/principal-policies';
import { serviceReferenceFindings } from '../../simulation/service-reference';
import { templateSchemaErrors } from '../../simulation/template-schema';
import { statementsOf } from '../../situations/statements-of';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, role, stackIn, VAULT, weather } from '../../situations/story';

/* The token vault under the customer's key: who may use the key, and what the function that sets it may do. */
const THROUGH_AGENTCORE = { 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' };
const OF_THE_VAULT = { 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': VAULT };
const IMPORTED = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'];

interface Story { readonly app: App; readonly stack: Stack; readonly encryption: TokenVaultEncryption }

function story(props?: (stack: Stack) => TokenVaultEncryptionProps, vaultFirst = true): Story {
  const app = new App();
  const vaults = stackIn(app, 'Vaults');
  const stack = stackIn(app, 'Stack');
  const declareVault = () => new TokenVaultEncryption(vaults, 'Vault', props?.(vaults));
  const before = vaultFirst ? declareVault() : undefined;
  const agent = (id: string, parts?: AgentPart[]) => new Agent(stack, `${id}-agent`, {
    owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named(id), host: AgentHost.role(role(stack, id)), parts, callers: [EMPLOYEES], returnUrls: RETURN_URLS,
  });
  agent('user', [AgentPart.returnPage('ReturnPage', AgentHost.role(role(stack, 'page')))])
    .may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
  agent('keyed').may(Capability.useApiKey(weather(stack), REASON));
  return { app, stack, encryption: before ?? declareVault() };
}

function keyArnIn(account: FakeAccount): string {
  return account.resourcesOfType('AWS::KMS::Key')[0].attribute('Arn', 'this test') as string;
}

describe.each([['declared before the agents', true], ['declared after the agents', false]])('a key made for the vault, in another stack, %s', (_order, vaultFirst) => {
  const { app } = story(undefined, vaultFirst);
  const account = deploy(app);
  const key = keyArnIn(account);
  const use = (principal: string, action: string, context: Record<string, string>) => decide(account, { principal, action, resources: [key], context });

  test.each(USE)('%s: by those who get or complete OAuth2 tokens, through AgentCore only', async (action) => {
    for (const principal of ['user', 'page']) {
      expect(await use(principal, action, { ...THROUGH_AGENTCORE, ...OF_THE_VAULT })).toBe('Allowed');
      expect(await use(principal, action, OF_THE_VAULT)).toBe('ImplicitlyDenied');
      expect(await use(principal, action, { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com', ...OF_THE_VAULT })).toBe('ImplicitlyDenied');
      expect(await use(principal, action, { 'kms:ViaService': 'bedrock-agentcore-identity.us-east-1.amazonaws.com', ...OF_THE_VAULT })).toBe('ImplicitlyDenied');
    }
  });

  test('not by an agent that only uses API keys: these are not in the vault', async () => {
    expect(await use('keyed', 'kms:Decrypt', { ...THROUGH_AGENTCORE, ...OF_THE_VAULT })).toBe('ImplicitlyDenied');
  });

  test.each(['kms:ReEncryptFrom', 'kms:CreateGrant', 'kms:GenerateDataKey', 'kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy'])('nothing beyond: %s', async (action) => {
    expect(await use('user', action, { ...THROUGH_AGENTCORE })).toBe('ImplicitlyDenied');
  });

  test('nothing is exported between the stacks', () => {
    expect(JSON.stringify(app.synth().getStackByName('Vaults').template)).not.toContain('"Export"');
  });
});

describe('the policy of a key made for the vault', () => {
  const account = deploy(story().app);
  const statements = (policiesOf(account).resourcePolicy(keyArnIn(account))!.document as unknown as { Statement: any[] }).Statement;

  test('lets the account use it through AgentCore for this vault, and administer it', () => {
    const root = { AWS: `arn:aws:iam::${ENV.account}:root` };
    expect(statements.map(({ Sid }) => Sid)).toEqual(['Administer', 'UseForAgentCoreTokenVault', 'DescribeForAgentCoreTokenVault']);
    expect(statements[1]).toEqual({
      Sid: 'UseForAgentCoreTokenVault',
      Effect: 'Allow',
      Principal: root,
      Action: USE,
      Resource: '*',
      Condition: { StringEquals: THROUGH_AGENTCORE, ArnEquals: OF_THE_VAULT },
    });
    expect(statements[2]).toEqual({ Sid: 'DescribeForAgentCoreTokenVault', Effect: 'Allow', Principal: root, Action: 'kms:DescribeKey', Resource: '*' });
  });

  test('lets nobody use it directly, not even an administrator with kms:*', () => {
    expect(statements[0].Action).not.toEqual(expect.arrayContaining([expect.stringMatching(/\*|Decrypt|Encrypt|GenerateDataKey|CreateGrant|Sign|Mac/)]));
  });
});

describe('the function that sets the key', () => {
  const { app } = story();
  const account = deploy(app);
  const functionRole = account.resourcesOfType('AWS::Lambda::Function')[0].property('Role') as string;

  test('may do exactly this', () => {
    const key = keyArnIn(account);
    const log = account.resourcesOfType('AWS::Logs::LogGroup')[0].attribute('Arn', 'this test');
    expect(statementsOf(account, functionRole)).toEqual([
      { Sid: 'SetVaultKey', Effect: 'Allow', Action: ['bedrock-agentcore:GetTokenVault', 'bedrock-agentcore:SetTokenVaultCMK'], Resource: VAULT },
      { Sid: 'CheckKey', Effect: 'Allow', Action: 'kms:DescribeKey', Resource: key },
      { Sid: 'UseKeyThroughAgentCore', Effect: 'Allow', Action: USE, Resource: key, Condition: { StringEquals: THROUGH_AGENTCORE } },
      { Sid: 'WriteLogs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: log },
    ]);
  });

  test('has a log group of its own, with an end, and the current runtime on arm64', () => {
    expect(account.resourcesOfType('AWS::Logs::LogGroup')[0].property('RetentionInDays')).toBe(365);
    expect(account.resourcesOfType('AWS::Lambda::Function')[0].property('Runtime')).toBe('nodejs24.x');
    expect(account.resourcesOfType('AWS::Lambda::Function')[0].property('Architectures')).toEqual(['arm64']);
  });

  test('is asked for the key and for what becomes of it', () => {
    expect(account.resourcesOfType('Custom::AgentCoreTokenVaultKey')[0].property('OnRemoval')).toBe('KEEP_KEY');
    expect(account.resourcesOfType('Custom::AgentCoreTokenVaultKey')[0].property('KeyArn')).toBe(keyArnIn(account));
  });

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account)).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });
});

test('the key is set after the providers of the stack, since the vault appears with the first of them', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new TokenVaultEncryption(stack, 'Vault', { onRemoval: VaultKeyRemoval.RETURN_TO_SERVICE_KEY });
  google(stack);
  const resources = app.synth().getStackByName('Stack').template.Resources as Record<string, any>;
  const custom = Object.values(resources).find(({ Type }) => Type === 'Custom::AgentCoreTokenVaultKey');
  const provider = Object.keys(resources).find((id) => resources[id].Type === 'AWS::BedrockAgentCore::OAuth2CredentialProvider');
  expect(custom.DependsOn).toContain(provider);
  expect(custom.Properties.OnRemoval).toBe('RETURN_TO_SERVICE_KEY');
});

describe('a key that the user brings', () => {
  test('of this app: gets the statements', () => {
    const { app } = story((stack) => ({ key: new kms.Key(stack, 'Own') }));
    const account = deploy(app);
    const sids = (policiesOf(account).resourcePolicy(keyArnIn(account))!.document as unknown as { Statement: { Sid?: string }[] }).Statement.map(({ Sid }) => Sid);
    expect(sids).toEqual(expect.arrayContaining(['UseForAgentCoreTokenVault', 'DescribeForAgentCoreTokenVault']));
    expect(AccessReport.of(app).toMarkdown()).not.toContain('The owner of the key adds to its policy');
  });

  test.each<[string, (stack: Stack) => kms.IKeyRef]>([
    ['imported', (stack) => kms.Key.fromKeyArn(stack, 'Own', IMPORTED)],
    ['an L1', (stack) => new kms.CfnKey(stack, 'Own', { keyPolicy: { Version: '2012-10-17', Statement: [] } })],
  ])('%s: the report says what its policy must hold', (_how, key) => {
    const report = AccessReport.of(story((stack) => ({ key: key(stack) })).app).toMarkdown();
    expect(report).toContain('The owner of the key adds to its policy');
    expect(report).toContain('"kms:ViaService": "bedrock-agentcore-identity.eu-west-1.amazonaws.com"');
  });

  test('keys that the vault was under before may still decrypt, and no more', async () => {
    const { app } = story((stack) => ({ formerKeys: [kms.Key.fromKeyArn(stack, 'Former', IMPORTED)] }));
    const account = deploy(app);
    const use = (action: string) => decide(account, { principal: 'user', action, resources: [IMPORTED], context: THROUGH_AGENTCORE });
    expect(await use('kms:Decrypt')).toBe('Allowed');
    expect(await use('kms:Encrypt')).toBe('ImplicitlyDenied');
    const setter = account.resourcesOfType('AWS::Lambda::Function')[0].property('Role') as string;
    expect(statementsOf(account, setter)).toContainEqual({
      Sid: 'DecryptWithFormerKeysThroughAgentCore', Effect: 'Allow', Action: 'kms:Decrypt', Resource: IMPORTED, Condition: { StringEquals: THROUGH_AGENTCORE },
    });
  });
});

test('set by another app: agents get the use, nothing is set', async () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  TokenVaultEncryption.fromKey(stack, 'Vault', kms.Key.fromKeyArn(stack, 'Key', IMPORTED));
  new Agent(stack, 'Agent', { owner: AgentOwner.team('t', 't@example.com'), host: AgentHost.role(role(stack, 'agent')), callers: [EMPLOYEES], returnUrls: RETURN_URLS })
    .may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
  const account = deploy(app);
  expect(await decide(account, { principal: 'agent', action: 'kms:Decrypt', resources: [IMPORTED], context: THROUGH_AGENTCORE })).toBe('Allowed');
  expect(account.resourcesOfType('AWS::Lambda::Function')).toEqual([]);
});

test('removed from the app again: the custom resource and the grants go, the key is retained', async () => {
  const { app } = story();
  const key = Object.values(app.synth().getStackByName('Vaults').template.Resources as Record<string, any>).find(({ Type }) => Type === 'AWS::KMS::Key');
  expect(key.DeletionPolicy).toBe('Retain');
  const without = new App();
  const stack = stackIn(without, 'Stack');
  new Agent(stack, 'Agent', { owner: AgentOwner.team('t', 't@example.com'), host: AgentHost.role(role(stack, 'agent')), callers: [EMPLOYEES], returnUrls: RETURN_URLS })
    .may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
  expect(JSON.stringify(statementsOf(deploy(without), 'agent'))).not.toContain('kms:');
});

test.each<[string, string, (stack: Stack) => void]>([
  ['a second one in the account and region', 'TokenVaultEncryption/Twice', (stack) => {
    new TokenVaultEncryption(stack, 'Vault');
    new TokenVaultEncryption(stack, 'Second');
  }],
  ['a multi-Region key', 'TokenVaultEncryption/KeyArn', (stack) =>
    new TokenVaultEncryption(stack, 'Vault', { key: kms.Key.fromKeyArn(stack, 'K', 'arn:aws:kms:eu-west-1:111111111111:key/mrk-1234567890abcdef1234567890abcdef') })],
  ['an alias', 'TokenVaultEncryption/KeyArn', (stack) => new TokenVaultEncryption(stack, 'Vault', { key: kms.Alias.fromAliasName(stack, 'K', 'alias/vault') })],
  ['an alias that knows its key', 'TokenVaultEncryption/KeyArn', (stack) =>
    new TokenVaultEncryption(stack, 'Vault', { key: new kms.Alias(stack, 'A', { aliasName: 'alias/vault', targetKey: new kms.Key(stack, 'K') }) })],
  ['a key of another region', 'TokenVaultEncryption/KeyElsewhere', (stack) =>
    new TokenVaultEncryption(stack, 'Vault', { key: kms.Key.fromKeyArn(stack, 'K', IMPORTED.replace('eu-west-1', 'us-east-1')) })],
  ['a key of another account', 'TokenVaultEncryption/KeyElsewhere', (stack) =>
    new TokenVaultEncryption(stack, 'Vault', { key: kms.Key.fromKeyArn(stack, 'K', IMPORTED.replace('111111111111', '222222222222')) })],
  ['an asymmetric key', 'TokenVaultEncryption/KeyNotSymmetric', (stack) =>
    new TokenVaultEncryption(stack, 'Vault', { key: new kms.Key(stack, 'K', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT }) })],
  ['an own multi-Region key', 'TokenVaultEncryption/KeyMultiRegion', (stack) => new TokenVaultEncryption(stack, 'Vault', { key: new kms.Key(stack, 'K', { multiRegion: true }) })],
  ['an unknown property', 'TokenVaultEncryption/UnknownField', (stack) => new TokenVaultEncryption(stack, 'Vault', { keyArn: IMPORTED } as any)],
])('%s is refused', (_title, code, declare) => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  expect(() => {
    declare(stack);
    app.synth();
  }).toThrow(`[${code}] at Stack/Vault`);
});

test('a second declaration names both', () => {
  const app = new App();
  new TokenVaultEncryption(stackIn(app, 'One'), 'Vault');
  new TokenVaultEncryption(stackIn(app, 'Two'), 'Vault');
  expect(() => app.synth()).toThrow(/One\/Vault and Two\/Vault|Two\/Vault and One\/Vault/);
});
