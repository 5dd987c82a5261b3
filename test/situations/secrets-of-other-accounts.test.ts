import { App, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { ENV, REASON, role, stackIn } from './story';
import { AccessReport, Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability } from '../../src';
import { lateCodes } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* The key of a service is kept in the account of another team. IAM asks both accounts: the agent's, and the secret's. */
const SECRET = 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:weather-a1B2c3';
const KEY = 'arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-3333-4444-555555555555';
/** The partition is known at deployment; the report writes it as templates do. */
const ROOT = { AWS: 'arn:aws:iam::111111111111:root' };
const owner = AgentOwner.team('team', 'team@example.com');

function agentWith(stack: Stack, secret: secretsmanager.ISecretRef, encryptionKey?: kms.IKeyRef): Agent {
  const agent = new Agent(stack, 'Agent', { owner, host: AgentHost.role(role(stack, 'forecaster')) });
  agent.may(Capability.useApiKey(new ApiKeyProvider(stack, 'Weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret, 'api_key', { encryptionKey }) }), REASON));
  role(stack, 'intruder').addToPolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue', 'kms:Decrypt'], resources: ['*'] }));
  return agent;
}

function imported(app: App): Agent {
  const stack = stackIn(app, 'Stack');
  return agentWith(stack, secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET), kms.Key.fromKeyArn(stack, 'Key', KEY));
}

describe('the report', () => {
  const app = new App();
  imported(app);
  const notices: string[] = JSON.parse(AccessReport.of(app).toJson()).agents[0].leftToOthers;
  const json = (notice: string) => JSON.parse(notice.slice(notice.indexOf('{')));

  test('holds what the owner of the key and of the secret have to add, for the agent\'s role and through AgentCore only', () => {
    expect(notices.map((notice) => notice.slice(0, notice.indexOf('{')))).toEqual([
      `The owner of key ${KEY} adds to its policy: `, `The owner of secret ${SECRET}, in account 222222222222, adds to its resource policy: `,
    ]);
    expect(notices.map(json)).toEqual([
      {
        Sid: 'DecryptSecretOfAgent',
        Effect: 'Allow',
        Principal: ROOT,
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/forecaster'] }, StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
      },
      {
        Sid: 'ReadByAgentThroughAgentCore',
        Effect: 'Allow',
        Principal: ROOT,
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/forecaster'] }, Bool: { 'aws:ViaAWSService': 'true' } },
      },
    ]);
  });
});

describe('with these statements in the other account', () => {
  const app = new App();
  const agent = imported(app);
  const policy = (statement: iam.PolicyStatement) => agent.stack.resolve({ Version: '2012-10-17', Statement: [statement.toStatementJson()] });
  const parts = { [SECRET]: policy(agent.secretReadStatement()), [KEY]: policy(agent.secretKeyStatement()) };
  const account = deploy(app, { externalPolicies: parts });
  const bare = deploy(((other: App) => (imported(other), other))(new App()));

  test.each<[string, string, Record<string, string>, string, string]>([
    ['AgentCore reads the secret for the agent', 'forecaster', { 'aws:ViaAWSService': 'true' }, 'Allowed', SECRET],
    ['the agent\'s own code does not', 'forecaster', {}, 'ImplicitlyDenied', SECRET],
    ['another role of the agent\'s account does not, whatever its own policy says', 'intruder', { 'aws:ViaAWSService': 'true' }, 'ImplicitlyDenied', SECRET],
    ['the agent does not read another secret there', 'forecaster', { 'aws:ViaAWSService': 'true' }, 'ImplicitlyDenied', SECRET.replace('weather', 'payroll')],
  ])('%s', async (_situation, principal, context, expected, resource) => {
    expect(await decide(account, { principal, action: 'secretsmanager:GetSecretValue', resources: [resource], context })).toBe(expected);
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['the key decrypts for the agent, through Secrets Manager', 'forecaster', { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' }, 'Allowed'],
    ['not through another service', 'forecaster', { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }, 'ImplicitlyDenied'],
    ['not for another role', 'intruder', { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' }, 'ImplicitlyDenied'],
  ])('%s', async (_situation, principal, context, expected) => {
    expect(await decide(account, { principal, action: 'kms:Decrypt', resources: [KEY], context })).toBe(expected);
  });

  test('without them nobody reads it: the role\'s policy alone does not reach into another account', async () => {
    expect(await decide(bare, { principal: 'forecaster', action: 'secretsmanager:GetSecretValue', resources: [SECRET], context: { 'aws:ViaAWSService': 'true' } })).toBe('ImplicitlyDenied');
  });
});

test('a secret of this app in another account takes the statement, and is named by its name', async () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const vault = new Stack(app, 'Vault', { env: { ...ENV, account: '222222222222' } });
  const secret = new secretsmanager.Secret(vault, 'Secret', { secretName: 'weather', encryptionKey: kms.Key.fromKeyArn(vault, 'Key', KEY) });
  secret.addToResourcePolicy(agentWith(stack, secret).secretReadStatement());
  const account = deploy(app);
  const arn = account.resourcesOfType('AWS::SecretsManager::Secret')[0].ref('test') as string;
  const read = (principal: string, context: Record<string, string>) => decide(account, { principal, action: 'secretsmanager:GetSecretValue', resources: [arn], context });
  expect(await read('forecaster', { 'aws:ViaAWSService': 'true' })).toBe('Allowed');
  expect(await read('forecaster', {})).toBe('ImplicitlyDenied');
  expect(await read('intruder', { 'aws:ViaAWSService': 'true' })).toBe('ImplicitlyDenied');
});

describe('what AWS refuses', () => {
  const codes = (secret: (stack: Stack) => secretsmanager.ISecretRef, key?: (stack: Stack) => kms.IKeyRef) => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentWith(stack, secret(stack), key?.(stack));
    return lateCodes(app);
  };
  const key = (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', KEY);
  const elsewhere = (stack: Stack, region = ENV.region) => new Stack(stack.node.root as App, 'Vault', { env: { account: '222222222222', region } });

  test.each<[string, (stack: Stack) => secretsmanager.ISecretRef, ((stack: Stack) => kms.IKeyRef) | undefined, string[]]>([
    ['a secret under the AWS managed key', (stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET), undefined, ['ProviderSecret/OtherAccountKey at Stack/Weather']],
    ['an ARN without its suffix, of which only the name would be sent', (stack) => secretsmanager.Secret.fromSecretPartialArn(stack, 'Secret', SECRET.slice(0, -7)), key, ['ProviderSecret/OtherAccountArn at Stack/Weather']],
    ['a name', (stack) => secretsmanager.Secret.fromSecretNameV2(elsewhere(stack), 'Secret', 'weather'), key, ['ProviderSecret/OtherAccountArn at Stack/Weather']],
    ['a key that is made there', (stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET), (stack) => new kms.Key(elsewhere(stack), 'Key'), ['ProviderSecret/OtherAccountKey at Stack/Weather']],
    ['nothing, with a complete ARN and its key', (stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET), key, []],
  ])('%s', (_situation, secret, keyOf, expected) => expect(codes(secret, keyOf)).toEqual(expected));

  test('a secret of another region', () => {
    const stack = stackIn(new App(), 'Stack');
    expect(() => agentWith(stack, secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', SECRET.replace('eu-west-1', 'us-east-1')), key(stack))).toThrow('[ProviderSecret/OtherRegion]');
  });
});
