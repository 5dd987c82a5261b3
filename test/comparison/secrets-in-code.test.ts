import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, Capability } from '../../src';
import { runChecks } from '../../src/checks/run-checks';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { ENV, REASON, weather } from '../situations/story';

/* A secret that an agent's own code reads: what a change of it is told as, and what the checks say. */
const folder = mkdtempSync(join(tmpdir(), 'secrets-in-code-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Declare = (agent: Agent, secret: (name: string, ending?: string) => secretsmanager.ISecret, role: iam.Role) => void;

function synthesized(declare: Declare) {
  const app = new App({ outdir: mkdtempSync(join(folder, 'app-')) });
  const stack = new Stack(app, 'S', { env: ENV });
  const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const host = role('Role');
  const agent = new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named('agent'), host: AgentHost.role(host), parts: [AgentPart.vending('Worker', AgentHost.role(role('WorkerRole')))],
  });
  agent.may(Capability.useApiKey(weather(stack), REASON));
  declare(agent, (name, ending = 'a1B2c3') => secretsmanager.Secret.fromSecretCompleteArn(stack, name, `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-${ending}`), host);
  app.synth();
  return readSynthesizedApp(app.outdir);
}

const changes = (before: Declare, now: Declare) => compareApps(comparedAppOf(synthesized(before)), comparedAppOf(synthesized(now))).changes;
const reads = (name: string, options: { readonly parts?: string[]; readonly reason?: string; readonly ending?: string } = {}): Declare => (agent, secret) => {
  const { ending, ...more } = options;
  agent.may(Capability.readSecretInCode(secret(name, ending), { ...REASON, ...more }));
};
const none: Declare = () => undefined;
const suspended: Declare = (agent, secret) => agent.may(Capability.readSecretInCode(secret('ledger'), REASON).suspended({ reason: 'Incident 4711: the password is in a log' }));

test.each<[string, Declare, Declare, string[]]>([
  ['nothing', reads('ledger'), reads('ledger'), []],
  ['a secret that the code reads', none, reads('ledger'), ['added capability: read secret in code through S/ledger', 'widened IAM: IAM of S/Role: more is allowed']],
  ['no more', reads('ledger'), none, ['removed capability: read secret in code through S/ledger', 'narrowed IAM: IAM of S/Role: less is allowed']],
  ['one part more', reads('ledger'), reads('ledger', { parts: ['Host', 'Worker'] }), ['widened capability: read secret in code through S/ledger: part that reads it added', 'widened IAM: IAM of S/WorkerRole: more is allowed']],
  ['one part less', reads('ledger', { parts: ['Host', 'Worker'] }), reads('ledger'), ['narrowed capability: read secret in code through S/ledger: part that reads it removed', 'narrowed IAM: IAM of S/WorkerRole: less is allowed']],
  ['another reason', reads('ledger'), reads('ledger', { reason: 'It closes the books of the month' }), ['reason-changed capability: read secret in code through S/ledger: reason']],
  ['suspended', reads('ledger'), suspended, ['suspended capability: read secret in code through S/ledger', 'guard-strengthened IAM: IAM of S/Role: more is denied', 'narrowed IAM: IAM of S/Role: less is allowed']],
  ['resumed', suspended, reads('ledger'), ['resumed capability: read secret in code through S/ledger', 'guard-weakened IAM: IAM of S/Role: less is denied', 'widened IAM: IAM of S/Role: more is allowed']],
])('%s', (_change, before, now, expected) => {
  expect(changes(before, now).filter(({ what }) => !/limit|wildcard/.test(what)).map(({ kind, subject, what }) => `${kind} ${subject}: ${what}`).sort()).toEqual([...expected].sort());
});

test('another secret behind the same import is seen in IAM', () => {
  expect(changes(reads('ledger'), reads('ledger', { ending: 'x9Y8z7' })).filter(({ subject }) => subject === 'IAM').map(({ kind }) => kind)).toEqual(['widened', 'narrowed']);
});

describe('the checks', () => {
  const found = (declare: Declare) => runChecks(synthesized(declare), { requireCustomerKeys: false }).map(({ rule }) => rule.id).sort();

  test('a secret that the code is declared to read is no finding', () => expect(found(reads('ledger'))).toEqual(found(none)));

  test('the secret behind a provider is one, as somebody wrote it beside the declaration', () => {
    expect(found((agent, secret, role) => {
      reads('ledger')(agent, secret, role);
      secret('weather-key', 'd4E5f6').grantRead(role);
    })).toEqual([...found(none), 'agent-reads-secret'].sort());
  });
});
