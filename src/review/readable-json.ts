import { readable } from '../declaration/readable';

/** A value as JSON has it, each text for people. */
export function readableJson(value: unknown): unknown {
  if (typeof value === 'string') {
    return readable(value, '(known at deployment)');
  }
  if (Array.isArray(value)) {
    return value.map(readableJson);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readableJson(member)]))
    : value;
}
