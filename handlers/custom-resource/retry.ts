import { Backoff } from './backoff';
import { Clock } from './clock';
import { Deadline } from './deadline';
import { FailedCall } from './failed-call';
import { Log } from './log';

/** How long a missing permission, or a key that was made a moment ago, may take to arrive everywhere. */
const PROPAGATION = 30_000;
/** The SDK corrects its clock at the first such answer; more of them mean something else. */
const MOST_SKEWED = 3;

/**
 * Decides after each failed call whether another try is worthwhile, and waits for it.
 *
 * The SDK's own retries are off (`maxAttempts: 1`), for three reasons: they do not know how long the function has left;
 * they do not retry 409, the most likely refusal of a vault that is shared by the whole account; and after a lost
 * answer they would send a change again blindly, where a handler first reads what has become of the matter.
 * There is no limit to the number of tries but the time.
 */
export class Retry {
  /** The most recent failure, for the message if time runs out. */
  public last: FailedCall | undefined;

  private readonly backoff: Backoff;
  private notYetSince: number | undefined;
  private skewed = 0;

  constructor(
    private readonly clock: Clock,
    private readonly deadline: Deadline,
    private readonly log: Log,
    random: () => number,
    private readonly mayAppear: (operation: string) => boolean,
  ) {
    this.backoff = new Backoff(random);
  }

  /** Waits before the next try, or throws the error again if there should be none. */
  public async after(error: unknown): Promise<void> {
    if (!(error instanceof FailedCall)) {
      throw error;
    }
    this.last = error;
    if (!this.worthwhile(error)) {
      throw error;
    }
    const pause = this.backoff.next();
    this.log.warn('Trying again', { operation: error.operation, trouble: error.trouble, error: error.description, pauseMs: pause });
    await this.deadline.pause(pause);
  }

  private worthwhile(failure: FailedCall): boolean {
    switch (failure.trouble) {
      case 'throttled':
      case 'conflict':
      case 'server':
      case 'unanswered':
        return true;
      case 'skewed':
        return ++this.skewed <= MOST_SKEWED;
      case 'denied':
        return this.maySoonArrive();
      case 'absent':
        return this.mayAppear(failure.operation) && this.maySoonArrive();
      case 'refused':
        return false;
    }
  }

  /** IAM and KMS are eventually consistent: the role's policy and the key may be younger than this request. */
  private maySoonArrive(): boolean {
    this.notYetSince ??= this.clock.now();
    return this.clock.now() - this.notYetSince < PROPAGATION;
  }
}
