import { aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { ProviderSecret } from './provider-secret';
import { l1Of } from './secret-access';
import { textForStack, valueForStack } from '../declaration/cross-stack-value';
import { knownToDiffer } from '../declaration/same-value';

/**
 * The members that make CloudFormation reference a secret: `<field>Source: EXTERNAL` and `<field>Config`. A secret that
 * AgentCore keeps has none.
 */
export function secretConfiguration(consumer: Stack, field: 'clientSecret' | 'apiKeySecret', kept: ProviderSecret): Record<string, unknown> {
  if (kept.secret === undefined) {
    return {};
  }
  return {
    [`${field}Source`]: 'EXTERNAL',
    [`${field}Config`]: { secretId: secretId(consumer, kept.secret), jsonKey: kept.jsonKey },
  };
}

/**
 * What the service takes as `secretId`: the complete ARN where it is known, else the name. A secret imported by name has an
 * ARN without its suffix, which Secrets Manager advises against. A secret of another stack is read from that stack's outputs, so
 * that the provider does not lock it.
 */
function secretId(consumer: Stack, secret: secretsmanager.ISecretRef): string {
  const l1 = l1Of(secret);
  // CDK tells the ARN to another account by the secret's name.
  if (l1 !== undefined && !knownToDiffer(secret.env.account, consumer.account)) {
    return valueForStack(consumer, l1, l1.ref);
  }
  const l2 = secret as Partial<secretsmanager.ISecret>;
  if (l2.secretArn === undefined || l2.secretFullArn !== undefined) {
    return textForStack(consumer, l2.secretFullArn ?? secret.secretRef.secretId);
  }
  return textForStack(consumer, l2.secretName ?? l2.secretArn);
}
