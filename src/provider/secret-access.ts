import { aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { keyResource } from './key-arn';
import { ProviderSecret } from './provider-secret';
import { valueForStack } from '../declaration/cross-stack-value';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';
import { ArnScope } from '../permission/arn-scope';
import { ManagedSecretKind, managedSecretArnOfPrefix, managedSecretArns } from '../permission/managed-secret-name';
import { SecretRights } from '../permission/rights';
import { NamedResource } from '../permission/statement';

/** A provider's secret, as the role of an agent may read it. */
export interface SecretAccess {
  readonly rights: SecretRights;
  /** What cannot be named exactly, and why. */
  readonly wildcards: readonly { readonly resource: string; readonly reason: string }[];
}

/** The provider that a secret belongs to. */
export interface SecretOwner {
  readonly scope: ArnScope;
  readonly name: string;
  readonly kind: ManagedSecretKind;
  readonly path: string;
  /** What the names begin with, where it is not one provider. */
  readonly namePrefix?: string;
}

/** Why a secret is named by a pattern. */
export const KNOWN_BY_NAME = 'The secret is known by its name, and Secrets Manager puts six characters behind it. Import it by its complete ARN to name it exactly.';

/** The secret behind a provider, for a policy in the consumer's stack. */
export function secretAccess(consumer: Stack, owner: SecretOwner, kept: ProviderSecret): SecretAccess {
  if (kept.isAbsent) {
    return { rights: { resources: [], region: owner.scope.region }, wildcards: [] };
  }
  if (kept.secret === undefined) {
    return owner.namePrefix !== undefined ? managedOfPrefix(owner, owner.namePrefix) : managed(owner);
  }
  const { resource, wildcard } = secretResource(consumer, kept.secret);
  return {
    rights: {
      resources: [resource],
      // AgentCore reads secrets of its own region only; the secret's own may be known only at deployment.
      region: owner.scope.region,
      key: kept.encryptionKey !== undefined ? keyResource(consumer, kept.encryptionKey) : undefined,
    },
    wildcards: wildcard ? [{ resource: resource.label, reason: KNOWN_BY_NAME }] : [],
  };
}

/** Names a secret for people, without its value. */
export function secretLabel(secret: secretsmanager.ISecretRef): string {
  if (l1Of(secret) !== undefined) {
    return `secret ${secret.node.path}`;
  }
  return `secret ${readable(fullArn(secret) ?? partialArn(secret), secret.node.path)}`;
}

function managed(owner: SecretOwner): SecretAccess {
  const name = readable(owner.name, owner.path);
  const resources = managedSecretArns(owner.scope, owner.kind, owner.name)
    .map((arn) => ({ arn, label: `secret bedrock-agentcore-identity!default/${owner.kind}/${name}${suffixOf(arn)}` }));
  return {
    rights: { resources, region: owner.scope.region },
    wildcards: resources.map(({ label }) => ({
      resource: label,
      reason: 'AgentCore keeps this secret and puts random characters behind its name. Reference a secret of your own to name it exactly.',
    })),
  };
}

function managedOfPrefix({ scope, kind, path }: SecretOwner, prefix: string): SecretAccess {
  const label = `secret bedrock-agentcore-identity!default/${kind}/${readable(prefix, path)}*-??????`;
  return {
    rights: { resources: [{ arn: managedSecretArnOfPrefix(scope, kind, prefix), label }], region: scope.region, ofPrefix: true },
    wildcards: [{ resource: label, reason: 'AgentCore keeps the secrets of these providers, and no others are under such names. They are read through AgentCore only, and only those that have its tag.' }],
  };
}

function suffixOf(arn: string): string {
  return /[-?]+$/.exec(arn)?.[0] ?? '';
}

/** A secret as a policy names it, and whether by a pattern. */
export function secretResource(consumer: Stack, secret: secretsmanager.ISecretRef): { resource: NamedResource; wildcard: boolean } {
  const label = secretLabel(secret);
  const l1 = l1Of(secret);
  if (l1 !== undefined && 'secretArn' in secret && knownToDiffer(secret.env.account, consumer.account)) {
    // CDK tells the ARN to another account by the secret's name, without the suffix that Secrets Manager adds.
    return { resource: { arn: `${partialArn(secret)}-??????`, label: `${label}-??????` }, wildcard: true };
  }
  if (l1 !== undefined) {
    return { resource: { arn: valueForStack(consumer, l1, l1.ref), label }, wildcard: false };
  }
  const arn = fullArn(secret);
  return arn !== undefined
    ? { resource: { arn, label }, wildcard: false }
    : { resource: { arn: `${partialArn(secret)}-??????`, label: `${label}-??????` }, wildcard: true };
}

/** The L1 behind a secret that is made in this app. */
export function l1Of(secret: secretsmanager.ISecretRef): secretsmanager.CfnSecret | undefined {
  const l1 = secretsmanager.CfnSecret.isCfnSecret(secret) ? secret : secret.node.defaultChild;
  return secretsmanager.CfnSecret.isCfnSecret(l1) ? l1 : undefined;
}

/** An L2 import tells whether its ARN has the suffix; another reference is taken as complete if it is an ARN. */
function fullArn(secret: secretsmanager.ISecretRef): string | undefined {
  return 'secretFullArn' in secret || 'secretArn' in secret
    ? (secret as secretsmanager.ISecret).secretFullArn
    : secret.secretRef.secretId;
}

function partialArn(secret: secretsmanager.ISecretRef): string {
  return (secret as secretsmanager.ISecret).secretArn;
}
