import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { companyApp } from '../../examples/company-agents/company-app';
import { deploy } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

const EXPECTED = join(__dirname, '..', '..', 'examples', 'company-agents', 'expected-report.md');

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

describe('the example app', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'company-'));
  const app = companyApp({ outdir });
  const account = deploy(app);

  test('its access report is the one that was reviewed (UPDATE_REPORT=1 renews it)', () => {
    if (process.env.UPDATE_REPORT === '1') {
      writeFileSync(EXPECTED, readFileSync(join(outdir, 'agentcore-access.md'), 'utf8'));
    }
    expect(readFileSync(join(outdir, 'agentcore-access.md'), 'utf8')).toBe(readFileSync(EXPECTED, 'utf8'));
  });

  test('its JSON says the same of every agent', () => {
    const model = JSON.parse(readFileSync(join(outdir, 'agentcore-access.json'), 'utf8'));
    expect(model.agents.map((agent: { path: string }) => agent.path)).toEqual(['Engineering/PullRequests', 'Engineering/Triage', 'Sales/Scheduler']);
    expect(model.agents.flatMap((agent: { remainingWildcards: unknown[] }) => agent.remainingWildcards)).toEqual([]);
  });

  test('every action, resource type and condition key exists in the service reference', async () => expect(await serviceReferenceFindings(account)).toEqual([]));

  test('every resource fits its CloudFormation schema', () => expect(templateSchemaErrors(account)).toEqual([]));

  test('nothing is exported from one stack to another', () => {
    for (const file of filesUnder(outdir).filter((name) => name.endsWith('.template.json'))) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/"Export"|Fn::ImportValue/);
    }
  });
});

test('two syntheses give the same bytes, file by file', () => {
  const [one, two] = [1, 2].map(() => companyApp({ outdir: mkdtempSync(join(tmpdir(), 'company-')) }).synth().directory);
  const relative = (folder: string) => filesUnder(folder).map((file) => file.slice(folder.length));
  expect(relative(two)).toEqual(relative(one));
  for (const file of relative(one)) {
    expect(readFileSync(join(two, file), 'utf8')).toBe(readFileSync(join(one, file), 'utf8'));
  }
});
