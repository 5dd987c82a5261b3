import { KEY_1, KEY_2, KEY_3, Region } from './region';

const ID = 'token-vault/default/eu-west-1';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const update = (from: string | undefined, to: string, fields = {}) =>
  region.send('Update', { id: ID, properties: { KeyArn: to }, oldProperties: from === undefined ? {} : { KeyArn: from }, ...fields });

test('moves the vault from the old key to the new one', async () => {
  region.agentCore.changeElsewhere(KEY_1);

  expect(await update(KEY_1, KEY_2)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID, Data: { KeyArn: KEY_2 } });
  expect(region.agentCore.writes).toEqual([KEY_2]);
});

test('rolls back: an update in the other direction', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  await update(KEY_1, KEY_2);

  expect(await update(KEY_2, KEY_1)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
  expect(region.agentCore.writes).toEqual([KEY_2, KEY_1]);
});

test('rolls back an update that changed nothing', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  region.kms.addKey(KEY_2, { KeyState: 'Disabled' });
  expect(await update(KEY_1, KEY_2)).toMatchObject({ Status: 'FAILED' });

  expect(await update(KEY_2, KEY_1)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.writes).toEqual([]);
});

test('rolls back an update to a key ARN that was none', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  expect(await update(KEY_1, 'alias/vault')).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });

  expect(await update('alias/vault', KEY_1)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.writes).toEqual([]);
});

test('changes nothing when only OnRemoval changes', async () => {
  region.agentCore.changeElsewhere(KEY_1);

  expect(await update(KEY_1, KEY_1, { properties: { KeyArn: KEY_1, OnRemoval: 'RETURN_TO_SERVICE_KEY' } })).toMatchObject({ Status: 'SUCCESS' });
  expect(region.agentCore.writes).toEqual([]);
});

test.each([
  ['a third key', KEY_3, KEY_3],
  ['the service-managed key', 'service', 'service-managed'],
])('leaves a vault that somebody else put under %s', async (_, current, named) => {
  region.agentCore.changeElsewhere(current);

  const answer = await update(KEY_1, KEY_2);

  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
  for (const key of [named, KEY_1, KEY_2]) {
    expect(answer.Reason).toContain(key);
  }
  expect(answer.Reason).toMatch(/\[TokenVault\/ChangedElsewhere\]$/);
  expect(region.agentCore.writes).toEqual([]);
});

test('leaves a vault that somebody else changed although only OnRemoval changes', async () => {
  region.agentCore.changeElsewhere(KEY_3);

  expect((await update(KEY_1, KEY_1)).Reason).toMatch(/\[TokenVault\/ChangedElsewhere\]$/);
});

test.each([KEY_1, 'service'])('leaves a vault under any other key when the old one is not known: %s', async current => {
  region.agentCore.changeElsewhere(current);

  expect((await update(undefined, KEY_2)).Reason).toMatch(/\[TokenVault\/ChangedElsewhere\]$/);
  expect(region.agentCore.writes).toEqual([]);
});

test('keeps the physical id of a found key: a new one would be a replacement', async () => {
  region.agentCore.changeElsewhere(KEY_1);
  const id = `${ID}#found=${KEY_1}`;

  expect(await update(KEY_1, KEY_2, { id })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
});

test('keeps whatever physical id CloudFormation sent', async () => {
  region.agentCore.changeElsewhere(KEY_1);

  expect(await update(KEY_1, KEY_2, { id: 'app-Vault-1ABCDEF' })).toMatchObject({ PhysicalResourceId: 'app-Vault-1ABCDEF' });
});
