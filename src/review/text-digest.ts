import { createHash } from 'crypto';

/** Stands in reports for a text that is too long for them, so that a comparison of two reports sees that it changed. */
export function textDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
