import { errorReply, Fault, LOST_ANSWER, TRANSIENT } from './fault';
import { KEY_1, KEY_2, Region } from './region';

const ID = 'token-vault/default/eu-west-1';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const OPERATIONS = ['GetTokenVault', 'SetTokenVaultCMK', 'DescribeKey'];
const CASES = OPERATIONS.flatMap(operation =>
  Object.entries(TRANSIENT).map(([name, fault]) => ({ operation, name, fault: { ...fault, operation } })));

function misbehave(...faults: Fault[]): void {
  region.kms.faults = faults.filter(fault => fault.operation === 'DescribeKey');
  region.agentCore.faults = faults.filter(fault => fault.operation !== 'DescribeKey');
}

describe.each(CASES)('$operation $name', ({ fault }) => {
  test('does not keep a creation from its end', async () => {
    misbehave(fault);

    expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
    expect(region.agentCore.key).toBe(KEY_1);
  });

  test('makes a change once only', async () => {
    region.agentCore.changeElsewhere(KEY_1);
    misbehave(fault);

    await region.send('Update', { id: ID, properties: { KeyArn: KEY_2 }, oldProperties: { KeyArn: KEY_1 } });

    // A lost answer is followed by reading: what was done is not done again.
    expect(region.agentCore.writes).toEqual([KEY_2]);
  });

  test('does not keep a removal from its end, three times in a row', async () => {
    region.agentCore.changeElsewhere(KEY_1);
    misbehave(fault, fault, fault);

    expect(await region.send('Delete', { id: ID, properties: { KeyArn: KEY_1, OnRemoval: 'RETURN_TO_SERVICE_KEY' } })).toMatchObject({ Status: 'SUCCESS' });
    expect(region.agentCore.writes).toEqual(['service']);
  });

  test('is not met with a second call before the vault was read again', async () => {
    misbehave(fault);

    await region.send('Create', { properties: { KeyArn: KEY_1 } });

    const operations = region.agentCore.received.map(request => request.operation);
    expect(operations).toContain('SetTokenVaultCMK');
    operations.forEach((name, index) => {
      if (name === 'SetTokenVaultCMK') {
        expect(operations[index - 1]).toBe('GetTokenVault');
      }
    });
  });
});

test('recognizes a change whose answer was lost as its own', async () => {
  misbehave({ ...TRANSIENT.droppedAfterEffect, operation: 'SetTokenVaultCMK' });

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
});

test('recognizes it also when the URL does not say when the request was made', async () => {
  misbehave({ ...TRANSIENT.droppedAfterEffect, operation: 'SetTokenVaultCMK' });
  const event = region.event('Create', { properties: { KeyArn: KEY_1 } });

  await region.invoke({ ...event, ResponseURL: (event.ResponseURL as string).replace(/X-Amz-Date=\w+&/, '') });

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
});

test('remembers a change whose answer was lost, though the next try was plainly refused', async () => {
  misbehave({ ...TRANSIENT.droppedBeforeEffect, operation: 'SetTokenVaultCMK' });
  region.agentCore.outage = { kind: 'reply', takesEffect: false, reply: errorReply(400, 'ValidationException'), operation: 'SetTokenVaultCMK' };

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
});

test.each([-7_200_000, 7_200_000])('corrects its clock when the service is %d ms away', async skew => {
  region.agentCore.skew = skew;

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.received.map(request => request.operation)).toEqual(['GetTokenVault', 'GetTokenVault', 'SetTokenVaultCMK']);
});

test.each(OPERATIONS)('waits half a minute for the permission to %s: the policy may be younger than the request', async operation => {
  const endpoint = operation === 'DescribeKey' ? region.kms : region.agentCore;
  endpoint.outage = { kind: 'reply', takesEffect: false, reply: errorReply(403, 'AccessDeniedException'), operation };
  const granted = region.clock.now() + 25_000;
  region.clock.whilePausing = milliseconds => {
    endpoint.outage = region.clock.now() + milliseconds > granted ? undefined : endpoint.outage;
  };

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS' });
});

test('waits for a key that KMS does not know everywhere yet', async () => {
  region.kms.keys.clear();
  region.clock.whilePausing = () => region.kms.addKey(KEY_1);

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS' });
});

test('does not believe an answer that names another key', async () => {
  const otherKey = { tokenVaultId: 'default', kmsConfiguration: { keyType: 'CustomerManagedKey', kmsKeyArn: KEY_2 }, lastModifiedDate: 1 };
  misbehave({ kind: 'reply', takesEffect: false, operation: 'SetTokenVaultCMK', reply: { status: 200, body: JSON.stringify(otherKey) } });

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.writes).toEqual([KEY_1]);
});

test('spreads its tries: pauses are drawn from a range that doubles, up to 20 seconds', async () => {
  const pauses: number[] = [];
  region.clock.whilePausing = milliseconds => { pauses.push(milliseconds); };
  region.random = () => 1;
  region.agentCore.faults = Array.from({ length: 8 }, () => TRANSIENT.throttled);

  await region.send('Create', { properties: { KeyArn: KEY_1 } });
  region.random = Math.random;

  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
});

describe('near its end, the function', () => {
  test.each([3_000, 30_000, 300_000])('still answers when it has %d ms in all and nothing ever answers it', async timeout => {
    region.agentCore.outage = TRANSIENT.hangingBeforeEffect;
    const event = region.event('Create', { properties: { KeyArn: KEY_1 } });

    await region.invoke(event, undefined, timeout);

    expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: `${ID}#untouched` });
    expect(region.answers.answerTo(event.RequestId)?.Reason).toMatch(/\[TokenVault\/OutOfTime\]$/);
  });

  test('says that a change may have been made, and makes none after the answer', async () => {
    region.agentCore.faults = [{ ...TRANSIENT.slow, operation: 'GetTokenVault' }];
    region.agentCore.outage = TRANSIENT.hangingAfterEffect;

    const { Reason, PhysicalResourceId } = await region.send('Create', { properties: { KeyArn: KEY_1 } });

    expect(Reason).toMatch(/may have been made/);
    expect(PhysicalResourceId).toBe(ID);
    expect(region.agentCore.calls('SetTokenVaultCMK')).toBe(1);
  });

  test('keeps time for an answer that needs several tries', async () => {
    region.agentCore.outage = TRANSIENT.throttled;
    region.answers.faults = Array.from({ length: 3 }, () => LOST_ANSWER.hangingBeforeEffect);
    const event = region.event('Create', { properties: { KeyArn: KEY_1 } });

    await region.invoke(event);

    expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'FAILED' });
  });
});
