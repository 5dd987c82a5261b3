import { aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { AgentPart } from './agent-part';
import { Capability } from '../capability/capability';
import { textForStack } from '../declaration/cross-stack-value';
import { readable } from '../declaration/readable';
import { keyResource } from '../provider/key-arn';
import { KNOWN_BY_NAME, l1Of, SecretAccess, secretResource } from '../provider/secret-access';

/** The part that reads a secret if none is named: that of the agent's `host`. */
export const HOST_PART = 'Host';

/** The parts whose code reads the secret of a capability. None for other kinds. */
export function readingParts(agent: Agent, { secret, _secretOptions: { readingParts: named = [HOST_PART] } }: Capability): AgentPart[] {
  return secret === undefined ? [] : agent.parts.filter(({ name }) => named.includes(name));
}

/** A secret that code reads itself, for a policy in the consumer's stack. */
export function secretInCodeAccess(consumer: Stack, { secret: given, _secretOptions: { secretKey } }: Capability): SecretAccess {
  const secret = given!;
  const { resource: { arn, label }, wildcard } = secretResource(consumer, secret);
  const resource = { arn: textForStack(consumer, arn), label };
  return {
    rights: { resources: [resource], region: secret.env.region, key: secretKey !== undefined ? keyResource(consumer, secretKey) : undefined },
    wildcards: wildcard ? [{ resource: resource.label, reason: KNOWN_BY_NAME }] : [],
  };
}

/** What the code hands to Secrets Manager as `SecretId`: the ARN, or the name where only that is known. */
export function secretIdInCode(consumer: Stack, secret: secretsmanager.ISecretRef): string {
  const { resource, wildcard } = secretResource(consumer, secret);
  return textForStack(consumer, wildcard ? nameOf(secret) : resource.arn);
}

/** The name of a secret for people, or its ARN. */
export function secretText(secret: secretsmanager.ISecretRef): string {
  const { secretFullArn } = secret as Partial<secretsmanager.ISecret>;
  return l1Of(secret) !== undefined ? secret.node.path : readable(secretFullArn ?? nameOf(secret), '(known at deployment)');
}

function nameOf(secret: secretsmanager.ISecretRef): string {
  return (secret as Partial<secretsmanager.ISecret>).secretName ?? secret.secretRef.secretId;
}
