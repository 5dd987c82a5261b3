import { differing } from './matched';

/** A value that is no list and no object, and where it stands, without the places in lists. */
export interface Leaf {
  readonly path: string;
  readonly text: string;
}

export interface DifferingLeaves {
  readonly removed: readonly Leaf[];
  readonly added: readonly Leaf[];
}

/** What is in the one value, and not at the same place in the other. */
export function differingLeaves(before: unknown, now: unknown): DifferingLeaves {
  const { removed, added } = differing(written(before), written(now));
  return { removed: removed.map(read), added: added.map(read) };
}

const BETWEEN = '\u0000';

function written(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (each: unknown, path: string): void => {
    if (Array.isArray(each)) {
      each.forEach((item) => visit(item, path));
    } else if (typeof each === 'object' && each !== null) {
      Object.entries(each).forEach(([member, item]) => visit(item, path === '' ? member : `${path}.${member}`));
    } else if (each !== undefined && each !== null) {
      found.add(`${path}${BETWEEN}${String(each)}`);
    }
  };
  visit(value, '');
  return [...found];
}

function read(leaf: string): Leaf {
  const end = leaf.indexOf(BETWEEN);
  return { path: leaf.slice(0, end), text: leaf.slice(end + 1) };
}
