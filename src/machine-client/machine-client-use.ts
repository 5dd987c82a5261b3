import type { IMachineClient } from './machine-client';
import type { Ledger } from '../declaration/ledger';
import type { IOAuth2Provider } from '../provider/oauth2-provider';

/** The providers that are this client: those that read its secret, whoever declared or imported them. */
export function providersOf(client: IMachineClient, ledger: Ledger): IOAuth2Provider[] {
  const { secret, jsonKey } = client.clientSecret;
  return ledger.oauth2Providers
    .map(({ provider }) => provider)
    .filter(({ clientSecret }) => clientSecret.secret !== undefined && clientSecret.jsonKey === jsonKey
      && (clientSecret.secret === secret || clientSecret.secret.secretRef.secretId === secret?.secretRef.secretId));
}

/** Construct paths of the agents and gateways that get tokens with the client. */
export function usersOf(client: IMachineClient, ledger: Ledger): string[] {
  const providers = providersOf(client, ledger);
  const uses = (provider: IOAuth2Provider | undefined) => provider !== undefined && providers.includes(provider);
  return [
    ...ledger.agents.filter(({ capabilities }) => capabilities.some(({ provider }) => uses(provider))),
    ...ledger.gateways.filter(({ targets }) => targets.some(({ credentials }) => uses(credentials.provider))),
  ].map(({ node }) => node.path);
}

/** Construct paths of the gateways that let the client in by its id. */
export function gatewaysFor(client: IMachineClient, ledger: Ledger): string[] {
  return ledger.gateways.filter(({ inbound }) => inbound.clients.some((clientId) => isIdOf(client, clientId))).map(({ node }) => node.path);
}

/** The client of a pool of this app that has this id, as it was given to some stack. No other client has it. */
export function poolClientOf(clientId: string, ledger: Ledger): IMachineClient | undefined {
  return ledger.machineClients.find((client) => '_clientIdFor' in client && isIdOf(client, clientId));
}

function isIdOf(client: IMachineClient, clientId: string): boolean {
  return (client as IMachineClient & { _isIdOf?(id: string): boolean })._isIdOf?.(clientId) ?? clientId === client.clientId;
}
