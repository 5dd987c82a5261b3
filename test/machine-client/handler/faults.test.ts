import { READER, READER_SECRET, Region } from './region';
import { errorReply, Fault, LOST_ANSWER, TRANSIENT } from '../../vault/handler/fault';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

const READERS = { client_id: READER, client_secret: READER_SECRET };

/** Ways of these services that the others do not have. */
const OWN: Readonly<Record<string, Fault>> = {
  tooManyRequests: { kind: 'reply', takesEffect: false, reply: errorReply(400, 'TooManyRequestsException') },
  internalServiceErrorAsClientError: { kind: 'reply', takesEffect: false, reply: errorReply(400, 'InternalServiceError') },
  internalServiceErrorAfterEffect: { kind: 'reply', takesEffect: true, reply: errorReply(400, 'InternalServiceError') },
  notAllowedYet: { kind: 'reply', takesEffect: false, reply: errorReply(400, 'AccessDeniedException') },
};
const ALL = { ...TRANSIENT, ...OWN };

describe.each(['DescribeUserPoolClient', 'DescribeSecret', 'PutSecretValue'])('%s', operation => {
  const endpoint = () => (operation === 'DescribeUserPoolClient' ? region.cognito : region.secrets);

  test.each(Object.keys(ALL))('is tried again after: %s', async name => {
    endpoint().faults = [{ ...ALL[name], operation }, { ...ALL[name], operation }];

    expect(await region.send('Create')).toMatchObject({ Status: 'SUCCESS' });
    expect(region.secrets.value).toEqual(READERS);
    // One version, however often it was asked for.
    expect(region.secrets.versions).toHaveLength(1);
  });

  const getsThrough = (name: string) => name === 'slow' || (operation === 'PutSecretValue' && ALL[name].takesEffect);

  test.each(Object.keys(ALL).filter(name => !getsThrough(name)))('that never gets better is told in time: %s', async name => {
    endpoint().outage = { ...ALL[name], operation };

    const answer = await region.send('Create');

    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/\[MachineClientSecret\/(OutOfTime|Denied)\]$/) });
    expect(answer.Reason).toContain(operation);
    expect(region.secrets.versions).toEqual([]);
  });

  test.each(['InvalidParameterException', 'EncryptionFailure', 'DecryptionFailure', 'InvalidRequestException'])('that is refused is told at once: %s', async type => {
    endpoint().outage = { kind: 'reply', takesEffect: false, operation, reply: errorReply(400, type) };

    const answer = await region.send('Create');

    expect(answer.Reason).toMatch(new RegExp(`${operation} was refused.*${type}.*request id .*\\[MachineClientSecret/Refused\\]$`));
    expect(endpoint().calls(operation)).toBe(1);
  });
});

test.each(Object.keys(ALL).filter(name => ALL[name].takesEffect))('a version whose writing is never confirmed is found by looking: %s', async name => {
  region.secrets.outage = { ...ALL[name], operation: 'PutSecretValue' };

  expect(await region.send('Create')).toMatchObject({ Status: 'SUCCESS' });
  expect(region.secrets.value).toEqual(READERS);
  expect(region.secrets.calls('PutSecretValue')).toBe(1);
});

test.each(Object.keys(LOST_ANSWER))('an answer to CloudFormation that gets lost is given again: %s', async name => {
  region.answers.faults = [LOST_ANSWER[name], LOST_ANSWER[name]];
  const event = region.event('Create');
  await region.invoke(event);

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.secrets.versions).toHaveLength(1);
});

test('an answer that never arrives has Lambda repeat the event, which writes nothing more', async () => {
  region.answers.outage = LOST_ANSWER.droppedBeforeEffect;
  const event = region.event('Create');
  await expect(region.invoke(event)).rejects.toThrow('not delivered');
  region.answers.outage = undefined;
  region.deploy(READER);
  await region.invoke(event);

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.secrets.versions).toHaveLength(1);
});

test('nothing is written after the answer: a call that hangs is given up first', async () => {
  region.secrets.outage = { kind: 'hang', takesEffect: false, operation: 'PutSecretValue' };
  const event = region.event('Create');
  await region.invoke(event);
  region.secrets.outage = undefined;
  region.clock.advance(3_600_000);

  expect(region.answers.answerTo(event.RequestId)?.Reason).toMatch(/may have been written.*\[MachineClientSecret\/OutOfTime\]$/);
  expect(region.secrets.versions).toEqual([]);
});

test('a missing right is named', async () => {
  region.secrets.outage = { ...OWN.notAllowedYet, operation: 'PutSecretValue' };

  expect((await region.send('Create')).Reason).toMatch(/secretsmanager:PutSecretValue on the secret and.*kms:GenerateDataKey.*\[MachineClientSecret\/Denied\]$/);
});
