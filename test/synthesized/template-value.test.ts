import { appOf, KNOWN, valuesIn } from './app-of';
import { synthesizedApp } from '../../src/synthesized/synthesized-app';
import type { Template } from '../../src/synthesized/template';

const at = (path: string) => ({ 'aws:cdk:path': path });

const TEMPLATE: Template = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    KeyArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/agents/key-arn' },
  },
  Mappings: { Sizes: { small: { cpu: 256 } } },
  Conditions: {
    IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
    HasKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'KeyArn' }, ''] }] },
    InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    ProdInEurope: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'InEurope' }] },
  },
  Resources: {
    RoleABC: { Type: 'AWS::IAM::Role', Metadata: at('Shop/Main/Role/Resource') },
    NamedRole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reader', Path: '/agents/' } },
    Policy1: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'Limits' } },
    Key1: { Type: 'AWS::KMS::Key', Metadata: at('Shop/Main/Key/Resource') },
    Secret1: { Type: 'AWS::SecretsManager::Secret', Metadata: at('Shop/Main/Secret/Resource') },
    NamedSecret: { Type: 'AWS::SecretsManager::Secret', Metadata: at('Shop/Main/Named/Resource'), Properties: { Name: 'agents/google' } },
    Identity1: { Type: 'AWS::BedrockAgentCore::WorkloadIdentity', Properties: { Name: 'scheduler' } },
    StagedIdentity: { Type: 'AWS::BedrockAgentCore::WorkloadIdentity', Properties: { Name: { 'Fn::If': ['IsProd', 'live', 'test'] } } },
    Google: { Type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider', Properties: { Name: 'google' } },
    Weather: { Type: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider', Properties: { Name: { 'Fn::Sub': 'weather-${AWS::Region}' } } },
    Gateway1: { Type: 'AWS::BedrockAgentCore::Gateway', Metadata: at('Shop/Main/Tools/Resource'), Properties: { Name: 'Tools' } },
    Engine1: { Type: 'AWS::BedrockAgentCore::PolicyEngine', Metadata: at('Shop/Main/Engine/Resource') },
    Custom1: { Type: 'Custom::Lookup', Metadata: at('Shop/Main/Lookup/Default') },
    Odd: { Type: 'Custom::Odd', Metadata: at('Shop/Main/a"b*c{d}') },
  },
};

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';

describe.each<[string, unknown, unknown]>([
  ['a text', 'plain', 'plain'],
  ['a number', 7, 7],
  ['the account', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['the partition, which the region decides', { Ref: 'AWS::Partition' }, 'aws'],
  ['the name of the stack', { Ref: 'AWS::StackName' }, 'shop-main'],
  ['the id of the stack', { Ref: 'AWS::StackId' }, '${AWS::StackId Shop/Main}'],
  ['no value in a list', [{ Ref: 'AWS::NoValue' }, 'a'], ['a']],
  ['no value in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['a parameter, whose default says nothing about the deployment', { Ref: 'Stage' }, '${Parameter Shop/Main/Stage}'],
  ['a parameter of Systems Manager', { Ref: 'KeyArn' }, '${SSM 111122223333 eu-west-1 /agents/key-arn}'],
  ['what does not exist', { Ref: 'Nothing' }, '${Ref Shop/Main/Nothing}'],
  ['a role', { Ref: 'RoleABC' }, '${AWS::IAM::Role Shop/Main/Role/Resource.Ref}'],
  ['the ARN of a role', { 'Fn::GetAtt': ['RoleABC', 'Arn'] }, 'arn:aws:iam::111122223333:role/${AWS::IAM::Role Shop/Main/Role/Resource.Ref}'],
  ['the same in the short form', { 'Fn::GetAtt': 'RoleABC.Arn' }, 'arn:aws:iam::111122223333:role/${AWS::IAM::Role Shop/Main/Role/Resource.Ref}'],
  ['another attribute of a role', { 'Fn::GetAtt': ['RoleABC', 'RoleId'] }, '${AWS::IAM::Role Shop/Main/Role/Resource.RoleId}'],
  ['a role with a name and a path', { 'Fn::GetAtt': ['NamedRole', 'Arn'] }, 'arn:aws:iam::111122223333:role/agents/reader'],
  ['a managed policy', { Ref: 'Policy1' }, 'arn:aws:iam::111122223333:policy/Limits'],
  ['a key', { 'Fn::GetAtt': ['Key1', 'Arn'] }, 'arn:aws:kms:eu-west-1:111122223333:key/${AWS::KMS::Key Shop/Main/Key/Resource.KeyId}'],
  ['a secret', { Ref: 'Secret1' }, 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:${AWS::SecretsManager::Secret Shop/Main/Secret/Resource}'],
  ['a secret with a name, which gets a suffix', { Ref: 'NamedSecret' },
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:agents/google-${AWS::SecretsManager::Secret Shop/Main/Named/Resource}'],
  ['an identity by name', { Ref: 'Identity1' }, 'scheduler'],
  ['an identity by ARN', { 'Fn::GetAtt': ['Identity1', 'WorkloadIdentityArn'] }, `${AC}:workload-identity-directory/default/workload-identity/scheduler`],
  ['an OAuth2 provider by Ref', { Ref: 'Google' }, `${AC}:token-vault/default/oauth2credentialprovider/google`],
  ['an OAuth2 provider by attribute', { 'Fn::GetAtt': ['Google', 'CredentialProviderArn'] }, `${AC}:token-vault/default/oauth2credentialprovider/google`],
  ['a provider with a computed name', { Ref: 'Weather' }, `${AC}:token-vault/default/apikeycredentialprovider/weather-eu-west-1`],
  ['a gateway, whose id has a random part', { 'Fn::GetAtt': ['Gateway1', 'GatewayArn'] },
    `${AC}:gateway/\${AWS::BedrockAgentCore::Gateway Shop/Main/Tools/Resource.GatewayIdentifier}`],
  ['a policy engine', { Ref: 'Engine1' }, `${AC}:policy-engine/\${AWS::BedrockAgentCore::PolicyEngine Shop/Main/Engine/Resource.PolicyEngineId}`],
  ['an attribute of a custom resource', { 'Fn::GetAtt': ['Custom1', 'Value.Inner'] }, '${Custom::Lookup Shop/Main/Lookup/Default.Value.Inner}'],
  ['a path with what IAM or JSON would read as its own', { Ref: 'Odd' }, '${Custom::Odd Shop/Main/a%22b%2Ac%7Bd>.Ref}'],
  ['a joined ARN', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/', { Ref: 'RoleABC' }]] },
    'arn:aws:iam::111122223333:role/${AWS::IAM::Role Shop/Main/Role/Resource.Ref}'],
  ['a substituted ARN', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${RoleABC}' }, 'arn:aws:iam::111122223333:role/${AWS::IAM::Role Shop/Main/Role/Resource.Ref}'],
  ['a substituted attribute', { 'Fn::Sub': '${Identity1.WorkloadIdentityArn}/*' }, `${AC}:workload-identity-directory/default/workload-identity/scheduler/*`],
  ['a substitution with words of its own', { 'Fn::Sub': ['${Name}-${AWS::Region}', { Name: { Ref: 'Identity1' } }] }, 'scheduler-eu-west-1'],
  ['a variable of IAM in a substitution', { 'Fn::Sub': 'users/${!aws:username}' }, 'users/${aws:username}'],
  ['a piece of a known text', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Google', 'CredentialProviderArn'] }] }] }, 'token-vault/default/oauth2credentialprovider/google'],
  ['a piece in front of what is unknown', { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': ['RoleABC', 'Arn'] }] }] }, '111122223333'],
  ['a piece that is not certain', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['RoleABC', 'Arn'] }] }] },
    '${Fn::Select 1 Fn::Split / arn:aws:iam::111122223333:role/<AWS::IAM::Role Shop/Main/Role/Resource.Ref>}'],
  ['an item of a list', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['a mapping', { 'Fn::FindInMap': ['Sizes', 'small', 'cpu'] }, 256],
  ['a mapping that is not there', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'cpu'] }, '${Fn::FindInMap Shop/Main Sizes <Parameter Shop/Main/Stage> cpu}'],
  ['JSON made by CloudFormation', { 'Fn::ToJsonString': { a: { Ref: 'AWS::Region' } } }, '{"a":"eu-west-1"}'],
  ['a function that nobody knows', { 'Fn::Transform': { Name: 'Magic' } }, '${Fn::Transform {%22Name%22:%22Magic%22>}'.replace('{%22', '%7B%22')],
  ['an object with a key like a function beside others', { Ref: 'a', other: 1 }, { Ref: 'a', other: 1 }],
  ['a condition that is decided by the region', { 'Fn::If': ['InEurope', 'yes', 'no'] }, 'yes'],
])('%s', (_title, value, expected) => {
  test('is the text that means it', () => expect(valuesIn(appOf(TEMPLATE), value)).toEqual([expected]));
});

describe('conditions that only a deployment decides give both branches', () => {
  test.each<[string, unknown, unknown[]]>([
    ['a choice', { 'Fn::If': ['IsProd', 'live', 'test'] }, ['live', 'test']],
    ['the same condition twice', ['a', { 'Fn::If': ['IsProd', 'b', 'c'] }, { 'Fn::If': ['IsProd', 'd', { Ref: 'AWS::NoValue' }] }], [['a', 'b', 'd'], ['a', 'c']]],
    ['two conditions', { 'Fn::If': ['IsProd', { 'Fn::If': ['HasKey', 1, 2] }, 3] }, [2, 1, 3]],
    ['a condition made of others', { 'Fn::If': ['ProdInEurope', 'x', 'y'] }, ['x', 'y']],
    ['a condition that is not declared', { 'Fn::If': ['Unknown', 'x', 'y'] }, ['x', 'y']],
    ['a name behind a reference', { 'Fn::GetAtt': ['StagedIdentity', 'WorkloadIdentityArn'] }, [
      `${AC}:workload-identity-directory/default/workload-identity/live`, `${AC}:workload-identity-directory/default/workload-identity/test`,
    ]],
  ])('%s', (_title, value, expected) => expect(valuesIn(appOf(TEMPLATE), value)).toEqual(expected));

  test('a value with more forms than anybody can review is refused', () => {
    const value = Array.from({ length: 11 }, (_, index) => ({ 'Fn::If': [`C${index}`, 1, 2] }));
    expect(() => valuesIn(appOf(TEMPLATE), value)).toThrow('Synthesized/TooManyConditions');
  });
});

describe('where the environment is not known', () => {
  const app = appOf(TEMPLATE, {});

  test.each<[string, unknown, string]>([
    ['the ARN of an identity', { 'Fn::GetAtt': ['Identity1', 'WorkloadIdentityArn'] },
      'arn:${AWS::Partition}:bedrock-agentcore:${AWS::Region}:${AWS::AccountId}:workload-identity-directory/default/workload-identity/scheduler'],
    ['a piece of an ARN', { 'Fn::Select': [3, { 'Fn::Split': [':', { 'Fn::GetAtt': ['RoleABC', 'Arn'] }] }] }, ''],
    ['the account of an ARN', { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': ['RoleABC', 'Arn'] }] }] }, '${AWS::AccountId}'],
    ['a domain', { Ref: 'AWS::URLSuffix' }, '${AWS::URLSuffix}'],
  ])('%s', (_title, value, expected) => expect(valuesIn(app, value)).toEqual([expected]));
});

test.each([['cn-north-1', 'aws-cn', 'amazonaws.com.cn'], ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'], ['eusc-de-east-1', 'aws-eusc', '${AWS::URLSuffix}']])(
  'region %s is in partition %s', (region, partition, suffix) => {
    expect(valuesIn(appOf(TEMPLATE, { account: '111122223333', region }), [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }])).toEqual([[partition, suffix]]);
  });

describe('a reference across stacks is the same text as inside its stack', () => {
  const role = 'arn:aws:iam::111122223333:role/${AWS::IAM::Role Shop/Main/Role/Resource.Ref}';
  const main: Template = {
    ...TEMPLATE,
    Resources: { ...TEMPLATE.Resources, Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { RoleOfParent: { 'Fn::GetAtt': ['RoleABC', 'Arn'] } } } } },
    Outputs: { RoleOut: { Value: { 'Fn::GetAtt': ['RoleABC', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-role' } } } },
  };
  const inner: Template = {
    Parameters: { RoleOfParent: { Type: 'String' } },
    Resources: { Q: { Type: 'AWS::SQS::Queue', Metadata: at('Shop/Main/Inner/Q/Resource') } },
    Outputs: { QueueArn: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] } }, Handed: { Value: { Ref: 'RoleOfParent' } } },
  };
  const app = (other: object = KNOWN) => synthesizedApp([
    { name: 'other', path: 'Shop/Other', template: { Resources: {} }, ...other },
    { name: 'shop-main', path: 'Shop/Main', template: main, ...KNOWN, nested: { Inner: { name: 'Shop/Main/Inner', path: 'Shop/Main/Inner', template: inner } } },
  ]);
  const inStack = (path: string, value: unknown) => {
    const all = app();
    const ordered = { ...all, stacks: [all.stacks.find((stack) => stack.path === path)!, ...all.stacks.filter((stack) => stack.path !== path)] };
    return valuesIn(ordered, value);
  };

  test.each<[string, string, unknown, string]>([
    ['an import', 'Shop/Other', { 'Fn::ImportValue': 'shop-main-role' }, role],
    ['an import of nothing', 'Shop/Other', { 'Fn::ImportValue': 'elsewhere' }, '${Fn::ImportValue elsewhere}'],
    ['an output by name', 'Shop/Other', { 'Fn::GetStackOutput': { StackName: 'shop-main', Region: 'eu-west-1', OutputName: 'RoleOut' } }, role],
    ['an output in another region', 'Shop/Other', { 'Fn::GetStackOutput': { StackName: 'shop-main', Region: 'us-east-1', OutputName: 'RoleOut' } },
      '${Fn::GetStackOutput shop-main us-east-1  RoleOut}'],
    ['an output of a nested stack', 'Shop/Main', { 'Fn::GetAtt': ['Inner', 'Outputs.QueueArn'] }, 'arn:aws:sqs:eu-west-1:111122223333:${AWS::SQS::Queue Shop/Main/Inner/Q/Resource.QueueName}'],
    ['a parameter of a nested stack', 'Shop/Main/Inner', { Ref: 'RoleOfParent' }, role],
    ['a parameter of a nested stack that comes back', 'Shop/Main', { 'Fn::GetAtt': ['Inner', 'Outputs.Handed'] }, role],
  ])('%s', (_title, path, value, expected) => expect(inStack(path, value)).toEqual([expected]));

  test('an export of another account is not it', () => {
    const elsewhere = app({ account: '444455556666', region: 'eu-west-1' });
    expect(valuesIn(elsewhere, { 'Fn::ImportValue': 'shop-main-role' })).toEqual(['${Fn::ImportValue shop-main-role}']);
  });

  test('references in circles are refused', () => {
    const circular = appOf({ Resources: {}, Outputs: { A: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'a' } } } });
    expect(() => valuesIn(circular, { 'Fn::ImportValue': 'a' })).toThrow('Synthesized/CircularReference');
  });
});
