import { KEY_1, KEY_2, Region } from './region';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

test('sets the key of a vault under the service-managed key', async () => {
  const answer = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(answer).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: 'token-vault/default/eu-west-1',
    StackId: expect.stringContaining('stack/app/'),
    RequestId: expect.stringContaining('request-'),
    LogicalResourceId: 'Vault',
    Data: { KeyArn: KEY_1, KeyType: 'CustomerManagedKey' },
  });
  expect(region.agentCore.writes).toEqual([KEY_1]);
});

test('looks at the vault and the key before it changes anything', async () => {
  await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(region.agentCore.received.map(request => request.operation)).toEqual(['GetTokenVault', 'SetTokenVaultCMK']);
  expect(region.kms.calls('DescribeKey')).toBe(1);
});

test('does nothing when the vault already has the key, and remembers that it was found', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  region.clock.advance(60_000);

  const answer = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `token-vault/default/eu-west-1#found=${KEY_1}` });
  expect(answer.Data).toEqual({ KeyArn: KEY_1, KeyType: 'CustomerManagedKey' });
  expect(region.agentCore.writes).toEqual([]);
});

test('does not look at a key that the vault already has: also a disabled one is right', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  region.kms.addKey(KEY_1, { KeyState: 'Disabled', Enabled: false });

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS' });
});

test('never replaces the key of another owner', async () => {
  region.agentCore.changeElsewhere(KEY_2);

  const answer = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'token-vault/default/eu-west-1#untouched' });
  expect(answer.Reason).toContain(KEY_1);
  expect(answer.Reason).toContain(KEY_2);
  expect(region.agentCore.key).toBe(KEY_2);
});

test('tries to set the key of a vault that does not exist yet, once', async () => {
  region.agentCore.key = 'absent';

  const answer = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'token-vault/default/eu-west-1#untouched' });
  expect(answer.Reason).toMatch(/does not exist yet.*credential provider.*\[TokenVault\/VaultMissing\]$/);
  expect(region.agentCore.calls('SetTokenVaultCMK')).toBe(1);
});

test('takes a vault that comes into being when its key is set', async () => {
  Object.assign(region.agentCore, { key: 'absent', vaultAppearsWhenSet: true });

  expect(await region.send('Create', { properties: { KeyArn: KEY_1 } })).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.key).toBe(KEY_1);
});

test('yields when somebody else is quicker in the midst of it', async () => {
  region.agentCore.faults = [{ kind: 'reply', takesEffect: false, operation: 'SetTokenVaultCMK', reply: { status: 409, body: '{"message":"conflict"}', headers: { 'x-amzn-errortype': 'ConcurrentModificationException' } } }];
  region.clock.whilePausing = () => region.agentCore.changeElsewhere(KEY_2);

  const answer = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(answer.Reason).toMatch(/\[TokenVault\/HeldByAnotherKey\]$/);
  expect(region.agentCore.key).toBe(KEY_2);
});

test('takes an update of a resource that never set anything for its creation', async () => {
  const answer = await region.send('Update', {
    id: 'token-vault/default/eu-west-1#untouched',
    properties: { KeyArn: KEY_1 },
    oldProperties: { KeyArn: KEY_2 },
  });

  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'token-vault/default/eu-west-1' });
  expect(region.agentCore.key).toBe(KEY_1);
});
