import { join } from 'node:path';
import { withNeighbours } from './company-agents';
import type { MutationSubject } from './subject';
import { agentsOfEachKind } from '../decisions/agents-of-each-kind';
import type { RequestContext } from '../simulation/access-request';
import { everyRequest, type RequestTemplate } from '../simulation/sweep';

const ACCOUNT = '111111111111';
const AC = `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}`;
const identity = (name: string) => `${AC}:workload-identity-directory/default/workload-identity/${name}`;
const oauth2 = (name: string) => `${AC}:token-vault/default/oauth2credentialprovider/${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:${name}-a1B2c3`;
const named = (names: string[], arn: (name: string) => string) => Object.fromEntries(names.map((name) => [name, arn(name)]));

const IDENTITIES = named(['scheduler', 'importer', 'triage', 'forecaster', 'orderer', 'shipper', 'reader', 'keeper'], identity);
const OAUTH2_PROVIDERS = named(['google', 'google-import', 'salesforce-machine', 'orders', 'shipping', 'reader-client', 'keeper-client'], oauth2);
const API_KEY_PROVIDERS = { weather: `${AC}:token-vault/default/apikeycredentialprovider/weather` };
const SECRETS = {
  ...named(['google', 'google-import', 'salesforce-machine', 'weather'], secret),
  'reader-client': 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:Agents-machinesreaderSecret0BE9DEBA-ZWKSRT',
  'keeper-client': 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:Agents-machineskeeperSecret8FBFC743-pgAczE',
};
const KEYS = { secrets: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`, orders: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/66666666-7777-8888-9999-000000000000`, machines: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/12121212-3434-5656-7878-909090909090` };
const KEY_SERVICES = { secretsmanager: 'secretsmanager.eu-west-1.amazonaws.com', agentcore: 'bedrock-agentcore-identity.eu-west-1.amazonaws.com', s3: 's3.eu-west-1.amazonaws.com' };

const CLAIM = 'bedrock-agentcore:InboundJwtClaim';
const RIGHT = { [`${CLAIM}/iss`]: 'https://acme.okta.com/oauth2/default', [`${CLAIM}/aud`]: ['api://agents'], [`${CLAIM}/client_id`]: 'portal' };
const reads = (role: string, secretName: string, key = 'secrets') => [`${role} | GetSecretValue | secret=${secretName} through a service`, `${role} | Decrypt | key=${key} via=secretsmanager`];
const machine = (name: string) => [`${name} | GetWorkloadAccessToken | identity=${name}`, `${name} | GetResourceOauth2Token | identity=${name} provider=${name}-client`, ...reads(name, `${name}-client`, 'machines')];

const keyRequests = (action: string): RequestTemplate[] => [['directly', {}] as const, ...Object.entries(KEY_SERVICES)
  .map(([name, service]) => [`via=${name}`, { 'aws:ViaAWSService': 'true', 'kms:ViaService': service }] as const)]
  .flatMap(([way, context]) => Object.entries(KEYS).map(([name, arn]) => ({ line: `${action} | key=${name} ${way}`, action: `kms:${action}`, resources: [arn], context })));

const RIGHT_TOKEN = { 'aws:ViaAWSService': 'true', 'sts:IdentityTokenAudience': ['https://login.example.com/token'], 'sts:SigningAlgorithm': 'ES384' };
const webIdentity = (what: string, context: RequestContext): RequestTemplate => (
  { line: `GetWebIdentityToken | ${what}`, action: 'sts:GetWebIdentityToken', resources: ['*'], context: { ...RIGHT_TOKEN, ...context } });
const WEB_IDENTITY_REQUESTS = [
  webIdentity('for the token endpoint, through a service', {}),
  webIdentity('for the token endpoint, directly', { 'aws:ViaAWSService': 'false' }),
  webIdentity('for another server', { 'sts:IdentityTokenAudience': ['https://evil.example.com/token'] }),
  webIdentity('for another server as well', { 'sts:IdentityTokenAudience': ['https://login.example.com/token', 'https://evil.example.com/token'] }),
  webIdentity('with another algorithm', { 'sts:SigningAlgorithm': 'RS256' }),
  { ...webIdentity('for nobody in particular', {}), context: { 'aws:ViaAWSService': 'true', 'sts:SigningAlgorithm': 'ES384' } },
];

/** The app of the decision tables. */
export function eachKind(): MutationSubject {
  return {
    title: 'one agent for each kind of capability',
    app: agentsOfEachKind(),
    roles: named(['scheduler', 'scheduler-page', 'importer', 'importer-page', 'triage', 'forecaster', 'orderer', 'shipper', 'reader', 'keeper'], (name) => name),
    requests: [...everyRequest({
      identities: withNeighbours(IDENTITIES, '-2'),
      oauth2Providers: withNeighbours(OAUTH2_PROVIDERS, '-2'),
      apiKeyProviders: withNeighbours(API_KEY_PROVIDERS, '-2'),
      secrets: withNeighbours(SECRETS, '-Zz9Yy8'),
      keys: { ...KEYS, other: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/99999999-2222-3333-4444-555555555555` },
      keyServices: KEY_SERVICES,
      jwtContexts: {
        'employee': RIGHT,
        'other-issuer': { ...RIGHT, [`${CLAIM}/iss`]: 'https://evil.example.com' },
        'other-audience': { ...RIGHT, [`${CLAIM}/aud`]: ['api://payroll'] },
        'other-client': { ...RIGHT, [`${CLAIM}/client_id`]: 'portal2' },
      },
      userIds: { cognito: 'cognito+4f1c', plain: 'alice' },
    }), ...keyRequests('Sign'), ...keyRequests('DescribeKey'), ...WEB_IDENTITY_REQUESTS],
    allowed: [
      'scheduler | GetWorkloadAccessTokenForJWT | identity=scheduler jwt=employee',
      'scheduler | GetResourceOauth2Token | identity=scheduler provider=google',
      ...reads('scheduler', 'google'),
      'scheduler-page | CompleteResourceTokenAuth | identity=scheduler provider=google jwt=employee',
      ...reads('scheduler-page', 'google'),
      'importer | GetWorkloadAccessTokenForUserId | identity=importer user=cognito',
      'importer | GetResourceOauth2Token | identity=importer provider=google-import',
      ...reads('importer', 'google-import'),
      'importer-page | CompleteResourceTokenAuth | identity=importer provider=google-import user=cognito',
      ...reads('importer-page', 'google-import'),
      'triage | GetWorkloadAccessToken | identity=triage',
      'triage | GetResourceOauth2Token | identity=triage provider=salesforce-machine',
      ...reads('triage', 'salesforce-machine'),
      'forecaster | GetWorkloadAccessToken | identity=forecaster',
      'forecaster | GetResourceApiKey | identity=forecaster provider=weather',
      ...reads('forecaster', 'weather'),
      'orderer | GetWorkloadAccessTokenForJWT | identity=orderer jwt=employee',
      'orderer | GetResourceOauth2Token | identity=orderer provider=orders',
      'orderer | Sign | key=orders via=agentcore',
      'orderer | DescribeKey | key=orders via=agentcore',
      'shipper | GetWorkloadAccessToken | identity=shipper',
      'shipper | GetResourceOauth2Token | identity=shipper provider=shipping',
      'shipper | GetWebIdentityToken | for the token endpoint, through a service',
      ...machine('reader'),
      ...machine('keeper'),
    ],
    leftByDenies: {
      'scheduler': ['GetResourceOauth2Token', 'GetWorkloadAccessTokenForJWT | identity=scheduler'],
      'scheduler-page': ['CompleteResourceTokenAuth'],
      'importer': ['GetResourceOauth2Token', 'GetWorkloadAccessTokenForUserId | identity=importer'],
      'importer-page': ['CompleteResourceTokenAuth'],
      'triage': ['GetResourceOauth2Token', 'GetWorkloadAccessToken | identity=triage'],
      'forecaster': ['GetResourceApiKey', 'GetWorkloadAccessToken | identity=forecaster'],
      'orderer': ['GetResourceOauth2Token', 'GetWorkloadAccessTokenForJWT | identity=orderer'],
      'shipper': ['GetResourceOauth2Token', 'GetWorkloadAccessToken | identity=shipper'],
      'reader': ['GetResourceOauth2Token', 'GetWorkloadAccessToken | identity=reader'],
      'keeper': ['GetResourceOauth2Token', 'GetWorkloadAccessToken | identity=keeper'],
    },
    arns: [...Object.values({ ...IDENTITIES, ...OAUTH2_PROVIDERS, ...API_KEY_PROVIDERS }), ...Object.values(SECRETS), ...Object.values(KEYS)],
    tables: join(__dirname, '..', 'decisions'),
  };
}
