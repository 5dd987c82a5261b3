import { Change } from './change';
import { differing } from './matched';

type Subject = Pick<Change, 'subject' | 'of'>;

/** Values any of which is allowed: one more allows more. */
export function allowedValues(subject: Subject, what: string, before: readonly string[] = [], now: readonly string[] = []): Change[] {
  const { removed, added } = differing(before, now);
  return [
    ...added.map((value): Change => ({ ...subject, kind: 'widened', what: `${what} added`, now: value })),
    ...removed.map((value): Change => ({ ...subject, kind: 'narrowed', what: `${what} removed`, before: value })),
  ];
}

/** The same, where no value at all means that nothing is limited. */
export function limitingValues(subject: Subject, what: string, before: readonly string[], now: readonly string[]): Change[] {
  if (before.length > 0 && now.length === 0) {
    return [{ ...subject, kind: 'widened', what: `no longer limited by ${what}`, before: before.join(', ') }];
  }
  if (before.length === 0 && now.length > 0) {
    return [{ ...subject, kind: 'narrowed', what: `now limited by ${what}`, now: now.join(', ') }];
  }
  return allowedValues(subject, what, before, now);
}

/** The same, where only the lack of a list means that nothing is limited: an empty one lets nobody through. */
export function restrictingValues(subject: Subject, what: string, before: readonly string[] | undefined, now: readonly string[] | undefined): Change[] {
  if (before !== undefined && now === undefined) {
    return [{ ...subject, kind: 'widened', what: `no longer limited by ${what}`, before: before.join(', ') }];
  }
  if (before === undefined && now !== undefined) {
    return [{ ...subject, kind: 'narrowed', what: `now limited by ${what}`, now: now.join(', ') }];
  }
  return allowedValues(subject, what, before, now);
}

/** Demands all of which have to be met: one less allows more. */
export function demandedValues(subject: Subject, what: string, before: readonly string[], now: readonly string[]): Change[] {
  const { removed, added } = differing(before, now);
  return [
    ...removed.map((value): Change => ({ ...subject, kind: 'widened', what: `${what} removed`, before: value })),
    ...added.map((value): Change => ({ ...subject, kind: 'narrowed', what: `${what} added`, now: value })),
  ];
}

/** A value that is another one now. */
export function otherValue(change: Pick<Change, 'kind' | 'subject' | 'of' | 'what'>, before: string | undefined, now: string | undefined): Change[] {
  return before === now ? [] : [{ ...change, ...(before !== undefined ? { before } : {}), ...(now !== undefined ? { now } : {}) }];
}
