import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, CfnResource, Stack } from 'aws-cdk-lib';
import { plantsCedarFindings } from '../cedar/every-synthesis/synthesized-cedar';

export const CANARY = 'sk-canary-9f8e7d6c5b4a';

const DIRECTORY = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default';
const MAPS_SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:agents/maps-a1B2c3';

/** An app as teams write it by hand with L1s, with what pages and samples on the internet show. */
export function l1Flaws(): App {
  const app = new App();
  // The gateway has no targets, so there is nothing that its policy could forbid.
  plantsCedarFindings(app, /Forbid .* unable to find an applicable action/, /Forbid .* policy is impossible/);
  const stack = new Stack(app, 'Hand', { env: { account: '111122223333', region: 'eu-west-1' } });
  const open = new iam.CfnRole(stack, 'Open', {
    roleName: 'open',
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'bedrock-agentcore.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    managedPolicyArns: ['arn:aws:iam::aws:policy/BedrockAgentCoreFullAccess'],
    policies: [{
      policyName: 'Reading',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['bedrock-agentcore:GetResource*'], Resource: '*' },
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
          { Effect: 'Allow', Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', Resource: `${DIRECTORY}/workload-identity/hand` },
          { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: MAPS_SECRET },
          { Effect: 'Deny', Action: 'bedrock-agentcore:GetApiKeyCredential', Resource: `arn:aws:bedrock-agentcore:${stack.region}:${stack.account}:token-vault/default/api-key/*` },
          { Effect: 'Allow', Action: 'bedrock-agentcore:InvokeAgentRuntimeForUser', Resource: `arn:aws:bedrock-agentcore:${stack.region}:${stack.account}:runtime/*` },
        ],
      },
    }],
  });
  new agentcore.CfnApiKeyCredentialProvider(stack, 'Weather', { name: 'weather', apiKey: CANARY });
  new agentcore.CfnApiKeyCredentialProvider(stack, 'Maps', { name: 'maps', apiKeySecretSource: 'EXTERNAL', apiKeySecretConfig: { secretId: MAPS_SECRET, jsonKey: 'api_key' } });
  const engine = new agentcore.CfnPolicyEngine(stack, 'Engine', { name: 'engine' });
  const gateway = new agentcore.CfnGateway(stack, 'Gateway', {
    name: 'tools', authorizerType: 'AUTHENTICATE_ONLY', protocolType: 'MCP', roleArn: open.attrArn, policyEngineConfiguration: { arn: engine.attrPolicyEngineArn, mode: 'LOG_ONLY' },
  });
  new agentcore.CfnPolicy(stack, 'Forbid', {
    name: 'forbid', policyEngineId: engine.attrPolicyEngineId, enforcementMode: 'LOG_ONLY', definition: { cedar: { statement: 'forbid(principal, action, resource);' } },
  });
  new agentcore.CfnResourcePolicy(stack, 'Public', {
    resourceArn: gateway.attrGatewayArn,
    policy: stack.toJsonString({
      Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'bedrock-agentcore:InvokeGateway', Resource: gateway.attrGatewayArn }],
    }),
  });
  new agentcore.CfnGateway(stack, 'Users', {
    name: 'users',
    authorizerType: 'CUSTOM_JWT',
    protocolType: 'MCP',
    roleArn: open.attrArn,
    authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: 'https://issuer.example.com/.well-known/openid-configuration' } },
  });
  const key = new kms.Key(stack, 'Key');
  ['One', 'Two'].forEach((id) => new CfnResource(stack, `VaultKey${id}`, {
    type: 'Custom::AWS',
    properties: { Create: stack.toJsonString({ service: 'bedrock-agentcore-control', action: 'setTokenVaultCMK', parameters: { kmsConfiguration: { kmsKeyArn: key.keyArn } } }) },
  }));
  return app;
}
