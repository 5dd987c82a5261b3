import { SynthesizedResource } from '../synthesized/synthesized-app';

/** Parts of a template that others refer to by name. */
const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Rules'] as const;

/**
 * A resource as it is written, with everything of its template that it refers to, and what that refers to: where this text is the same,
 * so is what it says at deployment, whatever it is.
 */
export function writtenText({ stack, logicalId }: SynthesizedResource): string {
  const template = stack.template as unknown as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const found = new Map<string, string>();
  const waiting = [logicalId];
  while (waiting.length > 0) {
    const name = waiting.pop()!;
    for (const section of SECTIONS) {
      const key = `${section} ${name}`;
      const definition = template[section]?.[name];
      if (definition !== undefined && !found.has(key)) {
        const text = JSON.stringify(definition, (member, value: unknown) => (member === 'Metadata' ? undefined : value));
        found.set(key, text);
        waiting.push(...text.match(/[A-Za-z0-9]+/g) ?? []);
      }
    }
  }
  return JSON.stringify([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
