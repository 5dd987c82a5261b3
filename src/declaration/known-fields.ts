import { Problems } from './problems';

/**
 * Adds a problem for each field that the declaration does not know. TypeScript refuses most of them at compile time, but
 * not when the object comes from a spread, from JSON or from plain JavaScript, and a field that is silently ignored may
 * have been a limit.
 */
export function expectKnownFields(problems: Problems, props: object | undefined, known: readonly string[], what: string, code: string): void {
  const unknown = Object.keys(props ?? {}).filter((field) => !known.includes(field));
  if (unknown.length > 0) {
    problems.add({
      code,
      what: `${what} does not have ${unknown.length === 1 ? 'this field' : 'these fields'}`,
      received: unknown,
      allowed: known.join(', '),
      fix: 'Remove it, or correct its name: an ignored field would be a limit that nobody enforces.',
    });
  }
}
