/* eslint-disable no-console */
import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/*
 * Installs the packed library into an empty project beside the lowest aws-cdk-lib, as a user would, and synthesizes an agent
 * with it: nothing but the peers may be pulled in, and handlers, schemas and the command line have to be inside.
 */
const tarball = readdirSync('dist/js').filter((file) => file.endsWith('.tgz')).map((file) => join(process.cwd(), 'dist/js', file))[0];
const floor = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies;
const project = mkdtempSync(join(tmpdir(), 'consumer-'));
try {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball, `aws-cdk-lib@${floor['aws-cdk-lib']}`, `constructs@${floor.constructs}`],
    { cwd: project, stdio: 'inherit' });
  const installed = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));
  const foreign = installed.filter((name) => !['@aws-cdk', 'aws-cdk-lib', 'constructs', 'cdk-agentcore-identity'].includes(name));
  if (foreign.length > 0) {
    throw new Error(`The package pulls in ${foreign.join(', ')}`);
  }
  writeFileSync(join(project, 'app.js'), `
    const { App, Stack, aws_iam: iam, aws_secretsmanager: sm } = require('aws-cdk-lib');
    const { Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability, TokenVaultEncryption } = require('cdk-agentcore-identity');
    const app = new App({ outdir: 'cdk.out' });
    const stack = new Stack(app, 'Consumer');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const weather = new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(new sm.Secret(stack, 'Secret'), 'api_key') });
    const agent = new Agent(stack, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), host: AgentHost.role(role) });
    agent.may(Capability.useApiKey(weather, { reason: 'Shows that the package works' }));
    new TokenVaultEncryption(stack, 'Vault');
    app.synth();
  `);
  execFileSync('node', ['app.js'], { cwd: project, stdio: 'inherit', env: { ...process.env, CDK_VALIDATION: 'false' } });
  for (const file of ['Consumer.template.json', 'agentcore-access.json', 'agentcore-access.md', 'agentcore-access.html']) {
    if (!existsSync(join(project, 'cdk.out', file))) {
      throw new Error(`${file} was not written`);
    }
  }
  const run = (file: string, ...args: string[]) => execFileSync(file, args, { cwd: project, encoding: 'utf8' });
  run('npx', '--no-install', 'agentcore-access', 'check', 'cdk.out');
  run('npx', '--no-install', 'agentcore-access', 'diff', 'cdk.out', 'cdk.out', '--fail-on', 'widened,undecided,changed');
  const report = run('npx', '--no-install', 'agentcore-access', 'report');
  if (report !== readFileSync(join(project, 'cdk.out', 'agentcore-access.md'), 'utf8')) {
    throw new Error('agentcore-access report is not the report that was written');
  }
  run('node', '-e', `
    const { test, serialize } = require('cdk-agentcore-identity/jest');
    if (typeof test !== 'function' || typeof serialize !== 'function') throw new Error('cdk-agentcore-identity/jest is no serializer');
    if (require('cdk-agentcore-identity/schema/agentcore-access.schema.json').$id === undefined) throw new Error('no schema');
    if (Object.keys(require('cdk-agentcore-identity/agent-manifest')).length > 0) throw new Error('the types of the manifest bring code along');
  `);
  console.log(`The package installs with its peers only, and synthesizes: ${tarball.split('/').pop()}`);
} finally {
  rmSync(project, { recursive: true, force: true });
}
