import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { SynthesizedApp, synthesizedApp } from '../../src/synthesized/synthesized-app';
import type { Template } from '../../src/synthesized/template';
import { appOf, KNOWN } from '../synthesized/app-of';

/* Policies that stand there letter for letter as before, and mean something else because what they depend on does. */
const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const trust = (Principal: unknown) => document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
const role = (more: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }), ...more } });
const reader = (Resource: unknown) => role({ Policies: [{ PolicyName: 'P', PolicyDocument: document({ Effect: 'Allow', Action: 's3:GetObject', Resource }) }] });
const parameter = (Default: string, more: object = {}) => ({ Parameters: { P: { Type: 'String', Default, ...more } } });
const P = { Ref: 'P' };
const NO_VALUE = { Ref: 'AWS::NoValue' };
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const POLICY = { Type: 'AWS::IAM::Policy', Condition: 'IsAdmin', Properties: { PolicyName: 'P', Roles: [{ Ref: 'R' }], PolicyDocument: document({ Effect: 'Allow', Action: '*', Resource: '*' }) } };
const IS_ADMIN = { IsAdmin: { 'Fn::Equals': [P, 'prod'] } };

const changes = (before: SynthesizedApp, now: SynthesizedApp) => compareApps(comparedAppOf(before), comparedAppOf(now)).changes.map(({ kind, of }) => `${kind} ${of}`);
const between = (resources: Record<string, unknown>, before: Partial<Template>, now: Partial<Template>) =>
  changes(...[before, now].map((more) => appOf({ ...more, Resources: resources as Template['Resources'] })) as [SynthesizedApp, SynthesizedApp]);
const PARAMETER = 'undecided parameter Shop/Main/P';

describe('another default of a parameter', () => {
  test.each<[string, Record<string, unknown>, Partial<Template>]>([
    ['in a trust policy', { R: role({ AssumeRolePolicyDocument: trust({ AWS: P }) }) }, {}],
    ['as a resource', { R: reader(P) }, {}],
    ['within a resource', { R: reader({ 'Fn::Sub': 'arn:aws:s3:::${P}/*' }) }, {}],
    ['within what is picked from a list', { R: reader({ 'Fn::Select': [0, { 'Fn::Split': [',', P] }] }) }, {}],
    ['as the name of an attached policy', { R: role({ ManagedPolicyArns: [P] }) }, {}],
    ['as the boundary', { R: role({ PermissionsBoundary: P }) }, {}],
    ['in the policy of a key', { K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document({ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: P } }) } } }, {}],
    ['behind the condition of a policy', { R: role(), POLICY }, { Conditions: IS_ADMIN }],
    ['behind a condition of a condition', { R: role(), POLICY }, { Conditions: { IsAdmin: { 'Fn::And': [{ Condition: 'IsProd' }, { 'Fn::Equals': ['a', 'a'] }] }, IsProd: IS_ADMIN.IsAdmin } }],
    ['behind an attached policy of AWS', { R: role({ ManagedPolicyArns: [{ 'Fn::If': ['IsAdmin', ADMIN, NO_VALUE] }] }) }, { Conditions: IS_ADMIN }],
    ['behind one of two trust policies', { R: role({ AssumeRolePolicyDocument: { 'Fn::If': ['IsAdmin', trust('*'), trust({ Service: 'lambda.amazonaws.com' })] } }) }, { Conditions: IS_ADMIN }],
    ['behind the role that a function runs with', { R: role(), F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::If': ['IsAdmin', { 'Fn::GetAtt': ['R', 'Arn'] }, NO_VALUE] } } } }, { Conditions: IS_ADMIN }],
    ['as the key of a mapping', { R: reader({ 'Fn::FindInMap': ['Buckets', P, 'Arn'] }) }, { Mappings: { Buckets: { one: { Arn: 'arn:aws:s3:::a' } } } }],
    ['as the issuer of a gateway', { G: { Type: 'AWS::BedrockAgentCore::Gateway', Properties: { Name: 'g', AuthorizerType: 'CUSTOM_JWT', AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: P } } } } }, {}],
    ['as the issuer of a runtime', { R: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: P } } } } }, {}],
  ])('%s', (_where, resources, template) => {
    expect(between(resources, { ...template, ...parameter('one') }, { ...template, ...parameter('two') })).toEqual([PARAMETER]);
    expect(between(resources, { ...template, ...parameter('one') }, { ...template, ...parameter('one', { Description: 'Other words' }) })).toEqual([]);
  });

  test('more values that are allowed', () => {
    expect(between({ R: reader(P) }, parameter('a', { AllowedValues: ['a'] }), parameter('a', { AllowedValues: ['a', '*'] }))).toEqual([PARAMETER]);
  });

  test('of one that no policy depends on says nothing', () => {
    const resources = { R: role(), A: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: P } } } }, Q: { Type: 'AWS::SQS::Queue', Condition: 'IsAdmin', Properties: { QueueName: P } } };
    expect(between(resources, { Conditions: IS_ADMIN, ...parameter('one') }, { Conditions: IS_ADMIN, ...parameter('two') })).toEqual([]);
  });

  test('its value is not shown', () => {
    const texts = [parameter('sk-live-1'), parameter('sk-live-2')].map((more) => comparedAppOf(appOf({ ...more, Resources: { R: reader(P) } as unknown as Template['Resources'] })));
    const compared = compareApps(texts[0], texts[1]);
    expect(compared.changes.map(({ kind, of }) => `${kind} ${of}`)).toEqual([PARAMETER]);
    expect(JSON.stringify(compared)).not.toContain('sk-live');
  });
});

test('another row of a mapping', () => {
  const mapping = (Arn: string) => ({ ...parameter('one'), Mappings: { Buckets: { one: { Arn } } } });
  expect(between({ R: reader({ 'Fn::FindInMap': ['Buckets', P, 'Arn'] }) }, mapping('arn:aws:s3:::a'), mapping('*'))).toEqual(['undecided mapping Shop/Main Buckets']);
});

test('another definition of a condition, through which a policy of AWS is attached', () => {
  const attached = { R: role({ ManagedPolicyArns: [{ 'Fn::If': ['IsAdmin', ADMIN, NO_VALUE] }] }) };
  expect(between(attached, { ...parameter('one'), Conditions: IS_ADMIN }, { ...parameter('one'), Conditions: { IsAdmin: { 'Fn::Equals': [P, 'dev'] } } })).toEqual(['undecided Shop/Main IsAdmin']);
});

describe('a policy of AWS under a condition', () => {
  const app = (policy: unknown) => appOf({ ...parameter('one'), Conditions: { ...IS_ADMIN, Other: { 'Fn::Equals': [P, 'two'] } }, Resources: { R: role({ ManagedPolicyArns: [policy] }) } as unknown as Template['Resources'] });
  const under = (condition: string) => ({ 'Fn::If': [condition, ADMIN, NO_VALUE] });
  test.each([
    ['is always attached now', under('IsAdmin'), ADMIN, ['widened Shop/Main/R']],
    ['is no longer always attached', ADMIN, under('IsAdmin'), ['narrowed Shop/Main/R']],
    ['is attached under another one', under('IsAdmin'), under('Other'), ['widened Shop/Main/R', 'narrowed Shop/Main/R']],
    ['is attached as before', under('IsAdmin'), under('IsAdmin'), []],
  ])('%s', (_what, before, now, expected) => expect(changes(app(before), app(now))).toEqual(expected));
});

describe('a parameter of a nested stack', () => {
  const app = (given: object, defaults: { readonly outer: string; readonly inner: string }) => synthesizedApp([{
    name: 'One',
    path: 'One',
    ...KNOWN,
    template: { ...parameter(defaults.outer), Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x', ...given } } } },
    nested: { N: { name: 'N', path: 'One/N', template: { ...parameter(defaults.inner), Conditions: IS_ADMIN, Resources: { R: role(), POLICY } as unknown as Template['Resources'] } } },
  }]);
  test.each<[string, object, string[]]>([
    ['that gets none has its default', {}, ['undecided parameter One/N/P']],
    ['that gets a parameter has that one\'s', { Parameters: { P } }, ['undecided parameter One/P']],
    ['that gets a text has that', { Parameters: { P: 'fixed' } }, []],
  ])('%s', (_what, given, expected) => {
    expect(changes(app(given, { outer: 'a', inner: 'b' }), app(given, { outer: 'c', inner: 'd' }))).toEqual(expected);
  });
});
