import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  Agent, AgentHost, AgentIdentity, AgentOwner, Capability, GatewayTarget, IMachineClient, MachineClients, MachineClientsProps, MachineScope, TargetCredentials, Tool,
  ToolAccess, ToolGateway, ToolSchema,
} from '../../../src';

/** The parts that the tests of machine clients are made of. Everything a test is about stands in the test. */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const OWNER = AgentOwner.team('team', 'team@example.com');
export const REASON = 'Needed by the test of this situation';

export function machinesIn(stack: Stack, more: Partial<MachineClientsProps> = {}): MachineClients {
  return new MachineClients(stack, 'Machines', { owner: OWNER, domainPrefix: 'acme-agents', ...more });
}

export function agentOf(stack: Stack, name: string): Agent {
  const role = new iam.Role(stack, `${name}-role`, { roleName: name, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  return new Agent(stack, `${name}-agent`, { owner: OWNER, identity: AgentIdentity.named(name), host: AgentHost.role(role) });
}

/** An agent that gets tokens with a client, through a provider of its own name. */
export function agentWith(stack: Stack, name: string, client: IMachineClient, scopes = client.scopes): Agent {
  const agent = agentOf(stack, name);
  agent.may(Capability.actAsItself(client.provider(stack, name, { providerName: name }), { scopes, reason: REASON }));
  return agent;
}

/** Two types of agents with a client each, of which one may do more, and the gateway that they call. */
export class MarketStory {
  public readonly app = new App();
  public readonly stack = new Stack(this.app, 'Market', { env: ENV });
  public readonly machines: MachineClients;
  public readonly call: MachineScope;
  public readonly admin: MachineScope;
  public readonly reader: IMachineClient;
  public readonly keeper: IMachineClient;
  public readonly gateway: ToolGateway;

  constructor(props: Partial<MachineClientsProps> = {}) {
    const { stack } = this;
    this.machines = machinesIn(stack, props);
    this.call = this.machines.addScope('mcp:call', 'Call the tools that only read');
    this.admin = this.machines.addScope('mcp:admin', 'Change the calendar');
    const reader = this.machines.addClient('Reader', { owner: OWNER, scopes: [this.call], reason: REASON });
    const keeper = this.machines.addClient('Keeper', { owner: OWNER, scopes: [this.call, this.admin], reason: REASON });
    this.gateway = new ToolGateway(stack, 'Gateway', { owner: OWNER, gatewayName: 'market', inbound: this.machines.inbound(stack, { clients: [reader, keeper] }) });
    const target = this.gateway.addTarget('calendar', GatewayTarget.mcpServer('https://calendar.example.com/mcp', {
      tools: ToolSchema.inline(Tool.named('list_days', { description: 'Lists days' }), Tool.named('close_day', { description: 'Closes a day' })),
    }), { credentials: TargetCredentials.none({ reason: REASON }) });
    target.tool('list_days').requires(ToolAccess.allScopes(this.call.fullScope));
    target.tool('close_day').requires(ToolAccess.allScopes(this.admin.fullScope));
    agentWith(stack, 'reader', reader);
    agentWith(stack, 'keeper', keeper);
    this.reader = reader;
    this.keeper = keeper;
  }
}
