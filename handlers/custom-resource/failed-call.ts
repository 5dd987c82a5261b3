import { CallTimedOut, OutOfTime } from './deadline';

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
/** Secrets Manager gives this one with HTTP 400. */
const SERVER = ['InternalServiceError'];
/** What an error is called, as opposed to what somebody else might have put there. */
const NAME = /^[A-Za-z]{1,64}$/;
const LONGEST_MESSAGE = 500;

/** Whether the words of a failure may be repeated. `UNQUOTED` where an answer might hold a secret that nobody knows yet. */
export type Quoting = 'QUOTED' | 'UNQUOTED';

interface ServiceFailure {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly clockSkewCorrected?: boolean };
}

/** A call to AWS that did not succeed. */
export class FailedCall extends Error {
  /** Makes sense of what a call threw; the end of the time is no failure of the call and stays what it is. */
  public static of(operation: string, error: unknown, quoting: Quoting = 'QUOTED'): FailedCall | OutOfTime {
    if (error instanceof FailedCall || error instanceof OutOfTime) {
      return error;
    }
    const failure = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as ServiceFailure;
    const { httpStatusCode: status, requestId } = failure.$metadata ?? {};
    const details = [
      ...(status === undefined ? [] : [`HTTP ${status}`]),
      ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    ];
    const end = details.length ? ` (${details.join(', ')})` : '';
    const message = (failure.message ?? '').split('\n')[0].slice(0, LONGEST_MESSAGE);
    const description = quoting === 'QUOTED'
      ? `${failure.name ?? 'Error'}: ${message}${end}`
      : `${NAME.test(failure.name ?? '') ? failure.name : 'an error'}${end}`;
    return new FailedCall(operation, troubleOf(error, failure), description);
  }

  constructor(
    public readonly operation: string,
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
  if (status >= 500 || SERVER.includes(name)) {
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
