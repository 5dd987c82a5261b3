import { App, Aws, aws_iam as iam, aws_ssm as ssm, CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
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
  ['an import', Fn.importValue('Google'), '(known at deployment, import Google)'],
  ['an import whose name only deployment knows', Fn.importValue(Aws.REGION), WORDS],
  ['another function', Fn.base64('google'), WORDS],
  ['a stored parameter', new CfnDynamicReference(CfnDynamicReferenceService.SSM, '/agents/crm:1').toString(), '(known at deployment, stored parameter /agents/crm:1)'],
  ['a stored secret', new CfnDynamicReference(CfnDynamicReferenceService.SECRETS_MANAGER, 'crm:SecretString').toString(), WORDS],
  ['a function of a pseudo parameter', Fn.select(0, Fn.split('-', Aws.REGION)), WORDS],
  ['a reference that is not a pseudo parameter', Token.asString({ Ref: 'Google' }), WORDS],
])('%s', (_which, value, expected) => {
  expect(readable(value, WORDS)).toBe(expected);
});

test('a stack parameter', () => {
  expect(readable(new CfnParameter(stack(), 'Name').valueAsString, WORDS)).toBe('(known at deployment, parameter Sales/Name)');
});

test('a parameter of Systems Manager by its name, whichever parameter of the template looks it up', () => {
  expect(readable(ssm.StringParameter.valueForStringParameter(stack(), '/agents/crm'), WORDS)).toBe('(known at deployment, stored parameter /agents/crm)');
});

test('what a resource of the app gives, by the construct', () => {
  const role = new iam.Role(stack(), 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  expect([readable(role.roleArn, WORDS), readable(role.roleName, WORDS)]).toEqual(['(known at deployment, Arn of Sales/Role)', '(known at deployment, Ref of Sales/Role)']);
});

test('beside words of the caller, only where another app or a person gives it', () => {
  const one = stack();
  const role = new iam.Role(one, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  expect([readable(new CfnParameter(one, 'Name').valueAsString, 'Sales/Crm'), readable(new CfnParameter(one, 'Arn').valueAsString, '(ARN of Sales/Crm)'), readable(role.roleArn, 'Sales/Role')])
    .toEqual(['Sales/Crm (parameter Sales/Name)', '(ARN of Sales/Crm, parameter Sales/Arn)', 'Sales/Role']);
});

test('the region of a stack without region', () => {
  expect(readable(`${stack().region}/${stack().account}`, WORDS)).toBe('${AWS::Region}/${AWS::AccountId}');
});

test('the same before and after synthesis', () => {
  const one = stack();
  const value = `${new CfnParameter(one, 'Name').valueAsString}-${one.region}`;
  const before = readable(value, WORDS);
  (one.node.root as App).synth();
  expect([before, readable(value, WORDS)]).toEqual(Array(2).fill('(known at deployment, parameter Sales/Name)-${AWS::Region}'));
});

test('no number of a token comes out: it changes with whatever else the app declares', () => {
  const values = [Aws.REGION, Lazy.string({ produce: () => 'x' }), Fn.importValue('x'), `a${Aws.REGION}b${Fn.importValue('y')}c`];
  expect(values.map((value) => readable(value, WORDS)).join()).not.toContain('Token[');
});
