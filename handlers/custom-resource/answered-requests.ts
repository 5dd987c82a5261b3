import { Answer } from './cloudformation-response';

/** Enough for every request of a busy hour; one execution environment sees a handful. */
const MOST_REMEMBERED = 100;

/**
 * The answers that this execution environment gave.
 *
 * A request that comes again is answered again and does nothing else: whatever CloudFormation asked for since then stands.
 * Another execution environment knows nothing of it, and judges the vault's state instead.
 */
export class AnsweredRequests {
  private readonly answers = new Map<string, Answer>();

  /** The answer that was given to the request here, if any. */
  public find(stackId: string, requestId: string): Answer | undefined {
    return requestId === '' ? undefined : this.answers.get(`${stackId} ${requestId}`);
  }

  /** Remembers an answer, and forgets the oldest when there are too many. */
  public add(answer: Answer): void {
    this.answers.set(`${answer.StackId} ${answer.RequestId}`, answer);
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= MOST_REMEMBERED) {
        return;
      }
      this.answers.delete(oldest);
    }
  }
}
