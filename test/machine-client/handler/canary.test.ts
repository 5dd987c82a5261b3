import { KEEPER, KEEPER_SECRET, propertiesFor, READER, READER_SECRET, Region, SECRET } from './region';
import { errorReply, Fault, TRANSIENT } from '../../vault/handler/fault';
import { CREDENTIALS, URL_SIGNATURE } from '../../vault/handler/region';

/* The client's secret goes to Secrets Manager and nowhere else, also where the services misbehave. */
const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

/** Not even a part of it: a parser quotes what stands around the break. */
const PARTS = Array.from({ length: READER_SECRET.length - 7 }, (_, at) => READER_SECRET.slice(at, at + 8));

function expectNoCanary(): void {
  expect(region.said).not.toBe('');
  for (const secret of [...PARTS, KEEPER_SECRET, ...Object.values(CREDENTIALS), URL_SIGNATURE]) {
    // The URL of the answer is CloudFormation's own.
    const said = secret === URL_SIGNATURE ? region.log.join('\n') : region.said;
    expect(said).not.toContain(secret);
    expect(said).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -2));
  }
}

const reply = (status: number, body: string): Fault => ({ kind: 'reply', takesEffect: false, reply: { status, body, headers: { 'content-type': 'application/x-amz-json-1.1' } } });

/** Answers that hold the secret, in whole or in part. */
const HOSTILE: Readonly<Record<string, Fault>> = {
  'an error that quotes it': { kind: 'reply', takesEffect: false, reply: errorReply(400, 'ValidationException', `1 validation error: Value '${READER_SECRET}' at 'secretString' failed`) },
  'a server error that quotes it': { kind: 'reply', takesEffect: false, reply: errorReply(500, 'InternalErrorException', `{"client_secret":"${READER_SECRET}"}`) },
  'an error that is called like it': { kind: 'reply', takesEffect: false, reply: errorReply(400, READER_SECRET, 'no') },
  'a missing right that quotes it': { kind: 'reply', takesEffect: false, reply: errorReply(400, 'AccessDeniedException', `not authorized to ${READER_SECRET}`) },
  'JSON that breaks behind it': reply(200, `{"UserPoolClient":{"ClientId":"${READER}","ClientSecret":"${READER_SECRET}"`),
  'JSON that breaks in it': reply(200, `{"UserPoolClient":{"ClientSecret":"${READER_SECRET.slice(0, 30)}`),
  'JSON that breaks right before it': reply(200, `{"UserPoolClient":{"ClientSecret":${READER_SECRET}}}`),
  'the bare secret': reply(200, READER_SECRET),
  'an error page with it': reply(503, `<html>${READER_SECRET}</html>`),
  'an error with broken JSON around it': reply(400, `{"__type":"InvalidParameterException","message":${READER_SECRET}}`),
};

describe.each(['DescribeUserPoolClient', 'DescribeSecret', 'PutSecretValue'])('%s answers with', operation => {
  test.each(Object.keys(HOSTILE))('%s', async name => {
    const endpoint = operation === 'DescribeUserPoolClient' ? region.cognito : region.secrets;
    endpoint.outage = { ...HOSTILE[name], operation };
    await region.send('Create');

    expectNoCanary();
  });
});

test.each(Object.keys(TRANSIENT))('all goes wrong at once: %s', async name => {
  for (const endpoint of [region.cognito, region.secrets]) {
    endpoint.faults = [TRANSIENT[name]];
  }
  await region.send('Create');

  expect(region.secrets.value).toEqual({ client_id: READER, client_secret: READER_SECRET });
  expectNoCanary();
});

test('what fails inside leaves no trace of it either', async () => {
  region.random = () => {
    throw new Error(`broken with ${READER_SECRET}`);
  };
  region.cognito.outage = TRANSIENT.throttled;
  const answer = await region.send('Create');
  region.random = () => 0.5;

  expect(answer.Reason).toMatch(/\[MachineClientSecret\/Unexpected\]$/);
  expectNoCanary();
});

test('a whole life: created, replaced, rolled back, repeated, removed', async () => {
  await region.send('Create');
  region.deploy(KEEPER);
  await region.send('Update', { properties: propertiesFor(KEEPER), oldProperties: propertiesFor(READER) });
  region.deploy(READER);
  await region.send('Update', { oldProperties: propertiesFor(KEEPER) });
  await region.send('Update', { oldProperties: propertiesFor(READER) });
  await region.send('Update', { properties: propertiesFor(KEEPER) });
  await region.send('Delete');

  expectNoCanary();
  expect(region.secrets.received.map(({ body }) => JSON.parse(body).SecretId)).toEqual(region.secrets.received.map(() => SECRET));
});
