import { gatewayPolicyJson, namedRolesInvoke } from '../../src/permission/gateway-policy';

/* The resource policy of a gateway, statement by statement. */
const GATEWAY = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5';
const ROOT = 'arn:aws:iam::111111111111:root';
const [CALLER, OTHER, DEPLOYER] = ['caller', 'other', 'deployer'].map((name) => `arn:aws:iam::111111111111:role/${name}`);
const INVOKE = { Action: 'bedrock-agentcore:InvokeGateway', Resource: GATEWAY };
const nobody = { gatewayArn: GATEWAY, account: '111111111111', roles: [], organizations: [], vpcEndpoints: [], deployedBy: DEPLOYER };

const ROLES = { Sid: 'NamedRolesInvoke', Effect: 'Allow', Principal: { AWS: [ROOT] }, ...INVOKE, Condition: { ArnEquals: { 'aws:PrincipalArn': [CALLER, OTHER] } } };
const ORGANIZATION = { Sid: 'OrganizationInvokes', Effect: 'Allow', Principal: { AWS: '*' }, ...INVOKE, Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] }, StringNotEquals: { 'aws:PrincipalAccount': '111111111111' } } };
const ENDPOINTS = { Sid: 'EndpointsInvoke', Effect: 'Allow', Principal: '*', ...INVOKE, Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-1'] } } };
const denied = (Condition: object) => ({ Sid: 'NobodyElseInvokes', Effect: 'Deny', Principal: '*', ...INVOKE, Condition });
const roles = [{ roleArn: CALLER, accountRoot: ROOT }, { roleArn: OTHER, accountRoot: ROOT }];

test.each<[string, object, object[]]>([
  ['nobody but who deploys', {}, [denied({ ArnNotEquals: { 'aws:PrincipalArn': [DEPLOYER] } })]],
  ['roles, whose account is named once', { roles }, [ROLES, denied({ ArnNotEquals: { 'aws:PrincipalArn': [CALLER, OTHER, DEPLOYER] } })]],
  ['an organization', { organizations: ['o-1'] }, [
    ORGANIZATION, denied({ ArnNotEquals: { 'aws:PrincipalArn': [DEPLOYER] }, StringNotEquals: { 'aws:PrincipalOrgID': ['o-1'] } }),
  ]],
  ['VPC endpoints', { vpcEndpoints: ['vpce-1'] }, [
    ENDPOINTS, denied({ ArnNotEquals: { 'aws:PrincipalArn': [DEPLOYER] }, StringNotEquals: { 'aws:SourceVpce': ['vpce-1'] } }),
  ]],
  ['all of them', { roles, organizations: ['o-1'], vpcEndpoints: ['vpce-1'] }, [
    ROLES, ORGANIZATION, ENDPOINTS,
    denied({ ArnNotEquals: { 'aws:PrincipalArn': [CALLER, OTHER, DEPLOYER] }, StringNotEquals: { 'aws:PrincipalOrgID': ['o-1'], 'aws:SourceVpce': ['vpce-1'] } }),
  ]],
])('%s', (_who, given, statements) => {
  expect(gatewayPolicyJson({ ...nobody, ...given })).toEqual({ Version: '2012-10-17', Statement: statements });
});

test('roles of another account: the statement by itself, with the root of each account once', () => {
  const partner = { roleArn: 'arn:aws:iam::222222222222:role/partner', accountRoot: 'arn:aws:iam::222222222222:root' };
  expect(namedRolesInvoke(GATEWAY, [...roles, partner])).toEqual({
    Sid: 'NamedRolesInvoke', Effect: 'Allow', Principal: { AWS: [ROOT, partner.accountRoot] }, ...INVOKE, Condition: { ArnEquals: { 'aws:PrincipalArn': [CALLER, OTHER, partner.roleArn] } },
  });
});
