import { Stack } from 'aws-cdk-lib';
import type { IApiKeyProvider } from './api-key-provider';
import type { IOAuth2Provider } from './oauth2-provider';
import { SecretAccess, secretAccess } from './secret-access';
import { environmentOfResource } from '../declaration/environment';
import { readable } from '../declaration/readable';
import { ManagedSecretKind } from '../permission/managed-secret-name';
import { NamedResource } from '../permission/statement';

/** A provider as a policy names it, and as a reviewer reads it. */
export function providerResource(provider: IOAuth2Provider | IApiKeyProvider): NamedResource {
  const type = isOAuth2(provider) ? 'oauth2credentialprovider' : 'apikeycredentialprovider';
  return { arn: provider.providerArn, label: `${type}/${readable(provider.providerName, provider.node.path)}` };
}

/** The secret behind a provider, for a policy in the consumer's stack. */
export function secretOfProvider(consumer: Stack, provider: IOAuth2Provider | IApiKeyProvider): SecretAccess {
  return secretAccess(consumer, {
    scope: environmentOfResource(provider),
    name: provider.providerName,
    kind: isOAuth2(provider) ? ManagedSecretKind.OAUTH2 : ManagedSecretKind.API_KEY,
    path: provider.node.path,
    namePrefix: provider.namePrefix,
  }, isOAuth2(provider) ? provider.clientSecret : provider.apiKey);
}

function isOAuth2(provider: IOAuth2Provider | IApiKeyProvider): provider is IOAuth2Provider {
  return 'oAuth2CredentialProviderRef' in provider;
}
