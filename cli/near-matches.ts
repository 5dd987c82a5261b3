/** How many near matches are shown. */
const SHOWN = 3;

/** A part that is shorter than this is in too many words to say anything. */
const SHORTEST_PART = 5;

/**
 * What somebody may have meant: the name itself in other letters, or names that hold what was received, and then those with the fewest
 * letters of difference; at most three.
 */
export function nearMatches(received: string, names: Iterable<string>): string[] {
  const wanted = received.toLowerCase();
  const all = [...new Set(names)];
  const same = all.filter((name) => name.toLowerCase() === wanted);
  return same.length > 0 ? same : all
    .map((name) => ({ name, distance: wanted.length >= SHORTEST_PART && name.toLowerCase().includes(wanted) ? 0 : difference(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(wanted.length, name.length) * 0.4)
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** Letters to insert, leave out or replace between two words. */
function difference(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
