import { aws_iam as iam, aws_kms as kms, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { declareKey } from '../declaration/declared-key';
import { environmentOf } from '../declaration/environment';
import { ArnScope } from '../permission/arn-scope';
import { vaultKeyAdministrationStatement } from '../vault/vault-key-policy';

/** The service through which the key of a secret is used. */
export function secretsManagerIn(region: string): string {
  return `secretsmanager.${region}.amazonaws.com`;
}

/**
 * What the policy of the key must hold: principals of the account may use it through Secrets Manager, as far as their own policies
 * allow it too.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function clientSecretKeyStatement(scope: ArnScope): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'UseForMachineClientSecrets',
    principals: [new iam.ArnPrincipal(`arn:${scope.partition}:iam::${scope.account}:root`)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:ViaService': secretsManagerIn(scope.region), 'kms:CallerAccount': scope.account } },
  });
}

/** A key for nothing but secrets of machine clients, that nobody can use directly. */
export function madeClientSecretKey(scope: Construct): kms.Key {
  const environment = environmentOf(scope);
  const key = new kms.Key(scope, 'Key', {
    description: `Secrets of machine clients (${scope.node.path})`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new iam.PolicyDocument({ statements: [vaultKeyAdministrationStatement(environment), clientSecretKeyStatement(environment)] }),
  });
  declareKey(scope, key);
  return key;
}

/** Puts the statement into the policy of a given key, and tells whether the key took it. An import or an L1 does not. */
export function allowUseOfKey(key: kms.IKeyRef, scope: ArnScope): boolean {
  return (key as kms.IKeyRef & Partial<kms.IKey>).addToResourcePolicy?.(clientSecretKeyStatement(scope), true).statementAdded === true;
}
