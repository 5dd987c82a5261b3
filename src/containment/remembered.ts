/** Entries that are kept; then all are forgotten. */
const LIMIT = 20_000;

/** A function of a text that remembers its answers. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      if (known.size >= LIMIT) {
        known.clear();
      }
      value = read(text);
      known.set(text, value);
    }
    return value;
  };
}
