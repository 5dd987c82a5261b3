import { GivenAnswer } from './answer-endpoint';
import { Chance } from './chance';
import { Endpoint } from './endpoint';
import { Fault, LOST_ANSWER, TRANSIENT } from './fault';
import { Event, Region } from './region';
import { TokenVaultEncryption } from '../../../handlers/token-vault-encryption/custom-resource';

/** An event that was delivered, and where. */
export interface Delivered {
  readonly event: Event;
  readonly environment: TokenVaultEncryption;
  readonly answer: GivenAnswer | undefined;
}

/** Time for all trouble that passes; and less where nothing comes of waiting. */
const LONG_TIMEOUT = 300_000;
const SHORT_TIMEOUT = 75_000;
const REPEATS = [60_000, 120_000];
const ANSWER_WAIT = 3_600_000;
const STILL = Object.values(LOST_ANSWER).filter(fault => fault.kind !== 'slow');

/**
 * Lambda between CloudFormation and the handler: delivers at least once, to one of several execution environments, and
 * repeats an event twice if the function failed. With it comes the weather: what goes wrong, for how long.
 */
export class DeliveryService {
  /** Everything that was delivered, in order. */
  public readonly history: Delivered[] = [];
  /** Events that Lambda is going to repeat although CloudFormation has the answer and moves on. */
  public overdue: Event[] = [];
  public environment: TokenVaultEncryption;
  public readonly count = { events: 0, transientFaults: 0, lasting: 0, repeats: 0, unanswered: 0 };

  constructor(private readonly region: Region, private readonly chance: Chance) {
    this.environment = region.environment();
  }

  /** Delivers a new event until it is answered or Lambda gives up. Says whether the weather lasted. */
  public async deliver(event: Event, calm: boolean): Promise<{ answer: GivenAnswer | undefined; lasting: boolean }> {
    this.count.events++;
    const sentAt = this.region.clock.now();
    let lasting = false;
    for (const pause of [0, ...REPEATS]) {
      this.region.clock.advance(pause);
      lasting = this.brew(calm) || lasting;
      if (pause > 0 && this.chance.happens(0.6)) {
        // What kept the first answer from arriving often keeps the others too.
        this.strikeAnswers(LOST_ANSWER.droppedBeforeEffect);
      }
      const repeat = await this.invoke(event);
      if (!repeat) {
        break;
      }
      if (this.region.answers.answerTo(event.RequestId)) {
        this.overdue.push(event);
        break;
      }
      this.count.repeats++;
      this.moveSometimes();
    }
    const answer = this.region.answers.answerTo(event.RequestId);
    this.history.push({ event, environment: this.environment, answer });
    if (!answer) {
      this.count.unanswered++;
      this.region.clock.advance(Math.max(0, sentAt + ANSWER_WAIT - this.region.clock.now()));
    }
    return { answer, lasting };
  }

  /** Delivers an event that was delivered before. */
  public async redeliver(event: Event): Promise<void> {
    this.brew(true);
    await this.invoke(event);
  }

  /** From now on, another execution environment. */
  public move(): void {
    this.environment = this.region.environment();
  }

  private moveSometimes(): void {
    if (this.chance.happens(0.5)) {
      this.move();
    }
  }

  /** Whether Lambda has to repeat the event. */
  private async invoke(event: Event): Promise<boolean> {
    const { agentCore, kms, answers } = this.region;
    const lasts = [agentCore, kms, answers].some(endpoint => endpoint.outage);
    try {
      await this.region.invoke(event, this.environment, lasts ? SHORT_TIMEOUT : LONG_TIMEOUT);
      return false;
    } catch (error) {
      if ((error as Error).message === 'The answer to CloudFormation was not delivered') {
        return true;
      }
      throw error;
    } finally {
      this.brew(true);
    }
  }

  /** Makes the weather for one invocation, and says whether it lasts. */
  private brew(calm: boolean): boolean {
    const { agentCore, kms, answers } = this.region;
    for (const endpoint of [agentCore, kms, answers]) {
      Object.assign(endpoint, { faults: [], outage: undefined });
    }
    if (calm) {
      return false;
    }
    this.script(agentCore, Object.values(TRANSIENT), this.chance.oneOf([0, 0, 0, 1, 2]));
    this.script(kms, Object.values(TRANSIENT), this.chance.oneOf([0, 0, 0, 0, 1]));
    this.script(answers, Object.values(LOST_ANSWER), this.chance.oneOf([0, 0, 0, 1, 2]));
    if (!this.chance.happens(0.04)) {
      return false;
    }
    this.count.lasting++;
    const stricken = this.chance.oneOf<Endpoint>([agentCore, agentCore, kms, answers, answers]);
    if (stricken === answers) {
      this.strikeAnswers(this.chance.oneOf(STILL));
      return false;
    }
    stricken.outage = this.chance.oneOf(Object.values(TRANSIENT));
    return true;
  }

  /** No answer is confirmed any more; the work itself goes well, so that it is known how it ends. */
  private strikeAnswers(fault: Fault): void {
    const { agentCore, kms, answers } = this.region;
    Object.assign(answers, { outage: fault });
    Object.assign(agentCore, { faults: [], outage: undefined });
    Object.assign(kms, { faults: [], outage: undefined });
  }

  private script(endpoint: Endpoint, faults: Fault[], howMany: number): void {
    this.count.transientFaults += howMany;
    endpoint.faults = Array.from({ length: howMany }, () => this.chance.oneOf(faults));
  }
}
