import { mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, CfnParameter, NestedStack, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { DIRECTORY, EMPLOYEES, ENV, REASON, RETURN_URLS, SECRET_ARN, VAULT, google, identityArn, oauth2Arn, role, stackIn, weather } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, ApiKey, ApiKeyProvider, Capability, ClientSecret, GoogleScope, OAuth2Provider, Users } from '../../src';
import { decide } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

const owner = AgentOwner.team('team', 'team@example.com');
const ANYBODY = { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON };
const JWT = { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'] };
const THROUGH_A_SERVICE = { 'aws:ViaAWSService': 'true' };

function agentIn(stack: Stack, props: Partial<ConstructorParameters<typeof Agent>[2]> = {}): Agent {
  return new Agent(stack, 'Agent', {
    owner, identity: AgentIdentity.named('agent'), host: AgentHost.role(role(stack, 'agent')), callers: [EMPLOYEES], returnUrls: RETURN_URLS, ...props,
  });
}

const template = (app: App, stack: string) => JSON.stringify(app.synth().getStackByName(stack).template);
const getToken = (account: FakeAccount, principal: string, provider = oauth2Arn('google'), identity = identityArn('agent')) =>
  decide(account, { principal, action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identity, VAULT, provider] });
const readSecret = (account: FakeAccount, principal: string, secret: string) =>
  decide(account, { principal, action: 'secretsmanager:GetSecretValue', resources: [secret], context: THROUGH_A_SERVICE });

describe('imported providers grant exactly as much as owned ones', () => {
  const clientSecret = (stack: Stack) => ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Client', SECRET_ARN), 'client_secret');
  const policies = (provider: (stack: Stack) => Parameters<typeof Capability.actAsUser>[0], parameters?: Record<string, string>) => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentIn(stack).may(Capability.actAsUser(provider(stack), ANYBODY));
    return statementsOf(deploy(app, { parameters }), 'agent');
  };
  const owned = policies((stack) => google(stack));

  test.each<[string, (stack: Stack) => Parameters<typeof Capability.actAsUser>[0]]>([
    ['by name', (stack) => OAuth2Provider.fromProviderName(stack, 'P', 'google', { clientSecret: clientSecret(stack) })],
    ['by ARN', (stack) => OAuth2Provider.fromProviderArn(stack, 'P', oauth2Arn('google'), { clientSecret: clientSecret(stack) })],
    ['by the reference of an L1', (stack) => OAuth2Provider.fromProviderRef(stack, 'P',
      new agentcore.CfnOAuth2CredentialProvider(stack, 'L1', { name: 'google', credentialProviderVendor: 'GoogleOauth2' }), { clientSecret: clientSecret(stack) })],
    ['by the reference of an import of the official L2', (stack) => OAuth2Provider.fromProviderRef(stack, 'P',
      agentcore.OAuth2CredentialProvider.fromOAuth2CredentialProviderAttributes(stack, 'L2', { credentialProviderArn: oauth2Arn('google'), credentialProviderVendor: 'GoogleOauth2' }),
      { clientSecret: clientSecret(stack) })],
  ])('%s', (_how, provider) => expect(policies(provider)).toEqual(owned));

  test('by an ARN and a secret that only deployment knows', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const arn = new CfnParameter(stack, 'ProviderArn').valueAsString;
    const secretArn = new CfnParameter(stack, 'SecretArn').valueAsString;
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Client', secretArn);
    const provider = OAuth2Provider.fromProviderArn(stack, 'P', arn, { clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
    agentIn(stack).may(Capability.actAsUser(provider, ANYBODY));
    expect(statementsOf(deploy(app, { parameters: { ProviderArn: oauth2Arn('google'), SecretArn: SECRET_ARN } }), 'agent')).toEqual(owned);
  });
});

describe('an official L2 provider, whose secret AgentCore keeps', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const secretValue = SecretValue.secretsManager('somewhere');
  const l2 = agentcore.OAuth2CredentialProvider.usingGithub(stack, 'L2', { oAuth2CredentialProviderName: 'okta', clientId: 'c', clientSecret: secretValue });
  const provider = OAuth2Provider.fromProviderRef(stack, 'P', l2, { clientSecret: ClientSecret.managedByAgentCore() });
  agentIn(stack).may(Capability.actAsUser(provider, ANYBODY));
  const account = deploy(app);
  const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/${name}`;

  test('the provider can be used', async () => expect(await getToken(account, 'agent', oauth2Arn('okta'))).toBe('Allowed'));
  test.each([
    ['oauth2/okta-AbCdEf', 'Allowed'],
    ['oauth2/okta-0a1b2c3d-AbCdEf', 'Allowed'],
    ['oauth2/okta-eu-AbCdEf', 'ImplicitlyDenied'],
    ['oauth2/payroll-AbCdEf', 'ImplicitlyDenied'],
    ['apikey/okta-AbCdEf', 'ImplicitlyDenied'],
  ])('its secret is the only one: %s %s', async (name, expected) => expect(await readSecret(account, 'agent', secret(name))).toBe(expected));
  test('the patterns are listed as remaining wildcards', () => {
    expect(AccessReport.of(app).toMarkdown()).toContain('`secret bedrock-agentcore-identity!default/oauth2/okta-??????`');
  });
});

describe('imported and official-L2 identities', () => {
  test.each<[string, (stack: Stack) => AgentIdentity]>([
    ['by name', () => AgentIdentity.fromName('agent')],
    ['by ARN', () => AgentIdentity.fromArn(identityArn('agent'))],
    ['by the reference of an official L2', (stack) => AgentIdentity.fromRef(new agentcore.WorkloadIdentity(stack, 'L2', { workloadIdentityName: 'agent' }))],
    ['by the reference of an L1', (stack) => AgentIdentity.fromRef(new agentcore.CfnWorkloadIdentity(stack, 'L1', { name: 'agent' }))],
  ])('%s: same rights, no identity made', async (_how, identity) => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentIn(stack, { identity: identity(stack) }).may(Capability.actAsUser(google(stack), ANYBODY));
    const account = deploy(app);
    expect(await getToken(account, 'agent')).toBe('Allowed');
    expect(await getToken(account, 'agent', oauth2Arn('google'), identityArn('other'))).toBe('ImplicitlyDenied');
    expect(stack.node.findAll().filter((node) => node.node.path === 'Stack/Agent/Identity')).toEqual([]);
    expect(AccessReport.of(app).toMarkdown()).toContain('registers the return URLs on it');
  });

  test('in another Region than the agent\'s stack: directory and vault of that Region', async () => {
    const there = (arn: string) => arn.replace('eu-west-1', 'us-east-1');
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const provider = OAuth2Provider.fromProviderArn(stack, 'P', there(oauth2Arn('google')), {
      clientSecret: ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Client', there(SECRET_ARN)), 'client_secret'),
    });
    agentIn(stack, { identity: AgentIdentity.fromArn(there(identityArn('agent'))) }).may(Capability.actAsUser(provider, ANYBODY));
    const account = deploy(app);
    const resources = [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn('google')];
    const action = 'bedrock-agentcore:GetResourceOauth2Token';
    expect(await decide(account, { principal: 'agent', action, resources: resources.map(there) })).toBe('Allowed');
    expect(await decide(account, { principal: 'agent', action, resources })).toBe('ImplicitlyDenied');
  });
});

describe('several stacks', () => {
  function twoStacks(props: { env?: typeof ENV }) {
    const app = new App();
    const platform = new Stack(app, 'Platform', props);
    const key = new kms.Key(platform, 'Key');
    const secret = new secretsmanager.Secret(platform, 'Secret', { encryptionKey: key });
    const provider = new ApiKeyProvider(platform, 'weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });
    const stack = new Stack(app, 'App', props);
    agentIn(stack).may(Capability.useApiKey(provider, REASON));
    return { app, platform, stack, secret, key };
  }

  test.each([['with a known environment', { env: ENV }], ['environment-agnostic', {}]])('%s: exact ARNs of another stack\'s secret and key, and no export', async (_title, props) => {
    const { app, platform, secret, key } = twoStacks(props);
    const account = deploy(app);
    const secretArn = account.valueOf(platform, secret.secretArn) as string;
    expect(await readSecret(account, 'agent', secretArn)).toBe('Allowed');
    expect(await decide(account, { principal: 'agent', action: 'secretsmanager:GetSecretValue', resources: [secretArn] })).toBe('ImplicitlyDenied');
    const decrypt = (service: string) => decide(account, {
      principal: 'agent', action: 'kms:Decrypt', resources: [account.valueOf(platform, key.keyArn) as string], context: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` },
    });
    expect(await decrypt('secretsmanager')).toBe('Allowed');
    expect(await decrypt('s3')).toBe('ImplicitlyDenied');
    expect(template(app, 'Platform')).not.toContain('"Export"');
    expect(template(app, 'App')).not.toContain('Fn::ImportValue');
  });

  test('the role is in another stack of the app: the policy goes there, and nothing is exported', async () => {
    const app = new App();
    const hosts = stackIn(app, 'Hosts');
    const stack = stackIn(app, 'App');
    const generated = new iam.Role(hosts, 'Generated', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    agentIn(stack, { host: AgentHost.role(generated) }).may(Capability.actAsUser(google(stack), ANYBODY));
    const account = deploy(app);
    expect(await getToken(account, account.valueOf(hosts, generated.roleName) as string)).toBe('Allowed');
    expect(template(app, 'App')).not.toContain('AWS::IAM::Policy');
    expect(template(app, 'Hosts')).not.toContain('"Outputs"');
  });

  test('a nested stack refers plainly', async () => {
    const app = new App();
    const parent = stackIn(app, 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    agentIn(nested as unknown as Stack).may(Capability.useApiKey(weather(parent), REASON));
    expect(await decide(deploy(app), { principal: 'agent', action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [DIRECTORY, identityArn('agent')] })).toBe('Allowed');
  });

  test('two stages of one app derive different names', () => {
    const app = new App();
    const names = ['Test', 'Prod'].map((id) => {
      const stage = new Stage(app, id, { env: ENV });
      const stack = new Stack(stage, 'Agents');
      return new Agent(stack, 'Agent', { owner, host: AgentHost.role(role(stack, 'agent')) }).identityName;
    });
    expect(names[0]).toMatch(/^Test-Agents-Agent-[0-9a-f]{8}$/);
    expect(names[1]).toMatch(/^Prod-Agents-Agent-[0-9a-f]{8}$/);
  });
});

describe('roles brought by the user', () => {
  const declared = (host: (stack: Stack) => AgentHost) => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    agentIn(stack, { host: host(stack) }).may(Capability.actAsUser(google(stack), ANYBODY));
    return app;
  };
  const BROUGHT = 'arn:aws:iam::111111111111:role/brought';

  test('imported: the policy is attached by name', async () => {
    const app = declared((stack) => AgentHost.role(iam.Role.fromRoleArn(stack, 'Brought', BROUGHT)));
    expect(await getToken(deploy(app), 'brought')).toBe('Allowed');
  });

  test('an L1: the policy refers to it', async () => {
    const app = declared((stack) => AgentHost.role(new iam.CfnRole(stack, 'L1', { roleName: 'l1', assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } })));
    expect(await getToken(deploy(app), 'l1')).toBe('Allowed');
  });

  test('with a path in its ARN', async () => {
    const app = declared((stack) => AgentHost.role(iam.Role.fromRoleArn(stack, 'Brought', 'arn:aws:iam::111111111111:role/agents/brought')));
    expect(await getToken(deploy(app), 'brought')).toBe('Allowed');
  });

  test('immutable: an error that says what to write instead', () => {
    const app = declared((stack) => AgentHost.role(iam.Role.fromRoleArn(stack, 'Brought', BROUGHT, { mutable: false })));
    expect(() => app.synth()).toThrow(/\[Agent\/RoleImmutable\] at Stack\/Agent/);
  });

  test('managed elsewhere: nothing is attached, and the report holds what the role must carry', () => {
    const app = declared((stack) => AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Brought', BROUGHT), { reason: 'The landing zone team manages all roles' }));
    expect(template(app, 'Stack')).not.toContain('AWS::IAM::Policy');
    const model = JSON.parse(AccessReport.of(app).toJson());
    expect(model.agents[0].parts[0]).toMatchObject({ attachedHere: false, role: BROUGHT });
    expect(model.agents[0].parts[0].statements.map((statement: { sid: string }) => statement.sid)).toEqual(
      ['ActAsUserMint', 'GetOAuth2Token', 'ReadProviderSecret', 'DenyUndeclaredTokenActions', 'DenyMintingForOtherIdentities']);
    expect(AccessReport.of(app).toMarkdown()).toContain('NOT ATTACHED HERE');
  });
});

describe('partitions', () => {
  test.each([['us-gov-west-1', 'aws-us-gov'], ['cn-north-1', 'aws-cn']])('in %s every ARN is of %s', async (region, partition) => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { env: { account: ENV.account, region } });
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const provider = new ApiKeyProvider(stack, 'weather', { apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });
    agentIn(stack).may(Capability.useApiKey(provider, REASON));
    const statements = JSON.stringify(statementsOf(deploy(app, { region, partition }), 'agent'));
    expect([...new Set(statements.match(/arn:[^:]+:/g))]).toEqual([`arn:${partition}:`]);
  });
});

describe('names that only deployment knows', () => {
  test('an identity name from a parameter', async () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    agentIn(stack, { identity: AgentIdentity.named(name) }).may(Capability.actAsUser(google(stack), ANYBODY));
    const account = deploy(app, { parameters: { Name: 'agent' } });
    expect(await decide(account, { principal: 'agent', action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', resources: [DIRECTORY, identityArn('agent')], context: JWT })).toBe('Allowed');
    expect(AccessReport.of(app).toMarkdown()).not.toContain('Token[');
  });

  test('provider names from parameters do not count as the same provider', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const names = ['A', 'B'].map((id) => new CfnParameter(stack, id).valueAsString);
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Client', SECRET_ARN);
    const [a, b] = names.map((name, index) => OAuth2Provider.fromProviderArn(stack, `P${index}`, `arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/${name}`,
      { clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') }));
    agentIn(stack).may(Capability.actAsUser(a, ANYBODY), Capability.actAsItself(b, { scopes: [GoogleScope.CALENDAR_READONLY], ...REASON }));
    const vend = statementsOf(deploy(app, { parameters: { A: 'one', B: 'two' } }), 'agent').find((statement) => (statement as { Sid: string }).Sid === 'GetOAuth2Token');
    expect(vend).toMatchObject({ Resource: [DIRECTORY, identityArn('agent'), VAULT, oauth2Arn('one'), oauth2Arn('two')] });
  });
});

describe('stability', () => {
  function fleet(count: number, reverse = false): App {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'fleet-')) });
    const stack = stackIn(app, 'Stack');
    const calendar = google(stack);
    const forecast = weather(stack);
    const indices = [...Array(count).keys()];
    for (const index of reverse ? indices.reverse() : indices) {
      const agent = new Agent(stack, `Agent${index}`, { owner, host: AgentHost.role(role(stack, `agent${index}`)), callers: [EMPLOYEES], returnUrls: RETURN_URLS });
      const capabilities = [Capability.actAsUser(calendar, ANYBODY), Capability.useApiKey(forecast, REASON)];
      agent.may(...(reverse ? capabilities.reverse() : capabilities));
    }
    return app;
  }

  test('two syntheses of the same code give the same bytes, file by file', () => {
    const [one, two] = [1, 2].map(() => fleet(3)).map((app) => app.synth().directory);
    const files = readdirSync(one);
    expect(readdirSync(two)).toEqual(files);
    expect(files).toEqual(expect.arrayContaining(['Stack.template.json', 'agentcore-access.json', 'agentcore-access.md']));
    for (const file of files) {
      expect(readFileSync(join(two, file), 'utf8')).toBe(readFileSync(join(one, file), 'utf8'));
    }
  });

  test('adding an agent changes nothing of the others', () => {
    const [few, more] = [fleet(2), fleet(3)].map((app) => app.synth().getStackByName('Stack').template.Resources);
    expect(Object.fromEntries(Object.keys(few).map((id) => [id, more[id]]))).toEqual(few);
  });

  test('the order of declaration does not matter', () => {
    const [forth, back] = [fleet(3), fleet(3, true)];
    const resources = (app: App) => app.synth().getStackByName('Stack').template.Resources;
    expect(resources(back)).toEqual(resources(forth));
    expect(AccessReport.of(back).toJson()).toBe(AccessReport.of(forth).toJson());
  });
});

describe('an agent with very many providers', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const agent = agentIn(stack);
  const names = [...Array(45).keys()].map((index) => `provider-with-a-rather-long-name-for-an-integration-${index}`);
  names.forEach((name) => agent.may(Capability.actAsUser(google(stack, name), ANYBODY)));
  const account = deploy(app);

  test.each([0, 22, 44])('provider %i can be used', async (index) => expect(await getToken(account, 'agent', oauth2Arn(names[index]))).toBe('Allowed'));
  test('another one cannot', async () => expect(await getToken(account, 'agent', oauth2Arn('other'))).toBe('ImplicitlyDenied'));
  test('no policy is longer than IAM allows, and none is wider for it', () => {
    const policies = [...account.resourcesOfType('AWS::IAM::Policy'), ...account.resourcesOfType('AWS::IAM::ManagedPolicy')];
    expect(policies.length).toBeGreaterThan(1);
    policies.forEach((policy) => expect(JSON.stringify(policy.property('PolicyDocument')).length).toBeLessThanOrEqual(6144));
    expect(JSON.stringify(statementsOf(account, 'agent'))).not.toMatch(/"Resource":"\*"[^}]*"Effect":"Allow"|oauth2credentialprovider\/\*/);
  });
});

test('every statement and template of these situations stands up to the service reference and the schemas', async () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  agentIn(stack).may(Capability.actAsUser(google(stack), ANYBODY), Capability.useApiKey(weather(stack), REASON));
  const account = deploy(app);
  expect(await serviceReferenceFindings(account)).toEqual([]);
  expect(templateSchemaErrors(account)).toEqual([]);
});
