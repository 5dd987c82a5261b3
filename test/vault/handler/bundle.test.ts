import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CREDENTIALS, KEY_1, Region, REGION } from './region';

const ROOT = join(__dirname, '..', '..', '..');
const TASK = 'bundle:handlers/token-vault-encryption/index';
const LARGEST = 400_000;

const run = promisify(execFile);
const region = new Region();
const directory = mkdtempSync(join(tmpdir(), 'token-vault-bundle-'));
const bundle = join(directory, 'index.js');
const metafile = join(directory, 'meta.json');

beforeAll(async () => {
  await region.open();
  // Exactly as the library's build does, but to another place.
  const tasks = JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8')).tasks;
  const [esbuild, ...options] = (tasks[TASK].steps[0].execArgs as string[]).filter(option => !option.startsWith('--outfile='));
  await run(join(ROOT, 'node_modules', '.bin', esbuild), [...options, `--outfile=${bundle}`, `--metafile=${metafile}`], { cwd: ROOT });
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await region.close();
});

test('is small', () => {
  expect(statSync(bundle).size).toBeLessThan(LARGEST);
});

test('has the two clients inside and no other, and of the credential providers none', () => {
  const inputs = Object.keys(JSON.parse(readFileSync(metafile, 'utf8')).inputs);
  const packages = new Set(inputs.map(input => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]));

  expect([...packages].filter(name => name?.startsWith('@aws-sdk/client-')).sort()).toEqual(['@aws-sdk/client-bedrock-agentcore-control', '@aws-sdk/client-kms']);
  expect([...packages].filter(name => /credential-provider|nested-clients|token-providers/.test(name ?? ''))).toEqual([]);
});

test('ships no source map', () => {
  expect(readdirSync(directory).sort()).toEqual(['index.js', 'meta.json']);
  expect(readFileSync(bundle, 'utf8')).not.toContain('sourceMappingURL');
});

test('does its work, with the credentials of its environment', async () => {
  const event = region.event('Create', { properties: { KeyArn: KEY_1 } });
  const url = new URL(event.ResponseURL as string);
  // Its clock is the machine's, for which the URL is of another time.
  url.searchParams.delete('X-Amz-Date');
  const script = `require(${JSON.stringify(bundle)}).handler(${JSON.stringify({ ...event, ResponseURL: url })}, { getRemainingTimeInMillis: () => 30000 })`;

  const { stdout } = await run(process.execPath, ['-e', script], {
    env: {
      ...CREDENTIALS,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL: region.agentCore.url,
      AWS_ENDPOINT_URL_KMS: region.kms.url,
    },
  });

  expect(region.answers.answerTo(event.RequestId)).toMatchObject({ Status: 'SUCCESS', Data: { KeyArn: KEY_1 } });
  expect(region.agentCore.writes).toEqual([KEY_1]);
  for (const { headers } of [...region.agentCore.received, ...region.kms.received]) {
    expect(headers.authorization).toContain(`Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/`);
    expect(headers['x-amz-security-token']).toBe(CREDENTIALS.AWS_SESSION_TOKEN);
  }
  for (const line of stdout.trim().split('\n')) {
    expect(JSON.parse(line)).toMatchObject({ requestId: event.RequestId });
  }
});
