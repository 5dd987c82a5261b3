import { createHash } from 'node:crypto';

/**
 * Identifiers that AWS would draw at random, derived from a seed instead, so that decision tables can name them literally.
 */
export function stableId(seed: string, length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
  const digest = createHash('sha256').update(seed).digest();
  return [...digest.subarray(0, length)].map(byte => alphabet[byte % alphabet.length]).join('');
}

/** Like `stableId`, in the shape of a KMS key id. */
export function stableUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** The six characters that Secrets Manager appends to a secret's name in its ARN. */
export function secretSuffix(secretName: string): string {
  return stableId(`secret ${secretName}`, 6, 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789');
}
