import { App, Aws, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { readable } from '../../src/declaration/readable';

const WORDS = '(known at deployment)';
const stack = () => new Stack(new App(), 'Sales');

test.each<[string, string, string]>([
  ['a literal', 'google', 'google'],
  ['nothing', '', ''],
  ['a literal that looks like a variable', '${aws:username}', '${aws:username}'],
  ['a pseudo parameter', Aws.REGION, '${AWS::Region}'],
  ['pseudo parameters between literals', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/app`, 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/app'],
  ['a value that is made late', Lazy.string({ produce: () => 'google' }), WORDS],
  ['a value that is made late, between literals', `provider-${Lazy.string({ produce: () => 'google' })}-eu`, `provider-${WORDS}-eu`],
  ['a function', Fn.importValue('Google'), WORDS],
  ['a function of a pseudo parameter', Fn.select(0, Fn.split('-', Aws.REGION)), WORDS],
  ['a reference that is not a pseudo parameter', Token.asString({ Ref: 'Google' }), WORDS],
])('%s', (_which, value, expected) => {
  expect(readable(value, WORDS)).toBe(expected);
});

test('a stack parameter', () => {
  expect(readable(new CfnParameter(stack(), 'Name').valueAsString, WORDS)).toBe(WORDS);
});

test('the region of a stack without region', () => {
  expect(readable(`${stack().region}/${stack().account}`, WORDS)).toBe('${AWS::Region}/${AWS::AccountId}');
});

test('the same before and after synthesis', () => {
  const one = stack();
  const value = `${new CfnParameter(one, 'Name').valueAsString}-${one.region}`;
  const before = readable(value, WORDS);
  (one.node.root as App).synth();
  expect([before, readable(value, WORDS)]).toEqual([`${WORDS}-\${AWS::Region}`, `${WORDS}-\${AWS::Region}`]);
});

test('no number of a token comes out: it changes with whatever else the app declares', () => {
  const values = [Aws.REGION, Lazy.string({ produce: () => 'x' }), Fn.importValue('x'), `a${Aws.REGION}b${Fn.importValue('y')}c`];
  expect(values.map((value) => readable(value, WORDS)).join()).not.toContain('Token[');
});
