import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorReply } from './fault';
import { EventFields, KEY_1, KEY_2, KEY_3, Region } from './region';

const ID = 'token-vault/default/eu-west-1';

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());
beforeEach(() => region.reset());

/** One way to get an error code. */
interface Row {
  readonly code: string;
  readonly when: string;
  /** What the reason says besides the code. */
  readonly says: (string | RegExp)[];
  readonly type?: string;
  readonly fields?: EventFields;
  readonly prepare?: () => void;
}

const create = (properties: Record<string, unknown>): Pick<Row, 'fields'> => ({ fields: { properties } });
const key = (deviations: Record<string, unknown>): Pick<Row, 'fields' | 'prepare'> => ({
  ...create({ KeyArn: KEY_1 }),
  prepare: () => region.kms.addKey(KEY_1, deviations),
});
const refusing = (operation: string, status: number, type: string, message: string): Pick<Row, 'fields' | 'prepare'> => ({
  ...create({ KeyArn: KEY_1 }),
  prepare: () => {
    const endpoint = operation === 'DescribeKey' ? region.kms : region.agentCore;
    endpoint.outage = { kind: 'reply', takesEffect: false, reply: errorReply(status, type, message), operation };
  },
});

const MULTI_REGION = 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab';

const ROWS: Row[] = [
  { code: 'RequestType', when: 'the request is of no known type', type: 'Read', says: ['"Read"', 'Create, Update, Delete'] },
  { code: 'RequestType', when: 'the request has no type', type: '', says: ['""'] },
  { code: 'KeyArn', when: 'there is no key', ...create({}), says: ['undefined', 'arn:aws:kms:<region>'] },
  { code: 'KeyArn', when: 'the key is a bare id', ...create({ KeyArn: '11110000-0000-4000-8000-000000000000' }), says: ['"11110000-'] },
  { code: 'KeyArn', when: 'the ARN is of another service', ...create({ KeyArn: 'arn:aws:s3:::bucket' }), says: ['"arn:aws:s3:::bucket"'] },
  { code: 'KeyArn', when: 'the key is not even text', ...create({ KeyArn: ['x'] }), says: ['object'] },
  { code: 'KeyAlias', when: 'the key is an alias', ...create({ KeyArn: 'alias/vault' }), says: ['"alias/vault"', 'key that the alias points to'] },
  { code: 'KeyAlias', when: 'the key is an alias ARN', ...create({ KeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/vault' }), says: ['alias/vault"'] },
  { code: 'KeyMultiRegion', when: "the key's id says that it is a multi-Region key", ...create({ KeyArn: MULTI_REGION }), says: ['mrk-', 'single-Region'] },
  { code: 'KeyMultiRegion', when: "the key's description says so", ...key({ MultiRegion: true }), says: [KEY_1] },
  { code: 'KeyRegion', when: 'the key is in another Region', ...create({ KeyArn: KEY_1.replace('eu-west-1', 'us-east-1') }), says: ['us-east-1', 'a key in eu-west-1'] },
  { code: 'VaultId', when: 'the vault has another id', ...create({ KeyArn: KEY_1, TokenVaultId: 'mine' }), says: ['"mine"', '"default"'] },
  { code: 'OnRemoval', when: 'OnRemoval is misspelt', ...create({ KeyArn: KEY_1, OnRemoval: 'KEEP' }), says: ['"KEEP"', 'KEEP_KEY, RETURN_TO_SERVICE_KEY'] },
  { code: 'KeyNotFound', when: 'there is no such key', fields: { properties: { KeyArn: KEY_1 } }, prepare: () => region.kms.keys.clear(), says: ['NotFoundException'] },
  { code: 'KeyDisabled', when: 'the key is disabled', ...key({ KeyState: 'Disabled', Enabled: false }), says: [KEY_1, 'Enable the key'] },
  { code: 'KeyDisabled', when: 'the key is disabled and has no state', ...key({ KeyState: undefined, Enabled: false }), says: [KEY_1] },
  { code: 'KeyPendingDeletion', when: 'the key is about to be deleted', ...key({ KeyState: 'PendingDeletion' }), says: ['Cancel the deletion'] },
  { code: 'KeyUnavailable', when: "the key's material is missing", ...key({ KeyState: 'PendingImport' }), says: ['state PendingImport'] },
  { code: 'KeyManagedByAws', when: 'the key is managed by AWS', ...key({ KeyManager: 'AWS' }), says: ['manager AWS'] },
  { code: 'KeyNotSymmetric', when: 'the key is asymmetric', ...key({ KeySpec: 'RSA_2048' }), says: ['spec RSA_2048', 'SYMMETRIC_DEFAULT'] },
  { code: 'KeyUsage', when: 'the key is for signatures', ...key({ KeyUsage: 'GENERATE_VERIFY_MAC' }), says: ['usage GENERATE_VERIFY_MAC', 'ENCRYPT_DECRYPT'] },
  { code: 'VaultMissing', when: 'there is no vault yet', ...create({ KeyArn: KEY_1 }), prepare: () => { region.agentCore.key = 'absent'; }, says: ['first credential provider'] },
  { code: 'HeldByAnotherKey', when: 'a creation finds the key of another owner', ...create({ KeyArn: KEY_1 }), prepare: () => region.agentCore.changeElsewhere(KEY_2), says: [KEY_1, KEY_2, 'adopt'] },
  {
    code: 'ChangedElsewhere',
    when: 'an update finds a third key',
    type: 'Update',
    fields: { id: ID, properties: { KeyArn: KEY_2 }, oldProperties: { KeyArn: KEY_1 } },
    prepare: () => region.agentCore.changeElsewhere(KEY_3),
    says: [KEY_1, KEY_2, KEY_3, 'set-token-vault-cmk'],
  },
  { code: 'Denied', when: 'the role may not read the vault', ...refusing('GetTokenVault', 403, 'AccessDeniedException', 'not authorized'), says: ['GetTokenVault', 'bedrock-agentcore:GetTokenVault'] },
  { code: 'Denied', when: 'the role may not set the key', ...refusing('SetTokenVaultCMK', 403, 'AccessDeniedException', 'kms:Decrypt'), says: ['kms:Decrypt', 'use of the key'] },
  { code: 'Denied', when: 'the role may not describe the key', ...refusing('DescribeKey', 400, 'AccessDeniedException', 'no'), says: ['kms:DescribeKey'] },
  { code: 'Refused', when: 'the service refuses the key', ...refusing('SetTokenVaultCMK', 400, 'ValidationException', 'this key will not do'), says: ['SetTokenVaultCMK', 'this key will not do', /request id 8f4e1c0a/] },
  { code: 'Refused', when: 'the clock stays wrong', ...refusing('GetTokenVault', 403, 'InvalidSignatureException', 'no'), says: ['InvalidSignatureException'] },
  { code: 'OutOfTime', when: 'the service keeps throttling', ...refusing('GetTokenVault', 429, 'ThrottlingException', 'slow down'), says: ['ThrottlingException', 'Nothing was changed'] },
  {
    code: 'LateRequest',
    when: 'the answer cannot be given any more',
    ...create({ KeyArn: KEY_1 }),
    prepare: () => region.clock.advance(7_201_000),
    says: ['too late'],
  },
  {
    code: 'LateRequest',
    when: 'the vault was changed since, and the request is no first delivery',
    type: 'Update',
    fields: { id: ID, properties: { KeyArn: KEY_2 }, oldProperties: { KeyArn: KEY_1 } },
    prepare: () => {
      region.clock.advance(61_000);
      region.agentCore.changeElsewhere(KEY_1);
    },
    says: ['after the request was made'],
  },
  {
    code: 'Unexpected',
    when: 'the handler has a defect',
    ...create({ KeyArn: KEY_1 }),
    prepare: () => {
      region.agentCore.faults = [{ kind: 'drop', takesEffect: false }];
      region.random = () => { throw new TypeError('a defect'); };
    },
    says: ['TypeError: a defect'],
  },
];

test.each(ROWS)('$code: $when', async ({ code, type = 'Create', fields, prepare, says }) => {
  const event = region.event(type, fields);
  prepare?.();
  try {
    await region.invoke(event);
  } finally {
    region.random = Math.random;
  }

  const answer = region.answers.answerTo(event.RequestId);
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: type === 'Update' ? ID : `${ID}#untouched` });
  expect(answer?.Reason).toMatch(new RegExp(`\\[TokenVault/${code}\\]$`));
  for (const part of says) {
    expect(answer?.Reason).toMatch(part);
  }
  expect(region.agentCore.writes).toEqual([]);
  expect(region.log.map(line => JSON.parse(line))).toContainEqual(expect.objectContaining({ level: 'ERROR', code: `TokenVault/${code}`, requestId: event.RequestId }));
});

test('names independent problems of the properties together', async () => {
  const { Reason } = await region.send('Create', { properties: { KeyArn: 'alias/vault', TokenVaultId: 'mine', OnRemoval: 'KEEP' } });

  expect(Reason).toMatch(/\[TokenVault\/KeyAlias\].*\[TokenVault\/VaultId\].*\[TokenVault\/OnRemoval\]$/);
});

test('names every problem of the key together', async () => {
  region.kms.addKey(KEY_1, { KeyState: 'Disabled', MultiRegion: true, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });

  const { Reason } = await region.send('Create', { properties: { KeyArn: KEY_1 } });

  expect(Reason).toMatch(/KeyDisabled\].*KeyMultiRegion\].*KeyNotSymmetric\].*KeyUsage\]$/);
});

test('every code of the handler has a row', () => {
  const directory = join(__dirname, '..', '..', '..', 'handlers', 'token-vault-encryption');
  const source = readdirSync(directory).map(file => readFileSync(join(directory, file), 'utf8')).join('\n');
  const codes = [...source.matchAll(/'TokenVault\/([A-Za-z]+)'/g)].map(match => match[1]);

  expect([...new Set(ROWS.map(row => row.code))].sort()).toEqual([...new Set(codes)].sort());
});
