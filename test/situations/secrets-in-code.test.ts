import {
  App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_rds as rds, aws_secretsmanager as secretsmanager, CfnParameter, Lazy, SecretValue, Stack,
} from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, google, KEY_SECRET_ARN, REASON, RETURN_URLS, role, SECRET_ARN, stackIn, weather } from './story';
import {
  AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, AgentRuntimeRole, ApiKey, ApiKeyProvider, Capability, ClientSecret, CustomScope, MachineClient,
  OAuth2Provider, ReadSecretInCodeOptions,
} from '../../src';
import { lateCodes } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';

/* A secret that the agent's own code reads. Exactly this one, by the named parts, and said in the report. */
const owner = AgentOwner.team('team', 'team@example.com');
const WHY = { reason: 'Incident 4711: the password is in a log' };
const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`;
const LEDGER = secretArn('ledger-db-a1B2c3');
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const THROUGH = { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' };

const complete = (stack: Stack, arn = LEDGER, id = 'Ledger') => secretsmanager.Secret.fromSecretCompleteArn(stack, id, arn);
const keyOf = (stack: Stack, arn = KEY) => kms.Key.fromKeyArn(stack, 'LedgerKey', arn);

/** An agent, a return page of it, and another agent beside it. */
function story(declare: (agent: Agent, stack: Stack) => void) {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = new Agent(stack, 'Agent', {
    owner, identity: AgentIdentity.named('agent'), host: AgentHost.role(role(stack, 'agent')), parts: [AgentPart.returnPage('Page', AgentHost.role(role(stack, 'page')))], callers: [EMPLOYEES], returnUrls: RETURN_URLS,
  });
  const other = new Agent(stack, 'Other', { owner, identity: AgentIdentity.named('other'), host: AgentHost.role(role(stack, 'other')) });
  other.may(Capability.useApiKey(weather(stack), REASON));
  declare(agent, stack);
  return { app, stack, agent };
}

const read = (account: FakeAccount, principal: string, arn: string, context: Record<string, string> = {}) => (
  decide(account, { principal, action: 'secretsmanager:GetSecretValue', resources: [arn], context }));
const entryOf = (app: App) => JSON.parse(AccessReport.of(app).toJson()).agents[0];

describe('a secret by its complete ARN, under a customer key', () => {
  const { app } = story((agent, stack) => agent.may(Capability.readSecretInCode(complete(stack), { ...REASON, encryptionKey: keyOf(stack) })));
  const account = deploy(app);

  test.each<[string, string, string, Record<string, string>, string]>([
    ['the agent\'s code reads it', 'agent', LEDGER, {}, 'Allowed'],
    ['a service may read it for the agent', 'agent', LEDGER, { 'aws:ViaAWSService': 'true' }, 'Allowed'],
    ['not one whose name goes on', 'agent', secretArn('ledger-db-a1B2c3-d4E5f6'), {}, 'ImplicitlyDenied'],
    ['not one of the same name that was made later', 'agent', secretArn('ledger-db-x9Y8z7'), {}, 'ImplicitlyDenied'],
    ['not the next one', 'agent', secretArn('ledger-d-a1B2c3'), {}, 'ImplicitlyDenied'],
    ['not one of another region', 'agent', LEDGER.replace('eu-west-1', 'us-east-1'), {}, 'ImplicitlyDenied'],
    ['not one of another account', 'agent', LEDGER.replace('111111111111', '222222222222'), {}, 'ImplicitlyDenied'],
    ['not the secret of another agent\'s provider', 'agent', KEY_SECRET_ARN, {}, 'ImplicitlyDenied'],
    ['the return page does not read it', 'page', LEDGER, {}, 'ImplicitlyDenied'],
    ['another agent does not', 'other', LEDGER, {}, 'ImplicitlyDenied'],
    ['and not through a service either', 'other', LEDGER, { 'aws:ViaAWSService': 'true' }, 'ImplicitlyDenied'],
  ])('%s', async (_situation, principal, arn, context, expected) => expect(await read(account, principal, arn, context)).toBe(expected));

  test.each(['DescribeSecret', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'PutResourcePolicy'])('%s is not part of it', async (action) => {
    expect(await decide(account, { principal: 'agent', action: `secretsmanager:${action}`, resources: [LEDGER] })).toBe('ImplicitlyDenied');
  });

  test.each<[string, string, string, string, Record<string, string>, string]>([
    ['the key decrypts through Secrets Manager', 'agent', 'Decrypt', KEY, THROUGH, 'Allowed'],
    ['not directly', 'agent', 'Decrypt', KEY, {}, 'ImplicitlyDenied'],
    ['not through another service', 'agent', 'Decrypt', KEY, { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }, 'ImplicitlyDenied'],
    ['not another key', 'agent', 'Decrypt', KEY.replace('5555', '6666'), THROUGH, 'ImplicitlyDenied'],
    ['it does not encrypt', 'agent', 'Encrypt', KEY, THROUGH, 'ImplicitlyDenied'],
    ['not for the return page', 'page', 'Decrypt', KEY, THROUGH, 'ImplicitlyDenied'],
  ])('%s', async (_situation, principal, action, key, context, expected) => {
    expect(await decide(account, { principal, action: `kms:${action}`, resources: [key], context })).toBe(expected);
  });

  test('the role gets these two statements and the standing Denies', () => {
    expect(statementsOf(account, 'agent')).toEqual([
      { Sid: 'ReadSecretInCode', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: LEDGER },
      { Sid: 'DecryptSecretInCode', Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: { StringEquals: THROUGH } },
      expect.objectContaining({ Sid: 'DenyUndeclaredTokenActions', Effect: 'Deny' }),
    ]);
  });

  test('the report says the reason, who reads it, and that IAM holds the limit', () => {
    const [capability] = entryOf(app).capabilities;
    expect(capability).toMatchObject({
      kind: 'read secret in code',
      asWhom: 'whoever holds what the secret says, READ BY THE AGENT\'S CODE',
      provider: 'Stack/Ledger',
      providerName: LEDGER,
      readBy: ['Host'],
      reason: REASON.reason,
      limits: [{ limit: 'the value of this secret only, and no other', enforcedBy: 'IAM', how: 'secretsmanager:GetSecretValue on its ARN, for part Host' }],
      statements: ['ReadSecretInCode', 'DecryptSecretInCode'],
      delegation: `agent Stack/Agent → secret ${LEDGER} (READ BY ITS CODE)`,
    });
    expect(entryOf(app).remainingWildcards).toEqual([]);
    expect(AccessReport.of(app).toMarkdown()).toContain(`| read secret in code | whoever holds what the secret says, READ BY THE AGENT'S CODE | Stack/Ledger (\`${LEDGER}\`) | read by part Host |`);
  });
});

describe('a secret by its name', () => {
  const { app } = story((agent, stack) => agent.may(Capability.readSecretInCode(secretsmanager.Secret.fromSecretNameV2(stack, 'Ledger', 'ledger-db'), REASON)));
  const account = deploy(app);

  test.each<[string, string, string]>([
    ['whatever six characters it has', LEDGER, 'Allowed'],
    ['not one whose name goes on', secretArn('ledger-db-two-a1B2c3'), 'ImplicitlyDenied'],
    ['not one that has the name only', secretArn('ledger-db'), 'ImplicitlyDenied'],
    ['not one whose name begins otherwise', secretArn('my-ledger-db-a1B2c3'), 'ImplicitlyDenied'],
  ])('%s', async (_situation, arn, expected) => expect(await read(account, 'agent', arn)).toBe(expected));

  test('the pattern is among the wildcards that remain, and the code is told the name', () => {
    expect(entryOf(app).remainingWildcards).toEqual([{ resource: expect.stringContaining('secret:ledger-db-??????'), reason: expect.stringContaining('known by its name') }]);
  });
});

describe('what the code is told', () => {
  const manifest = (secret: (stack: Stack) => secretsmanager.ISecretRef) => {
    const { stack, agent } = story((each) => each.may(Capability.readSecretInCode(secret(each.stack), REASON)));
    return JSON.parse(stack.resolve(agent.manifest)).capabilities;
  };
  test.each<[string, (stack: Stack) => secretsmanager.ISecretRef, string]>([
    ['the ARN', complete, LEDGER],
    ['the name, where only that is known', (stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Ledger', 'ledger-db'), 'ledger-db'],
  ])('%s', (_situation, secret, secretId) => expect(manifest(secret)).toEqual([{ kind: 'read secret in code', secretId }]));
});

describe('a secret of this app', () => {
  test('with the key that it knows, in another stack', async () => {
    const app = new App();
    const platform = stackIn(app, 'Platform');
    const secret = new secretsmanager.Secret(platform, 'Ledger', { secretName: 'ledger-db', encryptionKey: new kms.Key(platform, 'Key') });
    const stack = stackIn(app, 'Stack');
    new Agent(stack, 'Agent', { owner, host: AgentHost.role(role(stack, 'agent')) }).may(Capability.readSecretInCode(secret, REASON));
    const account = deploy(app);
    const [arn, key] = [account.resourcesOfType('AWS::SecretsManager::Secret')[0].ref('test') as string, account.resourcesOfType('AWS::KMS::Key')[0].attribute('Arn', 'test') as string];
    expect(await read(account, 'agent', arn)).toBe('Allowed');
    expect(await read(account, 'agent', `${arn}x`)).toBe('ImplicitlyDenied');
    expect(await decide(account, { principal: 'agent', action: 'kms:Decrypt', resources: [key], context: THROUGH })).toBe('Allowed');
    expect(await decide(account, { principal: 'agent', action: 'kms:Decrypt', resources: [key] })).toBe('ImplicitlyDenied');
    expect(JSON.stringify(app.synth().getStackByName('Platform').template.Outputs ?? {})).not.toContain('Export');
  });

  test('that a database is attached to', async () => {
    const { app, stack } = story(() => undefined);
    const secret = new rds.DatabaseSecret(stack, 'DbSecret', { username: 'agent', secretName: 'db' });
    const attached = secret.attach({ asSecretAttachmentTarget: () => ({ targetId: 'db-1', targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE }) });
    (stack.node.findChild('Agent') as Agent).may(Capability.readSecretInCode(attached, REASON));
    expect(statementsOf(deploy(app, { attributes: {} }), 'agent')[0]).toMatchObject({ Sid: 'ReadSecretInCode', Action: 'secretsmanager:GetSecretValue' });
  });
});

describe('who reads it', () => {
  test('the parts that are named, and no others', async () => {
    const { app } = story((agent, stack) => agent.may(Capability.readSecretInCode(complete(stack), { ...REASON, parts: ['Page'] })));
    const account = deploy(app);
    expect([await read(account, 'page', LEDGER), await read(account, 'agent', LEDGER)]).toEqual(['Allowed', 'ImplicitlyDenied']);
    expect(entryOf(app).capabilities[0].readBy).toEqual(['Page']);
  });

  test('the role of a runtime, whose identity AWS makes', async () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const executionRole = new AgentRuntimeRole(stack, 'Role', { runtimeName: 'desk' });
    const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
      agentRuntimeName: 'desk',
      roleArn: executionRole.roleArn,
      networkConfiguration: { networkMode: 'PUBLIC' },
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/desk:1' } },
    });
    new Agent(stack, 'Agent', { owner, host: AgentHost.agentRuntime(runtime, { role: executionRole }) }).may(Capability.readSecretInCode(complete(stack), REASON));
    const account = deploy(app);
    const host = account.resourcesOfType('AWS::IAM::Role')[0].ref('test') as string;
    expect([await read(account, host, LEDGER), await read(account, host, SECRET_ARN)]).toEqual(['Allowed', 'ImplicitlyDenied']);
  });

  test('a role that is managed elsewhere: its owner gets the statement to attach', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const elsewhere = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/elsewhere');
    new Agent(stack, 'Agent', { owner, host: AgentHost.roleManagedElsewhere(elsewhere, { reason: 'The platform team owns the role' }) }).may(Capability.readSecretInCode(complete(stack), REASON));
    expect(entryOf(app).parts[0].requiredPolicy.Statement[0]).toEqual({ Sid: 'ReadSecretInCode', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: LEDGER });
  });
});

describe('cutting it off', () => {
  /** What the role carries beside, such as a grant that somebody wrote, does not help. */
  const withGrant = (stack: Stack) => (stack.node.findChild('agent') as iam.Role).addToPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: ['*'] }));

  test('a suspended agent is denied it explicitly, and nothing else of Secrets Manager', async () => {
    const { app } = story((agent, stack) => {
      agent.may(Capability.readSecretInCode(complete(stack), REASON), Capability.readSecretInCode(complete(stack, secretArn('hook-a1B2c3'), 'Hook'), REASON).suspended(WHY));
      agent.suspend(WHY);
      withGrant(stack);
    });
    const account = deploy(app);
    expect([await read(account, 'agent', LEDGER), await read(account, 'agent', secretArn('hook-a1B2c3')), await read(account, 'agent', secretArn('own-a1B2c3')), await read(account, 'page', LEDGER)])
      .toEqual(['ExplicitlyDenied', 'ExplicitlyDenied', 'Allowed', 'ImplicitlyDenied']);
  });

  test('a suspended capability, and the other secret goes on', async () => {
    const { app } = story((agent, stack) => {
      agent.may(Capability.readSecretInCode(complete(stack), REASON).suspended(WHY), Capability.readSecretInCode(complete(stack, secretArn('hook-a1B2c3'), 'Hook'), REASON));
      withGrant(stack);
    });
    const account = deploy(app);
    expect([await read(account, 'agent', LEDGER), await read(account, 'agent', secretArn('hook-a1B2c3'))]).toEqual(['ExplicitlyDenied', 'Allowed']);
    expect(AccessReport.of(app).toMarkdown()).toContain('**SUSPENDED**: read secret in code (Incident 4711');
  });
});

describe('a secret of another account', () => {
  const foreign = LEDGER.replace('111111111111', '222222222222');
  const foreignKey = KEY.replace('111111111111', '222222222222');
  const { app } = story((agent, stack) => agent.may(Capability.readSecretInCode(complete(stack, foreign), { ...REASON, encryptionKey: keyOf(stack, foreignKey) })));
  const notices: string[] = entryOf(app).leftToOthers.filter((notice: string) => notice.startsWith('The owner of'));
  const statement = (notice: string) => JSON.parse(notice.slice(notice.indexOf('{')));
  const policies = Object.fromEntries(notices.map((notice) => [notice.includes('secret arn') ? foreign : foreignKey, { Version: '2012-10-17', Statement: [statement(notice)] }]));

  test('the report holds what its owner, and that of its key, add: for the role that reads', () => {
    expect(notices.map(statement)).toEqual([
      {
        Sid: 'DecryptForCodeOfAgent',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/agent'] }, StringEquals: THROUGH },
      },
      {
        Sid: 'ReadByCodeOfAgent',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/agent'] } },
      },
    ]);
  });

  test('with it the code reads, and without it nobody does', async () => {
    const account = deploy(app, { externalPolicies: policies });
    expect([await read(account, 'agent', foreign), await read(account, 'page', foreign), await read(account, 'other', foreign)]).toEqual(['Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied']);
    expect(await decide(account, { principal: 'agent', action: 'kms:Decrypt', resources: [foreignKey], context: THROUGH })).toBe('Allowed');
    expect(await read(deploy(app), 'agent', foreign)).toBe('ImplicitlyDenied');
  });
});

describe('refused when all is declared', () => {
  const codes = (declare: (agent: Agent, stack: Stack) => void) => lateCodes(story(declare).app);
  const reads = (secret: (stack: Stack) => secretsmanager.ISecretRef, options: Partial<ReadSecretInCodeOptions> = {}) => (agent: Agent, stack: Stack) => (
    agent.may(Capability.readSecretInCode(secret(stack), { ...REASON, ...options })));
  const withName = (name: string) => (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'ByName', name);

  test.each<[string, (agent: Agent, stack: Stack) => void, string[]]>([
    ['the client secret of a provider', (agent, stack) => reads(() => google(stack).clientSecret.secret!)(agent, stack), ['Capability/SecretOfProvider at Stack/Agent']],
    ['the same, imported once more', (agent, stack) => (google(stack), reads(() => complete(stack, SECRET_ARN))(agent, stack)), ['Capability/SecretOfProvider at Stack/Agent']],
    ['the same by its name', (agent, stack) => (google(stack), reads(withName('google-client'))(agent, stack)), ['Capability/SecretOfProvider at Stack/Agent']],
    ['the same with another ending: it may have been made anew', (agent, stack) => (google(stack), reads(() => complete(stack, SECRET_ARN.replace('a1B2c3', 'x9Y8z7')))(agent, stack)), ['Capability/SecretOfProvider at Stack/Agent']],
    ['the key of a provider that another agent uses', reads((stack) => complete(stack, KEY_SECRET_ARN)), ['Capability/SecretOfProvider at Stack/Agent']],
    ['the secret of an imported provider', (agent, stack) => {
      const secret = complete(stack);
      OAuth2Provider.fromProviderName(stack, 'Crm', 'crm', { clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
      reads(() => secret)(agent, stack);
    }, ['Capability/SecretOfProvider at Stack/Agent']],
    ['another plain name that ends in six letters as well, which is no secret of a provider', (agent, stack) => {
      OAuth2Provider.fromProviderName(stack, 'Crm', 'crm', { clientSecret: ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Client', 'acme-client'), 'client_secret') });
      reads(withName('acme-master'))(agent, stack);
    }, []],
    ['the secret of a provider by a name that synthesis fills in', (agent, stack) => (
      google(stack), reads(withName(Lazy.string({ produce: () => 'google-client' })))(agent, stack)), ['Capability/SecretOfProvider at Stack/Agent']],
    ['the secret of a provider, attached to a database', (agent, stack) => {
      const secret = new secretsmanager.Secret(stack, 'Own');
      OAuth2Provider.fromProviderName(stack, 'Crm', 'crm', { clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
      const database = { asSecretAttachmentTarget: () => ({ targetId: 'db', targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE }) };
      reads(() => secret.attach(database))(agent, stack);
    }, ['Capability/SecretOfProvider at Stack/Agent']],
    ['the secret that AgentCore keeps for a provider, by the provider\'s attribute', (agent, stack) => {
      const l1 = new agentcore.CfnApiKeyCredentialProvider(stack, 'Kept', { name: 'kept' });
      reads(() => complete(stack, l1.getAtt('ApiKeySecretArn.SecretArn').toString()))(agent, stack);
    }, ['Capability/Secret at Stack/Agent']],
    ['a secret that AgentCore keeps, by a name that synthesis fills in', reads(withName(Lazy.string({ produce: () => 'bedrock-agentcore-identity!default/apikey/kept' }))), ['Capability/Secret at Stack/Agent']],
    ['the secret of a machine client', (agent, stack) => {
      MachineClient.fromOidc(stack, 'Robot', {
        owner, issuer: 'https://login.example.com', clientId: 'robot', clientSecret: ClientSecret.fromSecretsManager(complete(stack), 'client_secret'), scopes: [CustomScope.of('read')], ...REASON,
      });
      reads(withName('ledger-db'))(agent, stack);
    }, ['Capability/SecretOfProvider at Stack/Agent']],
    ['a secret of this app, by the ARN that it hands out', (agent, stack) => {
      const secret = new secretsmanager.Secret(stack, 'Own');
      new ApiKeyProvider(stack, 'Hook', { apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });
      reads(() => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Again', secret.secretArn))(agent, stack);
    }, ['Capability/SecretOfProvider at Stack/Agent']],
    ['a secret of this app, by the name that it was given', (agent, stack) => {
      new ApiKeyProvider(stack, 'Hook', { apiKey: ApiKey.fromSecretsManager(new secretsmanager.Secret(stack, 'Own', { secretName: 'hook' }), 'api_key') });
      reads(withName('hook'))(agent, stack);
    }, ['Capability/SecretOfProvider at Stack/Agent']],
    ['the same parameter as a provider has', (agent, stack) => {
      const arn = new CfnParameter(stack, 'Arn').valueAsString;
      ApiKeyProvider.fromProviderName(stack, 'Hook', 'hook', { apiKey: ApiKey.fromSecretsManager(complete(stack, arn, 'Theirs'), 'api_key') });
      reads(() => complete(stack, arn))(agent, stack);
    }, ['Capability/SecretOfProvider at Stack/Agent']],
    ['a value that is in the template', reads((stack) => new secretsmanager.Secret(stack, 'Own', { secretStringValue: SecretValue.unsafePlainText('hunter2') })), ['Capability/SecretInTemplate at Stack/Agent']],
    ['a key by its alias', reads(complete, { encryptionKey: kms.Alias.fromAliasName(new Stack(), 'Alias', 'alias/ledger') }), ['Capability/SecretKey at Stack/Agent']],
    ['a part that is not there', reads(complete, { parts: ['Host', 'Worker'] }), ['Capability/SecretParts at Stack/Agent']],
    ['another account, under the AWS managed key', reads((stack) => complete(stack, LEDGER.replace('111111111111', '222222222222'))), ['Capability/SecretOfOtherAccount at Stack/Agent']],
    ['another account, by its name', reads((stack) => secretsmanager.Secret.fromSecretPartialArn(stack, 'Partial', secretArn('ledger-db').replace('111111111111', '222222222222')), { encryptionKey: keyOf(stackIn(new App(), 'S')) }),
      ['Capability/SecretOfOtherAccount at Stack/Agent']],
    ['nothing: a secret whose name begins like a provider\'s', reads(withName('weather-key-two')), []],
    ['nothing: one of that name in another region', reads((stack) => complete(stack, KEY_SECRET_ARN.replace('eu-west-1', 'us-east-1'))), []],
    ['nothing: a generated value', reads((stack) => new secretsmanager.Secret(stack, 'Own')), []],
    ['nothing: a parameter that no provider has', reads((stack) => complete(stack, new CfnParameter(stack, 'Arn').valueAsString)), []],
  ])('%s', (_situation, declare, expected) => expect(codes(declare)).toEqual(expected));

  test('an agent without a host has to say which part reads it', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    new Agent(stack, 'Agent', { owner, parts: [AgentPart.acting('Web', AgentHost.role(role(stack, 'web')))] }).may(Capability.readSecretInCode(complete(stack), REASON));
    expect(lateCodes(app)).toEqual(['Capability/SecretParts at Stack/Agent']);
  });

  test('a return page that other agents share is not let to read it', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const page = AgentHost.role(role(stack, 'page'));
    ['One', 'Two'].forEach((id) => new Agent(stack, id, {
      owner, host: AgentHost.role(role(stack, `${id}Role`)), parts: [AgentPart.sharedReturnPage('Page', page, { reason: 'One page for all agents of sales' })], callers: [EMPLOYEES], returnUrls: RETURN_URLS,
    }).may(Capability.readSecretInCode(complete(stack, LEDGER, `${id}Ledger`), { ...REASON, parts: id === 'One' ? ['Page'] : ['Host'] })));
    expect(lateCodes(app)).toEqual(['Capability/SecretParts at Stack/One']);
  });
});

describe('refused at once', () => {
  const stack = stackIn(new App(), 'Stack');
  const secret = complete(stack);
  test.each<[string, () => unknown, string]>([
    ['no reason', () => Capability.readSecretInCode(secret, {} as never), '[Capability/Reason]'],
    ['a value', () => Capability.readSecretInCode('hunter2' as never, REASON), '[Capability/Secret]'],
    ['a SecretValue', () => Capability.readSecretInCode(SecretValue.unsafePlainText('hunter2') as never, REASON), '[Capability/Secret]'],
    ['a secret that AgentCore keeps', () => Capability.readSecretInCode(secretsmanager.Secret.fromSecretNameV2(stack, 'Kept', 'bedrock-agentcore-identity!default/oauth2/crm'), REASON), '[Capability/Secret]'],
    ['the same by its ARN', () => Capability.readSecretInCode(complete(stack, secretArn('bedrock-agentcore-identity!default/apikey/crm-a1B2c3'), 'KeptArn'), REASON), '[Capability/Secret]'],
    ['a pattern', () => Capability.readSecretInCode(secretsmanager.Secret.fromSecretNameV2(stack, 'All', 'ledger-*'), REASON), '[Capability/Secret]'],
    ['a key that is a text', () => Capability.readSecretInCode(secret, { ...REASON, encryptionKey: KEY as never }), '[Capability/SecretKey]'],
    ['no part', () => Capability.readSecretInCode(secret, { ...REASON, parts: [] }), '[Capability/SecretParts]'],
    ['a part twice', () => Capability.readSecretInCode(secret, { ...REASON, parts: ['A', 'A'] }), '[Capability/SecretParts]'],
    ['a word that means nothing', () => Capability.readSecretInCode(secret, { ...REASON, jsonKey: 'x' } as never), '[Capability/UnknownField]'],
  ])('%s', (_situation, call, code) => expect(call).toThrow(code));

  test('what was given in place of a secret is not shown', () => {
    expect(() => Capability.readSecretInCode('hunter2' as never, REASON)).not.toThrow(/hunter2/);
  });

  test('the same secret twice', () => {
    expect(() => story((agent) => agent.may(Capability.readSecretInCode(complete(agent.stack), REASON), Capability.readSecretInCode(complete(agent.stack, LEDGER, 'Again'), REASON)))).toThrow('[Agent/CapabilityTwice]');
  });
});

