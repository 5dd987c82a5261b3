import { createHash } from 'crypto';
import { ComparedApp } from './compared-app';

/** How much of the digest is shown: enough that nobody finds another difference with the same one. */
const LENGTH = 32;

/**
 * The same text for the same difference, and another for any other: a change is shown by one example, or without its values, so that two
 * differences may look the same. What is the same on both sides has no part in it.
 */
export function fingerprint(before: ComparedApp, now: ComparedApp): string {
  const [was, is] = [entriesOf(before), entriesOf(now)];
  const only = (some: ReadonlySet<string>, others: ReadonlySet<string>) => [...some].filter((entry) => !others.has(entry)).sort();
  return createHash('sha256').update(JSON.stringify([only(was, is), only(is, was)])).digest('hex').slice(0, LENGTH);
}

/** All agents, providers, principals, settings and so on as texts. */
function entriesOf({ model, policies }: ComparedApp): Set<string> {
  const { resources: _everyPath, ...compared } = policies ?? {};
  return new Set([model ?? {}, compared].flatMap((side, index) => Object.entries(side).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value as unknown[] : Object.entries(value ?? {})).map((entry) => JSON.stringify([index, name, entry])))));
}
