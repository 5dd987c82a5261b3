import { App, Stack } from 'aws-cdk-lib';
import { calendarFunction, gatewayProps, REASON, stackIn, TOOLS } from './every-target';
import {
  Capability, ClientSecret, CustomScope, GatewayInbound, GatewayTarget, IMachineClient, MachineClient, MachineClients, MachineScope, TargetCredentials, ToolAccess,
  ToolCallAuthority, ToolGateway,
} from '../../src';
import { lateCodes, lateMessages } from '../errors/refusal';
import { importedSecret } from '../errors/story';
import { agentOf, OWNER } from '../machine-client/construct/story';

/* Clients of a pool that this app makes: their ids are known at deployment, but which client is let in is known here. */
interface Pool { readonly machines: MachineClients; readonly scope: MachineScope; readonly reader: MachineClient; readonly keeper: MachineClient }

function poolIn(stack: Stack, id: string): Pool {
  const machines = new MachineClients(stack, id, { owner: OWNER, domainPrefix: `acme-${id.toLowerCase()}` });
  const scope = machines.addScope('call', 'Call the tools');
  const add = (name: string) => machines.addClient(name, { owner: OWNER, scopes: [scope], ...REASON });
  return { machines, scope, reader: add('Reader'), keeper: add('Keeper') };
}

describe.each(['Tools', 'Agents'])('a gateway that lets one client in, called from stack %s', (home) => {
  function appOf(inbound: (pool: Pool, stack: Stack) => GatewayInbound, caller: (pool: Pool, stack: Stack) => IMachineClient): App {
    const app = new App();
    const stack = stackIn(app, 'Tools');
    const pool = poolIn(stack, 'Machines');
    const gateway = new ToolGateway(stack, 'Gateway', gatewayProps({ inbound: inbound(pool, stack) }));
    gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(calendarFunction(stack), TOOLS), { credentials: TargetCredentials.gatewayRole() })
      .everyTool(REASON).requires(ToolAccess.anyScope(pool.scope.fullScope, 'call'));
    const client = caller(pool, stack);
    const agents = home === 'Tools' ? stack : stackIn(app, home);
    agentOf(agents, 'planner').may(Capability.callTools(gateway, { tools: ['Calendar___list_events'], authority: ToolCallAuthority.registeredClient(client), ...REASON }));
    return app;
  }
  const ofReader = ({ machines, reader }: Pool, stack: Stack) => machines.inbound(stack, { clients: [reader] });
  const ofAnIssuer = (_pool: Pool, stack: Stack) => MachineClient.fromOidc(stack, 'Planner', {
    owner: OWNER, issuer: 'https://id.example.com', clientId: 'planner', clientSecret: ClientSecret.fromSecretsManager(importedSecret(stack), 'secret'), scopes: [CustomScope.of('call')], ...REASON,
  });
  const byId = (clientId: (pool: Pool) => string) => (pool: Pool) => GatewayInbound.jwt({ issuer: pool.machines.issuer, clients: [clientId(pool)] });

  test.each<[string, Parameters<typeof appOf>[0], Parameters<typeof appOf>[1], string[]]>([
    ['that client', ofReader, ({ reader }) => reader, []],
    ['another one of the pool', ofReader, ({ keeper }) => keeper, ['Capability/ClientNotAccepted']],
    ['one of the same name in another pool', ofReader, (_pool, stack) => poolIn(stack, 'Others').reader, ['Capability/ClientNotAccepted']],
    ['that client, where its id is written out', byId(({ reader }) => reader.clientId), ({ reader }) => reader, []],
    ['another one, where the id is written out', byId(({ reader }) => reader.clientId), ({ keeper }) => keeper, ['Capability/ClientNotAccepted']],
    ['a client whose id may be the one that is written out', byId(() => '7example0client1id'), ({ reader }) => reader, []],
    ['a client of some issuer', () => GatewayInbound.jwt({ issuer: 'https://id.example.com', clients: ['planner'] }), ofAnIssuer, []],
    ['another client of the issuer', () => GatewayInbound.jwt({ issuer: 'https://id.example.com', clients: ['portal'] }), ofAnIssuer, ['Capability/ClientNotAccepted']],
  ])('by %s', (_what, inbound, caller, expected) => {
    expect(lateCodes(appOf(inbound, caller)).map((each) => each.split(' at ')[0])).toEqual(expected);
  });

  test('the message names the clients by their constructs', () => {
    const [message] = lateMessages(appOf(ofReader, ({ keeper }) => keeper));
    expect(message).toContain('received "Tools/Machines/Keeper"; allowed: Tools/Machines/Reader.');
    expect(message).not.toContain('Token[');
  });
});
