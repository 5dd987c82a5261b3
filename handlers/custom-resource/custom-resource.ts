import { AnsweredRequests } from './answered-requests';
import { Clock } from './clock';
import { Answer, bodyOf } from './cloudformation-response';
import { AnswerDelivery } from './delivery';
import { Envelope, envelope } from './envelope';
import { Log } from './log';
import { Redaction, redaction } from './redaction';

const CONNECTION_TIMEOUT = 5_000;

/** What a handler needs from its surroundings. */
export interface Surroundings {
  readonly clock: Clock;
  /** Evenly distributed numbers from 0 to 1, for jitter. */
  readonly random: () => number;
  /** Takes one line of log. */
  readonly write: (line: string) => void;
  /** The Region of the function. */
  readonly region: string;
}

/** What a handler needs from Lambda's context. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/**
 * A custom resource's function: each request is decided, answered at CloudFormation's pre-signed URL, and remembered.
 *
 * One instance lives as long as its execution environment.
 */
export abstract class CustomResource<S extends Surroundings = Surroundings> {
  private readonly answered = new AnsweredRequests();

  constructor(protected readonly surroundings: S) {}

  /** How clients of AWS are made. Retries are the handler's own; see Retry for the reasons. */
  protected get clientOptions() {
    return { region: this.surroundings.region, maxAttempts: 1, requestHandler: { connectionTimeout: CONNECTION_TIMEOUT } };
  }

  /**
   * Handles one event.
   *
   * Raises an error only if the answer was not delivered and it is harmless that Lambda, which repeats failed events,
   * delivers the same event again. That is so after a success, whose repetition finds nothing to do, and where no answer
   * can have arrived. A failure whose answer may have arrived is not repeated: CloudFormation may have rolled back by then,
   * and the repetition might succeed.
   */
  public async handle(event: unknown, invocation: Invocation): Promise<void> {
    const { clock, random, write } = this.surroundings;
    let from: Envelope;
    try {
      from = envelope(event);
    } catch (error) {
      new Log(write, redaction(undefined)).error((error as Error).message);
      throw error;
    }
    const redact = redaction(from.responseUrl);
    const { requestType, stackId, requestId, logicalResourceId } = from;
    const log = new Log(write, redact, { requestType, stackId, requestId, logicalResourceId });

    const repeated = this.answered.find(stackId, requestId);
    if (repeated) {
      log.warn('Request repeated, giving the same answer again');
    }
    const answer = repeated ?? await this.decide(from, invocation, log, redact);
    const delivery = await new AnswerDelivery(clock, random, log)
      .deliver(from.responseUrl, bodyOf(answer), () => invocation.getRemainingTimeInMillis());
    if (delivery !== 'undelivered') {
      this.answered.add(answer);
    }
    if (delivery === 'undelivered' || (delivery === 'unconfirmed' && answer.Status === 'SUCCESS')) {
      log.error('The answer was not delivered; Lambda is asked to repeat the event');
      throw new Error('The answer to CloudFormation was not delivered');
    }
    if (delivery === 'unconfirmed') {
      log.error('It is not known whether the answer arrived; CloudFormation may wait until it gives up');
    }
  }

  /** Does what the request asks for, and says how it went. Must not raise an error. */
  protected abstract decide(from: Envelope, invocation: Invocation, log: Log, redact: Redaction): Promise<Answer>;
}
