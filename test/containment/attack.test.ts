import { readStatement, WrittenStatement } from './written-statement';
import { isContained } from '../../src/containment/containment';
import { explain } from '../../src/containment/explanation';

/*
 * Pairs for which "contained" would be wrong, or would be right by one reading of IAM's documentation only.
 */
const contained = (inner: readonly WrittenStatement[], outer: readonly WrittenStatement[]) =>
  isContained({ statements: inner.map(readStatement) }, { statements: outer.map(readStatement) }).verdict;
const on = (Resource: string | string[], more: WrittenStatement = {}): WrittenStatement => ({ Action: 's3:GetObject', Resource, ...more });
const all = (more: WrittenStatement = {}): WrittenStatement => on('*', more);

describe('a verdict never says that nothing more is allowed', () => {
  test.each<[string, WrittenStatement[], WrittenStatement[]]>([
    ['where a Deny of all but a user\'s own folder may have no user', [all(), on('x', { Effect: 'Deny', Resource: undefined, NotResource: 'arn:aws:s3:::b/${aws:username}/*' })], [on('arn:aws:s3:::b/${aws:username}/*')]],
    ['where ForAllValues is met by a key that is absent', [all({ Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } } })], [all({ Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } } })]],
    ['where a Deny with a positive operator spares a key that is absent', [all(), all({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:RequestTag/a': 'x' }, Null: { 'aws:RequestTag/a': 'false' } } })],
      [all({ Condition: { StringEquals: { 'aws:RequestTag/a': 'x' } } })]],
    ['where a Deny with IfExists takes the absent key too', [all({ Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'v' } } })], [all({ Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } })]],
    ['where a Deny asks for two keys at once', [all(), all({ Effect: 'Deny', Condition: { StringEquals: { 'aws:RequestTag/a': 'x', 'aws:RequestTag/b': 'y' } } })],
      [all({ Condition: { StringNotEquals: { 'aws:RequestTag/a': 'x' } } })]],
    ['where a parameter may hold a wildcard', [on('arn:aws:s3:::b/${Parameter Stack/P}')], [on('arn:aws:s3:::b/*'), on('arn:aws:s3:::b/secret', { Effect: 'Deny' })]],
    ['where a parameter with a dot in its path may hold a wildcard', [on('arn:aws:s3:::b/${Parameter My.Stack/P}')], [on('arn:aws:s3:::b/*'), on('arn:aws:s3:::b/secret', { Effect: 'Deny' })]],
    ['where a Deny of a parameter may deny nothing', [on('arn:aws:s3:::b/*'), on('${Parameter My.Stack/P}', { Effect: 'Deny' })], [on('arn:aws:s3:::b/*'), on('arn:aws:s3:::b/secret', { Effect: 'Deny' })]],
    ['where a parameter with a dot in its path may be empty', [on('arn:aws:s3:::b${Parameter My.Stack/P}')], [on('arn:aws:s3:::b?*')]],
    ['where a name of a function stands for an ARN', [{ Action: 'lambda:InvokeFunction', Resource: 'f', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } }],
      [{ Action: 'lambda:InvokeFunction', Resource: 'f', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } }]],
    ['where an import with a dot in its name may be all there is', [on('${Fn::ImportValue my.export}')], [on('arn:aws:s3:::b/*')]],
    ['where a path of Systems Manager with a colon may be all there is', [on('arn:aws:s3:::${SSM 1 r arn:aws:ssm:r:1:parameter/p}')], [on('arn:aws:s3:::*'), on('arn:aws:s3:::secret', { Effect: 'Deny' })]],
    ['where letters of a resource differ in case', [on('arn:aws:s3:::B')], [on('arn:aws:s3:::b')]],
    ['where letters of a value differ in case', [all({ Condition: { StringEquals: { 'aws:PrincipalTag/t': 'A' } } })], [all({ Condition: { StringEquals: { 'aws:PrincipalTag/t': 'a' } } })]],
    ['where StringNotEquals of two values is read as either', [all({ Condition: { StringNotEquals: { 'aws:PrincipalTag/t': ['a'] } } })], [all({ Condition: { StringNotEquals: { 'aws:PrincipalTag/t': ['a', 'b'] } } })]],
    ['where one key stands under several operators', [all({ Condition: { StringLike: { 'aws:PrincipalTag/t': 'a*' } } })], [all({ Condition: { StringLike: { 'aws:PrincipalTag/t': 'a*' }, StringNotEquals: { 'aws:PrincipalTag/t': 'ab' } } })]],
    ['where NotPrincipal keeps out whom the other names', [all({ Principal: '*' }), all({ Effect: 'Deny', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/a' } })], [all({ Principal: { AWS: 'arn:aws:iam::111122223333:role/a' } })]],
    ['where an account becomes a role of it', [all({ Principal: { AWS: 'arn:aws:iam::111122223333:role/a' } })], [all({ Principal: { AWS: '111122223333' } })]],
    ['where a session of a role is named', [all({ Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/a/s' } })], [all({ Principal: { AWS: 'arn:aws:iam::111122223333:role/b' } })]],
    ['where a Deny of an account may leave its sessions', [all({ Principal: '*' }), all({ Effect: 'Deny', Principal: { AWS: '111122223333' } })], [all({ Principal: { Service: 'a.amazonaws.com' } })]],
    ['where ? stands for one character that ** does not need', [on('arn:aws:s3:::b**')], [on('arn:aws:s3:::b?*')]],
    ['where ${*} is a star', [on('arn:aws:s3:::b*')], [on('arn:aws:s3:::b${*}')]],
    ['where a variable has a default that IAM fills in', [on('arn:aws:s3:::b/${aws:PrincipalTag/t, \'x\'}')], [on('arn:aws:s3:::b/y')]],
    ['where numbers are compared', [all({ Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } })], [all({ Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } } })]],
    ['where networks are compared', [all({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })], [all({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } } })]],
    ['where a Bool names both', [all({ Condition: { Bool: { 'aws:ViaAWSService': ['true', 'false'] } } })], [all({ Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })]],
    ['where NotAction lets in another service', [{ NotAction: 's3:GetObject', Resource: '*' }], [{ Action: 's3:*', Resource: '*' }]],
    ['where NotAction of a Deny spares its own', [{ Action: 's3:*', Resource: '*' }, { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' }], [{ Action: 's3:PutObject', Resource: '*' }]],
  ])('%s', (_title, inner, outer) => {
    expect(contained(inner, outer)).not.toBe('contained');
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: `*` at the end of a segment can expand beyond the colons.
describe('a * that reaches over colons or not is the same on both sides', () => {
  test.each<[string, string, string]>([
    ['a narrower end', 'arn:aws:logs:*:111122223333:a', 'arn:aws:logs:*:111122223333:*'],
    ['a region that is named', 'arn:aws:logs:eu-west-1:111122223333:a', 'arn:aws:logs:*:111122223333:a'],
  ])('%s', (_title, inner, outer) => expect(contained([on(inner)], [on(outer)])).toBe('contained'));

  test('an account behind a * may be another one', () => {
    expect(contained([on('arn:aws:logs:*:111122223333:a')], [on('arn:aws:logs:*:*:a'), on('arn:aws:logs:eu-west-1:9:*', { Effect: 'Deny' })])).not.toBe('contained');
  });
});

describe('an explanation does not say denied, or not allowed, where it depends', () => {
  const ask = (statements: WrittenStatement[], context?: Record<string, string>) =>
    explain(statements.map(readStatement), { action: 's3:GetObject', resource: 'arn:aws:s3:::b/x', ...(context !== undefined ? { context } : {}) }).answer;

  test.each<[string, WrittenStatement[], string]>([
    ['a parameter as a resource', [on('${Parameter S/P}')], 'depends'],
    ['a Deny of a parameter', [all(), on('${Parameter S/P}', { Effect: 'Deny' })], 'depends'],
    ['a Deny of all but a user\'s folder', [all(), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::b/${aws:username}' }], 'depends'],
    ['a Deny with a condition that nobody knows', [all(), all({ Effect: 'Deny', Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '1' } } })], 'depends'],
    ['letters of the action', [{ Action: 'S3:getobject', Resource: '*' }], 'allowed'],
    ['letters of the resource', [on('arn:aws:s3:::B/x')], 'not allowed'],
  ])('%s', (_title, statements, answer) => expect(ask(statements)).toBe(answer));
});
