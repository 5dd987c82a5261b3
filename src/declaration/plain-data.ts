import { sortedKeys } from './sorted-keys';

/** Whether two values are the same data. What is no plain object is the same only if it is one. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  return [...Object.keys(one), ...Object.keys(other)].every((key) => isSame(one[key], other[key]));
}

/** A copy that stays as it is when somebody changes the original. Tokens are kept as they are. */
export function copied(value: unknown): unknown {
  if (!isPlain(value)) {
    return value;
  }
  return Array.isArray(value) ? value.map(copied) : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)]));
}

/** Paths at which two values differ. */
export function differences(path: string, a: unknown, b: unknown): string[] {
  if (textOf(a) === textOf(b)) {
    return [];
  }
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b) || (Array.isArray(a) && a.length !== (b as unknown[]).length)) {
    return [path];
  }
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names.flatMap((name) => differences(`${path}.${name}`, (a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}

/** One text for the same data, in whatever order the members were written. */
export function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(sortedKeys(value));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value)));
}
