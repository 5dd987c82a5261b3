import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { SecretReferenceOptions } from './secret-reference-options';

/** A secret of Secrets Manager as it was given: nothing is judged yet. See `ClientSecret` and `ApiKey`, which make one. */
export interface SecretReference {
  /** The secret. */
  readonly secret: secretsmanager.ISecretRef;

  /** The member of the secret's JSON that holds the value. */
  readonly jsonKey: string;

  /**
   * What the secret does not tell about itself.
   *
   * @default - nothing
   */
  readonly options?: SecretReferenceOptions;
}
