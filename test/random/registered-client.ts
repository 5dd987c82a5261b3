import type { BuiltApp } from './built-app';
import type { AppDescription, CallerDescription, GatewayDescription } from './description';
import { type Ground, pick, places } from './ground';
import type { FakeAccount } from '../simulation/fake-account';

/** Machine clients that a gateway lets in, in a draft. */
export interface RegisteredDraft {
  readonly pool: number;
  readonly clients: readonly number[];
  readonly scopes: readonly string[];
}

/** Stands for the issuer of a pool until there is one. */
export function issuerOf(pool: number): string {
  return `issuer of pool ${pool}`;
}

/** Stands for the id of a client. */
export function clientIdOf(pool: number, client: number): string {
  return `client ${client} of pool ${pool}`;
}

/** The nearest way in for clients of a pool whose stack comes before the gateway's. */
export function registeredFrom(draft: RegisteredDraft, stack: number, ground: Ground): Pick<GatewayDescription, 'registered' | 'caller'> | undefined {
  const pool = pick(places(ground.machineClients, (each) => each.stack <= stack), draft.pool);
  if (pool === undefined) return undefined;
  const { issuer, clients: all } = ground.machineClients[pool];
  const clients = [...new Set(draft.clients.map((place) => place % all.length))];
  const caller: CallerDescription = { issuer, audiences: [], clients: clients.map((place) => all[place].id), scopes: draft.scopes };
  return { registered: { pool, clients }, caller };
}

/** The description with issuers and ids as they are after the deployment. */
export function withDeployedClients(app: AppDescription, { poolIds }: BuiltApp, account: FakeAccount): AppDescription {
  return renamed(app, new Map(poolIds.flatMap(({ pool, clients }, index): [string, string][] => [
    [issuerOf(index), `https://cognito-idp.${app.stacks[app.machineClients[index].stack].region}.amazonaws.com/${account.valueOf(pool.stack, pool.value)}`],
    ...clients.map(({ stack, value }, client): [string, string] => [clientIdOf(index, client), account.valueOf(stack, value)]),
  ])));
}

/** The same with other names. */
export function renamed<T>(described: T, names: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(described), (_key, value: unknown) => (typeof value === 'string' ? names.get(value) ?? value : value)) as T;
}
