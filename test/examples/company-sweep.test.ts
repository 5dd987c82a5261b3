import { Stack } from 'aws-cdk-lib';
import { companyApp } from '../../examples/company-agents/company-app';
import { officialL2CompanyApp } from '../peers/official-l2-company-app';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { everyRequest, Named, RequestTemplate, sweep } from '../simulation/sweep';

/*
 * Every combination of agent, identity, provider, secret, key, operation and context in the example app, against what its
 * declaration means, written by hand. One line too many is a surplus right, one too few a missing one.
 */
const ENV = { account: '111122223333', region: 'eu-west-1' };
const AC = `arn:aws:bedrock-agentcore:${ENV.region}:${ENV.account}`;
const identity = (name: string) => `${AC}:workload-identity-directory/default/workload-identity/${name}`;
const oauth2 = (name: string) => `${AC}:token-vault/default/oauth2credentialprovider/${name}`;
const apiKey = (name: string) => `${AC}:token-vault/default/apikeycredentialprovider/${name}`;
const OAUTH2_PROVIDERS = {
  'google': oauth2('acme-google-calendar'), 'github': oauth2('acme-github'), 'tickets-machine': oauth2('acme-tickets-machine'), 'tickets-user': oauth2('acme-tickets-user'),
};
const API_KEY_PROVIDERS = { weather: apiKey('acme-weather') };
const claims = (iss: string, aud: string[]) => ({ 'bedrock-agentcore:InboundJwtClaim/iss': iss, 'bedrock-agentcore:InboundJwtClaim/aud': aud });
const JWT_CONTEXTS = {
  'employee': claims('https://acme.okta.com/oauth2/default', ['api://agents']),
  'employee-of-other-app': claims('https://acme.okta.com/oauth2/default', ['api://payroll']),
  'other-server-of-okta': claims('https://acme.okta.com/oauth2/tickets', ['api://agents']),
  'stranger': claims('https://evil.example.com', ['api://agents']),
};
const USER_IDS = { 'plain': 'alice', 'with-issuer': 'okta+00u1' };
const KEY_SERVICES = { secretsmanager: 'secretsmanager.eu-west-1.amazonaws.com', agentcore: 'bedrock-agentcore-identity.eu-west-1.amazonaws.com', s3: 's3.eu-west-1.amazonaws.com' };

/** What the three agents were declared to do, and nothing else: identity, provider, operation, for whom. */
const DECLARED = [
  'scheduler | GetWorkloadAccessTokenForJWT | identity=scheduler jwt=employee',
  'scheduler | GetResourceOauth2Token | identity=scheduler provider=google',
  'scheduler | GetResourceApiKey | identity=scheduler provider=weather',
  'salesPage | CompleteResourceTokenAuth | identity=scheduler provider=google jwt=employee',
  'pullRequests | GetWorkloadAccessTokenForJWT | identity=pull-requests jwt=employee',
  'pullRequests | GetResourceOauth2Token | identity=pull-requests provider=github',
  'pullRequestsPage | CompleteResourceTokenAuth | identity=pull-requests provider=github jwt=employee',
  'triage | GetWorkloadAccessToken | identity=triage',
  'triage | GetWorkloadAccessTokenForJWT | identity=triage jwt=employee',
  'triage | GetResourceOauth2Token | identity=triage provider=tickets-machine',
  'triage | GetResourceOauth2Token | identity=triage provider=tickets-user',
  'triagePage | CompleteResourceTokenAuth | identity=triage provider=tickets-user jwt=employee',
];

/** What AgentCore does with the caller's permissions for the above: reads the secret, and decrypts what is encrypted. */
const NEEDED_FOR_IT = [
  ...secrets('scheduler', 'google', 'weather'), ...secrets('salesPage', 'google'),
  ...secrets('pullRequests', 'github'), ...secrets('pullRequestsPage', 'github'),
  ...secrets('triage', 'tickets-machine', 'tickets-user'), ...secrets('triagePage', 'tickets-user'),
];
const KEYS_NEEDED = ['scheduler', 'salesPage', 'pullRequests', 'pullRequestsPage', 'triage', 'triagePage']
  .map((role) => `${role} | Decrypt | key=secrets via=secretsmanager`);

/** Users' tokens are in the vault: everybody who gets or completes OAuth2 tokens needs its key, through AgentCore only. */
const VAULT_KEY_NEEDED = ['scheduler', 'salesPage', 'pullRequests', 'pullRequestsPage', 'triage', 'triagePage']
  .flatMap((role) => ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => `${role} | ${action} | key=vault via=agentcore, of this vault`));
/** What the function that sets the vault's key needs: it never gets a token. */
const SETTER_NEEDED = [
  'vaultKeySetter | SetTokenVaultCMK | vault=eu-west-1',
  ...['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => `vaultKeySetter | ${action} | key=vault via=agentcore, of this vault`),
];

/** Prints how many rights are needed, surplus and missing, and returns the surplus ones. */
function count(title: string, allowed: readonly string[], needed: readonly string[]): string[] {
  const surplus = allowed.filter((line) => !needed.includes(line));
  const missing = needed.filter((line) => !allowed.includes(line));
  process.stdout.write(`rights in the example app, ${title}: ${needed.length} needed, ${surplus.length} surplus, ${missing.length} missing\n`);
  return surplus;
}

function secrets(role: string, ...names: string[]): string[] {
  return names.map((name) => `${role} | GetSecretValue | secret=${name} through a service`);
}

describe('the example app', () => {
  const app = companyApp();
  const account = deploy(app);
  const arn = (stackId: string, ...path: string[]) => {
    const stack = app.node.findChild(stackId) as Stack;
    const child = path.reduce((scope, id) => scope.node.findChild(id), stack as import('constructs').IConstruct);
    return account.valueOf(stack, stack.resolve((child as { roleArn?: string; secretArn?: string; keyArn?: string }).roleArn
      ?? (child as { secretArn?: string }).secretArn ?? (child as { keyArn?: string }).keyArn)) as string;
  };
  const roles: Named = {
    scheduler: arn('Sales', 'SchedulerFunction', 'ServiceRole'),
    salesPage: arn('Sales', 'ReturnPageFunction', 'ServiceRole'),
    pullRequests: arn('Engineering', 'PullRequestsTask', 'TaskRole'),
    pullRequestsPage: arn('Engineering', 'PullRequestsReturnPage', 'ServiceRole'),
    triage: arn('Engineering', 'TriageFunction', 'ServiceRole'),
    triagePage: arn('Engineering', 'TriageReturnPage', 'ServiceRole'),
    imagePuller: arn('Engineering', 'PullRequestsTask', 'ExecutionRole'),
    vaultKeySetter: arn('Platform', 'TokenVault', 'KeySetter', 'Role'),
  };
  const vaultKey = arn('Platform', 'TokenVault', 'Key');
  const ofThisVault = { 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': `${AC}:token-vault/default` };
  const vaultKeyRequests = ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext', 'GenerateDataKey', 'CreateGrant'].flatMap((action): RequestTemplate[] => [
    { line: `${action} | key=vault directly, of this vault`, action: `kms:${action}`, resources: [vaultKey], context: ofThisVault },
    ...Object.entries(KEY_SERVICES).map(([name, service]): RequestTemplate => ({
      line: `${action} | key=vault via=${name}, of this vault`, action: `kms:${action}`, resources: [vaultKey], context: { 'kms:ViaService': service, ...ofThisVault },
    })),
  ]);
  const requests = [...vaultKeyRequests, ...everyRequest({
    identities: { 'scheduler': identity('Sales-Scheduler-3b6873e7'), 'pull-requests': identity('Engineering-PullRequests-493093a6'), 'triage': identity('Engineering-Triage-d27c457c') },
    oauth2Providers: OAUTH2_PROVIDERS,
    apiKeyProviders: API_KEY_PROVIDERS,
    secrets: {
      'google': arn('Platform', 'GoogleClient'),
      'github': arn('Platform', 'GitHubClient'),
      'weather': arn('Platform', 'WeatherKey'),
      'tickets-machine': arn('Platform', 'TicketsMachineClient'),
      'tickets-user': arn('Platform', 'TicketsUserClient'),
    },
    keys: { secrets: arn('Platform', 'AgentSecretsKey'), vault: vaultKey },
    keyServices: KEY_SERVICES,
    jwtContexts: JWT_CONTEXTS,
    userIds: USER_IDS,
  })];

  test('zero rights beyond the declared ones, and none missing', async () => {
    const expected = [...DECLARED, ...NEEDED_FOR_IT, ...KEYS_NEEDED, ...VAULT_KEY_NEEDED, ...SETTER_NEEDED].sort();
    const allowed = await sweep(account, roles, requests);
    count('this library', allowed, expected);
    expect(allowed).toEqual(expected);
  });

  test('the sweep is no formality', () => expect(requests.length * Object.keys(roles).length).toBeGreaterThan(1000));
});

test('the same app with the official L2s has several surplus rights for each needed one', async () => {
  const { app, stack, roles } = officialL2CompanyApp(ENV);
  const account: FakeAccount = deploy(app);
  const managed = (kind: string, name: string) => `arn:aws:secretsmanager:${ENV.region}:${ENV.account}:secret:bedrock-agentcore-identity!default/${kind}/${name}-AbCdEf`;
  const requests: RequestTemplate[] = everyRequest({
    identities: { 'scheduler': identity('scheduler'), 'pull-requests': identity('pull-requests'), 'triage': identity('triage') },
    oauth2Providers: OAUTH2_PROVIDERS,
    apiKeyProviders: API_KEY_PROVIDERS,
    secrets: {
      'google': managed('oauth2', 'acme-google-calendar'),
      'github': managed('oauth2', 'acme-github'),
      'weather': managed('apikey', 'acme-weather'),
      'tickets-machine': managed('oauth2', 'acme-tickets-machine'),
      'tickets-user': managed('oauth2', 'acme-tickets-user'),
    },
    jwtContexts: JWT_CONTEXTS,
    userIds: USER_IDS,
  });
  const principals = Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, account.valueOf(stack, stack.resolve(role.roleArn)) as string]));
  const allowed = await sweep(account, principals, requests);
  const needed = [...DECLARED, ...NEEDED_FOR_IT];
  const surplus = count('official L2s', allowed, needed);
  expect(surplus).toContain('scheduler | GetWorkloadAccessTokenForUserId | identity=scheduler user=plain');
  expect(surplus).toContain('scheduler | GetSecretValue | secret=github directly');
  expect(surplus.length).toBeGreaterThan(needed.length);
});
