/** Things of both sides by what identifies them. */
export interface Matched<T> {
  readonly pairs: readonly { readonly before: T; readonly now: T }[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Pairs by the first key that both have; what is left over by the next. */
export function matched<T>(before: readonly T[], now: readonly T[], ...keys: readonly ((thing: T) => string)[]): Matched<T> {
  const pairs: { before: T; now: T }[] = [];
  let [removed, added] = [before, now];
  for (const key of keys) {
    const waiting = new Map<string, T[]>();
    for (const thing of added) {
      const name = key(thing);
      const others = waiting.get(name);
      if (others === undefined) {
        waiting.set(name, [thing]);
      } else {
        others.push(thing);
      }
    }
    const found = new Set<T>();
    removed = removed.filter((thing) => {
      const partner = waiting.get(key(thing))?.shift();
      if (partner !== undefined) {
        pairs.push({ before: thing, now: partner });
        found.add(partner);
      }
      return partner === undefined;
    });
    added = added.filter((thing) => !found.has(thing));
  }
  return { pairs, removed, added };
}

/** Values that only one side has. */
export function differing(before: readonly string[], now: readonly string[]): { readonly removed: string[]; readonly added: string[] } {
  return { removed: before.filter((value) => !now.includes(value)), added: now.filter((value) => !before.includes(value)) };
}
