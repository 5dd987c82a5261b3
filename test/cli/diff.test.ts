import { execFileSync } from 'child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, AppProps, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { agentcoreAccess, cloudAssembly } from './agentcore-access';
import { git, repository, synthesized, widen } from './repository';
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

  describe('--fail-on review is red for all that gives access', () => {
    const none = cloudAssembly((props) => new App(props));
    it.each([
      ['a new role', none, narrow, 1],
      ['more than before', narrow, wide, 1],
      ['less than before', wide, narrow, 0],
      ['a role less', narrow, none, 0],
      ['nothing', narrow, narrow, 0],
    ])('%s', (_what, base, head, status) => expect(agentcoreAccess(['diff', base, head, '--fail-on', 'review'])).toMatchObject({ status, stderr: '' }));

    it('among other kinds', () => {
      expect(agentcoreAccess(['diff', wide, narrow, '--fail-on', 'review,narrowed'])).toMatchObject({ status: 1 });
    });
  });

  it('tells of a new role who may assume it', () => {
    const backdoor = cloudAssembly((props) => {
      const app = keyReader('one')(props);
      new iam.Role(app.node.findChild('Keys') as Stack, 'Backdoor', { assumedBy: new iam.AnyPrincipal(), managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')] });
      return app;
    });
    expect(agentcoreAccess(['diff', narrow, backdoor]).stdout).toMatch(/Keys\/Backdoor: principal \[IAM\]\n +now: +may be assumed by ANYBODY; has arn:\S+:policy\/AdministratorAccess/);
  });

  it('does not know every word', () => {
    expect(agentcoreAccess(['diff', narrow, wide, '--fail-on', 'widend'])).toMatchObject({ status: 2, stderr: expect.stringContaining('--fail-on does not know widend') });
  });
});

describe('diff with a git revision', () => {
  const SYNTH = 'node app.js';

  it('synthesizes the revision beside the work tree, and leaves nothing behind', () => {
    const folder = repository();
    widen(folder);
    synthesized(folder);
    expect(agentcoreAccess(['diff', 'git:main', 'cdk.out', '--synth', SYNTH, '--fail-on', 'widened'], folder)).toMatchObject({ status: 1, stdout: expect.stringContaining('1 widened') });
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

/** The steps of a workflow that run something, with one line or several. */
function stepsOf(workflow: string): { readonly name: string; readonly command: string }[] {
  return [...workflow.matchAll(/^ {6}- name: (.+)\n(?: {8}.*\n)*? {8}run: (?:\|\n((?: {10}.*\n)+)|(.+)$)/gm)]
    .map(([, name, lines, line]) => ({ name, command: lines?.replace(/^ {10}/gm, '') ?? line }));
}

describe('the examples for CI', () => {
  const EXAMPLES = join(__dirname, '..', '..', 'examples', 'review-in-ci');
  const BIN = join(__dirname, '..', '..', 'bin', 'agentcore-access.js');

  /** A path with npx, npm and gh that need no network: npx runs what it is told to, gh notes what it would post. */
  function commands(folder: string): string {
    const bin = join(folder, '.bin');
    const script = (name: string, text: string) => writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    execFileSync('mkdir', ['-p', bin]);
    script('npx', `case "$1" in agentcore-access) shift; exec node ${BIN} "$@";; cdk) echo "$PWD" >> ${bin}/synthesized; CDK_OUTDIR="\${CDK_OUTPUT:-cdk.out}" exec node app.js;; esac; exit 9`);
    script('npm', 'test "$1" = ci');
    script('gh', 'test "$1" = api && { printf "%s\\n" $PROTECTION; exit; }; echo "gh $*" > comment.txt; for last; do :; done; cat "$last" >> comment.txt');
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
    // Each side is synthesized once.
    expect(readFileSync(join(folder, '.bin', 'synthesized'), 'utf8').trim().split('\n')).toEqual([folder, expect.not.stringMatching(`^${folder}$`)]);
    widen(folder);
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} main`)).toBe(1);
    expect(readFileSync(join(folder, 'access-diff.md'), 'utf8')).toContain('1 widened');
  });

  it.each<[string, (folder: string) => Record<string, string>]>([
    ['elsewhere in the repository', () => ({ SYNTH: 'mkdir -p build && CDK_OUTDIR=build/out node app.js', CDK_OUT: 'build/out' })],
    ['in another folder that the command is told', (folder) => ({ SYNTH: 'node app.js', CDK_OUT: join(folder, 'cdk.out', 'of-the-head'), CDK_OUTDIR: join(folder, 'cdk.out', 'of-the-head') })],
  ])('access-review.sh compares where the assembly lies %s', (_where, environment) => {
    const folder = repository();
    mkdirSync(join(folder, 'cdk.out'));
    const review = (base: string) => run(folder, `${join(EXAMPLES, 'access-review.sh')} ${base}`, environment(folder));
    expect(review('main')).toBe(0);
    widen(folder);
    expect(review('main')).toBe(1);
    expect(readFileSync(join(folder, 'access-diff.md'), 'utf8')).toContain('1 widened');
    // A base that cannot be synthesized is no green pipeline.
    expect(review('nowhere')).toBe(2);
  });

  it('access-review.sh is red where the base cannot be found, because its assembly lies outside of the repository', () => {
    const folder = repository();
    const out = `${folder}-out`;
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} main`, { SYNTH: `CDK_OUTDIR=${out} node app.js`, CDK_OUT: out })).toBe(2);
  });

  /** A work tree that has one statement more, which no check objects to. */
  const addRight = (folder: string, identity: string) => {
    const file = join(folder, 'app.js');
    writeFileSync(file, readFileSync(file, 'utf8').replace('app.synth();', `stack.node.findChild('Reader').addToPolicy(new iam.PolicyStatement({
  actions: ['bedrock-agentcore:GetResourceApiKey'], resources: ['${AC}:workload-identity-directory/default/workload-identity/${identity}'] }));\napp.synth();`));
  };
  const accept = (folder: string, why: string) => writeFileSync(join(folder, 'access-accepted.md'), `${why}\n${readFileSync(join(folder, 'access-diff.md'), 'utf8')}`);

  it('access-review.sh passes where the difference was accepted for this change, and for no other', () => {
    const folder = repository();
    const review = () => run(folder, `${join(EXAMPLES, 'access-review.sh')} main`);
    git(folder, 'switch', '--quiet', '-c', 'two');
    addRight(folder, 'two');
    expect(review()).toBe(1);
    accept(folder, 'SEC-1: the reader gets two');
    expect(review()).toBe(0);
    // One right more, which is shown by the same example.
    addRight(folder, 'three');
    expect(review()).toBe(1);
    // The same difference again, after it was taken back on main.
    accept(folder, 'SEC-3: the reader gets more');
    const widened = readFileSync(join(folder, 'app.js'), 'utf8');
    git(folder, 'checkout', '--quiet', 'main', '--', 'app.js');
    git(folder, 'add', 'access-accepted.md');
    git(folder, 'commit', '--quiet', '-m', 'Accepted, and taken back');
    git(folder, 'branch', '--force', 'main', 'two');
    writeFileSync(join(folder, 'app.js'), widened);
    expect(review()).toBe(1);
    accept(folder, 'SEC-4: the reader gets more again');
    expect(review()).toBe(0);
  });

  it('access-review.sh does not pass because a step failed and something was accepted, nor where the checks object', () => {
    const folder = repository();
    widen(folder);
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} main`)).toBe(1);
    accept(folder, 'SEC-1');
    // The wildcard is what the checks find, too.
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} main`)).toBe(1);
    expect(run(folder, `${join(EXAMPLES, 'access-review.sh')} nowhere`)).toBe(2);
  });

  it('the workflow of GitHub Actions compares, and comments from a job that runs no code of the pull request', () => {
    const workflow = readFileSync(join(EXAMPLES, 'access-review.yml'), 'utf8');
    const steps = stepsOf(workflow);
    expect(steps.map(({ name }) => name)).toEqual(['Install', 'Synthesize', 'Compare', 'Check', 'Comment', 'Approved']);
    const folder = repository();
    const base = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
    widen(folder);
    const output = join(folder, '.bin-output');
    const outcomes = steps.map(({ name, command }) => [name, run(folder, command, { BASE: base, PULL_REQUEST: '7', GITHUB_OUTPUT: output, GH_REPO: 'a/b', PROTECTION: 'wait_timer required_reviewers' })]);
    // The wildcard of the widened app is what the checks find, too.
    expect(outcomes).toEqual([['Install', 0], ['Synthesize', 0], ['Compare', 0], ['Check', 1], ['Comment', 0], ['Approved', 0]]);
    expect(readFileSync(output, 'utf8')).toBe('review=1\n');
    expect(readFileSync(join(folder, 'comment.txt'), 'utf8')).toMatch(/^gh pr comment 7 --edit-last --create-if-none --body-file comment\.md\n[^]*1 widened/);
    const [, others] = workflow.split('\n  comment:');
    expect(others).not.toMatch(/checkout|npm|npx/);
  });

  it('the workflow cuts a comparison that is longer than a comment may be, and says where the whole is', () => {
    const { command } = stepsOf(readFileSync(join(EXAMPLES, 'access-review.yml'), 'utf8')).find(({ name }) => name === 'Comment')!;
    const folder = repository();
    const comment = (lines: number) => {
      writeFileSync(join(folder, 'access-diff.md'), `**Access: 1 widened**\n${`| ${'ü'.repeat(96)} |\n`.repeat(lines)}`);
      expect(run(folder, command, { PULL_REQUEST: '7', GH_REPO: 'a/b' })).toBe(0);
      return readFileSync(join(folder, 'comment.txt'), 'utf8').split('\n').slice(1);
    };
    expect(comment(300).filter((line) => line.startsWith('| ü'))).toHaveLength(300);
    const cut = comment(1000);
    expect(cut[0]).toBe('**Access: 1 widened**');
    expect(cut.join('\n').length).toBeLessThan(65536);
    expect(cut.filter((line) => line.startsWith('|')).every((line) => line.endsWith(' |'))).toBe(true);
    expect(cut.at(-2)).toContain('The whole comparison is the artifact access-diff');
  });

  it('the workflow asks for approval where there is something to look at, and is red where nobody could be asked', () => {
    const workflow = readFileSync(join(EXAMPLES, 'access-review.yml'), 'utf8');
    expect(workflow).toMatch(/outputs:\n +review: \$\{\{ steps\.compare\.outputs\.review \}\}/);
    expect(workflow).toMatch(/\n {2}approve:\n {4}needs: compare\n {4}if: needs\.compare\.outputs\.review == '1'\n(?: {4}.*\n)*? {4}environment: access-review\n/);
    const command = (step: string) => stepsOf(workflow).find(({ name }) => name === step)!.command;
    const folder = repository();
    const environment = { BASE: 'HEAD', GITHUB_OUTPUT: join(folder, '.bin-output'), GH_REPO: 'a/b' };
    expect(run(folder, `${command('Synthesize')}\n${command('Compare')}`, environment)).toBe(0);
    expect(readFileSync(environment.GITHUB_OUTPUT, 'utf8')).toBe('review=0\n');
    expect(run(folder, command('Compare'), { ...environment, BASE: 'nowhere' })).not.toBe(0);
    expect(run(folder, command('Approved'), { ...environment, PROTECTION: '' })).not.toBe(0);
    expect(run(folder, command('Approved'), { ...environment, PROTECTION: 'wait_timer' })).not.toBe(0);
  });
});
