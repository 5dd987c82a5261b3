const VAULT = 'token-vault/default';
const FOUND = '#found=';
const UNTOUCHED = '#untouched';

/**
 * How the vault came to its key, as the physical resource id remembers it.
 *
 * - `set`: this resource set the key, or may have.
 * - `found`: the vault already had the key when the resource was created; somebody else had set it.
 * - `untouched`: the creation failed without changing anything.
 * - `foreign`: not an id of this handler. CloudFormation makes one up when it never took an answer to the creation, most
 *   often because another resource failed meanwhile and it cancelled this one, whose handler may still be at work.
 */
export type Origin =
  | { readonly kind: 'set' | 'untouched' | 'foreign' }
  | { readonly kind: 'found'; readonly keyArn: string };

/**
 * The physical resource id: the vault and its Region, and how the vault came to its key.
 *
 * CloudFormation gives it back with every later request, so it is the one memory that the handler has. It never changes
 * in an update, which CloudFormation would take for a replacement and follow by a deletion.
 */
export function resourceId(region: string, origin: Origin): string {
  switch (origin.kind) {
    case 'found':
      return `${VAULT}/${region}${FOUND}${origin.keyArn}`;
    case 'untouched':
      return `${VAULT}/${region}${UNTOUCHED}`;
    default:
      return `${VAULT}/${region}`;
  }
}

/** Reads what an earlier answer put into the id. */
export function originOf(id: string | undefined, region: string): Origin {
  const own = `${VAULT}/${region}`;
  if (id === own) {
    return { kind: 'set' };
  }
  if (id === own + UNTOUCHED) {
    return { kind: 'untouched' };
  }
  if (id?.startsWith(own + FOUND)) {
    return { kind: 'found', keyArn: id.slice(own.length + FOUND.length) };
  }
  return { kind: 'foreign' };
}
