import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import type { Template, TemplateResource } from '../../src/synthesized/template';
import { appOf } from '../synthesized/app-of';

/* Resources that decide who becomes a role or a user, or what holds them back, without a statement of any policy being another. */
const of = (Type: string, Properties: Record<string, unknown>): TemplateResource => ({ Type, Properties });
const between = (before: Record<string, TemplateResource>, now: Record<string, TemplateResource>) => {
  const [was, is] = [before, now].map((Resources) => comparedAppOf(appOf({ Resources } as Template)));
  return compareApps(was, is).changes.map((change) => `${change.kind} ${change.of}: ${change.what}`);
};

test.each<[string, string, Record<string, unknown>, Record<string, unknown>, string]>([
  ['an identity pool lets in who has not signed in', 'Cognito::IdentityPool', { AllowUnauthenticatedIdentities: false }, { AllowUnauthenticatedIdentities: true }, 'IdentityPool: AllowUnauthenticatedIdentities'],
  ['an identity pool takes tokens of another user pool', 'Cognito::IdentityPool', { CognitoIdentityProviders: [{ ClientId: 'a' }] }, { CognitoIdentityProviders: [{ ClientId: 'b' }] }, 'IdentityPool: CognitoIdentityProviders (ClientId)'],
  ['who has not signed in gets the role of those who have', 'Cognito::IdentityPoolRoleAttachment', { Roles: { authenticated: 'r' } }, { Roles: { unauthenticated: 'r' } }, 'IdentityPoolRoleAttachment: Roles'],
  ['another service account of a cluster', 'EKS::PodIdentityAssociation', { ServiceAccount: 'a' }, { ServiceAccount: 'b' }, 'AWS::EKS::PodIdentityAssociation: ServiceAccount'],
  ['another issuer that trust policies name', 'IAM::OIDCProvider', { Url: 'https://a.example.com' }, { Url: 'https://b.example.com' }, 'AWS::IAM::OIDCProvider: Url'],
  ['a client more of that issuer', 'IAM::OIDCProvider', { ClientIdList: ['a'] }, { ClientIdList: ['a', 'b'] }, 'AWS::IAM::OIDCProvider: ClientIdList'],
  ['another SAML issuer', 'IAM::SAMLProvider', { SamlMetadataDocument: '<a/>' }, { SamlMetadataDocument: '<b/>' }, 'AWS::IAM::SAMLProvider: SamlMetadataDocument'],
  ['another authority whose certificates are a role', 'RolesAnywhere::TrustAnchor', { Source: { SourceType: 'A' } }, { Source: { SourceType: 'B' } }, 'AWS::RolesAnywhere::TrustAnchor: Source (SourceType)'],
  ['no session policy for them any more', 'RolesAnywhere::Profile', { SessionPolicy: '{}', RoleArns: [] }, { RoleArns: [] }, 'AWS::RolesAnywhere::Profile: SessionPolicy'],
  ['other people in an account', 'SSO::Assignment', { PrincipalId: 'a' }, { PrincipalId: 'b' }, 'AWS::SSO::Assignment: PrincipalId'],
  ['other policies of those people', 'SSO::PermissionSet', { ManagedPolicies: ['a'] }, { ManagedPolicies: ['b'] }, 'AWS::SSO::PermissionSet: ManagedPolicies'],
  ['another policy of the organization', 'Organizations::Policy', { Content: {} }, { Content: { Statement: [] } }, 'AWS::Organizations::Policy: Content'],
  ['a VPC endpoint without a policy, which then holds nobody back', 'EC2::VPCEndpoint', { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'a:b', Resource: '*' }] } }, {}, 'AWS::EC2::VPCEndpoint: PolicyDocument (Action, Effect, Principal, Resource)'],
  ['a function that anybody calls', 'Lambda::Url', { AuthType: 'AWS_IAM' }, { AuthType: 'NONE' }, 'AWS::Lambda::Url: AuthType'],
])('%s', (_title, type, before, now, what) => {
  const resource = (properties: Record<string, unknown>) => ({ X: of(`AWS::${type}`, properties) });
  expect(between(resource(before), resource(now))).toEqual([`undecided Shop/Main/X: ${what}`]);
  expect(between(resource(now), resource(now))).toEqual([]);
});

test.each<[string, TemplateResource, string]>([
  ['a key of a user', of('AWS::IAM::AccessKey', { UserName: 'u' }), 'added Shop/Main/X: AWS::IAM::AccessKey'],
  ['an issuer', of('AWS::IAM::OIDCProvider', { Url: 'https://a.example.com' }), 'added Shop/Main/X: AWS::IAM::OIDCProvider'],
])('%s is added', (_title, resource, what) => expect(between({}, { X: resource })).toEqual([what]));

test.each<[string, TemplateResource, string[]]>([
  ['a policy of the organization', of('AWS::Organizations::Policy', { Content: {} }), ['widened Shop/Main/X: policy of the organization removed']],
  ['a list of revoked certificates', of('AWS::RolesAnywhere::CRL', { Name: 'a' }), ['widened Shop/Main/X: list of revoked certificates removed']],
  ['a VPC endpoint', of('AWS::EC2::VPCEndpoint', { PolicyDocument: {} }), []],
])('%s is removed', (_title, resource, what) => expect(between({ X: resource }, {})).toEqual(what));

test('a password is not shown', () => {
  const user = (Password: string) => ({ U: of('AWS::IAM::User', { LoginProfile: { Password } }) });
  const [was, is] = ['first-secret', 'second-secret'].map((password) => comparedAppOf(appOf({ Resources: user(password) } as unknown as Template)));
  const compared = compareApps(was, is);
  expect(compared.changes.map(({ what }) => what)).toEqual(['AWS::IAM::User: LoginProfile (Password)']);
  expect(JSON.stringify(compared)).not.toContain('-secret');
});

describe('a tag', () => {
  const reader = (key?: string) => ({
    R: of('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      Policies: [{
        PolicyName: 'P',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'a:b', Resource: '*', ...key !== undefined ? { Condition: { StringEquals: { [key]: 'sales' } } } : {} }] },
      }],
    }),
  });
  const secret = (Value: string, Key = 'team') => ({ S: of('AWS::SecretsManager::Secret', { Tags: [{ Key, Value }] }) });
  const provider = (value: string) => ({ S: of('AWS::BedrockAgentCore::ApiKeyCredentialProvider', { Name: 'p', Tags: [{ Key: 'team', Value: value }] }) });
  test.each<[string, (value: string) => Record<string, TemplateResource>, string | undefined, string[]]>([
    ['that a policy asks for, of a secret', secret, 'aws:ResourceTag/team', ['undecided Shop/Main/S: AWS::SecretsManager::Secret: tags that policies ask for']],
    ['that a policy asks for, in other letters', secret, 'aws:resourcetag/Team', ['undecided Shop/Main/S: AWS::SecretsManager::Secret: tags that policies ask for']],
    ['beside the one that a policy asks for', secret, 'aws:ResourceTag/area', []],
    ['for which no policy asks', secret, undefined, []],
    ['that a policy asks for, of a provider', provider, 'aws:ResourceTag/team', ['undecided Shop/Main/S: ApiKeyCredentialProvider: tags that policies ask for', 'changed Shop/Main/S: ApiKeyCredentialProvider: Tags (Value)']],
    ['of a provider, for which no policy asks', provider, undefined, ['changed Shop/Main/S: ApiKeyCredentialProvider: Tags (Value)']],
  ])('%s', (_title, tagged, key, expected) => expect(between({ ...reader(key), ...tagged('hr') }, { ...reader(key), ...tagged('sales') })).toEqual(expected));
});
