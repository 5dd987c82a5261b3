import { aws_kms as kms, aws_secretsmanager as secretsmanager, Token } from 'aws-cdk-lib';
import { IApiKeyProvider } from './api-key-provider';
import { expectUsableSigningKey } from './client-authentication-rules';
import { templateValue, warnOfGeneratedSecret } from './generated-secret';
import { keyBehind, keyProblems } from './key-arn';
import { IOAuth2Provider } from './oauth2-provider';
import { environmentKey, isSameProvider } from './provider-key';
import { ProviderSecret } from './provider-secret';
import { providersNamed } from './providers-named';
import { l1Of } from './secret-access';
import { expectAsDeclared } from '../declaration/declared-properties';
import { holdsPattern, knownText } from '../declaration/known-text';
import { DeclaredProvider, Ledger } from '../declaration/ledger';
import { Problem } from '../declaration/problem';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { managedSecretPatternCovers } from '../permission/managed-secret-name';
import { quotaOf } from '../quota/quota';

type AnyProvider = IOAuth2Provider | IApiKeyProvider;

/** Rules about a provider that only show when the whole app is declared. Returns messages for CDK's validation. */
export function providerProblems(provider: AnyProvider): string[] {
  const problems = new Problems(provider.node.path);
  const ledger = Ledger.of(provider);
  const oauth2 = 'oAuth2CredentialProviderRef' in provider;
  const family: readonly DeclaredProvider<AnyProvider>[] = oauth2 ? ledger.oauth2Providers : ledger.apiKeyProviders;
  const kept = secretOf(provider);
  expectOwnName(problems, provider, family);
  expectWithinQuota(problems, provider, family, oauth2 ? 'OAuth2' : 'API-key');
  expectOwnManagedSecret(problems, provider, kept, family);
  expectUsableSecret(problems, kept);
  warnOfGeneratedSecret(provider, kept);
  expectReadableElsewhere(problems, provider, kept);
  expectOneSecret(problems, provider, kept, family);
  expectUnchanged(problems, provider, oauth2 ? 'OAuth2Provider.fromProviderRef' : 'ApiKeyProvider.fromProviderRef');
  if (oauth2) {
    expectUsableSigningKey(problems, provider as IOAuth2Provider);
  }
  return problems.messages();
}

/** Agents' policies hold the name and the secret, and the report says of which client and authorization server they are. */
function expectUnchanged(problems: Problems, provider: AnyProvider, imported: string): void {
  expectAsDeclared(problems, provider, {
    code: 'Provider/ChangedElsewhere',
    fix: `Write it where the provider is declared; a name there as providerName. A provider that has to differ is made as an L1 with its final name, and declared with ${imported}(…), which takes the rest as it is.`,
    secretive: ['Oauth2ProviderConfigInput', 'ApiKeySecretConfig', 'ApiKey'],
  });
}

function secretOf(provider: AnyProvider): ProviderSecret {
  return 'oAuth2CredentialProviderRef' in provider ? (provider as IOAuth2Provider).clientSecret : (provider as IApiKeyProvider).apiKey;
}

function expectOwnName(problems: Problems, provider: AnyProvider, family: readonly DeclaredProvider<AnyProvider>[]): void {
  const owned = providersNamed(family, provider).filter((declared) => declared.owned);
  const twin = owned.find((other) => other.provider !== provider && isSameProvider(other.provider, provider));
  if (twin !== undefined && owned.some((declared) => declared.provider === provider)) {
    problems.add({
      code: 'Provider/NameTwice',
      what: `${twin.provider.node.path} defines a provider of the same name in the same account and region`,
      received: provider.providerName,
      fix: 'Leave the name out to have one derived, or import the other with fromProviderName.',
    });
  }
}

function expectWithinQuota(problems: Problems, provider: AnyProvider, family: readonly DeclaredProvider<AnyProvider>[], kind: 'OAuth2' | 'API-key'): void {
  const quota = quotaOf(provider, kind === 'OAuth2' ? 'oauth2Provider' : 'apiKeyProvider');
  if (family.length <= quota.limit) {
    return;
  }
  const owned = family.filter((declared) => declared.owned);
  const here = owned.filter((declared) => environmentKey(declared.provider, declared.provider.env) === environmentKey(provider, provider.env));
  // Said once, by the first provider that is over.
  if (here.length > quota.limit && here[quota.limit].provider === provider) {
    problems.add({
      code: 'Provider/Quota',
      what: `the app defines ${here.length} ${kind} providers in one account and region`,
      received: here.length,
      allowed: quota.allowed,
      fix: `Share providers between agents, or, ${quota.override}.`,
    });
  }
}

function expectOwnManagedSecret(problems: Problems, provider: AnyProvider, kept: ProviderSecret, family: readonly DeclaredProvider<AnyProvider>[]): void {
  if (!kept.isManagedByAgentCore || Token.isUnresolved(provider.providerName)) {
    return;
  }
  for (const { provider: other } of family) {
    if (!Token.isUnresolved(other.providerName) && managedSecretPatternCovers(provider.providerName, other.providerName)
      && environmentKey(other, other.env) === environmentKey(provider, provider.env)) {
      problems.add({
        code: 'Provider/SecretNameCovered',
        what: `a grant on the secret of provider ${provider.providerName} would also cover that of ${other.providerName}, since AgentCore keeps both under names that begin alike`,
        received: provider.providerName,
        fix: 'Rename one of them, or let both reference secrets of your own.',
      });
    }
  }
}

/** Judged at once: CDK itself would refuse the reference, in words of its own, before any validation. */
export function secretPlaceProblems(kept: ProviderSecret | undefined, region: string): Problem[] {
  const secret = kept instanceof ProviderSecret ? kept.secret : undefined;
  return secret === undefined || !knownToDiffer(secret.env.region, region) ? [] : [{
    code: 'ProviderSecret/OtherRegion',
    what: `the secret is in region ${secret.env.region}, the provider in ${region}; AgentCore reads secrets of its own region only`,
    received: secret.node.path,
    fix: 'Replicate the secret to the provider\'s region and reference the replica.',
  }];
}

/** Two declarations of one provider must not contradict each other: agents would get to read a secret that it does not use. */
function expectOneSecret(problems: Problems, provider: AnyProvider, kept: ProviderSecret, family: readonly DeclaredProvider<AnyProvider>[]): void {
  const other = providersNamed(family, provider).find((declared) => declared.provider !== provider && isSameProvider(declared.provider, provider)
    && contradict(kept, secretOf(declared.provider)));
  if (other !== undefined) {
    problems.add({
      code: 'Provider/SecretContradicts',
      what: `${other.provider.node.path} is the same provider with another secret`,
      received: kept.secret?.node.path ?? 'no secret of yours',
      fix: 'Say the same secret and JSON key wherever the provider is declared or imported.',
    });
  }
}

function contradict(a: ProviderSecret, b: ProviderSecret): boolean {
  if (a.secret === undefined || b.secret === undefined) {
    return a.secret !== b.secret;
  }
  const ids = [a.secret, b.secret].map((secret) => secret.secretRef.secretId);
  return knownToDiffer(a.jsonKey!, b.jsonKey!) || (ids.every((id) => id.startsWith('arn:')) && knownToDiffer(ids[0], ids[1]));
}

/** Whether the value is in the template. */
function isInTemplate(secret: secretsmanager.CfnSecret, jsonKey: string): boolean {
  const { value, generated } = templateValue(secret);
  return value !== undefined || templateHolds(generated?.template, jsonKey);
}

/** Whether a generated secret has the member already. */
function templateHolds(template: unknown, jsonKey: string): boolean {
  if (typeof template !== 'string') {
    return false;
  }
  try {
    return jsonKey in JSON.parse(template);
  } catch {
    return false;
  }
}

function expectUsableSecret(problems: Problems, kept: ProviderSecret): void {
  const { secret } = kept;
  if (secret === undefined) {
    return;
  }
  const l1 = l1Of(secret);
  if (l1 !== undefined && isInTemplate(l1, kept.jsonKey!)) {
    problems.add({
      code: 'ProviderSecret/PlaintextInTemplate',
      what: `secret ${secret.node.path} gets its value from the template`,
      allowed: 'a generated value that is replaced after deployment, or an imported secret',
      fix: 'Remove secretString / secretStringValue / secretObjectValue, or the override: everybody who can read the stack could read the value, which is not shown here.',
    });
  }
  const text = secret.secretRef.secretId;
  problems.expect(!holdsPattern(text), {
    code: 'ProviderSecret/Wildcard',
    what: 'the name or ARN of the secret holds a wildcard',
    received: text,
    fix: 'Name one secret.',
  });
  problems.expect('secretArn' in secret || secretsmanager.CfnSecret.isCfnSecret(secret) || knownText(text) === '' || text.startsWith('arn:'), {
    code: 'ProviderSecret/NotAnArn',
    what: 'the secret is referenced by its name, which IAM cannot grant',
    received: text,
    fix: 'Import it with Secret.fromSecretCompleteArn(…) or Secret.fromSecretNameV2(…).',
  });
  problems.addAll(kept.encryptionKey === undefined ? [] : keyProblems(kept.encryptionKey, `the encryption key of secret ${secret.node.path}`));
}

/** Another account's secret is found by its ARN only, and never under the AWS managed key, which other accounts cannot use. */
function expectReadableElsewhere(problems: Problems, provider: AnyProvider, { secret, encryptionKey }: ProviderSecret): void {
  if (secret === undefined || !knownToDiffer(secret.env.account, provider.env.account)) {
    return;
  }
  const l2 = secret as Partial<secretsmanager.ISecret>;
  const ownL2 = l2.secretArn !== undefined && secretsmanager.CfnSecret.isCfnSecret(secret.node.defaultChild);
  problems.expect(ownL2 || l2.secretFullArn !== undefined || (l2.secretArn === undefined && !secretsmanager.CfnSecret.isCfnSecret(secret)), {
    code: 'ProviderSecret/OtherAccountArn',
    what: `the secret is in account ${secret.env.account}, the provider in ${provider.env.account}, where AgentCore would look for a secret of this name`,
    received: secret.node.path,
    fix: 'Import it by its complete ARN: Secret.fromSecretCompleteArn(…).',
  });
  const key = encryptionKey === undefined ? undefined : keyBehind(encryptionKey);
  problems.expect(key !== undefined && !(kms.CfnKey.isCfnKey(key) || kms.CfnKey.isCfnKey(key.node.defaultChild)), {
    code: 'ProviderSecret/OtherAccountKey',
    what: `the secret is in account ${secret.env.account}, the provider in ${provider.env.account}, but ${key === undefined ? 'its key is not told, and other accounts cannot use the AWS managed key' : 'the ARN of its key is not known before deployment'}`,
    received: secret.node.path,
    fix: 'Protect it with a customer-managed key and say so: { encryptionKey: Key.fromKeyArn(this, \'Key\', \'arn:…\') }.',
  });
}
