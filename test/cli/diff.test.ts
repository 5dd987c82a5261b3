import { execFileSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { agentcoreAccess, cloudAssembly } from './agentcore-access';
import { companyApp } from '../../examples/company-agents/company-app';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';

/** One role that may fetch keys with these identities. */
const keyReader = (...identities: string[]) => (props: AppProps): App => {
  const app = new App(props);
  const stack = new Stack(app, 'Keys', { env: { account: '111122223333', region: 'eu-west-1' } });
  new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(new iam.PolicyStatement({
    actions: ['bedrock-agentcore:GetResourceApiKey'], resources: identities.map((name) => `${AC}:workload-identity-directory/default/workload-identity/${name}`),
  }));
  return app;
};

describe('diff of two folders', () => {
  const narrow = cloudAssembly(keyReader('one'));
  const wide = cloudAssembly(keyReader('one', 'two-*'));
  const company = cloudAssembly(companyApp);

  it.each([
    ['the same app', narrow, narrow, 0, '0 widened, 0 added, 0 cannot decide'],
    ['another resource', narrow, wide, 1, '1 widened, 0 added, 0 cannot decide'],
    ['a resource less', wide, narrow, 0, '0 widened, 0 added, 0 cannot decide, 1 narrowed'],
    ['the example app and itself', company, company, 0, '0 widened, 0 added, 0 cannot decide'],
  ])('%s', (_what, base, head, status, summary) => {
    const outcome = agentcoreAccess(['diff', base, head, '--fail-on', 'widened,undecided']);
    expect(outcome).toMatchObject({ status, stderr: '' });
    expect(outcome.stdout.split('\n')[0]).toBe(summary);
  });

  it('names a request that is newly allowed', () => {
    expect(agentcoreAccess(['diff', narrow, wide]).stdout).toMatch(/bedrock-agentcore:GetResourceApiKey[^]*workload-identity\/two-/);
  });

  it('writes JSON for other programs, and Markdown for a pull request', () => {
    expect(JSON.parse(agentcoreAccess(['diff', narrow, wide, '--format', 'json']).stdout)).toMatchObject({ version: '1.0', counts: { widened: 1 } });
    expect(agentcoreAccess(['diff', narrow, wide, '--format', 'markdown']).stdout).toMatch(/\*\*.*1 widened/);
  });

  it('compares two reports without templates, and refuses one against a folder', () => {
    const model = join(company, 'agentcore-access.json');
    expect(agentcoreAccess(['diff', model, model, '--fail-on', 'widened'])).toMatchObject({ status: 0 });
    expect(agentcoreAccess(['diff', model, company])).toMatchObject({ status: 2, stderr: expect.stringContaining('Comparison/OneSideWithoutTemplates') });
  });

  it('does not know every word', () => {
    expect(agentcoreAccess(['diff', narrow, wide, '--fail-on', 'widend'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--fail-on does not know widend') });
  });
});

/** A repository with one committed app, in which identity `one` may be used, and a working tree that widens it. */
function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'repository-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  writeFileSync(join(folder, 'app.js'), `
const { App, Stack, aws_iam: iam } = require('aws-cdk-lib');
const app = new App();
const stack = new Stack(app, 'Keys', { env: { account: '111122223333', region: 'eu-west-1' } });
new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(new iam.PolicyStatement({
  actions: ['bedrock-agentcore:GetResourceApiKey'], resources: ['${AC}:workload-identity-directory/default/workload-identity/one'],
}));
app.synth();
`);
  writeFileSync(join(folder, '.gitignore'), 'node_modules\ncdk.out\n.bin\naccess-diff.md\n');
  symlinkSync(join(__dirname, '..', '..', 'node_modules'), join(folder, 'node_modules'));
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'One identity');
  return folder;
}

function widen(folder: string): void {
  const file = join(folder, 'app.js');
  writeFileSync(file, readFileSync(file, 'utf8').replace('workload-identity/one\'', 'workload-identity/*\''));
}

describe('diff with a git revision', () => {
  const SYNTH = 'node app.js';
  const synthesized = (folder: string) => {
    execFileSync(process.execPath, ['app.js'], { cwd: folder, env: { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out') } });
    return folder;
  };

  it('synthesizes the revision beside the work tree, and leaves nothing behind', () => {
    const folder = repository();
    widen(folder);
    synthesized(folder);
    expect(agentcoreAccess(['diff', 'git:main', '--synth', SYNTH, '--fail-on', 'widened'], folder)).toMatchObject({ status: 1, stdout: expect.stringContaining('1 widened') });
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' }).trim()).toBe('M app.js');
    expect(execFileSync('git', ['worktree', 'list'], { cwd: folder, encoding: 'utf8' }).trim().split('\n')).toHaveLength(1);
  });

  it('reads what was committed', () => {
    const folder = synthesized(repository());
    cpSync(join(folder, 'cdk.out', 'Keys.template.json'), join(folder, 'access.template.json'));
    execFileSync('git', ['add', '-f', 'access.template.json'], { cwd: folder });
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'Template'], { cwd: folder });
    expect(agentcoreAccess(['diff', 'git:main:access.template.json', 'access.template.json', '--fail-on', 'widened,undecided'], folder)).toMatchObject({ status: 0 });
  });

  it.each([
    ['a revision that is not there', ['git:nowhere', '--synth', SYNTH], 'git rev-parse failed'],
    ['no way to synthesize it', ['git:main'], '--synth'],
    ['a file that is not in it', ['git:main:nothing.json'], 'nothing.json is not in main'],
    ['a command that fails', ['git:main', '--synth', 'exit 3'], '"exit 3" failed at main (exit code 3)'],
    ['a command that writes nothing', ['git:main', '--synth', 'true'], 'left no cloud assembly at main'],
  ])('%s ends with 2', (_what, args, message) => {
    expect(agentcoreAccess(['diff', ...args], repository())).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});

describe('the examples for CI', () => {
  const EXAMPLES = join(__dirname, '..', '..', 'examples', 'review-in-ci');
  const BIN = join(__dirname, '..', '..', 'bin', 'agentcore-access.js');

  /** A path with npx, npm and gh that need no network: npx runs what it is told to, gh notes what it would post. */
  function commands(folder: string): string {
    const bin = join(folder, '.bin');
    const script = (name: string, text: string) => writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    execFileSync('mkdir', ['-p', bin]);
    script('npx', `case "$1" in agentcore-access) shift; exec node ${BIN} "$@";; cdk) CDK_OUTDIR="\${CDK_OUTDIR:-cdk.out}" exec node app.js;; esac; exit 9`);
    script('npm', 'test "$1" = ci');
    script('gh', 'echo "gh $*" > comment.txt; for last; do :; done; cat "$last" >> comment.txt');
    return `${bin}:${process.env.PATH}`;
  }

  const run = (folder: string, command: string, environment: Record<string, string> = {}) => {
    try {
      execFileSync('bash', ['-e', '-c', command], { cwd: folder, env: { ...process.env, PATH: commands(folder), ...environment }, stdio: 'pipe' });
      return 0;
    } catch (error) {
      return (error as { status: number }).status;
    }
  };

  it('access-review.sh passes where access is the same, and fails where it is wider', () => {
    const folder = repository();
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} main`)).toBe(0);
    widen(folder);
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} main`)).toBe(1);
    expect(readFileSync(join(folder, 'access-diff.md'), 'utf8')).toContain('1 widened');
  });

  it('the workflow of GitHub Actions compares, and comments from a job that runs no code of the pull request', () => {
    const workflow = readFileSync(join(EXAMPLES, 'access-review.yml'), 'utf8');
    const steps = [...workflow.matchAll(/^ {6}- name: (.+)\n(?: {8}.*\n)*? {8}run: (.+)$/gm)].map(([, name, command]) => ({ name, command }));
    expect(steps.map(({ name }) => name)).toEqual(['Install', 'Synthesize', 'Compare', 'Check', 'Comment']);
    const folder = repository();
    const base = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
    widen(folder);
    const outcomes = steps.map(({ name, command }) => [name, run(folder, command, { BASE: base, PULL_REQUEST: '7' })]);
    // The wildcard of the widened app is what the checks find, too.
    expect(outcomes).toEqual([['Install', 0], ['Synthesize', 0], ['Compare', 1], ['Check', 1], ['Comment', 0]]);
    expect(readFileSync(join(folder, 'comment.txt'), 'utf8')).toMatch(/^gh pr comment 7 --edit-last --create-if-none --body-file access-diff\.md\n[^]*1 widened/);
    const [, comment] = workflow.split('\n  comment:');
    expect(comment).not.toMatch(/checkout|npm|npx/);
  });
});
