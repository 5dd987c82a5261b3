import { appOf, KNOWN } from './app-of';
import type { PolicyStatement } from '../../src/containment/policy-statement';
import { appPolicies } from '../../src/synthesized/app-policies';
import { synthesizedApp } from '../../src/synthesized/synthesized-app';
import type { TemplateResource } from '../../src/synthesized/template';

const allow = (action: string, resource: unknown = '*') => ({ Effect: 'Allow', Action: action, Resource: resource });
const document = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const TRUST = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
const role = (properties: Record<string, unknown> = {}): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...properties } });
const policy = (properties: Record<string, unknown>, type = 'AWS::IAM::Policy'): TemplateResource => ({ Type: type, Properties: { PolicyName: 'P', ...properties } });

/** What each principal may do, as `name: action on resource`. */
function rights(resources: Record<string, TemplateResource>, conditions: Record<string, unknown> = {}): string[] {
  return appPolicies(appOf({ Resources: resources, Conditions: conditions })).principals.flatMap(({ kind, name, statements }) =>
    statements.map(({ statement, onlyIf }) => `${kind} ${name}: ${(statement.actions ?? []).join()} on ${(statement.resources ?? []).join()}${onlyIf.length > 0 ? ` if ${onlyIf.join(' or ')}` : ''}`));
}

const R = 'role ${AWS::IAM::Role Shop/Main/R.Ref}';

describe.each<[string, Record<string, TemplateResource>, string[]]>([
  ['an inline policy', { R: role({ Policies: [{ PolicyName: 'A', PolicyDocument: document(allow('s3:GetObject')) }] }) }, [`${R}: s3:GetObject on *`]],
  ['a policy beside the role', { R: role(), P: policy({ Roles: [{ Ref: 'R' }], PolicyDocument: document(allow('s3:GetObject')) }) }, [`${R}: s3:GetObject on *`]],
  ['a policy in front of the role', { P: policy({ Roles: [{ Ref: 'R' }], PolicyDocument: document(allow('s3:GetObject')) }), R: role() }, [`${R}: s3:GetObject on *`]],
  ['a policy of one role', { R: role(), P: policy({ RoleName: { Ref: 'R' }, PolicyDocument: document(allow('s3:GetObject')) }, 'AWS::IAM::RolePolicy') }, [`${R}: s3:GetObject on *`]],
  ['a managed policy that names the role', { R: role(), P: policy({ Roles: [{ Ref: 'R' }], PolicyDocument: document(allow('s3:GetObject')) }, 'AWS::IAM::ManagedPolicy') }, [`${R}: s3:GetObject on *`]],
  ['a managed policy that the role names', { R: role({ ManagedPolicyArns: [{ Ref: 'P' }] }), P: policy({ PolicyDocument: document(allow('s3:GetObject')) }, 'AWS::IAM::ManagedPolicy') }, [`${R}: s3:GetObject on *`]],
  ['a managed policy named from both sides, once', {
    R: role({ ManagedPolicyArns: [{ Ref: 'P' }] }), P: policy({ Roles: [{ Ref: 'R' }], PolicyDocument: document(allow('s3:GetObject')) }, 'AWS::IAM::ManagedPolicy'),
  }, [`${R}: s3:GetObject on *`]],
  ['a role that exists already', { P: policy({ Roles: ['imported'], PolicyDocument: document(allow('s3:GetObject')) }) }, ['role imported: s3:GetObject on *']],
  ['a role with a literal name that a policy names', { R: role({ RoleName: 'reader' }), P: policy({ Roles: ['reader'], PolicyDocument: document(allow('s3:GetObject')) }) }, ['role reader: s3:GetObject on *']],
  ['users and groups', { P: policy({ Users: ['anna'], Groups: ['admins'], PolicyDocument: document(allow('s3:GetObject')) }) },
    ['user anna: s3:GetObject on *', 'group admins: s3:GetObject on *']],
  ['one statement that is not in a list', { R: role({ Policies: [{ PolicyName: 'A', PolicyDocument: { Statement: allow('s3:GetObject') } }] }) }, [`${R}: s3:GetObject on *`]],
])('rights of %s', (_title, resources, expected) => {
  test('are found', () => expect(rights(resources)).toEqual(expected));
});

describe('rights under conditions of CloudFormation are all there, with their conditions', () => {
  const conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };

  test.each<[string, Record<string, TemplateResource>, string[]]>([
    ['an action', { R: role({ Policies: [{ PolicyName: 'A', PolicyDocument: document(allow('s3:GetObject', { 'Fn::If': ['IsProd', 'live', 'test'] })) }] }) },
      [`${R}: s3:GetObject on live if Shop/Main IsProd`, `${R}: s3:GetObject on test if not Shop/Main IsProd`]],
    ['one item of a list', { R: role({ Policies: [{ PolicyName: 'A', PolicyDocument: document(allow('s3:GetObject', ['a', { 'Fn::If': ['IsProd', 'b', { Ref: 'AWS::NoValue' }] }])) }] }) },
      [`${R}: s3:GetObject on a,b if Shop/Main IsProd`, `${R}: s3:GetObject on a if not Shop/Main IsProd`]],
    ['a statement', { R: role({ Policies: [{ PolicyName: 'A', PolicyDocument: document(allow('s3:A'), { 'Fn::If': ['IsProd', allow('s3:B'), { Ref: 'AWS::NoValue' }] }) }] }) },
      [`${R}: s3:A on *`, `${R}: s3:B on * if Shop/Main IsProd`]],
    ['a policy', { R: role({ Policies: [{ 'Fn::If': ['IsProd', { PolicyName: 'A', PolicyDocument: document(allow('s3:A')) }, { Ref: 'AWS::NoValue' }] }] }) },
      [`${R}: s3:A on * if Shop/Main IsProd`]],
    ['an attachment', { R: role(), P: policy({ Roles: [{ 'Fn::If': ['IsProd', { Ref: 'R' }, 'other'] }], PolicyDocument: document(allow('s3:A')) }) },
      [`${R}: s3:A on * if Shop/Main IsProd`, 'role other: s3:A on * if not Shop/Main IsProd']],
    ['a managed policy on a role', {
      R: role({ ManagedPolicyArns: [{ 'Fn::If': ['IsProd', { Ref: 'P' }, { Ref: 'AWS::NoValue' }] }] }), P: policy({ PolicyDocument: document(allow('s3:A')) }, 'AWS::IAM::ManagedPolicy'),
    }, [`${R}: s3:A on * if Shop/Main IsProd`]],
    ['a role\'s name', { R: role({ RoleName: { 'Fn::If': ['IsProd', 'live', 'test'] }, Policies: [{ PolicyName: 'A', PolicyDocument: document(allow('s3:A')) }] }) },
      ['role live: s3:A on *', 'role test: s3:A on *']],
    ['a resource', { R: role(), P: { ...policy({ Roles: [{ Ref: 'R' }], PolicyDocument: document(allow('s3:A')) }), Condition: 'IsProd' } }, [`${R}: s3:A on * if Shop/Main IsProd`]],
  ])('%s', (_title, resources, expected) => expect(rights(resources, conditions)).toEqual(expected));
});

test('a statement keeps every field, with single values as lists', () => {
  const trust = {
    Sid: 'One',
    Effect: 'Deny',
    NotAction: 'sts:TagSession',
    NotPrincipal: { AWS: ['a', 'b'], Service: 'c' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, Bool: { 'aws:SecureTransport': false } },
  };
  const [{ trust: [{ statement }] }] = appPolicies(appOf({ Resources: { R: role({ AssumeRolePolicyDocument: document(trust) }) } })).principals;
  expect(statement).toEqual<PolicyStatement>({
    sid: 'One',
    effect: 'Deny',
    notActions: ['sts:TagSession'],
    notPrincipals: [{ type: 'AWS', value: 'a' }, { type: 'AWS', value: 'b' }, { type: 'Service', value: 'c' }],
    conditions: [{ operator: 'StringEquals', key: 'aws:SourceAccount', values: ['111122223333'] }, { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] }],
  });
});

test('a boundary that cannot be read in full limits nothing for certain', () => {
  const edge = (statement: unknown) => ({
    Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'Edge', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, statement] } },
  });
  const limits = (statement: unknown) => appPolicies(appOf({ Resources: { R: role({ PermissionsBoundary: { Ref: 'Edge' } }), Edge: edge(statement) } })).principals[0].boundary?.statements?.length;
  expect([limits({ 'Fn::ImportValue': 'statement' }), limits({ Effect: 'Allow', Action: 'sqs:*', Resource: { 'Fn::ImportValue': 'queue' } })]).toEqual([undefined, 2]);
});

test('policies that AWS keeps, and a boundary, are known by ARN', () => {
  const app = appOf({
    Resources: {
      R: role({
        ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] }], PermissionsBoundary: { Ref: 'Edge' },
      }),
      Edge: policy({ ManagedPolicyName: 'Edge', PolicyDocument: document(allow('s3:*')) }, 'AWS::IAM::ManagedPolicy'),
    },
  });
  const [{ foreignPolicies, boundary, statements }] = appPolicies(app).principals;
  expect({ foreignPolicies, statements, boundary: boundary?.arn, limits: boundary?.statements?.map(({ statement }) => statement.actions) }).toEqual({
    foreignPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], statements: [], boundary: 'arn:aws:iam::111122223333:policy/Edge', limits: [['s3:*']],
  });
});

test.each<[string, unknown, boolean]>([
  ['always there', { Ref: 'Edge' }, true],
  ['that may not be there', { 'Fn::If': ['IsProd', { Ref: 'Edge' }, { Ref: 'AWS::NoValue' }] }, false],
])('a boundary %s is known to limit only if it is certain', (_title, boundary, certain) => {
  const edge = policy({ ManagedPolicyName: 'Edge', PolicyDocument: document(allow('s3:*')) }, 'AWS::IAM::ManagedPolicy');
  const [found] = appPolicies(appOf({ Resources: { R: role({ PermissionsBoundary: boundary }), Edge: edge } })).principals;
  expect([found.boundary?.arn.replace(/ only if .*/, ''), found.boundary?.statements !== undefined]).toEqual(['arn:aws:iam::111122223333:policy/Edge', certain]);
});

test('a role of the app gets the policies of other stacks', () => {
  const main = { Resources: { R: role() }, Outputs: { Name: { Value: { Ref: 'R' }, Export: { Name: 'role' } } } };
  const other = { Resources: { P: policy({ Roles: [{ 'Fn::ImportValue': 'role' }], PolicyDocument: document(allow('s3:A')) }) } };
  const app = synthesizedApp([{ name: 'a', path: 'A', template: main, ...KNOWN }, { name: 'b', path: 'B', template: other, ...KNOWN }]);
  const { principals } = appPolicies(app);
  expect(principals.map(({ arn, statements }) => [arn, statements.map(({ place }) => place.resource.path)])).toEqual([
    ['arn:aws:iam::111122223333:role/${AWS::IAM::Role A/R.Ref}', ['B/P']],
  ]);
});

describe('policies of resources', () => {
  const everybody = { Effect: 'Allow', Principal: '*', Action: 'a:B', Resource: '*' };

  test.each<[string, TemplateResource, [string, string[]]]>([
    ['a key', { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(everybody) } }, ['AWS::KMS::Key', ['arn:aws:kms:eu-west-1:111122223333:key/${AWS::KMS::Key Shop/Main/X.KeyId}']]],
    ['a secret', { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: 'a', ResourcePolicy: document(everybody) } }, ['AWS::SecretsManager::Secret', ['a']]],
    ['a gateway, as JSON', { Type: 'AWS::BedrockAgentCore::ResourcePolicy', Properties: { ResourceArn: 'arn', Policy: JSON.stringify(document(everybody)) } }, ['AWS::BedrockAgentCore', ['arn']]],
    ['a queue', { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['q'], PolicyDocument: document(everybody) } }, ['AWS::SQS::Queue', ['q']]],
    ['a type that nobody listed', { Type: 'AWS::New::Thing', Properties: { AccessPolicy: document(everybody) } }, ['AWS::New::Thing', ['${AWS::New::Thing Shop/Main/X.Ref}']]],
  ])('of %s are found', (_title, resource, [type, protects]) => {
    expect(appPolicies(appOf({ Resources: { X: resource } })).resourcePolicies.map((found) => ({
      type: found.type, protects: found.protects, principals: found.statements.map(({ statement }) => statement.principals),
    }))).toEqual([{ type, protects, principals: [[{ type: '*', value: '*' }]] }]);
  });

  test('a permission of a function is the statement that Lambda makes of it', () => {
    const permission = { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 'events.amazonaws.com', SourceArn: 'arn:rule', SourceAccount: { Ref: 'AWS::AccountId' } };
    const [{ statements: [{ statement }] }] = appPolicies(appOf({ Resources: { X: { Type: 'AWS::Lambda::Permission', Properties: permission } } })).resourcePolicies;
    expect(statement).toEqual<PolicyStatement>({
      effect: 'Allow',
      actions: ['lambda:InvokeFunction'],
      resources: ['f'],
      principals: [{ type: 'Service', value: 'events.amazonaws.com' }],
      conditions: [{ operator: 'ArnLike', key: 'aws:SourceArn', values: ['arn:rule'] }, { operator: 'StringEquals', key: 'aws:SourceAccount', values: ['111122223333'] }],
    });
  });
});

test.each<[string, unknown, string]>([
  ['a statement', [{ 'Fn::ImportValue': 'statement' }], 'a statement is known only at deployment'],
  ['an effect', [{ ...allow('s3:A'), Effect: { Ref: 'Effect' } }], 'the effect of a statement is known only at deployment'],
  ['conditions', [{ ...allow('s3:A'), Condition: { Ref: 'Nothing' } }], 'the conditions of a statement are known only at deployment'],
  ['a document', '{{not JSON', 'it is no JSON'],
])('%s that cannot be read is told, and never taken for nothing', (_title, statements, why) => {
  const read = Array.isArray(statements) ? document(...statements) : statements;
  const { principals, unread } = appPolicies(appOf({ Resources: { R: role({ Policies: [{ PolicyName: 'A', PolicyDocument: read }] }) } }));
  expect({ statements: principals[0].statements, unread: unread.map(({ place, why: told }) => [place.resource.path, place.location, told]) })
    .toEqual({ statements: [], unread: [['Shop/Main/R', 'Properties.Policies[0].PolicyDocument', why]] });
});
