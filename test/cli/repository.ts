import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

const INSTALLED = join(__dirname, '..', '..', 'node_modules');
/** What the apps and commands of the tests load: every revision that is synthesized gets a link for each. */
const NEEDED = ['.bin', 'aws-cdk', 'aws-cdk-lib', 'constructs'];

/** An app in which one role may use the identity `one`. */
export const APP = `
const { App, Stack, aws_iam: iam } = require('aws-cdk-lib');
const app = new App();
const stack = new Stack(app, 'Keys', { env: { account: '111122223333', region: 'eu-west-1' } });
new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(new iam.PolicyStatement({
  actions: ['bedrock-agentcore:GetResourceApiKey'], resources: ['arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/one'],
}));
app.synth();
`;

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

/** A repository with these files, which are committed, and modules of this one, which are not. */
export function repository(files: Readonly<Record<string, string>> = { 'app.js': APP }): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'repository-')));
  for (const [file, text] of Object.entries({ ...files, '.gitignore': 'node_modules\ncdk.out\n.bin\naccess-diff.md\n' })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  mkdirSync(join(folder, 'node_modules'));
  NEEDED.forEach((name) => symlinkSync(join(INSTALLED, name), join(folder, 'node_modules', name)));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '-m', 'One identity');
  return folder;
}

/** Lets the role use every identity, in the source alone. */
export function widen(folder: string, file = 'app.js'): void {
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace('workload-identity/one\'', 'workload-identity/*\''));
}

/** Synthesizes an app into its own `cdk.out`. */
export function synthesized(folder: string): string {
  execFileSync(process.execPath, ['app.js'], { cwd: folder, env: { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out') } });
  return folder;
}
