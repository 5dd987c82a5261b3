import { Token } from 'aws-cdk-lib';

/**
 * An address for an error or a report: without user and password, and without what stands in its query and its fragment, which is where
 * API keys are put. Works for what is no address, too, since it is for what was given instead of one.
 */
export function shownAddress(address: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length);
  const end = rest.search(/[?#]/);
  const shown = end < 0 ? rest : rest.slice(0, end);
  const authority = /^[^/\\]*/.exec(shown)![0];
  const at = authority.lastIndexOf('@');
  if (at < 0 && mayBeTorn(scheme, authority, rest, end)) {
    return `${scheme}…`;
  }
  const cut = end < 0 ? '' : `${rest[end]}${rest.length > end + 1 ? '…' : ''}`;
  return `${scheme}${at < 0 ? '' : '…'}${shown.slice(Math.max(at, 0))}${cut}`;
}

/** What was received in the place of an address, for a message. What only deployment knows stays as it is. */
export function receivedAddress(value: unknown): unknown {
  return typeof value === 'string' && !Token.isUnresolved(value) ? shownAddress(value) : value;
}

/** A text in which an address may stand: what begins like one, up to the end of the text, is shown as an address. */
export function withShownAddress(text: string): string {
  return text.replace(/[a-z][a-z0-9+.-]*:\/\/.*/is, shownAddress);
}

/** A password can hold the characters that end the authority, a query or a path elsewhere: then it cannot be told what is what. */
function mayBeTorn(scheme: string, authority: string, rest: string, end: number): boolean {
  const holdsAt = rest.includes('@');
  // Variables, and pseudo parameters as reports show them, have colons as well.
  const host = authority.replace(/\$\{[^}]*\}/g, '');
  const isHost = host.startsWith('[') || !/:(?!\d*$)/.test(host);
  return (!isHost && (scheme !== '' || holdsAt)) || (holdsAt && (host.includes(':') || end === authority.length));
}
