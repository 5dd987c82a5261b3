import { AC, agentCore, DIRECTORY, document, findings, foundBy, Resources, role, SECRETS, Statement, trusting, VAULT } from './app-with';
import { finds } from './rule-rows';

const github = (config: object) => ({ P: agentCore('OAuth2CredentialProvider', { Name: 'github', Oauth2ProviderConfigInput: { GithubOauth2ProviderConfig: { ClientId: 'id', ...config } } }) });
const FIELD = 'Properties.Oauth2ProviderConfigInput.GithubOauth2ProviderConfig.ClientSecret';

finds('plaintext-secret', [
  ['a client secret', github({ ClientSecret: 'canary' }), [`S/P: ${FIELD} is a literal`]],
  ['a literal with a reference in it', github({ ClientSecret: { 'Fn::Sub': 'canary-${AWS::Region}' } }), [`S/P: ${FIELD} is a literal`]],
  ['one of two branches', github({ ClientSecret: { 'Fn::If': ['Prod', '{{resolve:secretsmanager:a:SecretString:b::}}', 'canary'] } }), [`S/P: ${FIELD} is a literal`]],
  ['an API key', { P: agentCore('ApiKeyCredentialProvider', { Name: 'w', ApiKey: 'canary' }) }, ['S/P: Properties.ApiKey is a literal']],
  ['keys for payments', { P: agentCore('PaymentCredentialProvider', { ProviderConfigurationInput: { StripePrivyConfiguration: { AppId: 'a', AppSecret: 'canary', AuthorizationPrivateKey: 'canary' } } }) }, [
    'S/P: Properties.ProviderConfigurationInput.StripePrivyConfiguration.AppSecret is a literal',
    'S/P: Properties.ProviderConfigurationInput.StripePrivyConfiguration.AuthorizationPrivateKey is a literal',
  ]],
  ['a reference that CloudFormation resolves', github({ ClientSecret: '{{resolve:secretsmanager:agents/github:SecretString:client_secret::}}' }), []],
  ['a parameter of the deployment', github({ ClientSecret: { Ref: 'Secret' } }), []],
  ['a secret of one\'s own', github({ ClientSecretSource: 'EXTERNAL', ClientSecretConfig: { SecretId: 'agents/github', JsonKey: 'client_secret' } }), []],
]);

const denyAndAllow = (action: string): Statement[] => [{ Action: action, Resource: '*' }, { Effect: 'Deny', Action: action, Resource: '*' }];
finds('unknown-action', [
  ['one that samples print', { R: role(...denyAndAllow('bedrock-agentcore:GetApiKeyCredential')) },
    ['S/R: Allow bedrock-agentcore:GetApiKeyCredential', 'S/R: Deny bedrock-agentcore:GetApiKeyCredential']],
  ['one of another spelling', { R: role({ Action: 'bedrock-agentcore:GetResourceOAuthToken', Resource: '*' }) }, ['S/R: Allow bedrock-agentcore:GetResourceOAuthToken']],
  ['a pattern for nothing', { R: role({ Action: 'bedrock-agentcore:Read*', Resource: '*' }) }, ['S/R: Allow bedrock-agentcore:Read*']],
  ['an exception that is none', { R: role({ Effect: 'Deny', NotAction: 'bedrock-agentcore:CheckAuthorizePermissions', Resource: '*' }) }, ['S/R: Deny bedrock-agentcore:CheckAuthorizePermissions']],
  ['one in other letters', { R: role({ Action: 'bedrock-agentcore:getgateway', Resource: '*' }) }, []],
  ['a pattern for some', { R: role({ Action: 'bedrock-agentcore:List*', Resource: '*' }) }, []],
  ['one of another service', { R: role({ Action: 'bedrock:NoSuchThing', Resource: '*' }) }, []],
]);

const vend = (arn: string) => ({ R: role({ Effect: 'Deny', Action: 'bedrock-agentcore:GetResourceApiKey', Resource: arn }) });
finds('unknown-arn', [
  ['an API key as a page of AWS prints it', vend(`${VAULT}/api-key/weather`), [`S/R: Deny on ${VAULT}/api-key/weather`]],
  ['an OAuth2 provider as a page of AWS prints it', vend(`${VAULT}/oauth2-credential-provider/google`), [`S/R: Deny on ${VAULT}/oauth2-credential-provider/google`]],
  ['a third spelling', vend(`${VAULT}/oauthcredentialprovider/google`), [`S/R: Deny on ${VAULT}/oauthcredentialprovider/google`]],
  ['providers directly below the account', vend(`${AC}:apikeycredentialprovider/*`), [`S/R: Deny on ${AC}:apikeycredentialprovider/*`]],
  ['identities directly below the account', vend(`${AC}:workload-identity/*`), [`S/R: Deny on ${AC}:workload-identity/*`]],
  ['in a target of a gateway', {
    T: agentCore('GatewayTarget', { CredentialProviderConfigurations: [{ CredentialProvider: { OauthCredentialProvider: { ProviderArn: `${VAULT}/oauthcredentialprovider/google` } } }] }),
  }, [`S/T: ${VAULT}/oauthcredentialprovider/google`]],
  ['a provider', vend(`${VAULT}/apikeycredentialprovider/weather`), []],
  ['the collection of providers', vend(`${VAULT}/apikeycredentialprovider`), []],
  ['an identity', vend(`${DIRECTORY}/workload-identity/me`), []],
  ['an endpoint', vend(`${AC}:runtime/r-1/runtime-endpoint/DEFAULT`), []],
  ['everything below a runtime', vend(`${AC}:runtime/r-1/*`), []],
  ['everything of the service', vend(`${AC}:*`), []],
  ['another service', vend('arn:aws:s3:::bucket/api-key/x'), []],
]);

finds('grant-matches-nothing', [
  ['creating gateways on a gateway', { R: role({ Action: ['bedrock-agentcore:CreateGateway', 'bedrock-agentcore:UpdateGateway'], Resource: `${AC}:gateway/g-1` }) },
    [`S/R: bedrock-agentcore:CreateGateway on ${AC}:gateway/g-1`]],
  ['getting tokens on a runtime', { R: role({ Action: 'bedrock-agentcore:GetResourceApiKey', Resource: `${AC}:runtime/r-1` }) }, [`S/R: bedrock-agentcore:GetResourceApiKey on ${AC}:runtime/r-1`]],
  ['creating gateways', { R: role({ Action: 'bedrock-agentcore:CreateGateway', Resource: '*' }) }, []],
  ['updating a gateway', { R: role({ Action: 'bedrock-agentcore:UpdateGateway', Resource: `${AC}:gateway/g-1` }) }, []],
  ['an ARN that only the deployment knows', { R: role({ Action: 'bedrock-agentcore:UpdateGateway', Resource: { Ref: 'GatewayArn' } as never }) }, []],
]);

const named = (name: string, pattern: string) => ({ G: agentCore('Gateway', { Name: name, AuthorizerType: 'AWS_IAM' }), R: role({ Action: 'bedrock-agentcore:GetResourceApiKey', Resource: pattern }) });
finds('mixed-case-gateway-grant', [
  ['the identity of a gateway with capitals', named('Tools', `${DIRECTORY}/workload-identity/Tools-*`), [`S/R: ${DIRECTORY}/workload-identity/Tools-*`]],
  ['what its role trusts', {
    G: agentCore('Gateway', { Name: 'Tools', AuthorizerType: 'AWS_IAM' }),
    R: trusting({ Principal: { Service: 'bedrock-agentcore.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { ArnLike: { 'aws:SourceArn': `${AC}:gateway/Tools-??????????` } } }),
  }, [`S/R: ${AC}:gateway/Tools-??????????`]],
  ['in lower case', named('Tools', `${DIRECTORY}/workload-identity/tools-*`), []],
  ['a gateway without capitals', named('tools', `${DIRECTORY}/workload-identity/tools-*`), []],
  ['a runtime, which keeps its capitals', named('Tools', `${DIRECTORY}/workload-identity/Planner-*`), []],
]);

const gateway = (properties: object) => ({ G: agentCore('Gateway', { Name: 'g', AuthorizerType: 'AWS_IAM', ...properties }) });
const engine = (mode?: string) => ({ PolicyEngineConfiguration: { Arn: `${AC}:policy-engine/e`, ...(mode !== undefined ? { Mode: mode } : {}) } });
finds('gateway-without-authorizer', [
  ['NONE', gateway({ AuthorizerType: 'NONE' }), ['S/G: authorizer NONE']],
  ['no type', gateway({ AuthorizerType: undefined }), ['S/G: authorizer missing']],
  ['a type that does not exist', gateway({ AuthorizerType: 'OPEN' }), ['S/G: authorizer OPEN']],
  ['one of two branches', gateway({ AuthorizerType: { 'Fn::If': ['Dev', 'NONE', 'AWS_IAM'] } }), ['S/G: authorizer NONE']],
  ['IAM', gateway({}), []],
  ['AUTHENTICATE_ONLY, which another rule looks at', gateway({ AuthorizerType: 'AUTHENTICATE_ONLY' }), []],
  ['a type that only the deployment knows', gateway({ AuthorizerType: { Ref: 'Type' } }), []],
]);

finds('gateway-authenticate-only', [
  ['without a policy engine', gateway({ AuthorizerType: 'AUTHENTICATE_ONLY' }), ['S/G: AUTHENTICATE_ONLY with no policy engine']],
  ['with one that only logs', gateway({ AuthorizerType: 'AUTHENTICATE_ONLY', ...engine('LOG_ONLY') }), ['S/G: AUTHENTICATE_ONLY with a policy engine in LOG_ONLY']],
  ['with one that enforces', gateway({ AuthorizerType: 'AUTHENTICATE_ONLY', ...engine('ENFORCE') }), []],
  ['IAM without a policy engine', gateway({}), []],
]);

finds('gateway-without-policy-engine', [
  ['none', gateway({}), ['S/G: no policy engine']],
  ['one that only logs', gateway(engine('LOG_ONLY')), []],
]);

finds('gateway-policy-not-enforced', [
  ['LOG_ONLY', gateway(engine('LOG_ONLY')), ['S/G: mode LOG_ONLY']],
  ['no mode', gateway(engine()), ['S/G: mode not given, or known only at deployment']],
  ['ENFORCE', gateway(engine('ENFORCE')), []],
  ['no engine, which another rule looks at', gateway({}), []],
]);

finds('cedar-policy-not-enforced', [
  ['LOG_ONLY', { P: agentCore('Policy', { EnforcementMode: 'LOG_ONLY' }) }, ['S/P: mode LOG_ONLY']],
  ['ACTIVE', { P: agentCore('Policy', { EnforcementMode: 'ACTIVE' }) }, []],
  ['nothing said', { P: agentCore('Policy') }, []],
]);

finds('gateway-debug', [['DEBUG', gateway({ ExceptionLevel: 'DEBUG' }), ['S/G: DEBUG']], ['nothing said', gateway({}), []]]);

finds('gateway-without-waf', [
  ['users from the internet', gateway({ AuthorizerType: 'CUSTOM_JWT' }), ['S/G: no web ACL for authorizer CUSTOM_JWT']],
  ['with a web ACL', gateway({ AuthorizerType: 'CUSTOM_JWT', WafConfiguration: {} }), []],
  ['signed callers', gateway({}), []],
]);

const jwt = (filters: object) => ({ AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://issuer/.well-known/openid-configuration', ...filters } } });
finds('open-jwt-authorizer', [
  ['a gateway', gateway({ AuthorizerType: 'CUSTOM_JWT', ...jwt({}) }), ['S/G: no audience, client, scope or claim is asked for']],
  ['a runtime', { R: agentCore('Runtime', jwt({ AllowedAudience: [] })) }, ['S/R: no audience, client, scope or claim is asked for']],
  ['an audience', gateway(jwt({ AllowedAudience: ['api://agents'] })), []],
  ['a claim', gateway(jwt({ CustomClaims: [{}] })), []],
  ['no JWT at all', gateway({}), []],
]);

const claim = (value: object) => gateway(jwt({ CustomClaims: [{ InboundTokenClaimName: 'groups', AuthorizingClaimMatchValue: { ClaimMatchOperator: 'CONTAINS', ClaimMatchValue: value } }] }));
finds('unenforced-group-limit', [
  ['a claim without a value', claim({}), ['S/G: claim groups has no value to match']],
  ['a claim with an empty list', claim({ MatchValueStringList: [] }), ['S/G: claim groups has no value to match']],
  ['a claim with a value', claim({ MatchValueString: 'sales' }), []],
]);

describe('unenforced-group-limit in an access report', () => {
  const report = (enforcedBy: string) => ({ agents: [{ path: 'S/Agent', capabilities: [{ limits: [{ limit: 'users in group "sales"', enforcedBy, how: '' }] }] }] });
  const resources = { X: { ...agentCore('WorkloadIdentity'), Metadata: { 'aws:cdk:path': 'S/Agent/Identity' } } };

  test.each<[string, string[]]>([
    ['nobody', ['S/Agent/Identity: users in group "sales" is enforced by nobody']],
    ['application', []],
    ['Cedar', []],
  ])('enforced by %s', (enforcedBy, expected) => expect(foundBy('unenforced-group-limit', findings({ S: resources }, {}, report(enforcedBy)))).toEqual(expected));
});

const identity = (tags?: object[]) => ({ I: agentCore('WorkloadIdentity', { Name: 'me', ...(tags !== undefined ? { Tags: tags } : {}) }) });
finds('agent-without-owner', [
  ['no tags', identity(), ['S/I: no tag names an owner']],
  ['other tags', identity([{ Key: 'stage', Value: 'prod' }, { Key: 'steam', Value: 'x' }]), ['S/I: no tag names an owner']],
  ['an owner', identity([{ Key: 'agentcore-identity:owner', Value: 'sales' }]), []],
  ['a team', identity([{ Key: 'Team', Value: 'sales' }]), []],
]);

const setter = { Type: 'Custom::AgentCoreTokenVaultKey', Properties: {} };
const sdkCall = { Type: 'Custom::AWS', Properties: { Create: { 'Fn::Join': ['', ['{"service":"bedrock-agentcore-control","action":"setTokenVaultCMK","parameters":{"k":"', { Ref: 'Key' }, '"}}']] } } };
finds('vault-key-set-twice', [
  ['two of this library', { A: setter, B: setter }, ['S/B: also set by S/A']],
  ['one of this library and a call', { A: setter, B: sdkCall }, ['S/B: also set by S/A']],
  ['one', { A: setter }, []],
  ['another call', { A: setter, B: { Type: 'Custom::AWS', Properties: { Create: '{"action":"getTokenVault"}' } } }, []],
]);

test('two vaults of two stacks in one environment are one vault', () => {
  expect(foundBy('vault-key-set-twice', findings({ A: { V: setter }, B: { V: setter } }))).toEqual(['B/V: also set by A/V']);
});

describe('only where customer keys are required', () => {
  const keys = { requireCustomerKeys: true };
  const provider = agentCore('OAuth2CredentialProvider', { Name: 'google', Oauth2ProviderConfigInput: { GoogleOauth2ProviderConfig: { ClientSecretSource: 'EXTERNAL', ClientSecretConfig: { SecretId: { Ref: 'Secret' } } } } });
  const secret = (key?: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: key !== undefined ? { KmsKeyId: key } : {} });

  finds('vault-without-customer-key', [
    ['OAuth2 providers and no key', { P: provider }, ['S/P: no key is set for the vault of 111122223333 eu-west-1']],
    ['several providers, one vault', { P: provider, Q: provider }, ['S/P: no key is set for the vault of 111122223333 eu-west-1']],
    ['a key', { P: provider, V: setter }, []],
    ['no tokens of users', { K: agentCore('ApiKeyCredentialProvider') }, []],
  ], keys);

  finds('secret-without-customer-key', [
    ['a secret of one\'s own', { P: provider, Secret: secret() }, ['S/Secret: no key']],
    ['a secret that AgentCore keeps', github({ ClientSecret: '{{resolve:secretsmanager:a}}' }), ['S/P: AgentCore keeps the secret under the key of Secrets Manager']],
    ['a key', { P: provider, Secret: secret('arn:aws:kms:eu-west-1:111122223333:key/k') }, []],
    ['a secret for something else', { P: provider, Secret: secret('k'), Other: secret() }, []],
  ], keys);

  finds('missing-customer-key', [
    ['all three', { G: agentCore('Gateway'), E: agentCore('PolicyEngine'), M: agentCore('Memory') }, ['S/G: no KmsKeyArn', 'S/E: no EncryptionKeyArn', 'S/M: no EncryptionKeyArn']],
    ['all with keys', { G: agentCore('Gateway', { KmsKeyArn: 'k' }), E: agentCore('PolicyEngine', { EncryptionKeyArn: 'k' }), M: agentCore('Memory', { EncryptionKeyArn: 'k' }) }, []],
  ], keys);

  test('otherwise nothing is said', () => {
    const all = findings({ S: { P: provider, Secret: secret(), G: agentCore('Gateway', { AuthorizerType: 'AWS_IAM' }) } });
    expect(all.filter(({ rule }) => rule.id.includes('customer-key'))).toEqual([]);
  });
});

const many = (count: number, one: (index: number) => object): Resources => Object.fromEntries(Array.from({ length: count }, (_, index) => [`X${index}`, one(index) as never]));
const cedar = (size: number) => ({ P: agentCore('Policy', { PolicyEngineId: 'e', Definition: { Cedar: { Statement: 'x'.repeat(size) } } }) });
finds('quota-nearly-reached', [
  ['40 of 50 providers', many(40, () => agentCore('ApiKeyCredentialProvider')), ['S/X39: 40 of 50 ApiKeyCredentialProvider']],
  ['80 of 100 targets of one gateway', many(80, () => agentCore('GatewayTarget', { GatewayIdentifier: 'g' })), ['S/X79: 80 of 100 GatewayTarget of one']],
  ['a long Cedar policy', cedar(8192), ['S/P: 8192 of 10240 bytes']],
  ['a long resource policy', { P: agentCore('ResourcePolicy', { ResourceArn: 'r', Policy: JSON.stringify({ Statement: [], Note: 'x'.repeat(16400) }) }) }, ['S/P: 16426 of 20480 bytes']],
  ['39 providers', many(39, () => agentCore('ApiKeyCredentialProvider')), []],
  ['80 targets of two gateways', many(80, (index) => agentCore('GatewayTarget', { GatewayIdentifier: `g${index % 2}` })), []],
  ['a Cedar policy', cedar(8191), []],
]);

const LOGS = 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/bedrock-agentcore/runtimes';
finds('log-group-wildcard', [
  ['of all runtimes', { R: role({ Action: ['logs:PutLogEvents', 'logs:CreateLogStream'], Resource: `${LOGS}/*` }) }, [`S/R: logs:CreateLogStream,logs:PutLogEvents on ${LOGS}/*`]],
  ['of one runtime', { R: role({ Action: 'logs:PutLogEvents', Resource: `${LOGS}/planner-1234567890-*` }) }, []],
  ['describing', { R: role({ Action: 'logs:DescribeLogStreams', Resource: `${LOGS}/*` }) }, []],
]);

const runtime = (properties: object) => ({ R: agentCore('Runtime', { AgentRuntimeName: 'r', ...properties }) });
finds('runtime-public-network', [
  ['PUBLIC', runtime({ NetworkConfiguration: { NetworkMode: 'PUBLIC' } }), ['S/R: PUBLIC']],
  ['VPC', runtime({ NetworkConfiguration: { NetworkMode: 'VPC' } }), []],
]);

finds('runtime-without-user-token', [
  ['no authorizer', runtime({}), ['S/R: no JWT authorizer']],
  ['a JWT authorizer', runtime(jwt({ AllowedAudience: ['a'] })), []],
]);

finds('runtime-without-logs', [
  ['nothing', runtime({}), ['S/R: no delivery of logs or traces']],
  ['the logs of another', { ...runtime({}), D: { Type: 'AWS::Logs::DeliverySource', Properties: { ResourceArn: 'arn' } } }, ['S/R: no delivery of logs or traces']],
  ['its logs', { ...runtime({}), D: { Type: 'AWS::Logs::DeliverySource', Properties: { ResourceArn: { 'Fn::GetAtt': ['R', 'AgentRuntimeArn'] } } } }, []],
]);

finds('unreadable-policy', [
  ['a statement behind an import', { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [{ 'Fn::ImportValue': 'x' }] } }] } } },
    ['S/R: a statement is known only at deployment']],
  ['a nested stack from elsewhere', { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://elsewhere' } } }, ['S/N: a nested stack whose template is not in the assembly']],
  ['a resource behind an import', { R: role({ Action: 's3:GetObject', Resource: { 'Fn::ImportValue': 'x' } as never }) }, []],
]);

test('a secret is in no finding', () => {
  const all = findings({ S: { ...github({ ClientSecret: 'canary' }), K: agentCore('ApiKeyCredentialProvider', { ApiKey: 'canary' }), R: role({ Action: 'secretsmanager:*', Resource: `${SECRETS}:*` }) } },
    { requireCustomerKeys: true });
  expect(all.map(({ rule }) => rule.id)).toEqual([
    'plaintext-secret', 'plaintext-secret', 'secret-wildcard', 'vault-without-customer-key', 'secret-without-customer-key', 'secret-without-customer-key',
  ]);
  expect(JSON.stringify(all.map(({ id, detail, location }) => ({ id, detail, location })))).not.toContain('canary');
});

test('a document without policies finds nothing', () => expect(findings({ S: { B: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'b', PolicyDocument: document() } } } })).toEqual([]));
