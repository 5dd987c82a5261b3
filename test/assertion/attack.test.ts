import { App, CfnCondition, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnRole, Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AccessAssertions } from '../../src';

/*
 * Roles that may do more than their readable policies say, or perhaps less: an assertion does not pass by overlooking that.
 */
const READ = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] };
const DELETE = { actions: ['s3:DeleteObject'] };

function role(make: (role: Role, stack: Stack) => void) {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:defaultCloudAssembly': true } }), 'Main', { env: { account: '111122223333', region: 'eu-west-1' } });
  const made = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  made.addToPolicy(new PolicyStatement(READ));
  make(made, stack);
  return AccessAssertions.fromStack(stack).role('Main/Role');
}

const cfn = (of: Role) => of.node.defaultChild as CfnRole;
const onlyIf = (stack: Stack) => new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod') });
const conditional = (effect: string) => (made: Role, stack: Stack) => {
  cfn(made).policies = [{ policyName: 'P', policyDocument: { Version: '2012-10-17', Statement: [Fn.conditionIf(onlyIf(stack).logicalId, { Effect: effect, Action: 's3:DeleteObject', Resource: '*' }, { Ref: 'AWS::NoValue' })] } }];
};

describe('mayNot does not pass', () => {
  test.each<[string, (role: Role, stack: Stack) => void]>([
    ['with a policy of AWS whose text is not known', (made) => made.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'))],
    ['with AWS\'s policy for administrators', (made) => made.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess'))],
    ['with a policy that a macro writes', (made) => { cfn(made).policies = [{ policyName: 'P', policyDocument: { 'Fn::Transform': { Name: 'Make' } } }]; }],
    ['with a statement that stands under a condition', (made, stack) => {
      cfn(made).policies = [{ policyName: 'P', policyDocument: { Version: '2012-10-17', Statement: [Fn.conditionIf(onlyIf(stack).logicalId, { Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Ref: 'AWS::NoValue' })] } }];
    }],
  ])('%s', (_title, make) => {
    expect(() => role(make).mayNot([DELETE])).toThrow(/Main\/Role/);
    expect(() => role(make).mayOnly([READ])).toThrow(/Main\/Role/);
  });

  test('but does with a policy of AWS whose text is known, or is accepted unread', () => {
    role((made) => made.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'))).mayNot([DELETE]);
    role((made) => made.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'))).mayNot([DELETE], { foreignPolicies: ['PowerUserAccess'] });
  });

  const denied = (deny: (made: Role, stack: Stack) => void) => (made: Role, stack: Stack) => {
    made.addToPolicy(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: ['*'] }));
    deny(made, stack);
  };

  test('nor with a Deny that may be absent', () => {
    const make = denied(conditional('Deny'));
    expect(() => role(make).mayNot([DELETE])).toThrow('may s3:DeleteObject on *: s3:DeleteObject on');
    expect(() => role(make).mayOnly([READ])).toThrow('may do more: s3:DeleteObject on');
  });

  test('nor with a Deny in a nested stack that may be absent', () => {
    const inNested = (condition: boolean) => (made: Role, stack: Stack) => {
      made.addToPolicy(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: ['*'] }));
      const nested = new NestedStack(stack, 'Nested');
      new ManagedPolicy(nested, 'Denies', { roles: [made], statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['s3:DeleteObject'], resources: ['*'] })] });
      if (condition) nested.nestedStackResource!.cfnOptions.condition = onlyIf(stack);
    };
    role(inNested(false)).mayNot([DELETE]);
    expect(() => role(inNested(true)).mayNot([DELETE])).toThrow('may s3:DeleteObject on *: s3:DeleteObject on');
  });

  test('but does with a Deny that is there for certain', () => {
    const make = denied((made) => made.addToPolicy(new PolicyStatement({ effect: Effect.DENY, actions: ['s3:DeleteObject'], resources: ['*'] })));
    role(make).mayNot([DELETE]);
    role(make).mayOnly([READ]);
  });
});

describe('may does not pass', () => {
  const REFUSED = 'may not s3:DeleteObject on *: s3:DeleteObject on';

  test('with an Allow that may be absent', () => expect(() => role(conditional('Allow')).may([DELETE])).toThrow(REFUSED));

  test('with a Deny that may be there', () => expect(() => role((made, stack) => {
    made.addToPolicy(new PolicyStatement({ actions: ['s3:DeleteObject'], resources: ['*'] }));
    conditional('Deny')(made, stack);
  }).may([DELETE])).toThrow(REFUSED));

  test('within a boundary that nobody here knows', () => expect(() => role((made) => { cfn(made).permissionsBoundary = 'arn:aws:iam::111122223333:policy/edge'; }).may([READ])).toThrow('s3:GetObject on arn:aws:s3:::b/*'));
});
