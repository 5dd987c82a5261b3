import { Problems } from './problems';

/** Why something is cut off. */
export interface SuspensionOptions {
  /** Why, and since when or until when: a sentence of 10 to 500 characters. It stands in the access report. */
  readonly reason: string;
}

/** Expects the reason of a suspension and returns it. */
export function suspensionReason(options: SuspensionOptions, path?: string): string {
  const problems = new Problems(path);
  problems.expectText(options?.reason, {
    name: 'reason',
    code: 'Suspension/Reason',
    minimum: 10,
    forPeople: true,
    maximum: 500,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why it is suspended, so that the next person knows when it may be lifted.',
  });
  problems.raise();
  return options.reason;
}
