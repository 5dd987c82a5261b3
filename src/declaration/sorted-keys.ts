/** The same value for the same members, in whatever order they were written. Members without a value are left out. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortedKeys);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortedKeys(member)]))
    : value;
}
