/** What a problem tells the person who reads it in the stack's events. */
export interface ProblemText {
  /** What is wrong, in the user's words. */
  readonly what: string;
  /** The value that was received. */
  readonly received?: string;
  /** What would have been accepted. */
  readonly allowed?: string;
  /** What to change. */
  readonly action: string;
}

const LONGEST_QUOTE = 600;

/**
 * A failure that the reader can do something about: what, received, allowed, what to do, and a stable code.
 *
 * The code is part of this library's interface: runbooks and alarms search for it.
 */
export class Problem extends Error {
  /** Raises independent problems together, under the code of the first. */
  public static throwAll(problems: Problem[]): void {
    if (problems.length === 1) {
      throw problems[0];
    }
    if (problems.length > 1) {
      throw Object.assign(new Problem(problems[0].code, { what: '', action: '' }), {
        message: problems.map(problem => problem.message).join(' '),
      });
    }
  }

  /** The stable code without its brackets, such as `TokenVault/KeyDisabled`. */
  public readonly code: string;

  constructor(code: string, text: ProblemText) {
    super([
      text.what,
      ...(text.received === undefined ? [] : [`Received: ${quote(text.received)}.`]),
      ...(text.allowed === undefined ? [] : [`Allowed: ${text.allowed}.`]),
      text.action,
      `[${code}]`,
    ].join(' '));
    this.name = 'Problem';
    this.code = code;
  }
}

/** Bounds a value that came from outside: CloudFormation takes answers of 4 KB and shows less. */
function quote(value: string): string {
  return value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value;
}
