import { TargetCredentials } from './target-credentials';
import { suspensionOfProvider } from '../provider/provider-suspension';

/** Why the provider of these credentials is suspended, if it is. */
export function providerSuspension({ provider, apiKeyProvider }: TargetCredentials): string | undefined {
  const used = provider ?? apiKeyProvider;
  return used === undefined ? undefined : suspensionOfProvider(used);
}
