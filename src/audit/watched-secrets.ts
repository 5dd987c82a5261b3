import { aws_secretsmanager as secretsmanager, Fn, Stack, Token } from 'aws-cdk-lib';
import { isAudited } from './audited-place';
import type { IdentityAudit } from './identity-audit';
import { valueForStack } from '../declaration/cross-stack-value';
import { environmentOf, environmentOfResource } from '../declaration/environment';
import { Ledger } from '../declaration/ledger';
import { outermostStack } from '../declaration/outermost-stack';
import { finalProperty } from '../declaration/rendered-properties';
import { ArnScope } from '../permission/arn-scope';
import { ProviderSecret } from '../provider/provider-secret';
import { l1Of, secretLabel } from '../provider/secret-access';

/** In front of the names of the secrets that AgentCore keeps. */
const KEPT_BY_AGENTCORE = 'bedrock-agentcore-identity!default/';

/** No secret of this length has another of the same beginning by accident. */
const LONGEST_BEGINNING = 200;

/** What CloudFormation adds to the logical id when it makes up a name. */
const MADE_UP_SUFFIX = 13;

/** How a secret's name and its ARN begin. */
export interface Beginnings {
  readonly texts: readonly string[];
  /** Of the same lengths, where deployment makes the name. */
  readonly samples: readonly string[];
}

/** A secret whose direct reads are counted. */
export interface WatchedSecret {
  /** Path of the construct, as part of an id. */
  readonly id: string;
  /** How its name and its ARN begin: who reads it may give either, the ARN also without its last seven characters. */
  readonly beginnings: Beginnings;
}

/** All secrets behind the providers of the audit's account and region that can be named, and the labels of those that cannot. */
export interface WatchedSecrets {
  readonly watched: readonly WatchedSecret[];
  readonly unknown: readonly string[];
}

export function watchedSecrets(audit: IdentityAudit, given: readonly secretsmanager.ISecretRef[]): WatchedSecrets {
  const named = new Set(given.map(secretKey));
  const once = new Map([...secretsOfProviders(audit).reverse(), ...given].map((secret) => [secretKey(secret), secret]));
  const found = [...once].map(([key, secret]) => ({ secret, beginnings: beginningsOf(audit.stack, secret, named.has(key)) }));
  return {
    watched: [
      { id: 'KeptByAgentCore', beginnings: beginnings(environmentOf(audit), KEPT_BY_AGENTCORE) },
      ...found.flatMap(({ secret, beginnings: known }) => (known === undefined ? [] : [{ id: secret.node.path.replace(/\//g, '.'), beginnings: known }])),
    ],
    unknown: found.filter(({ beginnings: known }) => known === undefined).map(({ secret }) => secretLabel(secret)).sort(),
  };
}

/** How name and ARN begin; nothing where that would take a reference to another stack, and nobody asked for one. */
export function beginningsOf(consumer: Stack, secret: secretsmanager.ISecretRef, byReference: boolean): Beginnings | undefined {
  const l1 = l1Of(secret);
  if (l1 === undefined) {
    return ofImport(secret);
  }
  const place = environmentOf(l1);
  const isHere = outermostStack(consumer) === outermostStack(l1.stack);
  // An L2 without a name assigns a token that comes to nothing.
  const name: unknown = l1.stack.resolve(finalProperty(l1, l1.name, 'Name'));
  if (typeof name === 'string') {
    return beginnings(place, name);
  }
  if (name !== undefined) {
    return isHere ? beginnings(place, l1.name as string, LONGEST_BEGINNING) : undefined;
  }
  const length = String(l1.stack.resolve(l1.logicalId)).length + MADE_UP_SUFFIX;
  return isHere || byReference ? beginnings(place, madeUpName(valueForStack(consumer, l1, l1.ref)), length) : undefined;
}

function secretsOfProviders(audit: IdentityAudit): secretsmanager.ISecretRef[] {
  const { oauth2Providers, apiKeyProviders } = Ledger.of(audit);
  const kept: { readonly secret: ProviderSecret; readonly audited: boolean }[] = [
    ...oauth2Providers.map(({ provider }) => ({ secret: provider.clientSecret, audited: isAudited(audit, provider, provider.env) })),
    ...apiKeyProviders.map(({ provider }) => ({ secret: provider.apiKey, audited: isAudited(audit, provider, provider.env) })),
  ];
  return kept.filter(({ audited }) => audited).flatMap(({ secret: { secret } }) => secret ?? []);
}

/** The same for two references to one secret, as far as is known. */
function secretKey(secret: secretsmanager.ISecretRef): string {
  return l1Of(secret)?.node.path ?? ofImport(secret)?.texts.join() ?? secret.node.path;
}

function ofImport(secret: secretsmanager.ISecretRef): Beginnings | undefined {
  const l2 = secret as Partial<secretsmanager.ISecret>;
  const isL2 = 'secretFullArn' in secret || 'secretArn' in secret;
  const whole = isL2 ? l2.secretFullArn : secret.secretRef.secretId;
  const partial = isL2 ? l2.secretArn : undefined;
  if (whole !== undefined && !Token.isUnresolved(whole) && whole.startsWith('arn:')) {
    return ofArn(whole.replace(/-[A-Za-z0-9]{6}$/, ''));
  }
  if (partial !== undefined && !Token.isUnresolved(partial) && partial.startsWith('arn:')) {
    return ofArn(partial);
  }
  const name = l2.secretName;
  return name !== undefined && !Token.isUnresolved(name) ? beginnings(environmentOfResource(secret), name) : undefined;
}

function ofArn(arn: string): Beginnings {
  const [place, name] = arn.split(':secret:');
  return withNames(`${place}:secret:`, name.slice(0, LONGEST_BEGINNING));
}

/** Of a name that is known, no more than it takes: a shorter beginning only stands for more. */
function beginnings({ partition, region, account }: ArnScope, name: string, length?: number): Beginnings {
  const place = `arn:${partition}:secretsmanager:${region}:${account}:secret:`;
  return length === undefined ? withNames(place, name.slice(0, LONGEST_BEGINNING)) : withNames(place, name, 'x'.repeat(length));
}

function withNames(place: string, name: string, sample: string = name): Beginnings {
  return { texts: [name, `${place}${name}`], samples: [sample, `${place}${sample}`] };
}

/** CloudFormation makes up a name of two parts, and Secrets Manager puts a third behind it in the ARN. */
function madeUpName(arn: string): string {
  const parts = Fn.split('-', Fn.select(6, Fn.split(':', arn)), 3);
  return Fn.join('-', [Fn.select(0, parts), Fn.select(1, parts)]);
}
