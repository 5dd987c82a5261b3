import type { IApiKeyProvider } from './api-key-provider';
import type { IOAuth2Provider } from './oauth2-provider';
import { mayBeSameProvider } from './provider-key';
import { providersNamed } from './providers-named';
import { Ledger } from '../declaration/ledger';

/**
 * Why a provider is suspended, if it is. Another import of the same provider may be the one that was suspended, and where it cannot
 * be told whether two are the same, they are taken to be: a kill switch must not miss.
 */
export function suspensionOfProvider(provider: IOAuth2Provider | IApiKeyProvider): string | undefined {
  const ledger = Ledger.of(provider);
  const named = 'oAuth2CredentialProviderRef' in provider ? providersNamed(ledger.oauth2Providers, provider) : providersNamed(ledger.apiKeyProviders, provider);
  return named.find(({ provider: other }) => other.suspendedReason !== undefined && mayBeSameProvider(other, provider))?.provider.suspendedReason;
}
