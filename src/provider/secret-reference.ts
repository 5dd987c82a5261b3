import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { SecretReferenceOptions } from './secret-reference-options';

/** A secret of Secrets Manager as the user gave it: nothing is judged yet. */
export interface SecretReference {
  readonly secret: secretsmanager.ISecretRef;
  readonly jsonKey: string;
  readonly options?: SecretReferenceOptions;
}
