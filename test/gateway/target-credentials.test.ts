import { App } from 'aws-cdk-lib';
import { gatewayProps, jwt, stackIn, TARGETS, TOOLS, WAYS } from './every-target';
import { GatewayInbound, GatewayProtocol, McpListing, ToolAccess, ToolGateway } from '../../src';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/*
 * AWS's table of outbound authorization, cell by cell, as its developer guide has it (gateway-outbound-auth, and
 * gateway-target-http-passthrough for the last row). A cell that AWS leaves empty, or does not split out, is refused.
 */
const COLUMNS = ['none', 'gatewayRole', 'callerIam', 'clientCredentials', 'authorizationCode', 'tokenExchange', 'jwtPassthrough', 'apiKey'];
const TABLE: [string, string][] = [
  ['apiGateway', 'yes yes - -   -   -   -   yes'],
  ['lambdaFunction', '- yes - -   -   -   -   -'],
  ['mcpServer', 'yes yes - yes yes yes - yes'],
  ['openApi', 'yes yes - yes yes yes - yes'],
  ['smithy', '- yes - yes - - - -'],
  ['agentRuntime', '- yes yes yes - - yes -'],
  ['httpPassthrough', '- yes yes yes - - yes yes'],
];
const HTTP = ['agentRuntime', 'httpPassthrough'];
/** Targets whose requests must name the service that they are signed for. */
const NAMES_SERVICE = ['mcpServer', 'openApi', 'httpPassthrough'];

function add(target: string, way: string): { app: App; codes: string[]; message: string } {
  const app = new App();
  const stack = stackIn(app);
  const protocol = HTTP.includes(target) ? GatewayProtocol.HTTP : GatewayProtocol.MCP;
  const inbound = way === 'callerIam' ? GatewayInbound.iam() : jwt();
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound, protocol, ...(protocol === GatewayProtocol.MCP ? { mcpVersions: ['2025-11-25'] } : {}) }));
  try {
    const added = gateway.addTarget('Target', TARGETS[target](stack, way === 'authorizationCode' ? { tools: TOOLS } : {}), { credentials: WAYS[way](stack) });
    added.everyTool({ reason: 'One rule for the whole table' }).requires(ToolAccess.everyCaller({ reason: 'One rule for the whole table' }));
    return { app, codes: [], message: '' };
  } catch (error) {
    return { app, codes: (error as { codes?: string[] }).codes ?? [String(error)], message: (error as Error).message };
  }
}

const CELLS = TABLE.flatMap(([target, row]) => row.split(/\s+/).map((cell, index): [string, string, boolean] => [target, COLUMNS[index], cell === 'yes']));

test('the table has all cells', () => expect(CELLS).toHaveLength(7 * 8));

test.each(CELLS.filter(([, , possible]) => possible))('%s can be called with %s', (target, column) => {
  const way = column !== 'gatewayRole' ? column : NAMES_SERVICE.includes(target) ? 'gatewayRoleWithService' : target === 'smithy' ? 'gatewayRoleWithPermissions' : column;
  const { app, codes } = add(target, way);
  expect(codes).toEqual([]);
  const account = deploy(app);
  expect(templateSchemaErrors(account)).toEqual([]);
  const [added] = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget');
  expect(added.property('CredentialProviderConfigurations')?.[0].CredentialProviderType).toBe({
    none: undefined,
    gatewayRole: 'GATEWAY_IAM_ROLE',
    callerIam: 'CALLER_IAM_CREDENTIALS',
    clientCredentials: 'OAUTH',
    authorizationCode: 'OAUTH',
    tokenExchange: 'OAUTH',
    jwtPassthrough: 'JWT_PASSTHROUGH',
    apiKey: 'API_KEY',
  }[column]);
});

test.each(CELLS.filter(([, , possible]) => !possible))('%s cannot be called with %s, and the error names what works', (target, column) => {
  const { codes, message } = add(target, column);
  expect(codes).toEqual(['GatewayTarget/Credentials']);
  const calls: Record<string, string> = {
    none: 'TargetCredentials.none(',
    gatewayRole: 'TargetCredentials.gatewayRole(',
    callerIam: 'TargetCredentials.callerIam(',
    clientCredentials: 'CLIENT_CREDENTIALS',
    authorizationCode: 'AUTHORIZATION_CODE',
    tokenExchange: 'TOKEN_EXCHANGE',
    jwtPassthrough: 'TargetCredentials.jwtPassthrough(',
    apiKey: 'TargetCredentials.apiKey(',
  };
  const allowed = /allowed: (.*)\. Use one of these/.exec(message)![1];
  const possible = CELLS.filter(([other, , yes]) => other === target && yes).map(([, way]) => way);
  expect(COLUMNS.filter((way) => allowed.includes(calls[way]))).toEqual(possible);
});

describe('the gateway\'s role names a service exactly where AWS wants it', () => {
  test.each([
    ['lambdaFunction', 'gatewayRoleWithService', ['GatewayTarget/Service', 'GatewayTarget/Permissions']],
    ['apiGateway', 'gatewayRoleWithService', ['GatewayTarget/Service', 'GatewayTarget/Permissions']],
    ['agentRuntime', 'gatewayRoleWithService', ['GatewayTarget/Service', 'GatewayTarget/Permissions']],
    ['smithy', 'gatewayRoleWithService', ['GatewayTarget/Service']],
    ['smithy', 'gatewayRole', ['GatewayTarget/Permissions']],
    ['mcpServer', 'gatewayRole', ['GatewayTarget/Service', 'GatewayTarget/Permissions']],
    ['openApi', 'gatewayRole', ['GatewayTarget/Service', 'GatewayTarget/Permissions']],
    ['httpPassthrough', 'gatewayRole', ['GatewayTarget/Service', 'GatewayTarget/Permissions']],
  ])('%s with %s', (target, way, codes) => expect(add(target, way).codes).toEqual(codes));
});

describe('what fits a target must fit the gateway, too', () => {
  const on = (props: Parameters<typeof gatewayProps>[0], target: string, way: string, mcp = {}) => {
    const stack = stackIn(new App());
    const gateway = new ToolGateway(stack, 'Gateway', gatewayProps(props));
    try {
      gateway.addTarget('Target', TARGETS[target](stack, mcp), { credentials: WAYS[way](stack) });
      return [];
    } catch (error) {
      return (error as { codes: string[] }).codes;
    }
  };
  const iam = { inbound: GatewayInbound.iam() };
  const weaker = { reason: 'Needed by this test only' };
  const consent = { mcpVersions: ['2025-11-25'] };

  test.each<[string, string[], string[]]>([
    ['a user\'s consent needs the user\'s token', on({ ...iam, ...consent }, 'mcpServer', 'authorizationCode', { tools: TOOLS }), ['GatewayTarget/UserNeedsJwt']],
    ['an exchange needs the user\'s token', on(iam, 'openApi', 'tokenExchange'), ['GatewayTarget/UserNeedsJwt']],
    ['the caller\'s IAM credentials need IAM', on({ protocol: GatewayProtocol.HTTP }, 'agentRuntime', 'callerIam'), ['GatewayTarget/CallerIam']],
    ['a signature is enough for them', on({ protocol: GatewayProtocol.HTTP, inbound: GatewayInbound.authenticateOnly(weaker) }, 'agentRuntime', 'callerIam'), []],
    ['nobody\'s credentials cannot be handed on', on({ protocol: GatewayProtocol.HTTP, inbound: GatewayInbound.none(weaker) }, 'agentRuntime', 'callerIam'), ['GatewayTarget/CallerIam']],
    ['consent at an MCP server needs its tools', on(consent, 'mcpServer', 'authorizationCode'), ['GatewayTarget/ConsentNeedsTools']],
    ['consent cannot list dynamically', on(consent, 'mcpServer', 'authorizationCode', { listing: McpListing.DYNAMIC }), ['GatewayTarget/ConsentNeedsTools', 'GatewayTarget/Listing']],
    ['consent at an MCP server needs a new MCP', on({}, 'mcpServer', 'authorizationCode', { tools: TOOLS }), ['GatewayTarget/McpVersion']],
    ['consent at an MCP server with an old MCP', on({ mcpVersions: ['2025-06-18'] }, 'mcpServer', 'authorizationCode', { tools: TOOLS }), ['GatewayTarget/McpVersion']],
    ['a later one will do', on({ mcpVersions: ['2025-06-18', '2026-03-01'] }, 'mcpServer', 'authorizationCode', { tools: TOOLS }), []],
    ['dynamic listing cannot be searched', on({ semanticSearch: true }, 'mcpServer', 'clientCredentials', { listing: McpListing.DYNAMIC }), ['GatewayTarget/Listing']],
    ['cached listing can', on({ semanticSearch: true }, 'mcpServer', 'clientCredentials'), []],
    ['a runtime needs HTTP', on({}, 'agentRuntime', 'gatewayRole'), ['GatewayTarget/Protocol']],
    ['a Lambda function needs MCP', on({ protocol: GatewayProtocol.HTTP }, 'lambdaFunction', 'gatewayRole'), ['GatewayTarget/Protocol']],
  ])('%s', (_what, codes, expected) => expect(codes).toEqual(expected));
});
