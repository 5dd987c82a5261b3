/* eslint-disable import/no-unresolved -- the linter does not read the package's exports */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
/* eslint-enable import/no-unresolved */
import { App, CfnParameter } from 'aws-cdk-lib';
import { GatewayStandIn } from './gateway-stand-in';
import { OidcProvider } from './oidc-provider';
import { GatewayInbound, GatewayTarget, TargetCredentials, Tool, ToolAccess, ToolGateway, ToolSchema } from '../../../src';
import { deploy } from '../../simulation/fake-account';
import { calendarFunction, OWNER, stackIn } from '../every-target';

/*
 * A real MCP client speaks to a stand-in for the gateway that knows only the template, with tokens of a real OpenID provider.
 */
let provider: OidcProvider;
let gateway: GatewayStandIn;

beforeAll(async () => {
  provider = await OidcProvider.start();
  const app = new App();
  const stack = stackIn(app);
  const issuer = new CfnParameter(stack, 'Issuer').valueAsString;
  const calendar = new ToolGateway(stack, 'Gateway', {
    owner: OWNER, inbound: GatewayInbound.jwt({ issuer, audiences: ['https://gateway.example.com'], clients: ['admin', 'plain', 'confused'] }),
  }).addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), ToolSchema.inline(
    Tool.named('list_events', { description: 'Lists events' }), Tool.named('delete_events', { description: 'Deletes events' }),
  )), { credentials: TargetCredentials.gatewayRole() });
  calendar.tool('list_events').requires(ToolAccess.allScopes('mcp:call'));
  calendar.tool('delete_events').requires(ToolAccess.allScopes('mcp:call', 'calendar:write'));
  gateway = await GatewayStandIn.start(deploy(app, { parameters: { Issuer: provider.issuer } }));
});

afterAll(() => {
  gateway?.stop();
  provider?.stop();
});

async function conversation<T>(token: string, speak: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(gateway.url, { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));
  try {
    return await speak(client);
  } finally {
    await client.close();
  }
}

const LIST = 'Calendar___list_events';
const DELETE = 'Calendar___delete_events';

test.each<[string, string, string, string[]]>([
  ['an admin sees and calls both tools', 'admin', 'mcp:call calendar:write', [LIST, DELETE]],
  ['a plain user one', 'plain', 'calendar:read mcp:call', [LIST]],
  ['a longer scope is not the scope', 'confused', 'mcp:call:admin calendar:write', []],
  ['one scope of two is not enough', 'admin', 'calendar:write', []],
])('%s', async (_who, client, scope, tools) => {
  await conversation(await provider.token(client, scope), async (mcp) => {
    expect((await mcp.listTools()).tools.map(({ name }) => name)).toEqual(tools);
    for (const name of [LIST, DELETE]) {
      expect([name, (await mcp.callTool({ name, arguments: {} })).isError === true]).toEqual([name, !tools.includes(name)]);
    }
  });
});

test('no token, no gateway', async () => {
  expect((await fetch(gateway.url, { method: 'POST', body: '{}' })).status).toBe(401);
  await expect(conversation('', async () => undefined)).rejects.toThrow();
});

test('a client that is not let in, with all scopes', async () => {
  await expect(conversation(await provider.token('stranger', 'mcp:call calendar:write'), async () => undefined)).rejects.toMatchObject({ code: 401 });
});

test('a token with more scopes written into it', async () => {
  const [head, payload, signature] = (await provider.token('plain', 'mcp:call')).split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), scope: 'mcp:call calendar:write' };
  await expect(conversation([head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.'), async () => undefined)).rejects.toMatchObject({ code: 401 });
});
