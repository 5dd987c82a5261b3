import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, aws_bedrockagentcore as agentcore, aws_iam as iam, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CANARY as L1_CANARY, l1Flaws } from './l1-flaws';
import { CANARY as L2_CANARY, officialL2Flaws } from './official-l2-flaws';
import { companyApp } from '../../examples/company-agents/company-app';
import { AgentCoreChecks } from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'checks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOTE = 'identity-wildcard[S/Agent|GetWorkloadAccessToken-on-*]';

/** What CDK reports: whether the synthesis went through, and the rules with what was acknowledged. */
function outcome(app: App) {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  let thrown: unknown;
  let output = '';
  try {
    app.synth();
  } catch (error) {
    thrown = error;
  } finally {
    output = JSON.stringify(printed.mock.calls);
    printed.mockRestore();
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] };
  const [own] = report.pluginReports.filter(({ pluginName }) => pluginName === 'AgentCoreChecks');
  return {
    stopped: thrown !== undefined,
    found: (own?.violations ?? []).map(({ ruleName }) => ruleName),
    accepted: (own?.suppressedViolations ?? []).map(({ ruleName, reason, acknowledgedAt }) => [ruleName, reason, acknowledgedAt]),
    violations: own?.violations ?? [],
    text: JSON.stringify(report) + String(thrown) + output,
  };
}

interface PluginReport {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly (Violation & { reason: string; acknowledgedAt: string })[];
}

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly suggestedFix: string;
  readonly description: string;
  readonly violatingConstructs: readonly { constructPath: string; cloudFormationResource?: { logicalId: string; propertyPaths: string[] } }[];
}

let count = 0;
/** An app with the checks and one finding. */
function flawed(change: (app: App, agent: IConstruct) => void = () => undefined, props: AppProps = {}): App {
  const app = new App({ outdir: join(folder, String(count++)), ...props });
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-west-1' } });
  const agent = new iam.CfnRole(stack, 'Agent', {
    assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    policies: [{ policyName: 'P', policyDocument: { Statement: [{ Effect: 'Allow', Action: 'bedrock-agentcore:GetWorkloadAccessToken', Resource: '*' }] } }],
  });
  Validations.of(app).addPlugins(new AgentCoreChecks());
  change(app, agent);
  return app;
}

test('a finding stops the synthesis, and says what, where, why and what to write instead', () => {
  const { stopped, violations: [violation], found } = outcome(flawed());
  expect([stopped, found]).toEqual([true, [NOTE]]);
  expect(violation).toMatchObject({
    severity: 'error',
    description: expect.stringContaining('every workload identity: GetWorkloadAccessToken on *.'),
    suggestedFix: expect.stringMatching(/new Agent\(.*See https:\/\/docs\.aws\.amazon\.com/),
    violatingConstructs: [{ constructPath: 'S/Agent', cloudFormationResource: { logicalId: 'Agent', propertyPaths: ['Properties.Policies[0].PolicyDocument'] } }],
  });
});

test('a warning does not stop it', () => {
  const { stopped, found } = outcome(flawed((app, agent) => {
    Validations.of(agent).acknowledge({ id: `AgentCoreChecks::${NOTE}`, reason: 'The role of the test harness' });
    new agentcore.CfnWorkloadIdentity(app.node.findChild('S'), 'Identity', { name: 'me' });
  }));
  expect([stopped, found]).toEqual([false, ['agent-without-owner[S/Identity|no-tag-names-an-owner]']]);
});

describe('an acknowledgement', () => {
  const acknowledged = (id: string, reason = 'The role of the test harness') => outcome(flawed((_app, agent) => Validations.of(agent).acknowledge({ id, reason })));

  test('of the exact finding accepts it, and stands in the report with its reason', () => {
    expect(acknowledged(`AgentCoreChecks::${NOTE}`)).toMatchObject({ stopped: false, found: [], accepted: [[NOTE, 'The role of the test harness', 'S/Agent']] });
  });

  test.each<[string, string, string]>([
    ['of the rule alone', 'AgentCoreChecks::identity-wildcard', 'acknowledgement-of-nothing[identity-wildcard]'],
    ['of another action', 'AgentCoreChecks::identity-wildcard[S/Agent|GetResourceApiKey-on-*]', 'acknowledgement-of-nothing[identity-wildcard_S/Agent|GetResourceApiKey-on-*_]'],
    ['of another construct', 'AgentCoreChecks::identity-wildcard[S/Other|GetWorkloadAccessToken-on-*]', 'acknowledgement-of-nothing[identity-wildcard_S/Other|GetWorkloadAccessToken-on-*_]'],
    ['of another rule', 'AgentCoreChecks::user-id-mint[S/Agent|GetWorkloadAccessToken-on-*]', 'acknowledgement-of-nothing[user-id-mint_S/Agent|GetWorkloadAccessToken-on-*_]'],
    ['without the name of the checks', NOTE, 'acknowledgement-of-nothing[identity-wildcard_S/Agent|GetWorkloadAccessToken-on-*_]'],
  ])('%s accepts nothing, and is reported', (_title, id, reported) => {
    expect(acknowledged(id)).toMatchObject({ stopped: true, found: [NOTE, reported], accepted: [] });
  });

  test.each([['an empty reason', ''], ['a blank reason', '  ']])('with %s stops the synthesis', (_title, reason) => {
    expect(acknowledged(`AgentCoreChecks::${NOTE}`, reason)).toMatchObject({
      stopped: true, found: ['acknowledgement-without-reason[identity-wildcard_S/Agent|GetWorkloadAccessToken-on-*_]'],
    });
  });

  test('of another plugin\'s rule is none of ours', () => {
    const { found } = outcome(flawed((app) => Validations.of(app).acknowledge({ id: 'AwsSolutions-IAM5[Action::s3:*]', reason: 'x' })));
    expect(found).toEqual([NOTE]);
  });

  test('for a stack that the checks do not look at is no matter', () => {
    const app = new App({ outdir: join(folder, 'stages') });
    const [looked, other] = ['Looked', 'Other'].map((id) => new Stage(app, id));
    [looked, other].forEach((stage) => new agentcore.CfnGateway(new Stack(stage, 'S'), 'G', { name: 'g', authorizerType: 'NONE', roleArn: 'arn' }));
    Validations.of(looked).addPlugins(new AgentCoreChecks());
    Validations.of(app).acknowledge({ id: 'AgentCoreChecks::gateway-without-authorizer[Other/S/G|authorizer-NONE]', reason: 'Decided by the other team' });
    expect(outcome(app).found).toEqual([
      'gateway-without-authorizer[Looked/S/G|authorizer-NONE]', 'gateway-without-policy-engine[Looked/S/G|no-policy-engine]', 'gateway-without-waf[Looked/S/G|no-web-ACL-for-authorizer-NONE]',
    ]);
  });
});

test('nested stacks are looked at', () => {
  const { found } = outcome(flawed((app) => {
    new agentcore.CfnGateway(new NestedStack(app.node.findChild('S'), 'Inner'), 'G', { name: 'g', authorizerType: 'NONE', roleArn: 'arn' });
  }));
  expect(found).toEqual([
    NOTE, 'gateway-without-authorizer[S/Inner/G|authorizer-NONE]', 'gateway-without-policy-engine[S/Inner/G|no-policy-engine]', 'gateway-without-waf[S/Inner/G|no-web-ACL-for-authorizer-NONE]',
  ]);
});

test('customer keys are asked for where the platform team says so', () => {
  const app = new App({ outdir: join(folder, 'keys') });
  new agentcore.CfnPolicyEngine(new Stack(app, 'S'), 'E', { name: 'e' });
  Validations.of(app).addPlugins(new AgentCoreChecks({ requireCustomerKeys: true }));
  expect(outcome(app)).toMatchObject({ stopped: false, found: ['missing-customer-key[S/E|no-EncryptionKeyArn]'] });
});

test('the example app goes through', () => {
  const app = companyApp({ outdir: join(folder, 'company') });
  Validations.of(app).addPlugins(new AgentCoreChecks({ requireCustomerKeys: true }));
  expect(outcome(app)).toMatchObject({ stopped: false, found: [], accepted: [] });
});

test.each([['official L2s', officialL2Flaws, L2_CANARY], ['L1s', l1Flaws, L1_CANARY]])('a secret in an app with %s is in no output of the checks', (_title, make, canary) => {
  const app = make();
  Validations.of(app).addPlugins(new AgentCoreChecks({ requireCustomerKeys: true }));
  const { text, found } = outcome(app);
  expect(found.some((rule) => rule.startsWith('plaintext-secret['))).toBe(true);
  expect(text).toContain('A secret stands in the template');
  expect(text).not.toContain(canary);
});
