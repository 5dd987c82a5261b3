import {
  App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secrets, CfnCondition, CfnMapping, CfnParameter,
  CfnResource, CrossStackReferences, Fn, NestedStack, ReferenceStrength, Stack, Stage,
} from 'aws-cdk-lib';
import { deploy } from './fake-account';

const EU = { account: '222222222222', region: 'eu-west-1' };

describe('values of one template', () => {
  const app = new App();
  const stack = new Stack(app, 'One');
  const account = () => deploy(app, {
    parameters: { 'Given': 'given', '/platform/google': 'arn:google', 'One:Listed': 'a, b' },
    attributes: { 'One/Custom.Answer': '42' },
  });
  const valueOf = (token: unknown) => account().valueOf(stack, token);
  const role = new iam.CfnRole(stack, 'Role', { path: '/agents/', assumeRolePolicyDocument: {} });
  const key = new kms.CfnKey(stack, 'Key', {});
  const secret = new secrets.CfnSecret(stack, 'Secret', { name: 'google-app' });
  const identity = new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'scheduler' });
  const gateway = new agentcore.CfnGateway(stack, 'Gateway', { name: 'MyTools', authorizerType: 'NONE', roleArn: role.attrArn });
  const provider = new agentcore.CfnOAuth2CredentialProvider(stack, 'Google', { name: 'google', credentialProviderVendor: 'GoogleOauth2' });
  new CfnResource(stack, 'Custom', { type: 'Custom::Thing' });
  new CfnParameter(stack, 'Given');
  new CfnParameter(stack, 'Missing');
  new CfnParameter(stack, 'Defaulted', { default: 'fallback' });
  new CfnParameter(stack, 'Listed', { type: 'CommaDelimitedList' });
  new CfnParameter(stack, 'Stored', { type: 'AWS::SSM::Parameter::Value<String>', default: '/platform/google' });
  new CfnMapping(stack, 'Map', { mapping: { 'eu-west-1': { size: 'small' } } });
  new CfnCondition(stack, 'InEurope', { expression: Fn.conditionOr(Fn.conditionEquals(stack.region, 'eu-west-1'), Fn.conditionEquals('a', 'b')) });
  new CfnCondition(stack, 'Elsewhere', { expression: Fn.conditionNot({ resolve: () => ({ Condition: 'InEurope' }) } as any) });
  new CfnResource(stack, 'Absent', { type: 'AWS::SNS::Topic' }).cfnOptions.condition = stack.node.findChild('Elsewhere') as CfnCondition;

  test.each<[string, unknown, unknown]>([
    ['pseudo parameters', Fn.join('/', [stack.account, stack.region, stack.partition, stack.stackName]), '111111111111/eu-west-1/aws/One'],
    ['a role with a path', role.attrArn, 'arn:aws:iam::111111111111:role/agents/One-Role'],
    ['a key, always with the same id', key.attrArn, 'arn:aws:kms:eu-west-1:111111111111:key/dc3e389d-aa89-4e2a-88a4-eaf41fc971aa'],
    ['a secret, always with the same suffix', secret.ref, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-app-QN6Jh4'],
    ['an identity', identity.attrWorkloadIdentityArn,
      'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/scheduler'],
    ['a provider', provider.attrCredentialProviderArn, 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/google'],
    ['the secret of a provider', Fn.getAtt('Google', 'ClientSecretArn.SecretArn'),
      expect.stringContaining('secret:bedrock-agentcore-identity!default/oauth2/google-')],
    ['a gateway, whose id is lower-case', gateway.attrGatewayIdentifier, expect.stringMatching(/^mytools-[0-9a-z]{10}$/)],
    ['parameters', [Fn.ref('Given'), Fn.ref('Defaulted'), Fn.ref('Stored'), Fn.ref('Listed')], ['given', 'fallback', 'arn:google', ['a', 'b']]],
    ['an attribute that the test supplies', Fn.getAtt('Custom', 'Answer'), '42'],
    ['Fn::Sub', Fn.sub('${Key}:${Identity.WorkloadIdentityArn}:${!Literal}:${Own}', { Own: Fn.ref('Given') }),
      expect.stringMatching(/^[0-9a-f-]{36}:arn:.*\/scheduler:\$\{Literal\}:given$/)],
    ['Fn::Select and Fn::Split', Fn.select(5, Fn.split(':', role.attrArn)), 'role/agents/One-Role'],
    ['Fn::FindInMap', Fn.findInMap('Map', stack.region, 'size'), 'small'],
    ['Fn::If', { a: { 'Fn::If': ['Elsewhere', 'x', { Ref: 'AWS::NoValue' }] }, b: Fn.conditionIf('InEurope', 'yes', 'no') }, { b: 'yes' }],
    ['dynamic references, left alone', `{{resolve:secretsmanager:${secret.ref}}}`, expect.stringMatching(/^\{\{resolve:secretsmanager:arn:.*\}\}$/)],
  ])('%s', (_title, token, expected) => expect(valueOf(token)).toEqual(expected));

  test.each<[string, unknown, RegExp]>([
    ['an unknown attribute', Fn.getAtt('Custom', 'Other'), /One\.Fn::GetAtt: attribute Other of One\/Custom/],
    ['a parameter without a value', Fn.ref('Missing'), /parameter Missing of One has neither a value nor a default/],
    ['a resource that its condition leaves out', Fn.ref('Absent'), /no resource Absent in One/],
    ['an unknown function', { 'Fn::Cidr': ['10.0.0.0/8', 1] }, /Fn::Cidr cannot be resolved/],
    ['a list where text belongs', Fn.join('', ['x', { Ref: 'Listed' } as any]), /expected text, got \["a","b"\]/],
    ['an export that nobody makes', Fn.importValue('nobody'), /0 stacks export "nobody"/],
  ])('%s throws with its path', (_title, token, message) => expect(() => valueOf(token)).toThrow(message));
});

describe('values that come from another template', () => {
  const platform = (app: App, id: string, env = EU) => {
    const stack = new Stack(app, id, { env });
    return { stack, key: new kms.CfnKey(stack, 'Key', {}) };
  };
  const consumer = (app: App, env: { account: string; region: string }, value: string, strength: ReferenceStrength) => {
    const stack = new Stack(app, 'Consumer', { env });
    CrossStackReferences.of(stack).consume(strength);
    new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic', properties: { DisplayName: value } });
    return stack;
  };

  test.each([
    ['strong, same Region', ReferenceStrength.STRONG, EU, 'Fn::ImportValue'],
    ['weak, same Region', ReferenceStrength.WEAK, EU, 'Fn::GetStackOutput'],
    ['strong, another Region', ReferenceStrength.STRONG, { ...EU, region: 'us-east-1' }, 'Fn::GetAtt'],
    ['weak, another Region', ReferenceStrength.WEAK, { ...EU, region: 'us-east-1' }, '"Region":"eu-west-1"'],
    ['weak, another account', ReferenceStrength.WEAK, { ...EU, account: '333333333333' }, 'RoleArn'],
  ])('%s', (_title, strength, env, rendering) => {
    const app = new App();
    const { key } = platform(app, 'Platform');
    consumer(app, env, key.attrArn, strength);
    const account = deploy(app);
    const topic = account.stacks.find(stack => stack.name === 'Consumer')!.resource('Topic');
    expect(JSON.stringify(topic.stack.template.Resources!.Topic)).toContain(rendering);
    expect(topic.property('DisplayName')).toMatch(/^arn:aws:kms:eu-west-1:222222222222:key\//);
  });

  test('in and out of a nested stack', () => {
    const app = new App();
    const { stack: parent, key } = platform(app, 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    const inner = new CfnResource(nested, 'Inner', { type: 'AWS::SNS::Topic', properties: { DisplayName: key.attrArn } });
    new CfnResource(parent, 'Outer', { type: 'AWS::SNS::Topic', properties: { DisplayName: inner.ref } });
    const account = deploy(app);
    const names = account.resourcesOfType('AWS::SNS::Topic').map(topic => topic.property('DisplayName'));
    expect(names).toContainEqual(expect.stringMatching(/^arn:aws:kms:.*:key\//));
    expect(names).toContainEqual(expect.stringMatching(/^arn:aws:sns:eu-west-1:222222222222:Parent-.*-Inner$/));
  });

  test('in stages, whose stacks of one name are told apart by their environment', () => {
    const app = new App();
    const regions = ['eu-west-1', 'us-east-1'];
    for (const region of regions) {
      const stage = new Stage(app, `In-${region}`, { env: { ...EU, region } });
      const stack = new Stack(stage, 'App', { stackName: 'App' });
      new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    }
    expect(deploy(app).resourcesOfType('AWS::SNS::Topic').map(topic => topic.ref('')))
      .toEqual(regions.map(region => `arn:aws:sns:${region}:222222222222:App-Topic`));
  });
});
