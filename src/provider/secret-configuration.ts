import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { ProviderSecret } from './provider-secret';

/**
 * The members that make CloudFormation reference a secret: `<field>Source: EXTERNAL` and `<field>Config`. A secret that
 * AgentCore keeps has none.
 */
export function secretConfiguration(field: 'clientSecret' | 'apiKeySecret', kept: ProviderSecret): Record<string, unknown> {
  if (kept.secret === undefined) {
    return {};
  }
  return {
    [`${field}Source`]: 'EXTERNAL',
    [`${field}Config`]: { secretId: secretId(kept.secret), jsonKey: kept.jsonKey },
  };
}

/**
 * What the service takes as `secretId`: the complete ARN where it is known, else the name. A secret imported by name has an
 * ARN without its suffix, which Secrets Manager advises against.
 */
function secretId(secret: secretsmanager.ISecretRef): string {
  const l2 = secret as Partial<secretsmanager.ISecret>;
  if (l2.secretArn === undefined || l2.secretFullArn !== undefined) {
    return l2.secretFullArn ?? secret.secretRef.secretId;
  }
  return l2.secretName ?? l2.secretArn;
}
