import { twoAgents } from './two-agents';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { SynthesizedApp, synthesizedApp } from '../../src/synthesized/synthesized-app';
import type { Template, TemplateResource } from '../../src/synthesized/template';
import { appOf, KNOWN } from '../synthesized/app-of';

/* What runs with a role may do whatever the role may, whichever policies it has. */
const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const role = (properties: Record<string, unknown> = {}): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...properties } });
const ARN = { 'Fn::GetAtt': ['Worker', 'Arn'] };
const NAME = { Ref: 'Worker' };
const resource = (Type: string, Properties: Record<string, unknown>): TemplateResource => ({ Type, Properties });
const WORKER = { Worker: role(), Fn: resource('AWS::Lambda::Function', { Role: ARN }) };
const PROFILE = { Profile: resource('AWS::IAM::InstanceProfile', { Roles: [NAME] }) };
const NAMED = { ...WORKER, Worker: role({ RoleName: 'worker', Path: '/agents/' }) };

const changes = (before: SynthesizedApp, now: SynthesizedApp) => compareApps(comparedAppOf(before), comparedAppOf(now)).changes
  .map(({ kind, of, what, before: was, now: is }) => [`${kind} | ${of} | ${what}`, ...was !== undefined ? [`was ${was}`] : [], ...is !== undefined ? [`now ${is}`] : []].join(' | '));
const between = (before: Record<string, unknown>, now: Record<string, unknown>, more: Partial<Template> = {}) =>
  changes(appOf({ ...more, Resources: before as Template['Resources'] }), appOf({ ...more, Resources: now as Template['Resources'] }));
const more = (type: string, id = 'New') => `widened | Shop/Main/Worker | also runs with the role Shop/Main/Worker | now ${type} Shop/Main/${id}`;

test('a policy of AWS that a group has under one condition and a user through the group under another: without the latter it is more', () => {
  const two: Partial<Template> = {
    Parameters: { Kind: { Type: 'String' } }, Conditions: { A: { 'Fn::Equals': [{ Ref: 'Kind' }, 'a'] }, B: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Kind' }, 'b'] }] } },
  };
  const user = (groups: unknown) => ({
    G: resource('AWS::IAM::Group', { ManagedPolicyArns: [{ 'Fn::If': ['A', 'arn:aws:iam::aws:policy/AdministratorAccess', { Ref: 'AWS::NoValue' }] }] }),
    U: resource('AWS::IAM::User', { Groups: groups }),
  });
  const member = user([{ 'Fn::If': ['B', { Ref: 'G' }, { Ref: 'AWS::NoValue' }] }]);
  expect(between(member, member, two)).toEqual([]);
  expect(between(member, user([{ Ref: 'G' }]), two).map((each) => each.split(' | ').slice(0, 2))).toEqual([['widened', 'Shop/Main/U']]);
});

describe('when a resource runs with a role', () => {
  const IS_TRIAL: Partial<Template> = {
    Parameters: { Kind: { Type: 'String' } },
    Conditions: { IsTrial: { 'Fn::Equals': [{ Ref: 'Kind' }, 'trial'] }, IsOther: { 'Fn::Equals': [{ Ref: 'Kind' }, 'other'] } },
  };
  const fn = (properties: Record<string, unknown>, Condition?: string) => ({ Worker: role(), Other: role(), Fn: { ...resource('AWS::Lambda::Function', properties), ...(Condition !== undefined ? { Condition } : {}) } });
  const other = { 'Fn::GetAtt': ['Other', 'Arn'] };
  const when = (kind: string, id: string, was: string, is: string) =>
    `${kind} | Shop/Main/${id} | when AWS::Lambda::Function Shop/Main/Fn runs with the role Shop/Main/${id} | was ${was} | now ${is}`;
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['as before', fn({ Role: { 'Fn::If': ['IsTrial', ARN, other] } }), fn({ Role: { 'Fn::If': ['IsTrial', ARN, other] } }), []],
    ['the other way round', fn({ Role: { 'Fn::If': ['IsTrial', ARN, other] } }), fn({ Role: { 'Fn::If': ['IsTrial', other, ARN] } }), [
      when('undecided', 'Other', 'not Shop/Main IsTrial', 'Shop/Main IsTrial'), when('undecided', 'Worker', 'Shop/Main IsTrial', 'not Shop/Main IsTrial'),
    ]],
    ['always now', fn({ Role: { 'Fn::If': ['IsTrial', ARN, { Ref: 'AWS::NoValue' }] } }), fn({ Role: ARN }), [when('widened', 'Worker', 'Shop/Main IsTrial', 'always')]],
    ['not always any more', fn({ Role: ARN }), fn({ Role: { 'Fn::If': ['IsTrial', ARN, { Ref: 'AWS::NoValue' }] } }), [when('narrowed', 'Worker', 'always', 'Shop/Main IsTrial')]],
    ['always now, for the whole resource', fn({ Role: ARN }, 'IsTrial'), fn({ Role: ARN }), [when('widened', 'Worker', 'Shop/Main IsTrial', 'always')]],
    ['in other deployments', fn({ Role: ARN }, 'IsTrial'), fn({ Role: ARN }, 'IsOther'), [when('undecided', 'Worker', 'Shop/Main IsTrial', 'Shop/Main IsOther')]],
  ])('%s', (_title, before, now, expected) => expect(between(before, now, IS_TRIAL)).toEqual(expected));
});

describe('a resource more that runs with a role', () => {
  test.each<[string, Record<string, unknown>, TemplateResource, string[]]>([
    ['a function', WORKER, resource('AWS::Lambda::Function', { Role: ARN }), [more('AWS::Lambda::Function')]],
    ['a task', WORKER, resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Name: 'a', Image: 'b' }], TaskRoleArn: ARN }), [more('AWS::ECS::TaskDefinition')]],
    ['a runtime', WORKER, resource('AWS::BedrockAgentCore::Runtime', { RoleArn: ARN }), [more('AWS::BedrockAgentCore::Runtime'), 'added | Shop/Main/New | Runtime']],
    ['a code interpreter', WORKER, resource('AWS::BedrockAgentCore::CodeInterpreterCustom', { Name: 'c', ExecutionRoleArn: ARN }), [
      more('AWS::BedrockAgentCore::CodeInterpreterCustom'), 'added | Shop/Main/New | CodeInterpreterCustom',
    ]],
    ['an instance profile, by the name of the role', WORKER, resource('AWS::IAM::InstanceProfile', { Roles: [NAME] }), [more('AWS::IAM::InstanceProfile')]],
    ['an instance with a profile that was there', { ...WORKER, ...PROFILE }, resource('AWS::EC2::Instance', { IamInstanceProfile: { Ref: 'Profile' } }), [more('AWS::EC2::Instance')]],
    ['a launch template with the profile\'s ARN', { ...WORKER, ...PROFILE },
      resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } } }), [more('AWS::EC2::LaunchTemplate')]],
    ['users of an identity pool', WORKER, resource('AWS::Cognito::IdentityPoolRoleAttachment', { IdentityPoolId: 'p', Roles: { authenticated: ARN } }), [more('AWS::Cognito::IdentityPoolRoleAttachment')]],
    ['a state machine that assumes it in a step', WORKER, resource('AWS::StepFunctions::StateMachine', { DefinitionString: { 'Fn::Join': ['', ['{"States":{"A":{"Credentials":{"RoleArn":"', ARN, '"}}}}']] } }), [
      'undecided | Shop/Main/Worker | also names the role Shop/Main/Worker, and may use it | now AWS::StepFunctions::StateMachine Shop/Main/New',
    ]],
    ['a function, if a condition of the template is met', WORKER, resource('AWS::Lambda::Function', { Role: { 'Fn::If': ['IsTrial', ARN, { Ref: 'AWS::NoValue' }] } }), [more('AWS::Lambda::Function')]],
    ['by the ARN as text', NAMED, resource('AWS::Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/agents/worker' }), [more('AWS::Lambda::Function')]],
    ['by an ARN that is put together', NAMED, resource('AWS::Lambda::Function', { Role: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/agents/worker' } }), [more('AWS::Lambda::Function')]],
    ['by the name as text', NAMED, resource('AWS::IAM::InstanceProfile', { Roles: ['worker'] }), [more('AWS::IAM::InstanceProfile')]],
  ])('%s', (_title, base, added, expected) => expect(between(base, { ...base, New: added }, { Conditions: { IsTrial: { 'Fn::Equals': [{ Ref: 'AWS::StackName' }, 'trial'] } } })).toEqual(expected));
});

describe('no resource more that runs with the role', () => {
  test.each<[string, Record<string, unknown>, TemplateResource]>([
    ['a function with the role of others by a name that is like it', NAMED, resource('AWS::Lambda::Function', { Environment: { Variables: { ROLE: 'worker' } } })],
    ['a function that knows the ARN, and has to be let in by the trust policy', WORKER, resource('AWS::Lambda::Function', { Environment: { Variables: { ROLE_ARN: ARN } } })],
    ['a tag', WORKER, resource('AWS::S3::Bucket', { Tags: [{ Key: 'owner-role', Value: ARN }] })],
    ['a parameter that keeps the ARN', WORKER, resource('AWS::SSM::Parameter', { Type: 'String', Value: ARN })],
    ['a resource with that text where no role stands', NAMED, resource('AWS::S3::Bucket', { BucketName: 'worker' })],
  ])('%s', (_title, base, added) => expect(between(base, { ...base, New: added })).toEqual([]));

  test('a policy that lets the role in is told as a policy, and nothing else', () => {
    const key = (principal: unknown) => resource('AWS::KMS::Key', { KeyPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:Decrypt', Resource: '*' }] } });
    expect(between({ ...WORKER, Key: key('arn:aws:iam::111122223333:root') }, { ...WORKER, Key: key(['arn:aws:iam::111122223333:root', ARN]) })).toEqual([
      'widened | AWS::KMS::Key Shop/Main/Key | policy of AWS::KMS::Key Shop/Main/Key: more is allowed',
    ]);
  });
});

test('one less narrows, and another one in its place does both', () => {
  const without = { Worker: WORKER.Worker };
  const less = 'narrowed | Shop/Main/Worker | no longer runs with the role Shop/Main/Worker | was AWS::Lambda::Function Shop/Main/Fn';
  expect(between(WORKER, without)).toEqual([less]);
  expect(between(WORKER, { ...without, New: WORKER.Fn })).toEqual([more('AWS::Lambda::Function'), less]);
});

test('a function that gets another role runs with that one, and no longer with the first', () => {
  const two = { ...WORKER, Admin: role() };
  expect(between(two, { ...two, Fn: resource('AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Admin', 'Arn'] } }) })).toEqual([
    'widened | Shop/Main/Admin | also runs with the role Shop/Main/Admin | now AWS::Lambda::Function Shop/Main/Fn',
    'narrowed | Shop/Main/Worker | no longer runs with the role Shop/Main/Worker | was AWS::Lambda::Function Shop/Main/Fn',
  ]);
});

test('an agent\'s function is loud, since nothing that the agent declares says so; one that moves with its role is not', () => {
  const users = (...ids: string[]) => ids.map((id) => ({ id, type: 'AWS::Lambda::Function', runs: true }));
  const app = (path: string, ids: string[]) => {
    const made = twoAgents();
    made.model.agents[0].path = `${path}/Scheduler`;
    made.model.agents[0].parts[0].role = `${path}/Function/ServiceRole`;
    Object.assign(made.policies.principals[0], { id: `${path}/Function/ServiceRole`, users: users(...ids) });
    return made as ComparedApp;
  };
  const [before, after] = [app('Sales', ['Sales/Function']), app('Sales', ['Sales/Function', 'Sales/Debug'])];
  expect(compareApps(before, after).changes).toEqual([
    { kind: 'widened', subject: 'IAM', of: 'Sales/Scheduler', what: 'also runs with the role Sales/Function/ServiceRole', now: 'AWS::Lambda::Function Sales/Debug', unannounced: true },
  ]);
  expect(compareApps(before, app('Retail', ['Retail/Function'])).changes.map(({ kind }) => kind)).toEqual(['moved']);
  expect(compareApps(before, app('Retail', ['Retail/Function', 'Retail/Debug'])).changes.map(({ kind }) => kind)).toEqual(['widened', 'moved']);
});

test('a new role is told once, with whatever runs with it', () => {
  expect(between({}, WORKER)).toEqual(['added | Shop/Main/Worker | principal | now may be assumed by lambda.amazonaws.com']);
});

test('a role of others that something runs with now is something new, and one more that runs with it is more', () => {
  const foreign = (account: string) => resource('AWS::Lambda::Function', { Role: `arn:aws:iam::${account}:role/admin` });
  const arn = 'arn:aws:iam::111122223333:role/admin';
  expect(between({}, { A: foreign('111122223333') })).toEqual([`added | ${arn} | runs with the role ${arn} | now AWS::Lambda::Function Shop/Main/A`]);
  expect(between({ A: foreign('111122223333') }, { A: foreign('111122223333'), B: foreign('111122223333') })).toEqual([
    `widened | ${arn} | also runs with the role ${arn} | now AWS::Lambda::Function Shop/Main/B`,
  ]);
  expect(between({ A: foreign('111122223333') }, {})).toEqual([`removed | ${arn} | runs with the role ${arn} | was AWS::Lambda::Function Shop/Main/A`]);
});

test('a role that is a parameter is one of others', () => {
  const app = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, resource('AWS::Lambda::Function', { Role: { Ref: 'Given' } })]));
  expect(between(app(['A']), app(['A', 'B']), { Parameters: { Given: { Type: 'String' } } })).toEqual([
    'widened | ${Parameter Shop/Main/Given} | also runs with the role ${Parameter Shop/Main/Given} | now AWS::Lambda::Function Shop/Main/B',
  ]);
});

describe('roles and what runs with them in several stacks', () => {
  const stack = (name: string, resources: Record<string, unknown>, template: Partial<Template> = {}, account = KNOWN.account) =>
    ({ name, path: name, ...KNOWN, account, template: { ...template, Resources: resources as Template['Resources'] } });
  const EXPORT: Partial<Template> = { Outputs: { Arn: { Value: ARN, Export: { Name: 'worker-arn' } } } };

  test('an ARN that another stack exports', () => {
    const base = stack('One', WORKER, EXPORT);
    const now = stack('Two', { Debug: resource('AWS::Lambda::Function', { Role: { 'Fn::ImportValue': 'worker-arn' } }) });
    expect(changes(synthesizedApp([base]), synthesizedApp([base, now]))).toEqual(['widened | One/Worker | also runs with the role One/Worker | now AWS::Lambda::Function Two/Debug']);
  });

  test('a parameter that a nested stack gets', () => {
    const nested = { name: 'N', path: 'One/N', template: { Parameters: { Role: { Type: 'String' } }, Resources: { Debug: resource('AWS::Lambda::Function', { Role: { Ref: 'Role' } }) } } };
    const host = { ...WORKER, Nested: resource('AWS::CloudFormation::Stack', { Parameters: { Role: ARN }, TemplateURL: 'x' }) };
    expect(changes(synthesizedApp([stack('One', WORKER)]), synthesizedApp([{ ...stack('One', host), nested: { Nested: nested } }]))).toEqual([
      'widened | One/Worker | also runs with the role One/Worker | now AWS::Lambda::Function One/N/Debug',
    ]);
  });

  test('the same name in another account is another role', () => {
    const [one, two] = [stack('One', NAMED), stack('Two', { Worker: NAMED.Worker }, {}, '444455556666')];
    const debug = stack('Two', { Worker: NAMED.Worker, Debug: resource('AWS::Lambda::Function', { Role: 'arn:aws:iam::444455556666:role/agents/worker' }) }, {}, '444455556666');
    expect(changes(synthesizedApp([one, two]), synthesizedApp([one, debug]))).toEqual(['widened | Two/Worker | also runs with the role Two/Worker | now AWS::Lambda::Function Two/Debug']);
  });
});
