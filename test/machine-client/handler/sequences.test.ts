import { KEEPER, KEEPER_SECRET, POOL, propertiesFor, READER, READER_SECRET, Region, SECRET } from './region';
import { MachineClientSecret } from '../../../handlers/machine-client-secret/custom-resource';
import { Chance } from '../../vault/handler/chance';
import { LOST_ANSWER, TRANSIENT } from '../../vault/handler/fault';

/*
 * Many lives of one secret: deployments, replaced clients, rollbacks, rotations by somebody else, events that come again later and
 * elsewhere, and services in bad weather. After each step the value in use is compared with what a person would expect.
 */
const LIVES = Number(process.env.MACHINE_CLIENT_LIVES ?? 20);
const STEPS = 14;
const SECRETS: Record<string, string> = { [READER]: READER_SECRET, [KEEPER]: KEEPER_SECRET };

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());

class Life {
  public readonly count = { created: 0, updated: 0, replaced: 0, rotated: 0, repeated: 0, failed: 0 };
  private client = READER;
  private expected: Record<string, string> | undefined;
  private readonly delivered: { readonly event: Record<string, any>; readonly environment: MachineClientSecret }[] = [];
  private environment!: MachineClientSecret;
  private rotations = 0;

  constructor(private readonly chance: Chance) {
    region.reset();
    region.random = () => chance.next();
    this.deploy(READER);
  }

  public async step(): Promise<void> {
    region.clock.advance(this.chance.between(1_000, 600_000));
    const roll = this.chance.next();
    if (this.expected === undefined) {
      await this.request('Create', this.client, undefined);
    } else if (roll < 0.2) {
      await this.request('Update', this.client, this.client);
    } else if (roll < 0.45) {
      await this.replace();
    } else if (roll < 0.6) {
      this.rotate();
    } else {
      await this.repeat();
    }
    expect(region.secrets.value).toEqual(this.expected);
    expect(region.said).not.toContain(READER_SECRET);
    expect(region.said).not.toContain(KEEPER_SECRET);
  }

  private deploy(client: string): void {
    this.client = client;
    region.deploy(client);
    this.environment = region.environment({ userPoolId: POOL, clientId: client, secretArn: SECRET });
  }

  /** CloudFormation changes the function's settings first, then asks it; what fails is rolled back. */
  private async replace(): Promise<void> {
    const [from, to] = [this.client, this.client === READER ? KEEPER : READER];
    this.count.replaced++;
    this.deploy(to);
    if (!await this.request('Update', to, from)) {
      this.deploy(from);
      await this.request('Update', from, to, true);
    }
  }

  private async request(type: string, client: string, before: string | undefined, calm = false): Promise<boolean> {
    this.brew(calm);
    const event = region.event(type, { properties: propertiesFor(client), ...(before === undefined ? {} : { oldProperties: propertiesFor(before) }) });
    await region.invoke(event, this.environment);
    this.brew(true);
    this.delivered.push({ event, environment: this.environment });
    const done = region.answers.answerTo(event.RequestId)?.Status === 'SUCCESS';
    this.count[type === 'Create' ? 'created' : 'updated']++;
    if (!done) {
      this.count.failed++;
      // A failure may come after the value was written: then that is what stands.
      this.expected = region.secrets.value;
      expect(this.expected === undefined || this.expected.client_secret === SECRETS[this.expected.client_id] || this.rotations > 0).toBe(true);
      return false;
    }
    // An update that names the same client leaves what is in use; so does one whose value is in use already.
    if (before !== client) {
      this.expected = { client_id: client, client_secret: SECRETS[client] };
    }
    return true;
  }

  private rotate(): void {
    this.count.rotated++;
    this.expected = { client_id: this.client, client_secret: `rotated-${++this.rotations}` };
    region.secrets.rotate(`00000000-0000-4000-8000-${String(this.rotations).padStart(12, '0')}`, this.expected);
  }

  /** Lambda delivers an event again: to the environment that knows it, or to a new one with the settings of today. */
  private async repeat(): Promise<void> {
    const { event, environment } = this.chance.oneOf(this.delivered);
    const last = this.delivered[this.delivered.length - 1].event === event;
    const elsewhere = this.chance.happens(0.5);
    // Elsewhere, only events of the last hour come again, and of these only the last can name today's client for the first time.
    if (elsewhere && !last) {
      return;
    }
    this.count.repeated++;
    await region.invoke(event, elsewhere ? this.environment : environment);
  }

  private brew(calm: boolean): void {
    for (const endpoint of [region.cognito, region.secrets, region.answers]) {
      Object.assign(endpoint, { faults: [], outage: undefined });
    }
    if (calm) {
      return;
    }
    const some = <T>(faults: T[], most: number) => Array.from({ length: this.chance.between(0, most) }, () => this.chance.oneOf(faults));
    region.cognito.faults = some(Object.values(TRANSIENT), 3);
    region.secrets.faults = some(Object.values(TRANSIENT), 4);
    if (this.chance.happens(0.1)) {
      this.chance.oneOf([region.cognito, region.secrets]).outage = this.chance.oneOf(Object.values(TRANSIENT).filter(({ kind }) => kind !== 'slow'));
    }
    region.answers.faults = some(Object.values(LOST_ANSWER).filter(({ kind }) => kind !== 'hang'), 1);
  }
}

test(`${LIVES} lives in bad weather leave the value in use that was asked for last, and betray nothing`, async () => {
  const total: Record<string, number> = {};
  for (let seed = 1; seed <= LIVES; seed++) {
    const life = new Life(new Chance(seed));
    for (let step = 1; step <= STEPS; step++) {
      try {
        await life.step();
      } catch (error) {
        throw new Error(`Seed ${seed}, step ${step}: ${(error as Error).message}`, { cause: error });
      }
    }
    Object.entries(life.count).forEach(([name, count]) => (total[name] = (total[name] ?? 0) + count));
  }
  // Everything has happened often enough to mean something.
  Object.entries(total).forEach(([name, count]) => expect(`${name} ${count > 5}`).toBe(`${name} true`));
});
