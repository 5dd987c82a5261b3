import { aws_kms as kms } from 'aws-cdk-lib';

/** What a secret does not tell about itself. */
export interface SecretReferenceOptions {
  /**
   * The customer-managed KMS key that protects the secret.
   *
   * @default - the key that the secret knows (`secret.encryptionKey`); else the AWS managed key, which needs no grant
   */
  readonly encryptionKey?: kms.IKeyRef;
}
