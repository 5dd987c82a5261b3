import { Declared, declaredApp } from './declared-app';
import { AgentOwner } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';

/* What the templates say after something changed them behind the library's back, so that the report does not know. */
type Resources = Record<string, any>;
type Change = (resources: Resources) => void;

/** The properties of the resource whose construct path ends so. */
const at = (resources: Resources, path: string) => Object.values(resources).find(({ Metadata }) => Metadata?.['aws:cdk:path'] === `S/${path}/Resource` || Metadata?.['aws:cdk:path'] === `S/${path}`).Properties;
const add = (path: string, type: string, properties: object): Change => (resources) => {
  resources[path.replace(/\W/g, '')] = { Type: type, Properties: properties, Metadata: { 'aws:cdk:path': `S/${path}` } };
};
const idOf = (resources: Resources, type: string) => Object.keys(resources).find((id) => resources[id].Type === type);
const withoutReport = ({ policies }: ComparedApp): ComparedApp => ({ policies });

const before = declaredApp();

/** What is told beside the policies, which have tests of their own. */
function told(now: ComparedApp, was: ComparedApp = before): string[] {
  return compareApps(was, now).changes.filter(({ subject }) => !['IAM', 'trust', 'resource policy', 'Cedar policy'].includes(subject)).map(({ kind, of, what }) => `${kind} ${of}: ${what}`);
}

const GOOGLE = 'Oauth2ProviderConfigInput';

const BEHIND: [string, Change, string[]][] = [
  ['nothing', () => undefined, []],
  ['the client of a provider', (all) => { at(all, 'Google')[GOOGLE].GoogleOauth2ProviderConfig.ClientId = 'evil'; }, ['undecided S/Google: OAuth2CredentialProvider: Oauth2ProviderConfigInput (ClientId)']],
  ['its secret', (all) => { at(all, 'Google')[GOOGLE].GoogleOauth2ProviderConfig.ClientSecretConfig.SecretId = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:other-abcdef'; },
    ['undecided S/Google: OAuth2CredentialProvider: Oauth2ProviderConfigInput (SecretId)']],
  ['its token endpoint', (all) => { at(all, 'Google')[GOOGLE] = { CustomOauth2ProviderConfig: { ...at(all, 'Google')[GOOGLE].GoogleOauth2ProviderConfig, OauthDiscovery: { DiscoveryUrl: 'https://evil.example/.well-known/openid-configuration' } } }; },
    ['undecided S/Google: OAuth2CredentialProvider: Oauth2ProviderConfigInput']],
  ['its name', (all) => { at(all, 'Google').Name = 'other'; }, ['undecided S/Google: OAuth2CredentialProvider: Name']],
  ['the secret of a key', (all) => { at(all, 'Weather').ApiKeySecretConfig.JsonKey = 'other'; }, ['undecided S/Weather: ApiKeyCredentialProvider: ApiKeySecretConfig (JsonKey)']],
  ['a return URL more', (all) => { at(all, 'Agent/Identity').AllowedResourceOauth2ReturnUrls.push('https://evil.example/'); }, ['widened S/Agent/Identity: WorkloadIdentity: AllowedResourceOauth2ReturnUrls added']],
  ['no return URLs', (all) => { delete at(all, 'Agent/Identity').AllowedResourceOauth2ReturnUrls; }, ['undecided S/Agent/Identity: WorkloadIdentity: AllowedResourceOauth2ReturnUrls']],
  ['the name of an identity', (all) => { at(all, 'Agent/Identity').Name = 'other'; }, ['undecided S/Agent/Identity: WorkloadIdentity: Name']],
  ['no limits of a rate', (all) => { at(all, 'Gateway/RateLimit-base').Entries = []; }, ['undecided S/Gateway/RateLimit-base: GatewayRateLimit: Entries (Dimensions, Period, Rate)']],
  ['no rate limit', (all) => { delete all[idOf(all, 'AWS::BedrockAgentCore::GatewayRateLimit')!]; }, ['widened S/Gateway/RateLimit-base: rate limit removed']],
  ['a rate limit under a condition', (all) => { all[idOf(all, 'AWS::BedrockAgentCore::GatewayRateLimit')!].Condition = 'Never'; }, ['undecided S/Gateway/RateLimit-base: GatewayRateLimit: Condition']],
  ['the role of a gateway', (all) => { at(all, 'Gateway').RoleArn = 'arn:aws:iam::111111111111:role/admin'; }, ['undecided S/Gateway: Gateway: RoleArn']],
  ['an interceptor', (all) => { at(all, 'Gateway').InterceptorConfigurations = [{ InterceptionPoints: ['REQUEST'], Interceptor: { Lambda: { Arn: 'arn:aws:lambda:eu-west-1:111111111111:function:evil' } } }]; },
    ['undecided S/Gateway: Gateway: InterceptorConfigurations (Arn, InterceptionPoints)']],
  ['errors for callers', (all) => { at(all, 'Gateway').ExceptionLevel = 'DEBUG'; }, ['undecided S/Gateway: Gateway: ExceptionLevel']],
  ['no firewall', (all) => { at(all, 'Gateway').WafConfiguration = { FailureMode: 'FAIL_OPEN' }; }, ['undecided S/Gateway: Gateway: WafConfiguration (FailureMode)']],
  ['the function of a target', (all) => { at(all, 'Gateway/crm').TargetConfiguration.Mcp.Lambda.LambdaArn = 'arn:aws:lambda:eu-west-1:222222222222:function:evil'; }, ['undecided S/Gateway/crm: GatewayTarget: TargetConfiguration (LambdaArn)']],
  ['a tool of a target', (all) => { at(all, 'Gateway/crm').TargetConfiguration.Mcp.Lambda.ToolSchema.InlinePayload.push({ Name: 'drop', Description: 'Drops', InputSchema: { Type: 'object' } }); },
    ['undecided S/Gateway/crm: GatewayTarget: TargetConfiguration (Name)']],
  ['how a tool is described', (all) => { at(all, 'Gateway/crm').TargetConfiguration.Mcp.Lambda.ToolSchema.InlinePayload[0].Description = 'Else'; }, ['changed S/Gateway/crm: GatewayTarget: descriptions and schemas of tools (Description)']],
  ['headers that are passed on', (all) => { at(all, 'Gateway/crm').MetadataConfiguration = { AllowedRequestHeaders: ['authorization'] }; }, ['undecided S/Gateway/crm: GatewayTarget: MetadataConfiguration (AllowedRequestHeaders)']],
  ['the scopes of a machine client', (all) => { at(all, 'Machines/Reader/AppClient').AllowedOAuthScopes.push('agents/write'); }, ['widened S/Machines/Reader/AppClient: UserPoolClient: AllowedOAuthScopes added']],
  ['the flows of a machine client', (all) => { Object.assign(at(all, 'Machines/Reader/AppClient'), { AllowedOAuthFlows: ['client_credentials', 'code'], CallbackURLs: ['https://evil.example/'] }); },
    ['widened S/Machines/Reader/AppClient: UserPoolClient: AllowedOAuthFlows added', 'widened S/Machines/Reader/AppClient: UserPoolClient: CallbackURLs added']],
  ['how long refresh tokens of a machine client live', (all) => { at(all, 'Machines/Reader/AppClient').RefreshTokenValidity = 3650; }, ['undecided S/Machines/Reader/AppClient: UserPoolClient: RefreshTokenValidity']],
  ['the identifier of a resource server', (all) => { all[idOf(all, 'AWS::Cognito::UserPoolResourceServer')!].Properties.Identifier = 'other'; },
    ['undecided S/Machines/ResourceServer: UserPoolResourceServer: Identifier']],
  ['a function that writes claims', (all) => { all[idOf(all, 'AWS::Cognito::UserPool')!].Properties.LambdaConfig = { PreTokenGeneration: 'arn:aws:lambda:eu-west-1:111111111111:function:evil' }; },
    ['undecided S/Machines/UserPool: UserPool: LambdaConfig (PreTokenGeneration)']],
  ['the key of the token vault', (all) => { all[idOf(all, 'Custom::AgentCoreTokenVaultKey')!].Properties.KeyArn = 'arn:aws:kms:eu-west-1:222222222222:key/evil'; }, ['undecided S/Vault/KeySetter/VaultKey: AgentCoreTokenVaultKey: KeyArn']],
  ['a client in the same pool', (all) => add('Evil', 'AWS::Cognito::UserPoolClient', { UserPoolId: { Ref: idOf(all, 'AWS::Cognito::UserPool') }, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['agents/write'] })(all), ['added S/Evil: UserPoolClient']],
  ['an identity beneath an agent', add('Agent/Evil', 'AWS::BedrockAgentCore::WorkloadIdentity', { Name: 'evil' }), ['added S/Agent/Evil: WorkloadIdentity']],
  ['a provider beneath a provider', add('Google/Evil', 'AWS::BedrockAgentCore::OAuth2CredentialProvider', { Name: 'evil', CredentialProviderVendor: 'GoogleOauth2' }), ['added S/Google/Evil: OAuth2CredentialProvider']],
  ['a runtime beneath an agent', add('Agent/Debug', 'AWS::BedrockAgentCore::Runtime', { AgentRuntimeName: 'debug' }), ['added S/Agent/Debug: Runtime']],
  ['a target beneath a gateway', (all) => add('Gateway/evil', 'AWS::BedrockAgentCore::GatewayTarget', { Name: 'evil', GatewayIdentifier: { 'Fn::GetAtt': [idOf(all, 'AWS::BedrockAgentCore::Gateway'), 'GatewayIdentifier'] }, TargetConfiguration: {} })(all),
    ['added S/Gateway: target S/Gateway/evil']],
];

test.each(BEHIND)('%s', (_title, change, expected) => expect(told(declaredApp({}, change))).toEqual(expected));

test.each(BEHIND.slice(1).filter(([, , [first]]) => !first.startsWith('changed')))('%s, without a report: never silent, and never folded away', (_title, change) => {
  const kinds = compareApps(withoutReport(before), withoutReport(declaredApp({}, change))).changes.map(({ kind }) => kind);
  expect(kinds.some((kind) => ['widened', 'undecided', 'added'].includes(kind))).toBe(true);
});

describe('something declared does not cover what was not', () => {
  test.each<[string, Declared, Change, string[]]>([
    ['a return URL that is declared, and one that is not', { identityUrls: ['https://a.example/return', 'https://b.example/return'] }, (all) => { at(all, 'Agent/Identity').AllowedResourceOauth2ReturnUrls.push('https://evil.example/'); },
      ['widened S/Agent: return URL added', 'widened S/Agent/Identity: WorkloadIdentity: AllowedResourceOauth2ReturnUrls added']],
    ['another secret that is declared, and another client', { secretId: 'OtherSecret' }, (all) => { at(all, 'Google')[GOOGLE].GoogleOauth2ProviderConfig.ClientId = 'evil'; },
      ['undecided S/Google: OAuth2CredentialProvider: Oauth2ProviderConfigInput (ClientId)', 'changed S/Google: where the secret is kept']],
    ['another client that is declared, and a third', { clientId: 'other' }, (all) => { at(all, 'Google')[GOOGLE].GoogleOauth2ProviderConfig.ClientId = 'evil'; },
      ['undecided S/Google: OAuth2CredentialProvider: Oauth2ProviderConfigInput (ClientId)', 'undecided S/Google: client id']],
    ['another function that is declared, and a third', { functionId: 'Other' }, (all) => { at(all, 'Gateway/crm').TargetConfiguration.Mcp.Lambda.LambdaArn = 'arn:aws:lambda:eu-west-1:222222222222:function:evil'; },
      ['undecided S/Gateway: target crm: what it calls', 'undecided S/Gateway/crm: GatewayTarget: TargetConfiguration (LambdaArn)']],
    ['a rate limit more, and one that limits nothing', { limits: { base: { requestsPerSecond: 10 }, more: { requestsPerMinute: 60 } } }, (all) => { at(all, 'Gateway/RateLimit-base').Entries = []; },
      ['undecided S/Gateway/RateLimit-base: GatewayRateLimit: Entries (Dimensions, Period, Rate)', 'narrowed S/Gateway: rate limit added']],
    ['a scope of a client, and another', { clientScopes: ['read', 'write'] }, (all) => { at(all, 'Machines/Reader/AppClient').AllowedOAuthScopes.push('agents/admin'); },
      ['widened S/Machines/Reader: scope added', 'widened S/Machines/Reader/AppClient: UserPoolClient: AllowedOAuthScopes added']],
    ['an owner, and a way in', { owner: AgentOwner.team('other', 'other@example.com') }, (all) => { at(all, 'Gateway').AuthorizerConfiguration.CustomJWTAuthorizer.AllowedAudience = ['evil']; },
      ['undecided S/Gateway: way in: details', 'owner-changed S/Agent: owner', 'owner-changed S/Gateway: owner', 'owner-changed S/Machines/Reader: owner']],
    ['an agent at another path, with other return URLs', { agentId: 'Renamed' }, (all) => { at(all, 'Renamed/Identity').AllowedResourceOauth2ReturnUrls = ['https://evil.example/']; },
      ['widened S/Renamed/Identity: WorkloadIdentity: AllowedResourceOauth2ReturnUrls added', 'narrowed S/Renamed/Identity: WorkloadIdentity: AllowedResourceOauth2ReturnUrls removed', 'moved S/Renamed: agent']],
    ['a gateway at another path, with another role', { gatewayId: 'Renamed' }, (all) => { at(all, 'Renamed').RoleArn = 'arn:aws:iam::111111111111:role/admin'; },
      ['undecided S/Renamed: Gateway: RoleArn', 'moved S/Renamed: gateway']],
  ])('%s', (_title, declared, change, expected) => expect(told(declaredApp(declared, change)).filter((each) => !each.startsWith('changed') || expected.includes(each))).toEqual(expected));
});

describe('values that may be credentials are never shown', () => {
  const parameters = (value: string): Change => (all) => {
    at(all, 'Gateway/crm').CredentialProviderConfigurations = [{
      CredentialProviderType: 'OAUTH',
      CredentialProvider: {
        OauthCredentialProvider: {
          ProviderArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/crm', Scopes: ['read'], CustomParameters: { api_key: value }, DefaultReturnUrl: `https://a.example/?key=${value}`,
        },
      },
    }];
  };
  const namedLikeShown = (value: string): Change => (all) => {
    parameters('same')(all);
    at(all, 'Gateway/crm').CredentialProviderConfigurations[0].CredentialProvider.OauthCredentialProvider.CustomParameters = { Scopes: value, Region: value, DefaultReturnUrl: [value] };
  };
  const torn = (value: string): Change => (all) => { at(all, 'Machines/Reader/AppClient').CallbackURLs = [`https://user:${value}/more@x.example/cb`]; };
  const target = (value: string): Change => (all) => add('Gateway/more', 'AWS::BedrockAgentCore::GatewayTarget', {
    Name: 'more',
    GatewayIdentifier: { 'Fn::GetAtt': [idOf(all, 'AWS::BedrockAgentCore::Gateway'), 'GatewayIdentifier'] },
    TargetConfiguration: { Mcp: { McpServer: { Endpoint: `https://x.example/mcp?key=${value}` } } },
    CredentialProviderConfigurations: [{ CredentialProviderType: 'API_KEY', CredentialProvider: { ApiKeyCredentialProvider: { ProviderArn: 'arn:p', CredentialPrefix: value } } }],
  })(all);
  const inbound = (value: string): Change => (all) => { at(all, 'Gateway').AuthorizerConfiguration.CustomJWTAuthorizer.DiscoveryUrl = `https://user:${value}@id.example/.well-known/openid-configuration`; };
  const callback = (value: string): Change => (all) => { at(all, 'Machines/Reader/AppClient').AllowedOAuthScopes = [`https://x.example/?key=${value}`]; };

  test.each<[string, Change, Change, string]>([
    ['custom parameters of a target, which are others now', parameters('sk-live-old'), parameters('sk-live-new'), 'undecided S/Gateway: target S/Gateway/crm: credentials'],
    ['custom parameters of a target, which come', () => undefined, parameters('sk-live-new'), 'undecided S/Gateway: target S/Gateway/crm: credentials'],
    ['custom parameters with the names of what is shown', namedLikeShown('sk-live-old'), namedLikeShown('sk-live-new'), 'undecided S/Gateway: target S/Gateway/crm: credentials'],
    ['an address with a slash in its password', () => undefined, torn('sk-live-new'), 'undecided S/Machines/Reader/AppClient: UserPoolClient: CallbackURLs'],
    ['a target that comes', () => undefined, target('sk-live-new'), 'added S/Gateway: target S/Gateway/more'],
    ['a target that goes', target('sk-live-old'), () => undefined, 'removed S/Gateway: target S/Gateway/more'],
    ['a target that is another', target('sk-live-old'), target('sk-live-new'), 'undecided S/Gateway/more: GatewayTarget: TargetConfiguration (Endpoint)'],
    ['an issuer with a password', () => undefined, inbound('sk-live-new'), 'undecided S/Gateway: way in: details'],
    ['scopes with a query', () => undefined, callback('sk-live-new'), 'undecided S/Machines/Reader/AppClient: UserPoolClient: AllowedOAuthScopes'],
  ])('%s', (_title, was, is, expected) => {
    const compared = compareApps(declaredApp({}, was), declaredApp({}, is));
    expect(compared.changes.map(({ kind, of, what }) => `${kind} ${of}: ${what}`)).toContain(expected);
    expect(JSON.stringify(compared)).not.toContain('sk-live');
  });

  test('but providers and scopes are, and the members of what is not shown', () => {
    const [change] = compareApps(declaredApp({}, parameters('one')), declaredApp({}, parameters('two'))).changes;
    expect(change.now).toContain('"Scopes":["read"]');
    expect(change.now).toContain('oauth2credentialprovider/crm');
    expect(change.now).toContain('"CustomParameters":{"api_key":"(not shown)"}');
    expect(change.now).toContain('where what is not shown is something else now');
  });
});
