import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { companyApp } from '../../examples/company-agents/company-app';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';

const folder = mkdtempSync(join(tmpdir(), 'comparison-'));
let before: ComparedApp;

beforeAll(() => {
  companyApp({ outdir: join(folder, 'base') }).synth();
  before = comparedAppOf(readSynthesizedApp(join(folder, 'base')));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The kinds of changes, and of what, after the texts of the templates were changed. */
function after(change: (template: any) => void): string[] {
  const head = mkdtempSync(join(folder, 'head-'));
  cpSync(join(folder, 'base'), head, { recursive: true });
  readdirSync(head).filter((file) => file.endsWith('.template.json')).forEach((file) => {
    const template = JSON.parse(readFileSync(join(head, file), 'utf8'));
    change(template);
    writeFileSync(join(head, file), JSON.stringify(template));
  });
  return compareApps(before, comparedAppOf(readSynthesizedApp(head))).changes.map(({ kind, of, unannounced }) => `${kind} ${of}${unannounced === true ? ' unannounced' : ''}`);
}

/** Changes the statements with a Sid, wherever they are. */
function statements(sid: string, change: (statement: any, all: any[]) => void): (template: any) => void {
  return ({ Resources }) => Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy').forEach(({ Properties }) => {
    const all = Properties.PolicyDocument.Statement;
    all.filter(({ Sid }: any) => Sid === sid).forEach((statement: any) => change(statement, all));
  });
}

describe('templates of the example app, changed by hand', () => {
  test('the same folder twice: nothing changed', () => {
    expect(after(() => undefined)).toEqual([]);
  });

  test('logical ids mean nothing', () => {
    expect(after((template) => {
      const renamed = Object.entries<any>(template.Resources).map(([id, resource]) => [resource.Type === 'AWS::IAM::Policy' ? `Renamed${id}` : id, resource]);
      const text = renamed.filter(([, { Type }]) => Type === 'AWS::IAM::Policy').map(([id]) => id as string)
        .reduce((json, id) => json.split(`"${id.slice('Renamed'.length)}"`).join(`"${id}"`), JSON.stringify(Object.fromEntries(renamed)));
      template.Resources = JSON.parse(text);
    })).toEqual([]);
  });

  test('each action in a statement of its own: nothing changed', () => {
    expect(after(statements('UseTokenVaultKey', (statement, all) => {
      all.push(...[statement.Action].flat().map((Action: string) => ({ ...statement, Sid: undefined, Action })));
      all.splice(all.indexOf(statement), 1);
    }))).toEqual([]);
  });

  test('the secret is read directly: each role that may do so is loud', () => {
    expect(after(statements('ReadProviderSecret', (statement) => delete statement.Condition))).toEqual([
      'widened Engineering/PullRequests unannounced', 'widened Engineering/PullRequests unannounced', 'widened Engineering/Triage unannounced', 'widened Engineering/Triage unannounced',
      'widened Sales/Scheduler unannounced', 'widened Sales/Scheduler unannounced',
    ]);
  });

  test('a condition more on minting narrows', () => {
    expect(after(statements('ActAsUserMint', (statement) => { statement.Condition.StringEquals['bedrock-agentcore:InboundJwtClaim/sub'] = 'alice'; }))).toEqual([
      'narrowed Engineering/PullRequests', 'narrowed Engineering/Triage', 'narrowed Sales/Scheduler',
    ]);
  });

  test('the Denies gone: what is allowed is the same, what guards it is not', () => {
    expect(new Set(after(statements('DenyUndeclaredTokenActions', (statement, all) => all.splice(all.indexOf(statement), 1))).map((each) => each.split(' ')[0]))).toEqual(new Set(['guard-weakened']));
  });

  test('everybody may use the keys', () => {
    expect(after(({ Resources }) => Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::KMS::Key')
      .forEach(({ Properties }) => Properties.KeyPolicy.Statement.push({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: '*' })))).toEqual([
      'widened AWS::KMS::Key Platform/AgentSecretsKey', 'widened AWS::KMS::Key Platform/TokenVault/Key',
    ]);
  });

  test('another service may be the agents\' functions', () => {
    expect(after(({ Resources }) => Object.entries<any>(Resources).filter(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith('TriageFunction'))
      .forEach(([, { Properties }]) => Properties.AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } })))).toEqual([
      'widened Engineering/Triage',
    ]);
  });

  test('a statement that stands only under a condition of CloudFormation may be there', () => {
    expect(after((template) => {
      template.Parameters = { ...template.Parameters, Trial: { Type: 'String' } };
      template.Conditions = { ...template.Conditions, IsTrial: { 'Fn::Equals': [{ Ref: 'Trial' }, 'yes'] } };
      statements('GetOAuth2Token', (_statement, all) => all.push({ 'Fn::If': ['IsTrial', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, { Ref: 'AWS::NoValue' }] }))(template);
    })).toEqual(['widened Engineering/PullRequests unannounced', 'widened Engineering/Triage unannounced', 'widened Sales/Scheduler unannounced']);
  });
});
