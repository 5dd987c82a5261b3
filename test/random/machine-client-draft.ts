import type { KeyDescription, MachineClientsDescription, ProviderDescription, Region, SecretDescription } from './description';
import { encrypts, pick, places } from './ground';
import { clientIdOf, issuerOf } from './registered-client';

/** Machine clients as drawn: the key may be out of the list. */
export interface MachineClientsDraft {
  readonly stack: number;
  readonly key: 'made' | 'managed by AWS' | number;
  readonly clients: readonly { readonly scopes: readonly string[]; readonly suspended: boolean }[];
}

/** What an app has of keys, secrets and providers. */
interface Credentials {
  readonly keys: readonly KeyDescription[];
  readonly secrets: readonly SecretDescription[];
  readonly providers: readonly ProviderDescription[];
}

/** The same, and behind it a secret and a provider for each client, and keys for them. Nothing else uses these keys and secrets. */
export function withMachineClients(
  credentials: Credentials, drafts: readonly MachineClientsDraft[], stackOf: (place: number) => number, regionOf: (stack: number) => Region,
): Credentials & { readonly machineClients: readonly MachineClientsDescription[] } {
  const [keys, secrets, providers] = [[...credentials.keys], [...credentials.secrets], [...credentials.providers]];
  const machineClients = drafts.map(({ stack: place, key: wanted, clients }, pool): MachineClientsDescription => {
    const stack = stackOf(place);
    const region = regionOf(stack);
    const given = places(credentials.keys, (key) => encrypts(key) && key.region === region && (key.made === 'imported' || key.stack <= stack));
    const key = wanted === 'made' ? keys.push({ made: 'for machine clients', stack, region, signs: false }) - 1 : wanted === 'managed by AWS' ? undefined : pick(given, wanted);
    return {
      stack,
      key,
      issuer: issuerOf(pool),
      clients: clients.map(({ scopes, suspended }, client) => {
        const secret = secrets.push({ made: 'of a machine client', stack, region, key, keyToldBy: 'secret' }) - 1;
        const provider = providers.push({
          family: 'OAuth2', vendor: 'any', made: 'of a machine client', stack, region, name: 'derived', secret, client: 'secret', exchange: 'no', bundle: false, suspended,
        }) - 1;
        return { id: clientIdOf(pool, client), scopes: scopes.map((scope) => `agents/${scope}`), secret, provider };
      }),
    };
  });
  return { keys, secrets, providers, machineClients };
}
