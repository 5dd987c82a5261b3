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
    ['in the text of a Cedar policy', { C: { Type: 'AWS::BedrockAgentCore::Policy', Properties: { Name: 'p', PolicyEngineId: 'e', Definition: { Cedar: { Statement: { 'Fn::Sub': 'permit(principal, action, resource) when { context.x like "${P}" };' } } } } } }, {}],
    ['as the role of a function, which another app made', { F: { Type: 'AWS::Lambda::Function', Properties: { Role: P } } }, {}],
    ['as the target of a routing rule', { G: { Type: 'AWS::BedrockAgentCore::GatewayRule', Properties: { GatewayIdentifier: 'g', Priority: 1, Actions: [{ RouteToTarget: { StaticRoute: { TargetName: P } } }] } } }, {}],
    ['as the value of a mapping\'s default', { R: reader({ 'Fn::FindInMap': ['Buckets', { Ref: 'AWS::StackId' }, 'Arn', { DefaultValue: P }] }) }, { Mappings: { Buckets: { one: { Arn: 'arn:aws:s3:::a' } } } }],
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

describe('another value of a mapping', () => {
  const buckets = (Arn: string) => ({ ...parameter('Buckets'), Mappings: { Buckets: { one: { Arn: 'arn:aws:s3:::a' }, two: { Arn } }, Others: { one: { Arn: 'arn:aws:s3:::o' } } } });
  test.each<[string, Record<string, unknown>, string[]]>([
    ['whose own name is a parameter', { R: reader({ 'Fn::FindInMap': [P, 'two', 'Arn'] }) }, ['undecided mapping Shop/Main Buckets']],
    ['in a Cedar policy', { C: { Type: 'AWS::BedrockAgentCore::Policy', Properties: { Name: 'p', PolicyEngineId: 'e', Definition: { Cedar: { Statement: { 'Fn::Sub': ['permit(principal, action, resource) when { context.x like "${A}" };', { A: { 'Fn::FindInMap': ['Buckets', P, 'Arn'] } }] } } } } } }, ['undecided mapping Shop/Main Buckets']],
    ['that is not the one which is looked up', { R: reader({ 'Fn::FindInMap': ['Others', P, 'Arn'] }) }, []],
  ])('%s', (_title, resources, expected) => expect(between(resources, buckets('arn:aws:s3:::b'), buckets('*'))).toEqual(expected));
});

test.each([['another one', 'arn:aws:s3:::*', 'widened Shop/Main/R'], ['the same', 'arn:aws:s3:::a', undefined]])('what a mapping gives where it has no such row: %s', (_title, now, expected) => {
  const found = (DefaultValue: string) => ({ R: reader({ 'Fn::FindInMap': ['Buckets', 'none', 'Arn', { DefaultValue }] }) });
  const app = (value: string) => appOf({ Mappings: { Buckets: { one: { Arn: 'arn:aws:s3:::o' } } }, Resources: found(value) as unknown as Template['Resources'] });
  expect(changes(app('arn:aws:s3:::a'), app(now))).toEqual(expected === undefined ? [] : [expected]);
});

test('a rule that no longer holds back a parameter', () => {
  const rule = { Rules: { OnlyOurs: { Assertions: [{ Assert: { 'Fn::Contains': [['a', 'b'], P] } }] } } };
  expect(between({ R: reader(P) }, { ...parameter('a'), ...rule }, parameter('a'))).toEqual([PARAMETER]);
  expect(between({ R: role() }, { ...parameter('a'), ...rule }, parameter('a'))).toEqual([]);
});

test('conditions that a loop makes', () => {
  const loop = (right: string) => ({ ...parameter('x'), Conditions: { 'Fn::ForEach::Stages': ['Stage', ['Admin'], { 'Is${Stage}': { 'Fn::Equals': [P, right] } }] } as Record<string, unknown> });
  expect(between({ R: role(), POLICY }, loop('never'), loop('x'))).toEqual(['undecided Shop/Main Fn::ForEach::Stages']);
  expect(between({ R: role() }, loop('never'), loop('x'))).toEqual([]);
});

describe('another value of a parameter of Systems Manager that the app writes', () => {
  const stored = (Value: unknown, Name = '/agents/bucket') => ({ S: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } });
  const lookedUp = { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/agents/bucket' } } };
  const custom = { C: { Type: 'Custom::AWS', Properties: { Create: '{"service":"SSM","action":"getParameter","parameters":{"Name":"/agents/bucket"}}' } }, R: reader({ 'Fn::GetAtt': ['C', 'Parameter.Value'] }) };
  const of = (resources: object, template: Partial<Template> = {}) => appOf({ ...template, Resources: resources as Template['Resources'] });
  test.each<[string, object, Partial<Template>]>([
    ['as a parameter of the template', { R: reader(P) }, lookedUp],
    ['as a dynamic reference', { R: reader('{{resolve:ssm:/agents/bucket}}') }, {}],
    ['by a custom resource', custom, {}],
  ])('%s', (_title, resources, template) => {
    const told = ['undecided SSM parameter Shop/Main/S'];
    expect(changes(of({ ...resources, ...stored('arn:aws:s3:::a') }, template), of({ ...resources, ...stored('*') }, template))).toEqual(told);
    expect(changes(of({ ...resources, ...stored('a', '/agents/other') }, template), of({ ...resources, ...stored('*', '/agents/other') }, template))).toEqual([]);
  });
});

describe('a condition of the resource that stands for a nested stack', () => {
  const deny = { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'D', Roles: [{ Ref: 'Role' }], PolicyDocument: document({ Effect: 'Deny', Action: 's3:*', Resource: '*' }) } } };
  const app = (Condition: string | undefined, right = 'prod') => synthesizedApp([{
    ...KNOWN,
    name: 'Main',
    path: 'Shop/Main',
    template: {
      Parameters: { P: { Type: 'String' } },
      Conditions: { IsAdmin: { 'Fn::Equals': [P, right] } },
      Resources: { R: reader('*'), N: { Type: 'AWS::CloudFormation::Stack', ...(Condition !== undefined ? { Condition } : {}), Properties: { Parameters: { Role: { Ref: 'R' } } } } } as unknown as Template['Resources'],
    },
    nested: { N: { name: 'N', path: 'Shop/Main/N', template: { Parameters: { Role: { Type: 'String' } }, Resources: deny as unknown as Template['Resources'] } } },
  }]);
  test.each<[string, SynthesizedApp, SynthesizedApp, string[]]>([
    ['takes a Deny away', app(undefined), app('IsAdmin'), ['widened Shop/Main/R', 'guard-weakened Shop/Main/R']],
    ['gives it back', app('IsAdmin'), app(undefined), ['narrowed Shop/Main/R', 'guard-strengthened Shop/Main/R']],
    ['is defined differently', app('IsAdmin'), app('IsAdmin', 'dev'), ['undecided Shop/Main IsAdmin']],
    ['is the same', app('IsAdmin'), app('IsAdmin'), []],
  ])('%s', (_title, before, now, expected) => expect(changes(before, now)).toEqual(expected));
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
