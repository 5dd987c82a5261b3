import { apiKeyProviderArn, directoryArn, oauth2ProviderArn, tokenVaultArn, workloadIdentityArn } from '../../src/permission/resource-arn';

const IRELAND = { partition: 'aws', region: 'eu-west-1', account: '111111111111' };
const BEIJING = { partition: 'aws-cn', region: 'cn-north-1', account: '222222222222' };
const UNKNOWN = { partition: '${AWS::Partition}', region: '${AWS::Region}', account: '${AWS::AccountId}' };

test.each([
  ['the directory', directoryArn(IRELAND), 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default'],
  ['the directory in China', directoryArn(BEIJING), 'arn:aws-cn:bedrock-agentcore:cn-north-1:222222222222:workload-identity-directory/default'],
  ['an identity', workloadIdentityArn(IRELAND, 'scheduler'),
    'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/scheduler'],
  ['an identity of a runtime, whose capitals stay', workloadIdentityArn(IRELAND, 'DemoAgent-xyA2P93QaE'),
    'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/DemoAgent-xyA2P93QaE'],
  ['the token vault', tokenVaultArn(IRELAND), 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default'],
  ['an OAuth2 provider', oauth2ProviderArn(IRELAND, 'google'),
    'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/google'],
  ['an OAuth2 provider in China', oauth2ProviderArn(BEIJING, 'google'),
    'arn:aws-cn:bedrock-agentcore:cn-north-1:222222222222:token-vault/default/oauth2credentialprovider/google'],
  ['an API-key provider', apiKeyProviderArn(IRELAND, 'weather'),
    'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/apikeycredentialprovider/weather'],
  ['deploy-time values, which stay as they are', apiKeyProviderArn(UNKNOWN, 'weather'),
    'arn:${AWS::Partition}:bedrock-agentcore:${AWS::Region}:${AWS::AccountId}:token-vault/default/apikeycredentialprovider/weather'],
])('%s', (_which, arn, expected) => {
  expect(arn).toBe(expected);
});
