import { errorReply, LOST_ANSWER, TRANSIENT } from './fault';
import { CREDENTIALS, KEY_1, Region, URL_SIGNATURE } from './region';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const SECRETS = [...Object.values(CREDENTIALS), URL_SIGNATURE, 'AKIAIOSFODNN7EXAMPLE'];

/** Nothing that lets its holder act for the function or answer for the stack may be in the text. */
function expectNoSecret(text: string): void {
  expect(text).not.toBe('');
  for (const secret of [...SECRETS, ...SECRETS.map(encodeURIComponent)]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/Signature=[0-9a-f]{16}/i);
}

/** What AWS says about a wrong signature: the whole request that it expected, with the session token in it. */
function echo(): string {
  return [
    'The Canonical String for this request should have been',
    `'POST /identities/get-token-vault x-amz-security-token:${CREDENTIALS.AWS_SESSION_TOKEN}'`,
    `Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/20261121/eu-west-1/bedrock-agentcore/aws4_request, Signature=${'ab'.repeat(32)}`,
    `secret ${CREDENTIALS.AWS_SECRET_ACCESS_KEY} ${encodeURIComponent(URL_SIGNATURE)}`,
  ].join(' ');
}

test.each([403, 400, 429, 500])('not even a service that echoes credentials with HTTP %d gets them into the log or the reason', async status => {
  region.agentCore.outage = { kind: 'reply', takesEffect: false, reply: errorReply(status, 'SignatureDoesNotMatch', echo()) };

  const answer = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(answer.Reason).toContain('[redacted]');
  expectNoSecret(answer.Reason!);
  expectNoSecret(region.log.join('\n'));
});

test('an event full of the URL leaves no trace of its signature', async () => {
  const event = region.event('Update', { id: 'x' });
  const url = event.ResponseURL as string;

  await region.invoke({
    ...event,
    RequestType: url,
    LogicalResourceId: url,
    StackId: url,
    PhysicalResourceId: url,
    ResourceProperties: { KeyArn: url, OnRemoval: url, TokenVaultId: url },
  });

  expectNoSecret(region.log.join('\n'));
});

test('an answer that cannot be delivered leaves no trace of the URL', async () => {
  for (const fault of Object.values(LOST_ANSWER).filter(({ kind }) => kind !== 'slow')) {
    region.answers.outage = fault;
    await region.invoke(region.event('Create', { properties: { KeyArn: KEY_1 } })).catch(error => expectNoSecret(`${error.message} ${error.stack}`));
  }

  expectNoSecret(region.log.join('\n'));
});

test('a long and troubled request logs one JSON object per line, each with its identifiers', async () => {
  region.agentCore.faults = Object.values(TRANSIENT);
  region.answers.faults = Object.values(LOST_ANSWER).filter(fault => !fault.takesEffect);
  const event = region.event('Create', { properties: { KeyArn: KEY_1 } });

  await region.invoke(event);

  expectNoSecret(region.log.join('\n'));
  for (const line of region.log) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.stringMatching(/^(INFO|WARN|ERROR)$/), message: expect.any(String), requestId: event.RequestId, requestType: 'Create' });
  }
});
