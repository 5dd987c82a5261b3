import * as http from 'node:http';
import * as https from 'node:https';
import { Backoff } from './backoff';
import { Clock } from './clock';
import { Log } from './log';

/**
 * What became of the answer.
 *
 * - `confirmed`: it arrived.
 * - `refused`: the URL is not valid any more; CloudFormation has stopped waiting.
 * - `unconfirmed`: it was sent, and may have arrived.
 * - `undelivered`: it cannot have arrived, because no connection was ever made.
 */
export type Delivery = 'confirmed' | 'refused' | 'unconfirmed' | 'undelivered';

/** An attempt that takes longer counts as lost. */
const LONGEST_ATTEMPT = 5_000;
/** The last attempt starts this long before the function's end, and gives up shortly before it. */
const LAST_START = 1_500;
const LAST_MOMENT = 500;
const HIGHEST_PAUSE = 4_000;
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/**
 * Puts the answer to the pre-signed URL, as often as it takes and the time allows.
 *
 * Sending it twice is harmless: it is the same object, and CloudFormation takes the first.
 */
export class AnswerDelivery {
  constructor(private readonly clock: Clock, private readonly random: () => number, private readonly log: Log) {}

  /** Delivers the answer; `remaining` says how many milliseconds the function has left. */
  public async deliver(url: URL, body: string, remaining: () => number): Promise<Delivery> {
    const backoff = new Backoff(this.random, HIGHEST_PAUSE);
    let mayHaveArrived = false;
    for (;;) {
      const status = await this.attempt(url, body, remaining() - LAST_MOMENT);
      if (typeof status === 'number' && status < 300) {
        this.log.info('Answer delivered', { status });
        return 'confirmed';
      }
      if (typeof status === 'number' && status < 500 && status !== 408 && status !== 429) {
        this.log.error('The answer was refused: CloudFormation has stopped waiting for it', { status });
        return 'refused';
      }
      mayHaveArrived ||= typeof status === 'number' || !NEVER_CONNECTED.includes(status);
      const pause = backoff.next();
      this.log.warn('Answer not confirmed', { status });
      if (remaining() - pause < LAST_START) {
        return mayHaveArrived ? 'unconfirmed' : 'undelivered';
      }
      await this.clock.pause(pause);
    }
  }

  /** Makes one attempt and returns the HTTP status, or the code of the error. */
  private async attempt(url: URL, body: string, available: number): Promise<number | string> {
    const tooLong = new AbortController();
    const cancel = this.clock.alarm(Math.min(LONGEST_ATTEMPT, Math.max(0, available)), () => tooLong.abort());
    try {
      return await put(url, body, tooLong.signal);
    } catch (error) {
      // Not the message: it might name the URL.
      return (error as NodeJS.ErrnoException).code ?? (error as Error).name;
    } finally {
      cancel();
    }
  }
}

/** The URL is signed for an empty content type, so one is sent. */
function put(url: URL, body: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'PUT',
      agent: false as const,
      signal,
      headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) },
    };
    const call = (url.protocol === 'http:' ? http : https).request(url, options, response => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end(body);
  });
}
