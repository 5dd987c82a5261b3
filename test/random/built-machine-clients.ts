import { aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { MachineClientsDescription } from './description';
import { AgentOwner, type MachineClient, MachineClients } from '../../src';

const OWNER = AgentOwner.team('team', 'team@example.com');

/** Machine clients that were built from their description. */
export class BuiltMachineClients {
  readonly pool: MachineClients;
  readonly clients: readonly MachineClient[];

  constructor(readonly stack: Stack, index: number, { clients }: MachineClientsDescription, encryptionKey: kms.IKeyRef | 'made' | 'managed by AWS') {
    this.pool = new MachineClients(stack, `Machines${index}`, {
      owner: OWNER,
      domainPrefix: `acme-machines-${index}`,
      ...(encryptionKey === 'made' ? {} : encryptionKey === 'managed by AWS' ? { awsManagedKey: { reason: 'Drawn at random' } } : { encryptionKey }),
    });
    const scopes = new Map(['mcp:read', 'mcp:write'].map((name) => [`agents/${name}`, this.pool.addScope(name, 'Drawn at random')]));
    this.clients = clients.map((client, place) => this.pool.addClient(`Client${place}`, { owner: OWNER, reason: 'Drawn at random', scopes: client.scopes.map((scope) => scopes.get(scope)!) }));
  }

  /** The role of the function that keeps a client's secret. */
  moverOf(client: number): iam.Role {
    return this.clients[client].node.findAll().find((node): node is iam.Role => node instanceof iam.Role)!;
  }
}
