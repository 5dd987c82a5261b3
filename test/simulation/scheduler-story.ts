import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secrets, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from './policy-document';

/**
 * A small app, written by hand with L1 constructs, for the tests of the judge: an agent that acts for users of one issuer,
 * the secret behind its provider under a customer's key, and a second agent that is nobody's friend.
 */
export const ARN = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
export const DIRECTORY = `${ARN}:workload-identity-directory/default`;
export const VAULT = `${ARN}:token-vault/default`;
export const SCHEDULER = `${DIRECTORY}/workload-identity/scheduler`;
export const INTRUDER = `${DIRECTORY}/workload-identity/intruder`;
export const GOOGLE = `${VAULT}/oauth2credentialprovider/google`;
export const GITHUB = `${VAULT}/oauth2credentialprovider/github`;
export const ISSUER = 'https://acme.okta.com';

export function trust(service: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
}

export function document(...statements: PolicyStatement[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

export function schedulerStory(...extra: PolicyStatement[]): { app: App; stack: Stack; secret: secrets.CfnSecret; key: kms.CfnKey } {
  const app = new App();
  const stack = new Stack(app, 'Scheduler');
  const identity = new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'scheduler' });
  new agentcore.CfnWorkloadIdentity(stack, 'Other', { name: 'intruder' });
  const provider = new agentcore.CfnApiKeyCredentialProvider(stack, 'Weather', { name: 'weather', apiKey: '{{resolve:secretsmanager:w}}' });
  const key = new kms.CfnKey(stack, 'Key', {
    keyPolicy: document({
      Sid: 'Delegate', Effect: 'Allow', Principal: { AWS: stack.formatArn({ service: 'iam', region: '', resource: 'root' }) }, Action: 'kms:*', Resource: '*',
    }),
  });
  const secret = new secrets.CfnSecret(stack, 'Secret', { name: 'google-app', kmsKeyId: key.ref });
  const role = new iam.CfnRole(stack, 'Role', {
    roleName: 'scheduler',
    assumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    managedPolicyArns: [`arn:${stack.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`],
    policies: [{
      policyName: 'Mint',
      policyDocument: document({
        Sid: 'ActAsUser',
        Effect: 'Allow',
        Action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
        Resource: [DIRECTORY, identity.attrWorkloadIdentityArn],
        Condition: {
          'StringEquals': { 'bedrock-agentcore:InboundJwtClaim/iss': ISSUER },
          'ForAnyValue:StringEquals': { 'bedrock-agentcore:InboundJwtClaim/aud': ['agents'] },
        },
      }, {
        Sid: 'OnlyOwnIdentity',
        Effect: 'Deny',
        Action: 'bedrock-agentcore:GetWorkloadAccessToken*',
        NotResource: [DIRECTORY, identity.attrWorkloadIdentityArn],
      }, ...extra),
    }],
  });
  new iam.CfnRole(stack, 'OtherRole', { roleName: 'intruder', assumeRolePolicyDocument: trust('ec2.amazonaws.com') });
  new iam.CfnPolicy(stack, 'Vend', {
    policyName: 'Vend',
    roles: [role.ref],
    policyDocument: document(
      { Sid: 'Identity', Effect: 'Allow', Action: 'bedrock-agentcore:GetResource*', Resource: [DIRECTORY, SCHEDULER, VAULT] },
      { Sid: 'Google', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceOauth2Token', Resource: GOOGLE },
      { Sid: 'Weather', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceApiKey', Resource: provider.attrCredentialProviderArn },
    ),
  });
  new iam.CfnRolePolicy(stack, 'Secrets', {
    policyName: 'Secrets',
    roleName: role.ref,
    policyDocument: document(
      { Sid: 'Read', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret.ref, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } },
      {
        Sid: 'Key',
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: key.attrArn,
        Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` } },
      },
    ),
  });
  return { app, stack, secret, key };
}
