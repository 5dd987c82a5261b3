import { named } from './rights-story';
import { Statement, statementJson } from '../../src/permission/statement';

const BUCKET = named('arn:aws:s3:::one');
const OTHER = named('arn:aws:s3:::two');
const READ: Statement = { sid: 'Read', effect: 'Allow', actions: ['s3:GetObject'], resources: [BUCKET], conditions: [] };

test('one action and one resource are not in a list', () => {
  expect(statementJson(READ)).toEqual({ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::one' });
});

test('several are, in the given order', () => {
  expect(statementJson({ ...READ, actions: ['s3:PutObject', 's3:GetObject'], resources: [OTHER, BUCKET] })).toEqual({
    Sid: 'Read', Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource: ['arn:aws:s3:::two', 'arn:aws:s3:::one'],
  });
});

test('a denial of all but some', () => {
  expect(statementJson({ sid: 'Deny', effect: 'Deny', actions: ['s3:GetObject'], notResources: [BUCKET, OTHER], conditions: [] })).toEqual({
    Sid: 'Deny', Effect: 'Deny', Action: 's3:GetObject', NotResource: ['arn:aws:s3:::one', 'arn:aws:s3:::two'],
  });
});

test('conditions with the same operator are one member', () => {
  const conditions = [
    { operator: 'StringEquals', key: 'aws:RequestTag/a', values: ['1'] },
    { operator: 'ForAnyValue:StringEquals', key: 'aws:TagKeys', values: ['a', 'b'] },
    { operator: 'StringEquals', key: 'aws:RequestTag/b', values: ['2', '3'] },
  ];
  expect(statementJson({ ...READ, conditions }).Condition).toEqual({
    'StringEquals': { 'aws:RequestTag/a': '1', 'aws:RequestTag/b': ['2', '3'] },
    'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] },
  });
});

test('two conditions on one key with one operator are refused: IAM would only see the last', () => {
  const conditions = [
    { operator: 'StringEquals', key: 'aws:RequestTag/a', values: ['1'] },
    { operator: 'StringEquals', key: 'aws:RequestTag/a', values: ['2'] },
  ];
  expect(() => statementJson({ ...READ, conditions })).toThrow('Statement Read has two conditions StringEquals on aws:RequestTag/a, of which IAM would only see the last.');
});

test('the members are in IAM\'s customary order, so that a template\'s diff shows changes only', () => {
  expect(Object.keys(statementJson({ ...READ, conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] }] })))
    .toEqual(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);
});

test('labels are for people and do not come out', () => {
  expect(JSON.stringify(statementJson({ ...READ, resources: [{ arn: 'arn:aws:s3:::one', label: 'the bucket' }] }))).not.toContain('the bucket');
});
