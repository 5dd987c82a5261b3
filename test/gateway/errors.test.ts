import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_apigateway as apigateway, aws_iam as iam, aws_s3 as s3, CfnParameter, Stack } from 'aws-cdk-lib';
import { calendarFunction, crm, ENV, gatewayProps, ISSUER, REASON, stackIn, TARGETS, TOOLS, WAYS, weather } from './every-target';
import {
  ApiGatewayOperation, ApiKeyLocation, ApiSchema, ClaimShape, ClientSecret, CustomScope, GatewayInbound, GatewayProtocol, GatewayTarget,
  GoogleScope, InboundClaim, InputCondition, OAuth2Provider, OAuthGrantType, PolicyEnforcement, PrivateEndpoint, RolePermission,
  TargetCredentials, Tool, ToolAccess, ToolGateway, ToolParameter, ToolSchema,
} from '../../src';
import { Problems } from '../../src/declaration/problems';
import { expectSchemaFits } from '../../src/gateway/cedar-schema-length';
import { lateCodes } from '../errors/refusal';

/*
 * What is refused, where, and under which code. One row per contradiction.
 */
function codesOf(call: () => unknown): string[] {
  try {
    call();
    return [];
  } catch (error) {
    const { codes, message } = error as { codes?: string[]; message: string };
    // Each problem says what to do, and never shows a token's text.
    message.split('\n').forEach((line) => expect(line).toMatch(/^.+\. .+ \[[A-Za-z0-9]+\/[A-Za-z0-9]+\]( at .+)?$/));
    expect(message).not.toMatch(/Token\[/);
    return codes ?? [message];
  }
}

const stack = () => stackIn(new App());
const late = (scope: Stack) => new CfnParameter(scope, 'Late').valueAsString;
const gateway = (props = {}, scope = stack()) => new ToolGateway(scope, 'Gateway', gatewayProps(props));
const lambdaTarget = (on: ToolGateway, name = 'Calendar') => on.addTarget(name, GatewayTarget.lambdaFunction(calendarFunction(on, name), TOOLS), { credentials: TargetCredentials.gatewayRole() });
const nothing = undefined as never;
const oauth2 = (options: object, vendor?: string) => codesOf(() => TargetCredentials.oauth2(crm(stack(), 'crm', vendor), { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [], ...options }));
const scopes = (count: number, length = 1) => Array.from({ length: count }, (_each, index) => CustomScope.of(String(index).padStart(length, 'x')));
/** 200 tools whose JSON has so many letters. */
function toolsOf(length: number, letter = 'a'): ToolSchema {
  const named = (index: number, count: number) => Tool.named(`tool-${index}`, { description: letter.repeat(count) });
  const each = Math.floor(length / 200) - 100;
  const first = Array.from({ length: 199 }, (_each, index) => named(index, each));
  const left = length - JSON.stringify([...first, named(199, 1)].map(definitionOf)).length + 1;
  return ToolSchema.inline(...first, named(199, left));
}
const definitionOf = (tool: Tool) => ({ name: tool.name, description: (tool as any).options.description, inputSchema: { type: 'object', properties: {} } });
function fileOf(length: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tools-')), 'tools.json');
  const definition = (description: string) => JSON.stringify([{ name: 'a', description, inputSchema: {} }]);
  writeFileSync(path, definition('x'.repeat(length - definition('').length)));
  return path;
}
const operation = (path: string, options: object) => codesOf(() => ApiGatewayOperation.at(path, { methods: ['GET'], ...options }));
const forwards = (fields: object) => codesOf(() => gateway().addTarget('T', GatewayTarget.mcpServer('https://a.example.com'), { credentials: TargetCredentials.none(REASON), forwards: fields }));

test.each<[string, () => string[], string[]]>([
  ['a gateway without anything', () => codesOf(() => new ToolGateway(stack(), 'G', {} as never)), ['ToolGateway/OwnerMissing', 'ToolGateway/Inbound']],
  ['an unknown field', () => codesOf(() => gateway({ authorizer: 1 })), ['ToolGateway/UnknownField']],
  ['a name with underscores', () => codesOf(() => gateway({ gatewayName: 'my_tools' })), ['ToolGateway/Name']],
  ['a name with two hyphens in a row', () => codesOf(() => gateway({ gatewayName: 'my--tools' })), ['ToolGateway/Name']],
  ['a name of 49 characters', () => codesOf(() => gateway({ gatewayName: 'x'.repeat(49) })), ['ToolGateway/Name']],
  ['a long name that almost fits is refused at once', () => codesOf(() => gateway({ gatewayName: `${'x'.repeat(47)}_` })), ['ToolGateway/Name']],
  ['details of errors without a reason', () => codesOf(() => gateway({ errorDetailsForCallers: {} })), ['ToolGateway/Reason']],
  ['enforcement by a word', () => codesOf(() => gateway({ enforcement: 'LOG_ONLY' })), ['ToolGateway/Enforcement']],
  ['shadow mode without a reason', () => codesOf(() => PolicyEnforcement.logOnly({ reason: '' })), ['PolicyEnforcement/Reason']],
  ['no versions of MCP', () => codesOf(() => gateway({ mcpVersions: [] })), ['ToolGateway/McpVersions']],
  ['MCP on HTTP', () => codesOf(() => gateway({ protocol: GatewayProtocol.HTTP, semanticSearch: true })), ['ToolGateway/McpOnHttp']],

  ['no issuer', () => codesOf(() => GatewayInbound.jwt({ audiences: ['a'] })), ['GatewayInbound/Issuer']],
  ['an issuer without https', () => codesOf(() => GatewayInbound.jwt({ issuer: 'http://a.example.com', audiences: ['a'] })), ['GatewayInbound/Issuer']],
  ['a discovery address that is none', () => codesOf(() => GatewayInbound.jwt({ discoveryUrl: ISSUER, audiences: ['a'] })), ['GatewayInbound/Issuer']],
  ['a late discovery address alone', () => codesOf(() => GatewayInbound.jwt({ discoveryUrl: late(stack()), audiences: ['a'] })), ['GatewayInbound/Issuer']],
  ['neither audience nor client', () => codesOf(() => GatewayInbound.jwt({ issuer: ISSUER, scopes: ['a'] })), ['GatewayInbound/AudienceOrClient']],
  ['an empty list', () => codesOf(() => GatewayInbound.jwt({ issuer: ISSUER, audiences: [] })), ['GatewayInbound/Filter']],
  ['a variable of IAM', () => codesOf(() => GatewayInbound.jwt({ issuer: ISSUER, audiences: ['${aws:userid}'] })), ['GatewayInbound/Filter']],
  ['any client without a filter', () => codesOf(() => GatewayInbound.jwtForAnyClient({ issuer: ISSUER, ...REASON })), ['GatewayInbound/Filter']],
  ['any client without a reason', () => codesOf(() => GatewayInbound.jwtForAnyClient({ issuer: ISSUER, scopes: ['a'], reason: 'so' })), ['GatewayInbound/Reason']],
  ['any signature without a reason', () => codesOf(() => GatewayInbound.authenticateOnly(nothing)), ['GatewayInbound/Reason']],
  ['everybody without a reason', () => codesOf(() => GatewayInbound.none({ reason: '         ' })), ['GatewayInbound/Reason']],
  ['the claim scp', () => codesOf(() => InboundClaim.contains('scp', 'a')), ['InboundClaim/Name']],
  ['a claim without values', () => codesOf(() => InboundClaim.containsAny('a', [])), ['InboundClaim/Value']],
  ['a claim without a value', () => codesOf(() => InboundClaim.hasValue('a', '')), ['InboundClaim/Value']],
  ['a VPC without subnets', () => codesOf(() => PrivateEndpoint.managedVpc({ vpc: nothing, subnets: [] })), ['PrivateEndpoint/Subnets']],

  ['a target name with an underscore', () => codesOf(() => lambdaTarget(gateway(), 'my_target')), ['GatewayTarget/Name']],
  ['a late target name', () => { const on = gateway(); return codesOf(() => on.addTarget(late(on.stack), GatewayTarget.mcpServer('https://a.example.com'), { credentials: TargetCredentials.none(REASON) })); }, ['GatewayTarget/Name']],
  ['a target name twice, apart from capitals', () => { const on = gateway(); lambdaTarget(on, 'Calendar'); return codesOf(() => lambdaTarget(on, 'calendar')); }, ['GatewayTarget/Name']],
  ['a target that is called like a part of the gateway', () => codesOf(() => lambdaTarget(gateway(), 'Role')), ['GatewayTarget/Name']],
  ['the 101st target', () => {
    const on = gateway();
    const more = (index: number) => on.addTarget(`T${index}`, GatewayTarget.mcpServer('https://a.example.com'), { credentials: TargetCredentials.none(REASON) });
    for (let index = 0; index < 100; index++) more(index);
    return codesOf(() => more(100));
  }, ['GatewayTarget/TooMany']],
  ['no target and no credentials', () => codesOf(() => gateway().addTarget('T', nothing, {} as never)), ['GatewayTarget/NotATarget', 'GatewayTarget/Credentials']],
  ['a provider of another region', () => {
    const elsewhere = OAuth2Provider.fromProviderArn(stack(), 'P', 'arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/oauth2credentialprovider/crm', { clientSecret: ClientSecret.managedByAgentCore() });
    return codesOf(() => gateway().addTarget('T', GatewayTarget.openApi(ApiSchema.inline('{}')), { credentials: TargetCredentials.oauth2(elsewhere, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }) }));
  }, ['GatewayTarget/ProviderElsewhere']],

  ['a Lambda function that is none, without tools', () => codesOf(() => GatewayTarget.lambdaFunction({} as never, nothing)), ['GatewayTarget/Function', 'GatewayTarget/ToolSchema']],
  ['an API without a schema', () => codesOf(() => GatewayTarget.openApi(nothing)), ['GatewayTarget/ApiSchema']],
  ['an MCP server without https', () => codesOf(() => GatewayTarget.mcpServer('http://a.example.com')), ['GatewayTarget/Endpoint']],
  ['an MCP server with a strange priority', () => codesOf(() => GatewayTarget.mcpServer('https://a.example.com', { resourcePriority: -1 })), ['GatewayTarget/Priority']],
  ['a REST API that is none', () => codesOf(() => GatewayTarget.apiGateway({} as never, { stage: '*', operations: [] })), ['GatewayTarget/RestApi', 'GatewayTarget/Stage', 'GatewayTarget/Operations']],
  ['a path twice', () => codesOf(() => GatewayTarget.apiGateway(apigateway.RestApi.fromRestApiId(stack(), 'A', 'a'), {
    stage: 'prod', operations: [ApiGatewayOperation.at('/a', { methods: ['GET'] }), ApiGatewayOperation.at('/a', { methods: ['POST'] })],
  })), ['GatewayTarget/Operations']],
  ['a runtime that is none', () => codesOf(() => GatewayTarget.agentRuntime({} as never)), ['GatewayTarget/Runtime']],
  ['a path without a slash', () => operation('pets', {}), ['ApiGatewayOperation/Path']],
  ['a wildcard within a path', () => operation('/a/*/b', {}), ['ApiGatewayOperation/Path']],
  ['a variable of IAM in a path', () => operation('/${aws:userid}', {}), ['ApiGatewayOperation/Path']],
  ['a method in small letters', () => operation('/a', { methods: ['get'] }), ['ApiGatewayOperation/Methods']],
  ['any method', () => operation('/a', { methods: ['ANY'] }), ['ApiGatewayOperation/Methods']],
  ['a tool of two methods', () => operation('/a', { methods: ['GET', 'PUT'], toolName: 'a' }), ['ApiGatewayOperation/ToolName']],
  ['a schema in a whole bucket', () => codesOf(() => ApiSchema.fromS3(s3.Bucket.fromBucketName(stack(), 'B', 'schemas'), '*')), ['Schema/ObjectKey']],
  ['an empty schema', () => codesOf(() => ApiSchema.inline(' ')), ['ApiSchema/Text']],
  ['a schema of 1,000,000 bytes', () => codesOf(() => ApiSchema.inline('x'.repeat(1_000_000))), []],
  ['a schema of 1,000,001 bytes', () => codesOf(() => ApiSchema.inline('x'.repeat(1_000_001))), ['ApiSchema/Text']],
  ['a schema of 500,001 letters of two bytes', () => codesOf(() => ApiSchema.inline('ä'.repeat(500_001))), ['ApiSchema/Text']],
  ['a schema that is not there', () => codesOf(() => ApiSchema.fromFile('/nowhere/at/all')), ['ApiSchema/Text']],
  ['tools that are not there', () => codesOf(() => ToolSchema.fromFile('/nowhere/at/all')), ['ToolSchema/File']],
  ['a file without tools', () => codesOf(() => ToolSchema.fromFile(require.resolve('../../package.json'))), ['ToolSchema/File']],
  ['no tools', () => codesOf(() => ToolSchema.inline()), ['ToolSchema/Tools']],
  ['a tool twice', () => codesOf(() => ToolSchema.inline(Tool.named('a', { description: 'a' }), Tool.named('a', { description: 'b' }))), ['ToolSchema/Tools']],
  ['tools of 1,000,000 bytes', () => codesOf(() => toolsOf(1_000_000)), []],
  ['tools of 1,000,001 bytes', () => codesOf(() => toolsOf(1_000_001)), ['ToolSchema/Tools']],
  ['tools of fewer letters and as many bytes', () => codesOf(() => toolsOf(600_000, 'ä')), ['ToolSchema/Tools']],
  ['tools of 1,000,000 bytes in a file', () => codesOf(() => ToolSchema.fromFile(fileOf(1_000_000))), []],
  ['tools of 1,000,001 bytes in a file', () => codesOf(() => ToolSchema.fromFile(fileOf(1_000_001))), ['ToolSchema/File']],
  ['a tool name with quotes, without a description', () => codesOf(() => Tool.named('a"b', { description: '' })), ['Tool/Name', 'Tool/Description']],
  ['a structure without members', () => codesOf(() => ToolParameter.structure({})), ['ToolParameter/Members']],
  ['the header Authorization', () => forwards({ requestHeaders: ['authorization'] }), ['ForwardedFields/Refused']],
  ['a header of AWS', () => forwards({ requestHeaders: ['X-Amzn-Trace', 'X-Amzn-Bedrock-AgentCore-Runtime-Custom-A'] }), ['ForwardedFields/Refused']],
  ['eleven parameters', () => forwards({ queryParameters: scopes(11).map(({ value }) => `p${value}`) }), ['ForwardedFields/Names']],
  ['an unknown kind of field', () => forwards({ cookies: ['a'] }), ['ForwardedFields/UnknownField']],

  ['a region without a service', () => codesOf(() => TargetCredentials.gatewayRole({ region: 'eu-west-1' })), ['TargetCredentials/Role']],
  ['all actions of a service', () => codesOf(() => RolePermission.to({ actions: ['s3:*'], resources: ['arn:aws:s3:::a'] })), ['RolePermission/Actions']],
  ['actions that hand out tokens', () => codesOf(() => RolePermission.to({ actions: ['bedrock-agentcore:GetWorkloadAccessTokenForUserId'], resources: ['arn:a'] })), ['RolePermission/Actions']],
  ['another role', () => codesOf(() => RolePermission.to({ actions: ['sts:AssumeRole'], resources: ['arn:a'] })), ['RolePermission/Actions']],
  ['every resource without a reason', () => codesOf(() => RolePermission.to({ actions: ['s3:GetObject'], resources: ['*'] })), ['RolePermission/Resources']],
  ['no credentials without a reason', () => codesOf(() => TargetCredentials.none(nothing)), ['TargetCredentials/Reason']],
  ['an OAuth2 provider as API-key provider, nowhere', () => codesOf(() => TargetCredentials.apiKey(crm(stack()) as never, {} as never)), ['TargetCredentials/Provider', 'TargetCredentials/Location']],
  ['an API-key provider as OAuth2 provider', () => codesOf(() => TargetCredentials.oauth2(weather(stack()) as never, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] })), ['TargetCredentials/Provider']],
  ['a header that is none', () => codesOf(() => ApiKeyLocation.header('X Key')), ['ApiKeyLocation/Name']],
  ['an unknown grant type', () => oauth2({ grantType: 'PASSWORD' }), ['TargetCredentials/GrantType']],
  ['client credentials at GitHub', () => oauth2({}, 'GithubOauth2'), ['TargetCredentials/NoClientCredentials']],
  ['client credentials at Slack', () => oauth2({}, 'SlackOauth2'), ['TargetCredentials/NoClientCredentials']],
  ['client credentials at Salesforce', () => oauth2({}, 'SalesforceOauth2'), []],
  ['users\' consent at GitHub', () => oauth2({ grantType: OAuthGrantType.AUTHORIZATION_CODE, defaultReturnUrl: 'https://a.example.com/return' }, 'GithubOauth2'), []],
  ['an exchange at a vendor without one', () => oauth2({ grantType: OAuthGrantType.TOKEN_EXCHANGE }, 'GoogleOauth2'), ['TargetCredentials/ExchangeNotConfigured']],
  ['an exchange that the import does not tell', () => oauth2({ grantType: OAuthGrantType.TOKEN_EXCHANGE }), ['TargetCredentials/ExchangeNotConfigured']],
  ['an exchange at Microsoft', () => oauth2({ grantType: OAuthGrantType.TOKEN_EXCHANGE }, 'MicrosoftOauth2'), []],
  ['no scopes', () => oauth2({ scopes: [] }), []],
  ['100 scopes of 64 characters', () => oauth2({ scopes: scopes(100, 64) }), []],
  ['101 scopes', () => oauth2({ scopes: scopes(101) }), ['TargetCredentials/Scopes']],
  ['a scope of 65 characters', () => oauth2({ scopes: scopes(1, 65) }), ['TargetCredentials/Scopes']],
  ['a scope twice', () => oauth2({ scopes: [CustomScope.of('a'), CustomScope.of('a')] }), ['TargetCredentials/Scopes']],
  ['a scope of another vendor', () => oauth2({ scopes: [GoogleScope.CALENDAR_READONLY] }, 'SalesforceOauth2'), ['TargetCredentials/Scopes']],
  ['a scope as text', () => oauth2({ scopes: ['a'] }), ['TargetCredentials/Scopes']],
  ['consent without a page to return to', () => oauth2({ grantType: OAuthGrantType.AUTHORIZATION_CODE }), ['TargetCredentials/ReturnUrl']],
  ['a page to return to without consent', () => oauth2({ defaultReturnUrl: 'https://a.example.com' }), ['TargetCredentials/ReturnUrl']],
  ['a page without https', () => oauth2({ grantType: OAuthGrantType.AUTHORIZATION_CODE, defaultReturnUrl: 'http://a.example.com' }), ['TargetCredentials/ReturnUrl']],
  ['eleven custom parameters', () => oauth2({ customParameters: Object.fromEntries(scopes(11).map(({ value }) => [value, value])) }), ['TargetCredentials/CustomParameters']],
  ['a custom parameter with a blank in its name', () => oauth2({ customParameters: { 'bad name!': 'a' } }), ['TargetCredentials/CustomParameters']],
  ['a custom parameter without a name', () => oauth2({ customParameters: { '': 'a' } }), ['TargetCredentials/CustomParameters']],
  ['a custom parameter whose name has 257 characters', () => oauth2({ customParameters: { ['x'.repeat(257)]: 'a' } }), ['TargetCredentials/CustomParameters']],
  ['a custom parameter of 2049 characters', () => oauth2({ customParameters: { prompt: 'x'.repeat(2049) } }), ['TargetCredentials/CustomParameters']],
  ['an empty custom parameter', () => oauth2({ customParameters: { prompt: '' } }), ['TargetCredentials/CustomParameters']],
  ['a custom parameter that is a number', () => oauth2({ customParameters: { max_age: 1 } }), ['TargetCredentials/CustomParameters']],
  ['the longest custom parameter', () => oauth2({ customParameters: { [`a-Z_0.${'x'.repeat(250)}`]: 'x'.repeat(2048), late: late(stack()) } }), []],
  ['the grant type as custom parameter', () => oauth2({ customParameters: { grant_type: 'password' } }), ['TargetCredentials/CustomParameters']],

  ['no scope needed', () => codesOf(() => ToolAccess.allScopes()), ['ToolAccess/Scopes']],
  ['two scopes in one', () => codesOf(() => ToolAccess.allScopes('a b')), ['ToolAccess/Scopes']],
  ['a scope with a quote', () => codesOf(() => ToolAccess.anyScope('a"b')), ['ToolAccess/Scopes']],
  ['a scope with a backslash', () => codesOf(() => ToolAccess.anyScope('a\\b')), ['ToolAccess/Scopes']],
  ['a late scope', () => codesOf(() => ToolAccess.allScopes(late(stack()))), ['ToolAccess/Scopes']],
  ['a late group', () => codesOf(() => ToolAccess.group(late(stack()))), ['ToolAccess/Claim']],
  ['a group between blanks that has one', () => codesOf(() => ToolAccess.group('Domain Admins', { shape: ClaimShape.BLANK_SEPARATED })), ['ToolAccess/Claim']],
  ['a group that has one, where values may stand between blanks', () => codesOf(() => ToolAccess.group('Domain Admins', { shape: ClaimShape.ANY_LIST })), ['ToolAccess/Claim']],
  ['a group that has one', () => codesOf(() => ToolAccess.group('Domain Admins')), []],
  ['a group that begins like JSON, in an array', () => codesOf(() => ToolAccess.group('[EU] Admins', { shape: ClaimShape.JSON_ARRAY })), []],
  ['a group with a line break', () => codesOf(() => ToolAccess.group('a\nb')), ['ToolAccess/Claim']],
  ['a group with half a character', () => codesOf(() => ToolAccess.group('a\ud800')), ['ToolAccess/Claim']],
  ['a group that begins like JSON', () => codesOf(() => ToolAccess.group('["a"]')), ['ToolAccess/Claim']],
  ['a group that begins like the rest of JSON', () => codesOf(() => ToolAccess.group(',a', { shape: ClaimShape.JSON_ARRAY })), ['ToolAccess/Claim']],
  ['a claim with quotes in its name', () => codesOf(() => ToolAccess.claim('a"', 'b')), ['ToolAccess/Claim']],
  ['no role', () => codesOf(() => ToolAccess.iamRole('arn:aws:iam::111111111111:role/a' as never)), ['ToolAccess/Role']],
  ['every caller without a reason', () => codesOf(() => ToolAccess.everyCaller({ reason: 'all' })), ['ToolAccess/Reason']],
  ['nobody and somebody', () => codesOf(() => ToolAccess.anyOf(ToolAccess.nobody(), ToolAccess.allScopes('a'))), ['ToolAccess/Combined']],
  ['a token and a role', () => codesOf(() => ToolAccess.allOf(ToolAccess.allScopes('a'), ToolAccess.iamRole(iam.Role.fromRoleName(stack(), 'R', 'r')))), ['ToolAccess/Combined']],
  ['two users at once', () => codesOf(() => ToolAccess.allOf(ToolAccess.subject('user-1'), ToolAccess.subject('user-2'))), ['ToolAccess/Contradiction']],
  ['one user twice', () => codesOf(() => ToolAccess.allOf(ToolAccess.subject('user-1'), ToolAccess.subject('user-1'))), []],
  ['two roles at once', () => codesOf(() => ToolAccess.allOf(...['a', 'b'].map((name) => ToolAccess.iamRole(iam.Role.fromRoleName(stack(), name, name))))), ['ToolAccess/Contradiction']],
  ['two roles of which one has a late name', () => codesOf(() => ToolAccess.allOf(...['a', late(stack())].map((name) => ToolAccess.iamRole(iam.Role.fromRoleName(stack(), 'R', name))))), []],
  ['two values of a claim that has one', () => codesOf(() => ToolAccess.allOf(ToolAccess.claim('department', 'hr'), ToolAccess.allScopes('a'), ToolAccess.claim('department', 'sales'))), ['ToolAccess/Contradiction']],
  ['two values of a claim that lists them', () => codesOf(() => ToolAccess.allOf(...['hr', 'sales'].map((value) => ToolAccess.claim('roles', value, { shape: ClaimShape.ANY_LIST })))), []],
  ['one value of two claims', () => codesOf(() => ToolAccess.allOf(ToolAccess.claim('department', 'hr'), ToolAccess.claim('office', 'oslo'))), []],
  ['a user, and one of two others', () => codesOf(() => ToolAccess.allOf(ToolAccess.subject('c'), ToolAccess.anyOf(ToolAccess.subject('a'), ToolAccess.subject('b')))), ['ToolAccess/Contradiction']],
  ['a user, and one of two with that one', () => codesOf(() => ToolAccess.allOf(ToolAccess.subject('b'), ToolAccess.anyOf(ToolAccess.subject('a'), ToolAccess.subject('b')))), []],
  ['a user, and another or a group', () => codesOf(() => ToolAccess.allOf(ToolAccess.subject('c'), ToolAccess.anyOf(ToolAccess.subject('a'), ToolAccess.group('hr')))), []],
  ['two users, one of whom suffices', () => codesOf(() => ToolAccess.anyOf(ToolAccess.subject('a'), ToolAccess.subject('b'))), []],
  ['a flag that is set and is not', () => codesOf(() => ToolAccess.allScopes('a').whenInput(InputCondition.flagIs('draft', true), InputCondition.flagIs('draft', false))), ['ToolAccess/Contradiction']],
  ['an argument of two lists that share nothing', () => codesOf(() => ToolAccess.allScopes('a').whenInput(InputCondition.textIsOneOf('city', 'Oslo', 'Rome'), InputCondition.textIsOneOf('city', 'Bonn'))), ['ToolAccess/Contradiction']],
  ['an argument of two lists that share one', () => codesOf(() => ToolAccess.allScopes('a').whenInput(InputCondition.textIsOneOf('city', 'Oslo', 'Rome'), InputCondition.textIsOneOf('city', 'Rome'))), []],
  ['nobody, under a condition', () => codesOf(() => ToolAccess.nobody().whenInput(InputCondition.flagIs('a', true))), ['ToolAccess/Combined']],
  ['an argument without a name', () => codesOf(() => InputCondition.flagIs('a..b', true)), ['InputCondition/Argument']],
  ['a range without bounds', () => codesOf(() => InputCondition.integerIn('a', {})), ['InputCondition/Value']],
  ['an empty range', () => codesOf(() => InputCondition.integerIn('a', { atLeast: 2, atMost: 1 })), ['InputCondition/Value']],
  ['half a whole number', () => codesOf(() => InputCondition.integerIn('a', { atMost: 1.5 })), ['InputCondition/Value']],
  ['more decimals than Cedar has', () => codesOf(() => InputCondition.decimalIn('a', { atMost: 0.00001 })), ['InputCondition/Value']],
  ['no texts', () => codesOf(() => InputCondition.textIsOneOf('a')), ['InputCondition/Value']],
  ['a tool that the target does not have', () => codesOf(() => lambdaTarget(gateway()).tool('list_event')), ['ToolTarget/UnknownTool']],
  ['an operation of a Lambda function', () => codesOf(() => lambdaTarget(gateway()).operation('POST', '/a')), ['ToolTarget/NotAnOperation']],
  ['a tool of a runtime', () => { const on = gateway({ protocol: GatewayProtocol.HTTP }); return codesOf(() => on.addTarget('T', TARGETS.agentRuntime(on), { credentials: WAYS.gatewayRole(on.stack) }).tool('a')); }, ['ToolTarget/NotATool']],
  ['an operation that is none', () => { const on = gateway({ protocol: GatewayProtocol.HTTP }); return codesOf(() => on.addTarget('T', TARGETS.agentRuntime(on), { credentials: WAYS.gatewayRole(on.stack) }).operation('PUT', '/a')); }, ['ToolTarget/Operation']],
  ['all tools without a reason', () => codesOf(() => lambdaTarget(gateway()).everyTool({ reason: '' })), ['ToolTarget/Reason']],
  ['what a tool requires, twice', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').requires(ToolAccess.allScopes('a')).requires(ToolAccess.allScopes('b'))), ['GatewayTool/RequiresTwice']],
  ['what a tool requires, by a word', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').requires('admin' as never)), ['GatewayTool/Access']],
  ['a forbid without a reason', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').forbids(ToolAccess.group('a'), { reason: '' })), ['GatewayTool/Reason']],
  ['a forbid for all but everybody', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').forbidsUnless(ToolAccess.everyCaller(REASON), REASON)), ['GatewayTool/ForbidsNobody']],
  ['a forbid for all but some and everybody', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').forbidsUnless(ToolAccess.anyOf(ToolAccess.group('a'), ToolAccess.everyCaller(REASON)), REASON)), ['GatewayTool/ForbidsNobody']],
  ['a forbid for all but a group of everybody', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').forbidsUnless(ToolAccess.allOf(ToolAccess.group('a'), ToolAccess.everyCaller(REASON)), REASON)), []],
  ['a forbid for nobody', () => codesOf(() => lambdaTarget(gateway()).tool('list_events').forbids(ToolAccess.nobody(), REASON)), ['GatewayTool/Access']],
])('%s', (_what, call, codes) => expect(call()).toEqual(codes));

describe('at synthesis, once everything is said', () => {
  const codesAtSynthesis = (declare: (on: ToolGateway) => void, props = {}) => {
    const app = new App();
    declare(gateway(props, stackIn(app)));
    return lateCodes(app);
  };
  /** Each tool has 10,017 bytes: 17 of its name behind the target's, and 100 parameters of 96 and 4 of the type. */
  const wide = (on: ToolGateway, count: number) => on.addTarget('Wide', GatewayTarget.lambdaFunction(calendarFunction(on), ToolSchema.inline(...Array.from({ length: count }, (_each, index) => Tool.named(`tool-${String(index).padStart(5, '0')}`, {
    description: 'Has many parameters',
    parameters: Object.fromEntries(Array.from({ length: 100 }, (_parameter, at) => [`${at}`.padStart(96, 'p'), ToolParameter.text()])),
  })))), { credentials: TargetCredentials.gatewayRole() }).everyTool(REASON).requires(ToolAccess.allScopes('a'));
  test('tools and parameters that a Cedar schema may just hold', () => {
    const problems = new Problems();
    const on = gateway();
    wide(on, 39);
    expectSchemaFits(problems, on);
    expect(problems.any).toBe(false);
  });

  test.each<[string, string, object, string[]]>([
    ['the same name', 'tools', ENV, ['ToolGateway/NameTwice at Stack/Gateway', 'ToolGateway/NameTwice at Other/Gateway']],
    ['the same but for capital letters', 'Tools', ENV, ['ToolGateway/NameTwice at Stack/Gateway', 'ToolGateway/NameTwice at Other/Gateway']],
    ['another name', 'tools-2', ENV, []],
    ['the same name in another region', 'tools', { ...ENV, region: 'us-east-1' }, []],
    ['the same name in another account', 'tools', { ...ENV, account: '222222222222' }, []],
  ])('two gateways: %s', (_what, gatewayName, env, codes) => {
    const app = new App();
    gateway({}, stackIn(app));
    gateway({ gatewayName }, new Stack(app, 'Other', { env }));
    expect(lateCodes(app)).toEqual(codes);
  });

  test('two gateways whose names only deployment knows may be different', () => {
    const app = new App();
    const on = stackIn(app);
    const gatewayName = late(on);
    ['A', 'B'].forEach((id) => new ToolGateway(on, id, gatewayProps({ gatewayName })));
    expect(lateCodes(app)).toEqual([]);
  });

  const rest = (on: ToolGateway, tool = 'delete_event') => on.targets[0].tool(tool).requires(ToolAccess.nobody());

  test.each<[string, () => string[], string[]]>([
    ['a tool of which nothing is said', () => codesAtSynthesis((on) => lambdaTarget(on).tool('list_events').requires(ToolAccess.allScopes('a'))), ['ToolTarget/ToolWithoutAccess']],
    ['a tool that is only forbidden', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').forbids(ToolAccess.group('a'), REASON); rest(on); }), ['ToolTarget/ToolWithoutAccess']],
    ['a target of which nothing is said', () => codesAtSynthesis((on) => on.addTarget('T', GatewayTarget.mcpServer('https://a.example.com'), { credentials: TargetCredentials.none(REASON) })), ['ToolTarget/ToolWithoutAccess']],
    ['scopes where callers have IAM', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.allScopes('a')); rest(on); }, { inbound: GatewayInbound.iam() }), ['GatewayTool/OtherCallers']],
    ['a role where callers have tokens', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.iamRole(iam.Role.fromRoleName(on, 'R', 'r'))); rest(on); }), ['GatewayTool/OtherCallers']],
    ['scopes where nobody is asked', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.allScopes('a')); rest(on); }, { inbound: GatewayInbound.none(REASON) }), ['GatewayTool/OtherCallers']],
    ['a condition on an argument that the tool does not have', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.allScopes('a').whenInput(InputCondition.flagIs('draft', true))); rest(on); }), ['GatewayTool/Input']],
    ['a condition on an argument of another type', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.allScopes('a').whenInput(InputCondition.textStartsWith('limit', '1'))); rest(on); }), ['GatewayTool/Input']],
    ['more scopes together than a policy holds', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.allScopes(...scopes(40, 20).map(({ value }) => value))); rest(on); }), ['GatewayTool/PolicyTooLong']],
    ['more tools and parameters than a Cedar schema may hold', () => codesAtSynthesis((on) => wide(on, 40)), ['ToolGateway/SchemaTooLong']],
    ['more policies than an engine holds', () => codesAtSynthesis((on) => { lambdaTarget(on).tool('list_events').requires(ToolAccess.anyScope(...scopes(400, 40).map(({ value }) => value))); rest(on); }), ['ToolGateway/TooManyPolicies']],
  ])('%s', (_what, call, codes) => expect(call().map((code) => code.replace(/ at .*/, ''))).toEqual(codes));
});
