import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { agentcoreAccess, cloudAssembly } from './agentcore-access';
import { companyApp } from '../../examples/company-agents/company-app';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const company = cloudAssembly(companyApp);
const foreign = cloudAssembly((props) => appWithoutThisLibrary(props));
const temporary = mkdtempSync(join(tmpdir(), 'agentcore-access-test-'));

/** An app of plain L1s, with a role that may use every identity. */
function appWithoutThisLibrary(props: AppProps, roleId = 'Role'): App {
  const app = new App(props);
  const stack = new Stack(app, 'Plain', { env: { account: '111122223333', region: 'eu-west-1' } });
  new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'plain-agent', tags: [{ key: 'agentcore:owner', value: 'somebody' }] });
  const role = new iam.Role(stack, roleId, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({
    actions: ['bedrock-agentcore:GetWorkloadAccessTokenForUserId'], resources: [`${AC}:workload-identity-directory/default`, `${AC}:workload-identity-directory/default/workload-identity/*`],
  }));
  return app;
}

describe('report', () => {
  it.each([
    ['markdown', '# What the agents of this app may do'],
    ['json', '"version": "1.'],
    ['html', '<title>What the agents of this app may do</title>'],
    ['text', 'role Engineering/TriageFunction/ServiceRole'],
  ])('writes the access of an app as %s', (format, beginning) => {
    const { status, stdout, stderr } = agentcoreAccess(['report', company, '--format', format]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(beginning);
  });

  it('is the report that was written at synthesis', () => {
    expect(agentcoreAccess(['report', company]).stdout).toBe(readFileSync(join(company, 'agentcore-access.md'), 'utf8'));
  });

  it('reads the access model by itself', () => {
    expect(agentcoreAccess(['report', join(company, 'agentcore-access.json')]).stdout).toBe(readFileSync(join(company, 'agentcore-access.md'), 'utf8'));
  });

  it('shows the IAM of an app without this library, and says why there is no more', () => {
    expect(agentcoreAccess(['report', foreign, '--format', 'text']).stdout).toContain('  allow bedrock-agentcore:GetWorkloadAccessTokenForUserId\n');
    expect(agentcoreAccess(['report', foreign])).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('Use --format text') });
  });

  it('writes to a file', () => {
    const file = join(temporary, 'report.md');
    expect(agentcoreAccess(['report', company, '--output', file])).toEqual({ status: 0, stdout: '', stderr: `${file} written\n` });
    expect(readFileSync(file, 'utf8')).toContain('# What the agents of this app may do');
  });

  it('refuses a model of a later version', () => {
    const file = join(temporary, 'later.json');
    writeFileSync(file, JSON.stringify({ version: '2.0', agents: [] }));
    expect(agentcoreAccess(['report', file])).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining('version 2.0, which this agentcore-access does not read') });
  });
});

describe('explain', () => {
  const explain = (...args: string[]) => agentcoreAccess(['explain', ...args, '--app', company]);
  const provider = (name: string) => `${AC}:token-vault/default/oauth2credentialprovider/${name}`;

  it('names the statement and the capability behind an allowed call', () => {
    const { stdout } = explain('Engineering/Triage', 'bedrock-agentcore:GetResourceOauth2Token', provider('acme-tickets-user'), '--part', 'Host');
    expect(stdout).toContain('Part Host, role Engineering/TriageFunction/ServiceRole: ALLOWED');
    expect(stdout).toContain('Allow GetOAuth2Token, in Engineering/Triage/Host/Access/Resource');
    expect(stdout).toContain('for: act as user with Platform/TicketsAsUser');
    expect(stdout).toContain('not in the app, so not judged: arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole');
  });

  it('says which Deny refuses', () => {
    expect(explain('Triage', 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', `${AC}:workload-identity-directory/default`).stdout)
      .toMatch(/DENIED, whatever else is attached\n {2}Deny DenyUndeclaredTokenActions/);
  });

  it('says that nothing allows', () => {
    expect(explain('Triage', 'bedrock-agentcore:GetResourceOauth2Token', provider('acme-github'), '--part', 'Host').stdout).toContain('NOT ALLOWED by the policies of the role: no statement of the app allows it');
  });

  it('decides by what is known of the request', () => {
    const mint = ['Triage', 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', `${AC}:workload-identity-directory/default`, '--part', 'Host'];
    const iss = (issuer: string) => ['-c', `bedrock-agentcore:InboundJwtClaim/iss=${issuer}`, '-c', 'bedrock-agentcore:InboundJwtClaim/aud=api://agents'];
    expect(explain(...mint).stdout).toMatch(/DEPENDS on the request[^]*if: {2}StringEquals bedrock-agentcore:InboundJwtClaim\/iss: https:\/\/acme/);
    expect(explain(...mint, ...iss('https://acme.okta.com/oauth2/default')).stdout).toContain(': ALLOWED');
    expect(explain(...mint, ...iss('https://evil.example.com')).stdout).toContain('NOT ALLOWED');
  });

  it('answers for a role of any app, and as JSON', () => {
    const { stdout } = agentcoreAccess([
      'explain', 'Plain/Role', 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', `${AC}:workload-identity-directory/default/workload-identity/other`, '--app', foreign, '--format', 'json',
    ]);
    expect(JSON.parse(stdout).answers).toMatchObject([{ role: 'Plain/Role', answer: 'allowed', statements: [{ effect: 'Allow' }] }]);
  });

  it('counts the permissions boundary of a role', () => {
    const bounded = cloudAssembly((props) => {
      const app = new App(props);
      const stack = new Stack(app, 'Plain');
      const boundary = new iam.ManagedPolicy(stack, 'Boundary', { statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })] });
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), permissionsBoundary: boundary });
      role.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
      return app;
    });
    const answer = (action: string) => agentcoreAccess(['explain', 'Plain/Role', action, 'arn:aws:s3:::bucket/key', '--app', bounded]).stdout;
    expect(answer('s3:GetObject')).toContain(': ALLOWED');
    expect(answer('bedrock-agentcore:GetResourceApiKey')).toContain('NOT ALLOWED: the permissions boundary does not allow it');
  });

  const directory = `${AC}:workload-identity-directory/default`;
  it.each([
    ['an action that the token vault does not have', 'bedrock-agentcore:GetOauth2Token', directory,
      [/bedrock-agentcore:GetOauth2Token is no action of AgentCore \(iam-data [0-9.]+\)\. Did you mean bedrock-agentcore:GetResourceOauth2Token\?/]],
    ['an action that samples print', 'bedrock-agentcore:GetApiKeyCredential', directory, [/Did you mean bedrock-agentcore:GetApiKeyCredentialProvider or /]],
    ['one that is like no other', 'bedrock-agentcore:FrobnicateEverything', directory, [/FrobnicateEverything is no action of AgentCore .* They are listed at https:\/\/docs\.aws/]],
    ['an action without its service', 'getresourceoauth2token', directory, [/getresourceoauth2token is not the name of one action\. .* such as bedrock-agentcore:GetResourceOauth2Token\.\n$/]],
    ['a pattern', 'bedrock-agentcore:Get*', directory, [/bedrock-agentcore:Get\* is not the name of one action\. .*without wildcards/]],
    ['the name of a provider', 'bedrock-agentcore:GetResourceOauth2Token', 'acme-tickets-user', [
      /acme-tickets-user is no ARN\. Did you mean arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault\/default\/oauth2credentialprovider\/acme-tickets-user\?/,
    ]],
    ['half of an ARN', 's3:GetObject', 'arn:aws:s3', [/arn:aws:s3 is no ARN\. Write the whole ARN/]],
    ['an ARN of nothing', 's3:GetObject', 'arn:aws:s3:::', [/arn:aws:s3::: is no ARN/]],
    ['both', 'bedrock-agentcore:GetOauth2Token', 'vault', [/GetOauth2Token is no action of AgentCore/, /\nvault is no ARN/]],
  ])('%s ends with 2, and shows what may have been meant', (_what, action, resource, messages) => {
    const { status, stdout, stderr } = explain('Triage', action, resource);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    messages.forEach((message) => expect(stderr).toMatch(message));
  });

  it.each([
    ['an action in other letters', 'bedrock-agentcore:getResourceOAUTH2token', provider('acme-tickets-user'), 'ALLOWED'],
    ['an action of a service whose actions are not listed', 'lambda:NoSuchAction', 'arn:aws:lambda:eu-west-1:111122223333:function:one', 'NOT ALLOWED'],
    ['a service with a hyphen in its actions', 'vpc-lattice:AssociateViaAWSService-EventsAndStates', '*', 'NOT ALLOWED'],
    ['an ARN without region and account', 's3:GetObject', 'arn:aws:s3:::bucket/key', 'NOT ALLOWED'],
    ['no resource in particular', 'bedrock-agentcore:ListGateways', '*', 'NOT ALLOWED'],
  ])('answers for %s', (_what, action, resource, answer) => {
    expect(explain('Triage', action, resource, '--part', 'Host')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(`ServiceRole: ${answer}`) });
  });

  it('names the agents where there is none of that name', () => {
    expect(explain('Nobody', 'a:B', 'arn')).toMatchObject({ status: 2, stderr: expect.stringContaining('Nobody') });
  });
});

describe('check', () => {
  it('has nothing to say about the example', () => {
    expect(agentcoreAccess(['check', company])).toEqual({ status: 0, stdout: '0 error, 0 warning, 0 info\n', stderr: '' });
  });

  it('fails on a wildcard of identities in another app, and says what to write', () => {
    const { status, stdout } = agentcoreAccess(['check', foreign]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/ERROR .*[^]*at {4}Plain\/Role.*[^]*fix {3}/);
  });

  it('shows no character that moves the cursor, and begins no line with what somebody wrote', () => {
    const hostile = cloudAssembly((props) => appWithoutThisLibrary(props, 'Role\u001b[1A\n0 error\u202e'));
    const { stdout } = agentcoreAccess(['check', hostile]);
    expect(stdout).toContain('  at    Plain/Role⟨U+001B⟩[1A 0 error⟨U+202E⟩/DefaultPolicy');
    const json = agentcoreAccess(['check', hostile, '--format', 'json']).stdout;
    expect(json).not.toMatch(/[\u001b\u202e]/);
    expect(JSON.parse(json).findings.map(({ path }: { path: string }) => path)).toContain('Plain/Role\u001b[1A\n0 error\u202e/DefaultPolicy/Resource');
  });

  it('fails only on what it is told to fail on', () => {
    expect(agentcoreAccess(['check', foreign, '--fail-on', 'never']).status).toBe(0);
    expect(agentcoreAccess(['check', foreign, '--fail-on', 'everything'])).toMatchObject({ status: 2, stderr: expect.stringContaining('error, warning, info or never') });
  });

  it('takes acknowledgements of exactly these findings, with a reason', () => {
    const file = join(temporary, 'acknowledged.json');
    const { findings } = JSON.parse(agentcoreAccess(['check', foreign, '--format', 'json']).stdout);
    const acknowledgements = findings.map(({ id }: { id: string }) => ({ id, reason: 'It is a test of the command line' }));
    writeFileSync(file, JSON.stringify(acknowledgements));
    const check = () => agentcoreAccess(['check', foreign, '--acknowledge', file]);
    expect(check()).toMatchObject({ status: 0, stdout: expect.stringContaining(`${findings.length} acknowledged`) });
    writeFileSync(file, JSON.stringify([...acknowledgements, { id: 'identity-wildcard[Gone]', reason: 'What is no longer there' }]));
    expect(check()).toMatchObject({ status: 1, stdout: expect.stringContaining('ACKNOWLEDGED BUT NOT FOUND identity-wildcard[Gone]') });
    writeFileSync(file, JSON.stringify([{ id: findings[0].id, reason: '' }]));
    expect(check()).toMatchObject({ status: 2, stderr: expect.stringContaining('without a reason') });
  });

  it('writes a table for a pull request', () => {
    expect(agentcoreAccess(['check', foreign, '--format', 'markdown']).stdout).toContain('| Severity | What | Where | Found | Fix |');
  });
});

describe('what cannot be carried out', () => {
  it.each([
    ['a folder that is not there', ['check', '/nowhere'], 'Synthesized/NotFound'],
    ['a command that there is not', ['approve'], 'unknown command'],
    ['a format that there is not', ['report', '--format', 'pdf'], 'markdown, html, json, text'],
    ['context that is no pair', ['explain', 'a', 'b:C', 'd', '--context', 'iss', '--app', company], 'key=value'],
  ])('%s ends with 2', (_what, args, message) => {
    expect(agentcoreAccess(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});
