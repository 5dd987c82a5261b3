import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnOutput, CfnResource, NestedStack, Stack, Stage, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_sqs as sqs } from 'aws-cdk-lib';
import { companyApp } from '../../examples/company-agents/company-app';
import { agentCoreResources, attributeTexts, cedarPolicies } from '../../src/synthesized/agentcore-resources';
import { appPolicies } from '../../src/synthesized/app-policies';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { SynthesizedApp } from '../../src/synthesized/synthesized-app';
import { plantsCedarFindings } from '../cedar/every-synthesis/synthesized-cedar';

const folder = mkdtempSync(join(tmpdir(), 'synthesized-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An app with a stack beside one in a stage that holds a nested stack. */
function staged(id: string, context: Record<string, unknown> = {}): string {
  const app = new App({ outdir: join(folder, id), context });
  const env = { account: '111122223333', region: 'eu-west-1' };
  new sqs.Queue(new Stack(app, 'Plain'), 'Queue');
  const stack = new Stack(new Stage(app, 'Prod', { env }), 'Main', { stackName: 'main-of-prod' });
  const queue = new sqs.Queue(stack, 'Queue');
  const role = new iam.Role(new NestedStack(stack, 'Inner'), 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  queue.grantConsumeMessages(role);
  new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
  return app.synth().directory;
}

const places = (app: SynthesizedApp) => app.stacks.map(({ name, path, account, region, parent }) => [name, path, account, region, parent?.stack.path]);

describe.each([
  ['without metadata in the templates', {}],
  ['with paths in the templates', { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }],
])('a folder of cdk synth, %s', (title, context) => {
  const read = readSynthesizedApp(staged(title.replace(/ /g, '-'), context));

  test('has the stacks of the app, its stages and the nested ones, and where they go', () => expect(places(read)).toEqual([
    ['main-of-prod', 'Prod/Main', '111122223333', 'eu-west-1', undefined],
    ['Prod/Main/Inner', 'Prod/Main/Inner', '111122223333', 'eu-west-1', 'Prod/Main'],
    ['Plain', 'Plain', undefined, undefined, undefined],
  ]));

  test('has construct paths, and rights across nested stacks', () => {
    const [{ arn, statements }] = appPolicies(read).principals;
    expect([arn, statements[0].statement.resources]).toEqual([
      'arn:aws:iam::111122223333:role/${AWS::IAM::Role Prod/Main/Inner/Role/Resource.Ref}',
      ['arn:aws:sqs:eu-west-1:111122223333:${AWS::SQS::Queue Prod/Main/Queue/Resource.QueueName}'],
    ]);
    expect(read.unreadStacks).toEqual([]);
  });
});

test('the report of this library is there where the app has one', () => {
  const withReport = readSynthesizedApp(companyApp({ outdir: join(folder, 'company') }).synth().directory);
  expect((withReport.access as { version: string }).version).toMatch(/^\d+\.\d+$/);
  expect(readSynthesizedApp(staged('no-report')).access).toBeUndefined();
});

test('a template alone is an app of one stack, whose environment is not known', () => {
  const file = join(folder, 'Alone.template.json');
  writeFileSync(file, JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } }));
  expect(places(readSynthesizedApp(file))).toEqual([['Alone', 'Alone', undefined, undefined, undefined]]);
  expect(readSynthesizedApp(file).stacks[0].resources[0].path).toBe('Alone/Q');
});

test('a nested stack whose template is not there is told', () => {
  const file = join(folder, 'Outer.template.json');
  writeFileSync(file, JSON.stringify({ Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://elsewhere' } } } }));
  expect(readSynthesizedApp(file).unreadStacks).toEqual([{ path: 'Outer/Inner', logicalId: 'Inner' }]);
});

test('a nested stack whose URL was exchanged is told, though its metadata still names the template', () => {
  const app = new App({ outdir: join(folder, 'exchanged'), context: { 'aws:cdk:enable-asset-metadata': true } });
  const outer = new Stack(app, 'Outer');
  const [kept, exchanged] = ['Kept', 'Exchanged'].map((id) => {
    const nested = new NestedStack(outer, id);
    new CfnResource(nested, 'Q', { type: 'AWS::SQS::Queue', properties: { QueueName: id } });
    return nested;
  });
  exchanged.nestedStackResource!.addPropertyOverride('TemplateURL', 'https://elsewhere.example.com/template.json');
  const read = readSynthesizedApp(app.synth().directory);
  expect(read.stacks.map(({ path }) => path)).toEqual(['Outer', 'Outer/Kept']);
  expect(read.unreadStacks.map(({ path }) => path)).toEqual([`Outer/${exchanged.node.id}.NestedStack/${exchanged.node.id}.NestedStackResource`]);
  expect(kept.nestedStackResource!.cfnOptions.metadata).toHaveProperty('aws:asset:path');
});

test('AgentCore resources are found by kind, with their ARNs and Cedar texts', () => {
  const app = new App({ outdir: join(folder, 'agentcore') });
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-west-1' } });
  new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'scheduler' });
  const engine = new agentcore.CfnPolicyEngine(stack, 'Engine', { name: 'engine' });
  plantsCedarFindings(app, /Policy \(allow\): it belongs to no gateway/);
  new agentcore.CfnPolicy(stack, 'Policy', {
    name: 'allow', policyEngineId: engine.attrPolicyEngineId, definition: { cedar: { statement: 'permit(principal, action, resource);' } },
  });
  const read = readSynthesizedApp(app.synth().directory);
  const [identity] = agentCoreResources(read, 'WorkloadIdentity');
  expect(agentCoreResources(read).map(({ kind }) => kind).sort()).toEqual(['Policy', 'PolicyEngine', 'WorkloadIdentity']);
  expect(attributeTexts(read, identity.resource, 'WorkloadIdentityArn'))
    .toEqual(['arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/scheduler']);
  expect(cedarPolicies(read).map(({ resource, ...policy }) => ({ ...policy, path: resource.path }))).toEqual([{
    name: 'allow',
    engine: '${AWS::BedrockAgentCore::PolicyEngine S/Engine.PolicyEngineId}',
    statement: 'permit(principal, action, resource);',
    enforcementMode: 'ACTIVE',
    onlyIf: [],
    path: 'S/Policy',
  }]);
});

describe('what cannot be read says so, with a code', () => {
  const write = (name: string, content: string) => {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  };

  test.each<[string, () => string, string]>([
    ['a path that is not there', () => join(folder, 'nowhere'), 'Synthesized/NotFound'],
    ['a folder without a manifest', () => { mkdirSync(join(folder, 'empty'), { recursive: true }); return join(folder, 'empty'); }, 'Synthesized/NoManifest'],
    ['a manifest without artifacts', () => write('bare/manifest.json', '{}'), 'Synthesized/NoManifest'],
    ['a manifest that is no JSON', () => write('broken/manifest.json', '{'), 'Synthesized/NotJson'],
    ['a stack that names no template', () => write('nameless/manifest.json', '{"artifacts":{"S":{"type":"aws:cloudformation:stack"}}}'), 'Synthesized/NoManifest'],
    ['a stack whose template is gone', () => write('gone/manifest.json', '{"artifacts":{"S":{"type":"aws:cloudformation:stack","properties":{"templateFile":"S.json"}}}}'), 'Synthesized/NotFound'],
    ['a template in YAML', () => write('t.yaml', 'Resources:\n  Secret: canary-value'), 'Synthesized/NotJson'],
    ['JSON that is no template', () => write('list.json', '[]'), 'Synthesized/NotATemplate'],
    ['a resource without a type', () => write('typeless.json', '{"Resources":{"X":{}}}'), 'Synthesized/NotATemplate'],
  ])('%s', (_title, path, code) => {
    const file = path();
    expect(() => readSynthesizedApp(file)).toThrow(expect.objectContaining({ code, message: expect.not.stringContaining('canary') }));
  });
});
