import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type DecisionRow, missingNearMisses, readDecisionTable, runDecisionTable, verdict } from './decision-table';
import { deploy } from './fake-account';
import { DIRECTORY, GITHUB, GOOGLE, SCHEDULER, schedulerStory, VAULT } from './scheduler-story';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'decision-table-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const names = { agent: 'scheduler', dir: DIRECTORY, wi: SCHEDULER, vault: VAULT, google: GOOGLE, github: GITHUB };
const vend: DecisionRow = {
  situation: 'the agent uses its provider',
  role: 'agent',
  action: 'bedrock-agentcore:GetResourceOauth2Token',
  resources: ['dir', 'wi', 'vault', 'google'],
  expect: 'Allowed',
  because: 'it was declared',
};
const nearMiss: DecisionRow = { ...vend, situation: 'another provider', resources: ['dir', 'wi', 'vault', 'github'], expect: 'Denied', because: 'not declared' };
const mint: DecisionRow = {
  ...vend,
  situation: 'mints for a user',
  action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
  resources: ['dir', 'wi'],
  context: { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com', 'bedrock-agentcore:InboundJwtClaim/aud': ['agents'] },
};

function tableFile(...rows: DecisionRow[]): string {
  const file = path.join(folder, `${fs.readdirSync(folder).length}.json`);
  fs.writeFileSync(file, JSON.stringify({ title: 'a table', names, rows }));
  return file;
}

const account = deploy(schedulerStory().app);
runDecisionTable(tableFile(vend, nearMiss), account);

describe('near misses', () => {
  const missing = (...rows: DecisionRow[]) => missingNearMisses(readDecisionTable(tableFile(...rows)));
  const denied = (change: Partial<DecisionRow>): DecisionRow => ({ ...mint, situation: 'denied', expect: 'Denied', ...change });

  test('an allowed row without one is named', () => expect(missing(vend)).toEqual([expect.stringContaining('"the agent uses its provider"')]));

  test.each<[string, Partial<DecisionRow>]>([
    ['role', { role: 'intruder' }],
    ['action, whose context differs with it', { action: 'bedrock-agentcore:GetWorkloadAccessToken', context: {} }],
    ['resource', { resources: ['dir', 'github'] }],
    ['value of a context key', { context: { ...mint.context, 'bedrock-agentcore:InboundJwtClaim/iss': 'https://evil.example' } }],
    ['context key less', { context: { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com' } }],
  ])('another %s is one', (_title, change) => expect(missing(mint, denied(change))).toEqual([]));

  test.each<[string, Partial<DecisionRow>]>([
    ['two differences', { role: 'intruder', resources: ['dir', 'github'] }],
    ['no difference', {}],
    ['two resources', { resources: ['vault', 'github'] }],
  ])('%s are none', (_title, change) => expect(missing(mint, denied(change))).toHaveLength(1));
});

test('a wrong expectation says what was decided, and by what', async () => {
  const row = readDecisionTable(tableFile({ ...vend, expect: 'Denied', because: 'we say so' })).rows[0];
  expect(await verdict(account, row)).toBe('Allowed by Vend/Identity, Vend/Google, but Denied expected because we say so');
});

test.each<[string, DecisionRow[], RegExp]>([
  ['an unknown alias', [{ ...vend, resources: ['googel'] }], /"googel" is neither an alias nor an ARN/],
  ['a row without a reason', [{ ...vend, because: '' }], /"because" is missing/],
  ['an unknown expectation', [{ ...vend, expect: 'Maybe' as any }], /cannot expect "Maybe"/],
  ['a name used twice', [vend, vend], /another row of this name/],
])('%s is refused', (_title, rows, message) => expect(() => readDecisionTable(tableFile(...rows))).toThrow(message));
