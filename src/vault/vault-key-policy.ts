import { aws_iam as iam } from 'aws-cdk-lib';
import { ArnScope } from '../permission/arn-scope';
import { tokenVaultArn } from '../permission/resource-arn';

/** The service through which AgentCore Identity uses the vault's key. */
export function vaultViaService(region: string): string {
  return `bedrock-agentcore-identity.${region}.amazonaws.com`;
}

/**
 * What the vault key's policy must hold: principals of the account may use the key through AgentCore Identity, for this
 * vault, as far as their own policies allow it too.
 *
 * AWS's page prints these statements without a principal, which KMS refuses, and calls it the service principal in its
 * prose, which conditions on `kms:ViaService` cannot mean; see ADR-007.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/kms-key-policy-configuration.html
 */
export function vaultKeyUseStatements(scope: ArnScope): iam.PolicyStatement[] {
  const principals = [new iam.ArnPrincipal(accountRoot(scope))];
  const viaService = { 'kms:ViaService': vaultViaService(scope.region) };
  return [
    new iam.PolicyStatement({
      sid: 'UseForAgentCoreTokenVault',
      principals,
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
      resources: ['*'],
      conditions: {
        StringEquals: viaService,
        ArnEquals: { 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': tokenVaultArn(scope) },
      },
    }),
    // Without a service in between: the function that sets the key checks it first. A description tells nothing of the data.
    new iam.PolicyStatement({ sid: 'DescribeForAgentCoreTokenVault', principals, actions: ['kms:DescribeKey'], resources: ['*'] }),
  ];
}

/**
 * Administration without use, for a key that is made for the vault: the account's administrators may manage the key, and
 * nobody may encrypt or decrypt with it directly.
 */
export function vaultKeyAdministrationStatement(scope: ArnScope): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'Administer',
    principals: [new iam.ArnPrincipal(accountRoot(scope))],
    actions: [
      'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DescribeKey', 'kms:DisableKey', 'kms:DisableKeyRotation',
      'kms:EnableKey', 'kms:EnableKeyRotation', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListAliases',
      'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListKeyRotations', 'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:RevokeGrant',
      'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription',
    ],
    resources: ['*'],
  });
}

function accountRoot(scope: ArnScope): string {
  return `arn:${scope.partition}:iam::${scope.account}:root`;
}
