import { createHash } from 'crypto';
import { readable } from '../declaration/readable';
import { shownAddress } from '../declaration/shown-address';

/**
 * A return URL for the report. Of its query, which may hold anything, only a hash is told: AgentCore compares the whole address, and a
 * comparison of two reports has to see that it changed.
 */
export function shownReturnUrl(url: string): string {
  const address = readable(url, '(known at deployment)');
  const query = /\?(.+)$/s.exec(address);
  return query === null ? shownAddress(address) : `${shownAddress(address)} (query ${createHash('sha256').update(query[1]).digest('hex').slice(0, 8)})`;
}
