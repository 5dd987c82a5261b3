import { TRANSIENT } from './fault';
import { Event, KEY_1, KEY_2, Region } from './region';

const ID = 'token-vault/default/eu-west-1';
const RETURN = { OnRemoval: 'RETURN_TO_SERVICE_KEY' };

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

/** Sends the event and lets a few seconds pass, as deployments do. */
async function deliver(event: Event): Promise<Event> {
  await region.invoke(event);
  region.clock.advance(5_000);
  return event;
}

const create = (KeyArn = KEY_1, more = {}) => region.event('Create', { properties: { KeyArn, ...more } });
const update = (from: string, to: string) => region.event('Update', { id: ID, properties: { KeyArn: to }, oldProperties: { KeyArn: from } });
const remove = (KeyArn = KEY_1) => region.event('Delete', { id: ID, properties: { KeyArn, ...RETURN } });

/** Delivers an event once more and says how the vault changed. */
async function again(event: Event, where: 'here' | 'elsewhere', after: number): Promise<string[]> {
  const before = region.agentCore.writes.length;
  region.clock.advance(after);
  await region.invoke(event, where === 'elsewhere' ? region.environment() : undefined);
  return region.agentCore.writes.slice(before);
}

describe.each([
  ['in the same execution environment, at once', 'here', 0],
  ['in the same execution environment, later', 'here', 120_000],
  ['in another execution environment, at once', 'elsewhere', 0],
  ['in another execution environment, later', 'elsewhere', 120_000],
] as const)('a duplicate %s', (_, where, after) => {
  test('of a creation changes nothing', async () => {
    expect(await again(await deliver(create()), where, after)).toEqual([]);
  });

  test('of an update changes nothing', async () => {
    await deliver(create());
    expect(await again(await deliver(update(KEY_1, KEY_2)), where, after)).toEqual([]);
  });

  test('of a removal changes nothing', async () => {
    await deliver(create(KEY_1, RETURN));
    expect(await again(await deliver(remove()), where, after)).toEqual([]);
  });

  test('of a creation, after an update, changes nothing', async () => {
    const event = await deliver(create());
    await deliver(update(KEY_1, KEY_2));
    expect(await again(event, where, after)).toEqual([]);
  });
});

describe.each([
  ['in the same execution environment', 'here', 0],
  ['in another execution environment, after a minute', 'elsewhere', 60_001],
] as const)('overtaken, %s,', (_, where, after) => {
  test('a creation does not set the key again after the removal', async () => {
    const event = await deliver(create(KEY_1, RETURN));
    await deliver(remove());
    expect(await again(event, where, after)).toEqual([]);
  });

  test('an update does not come back after its rollback', async () => {
    await deliver(create());
    const event = await deliver(update(KEY_1, KEY_2));
    await deliver(update(KEY_2, KEY_1));
    expect(await again(event, where, after)).toEqual([]);
  });

  test('a rollback does not come back after the next update', async () => {
    await deliver(create());
    await deliver(update(KEY_1, KEY_2));
    const event = await deliver(update(KEY_2, KEY_1));
    await deliver(update(KEY_1, KEY_2));
    expect(await again(event, where, after)).toEqual([]);
  });

  test('a removal does not take the key from the stack that was deployed again', async () => {
    await deliver(create(KEY_1, RETURN));
    const event = await deliver(remove());
    await deliver(create(KEY_1, RETURN));
    expect(await again(event, where, after)).toEqual([]);
  });
});

test('a duplicate in the same execution environment gets the same answer, though the vault has changed', async () => {
  const event = await deliver(create());
  await deliver(update(KEY_1, KEY_2));
  region.answers.received = [];

  await region.invoke(event);

  expect(JSON.parse(region.answers.received[0].body)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
});

test('a duplicate of a failed update does not succeed after the rollback, in the same execution environment', async () => {
  await deliver(create());
  region.kms.addKey(KEY_2, { KeyState: 'Disabled' });
  const event = await deliver(update(KEY_1, KEY_2));
  await deliver(update(KEY_2, KEY_1));
  region.kms.addKey(KEY_2);

  expect(await again(event, 'here', 120_000)).toEqual([]);
});

test('a request whose first delivery Lambda delayed is carried out if nobody changed the vault meanwhile', async () => {
  await deliver(create());
  const event = update(KEY_1, KEY_2);
  region.clock.advance(900_000);

  await region.invoke(event);

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
});

test('a fresh request is carried out although the vault came into being after it was made', async () => {
  const event = create();
  region.clock.advance(10_000);
  region.agentCore.changeElsewhere('service');

  await region.invoke(event);

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
});

test('a URL that does not say when it was made does not keep a request from being carried out', async () => {
  const event = create();
  const url = new URL(event.ResponseURL as string);
  url.search = 'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1510162268&Signature=i83yhDz11gTyT4ACewvG6yKRjp4%3D';

  await region.invoke({ ...event, ResponseURL: url.toString() });

  expect(region.agentCore.key).toBe(KEY_1);
});

describe('a rollback', () => {
  test('waits for the update that it overtook and that is still running elsewhere', async () => {
    await deliver(create());
    // The update sets its key only while the rollback is already looking at the vault.
    region.clock.whilePausing = async () => {
      region.clock.whilePausing = undefined;
      await region.invoke(update(KEY_1, KEY_2), region.environment());
    };

    const rollback = await deliver(update(KEY_2, KEY_1));

    expect(region.answers.answerTo(rollback.RequestId)).toMatchObject({ Status: 'SUCCESS' });
    expect(region.agentCore.writes).toEqual([KEY_1, KEY_2, KEY_1]);
  });

  test('undoes an update whose change was made but never confirmed', async () => {
    await deliver(create());
    region.agentCore.faults = [{ ...TRANSIENT.slow, operation: 'GetTokenVault' }];
    region.agentCore.outage = TRANSIENT.hangingAfterEffect;
    const failed = await deliver(update(KEY_1, KEY_2));
    region.agentCore.outage = undefined;
    expect(region.answers.answerTo(failed.RequestId)).toMatchObject({ Status: 'FAILED' });
    expect(region.agentCore.key).toBe(KEY_2);

    const rollback = await deliver(update(KEY_2, KEY_1));

    expect(region.answers.answerTo(rollback.RequestId)).toMatchObject({ Status: 'SUCCESS' });
    expect(region.agentCore.key).toBe(KEY_1);
  });
});
