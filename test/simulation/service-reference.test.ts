import { CfnResource } from 'aws-cdk-lib';
import { deploy } from './fake-account';
import type { PolicyStatement } from './policy-document';
import { DIRECTORY, GOOGLE, INTRUDER, SCHEDULER, schedulerStory, VAULT } from './scheduler-story';
import { serviceReferenceFindings } from './service-reference';
import { templateSchemaErrors } from './template-schema';

const findings = async (statement: Omit<PolicyStatement, 'Sid' | 'Effect'>, Effect: 'Allow' | 'Deny' = 'Allow') =>
  serviceReferenceFindings(deploy(schedulerStory({ Sid: 'Probe', Effect, ...statement }).app));
const JWT = { Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', Resource: [DIRECTORY, SCHEDULER] };

test('a good app has no findings', async () => expect(await serviceReferenceFindings(deploy(schedulerStory().app))).toEqual([]));

test.each<[string, Omit<PolicyStatement, 'Sid' | 'Effect'>, RegExp]>([
  ['an unknown action', { Action: 'bedrock-agentcore:GetToken', Resource: '*' }, /Mint\/Probe: there is no action bedrock-agentcore:GetToken/],
  ['a pattern of no action', { Action: 'kms:Foo*', Resource: '*' }, /there is no action kms:Foo\*/],
  ['a misspelled resource', { Action: 'bedrock-agentcore:GetResourceApiKey', Resource: [SCHEDULER, `${VAULT}/api-key/weather`] },
    /no action of it works on .*api-key\/weather/],
  ['a wildcard where exact resources exist', { Action: 'bedrock-agentcore:GetTokenVault', Resource: '*' }, /no action of it works on \*/],
  ['a required resource that nothing covers', { Action: 'bedrock-agentcore:CompleteResourceTokenAuth', Resource: [DIRECTORY, VAULT, GOOGLE] },
    /CompleteResourceTokenAuth is allowed on no workload-identity, which it requires/],
  ['a key of another action', { ...JWT, Condition: { StringEquals: { 'bedrock-agentcore:userid': 'x' } } }, /ForJWT does not know the condition key .*userid/],
  ['an unknown global key', { ...JWT, Condition: { StringEquals: { 'aws:ViaService': 'x' } } }, /there is no condition key aws:ViaService/],
  ['a list-valued key without a set operator', { ...JWT, Condition: { StringEquals: { 'bedrock-agentcore:InboundJwtClaim/aud': 'x' } } },
    /StringEquals does not fit .*aud, which is a ArrayOfString/],
  ['a condition that a missing key fulfils', { ...JWT, Condition: { 'ForAllValues:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': 'x' } } },
    /also allows requests without .*aud/],
])('%s is found', async (_title, statement, finding) => expect(await findings(statement)).toEqual([expect.stringMatching(finding)]));

test('denials may be wider, but their conditions have to be known', async () => {
  expect(await findings({ Action: 'bedrock-agentcore:GetWorkloadAccessToken*', NotResource: [INTRUDER] }, 'Deny')).toEqual([]);
  expect(await findings({ NotAction: 'bedrock-agentcore:GetResourceApiKey', Resource: [SCHEDULER] }, 'Deny')).toEqual([]);
  expect(await findings({ ...JWT, Condition: { Bool: { 'aws:ViaSomething': 'true' } } }, 'Deny')).toHaveLength(1);
});

test('conditions on global keys and on keys with a variable part are known', async () => {
  expect(await findings({
    Action: 'kms:Decrypt',
    Resource: 'arn:aws:kms:eu-west-1:111111111111:key/k',
    Condition: { StringEquals: { 'kms:EncryptionContext:aws-crypto-ec:vault': 'x', 'aws:PrincipalTag/team': 'sales' } },
  })).toEqual([]);
});

test('templates are held against the resource schemas', () => {
  expect(templateSchemaErrors(deploy(schedulerStory().app))).toEqual([]);
  const { app, stack } = schedulerStory();
  new CfnResource(stack, 'Google', { type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider', properties: { Name: 'google' } });
  (stack.node.findChild('Identity') as CfnResource).addPropertyOverride('Owner', 'me');
  expect(templateSchemaErrors(deploy(app)).sort()).toEqual([
    expect.stringMatching(/^Google: .*CredentialProviderVendor/), expect.stringMatching(/^Identity: .*Owner/),
  ]);
});
