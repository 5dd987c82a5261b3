import { CLOSE, Declared, declaredApp, ISSUER, LIST } from './declared-app';
import { AgentOwner, Tool } from '../../src';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';

/* What is declared otherwise stands in the report and in the templates, and is told once, in the words of the report. */

const PLAIN: Declared = {};
let plain: ComparedApp | undefined;

/** What is told beside the policies, which have tests of their own. */
function told(before: Declared, now: Declared): string[] {
  return compareApps(before === PLAIN ? plain ??= declaredApp(PLAIN) : declaredApp(before), declaredApp(now)).changes
    .filter(({ subject }) => !['IAM', 'trust', 'resource policy', 'capability', 'tool', 'Cedar policy'].includes(subject))
    .map(({ kind, subject, of, what }) => `${kind} ${subject} ${of}: ${what}`);
}

test.each<[string, Declared, Declared, string[]]>([
  ['nothing', PLAIN, {}, []],
  ['a return URL', PLAIN, { identityUrls: ['https://a.example/return', 'https://b.example/return'] }, ['widened agent S/Agent: return URL added']],
  ['other return URLs', PLAIN, { identityUrls: ['https://b.example/return'] }, [
    'widened agent S/Agent: return URL added',
    'narrowed agent S/Agent: return URL removed',
  ]],
  ['an owner', PLAIN, { owner: AgentOwner.team('other', 'other@example.com') }, [
    'owner-changed agent S/Agent: owner',
    'owner-changed gateway S/Gateway: owner',
    'owner-changed machine client S/Machines/Reader: owner',
  ]],
  ['an agent at another path', PLAIN, { agentId: 'Renamed' }, [
    'moved agent S/Renamed: agent',
    'changed provider S/Google: used by',
    'changed agent S/Renamed: left to others',
    'changed agent S/Renamed: no longer left to others',
  ]],
  ['a gateway at another path', PLAIN, { gatewayId: 'Renamed' }, [
    'moved gateway S/Renamed: gateway',
    'changed gateway S/Renamed: role',
    'changed AgentCore resource S/Renamed/PolicyEngine: PolicyEngine: Name',
  ]],
  ['a client id', PLAIN, { clientId: 'other' }, ['undecided provider S/Google: client id']],
  ['a secret', PLAIN, { secretId: 'OtherSecret' }, ['changed provider S/Google: where the secret is kept']],
  ['a member of a secret', PLAIN, { jsonKey: 'other' }, ['changed provider S/Google: member of the secret']],
  // All that the provider is configured with stands for another vendor now.
  ['a vendor', PLAIN, { gitHub: true }, [
    'undecided AgentCore resource S/Google: OAuth2CredentialProvider: Oauth2ProviderConfigInput (ClientId, ClientSecretSource, JsonKey, SecretId)',
    'undecided provider S/Google: vendor',
  ]],
  ['the secret of a key', PLAIN, { keySecretId: 'OtherSecret' }, ['changed provider S/Weather: where the secret is kept']],
  ['an audience', PLAIN, { inbound: { issuer: ISSUER, audiences: ['gateway', 'more'] } }, ['widened gateway S/Gateway: audience added']],
  ['an issuer', PLAIN, { inbound: { issuer: 'https://other.example', audiences: ['gateway'] } }, [
    'widened gateway S/Gateway: issuer added',
    'narrowed gateway S/Gateway: issuer removed',
  ]],
  ['clients', PLAIN, { inbound: { issuer: ISSUER, audiences: ['gateway'], clients: ['portal'], scopes: ['call'] } }, [
    'narrowed gateway S/Gateway: now limited by client',
    'narrowed gateway S/Gateway: now limited by scope',
  ]],
  ['errors', PLAIN, { anyErrors: true }, ['widened gateway S/Gateway: callers see what targets answered in errors']],
  ['a key', PLAIN, { gatewayKey: true }, ['guard-strengthened gateway S/Gateway: customer key']],
  ['an interceptor', PLAIN, { interceptor: 'Other' }, ['undecided gateway S/Gateway: functions through which calls pass']],
  ['a rate limit more', PLAIN, { limits: { base: { requestsPerSecond: 10 }, more: { requestsPerMinute: 60 } } }, ['narrowed gateway S/Gateway: rate limit added']],
  ['no rate limit', PLAIN, { limits: {} }, ['widened gateway S/Gateway: rate limit removed']],
  ['another rate limit', PLAIN, { limits: { base: { requestsPerSecond: 100 } } }, [
    'widened gateway S/Gateway: rate limit removed',
    'narrowed gateway S/Gateway: rate limit added',
  ]],
  ['a target more', PLAIN, { targets: ['crm', 'erp'] }, ['added gateway S/Gateway: target erp']],
  ['a target less', { targets: ['crm', 'erp'] }, {}, ['removed gateway S/Gateway: target erp']],
  // Only its rule, which is told among tools.
  ['a tool', PLAIN, { tools: [LIST, CLOSE] }, []],
  ['a description of a tool', PLAIN, { tools: [Tool.named('list', { description: 'Lists all' })] }, ['changed AgentCore resource S/Gateway/crm: GatewayTarget: descriptions and schemas of tools (Description)']],
  ['a function', PLAIN, { functionId: 'Other' }, ['undecided gateway S/Gateway: target crm: what it calls']],
  ['a target called otherwise', PLAIN, { target: 'clientCredentials' }, [
    'widened gateway S/Gateway: target crm: scope added',
    'undecided gateway S/Gateway: target crm: called as whom',
    'undecided gateway S/Gateway: target crm: what it calls',
    'undecided AgentCore resource S/Gateway/crm: GatewayTarget: TargetConfiguration (InlinePayload, Name)',
    'changed provider S/CrmProvider: used by',
    // What Cedar is not asked about an MCP server.
    'changed gateway S/Gateway: left to others',
    'changed gateway S/Gateway: target crm: kind',
    'changed gateway S/Gateway: target crm: provider',
  ]],
  ['a scope of a target', { target: 'clientCredentials' }, { target: 'clientCredentials', targetScopes: ['a', 'b'] }, ['widened gateway S/Gateway: target crm: scope added']],
  ['a scope of a machine client', PLAIN, { clientScopes: ['read', 'write'] }, ['widened machine client S/Machines/Reader: scope added']],
  ['a machine client more', PLAIN, { clients: ['Reader', 'Writer'] }, ['added machine client S/Machines/Writer: machine client']],
  ['a machine client less', { clients: ['Reader', 'Writer'] }, {}, ['removed machine client S/Machines/Writer: machine client']],
  ['the key of the token vault', PLAIN, { vaultKey: 'OtherKey' }, ['changed token vault S/Vault: customer key of the token vault']],
])('%s', (_title, before, now, expected) => expect(told(before, now)).toEqual(expected));
