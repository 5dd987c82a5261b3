import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { agentsIn, apiKeyArn, AUDIENCE, DIRECTORY, Fleet, identityArn, ISSUER, lambdaRole, namesOf, oauth2Arn, ownSecretArn, RETURN_URL, VAULT } from './fleet';

const action = (operation: string) => `bedrock-agentcore:${operation}`;
const CLAIMS = {
  'StringEquals': { 'bedrock-agentcore:InboundJwtClaim/iss': ISSUER },
  'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': AUDIENCE },
};
const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

/** Makes a role, and says how a policy is put on it. */
type RoleMaker = (stack: Stack, roleName: string) => (statements: unknown[]) => void;

const document = (Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

const l1Role: RoleMaker = (stack, roleName) => {
  const role = new iam.CfnRole(stack, `${roleName}-role`, { roleName, assumeRolePolicyDocument: TRUST });
  const policyName = `${roleName}-policy`;
  return (statements) => new iam.CfnPolicy(stack, policyName, { policyName, roles: [role.ref], policyDocument: document(statements) });
};

const l2Role: RoleMaker = (stack, roleName) => {
  const role = lambdaRole(stack, roleName);
  return (statements) => new iam.Policy(stack, `${roleName}-policy`, { document: iam.PolicyDocument.fromJson(document(statements)), roles: [role] });
};

/** The same resources, with policies that say the same, written by hand without any construct above L1 and without any check. */
export function l1Fleet(size: number, outdir: string): Fleet {
  return handWritten('hand-written L1', size, outdir, l1Role);
}

/** The same, but with roles as applications have them: `iam.Role` and `iam.Policy`. What is more than this is the library's. */
export function l1FleetWithL2Roles(size: number, outdir: string): Fleet {
  return handWritten('hand-written L1 on `iam.Role`', size, outdir, l2Role);
}

function handWritten(title: string, size: number, outdir: string, roleMaker: RoleMaker): Fleet {
  const app = new App({ outdir });
  agentsIn(app, size, (stack, index) => agent(stack, index, roleMaker));
  return { title, app, secretArn: ownSecretArn };
}

function agent(stack: Stack, index: number, roleMaker: RoleMaker): void {
  const { identity, oauth2, apiKey, role, page } = namesOf(index);
  const secrets = { oauth2: ownSecretArn('oauth2', oauth2), apiKey: ownSecretArn('apikey', apiKey) };
  new agentcore.CfnOAuth2CredentialProvider(stack, `Oauth2${index}`, {
    name: oauth2,
    credentialProviderVendor: 'GoogleOauth2',
    oauth2ProviderConfigInput: {
      googleOauth2ProviderConfig: { clientId: 'client', clientSecretSource: 'EXTERNAL', clientSecretConfig: { secretId: secrets.oauth2, jsonKey: 'client_secret' } },
    },
  });
  new agentcore.CfnApiKeyCredentialProvider(stack, `ApiKey${index}`, {
    name: apiKey, apiKeySecretSource: 'EXTERNAL', apiKeySecretConfig: { secretId: secrets.apiKey, jsonKey: 'api_key' },
  });
  new agentcore.CfnWorkloadIdentity(stack, `Identity${index}`, { name: identity, allowedResourceOauth2ReturnUrls: [RETURN_URL] });
  const [agentPolicy, pagePolicy] = [role, page].map((roleName) => roleMaker(stack, roleName));
  const around = [DIRECTORY, identityArn(identity), VAULT];
  const allow = (Sid: string, operation: string, Resource: string[], Condition?: unknown) => ({ Sid, Effect: 'Allow', Action: action(operation), Resource, Condition });
  const readSecret = (Resource: string | string[]) => ({
    Sid: 'ReadProviderSecret', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource, Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
  });
  const deny = (operations: string[]) => ({ Sid: 'DenyUndeclaredTokenActions', Effect: 'Deny', Action: operations.map(action), Resource: '*' });
  agentPolicy([
    allow('ActAsUserMint', 'GetWorkloadAccessTokenForJWT', [DIRECTORY, identityArn(identity)], CLAIMS),
    allow('GetOAuth2Token', 'GetResourceOauth2Token', [...around, oauth2Arn(oauth2)]),
    allow('GetApiKey', 'GetResourceApiKey', [...around, apiKeyArn(apiKey)]),
    readSecret([secrets.apiKey, secrets.oauth2]),
    deny(['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForUserId', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth']),
    { Sid: 'DenyMintingForOtherIdentities', Effect: 'Deny', Action: action('GetWorkloadAccessTokenForJWT'), NotResource: [DIRECTORY, identityArn(identity)] },
  ]);
  pagePolicy([
    allow('CompleteSessionOfUser', 'CompleteResourceTokenAuth', [...around, oauth2Arn(oauth2)], CLAIMS),
    readSecret(secrets.oauth2),
    deny(['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey', 'GetResourcePaymentToken']),
  ]);
}
