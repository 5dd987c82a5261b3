/** What the user has to change in the call. The command line prints the message and ends with 2. */
export class UsageError extends Error {
  constructor(what: string, fix: string) {
    super(`${what}. ${fix}`);
    this.name = 'UsageError';
  }
}

/** Exit codes, for scripts. */
export const EXIT = {
  /** Nothing that `--fail-on` names. */
  NOTHING_FOUND: 0,
  /** Something that `--fail-on` names. */
  FOUND: 1,
  /** The command could not be carried out. */
  NOT_RUN: 2,
} as const;
