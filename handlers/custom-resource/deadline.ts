import { Clock } from './clock';

/** Kept back for the answer, whose delivery has its own retries; less if the function has little time at all. */
const ANSWER_RESERVE = 30_000;
/** After this long a call counts as lost. Both services answer within a second or two. */
const LONGEST_CALL = 30_000;

/** The work was stopped because the answer has to go out now. */
export class OutOfTime extends Error {
  constructor() {
    super('The time for the work is over');
    this.name = 'OutOfTime';
  }
}

/** A call was given up because nothing came back for too long. Its effect is unknown. */
export class CallTimedOut extends Error {
  constructor() {
    super(`No answer within ${LONGEST_CALL / 1000} seconds`);
    this.name = 'CallTimedOut';
  }
}

/**
 * The watchdog: ends the work while there is still time to tell CloudFormation.
 *
 * A function that Lambda kills at its timeout answers nothing, and the stack then hangs until CloudFormation gives up.
 */
export class Deadline {
  private readonly over = new AbortController();
  private readonly cancelAlarm: () => void;

  constructor(private readonly clock: Clock, remaining: number) {
    const reserve = Math.min(ANSWER_RESERVE, remaining / 3);
    this.cancelAlarm = clock.alarm(Math.max(0, remaining - reserve), () => this.over.abort(new OutOfTime()));
  }

  /** Runs the work until it ends or the time is over, whichever comes first. */
  public async run<T>(work: () => Promise<T>): Promise<T> {
    return Promise.race([work(), rejectionBy(this.over.signal)]);
  }

  /** Ends all work, also what is still under way: nothing may change the vault after the answer. */
  public end(): void {
    this.cancelAlarm();
    this.over.abort(new OutOfTime());
  }

  /** Makes one call, which is given up when it takes too long or the time is over. */
  public async call<T>(send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.over.signal.throwIfAborted();
    const tooLong = new AbortController();
    const cancel = this.clock.alarm(LONGEST_CALL, () => tooLong.abort(new CallTimedOut()));
    const signal = AbortSignal.any([tooLong.signal, this.over.signal]);
    try {
      return await Promise.race([send(signal), rejectionBy(signal)]);
    } catch (error) {
      // The SDK reports any abort as an AbortError; the reason says which one it was.
      throw signal.aborted ? signal.reason : error;
    } finally {
      cancel();
    }
  }

  /** Waits, but not beyond the end. */
  public async pause(milliseconds: number): Promise<void> {
    await this.clock.pause(milliseconds, this.over.signal);
    this.over.signal.throwIfAborted();
  }
}

function rejectionBy(signal: AbortSignal): Promise<never> {
  const rejection = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (signal.aborted) {
      reject(signal.reason);
    }
  });
  rejection.catch(() => undefined);
  return rejection;
}
