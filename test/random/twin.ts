import type { Access, AgentDescription, AppDescription, HostDescription, Region } from './description';
import { clientIdOf, issuerOf, renamed } from './registered-client';

/** The app, and behind it the same once more: in a stage of its own, and in the other Region. */
export function withTwin(app: AppDescription): AppDescription {
  const shift = (place: number, list: keyof AppDescription) => place + app[list].length;
  const stack = (place: number) => shift(place, 'stacks');
  const key = (place: number | undefined) => (place === undefined ? undefined : shift(place, 'keys'));
  const host = (of: HostDescription): HostDescription => ({ ...of, stack: stack(of.stack) });
  const moved = <T extends { readonly stack: number; readonly region: Region }>(thing: T): T => ({
    ...thing, stack: stack(thing.stack), region: otherRegion(thing.region),
  });
  const agent = (of: AgentDescription): AgentDescription => ({
    ...moved(of),
    parts: of.parts.map((part) => ({ ...part, host: typeof part.host === 'number' ? shift(part.host, 'sharedPages') : host(part.host) })),
    capabilities: of.capabilities.map((capability) => ({ ...capability, provider: shift(capability.provider, 'providers') })),
    toolCalls: of.toolCalls.map((call) => ({ ...call, gateway: shift(call.gateway, 'gateways'), provider: call.provider === undefined ? undefined : shift(call.provider, 'providers') })),
    frontEnds: of.frontEnds.map((frontEnd) => ({
      ...frontEnd, host: 'agent' in frontEnd.host ? { ...frontEnd.host, agent: shift(frontEnd.host.agent, 'agents') } : host(frontEnd.host),
    })),
    operators: of.operators.map(host),
    accepts: of.accepts.map((workload) => ('agent' in workload ? { agent: shift(workload.agent, 'agents') } : { gateway: shift(workload.gateway, 'gateways') })),
  });
  const access = (of: Access): Access => (of.who === 'agent' ? { ...of, agent: shift(of.agent, 'agents') }
    : of.who === 'all' || of.who === 'any' ? { ...of, of: of.of.map(access) } : of);
  // Each has clients of its own.
  const names = new Map(app.machineClients.flatMap(({ issuer, clients }, pool): [string, string][] => [
    [issuer, issuerOf(shift(pool, 'machineClients'))], ...clients.map(({ id }, client): [string, string] => [id, clientIdOf(shift(pool, 'machineClients'), client)]),
  ]));
  const ownName = (name: string) => names.get(name)!;
  return {
    environment: app.environment,
    stacks: [...app.stacks, ...app.stacks.map(({ region }) => ({ region: otherRegion(region), stage: 'Test' as const }))],
    keys: [...app.keys, ...app.keys.map(moved)],
    secrets: [...app.secrets, ...app.secrets.map((secret) => ({ ...moved(secret), key: key(secret.key) }))],
    providers: [...app.providers, ...app.providers.map((provider) => ({
      ...moved(provider),
      secret: typeof provider.secret === 'number' ? shift(provider.secret, 'secrets') : provider.secret,
      client: typeof provider.client === 'number' ? shift(provider.client, 'keys') : provider.client,
    }))],
    machineClients: [...app.machineClients, ...app.machineClients.map(({ stack: place, key: under, issuer, clients }) => ({
      issuer: ownName(issuer),
      stack: stack(place),
      key: key(under),
      clients: clients.map(({ id, scopes, secret, provider }) => ({ id: ownName(id), scopes, secret: shift(secret, 'secrets'), provider: shift(provider, 'providers') })),
    }))],
    vaults: [...app.vaults, ...app.vaults.map((vault) => ({
      ...vault, stack: stack(vault.stack), key: key(vault.key), formerKeys: vault.formerKeys.map((place) => key(place)!),
    }))],
    sharedPages: [...app.sharedPages, ...app.sharedPages.map(host)],
    agents: [...app.agents, ...renamed(app.agents.map(agent), names)],
    gateways: [...app.gateways, ...renamed(app.gateways.map((gateway) => ({
      ...gateway,
      stack: stack(gateway.stack),
      key: key(gateway.key),
      registered: gateway.registered === undefined ? undefined : { ...gateway.registered, pool: shift(gateway.registered.pool, 'machineClients') },
      targets: gateway.targets.map((target) => ({
        ...target,
        provider: target.provider === undefined ? undefined : shift(target.provider, 'providers'),
        agent: target.agent === undefined ? undefined : shift(target.agent, 'agents'),
        tools: target.tools.map((tool) => ({ ...tool, requires: tool.requires === undefined ? undefined : access(tool.requires) })),
      })),
    })), names)],
  };
}

function otherRegion(region: Region): Region {
  return region === 'eu-west-1' ? 'us-east-1' : 'eu-west-1';
}
