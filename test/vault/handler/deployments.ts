import { GivenAnswer } from './answer-endpoint';
import { Chance } from './chance';
import { DeliveryService } from './delivery-service';
import { Asked, CreationHistory, endings } from './reference-model';
import { KEY_1, KEY_2, KEY_3, Region } from './region';

/** The resource as CloudFormation has it in its books. */
interface Declared {
  readonly id: string;
  readonly key: string;
  readonly onRemoval: string;
  readonly history: CreationHistory;
}

const KEYS = [KEY_1, KEY_2, KEY_3];
const REMOVALS = ['KEEP_KEY', 'RETURN_TO_SERVICE_KEY', 'RETURN_TO_SERVICE_KEY'];

/**
 * One stack's life: deployments, rollbacks and removals in random order, other people's changes in between, and events that
 * come again. Every step is compared with the reference; a difference raises an error.
 */
export class Deployments {
  /** What the last acknowledged request, or somebody else after it, wanted the vault to be. */
  public wanted: string;
  public readonly count: Record<string, number> = {};

  private declared: Declared | undefined;
  private readonly unfitKeys = new Set<string>();

  constructor(private readonly region: Region, private readonly chance: Chance, private readonly lambda: DeliveryService) {
    Object.assign(region.agentCore, {
      key: chance.oneOf(['service', 'service', 'service', 'absent', KEY_1]),
      vaultAppearsWhenSet: chance.happens(0.5),
    });
    this.wanted = region.agentCore.key;
    if (chance.happens(0.2)) {
      this.unfitKeys.add(KEY_3);
      region.kms.addKey(KEY_3, { KeyState: 'Disabled', Enabled: false });
    }
  }

  /** One thing happens. */
  public async step(): Promise<void> {
    this.region.clock.advance(this.chance.between(5_000, 600_000));
    if (this.chance.happens(0.1)) {
      this.lambda.move();
    }
    const { overdue } = this.lambda;
    const roll = this.chance.next();
    if (roll < 0.12) {
      this.changeElsewhere();
    } else if (roll < 0.3) {
      await this.replay();
    } else if (!this.declared) {
      await this.create();
    } else if (roll < 0.75) {
      await this.update(this.declared);
    } else {
      await this.remove(this.declared);
    }
    await this.repeatOverdue(overdue);
  }

  private async create(): Promise<void> {
    const before = this.region.agentCore.key;
    // Often the key that is already there: others are refused, and then not much happens.
    const key = KEYS.includes(before) && this.chance.happens(0.6) ? before : this.chance.oneOf(KEYS);
    const onRemoval = this.chance.oneOf(REMOVALS);
    const answer = await this.request({ type: 'Create', key }, onRemoval);
    const cancelled = answer !== undefined && this.chance.happens(0.1);
    const isFailure = answer?.Status !== 'SUCCESS';
    const outcome = answer === undefined || cancelled ? 'unanswered'
      : before === key ? isFailure ? 'failed' : 'found'
        : isFailure && this.region.agentCore.key !== key ? 'failed' : 'set';
    this.declared = {
      id: answer === undefined || cancelled ? 'app-Vault-1ABCDEFGHIJK' : answer.PhysicalResourceId,
      key,
      onRemoval,
      history: { outcome, before },
    };
    // Another resource failed meanwhile, or this one.
    if (isFailure || cancelled || this.chance.happens(0.15)) {
      this.tally(cancelled ? 'creation cancelled' : 'creation rolled back');
      this.region.clock.advance(5_000);
      await this.remove(this.declared);
    }
  }

  private async update(from: Declared): Promise<void> {
    const to = { ...from, key: this.chance.oneOf(KEYS), onRemoval: this.chance.oneOf(REMOVALS) };
    const answer = await this.request({ type: 'Update', from: from.key, key: to.key }, to.onRemoval, from.id);
    if (answer?.Status === 'SUCCESS' && !this.chance.happens(0.25)) {
      this.declared = to;
      return;
    }
    this.tally('update rolled back');
    await this.rollBack(from, to);
  }

  /** Until CloudFormation has it acknowledged; if somebody else holds the vault, that takes a person to put it right. */
  private async rollBack(from: Declared, to: Declared): Promise<void> {
    for (let calm = false; ; calm = true) {
      this.region.clock.advance(10_000);
      const answer = await this.request({ type: 'Update', from: to.key, key: from.key }, from.onRemoval, from.id, calm);
      if (answer?.Status === 'SUCCESS') {
        return;
      }
      if (calm) {
        this.tally('rollback failed');
        this.unfitKeys.delete(from.key);
        this.region.kms.addKey(from.key);
        this.region.agentCore.changeElsewhere(from.key);
        this.wanted = from.key;
      }
    }
  }

  private async remove(declared: Declared): Promise<void> {
    const { key, onRemoval, history, id } = declared;
    for (let calm = false; ; calm = true) {
      const answer = await this.request({ type: 'Delete', key, onRemoval, history }, onRemoval, id, calm);
      this.region.clock.advance(10_000);
      if (answer?.Status === 'SUCCESS') {
        this.declared = undefined;
        return;
      }
    }
  }

  /** Sends a request and holds what comes of it against the reference. */
  private async request(asked: Asked, onRemoval: string, id?: string, calm = false): Promise<GivenAnswer | undefined> {
    const { agentCore, clock } = this.region;
    const around = {
      vault: agentCore.key,
      unchangedFor: clock.now() - agentCore.modifiedAt,
      vaultAppearsWhenSet: agentCore.vaultAppearsWhenSet,
      unfitKeys: this.unfitKeys,
    };
    const writesBefore = agentCore.writes.length;
    const event = this.region.event(asked.type, {
      id,
      properties: { KeyArn: asked.key, OnRemoval: onRemoval },
      oldProperties: asked.type === 'Update' ? { KeyArn: asked.from } : undefined,
    });
    const { answer, lasting } = await this.lambda.deliver(event, calm);
    this.tally(`${asked.type} ${answer?.Status ?? 'unanswered'}`);

    const allowed = endings(asked, { ...around, lasting });
    const isAllowed = allowed.some(({ status, vault }) => vault === agentCore.key && (answer === undefined || answer.Status === status));
    if (!isAllowed || agentCore.writes.length > writesBefore + 1) {
      throw new Error(`${JSON.stringify({ asked, around, lasting })} ended in ${JSON.stringify({ answer, vault: agentCore.key, writes: agentCore.writes.slice(writesBefore) })},`
        + ` allowed is ${JSON.stringify(allowed)}\n${this.region.log.filter(line => line.includes(event.RequestId)).join('\n')}`);
    }
    if (agentCore.writes.length > writesBefore) {
      this.tally('vault changed');
    }
    if (answer?.Status === 'SUCCESS') {
      this.wanted = asked.type === 'Delete' ? agentCore.key : asked.key;
    }
    return answer;
  }

  private changeElsewhere(): void {
    this.tally('changed elsewhere');
    this.wanted = this.chance.oneOf(['service', ...KEYS]);
    this.region.agentCore.changeElsewhere(this.wanted);
  }

  /** Something old comes again. It must not change anything. */
  private async replay(): Promise<void> {
    const known = this.lambda.history.filter(delivered => delivered.environment === this.lambda.environment || delivered.answer?.Status === 'SUCCESS');
    if (known.length === 0) {
      return;
    }
    const { event, environment } = this.chance.oneOf(known);
    const isElsewhere = environment !== this.lambda.environment;
    this.tally(isElsewhere ? 'replayed elsewhere' : 'replayed');
    this.region.clock.advance(isElsewhere ? 60_000 : 0);
    await this.expectNothing(event);
  }

  private async repeatOverdue(events: readonly typeof this.lambda.overdue[number][]): Promise<void> {
    this.lambda.overdue = this.lambda.overdue.filter(event => !events.includes(event));
    for (const event of events) {
      this.tally('repeated after its answer');
      this.region.clock.advance(60_000);
      await this.expectNothing(event);
    }
  }

  private async expectNothing(event: { RequestId: string }): Promise<void> {
    const { agentCore } = this.region;
    const writesBefore = agentCore.writes.length;
    await this.lambda.redeliver(event);
    if (agentCore.writes.length > writesBefore) {
      throw new Error(`${JSON.stringify(event)} came again and changed the vault\n${this.region.log.filter(line => line.includes(`"${event.RequestId}"`)).join('\n')}`);
    }
  }

  private tally(what: string): void {
    this.count[what] = (this.count[what] ?? 0) + 1;
  }
}
