import { aws_cognito as cognito, aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { DeployTime } from './built-hosts';
import type { MachineClientsDescription } from './description';
import { AgentOwner, type GatewayInbound, type MachineClient, MachineClients, type MachineScope } from '../../src';

const OWNER = AgentOwner.team('team', 'team@example.com');

/** Machine clients that were built from their description. */
export class BuiltMachineClients {
  readonly pool: MachineClients;
  readonly clients: readonly MachineClient[];
  private readonly scopes: ReadonlyMap<string, MachineScope>;

  constructor(readonly stack: Stack, index: number, { clients }: MachineClientsDescription, encryptionKey: kms.IKeyRef | 'made' | 'managed by AWS') {
    this.pool = new MachineClients(stack, `Machines${index}`, {
      owner: OWNER,
      domainPrefix: `acme-machines-${index}`,
      ...(encryptionKey === 'made' ? {} : encryptionKey === 'managed by AWS' ? { awsManagedKey: { reason: 'Drawn at random' } } : { encryptionKey }),
    });
    const scopes = this.scopes = new Map(['mcp:read', 'mcp:write'].map((name) => [`agents/${name}`, this.pool.addScope(name, 'Drawn at random')]));
    this.clients = clients.map((client, place) => this.pool.addClient(`Client${place}`, { owner: OWNER, reason: 'Drawn at random', scopes: client.scopes.map((scope) => scopes.get(scope)!) }));
  }

  /** A gateway's way in for some of them. */
  inbound(scope: Stack, clients: readonly number[], scopes: readonly string[]): GatewayInbound {
    const limited = scopes.length === 0 ? {} : { scopes: scopes.map((each) => this.scopes.get(each)!) };
    return this.pool.inbound(scope, { clients: clients.map((place) => this.clients[place]), ...limited });
  }

  /** By the resources in the template, and not by what the library says about them. */
  get ids(): { readonly pool: DeployTime; readonly clients: DeployTime[] } {
    const resource = (of: MachineClient) => of.node.findAll().find((node): node is cognito.CfnUserPoolClient => node instanceof cognito.CfnUserPoolClient)!;
    return { pool: { stack: this.stack, value: this.pool._userPool.ref }, clients: this.clients.map((client) => ({ stack: this.stack, value: resource(client).ref })) };
  }

  /** The role of the function that keeps a client's secret. */
  moverOf(client: number): iam.Role {
    return this.clients[client].node.findAll().find((node): node is iam.Role => node instanceof iam.Role)!;
  }
}
