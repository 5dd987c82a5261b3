import { KEEPER, KEEPER_SECRET, POOL, propertiesFor, READER, READER_SECRET, Region, SECRET, STACK_ID } from './region';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const READERS = { client_id: READER, client_secret: READER_SECRET };
const KEEPERS = { client_id: KEEPER, client_secret: KEEPER_SECRET };
const operations = () => [...region.cognito.received, ...region.secrets.received].map(({ operation }) => operation).sort();

test('a creation puts id and secret of the client into the secret, and says nothing of it', async () => {
  const answer = await region.send('Create');

  expect(answer).toEqual({
    Status: 'SUCCESS', PhysicalResourceId: 'machine-client-secret/ReaderMover', StackId: STACK_ID, RequestId: expect.stringContaining('request-'), LogicalResourceId: 'ReaderMover',
  });
  expect(region.secrets.value).toEqual(READERS);
  expect(operations()).toEqual(['DescribeSecret', 'DescribeUserPoolClient', 'PutSecretValue']);
});

test('every call is signed for its service, with the credentials of the environment', async () => {
  await region.send('Create');

  const services = [...region.cognito.received, ...region.secrets.received].map(({ headers }) => /Credential=ASIACANARYCANARYCANA\/\d{8}\/eu-west-1\/([a-z-]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1]);
  expect(services.sort()).toEqual(['cognito-idp', 'secretsmanager', 'secretsmanager']);
});

test('an event that comes again, also elsewhere, writes nothing more', async () => {
  const event = region.event('Create');
  await region.invoke(event);
  await region.invoke(event);
  region.deploy(READER);
  await region.invoke(event);

  expect(region.secrets.versions).toHaveLength(1);
  expect(region.secrets.calls('PutSecretValue')).toBe(1);
});

test('a creation that comes again after a rotation leaves the rotated secret in use', async () => {
  const event = region.event('Create');
  await region.invoke(event);
  region.secrets.rotate('5c1f2f52-7f5a-4f2e-9d55-b4f6a3f1b7a1', { ...READERS, client_secret: 'rotated-once' });
  region.deploy(READER);
  await region.invoke(event);
  region.secrets.rotate('6c1f2f52-7f5a-4f2e-9d55-b4f6a3f1b7a1', { ...READERS, client_secret: 'rotated-twice' });
  region.deploy(READER);
  await region.invoke(event);

  expect(region.secrets.value).toEqual({ ...READERS, client_secret: 'rotated-twice' });
  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
});

test('an update about something else leaves a rotated secret in use, and asks Cognito nothing', async () => {
  await region.send('Create');
  region.secrets.rotate('5c1f2f52-7f5a-4f2e-9d55-b4f6a3f1b7a1', { ...READERS, client_secret: 'rotated' });
  region.cognito.received = [];

  expect(await region.send('Update', { oldProperties: propertiesFor(READER) })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'machine-client-secret/ReaderMover' });
  expect(region.secrets.value).toEqual({ ...READERS, client_secret: 'rotated' });
  expect(region.cognito.received).toEqual([]);
});

test('an update about something else fills a secret that has no value', async () => {
  await region.send('Update', { oldProperties: propertiesFor(READER) });

  expect(region.secrets.value).toEqual(READERS);
});

test('an update of a resource that keeps its own physical id keeps it', async () => {
  expect(await region.send('Update', { id: 'something-else', oldProperties: propertiesFor(KEEPER) })).toMatchObject({ PhysicalResourceId: 'something-else' });
});

test('a replaced client replaces the value, and a rollback brings the former one back into use', async () => {
  await region.send('Create');
  region.deploy(KEEPER);
  await region.send('Update', { properties: propertiesFor(KEEPER), oldProperties: propertiesFor(READER) });
  expect(region.secrets.value).toEqual(KEEPERS);

  region.deploy(READER);
  await region.send('Update', { properties: propertiesFor(READER), oldProperties: propertiesFor(KEEPER) });
  expect(region.secrets.value).toEqual(READERS);
  expect(region.secrets.versions).toHaveLength(3);
});

test('a request of an earlier deployment that comes late changes nothing', async () => {
  const late = region.event('Update', { properties: propertiesFor(KEEPER), oldProperties: propertiesFor(READER) });
  await region.send('Create');
  await region.invoke(late);

  expect(region.answers.answerTo(late.RequestId)?.Reason).toMatch(/for another client or secret.*\[MachineClientSecret\/NotBound\]$/);
  expect(region.secrets.value).toEqual(READERS);
});

test.each([
  ['another client', { ClientId: KEEPER }],
  ['another pool', { UserPoolId: 'eu-west-1_zzzzzzzzz' }],
  ['another secret', { SecretArn: SECRET.replace('Reader', 'Keeper') }],
  ['no client', { ClientId: undefined }],
  ['a list', { ClientId: [READER] }],
])('an event that names %s is refused before any call', async (_, more) => {
  const answer = await region.send('Create', { properties: propertiesFor(READER, more) });

  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/\[MachineClientSecret\/NotBound\]$/) });
  expect(operations()).toEqual([]);
});

test('a function without settings refuses everything', async () => {
  const event = region.event('Create', { properties: {} });
  await region.invoke(event, region.environment({}));

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('[MachineClientSecret/NotBound]') });
  expect(operations()).toEqual([]);
});

test('a deletion succeeds and calls nobody, whatever it names', async () => {
  expect(await region.send('Delete', { properties: {} })).toMatchObject({ Status: 'SUCCESS' });
  expect(await region.send('Delete', { properties: propertiesFor(KEEPER) })).toMatchObject({ Status: 'SUCCESS' });
  expect(operations()).toEqual([]);
});

test.each(['', 'Rotate', 'create'])('the request type "%s" is refused', async type => {
  expect((await region.send(type)).Reason).toMatch(/\[MachineClientSecret\/RequestType\]$/);
});

test('two clients never get the same version id, nor does another secret of the same client', async () => {
  await region.send('Create');
  region.cognito.clients.set(READER, `${READER_SECRET}x`);
  await region.send('Update', { oldProperties: propertiesFor(KEEPER) });
  region.cognito.clients.set(KEEPER, READER_SECRET);
  region.deploy(KEEPER);
  await region.send('Update', { properties: propertiesFor(KEEPER), oldProperties: propertiesFor(READER) });

  const halves = region.secrets.versions.map(({ id }) => id.slice(0, 32));
  expect(new Set(halves).size).toBe(3);
  region.secrets.versions.forEach(({ id }) => expect(id).toMatch(/^[0-9a-f]{64}$/));
});

describe('what cannot be carried out', () => {
  test.each<[string, () => void, string]>([
    ['a client without a secret', () => region.cognito.clients.set(READER, undefined), 'NoSecret'],
    ['a client that is gone', () => region.cognito.clients.delete(READER), 'Missing'],
    ['a secret that is gone', () => Object.assign(region.secrets, { exists: false }), 'Missing'],
    ['a secret that is about to be deleted', () => Object.assign(region.secrets, { deletedAt: Date.UTC(2026, 10, 20) }), 'SecretDeleted'],
    ['an answer about another client', () => Object.assign(region.cognito, { deviations: { ClientId: KEEPER } }), 'OutOfTime'],
    ['an answer about a client of another pool', () => Object.assign(region.cognito, { deviations: { UserPoolId: `${POOL}x` } }), 'OutOfTime'],
  ])('%s', async (_, spoil, code) => {
    spoil();
    const answer = await region.send('Create');

    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(new RegExp(`\\[MachineClientSecret/${code}\\]$`)) });
    expect(region.secrets.versions).toEqual([]);
    expect(region.said).not.toContain(READER_SECRET);
  });

  test('a client that appears after a moment is waited for', async () => {
    region.cognito.clients.delete(READER);
    region.clock.whilePausing = () => void region.cognito.clients.set(READER, READER_SECRET);

    expect(await region.send('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(region.secrets.value).toEqual(READERS);
  });
});
