import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Acknowledgement, acknowledgements, verdict } from '../../scripts/judges/acknowledgement';
import { cdkNagFindings } from '../../scripts/judges/cdk-nag';
import { cloudFormationFindings } from '../../scripts/judges/cloudformation-validator';
import { Finding, findingKey } from '../../scripts/judges/finding';
import { exampleApps, JudgedApp } from '../../scripts/judges/judged-app';

const outdir = mkdtempSync(join(tmpdir(), 'judges-test-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe('every example, before the judges that need no Python', () => {
  const apps = exampleApps(outdir);
  const judge = (findings: (app: JudgedApp) => Finding[], name: Finding['judge']) => verdict(apps.flatMap(findings), acknowledgements(), [name]);

  test('every example with an app is judged', () => {
    expect(apps.map(({ name }) => name)).toEqual([
      'company-agents', 'market-calendar',
      ...['github-per-user', 'group-limited-runtime', 'key-bundle', 'on-behalf-of-chain', 'one-agent-many-hosts', 'providers-of-the-platform', 'rotating-secret', 'session-binding', 'trusted-front-end']
        .map((story) => `stories/${story}`),
    ]);
    expect(apps.filter(({ templates }) => templates.length === 0)).toEqual([]);
  });

  test('CloudFormation\'s validator finds nothing that is not explained', () => {
    const { unexplained, stale } = judge(cloudFormationFindings, 'CloudFormation validator');
    expect([unexplained.map(findingKey), stale]).toEqual([[], []]);
  });

  test('cdk-nag\'s AWS Solutions find nothing that is not explained, and every explanation is needed', () => {
    const { unexplained, stale, acknowledged } = judge(cdkNagFindings, 'cdk-nag');
    expect([unexplained.map(findingKey), stale]).toEqual([[], []]);
    expect(acknowledged).toBeGreaterThan(0);
  });
});

describe('the judges are awake', () => {
  const app = new App({ outdir: join(outdir, 'bad') });
  const stack = new Stack(app, 'Bad');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  const identity = new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'agent' });
  identity.addPropertyOverride('Nickname', 'x');
  const judged = new JudgedApp('bad', app);

  test('CloudFormation\'s validator sees a property that is not there', () => {
    expect(cloudFormationFindings(judged).map(({ resource }) => resource)).toContain('bad/Bad/Identity');
  });

  test('cdk-nag sees a wildcard', () => {
    expect(cdkNagFindings(judged).map(findingKey)).toContain('cdk-nag AwsSolutions-IAM5[Resource::*] bad/Bad/Role/DefaultPolicy/Resource');
  });
});

describe('the verdict', () => {
  const finding: Finding = { judge: 'checkov', rule: 'CKV_1', resource: 'example/Stack/Thing', message: 'said' };
  const reason = 'A reason that says something';
  const explained: Acknowledgement = { judge: 'checkov', rules: ['CKV_1'], resources: ['example/Stack/Thing'], reason };

  test('a finding with a reason passes', () => expect(verdict([finding], [explained], ['checkov'])).toEqual({ unexplained: [], stale: [], acknowledged: 1 }));

  test.each<[string, Acknowledgement]>([
    ['another rule', { ...explained, rules: ['CKV_2'] }],
    ['another resource', { ...explained, resources: ['example/Stack/Thing2'] }],
    ['another judge', { ...explained, judge: 'cfn-lint' }],
  ])('a reason for %s does not count, and is stale', (_title, other) => {
    const { unexplained, stale } = verdict([finding], [other], ['checkov', 'cfn-lint']);
    expect([unexplained, stale]).toEqual([[finding], [`${other.judge} ${other.rules[0]} ${other.resources[0]}`]]);
  });

  test('every rule on every resource has to be found', () => {
    expect(verdict([finding], [{ ...explained, rules: ['CKV_1', 'CKV_2'] }], ['checkov']).stale).toEqual(['checkov CKV_2 example/Stack/Thing']);
  });

  test('a judge that did not run makes nothing stale', () => expect(verdict([], [explained], ['cdk-nag']).stale).toEqual([]));

  test('twice the same, or no reason, is an error', () => {
    expect(() => verdict([finding], [explained, explained], ['checkov'])).toThrow('acknowledged twice: checkov CKV_1 example/Stack/Thing');
    expect(() => verdict([finding], [{ ...explained, reason: ' ' }], ['checkov'])).toThrow('without a reason');
  });
});
