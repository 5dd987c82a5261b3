import { CallTimedOut, OutOfTime } from './deadline';

/** The three operations that this function may call. */
export type Operation = 'GetTokenVault' | 'SetTokenVaultCMK' | 'DescribeKey';

/**
 * Why a call failed, as far as that decides what to do next.
 *
 * - `throttled`, `conflict`: refused for now, without effect.
 * - `server`, `unanswered`: outcome unknown; a change may have been made.
 * - `skewed`: refused because of the machine's clock, which the SDK has corrected by now.
 * - `absent`: what the call names does not exist.
 * - `denied`: no permission, or none yet.
 * - `refused`: any other answer that will be the same next time.
 */
export type Trouble = 'throttled' | 'conflict' | 'server' | 'unanswered' | 'skewed' | 'absent' | 'denied' | 'refused';

const THROTTLED = /throttl|toomanyrequests|requestlimit|slowdown/i;
const CONFLICT = /conflict|concurrentmodification/i;
const ABSENT = ['ResourceNotFoundException', 'NotFoundException'];
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedException'];
const LONGEST_MESSAGE = 500;

interface ServiceFailure {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly clockSkewCorrected?: boolean };
}

/** A call to AWS that did not succeed. */
export class FailedCall extends Error {
  /** Makes sense of what a call threw; the end of the time is no failure of the call and stays what it is. */
  public static of(operation: Operation, error: unknown): FailedCall | OutOfTime {
    if (error instanceof FailedCall || error instanceof OutOfTime) {
      return error;
    }
    const failure = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as ServiceFailure;
    const { httpStatusCode: status, requestId } = failure.$metadata ?? {};
    const details = [
      ...(status === undefined ? [] : [`HTTP ${status}`]),
      ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    ];
    const message = (failure.message ?? '').split('\n')[0].slice(0, LONGEST_MESSAGE);
    return new FailedCall(
      operation,
      troubleOf(error, failure),
      `${failure.name ?? 'Error'}: ${message}${details.length ? ` (${details.join(', ')})` : ''}`,
    );
  }

  constructor(
    public readonly operation: Operation,
    public readonly trouble: Trouble,
    public readonly description: string,
  ) {
    super(`${operation} failed with ${description}`);
    this.name = 'FailedCall';
  }

  /** Whether the service may have done what was asked although the call failed. */
  public get mayHaveHadEffect(): boolean {
    return this.trouble === 'server' || this.trouble === 'unanswered';
  }
}

function troubleOf(error: unknown, failure: ServiceFailure): Trouble {
  const name = failure.name ?? '';
  const status = failure.$metadata?.httpStatusCode;
  if (error instanceof CallTimedOut || status === undefined) {
    return 'unanswered';
  }
  if (failure.$metadata?.clockSkewCorrected) {
    return 'skewed';
  }
  if (status === 429 || THROTTLED.test(name)) {
    return 'throttled';
  }
  if (status >= 500) {
    return 'server';
  }
  if (status === 409 || CONFLICT.test(name)) {
    return 'conflict';
  }
  if (ABSENT.includes(name)) {
    return 'absent';
  }
  if (DENIED.includes(name)) {
    return 'denied';
  }
  // A success whose body could not be read, for instance because the connection broke in the middle of it.
  return status < 400 ? 'unanswered' : 'refused';
}
