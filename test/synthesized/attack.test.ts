import { appOf, KNOWN } from './app-of';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { appPolicies } from '../../src/synthesized/app-policies';
import { SynthesizedApp, synthesizedApp } from '../../src/synthesized/synthesized-app';
import type { Template, TemplateResource } from '../../src/synthesized/template';

/*
 * Templates that allow more than a hasty reader of them sees. Each pair is one of which a comparison may say anything but that nothing is
 * allowed newly.
 */
const document = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Deny', Action, Resource });
const TRUST = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
const role = (properties: Record<string, unknown> = {}): TemplateResource => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...properties } });
const inline = (...statements: unknown[]): TemplateResource => role({ Policies: [{ PolicyName: 'P', PolicyDocument: document(...statements) }] });
const NO_VALUE = { Ref: 'AWS::NoValue' };

const template = (resources: Record<string, unknown>, more: Partial<Template> = {}): Template => ({ Resources: resources as Template['Resources'], ...more });

/** The kinds of changes that are more than none. */
function kinds(before: SynthesizedApp, now: SynthesizedApp): string[] {
  return [...new Set(compareApps(comparedAppOf(before), comparedAppOf(now)).changes.map(({ kind }) => kind))];
}

const LOUD = ['widened', 'undecided', 'added', 'guard-weakened'];
const IS_PROD = { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] };
const IS_NOT_DEV = { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] };
const CFN_JSON = (value: string): TemplateResource => ({ Type: 'Custom::AWSCDKCfnJson', Properties: { ServiceToken: { Ref: 'Handler' }, Value: value } });
const GATEWAY = (properties: Record<string, unknown>): TemplateResource => ({ Type: 'AWS::BedrockAgentCore::Gateway', Properties: { Name: 'g', AuthorizerType: 'CUSTOM_JWT', ...properties } });
const PERMISSION = (properties: Record<string, unknown>): TemplateResource => ({
  Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName: 'f', Principal: '*', ...properties },
});

describe('a change of the template that allows more is never silent', () => {
  test.each<[string, Template, Template]>([
    ['a condition of the template is met elsewhere', template({ R: inline({ 'Fn::If': ['IsProd', allow('s3:*'), NO_VALUE] }) }, { Conditions: { IsProd: IS_PROD } }),
      template({ R: inline({ 'Fn::If': ['IsProd', allow('s3:*'), NO_VALUE] }) }, { Conditions: { IsProd: IS_NOT_DEV } })],
    ['a policy under two conditions, one within the other', template({ R: role({ Policies: [] }) }),
      template({ R: role({ Policies: [{ 'Fn::If': ['A', { 'Fn::If': ['B', { PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }, NO_VALUE] }, NO_VALUE] }] }) })],
    ['a policy that a macro writes, among the list of inline policies', template({ R: role({ Policies: [] }) }),
      template({ R: role({ Policies: [{ 'Fn::Transform': { Name: 'Make' } }] }) })],
    ['a macro that writes statements beside the version', template({ R: role() }), template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: { 'Version': '2012-10-17', 'Fn::Transform': { Name: 'Make' } } }] }) })],
    ['a macro that writes properties', template({ R: role() }), template({ R: { Type: 'AWS::IAM::Role', Properties: { 'AssumeRolePolicyDocument': TRUST, 'Fn::Transform': { Name: 'Make' } } } })],
    ['a macro over the whole template', template({ R: role() }), { ...template({ R: role() }), Transform: ['MakeEverythingAdmin'] } as Template],
    ['conditions that a custom resource writes out, as CfnJson does for the subjects of an OIDC provider',
      template({ J: CFN_JSON('{"issuer:sub":"system:serviceaccount:a:b"}'), R: role({ AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Federated: 'oidc' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { 'Fn::GetAtt': ['J', 'Value'] } } }) }) }),
      template({ J: CFN_JSON('{"issuer:sub":"system:serviceaccount:*"}'), R: role({ AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Federated: 'oidc' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { 'Fn::GetAtt': ['J', 'Value'] } } }) }) })],
    ['the ARN that a custom resource finds', template({ J: { Type: 'Custom::AWS', Properties: { Create: 'describe a' } }, R: inline(allow('s3:*', { 'Fn::GetAtt': ['J', 'Arn'] })) }),
      template({ J: { Type: 'Custom::AWS', Properties: { Create: 'describe b' } }, R: inline(allow('s3:*', { 'Fn::GetAtt': ['J', 'Arn'] })) })],
    ['the value of a parameter that the stack itself stores', template({ J: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'arn:aws:s3:::a' } }, R: inline(allow('s3:*', { 'Fn::GetAtt': ['J', 'Value'] })) }),
      template({ J: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: '*' } }, R: inline(allow('s3:*', { 'Fn::GetAtt': ['J', 'Value'] })) })],
    ['variables come into force with the version of the language', template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2008-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::b/${aws:userid}/*')] } }] }) }),
      template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:*', 'arn:aws:s3:::b/${aws:userid}/*')] } }] }) })],
    ['a Deny with a variable loses the version of the language, and with it its effect', template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::b/${aws:userid}/*')] } }] }) }),
      template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: [allow('s3:*'), deny('s3:*', 'arn:aws:s3:::b/${aws:userid}/*')] } }] }) })],
    ['a value of Systems Manager is exempt from a wide grant', template({ R: inline(allow('s3:*'), deny('s3:*', 'arn:aws:s3:::b/*')) }), template({ R: inline(allow('s3:*'), deny('s3:*', '{{resolve:ssm:/bucket}}')) })],
    ['a Deny of a value of Systems Manager stood in front of one object', template({ R: inline(allow('s3:*'), deny('s3:*', '{{resolve:ssm:/object}}')) }), template({ R: inline(allow('s3:*', 'arn:aws:s3:::b/x')) })],
    ['a user joins a group', template({ G: { Type: 'AWS::IAM::Group', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('*')) }] } }, U: { Type: 'AWS::IAM::User', Properties: {} } }),
      template({ G: { Type: 'AWS::IAM::Group', Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('*')) }] } }, U: { Type: 'AWS::IAM::User', Properties: { Groups: [{ Ref: 'G' }] } } })],
    ['a user is added to a group by a resource of its own', template({ U: { Type: 'AWS::IAM::User', Properties: {} } }),
      template({ U: { Type: 'AWS::IAM::User', Properties: {} }, A: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'admins', Users: [{ Ref: 'U' }] } } })],
    ['AWS\'s policy that denies all is detached', template({ R: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSDenyAll'], Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }] }) }),
      template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }] }) })],
    ['a boundary of others stands under a condition now', template({ R: role({ PermissionsBoundary: 'arn:aws:iam::1:policy/b', Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }] }) }),
      template({ R: role({ PermissionsBoundary: { 'Fn::If': ['A', 'arn:aws:iam::1:policy/b', NO_VALUE] }, Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }] }) })],
    ['a policy that could not be read is gone, and with it perhaps a Deny', template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }, { PolicyName: 'Q', PolicyDocument: { 'Fn::Transform': { Name: 'Make' } } }] }) }),
      template({ R: role({ Policies: [{ PolicyName: 'P', PolicyDocument: document(allow('s3:*')) }] }) })],
    ['a function\'s address needs no signature any more', template({ P: PERMISSION({ FunctionUrlAuthType: 'AWS_IAM' }) }), template({ P: PERMISSION({ FunctionUrlAuthType: 'NONE' }) })],
    ['a table\'s policy', template({ T: { Type: 'AWS::DynamoDB::Table', Properties: {} } }),
      template({ T: { Type: 'AWS::DynamoDB::Table', Properties: { ResourcePolicy: { PolicyDocument: document({ ...allow('dynamodb:*'), Principal: '*' }) } } } })],
    ['a policy in JSON on a resource of any type', template({ T: { Type: 'AWS::Backup::BackupVault', Properties: {} } }),
      template({ T: { Type: 'AWS::Backup::BackupVault', Properties: { AccessPolicy: JSON.stringify(document({ ...allow('backup:*'), Principal: '*' })) } } })],
    ['a policy under a condition on a resource of any type', template({ T: { Type: 'AWS::Backup::BackupVault', Properties: {} } }),
      template({ T: { Type: 'AWS::Backup::BackupVault', Properties: { AccessPolicy: { 'Fn::If': ['A', document({ ...allow('backup:*'), Principal: '*' }), NO_VALUE] } } } })],
    ['a function of the serverless transform gets policies', template({ F: { Type: 'AWS::Serverless::Function', Properties: {} } }),
      template({ F: { Type: 'AWS::Serverless::Function', Properties: { Policies: ['AdministratorAccess'] } } })],
    ['the second form of a gateway\'s way in', template({ G: GATEWAY({ AuthorizerType: { 'Fn::If': ['A', 'CUSTOM_JWT', 'AWS_IAM'] } }) }), template({ G: GATEWAY({ AuthorizerType: { 'Fn::If': ['A', 'CUSTOM_JWT', 'NONE'] } }) })],
    ['the second form of a gateway\'s enforcement', template({ G: GATEWAY({ PolicyEngineConfiguration: { Arn: 'a', Mode: { 'Fn::If': ['A', 'ENFORCE', 'ENFORCE'] } } }) }),
      template({ G: GATEWAY({ PolicyEngineConfiguration: { Arn: 'a', Mode: { 'Fn::If': ['A', 'ENFORCE', 'LOG_ONLY'] } } }) })],
    ['a gateway under another policy engine', template({ G: GATEWAY({ PolicyEngineConfiguration: { Arn: 'arn:strict', Mode: 'ENFORCE' } }) }), template({ G: GATEWAY({ PolicyEngineConfiguration: { Arn: 'arn:open', Mode: 'ENFORCE' } }) })],
    ['a runtime takes tokens of any client', template({ R: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { AuthorizerConfiguration: { CustomJWTAuthorizer: { AllowedClients: ['a'] } } } } }),
      template({ R: { Type: 'AWS::BedrockAgentCore::Runtime', Properties: { AuthorizerConfiguration: { CustomJWTAuthorizer: {} } } } })],
    ['an identity may send tokens to another address', template({ W: { Type: 'AWS::BedrockAgentCore::WorkloadIdentity', Properties: { Name: 'w', AllowedResourceOauth2ReturnUrls: ['https://a'] } } }),
      template({ W: { Type: 'AWS::BedrockAgentCore::WorkloadIdentity', Properties: { Name: 'w', AllowedResourceOauth2ReturnUrls: ['https://a', 'https://b'] } } })],
    ['a target\'s credentials go to another server', template({ G: GATEWAY({}), T: { Type: 'AWS::BedrockAgentCore::GatewayTarget', Properties: { GatewayIdentifier: { Ref: 'G' }, TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://a' } } } } } }),
      template({ G: GATEWAY({}), T: { Type: 'AWS::BedrockAgentCore::GatewayTarget', Properties: { GatewayIdentifier: { Ref: 'G' }, TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://b' } } } } } })],
  ])('%s', (_title, before, now) => {
    expect(kinds(appOf(before), appOf(now))).toEqual(expect.arrayContaining([expect.stringMatching(LOUD.join('|'))]));
  });

  test('a role joins another one\'s name in the second stage of an app that goes anywhere', () => {
    const stages = (beta: unknown[], prod: unknown[]) => synthesizedApp(([['Beta', beta], ['Prod', prod]] as const).map(([name, statements]) => ({
      name, path: `${name}/Main`, template: template({ R: role({ RoleName: 'agent', Policies: [{ PolicyName: 'P', PolicyDocument: document(...statements) }] }) }),
    })));
    expect(kinds(stages([allow('s3:GetObject'), deny('s3:*')], []), stages([allow('s3:GetObject'), deny('s3:*')], [allow('s3:GetObject')]))).toContain('widened');
  });

  test('a role of another account with the same name comes first in the list', () => {
    const attached = (account: string, ...statements: unknown[]) => ({
      name: account, path: `S${account}`, ...KNOWN, account, template: template({ P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'P', Roles: ['agent'], PolicyDocument: document(...statements) } } }),
    });
    const before = synthesizedApp([attached('222222222222', allow('s3:GetObject'))]);
    const now = synthesizedApp([attached('111111111111', allow('s3:GetObject')), attached('222222222222', allow('s3:*'))]);
    expect(kinds(before, now)).toContain('widened');
  });
});

describe('templates that are legal and odd are read, and are what they are', () => {
  test.each<[string, Template]>([
    ['Fn::ForEach in the resources', template({ 'Fn::ForEach::Roles': ['Name', ['a', 'b'], { 'R${Name}': role() }] })],
    ['an include in the resources', template({ 'R': role(), 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } })],
    ['a policy without anything', template({ K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: null } } })],
    ['a condition operator without keys', template({ R: inline({ ...allow('s3:*'), Condition: { StringEquals: null } }) })],
    ['a resource without properties', template({ R: { Type: 'AWS::IAM::Policy' }, G: { Type: 'AWS::BedrockAgentCore::Gateway' } })],
    ['a null among inline policies', template({ R: role({ Policies: [null] }) })],
  ])('%s', (_title, odd) => {
    expect(kinds(appOf(odd), appOf(odd))).toEqual([]);
  });
});

test('conditions that deployment writes are no conditions of their letters', () => {
  const { principals } = appPolicies(appOf(template({ R: inline({ ...allow('s3:*'), Condition: { StringEquals: { 'Fn::GetAtt': ['X', 'Value'] } } }) })));
  expect(principals[0].statements.flatMap(({ statement }) => statement.conditions.map(({ key }) => key))).not.toContain('0');
});
