import { asRecord } from '../synthesized/record';

/** The fields of providers that hold a secret itself. */
export const SECRET_FIELDS: readonly string[] = ['ClientSecret', 'ApiKey', 'ApiKeySecret', 'WalletSecret', 'AppSecret', 'AuthorizationPrivateKey'];

const SOURCES = ['ClientSecretSource', 'ApiKeySecretSource', 'WalletSecretSource', 'AppSecretSource', 'AuthorizationPrivateKeySource'];

/** The secrets of your own that a provider reads, by id or ARN; wherever they stand in its configuration. */
export function referencedSecrets(value: unknown): string[] {
  return Object.entries(asRecord(value)).flatMap(([key, member]) => (key.endsWith('SecretConfig') || key.endsWith('KeyConfig')
    ? [asRecord(member).SecretId].filter((id): id is string => typeof id === 'string')
    : referencedSecrets(member)));
}

/** Whether AgentCore keeps a secret of the provider itself: one is given as a value. */
export function isKeptByAgentCore(value: unknown): boolean {
  return Object.entries(asRecord(value)).some(([key, member]) => (SOURCES.includes(key) ? member === 'MANAGED' : SECRET_FIELDS.includes(key) && typeof member === 'string')
    || isKeptByAgentCore(member));
}
