import { ENV, everything } from './everything';
import type { RequestContext } from '../simulation/access-request';
import { deploy } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';
import { everyRequest, type RequestTemplate, sweep } from '../simulation/sweep';

/*
 * An app that uses everything at once: every kind of capability and host, own and imported identities and providers,
 * gateways, machine clients, front ends. Every right that its declarations mean is in the table below, written by hand; no other may be there.
 */
const AC = `arn:aws:bedrock-agentcore:${ENV.region}:${ENV.account}`;
const oauth2 = (name: string): [string, string] => [name, `${AC}:token-vault/default/oauth2credentialprovider/${name}`];
const apiKey = (name: string): [string, string] => [name, `${AC}:token-vault/default/apikeycredentialprovider/${name}`];
const CLAIM = 'bedrock-agentcore:InboundJwtClaim';
const claims = (aud: string, sub: string, iss = 'https://acme.okta.com/oauth2/default') => ({ [`${CLAIM}/iss`]: iss, [`${CLAIM}/aud`]: [aud], [`${CLAIM}/sub`]: sub });

const { app, stack, ...things } = everything();
const account = deploy(app);
const valuesOf = (named: Record<string, string>): Record<string, string> => (
  Object.fromEntries(Object.entries(named).map(([name, token]) => [name, account.valueOf(stack, token) as string])));
const [roles, identities, secrets, keys] = [things.roles, things.identities, things.secrets, things.keys].map(valuesOf);
const value = (token: unknown) => account.valueOf(stack, token) as string;
const gateways = Object.entries({ tools: things.gateway, inside: things.inside }).map(([name, { gatewayArn: arn, _engine }]) => ({
  name, arn: value(arn), engine: value(_engine.attrPolicyEngineArn),
}));
const [{ arn: gatewayArn }] = gateways;
const runtime = value(things.runtime);

const through = (service: string) => ({ 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` });
const OF_VAULT = { 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': `${AC}:token-vault/default` };
const WAYS: Record<string, RequestContext> = { 'directly': {}, 'via=secretsmanager': through('secretsmanager'), 'via=identity': through('bedrock-agentcore-identity'), 'via=gateway': through('bedrock-agentcore'), 'via=s3': through('s3') };
const ask = (line: string, action: string, resource: string, context: RequestContext = {}): RequestTemplate => ({ line, action, resources: [resource], context });

const keyRequests = Object.entries(keys).flatMap(([name, arn]) => Object.entries(WAYS).flatMap(([way, context]): RequestTemplate[] => [
  ...['Sign', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'CreateGrant'].map((action) => ask(`${action} | key=${name} ${way}`, `kms:${action}`, arn, context)),
  ...['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => ask(`${action} | key=${name} ${way}, of this vault`, `kms:${action}`, arn, { ...context, ...OF_VAULT })),
  ...['Decrypt', 'GenerateDataKey', 'CreateGrant'].map((action) => ask(`${action} | key=${name} ${way}, of this gateway`, `kms:${action}`, arn, { ...context, 'kms:EncryptionContext:aws:bedrock-agentcore-gateway:arn': gatewayArn })),
]));
const webIdentity = ['https://shipping.example.com/token', 'https://actors.example.com', 'https://signed.example.com/token', 'https://orders.example.com/token', 'https://evil.example.com']
  .flatMap((audience) => ['RS256', 'ES384'].flatMap((algorithm) => ['true', 'false'].map((service): RequestTemplate => ask(
    `GetWebIdentityToken | ${audience} ${algorithm}${service === 'true' ? '' : ' directly'}`, 'sts:GetWebIdentityToken', '*',
    { 'aws:ViaAWSService': service, 'sts:IdentityTokenAudience': [audience], 'sts:SigningAlgorithm': algorithm }))));
const gatewayRequests: RequestTemplate[] = [
  ...gateways.flatMap(({ name, arn, engine }): RequestTemplate[] => [
    ...['AuthorizeAction', 'PartiallyAuthorizeActions'].flatMap((action) => [...gateways, { name: 'other', arn: `${AC}:gateway/other-0000000000` }].map((about): RequestTemplate => (
      { line: `${action} | engine of ${name} about ${about.name}`, action: `bedrock-agentcore:${action}`, resources: [engine, about.arn] }))),
    ask(`GetPolicyEngine | ${name}`, 'bedrock-agentcore:GetPolicyEngine', engine), ask(`UpdatePolicyEngine | ${name}`, 'bedrock-agentcore:UpdatePolicyEngine', engine),
    ask(`InvokeGateway | ${name}`, 'bedrock-agentcore:InvokeGateway', arn), ask(`UpdateGateway | ${name}`, 'bedrock-agentcore:UpdateGateway', arn),
  ]),
  ...['tool', 'tool-2', 'inside', 'calendar'].map((name) => ask(`InvokeFunction | ${name}`, 'lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:111111111111:function:${name}`)),
];
const runtimeRequests = [
  'InvokeAgentRuntime', 'InvokeAgentRuntimeForUser', 'InvokeAgentRuntimeWithWebSocketStream', 'InvokeAgentRuntimeWithWebSocketStreamForUser',
  'InvokeAgentRuntimeCommand', 'InvokeAgentRuntimeCommandShell',
]
  .flatMap((action) => [[runtime, 'DEFAULT'], [runtime, 'live'], [`${AC}:runtime/other-a1B2c3D4e5`, 'DEFAULT']].map(([arn, endpoint]): RequestTemplate => (
    { line: `${action} | ${arn === runtime ? 'desk' : 'other'} ${endpoint}`, action: `bedrock-agentcore:${action}`, resources: [`${arn}/runtime-endpoint/${endpoint}`, arn] })));
const REQUESTS = [...everyRequest({
  identities: { ...identities, other: `${identities.calendar}-2` },
  oauth2Providers: Object.fromEntries(['google', 'mail', 'orders', 'shipping', 'billing', 'github', 'tickets', 'signed', 'crm', 'robot', 'google-2'].map(oauth2)),
  apiKeyProviders: Object.fromEntries(['weather', 'bundle', 'maps', 'google'].map(apiKey)),
  secrets: { ...secrets, other: `${secrets.bundle}x` },
  keys,
  keyServices: Object.fromEntries(['secretsmanager', 'bedrock-agentcore-identity', 's3'].map((name) => [name, `${name}.eu-west-1.amazonaws.com`])),
  jwtContexts: {
    'employee': claims('api://agents', 'user-7'),
    'user-1': claims('api://agents', 'user-1'),
    'tool-user': claims('api://tools', 'user-7'),
    'stranger': claims('api://agents', 'user-7', 'https://evil.example.com'),
  },
  userIds: { cognito: 'cognito+4f1c', plain: 'alice' },
}), ...keyRequests, ...webIdentity, ...gatewayRequests, ...runtimeRequests];

/** Tokens: for whom, under which identity. */
const mints = (role: string, identity: string, ...users: string[]) => users.map((user) => `${role} | GetWorkloadAccessTokenForJWT | identity=${identity} jwt=${user}`);
const mintsOwn = (role: string, identity: string) => [`${role} | GetWorkloadAccessToken | identity=${identity}`];
/** Providers: users' tokens are in the vault, so its key goes with them. */
const usesVault = (role: string) => ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => `${role} | ${action} | key=vault via=identity, of this vault`);
const gets = (role: string, identity: string, ...providers: string[]) => [...providers.map((provider) => `${role} | GetResourceOauth2Token | identity=${identity} provider=${provider}`), ...usesVault(role)];
const getsKey = (role: string, identity: string, ...providers: string[]) => providers.map((provider) => `${role} | GetResourceApiKey | identity=${identity} provider=${provider}`);
const ends = (role: string, identity: string, provider: string, ...sessions: string[]) => [
  ...sessions.map((session) => `${role} | CompleteResourceTokenAuth | identity=${identity} provider=${provider} ${session}`), ...usesVault(role),
];
/** Secrets: through a service only, and decrypted by Secrets Manager where they are under the key of the app. */
const reads = (role: string, ...names: string[]) => names.map((name) => `${role} | GetSecretValue | secret=${name} through a service`);
const decrypts = (role: string) => [
  `${role} | Decrypt | key=secrets via=secretsmanager`, `${role} | Decrypt | key=secrets via=secretsmanager, of this vault`, `${role} | Decrypt | key=secrets via=secretsmanager, of this gateway`,
];
const asksOf = (role: string, gateway: string) => [`${role} | AuthorizeAction | engine of ${gateway} about ${gateway}`, `${role} | PartiallyAuthorizeActions | engine of ${gateway} about ${gateway}`, `${role} | GetPolicyEngine | ${gateway}`];
const BOTH = ['employee', 'user-1'];

const NEEDED = [
  ...mints('calendar', 'calendar', ...BOTH), ...gets('calendar', 'calendar', 'google'), ...reads('calendar', 'google'), ...decrypts('calendar'),
  ...ends('calendar-page', 'calendar', 'google', 'jwt=employee', 'jwt=user-1'), ...reads('calendar-page', 'google'), ...decrypts('calendar-page'),

  ...mints('mailer', 'mailer', 'user-1'), ...gets('mailer', 'mailer', 'mail'), ...reads('mailer', 'mail'),
  // A role for two agents: IAM cannot pair an identity with a provider, but the proof of the user tells them apart.
  ...ends('shared-page', 'mailer', 'mail', 'jwt=user-1'), ...ends('shared-page', 'importer', 'github', 'user=cognito'), ...reads('shared-page', 'mail', 'github'),

  ...mints('orderer', 'orderer', ...BOTH), ...gets('orderer', 'orderer', 'orders'),
  'orderer | Sign | key=signing via=identity', 'orderer | DescribeKey | key=signing via=identity',

  ...mints('shipper', 'shipper', ...BOTH), ...gets('shipper', 'shipper', 'shipping'),
  ...['https://shipping.example.com/token', 'https://actors.example.com'].flatMap((audience) => ['RS256', 'ES384'].map((algorithm) => `shipper | GetWebIdentityToken | ${audience} ${algorithm}`)),

  ...mints('biller', 'biller', ...BOTH), ...gets('biller', 'biller', 'billing'), ...reads('biller', 'biller'),

  'importer | GetWorkloadAccessTokenForUserId | identity=importer user=cognito', ...gets('importer', 'importer', 'github'), ...reads('importer', 'github'),

  ...mintsOwn('triage', 'triage'), ...mints('triage', 'triage', ...BOTH), ...gets('triage', 'triage', 'tickets'), ...reads('triage', 'triage'), ...decrypts('triage'),

  // AWS mints for the identities of runtimes.
  ...gets('planner', 'planner', 'google'), ...getsKey('planner', 'planner', 'weather'), ...reads('planner', 'google', 'weather'), ...decrypts('planner'),
  ...ends('planner-page', 'planner', 'google', 'jwt=employee', 'jwt=user-1'), ...reads('planner-page', 'google'), ...decrypts('planner-page'),
  ...getsKey('forecaster', 'forecaster', 'bundle'), ...reads('forecaster', 'bundle'),

  ...mintsOwn('divided-minter', 'divided'),
  ...gets('divided-worker', 'divided', 'signed'), ...getsKey('divided-worker', 'divided', 'maps'), ...reads('divided-worker', 'maps'),
  'divided-worker | GetWebIdentityToken | https://signed.example.com/token ES384',

  // Suspended altogether: nothing. Suspended for one provider: the other.
  ...mintsOwn('halved', 'halved'), ...getsKey('halved', 'halved', 'maps'), ...reads('halved', 'maps'),

  ...mintsOwn('gateway', 'gateway'), ...mints('gateway', 'gateway', 'tool-user'), ...gets('gateway', 'gateway', 'crm'), ...getsKey('gateway', 'gateway', 'weather'),
  ...reads('gateway', 'crm', 'weather'), ...decrypts('gateway'),
  ...asksOf('gateway', 'tools'), 'gateway | InvokeFunction | tool',
  ...['Decrypt', 'GenerateDataKey', 'CreateGrant'].map((action) => `gateway | ${action} | key=secrets via=gateway, of this gateway`), 'gateway | DescribeKey | key=secrets via=gateway',

  ...ends('tools-page', 'gateway', 'crm', 'jwt=tool-user'), ...reads('tools-page', 'crm'), ...decrypts('tools-page'),

  ...asksOf('inside', 'inside'), 'inside | InvokeFunction | inside', 'caller | InvokeGateway | inside',
  ...mintsOwn('robot', 'robot'), ...gets('robot', 'robot', 'robot'), ...reads('robot', 'robot'), ...decrypts('robot'),
  // AWS mints for the user whom the portal names; who else invokes names nobody.
  ...gets('desk', 'desk', 'github'), ...reads('desk', 'github'), ...ends('desk-page', 'desk', 'github', 'user=cognito'), ...reads('desk-page', 'github'),
  'portal | InvokeAgentRuntime | desk DEFAULT', 'portal | InvokeAgentRuntimeForUser | desk DEFAULT', 'monitor | InvokeAgentRuntime | desk DEFAULT',
  'oncall | InvokeAgentRuntimeCommand | desk DEFAULT', 'oncall | InvokeAgentRuntimeCommandShell | desk DEFAULT',
];

test('zero rights beyond the declared ones, and none missing', async () => {
  const needed = [...new Set(NEEDED)].sort();
  const allowed = await sweep(account, roles, REQUESTS);
  const [surplus, missing] = [allowed.filter((line) => !needed.includes(line)), needed.filter((line) => !allowed.includes(line))];
  process.stdout.write(`rights in the app that uses everything: ${needed.length} needed, ${surplus.length} surplus, ${missing.length} missing, of ${REQUESTS.length * Object.keys(roles).length}\n`);
  expect({ surplus, missing }).toEqual({ surplus: [], missing: [] });
});

test('every role that the library gives anything is in the sweep', () => {
  const attached = policiesOf(account).principals.filter(({ policies }) => JSON.stringify(policies).includes('bedrock-agentcore:')).map(({ arn }) => arn.split('/').pop()!);
  const swept = Object.values(roles).map((role) => role.split('/').pop());
  // The function that sets the vault's key has its own sweep, with the example app.
  expect(attached.filter((role) => !swept.includes(role))).toEqual([expect.stringContaining('KeySetter')]);
});
