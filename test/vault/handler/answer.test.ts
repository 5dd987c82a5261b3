import * as net from 'node:net';
import { LOST_ANSWER } from './fault';
import { KEY_1, KEY_2, Region, URL_SIGNATURE } from './region';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const create = () => region.event('Create', { properties: { KeyArn: KEY_1 } });

test.each(Object.keys(LOST_ANSWER))('a lost answer is given again: %s', async name => {
  region.answers.faults = [LOST_ANSWER[name], LOST_ANSWER[name]];
  const event = create();

  await region.invoke(event);

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
  expect(new Set(region.answers.received.map(request => request.body)).size).toBe(1);
  expect(region.agentCore.writes).toEqual([KEY_1]);
});

test('goes to the pre-signed URL as it is, with an empty content type', async () => {
  const event = create();

  await region.invoke(event);

  const [put] = region.answers.received;
  expect(region.answers.url + put.path).toBe(event.ResponseURL);
  expect(put.headers).toMatchObject({ 'content-type': '', 'content-length': String(Buffer.byteLength(put.body)) });
});

test('copies the identifiers of the request', async () => {
  const event = create();

  await region.invoke(event);

  const { StackId, RequestId, LogicalResourceId } = event;
  expect(region.answers.answerTo(RequestId)).toMatchObject({ StackId, RequestId, LogicalResourceId });
});

test('fits in 4 KB whatever the service says, and keeps its code', async () => {
  const message = 'Schlüssel ☃ '.repeat(2000);
  const longArn = `arn:aws:kms:eu-west-1:111122223333:key/${'é'.repeat(4000)}`;
  region.agentCore.outage = { kind: 'reply', takesEffect: false, reply: { status: 400, headers: { 'x-amzn-errortype': 'ValidationException' }, body: JSON.stringify({ message }) } };

  for (const properties of [{ KeyArn: KEY_1 }, { KeyArn: longArn, TokenVaultId: longArn, OnRemoval: longArn }]) {
    await region.send('Create', { properties });
  }

  for (const { body } of region.answers.received) {
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
    expect(JSON.parse(body).Reason).toMatch(/\[TokenVault\/\w+\]$/);
  }
});

test('fits in 4 KB although every identifier is as long as it may be', async () => {
  const event = { ...region.event('Update', { id: 'p'.repeat(1024), properties: { KeyArn: KEY_2 }, oldProperties: { KeyArn: 'é'.repeat(3000) } }), LogicalResourceId: 'L'.repeat(255) };

  await region.invoke(event);

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'p'.repeat(1024) });
  expect(region.answers.answerTo(event.RequestId)?.Reason).toMatch(/\[TokenVault\/ChangedElsewhere\]$/);
});

test.each([
  ['without anything but its URL', {}],
  ['with nonsense in every field', { RequestType: 7, StackId: [], RequestId: null, LogicalResourceId: {}, PhysicalResourceId: 9, ResourceProperties: 'x' }],
  ['without properties', { RequestType: 'Update', ResourceProperties: null }],
])('is given to an event %s', async (_, fields) => {
  const { ResponseURL, RequestId } = create();

  await region.invoke({ ResponseURL, ...fields });

  expect(region.answers.answerTo(RequestId)).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/\[TokenVault\/\w+\]$/) });
});

test.each([
  ['is missing', undefined],
  ['is no URL', 'nowhere'],
  ['would send the answer in the clear', 'http://example.com/answer'],
])('cannot be given when the URL %s: the invocation fails', async (_, ResponseURL) => {
  await expect(region.invoke({ ...create(), ResponseURL })).rejects.toThrow('ResponseURL');
  expect(region.agentCore.received).toEqual([]);
});

test.each([null, undefined, 'text', 17, []])('cannot be given to an event that is %p', async event => {
  await expect(region.invoke(event)).rejects.toThrow('ResponseURL');
});

test('is encrypted on its way', async () => {
  const firstByte = new Promise<number>(resolve => {
    const server = net.createServer(socket => socket.once('data', data => {
      socket.destroy();
      server.close();
      resolve(data[0]);
    }));
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      region.invoke({ ...create(), ResponseURL: `https://127.0.0.1:${port}/?X-Amz-Signature=${URL_SIGNATURE}` }).catch(() => undefined);
    });
  });

  // A TLS record of the type handshake.
  expect(await firstByte).toBe(0x16);
});

describe('that never gets through', () => {
  test('after a success makes Lambda repeat the event, which changes nothing more', async () => {
    region.answers.outage = LOST_ANSWER.droppedBeforeEffect;
    const event = create();

    await expect(region.invoke(event)).rejects.toThrow('not delivered');
    region.answers.outage = undefined;
    region.clock.advance(60_000);
    region.coldStart();
    await region.invoke(event);

    // Its own earlier change, not somebody else's.
    expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'token-vault/default/eu-west-1' });
    expect(region.agentCore.writes).toEqual([KEY_1]);
  });

  test('after a failure, but may have arrived, is not repeated: CloudFormation may have rolled back', async () => {
    region.agentCore.changeElsewhere(KEY_2);
    region.answers.outage = LOST_ANSWER.droppedAfterEffect;
    const event = create();

    await region.invoke(event);

    expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'FAILED' });
    expect(JSON.parse(region.log.at(-1)!)).toMatchObject({ level: 'ERROR', message: expect.stringContaining('not known whether the answer arrived') });
  });

  test('because there was never a connection makes Lambda repeat the event, which may then succeed', async () => {
    region.agentCore.outage = LOST_ANSWER.droppedBeforeEffect;
    const event = create();
    const closed = await new Promise<number>(resolve => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as net.AddressInfo;
        server.close(() => resolve(port));
      });
    });

    await expect(region.invoke({ ...event, ResponseURL: event.ResponseURL!.toString().replace(/:\d+\//, `:${closed}/`) })).rejects.toThrow('not delivered');
    region.agentCore.outage = undefined;
    await region.invoke(event);

    expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
  });

  test('because CloudFormation has stopped waiting is given up at once', async () => {
    region.answers.outage = { kind: 'reply', takesEffect: false, reply: { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' } };

    await region.invoke(create());

    expect(region.answers.received).toHaveLength(1);
    expect(JSON.parse(region.log.at(-1)!)).toMatchObject({ level: 'ERROR', status: 403 });
  });
});
