import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { POOL, READER, READER_SECRET, Region, SECRET } from './region';
import { CREDENTIALS, REGION } from '../../vault/handler/region';

const ROOT = join(__dirname, '..', '..', '..');
/** All handlers are bundled with the same options. */
const TASK = 'bundle:handlers/token-vault-encryption/index';
const LARGEST = 400_000;

const run = promisify(execFile);
const region = new Region();
const directory = mkdtempSync(join(tmpdir(), 'machine-client-bundle-'));
const bundle = join(directory, 'index.js');
const metafile = join(directory, 'meta.json');

beforeAll(async () => {
  await region.open();
  // As the library's build does, but to another place.
  const tasks = JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8')).tasks;
  const [esbuild, ...options] = (tasks[TASK].steps[0].execArgs as string[])
    .filter(option => !option.startsWith('--outfile='))
    .map(option => option.replace('handlers/token-vault-encryption/index.ts', 'handlers/machine-client-secret/index.ts'));
  await run(join(ROOT, 'node_modules', '.bin', esbuild), [...options, `--outfile=${bundle}`, `--metafile=${metafile}`], { cwd: ROOT });
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await region.close();
});

test('is small, and ships no source map', () => {
  expect(statSync(bundle).size).toBeLessThan(LARGEST);
  expect(readdirSync(directory).sort()).toEqual(['index.js', 'meta.json']);
  expect(readFileSync(bundle, 'utf8')).not.toContain('sourceMappingURL');
});

test('has the two clients inside and no other, and of the credential providers none', () => {
  const inputs = Object.keys(JSON.parse(readFileSync(metafile, 'utf8')).inputs);
  const packages = new Set(inputs.map(input => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]));

  expect([...packages].filter(name => name?.startsWith('@aws-sdk/client-')).sort()).toEqual(['@aws-sdk/client-cognito-identity-provider', '@aws-sdk/client-secrets-manager']);
  expect([...packages].filter(name => /credential-provider|nested-clients|token-providers/.test(name ?? ''))).toEqual([]);
});

test('does its work, with the credentials and the settings of its environment', async () => {
  const event = region.event('Create');
  const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 30000 })`;

  const { stdout, stderr } = await run(process.execPath, ['-e', script], {
    env: {
      ...CREDENTIALS,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: region.cognito.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: region.secrets.url,
      USER_POOL_ID: POOL,
      CLIENT_ID: READER,
      SECRET_ARN: SECRET,
    },
  });

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS' });
  expect(region.secrets.value).toEqual({ client_id: READER, client_secret: READER_SECRET });
  expect(`${stdout} ${stderr} ${region.said}`).not.toContain(READER_SECRET);
  for (const line of stdout.trim().split('\n')) {
    expect(JSON.parse(line)).toMatchObject({ requestId: event.RequestId });
  }
});
