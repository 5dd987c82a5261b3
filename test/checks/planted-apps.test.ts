import { App } from 'aws-cdk-lib';
import { l1Flaws } from './l1-flaws';
import { officialL2Flaws } from './official-l2-flaws';
import { companyApp } from '../../examples/company-agents/company-app';
import { runChecks } from '../../src/checks/run-checks';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';

const CURRENT = process.env.CDK_LIB === 'current';
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const IDENTITY = `${AC}:workload-identity-directory/default/workload-identity`;
const SECRETS = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:bedrock-agentcore-identity!*';
const RUNTIME = `${AC}:runtime/\${AWS::BedrockAgentCore::Runtime-Team/Runtime/Resource.AgentRuntimeId}`;

/** The ids of everything that is found, with customer keys not required unless said. */
function ids(app: App, requireCustomerKeys = false): string[] {
  return runChecks(readSynthesizedApp(app.synth().directory), { requireCustomerKeys }).map(({ rule, id }) => `${rule.severity} ${id}`);
}

test('an app with the official L2s: every flaw that their calls make, and nothing else', () => {
  expect(ids(officialL2Flaws()).sort()).toEqual([
    'error plaintext-secret[Team/GitHub/Resource|Properties.Oauth2ProviderConfigInput.GithubOauth2ProviderConfig.ClientSecret-is-a-literal]',
    `error secret-wildcard[Team/Agent/DefaultPolicy/Resource|secretsmanager:GetSecretValue-on-${SECRETS}]`,
    `error secret-wildcard[Team/KeyAdmin/DefaultPolicy/Resource|secretsmanager:PutSecretValue-on-${SECRETS}]`,
    `error secret-wildcard[Team/Gateway/ServiceRole/DefaultPolicy/Resource|secretsmanager:GetSecretValue-on-${SECRETS}]`,
    `error identity-wildcard[Team/Agent/DefaultPolicy/Resource|GetResourceOauth2Token,CompleteResourceTokenAuth-on-${IDENTITY}/*]`,
    `error identity-wildcard[Team/Runtime/ExecutionRole/DefaultPolicy/Resource|GetWorkloadAccessToken,GetWorkloadAccessTokenForJWT,GetWorkloadAccessTokenForUserId-on-${IDENTITY}/*]`,
    `error user-id-mint[Team/Agent/DefaultPolicy/Resource|GetWorkloadAccessTokenForUserId-on-${IDENTITY}/first]`,
    `error user-id-mint[Team/Agent/DefaultPolicy/Resource|GetWorkloadAccessTokenForUserId-on-${IDENTITY}/second]`,
    `error user-id-mint[Team/Runtime/ExecutionRole/DefaultPolicy/Resource|GetWorkloadAccessTokenForUserId-on-${IDENTITY}/*]`,
    `error user-id-mint[Team/Gateway/ServiceRole/DefaultPolicy/Resource|GetWorkloadAccessTokenForUserId-on-${IDENTITY}/Tools-*]`,
    `warning jwt-mint-any-issuer[Team/Agent/DefaultPolicy/Resource|GetWorkloadAccessTokenForJWT-on-${IDENTITY}/first]`,
    `warning jwt-mint-any-issuer[Team/Agent/DefaultPolicy/Resource|GetWorkloadAccessTokenForJWT-on-${IDENTITY}/second]`,
    `warning jwt-mint-any-issuer[Team/Runtime/ExecutionRole/DefaultPolicy/Resource|GetWorkloadAccessTokenForJWT-on-${IDENTITY}/*]`,
    `warning jwt-mint-any-issuer[Team/Gateway/ServiceRole/DefaultPolicy/Resource|GetWorkloadAccessTokenForJWT-on-${IDENTITY}/Tools-*]`,
    'warning agent-reads-secret[Team/Agent/DefaultPolicy/Resource|secretsmanager:GetSecretValue-on-arn:aws:secretsmanager:eu-west-1:111122223333:secret:agents/weather-??????]',
    `error invoke-for-user[Team/Caller/DefaultPolicy/Resource|InvokeAgentRuntimeForUser-on-${RUNTIME},${RUNTIME}/*]`,
    `warning agent-completes-sessions[Team/Agent/DefaultPolicy/Resource|CompleteResourceTokenAuth-on-${AC}:token-vault/default/oauth2credentialprovider/github]`,
    `warning agent-completes-sessions[Team/Gateway/ServiceRole/DefaultPolicy/Resource|CompleteResourceTokenAuth-on-${AC}:token-vault/default/oauth2credentialprovider/github]`,
    'warning shared-role[Team/Agent/Resource|role-${AWS::IAM::Role-Team/Agent/Resource.Ref}-has-first,second]',
    `warning trust-prefix-without-separator[Team/Runtime/ExecutionRole/Resource|aws:SourceArn-${AC}:runtime/planner*]`,
    // After 2.269 the gateway's trust became stricter, and names the gateway in lower case.
    ...(CURRENT ? [] : [
      'error agentcore-trust-without-source[Team/Gateway/ServiceRole/Resource|bedrock-agentcore.amazonaws.com-may-sts:AssumeRole]',
      `warning trust-prefix-without-separator[Team/Gateway/ServiceRole/Resource|aws:SourceArn-${AC}:gateway/Tools*]`,
      `error mixed-case-gateway-grant[Team/Gateway/ServiceRole/Resource|${AC}:gateway/Tools*]`,
    ]),
    `error mixed-case-gateway-grant[Team/Gateway/ServiceRole/DefaultPolicy/Resource|${IDENTITY}/Tools-*]`,
    `warning grant-matches-nothing[Team/GatewayManager/DefaultPolicy/Resource|bedrock-agentcore:CreateGateway-on-${AC}:gateway/\${AWS::BedrockAgentCore::Gateway-Team/Gateway/Resource.GatewayIdentifier}]`,
    'error gateway-without-authorizer[Team/Gateway/Resource|authorizer-NONE]',
    'warning gateway-without-policy-engine[Team/Gateway/Resource|no-policy-engine]',
    'warning gateway-debug[Team/Gateway/Resource|DEBUG]',
    'info gateway-without-waf[Team/Gateway/Resource|no-web-ACL-for-authorizer-NONE]',
    'warning agent-without-owner[Team/Identity-first/Resource|no-tag-names-an-owner]',
    'info log-group-wildcard[Team/Runtime/ExecutionRole/DefaultPolicy/Resource|logs:CreateLogStream,logs:PutLogEvents-on-arn:aws:logs:eu-west-1:111122223333:log-group:/aws/bedrock-agentcore/runtimes/*:log-stream:*]',
    'info runtime-public-network[Team/Runtime/Resource|PUBLIC]',
    'info runtime-without-user-token[Team/Runtime/Resource|no-JWT-authorizer]',
    'info runtime-without-logs[Team/Runtime/Resource|no-delivery-of-logs-or-traces]',
  ].sort());
});

test('an app with L1s: every flaw that is written into it, and nothing else', () => {
  expect(ids(l1Flaws()).sort()).toEqual([
    'error plaintext-secret[Hand/Weather|Properties.ApiKey-is-a-literal]',
    'error full-access-policy[Hand/Open|arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess]',
    'error live-tokens-in-read-only[Hand/Open|bedrock-agentcore:GetResource*-on-*]',
    'error identity-wildcard[Hand/Open|GetResourceOauth2Token,GetResourceApiKey,GetResourcePaymentToken-on-*]',
    `warning jwt-mint-any-issuer[Hand/Open|GetWorkloadAccessTokenForJWT-on-${IDENTITY}/hand]`,
    'warning agent-reads-secret[Hand/Open|secretsmanager:GetSecretValue-on-arn:aws:secretsmanager:eu-west-1:111122223333:secret:agents/maps-a1B2c3]',
    'error pass-role-to-agentcore[Hand/Open|iam:PassRole-on-*]',
    'error unknown-action[Hand/Open|Deny-bedrock-agentcore:GetApiKeyCredential]',
    `error unknown-arn[Hand/Open|Deny-on-${AC}:token-vault/default/api-key/*]`,
    `error invoke-for-user[Hand/Open|InvokeAgentRuntimeForUser-on-${AC}:runtime/*]`,
    'error agentcore-trust-without-source[Hand/Open|bedrock-agentcore.amazonaws.com-may-sts:AssumeRole]',
    'info no-user-id-deny[Hand/Open|role-open-has-no-Deny-of-GetWorkloadAccessTokenForUserId]',
    'error gateway-authenticate-only[Hand/Gateway|AUTHENTICATE_ONLY-with-a-policy-engine-in-LOG_ONLY]',
    'error gateway-policy-not-enforced[Hand/Gateway|mode-LOG_ONLY]',
    'warning cedar-policy-not-enforced[Hand/Forbid|mode-LOG_ONLY]',
    'error public-resource-policy[Hand/Public|everybody-may-bedrock-agentcore:InvokeGateway]',
    'error open-jwt-authorizer[Hand/Users|no-audience,-client,-scope-or-claim-is-asked-for]',
    'warning gateway-without-policy-engine[Hand/Users|no-policy-engine]',
    'info gateway-without-waf[Hand/Users|no-web-ACL-for-authorizer-CUSTOM_JWT]',
    'error vault-key-set-twice[Hand/VaultKeyTwo|also-set-by-Hand/VaultKeyOne]',
  ].sort());
});

test.each([['customer keys not required', false], ['customer keys required', true]])('the example app has no finding, %s', (_title, keys) => {
  expect(ids(companyApp(), keys)).toEqual([]);
});
