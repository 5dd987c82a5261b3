import { TargetCredentials } from './target-credentials';
import { Ledger } from '../declaration/ledger';
import { providerKey } from '../provider/provider-key';

/** Why the provider of these credentials is suspended, if it is. Another import of the same provider may be the one that was. */
export function providerSuspension({ provider, apiKeyProvider }: TargetCredentials): string | undefined {
  const used = provider ?? apiKeyProvider;
  if (used === undefined) {
    return undefined;
  }
  const ledger = Ledger.of(used);
  const family = provider !== undefined ? ledger.oauth2Providers : ledger.apiKeyProviders;
  return family
    .filter(({ provider: other }) => providerKey(other) === providerKey(used))
    .map(({ provider: other }) => other.suspendedReason)
    .find((reason) => reason !== undefined);
}
