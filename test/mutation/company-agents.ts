import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { MutationSubject } from './subject';
import { companyApp } from '../../examples/company-agents/company-app';
import type { FakeAccount } from '../simulation/fake-account';
import { everyRequest, type RequestTemplate } from '../simulation/sweep';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const identity = (name: string) => `${AC}:workload-identity-directory/default/workload-identity/${name}`;
const oauth2 = (name: string) => `${AC}:token-vault/default/oauth2credentialprovider/${name}`;
const apiKey = (name: string) => `${AC}:token-vault/default/apikeycredentialprovider/${name}`;
const claims = (iss: string, aud: string[]) => ({ 'bedrock-agentcore:InboundJwtClaim/iss': iss, 'bedrock-agentcore:InboundJwtClaim/aud': aud });
const OAUTH2_PROVIDERS = { google: oauth2('acme-google-calendar'), github: oauth2('acme-github'), machine: oauth2('acme-tickets-machine'), user: oauth2('acme-tickets-user') };
const API_KEY_PROVIDERS = { weather: apiKey('acme-weather') };
const KEY_SERVICES = { secretsmanager: 'secretsmanager.eu-west-1.amazonaws.com', agentcore: 'bedrock-agentcore-identity.eu-west-1.amazonaws.com', s3: 's3.eu-west-1.amazonaws.com' };

/** For each role: the identity, the providers, and whether it ends sessions rather than getting tokens. */
const reads = (role: string, ...secrets: string[]) => [...secrets.map((secret) => `${role} | GetSecretValue | secret=${secret} through a service`), `${role} | Decrypt | key=secrets via=secretsmanager`];
const usesVault = (role: string) => ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => `${role} | ${action} | key=vault via=agentcore, of this vault`);
const ends = (role: string, agent: string, provider: string) => [`${role} | CompleteResourceTokenAuth | identity=${agent} provider=${provider} jwt=employee`, ...reads(role, provider), ...usesVault(role)];

const ALLOWED = [
  'scheduler | GetWorkloadAccessTokenForJWT | identity=scheduler jwt=employee',
  'scheduler | GetResourceOauth2Token | identity=scheduler provider=google',
  'scheduler | GetResourceApiKey | identity=scheduler provider=weather',
  ...reads('scheduler', 'google', 'weather'), ...usesVault('scheduler'),
  ...ends('salesPage', 'scheduler', 'google'),
  'pullRequests | GetWorkloadAccessTokenForJWT | identity=pull-requests jwt=employee',
  'pullRequests | GetResourceOauth2Token | identity=pull-requests provider=github',
  ...reads('pullRequests', 'github'), ...usesVault('pullRequests'),
  ...ends('pullRequestsPage', 'pull-requests', 'github'),
  'triage | GetWorkloadAccessToken | identity=triage',
  'triage | GetWorkloadAccessTokenForJWT | identity=triage jwt=employee',
  'triage | GetResourceOauth2Token | identity=triage provider=machine',
  'triage | GetResourceOauth2Token | identity=triage provider=user',
  ...reads('triage', 'machine', 'user'), ...usesVault('triage'),
  ...ends('triagePage', 'triage', 'user'),
];

/** The example app. */
export function companyAgents(deployed: (app: MutationSubject['app']) => FakeAccount): MutationSubject {
  const app = companyApp();
  const account = deployed(app);
  const arn = (stackId: string, ...path: string[]): string => {
    const stack = app.node.findChild(stackId) as Stack;
    const found = path.reduce<IConstruct>((scope, id) => scope.node.findChild(id), stack) as IConstruct & { roleArn?: string; secretArn?: string; keyArn?: string };
    return account.valueOf(stack, found.roleArn ?? found.secretArn ?? found.keyArn);
  };
  const secrets = {
    google: arn('Platform', 'GoogleClient'),
    github: arn('Platform', 'GitHubClient'),
    weather: arn('Platform', 'WeatherKey'),
    machine: arn('Platform', 'TicketsMachineClient'),
    user: arn('Platform', 'TicketsUserClient'),
  };
  // Their names are derived; where they stand is what they are.
  const identityOf = (stackId: string, agent: string) => {
    const stack = app.node.findChild(stackId) as Stack;
    return identity(account.valueOf(stack, (stack.node.findChild(agent).node.findChild('Identity') as agentcore.CfnWorkloadIdentity).name));
  };
  const identities = { 'scheduler': identityOf('Sales', 'Scheduler'), 'pull-requests': identityOf('Engineering', 'PullRequests'), 'triage': identityOf('Engineering', 'Triage') };
  const keys = { secrets: arn('Platform', 'AgentSecretsKey'), vault: arn('Platform', 'TokenVault', 'Key') };
  const ofVault = { 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': `${AC}:token-vault/default` };
  return {
    title: 'the example app',
    app,
    roles: {
      scheduler: arn('Sales', 'SchedulerFunction', 'ServiceRole'),
      salesPage: arn('Sales', 'ReturnPageFunction', 'ServiceRole'),
      pullRequests: arn('Engineering', 'PullRequestsTask', 'TaskRole'),
      pullRequestsPage: arn('Engineering', 'PullRequestsReturnPage', 'ServiceRole'),
      triage: arn('Engineering', 'TriageFunction', 'ServiceRole'),
      triagePage: arn('Engineering', 'TriageReturnPage', 'ServiceRole'),
      vaultKeySetter: arn('Platform', 'TokenVault', 'KeySetter', 'Role'),
      imagePuller: arn('Engineering', 'PullRequestsTask', 'ExecutionRole'),
    },
    requests: [...everyRequest({
      identities: withNeighbours(identities, '-2'),
      oauth2Providers: withNeighbours(OAUTH2_PROVIDERS, '-2'),
      apiKeyProviders: withNeighbours(API_KEY_PROVIDERS, '-2'),
      secrets: withNeighbours(secrets, '-Zz9Yy8'),
      keys: { ...keys, other: 'arn:aws:kms:eu-west-1:111122223333:key/99999999-2222-4333-8444-555555555555' },
      keyServices: KEY_SERVICES,
      jwtContexts: {
        'employee': claims('https://acme.okta.com/oauth2/default', ['api://agents']),
        'employee-of-other-app': claims('https://acme.okta.com/oauth2/default', ['api://payroll']),
        'other-server-of-okta': claims('https://acme.okta.com/oauth2/tickets', ['api://agents']),
      },
      userIds: { plain: 'alice' },
    }), ...['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].flatMap((action): RequestTemplate[] => [
      { line: `${action} | key=vault directly, of this vault`, action: `kms:${action}`, resources: [keys.vault], context: ofVault },
      ...Object.entries(KEY_SERVICES).flatMap(([name, service]): RequestTemplate[] => [
        { line: `${action} | key=vault via=${name}, of this vault`, action: `kms:${action}`, resources: [keys.vault], context: { 'kms:ViaService': service, ...ofVault } },
        ...(action === 'Decrypt' ? [] : [{ line: `${action} | key=secrets via=${name}`, action: `kms:${action}`, resources: [keys.secrets], context: { 'aws:ViaAWSService': 'true', 'kms:ViaService': service } }]),
      ]),
    ]), { line: 'SetTokenVaultCMK | vault=us-east-1', action: 'bedrock-agentcore:SetTokenVaultCMK', resources: [`${AC.replace('eu-west-1', 'us-east-1')}:token-vault/default`] }],
    allowed: [
      ...ALLOWED,
      'vaultKeySetter | SetTokenVaultCMK | vault=eu-west-1',
      `vaultKeySetter | bedrock-agentcore:GetTokenVault | ${AC}:token-vault/default`,
      `vaultKeySetter | kms:DescribeKey | ${keys.vault}`,
      ...usesVault('vaultKeySetter'),
    ],
    leftByDenies: {
      scheduler: ['GetResourceApiKey', 'GetResourceOauth2Token', 'GetWorkloadAccessTokenForJWT | identity=scheduler'],
      salesPage: ['CompleteResourceTokenAuth'],
      pullRequests: ['GetResourceOauth2Token', 'GetWorkloadAccessTokenForJWT | identity=pull-requests'],
      pullRequestsPage: ['CompleteResourceTokenAuth'],
      triage: ['GetResourceOauth2Token', 'GetWorkloadAccessToken | identity=triage', 'GetWorkloadAccessTokenForJWT | identity=triage'],
      triagePage: ['CompleteResourceTokenAuth'],
      vaultKeySetter: EVERYTHING,
      imagePuller: EVERYTHING,
    },
    arns: [...Object.values({ ...identities, ...OAUTH2_PROVIDERS, ...API_KEY_PROVIDERS }), ...Object.values(secrets), ...Object.values(keys)],
  };
}

/** What a role is left that the library has nothing to do with. */
const EVERYTHING = [
  'CompleteResourceTokenAuth', 'GetResourceApiKey', 'GetResourceOauth2Token', 'GetResourcePaymentToken',
  ...['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId'].flatMap((operation) => ['scheduler', 'pull-requests', 'triage', 'beside-scheduler', 'beside-pull-requests', 'beside-triage'].map((name) => `${operation} | identity=${name}`)),
].sort();

/** Beside each thing one whose ARN begins with its whole ARN. */
export function withNeighbours(things: Record<string, string>, suffix: string): Record<string, string> {
  return { ...things, ...Object.fromEntries(Object.entries(things).map(([name, arn]) => [`beside-${name}`, `${arn}${suffix}`])) };
}
