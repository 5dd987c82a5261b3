import { TRANSIENT } from './fault';
import { KEY_1, KEY_2, Region } from './region';

const ID = 'token-vault/default/eu-west-1';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const remove = (OnRemoval: unknown, id: string | undefined = ID, KeyArn: unknown = KEY_1) =>
  region.send('Delete', { id, properties: { KeyArn, OnRemoval } });

test.each(['KEEP_KEY', undefined, 'nonsense'])('keeps the key, without a call, when OnRemoval is %s', async onRemoval => {
  region.agentCore.changeElsewhere(KEY_1);

  expect(await remove(onRemoval)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
  expect(region.agentCore.received).toEqual([]);
});

test('returns the vault to the service-managed key when asked to', async () => {
  region.agentCore.changeElsewhere(KEY_1);

  expect(await remove('RETURN_TO_SERVICE_KEY')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
  expect(region.agentCore.writes).toEqual(['service']);
  expect(JSON.parse(region.agentCore.received.at(-1)!.body)).toEqual({ tokenVaultId: 'default', kmsConfiguration: { keyType: 'ServiceManagedKey' } });
});

test('does not look at the key that is given up: it may be gone', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  region.kms.keys.clear();

  expect(await remove('RETURN_TO_SERVICE_KEY')).toMatchObject({ Status: 'SUCCESS' });
});

test.each([
  ['is under another key', KEY_2],
  ['is under the service-managed key already', 'service'],
  ['does not exist', 'absent'],
])('leaves a vault that %s', async (_, current) => {
  region.agentCore.changeElsewhere(current);

  expect(await remove('RETURN_TO_SERVICE_KEY')).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.writes).toEqual([]);
});

test('leaves a key that was there before the resource', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  region.clock.advance(60_000);
  const { PhysicalResourceId } = await region.send('Create', { properties: { KeyArn: KEY_1, OnRemoval: 'RETURN_TO_SERVICE_KEY' } });

  expect(await remove('RETURN_TO_SERVICE_KEY', PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.key).toBe(KEY_1);
});

test('returns a key that an update set after another one was found', async () => {
  region.agentCore.changeElsewhere(KEY_2);

  expect(await remove('RETURN_TO_SERVICE_KEY', `${ID}#found=${KEY_1}`, KEY_2)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.key).toBe('service');
});

test('does nothing, without a call, after a creation that changed nothing, though the vault has the key', async () => {
  region.agentCore.changeElsewhere(KEY_1);

  expect(await remove('RETURN_TO_SERVICE_KEY', `${ID}#untouched`)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.received).toEqual([]);
});

test('succeeds after a creation that failed because its properties were wrong', async () => {
  const { PhysicalResourceId } = await region.send('Create', { properties: { KeyArn: 17, OnRemoval: 'RETURN_TO_SERVICE_KEY' } });

  expect(await remove('RETURN_TO_SERVICE_KEY', PhysicalResourceId, 17)).toMatchObject({ Status: 'SUCCESS' });
});

test.each([
  ['dropped', TRANSIENT.droppedAfterEffect],
  ['a server error', TRANSIENT.serverErrorAfterEffect],
])('takes a change back that may have been made before the creation failed, its answer %s', async (_, lost) => {
  region.agentCore.outage = { kind: 'drop', takesEffect: false, operation: 'GetTokenVault' };
  const create = region.event('Create', { properties: { KeyArn: KEY_1, OnRemoval: 'RETURN_TO_SERVICE_KEY' } });
  // The first reading succeeds, the change is made, its answer is lost, and from then on nothing answers.
  region.agentCore.faults = [
    { kind: 'slow', takesEffect: true, milliseconds: 0, operation: 'GetTokenVault' },
    { ...lost, operation: 'SetTokenVaultCMK' },
  ];
  await region.invoke(create);
  const answer = region.answers.answerTo(create.RequestId)!;
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
  expect(answer.Reason).toMatch(/may have been made.*\[TokenVault\/OutOfTime\]$/);

  region.agentCore.outage = undefined;
  expect(await remove('RETURN_TO_SERVICE_KEY', answer.PhysicalResourceId)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.key).toBe('service');
});

describe('after a creation that CloudFormation cancelled, and whose answer it never took', () => {
  const MADE_UP = 'app-Vault-1ABCDEFGHIJK';

  test('returns a key that was set while the creation could be running', async () => {
    await region.send('Create', { properties: { KeyArn: KEY_1, OnRemoval: 'RETURN_TO_SERVICE_KEY' } });

    expect(await remove('RETURN_TO_SERVICE_KEY', MADE_UP)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: MADE_UP });
    expect(region.agentCore.key).toBe('service');
  });

  test('returns it also when CloudFormation waited for the answer as long as it does', async () => {
    await region.send('Create', { properties: { KeyArn: KEY_1, OnRemoval: 'RETURN_TO_SERVICE_KEY' } });
    region.clock.advance(3_700_000);

    await remove('RETURN_TO_SERVICE_KEY', MADE_UP);

    expect(region.agentCore.key).toBe('service');
  });

  test('leaves a key that was there long before', async () => {
    region.agentCore.changeElsewhere(KEY_1);
    region.clock.advance(7_300_000);

    expect(await remove('RETURN_TO_SERVICE_KEY', MADE_UP)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: MADE_UP });
    expect(region.agentCore.key).toBe(KEY_1);
  });

  test('waits for the creation that is still running', async () => {
    region.clock.whilePausing = () => region.agentCore.changeElsewhere(KEY_1);

    expect(await remove('RETURN_TO_SERVICE_KEY', MADE_UP)).toMatchObject({ Status: 'SUCCESS' });
    expect(region.agentCore.writes).toEqual(['service']);
  });

  test('keeps the key if that was asked for', async () => {
    region.agentCore.changeElsewhere(KEY_1);

    expect(await remove('KEEP_KEY', MADE_UP)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: MADE_UP });
    expect(region.agentCore.received).toEqual([]);
  });
});
