import { aws_secretsmanager as secretsmanager, Token } from 'aws-cdk-lib';
import { IApiKeyProvider } from './api-key-provider';
import { expectUsableSigningKey } from './client-authentication-rules';
import { keyProblems } from './key-arn';
import { IOAuth2Provider } from './oauth2-provider';
import { environmentKey, providerKey } from './provider-key';
import { providerQuota } from './provider-quota';
import { ProviderSecret } from './provider-secret';
import { DeclaredProvider, Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { managedSecretPatternCovers } from '../permission/managed-secret-name';

type AnyProvider = IOAuth2Provider | IApiKeyProvider;

/** Rules about a provider that only show when the whole app is declared. Returns messages for CDK's validation. */
export function providerProblems(provider: AnyProvider): string[] {
  const problems = new Problems(provider.node.path);
  const ledger = Ledger.of(provider);
  const oauth2 = 'oAuth2CredentialProviderRef' in provider;
  const family: readonly DeclaredProvider<AnyProvider>[] = oauth2 ? ledger.oauth2Providers : ledger.apiKeyProviders;
  const kept: ProviderSecret = oauth2 ? (provider as IOAuth2Provider).clientSecret : (provider as IApiKeyProvider).apiKey;
  expectOwnName(problems, provider, family);
  expectWithinQuota(problems, provider, family, oauth2 ? 'OAuth2' : 'API-key');
  expectOwnManagedSecret(problems, provider, kept, family);
  expectUsableSecret(problems, provider, kept);
  if (oauth2) {
    expectUsableSigningKey(problems, provider as IOAuth2Provider);
  }
  return problems.messages();
}

function expectOwnName(problems: Problems, provider: AnyProvider, family: readonly DeclaredProvider<AnyProvider>[]): void {
  const owned = family.filter((declared) => declared.owned);
  const twin = owned.find((other) => other.provider !== provider && providerKey(other.provider) === providerKey(provider));
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
  const quota = providerQuota(provider, kind);
  const here = family.filter((declared) => declared.owned && environmentKey(declared.provider, declared.provider.env) === environmentKey(provider, provider.env));
  // Said once, by the first provider that is over.
  if (here.length > quota.limit && here[quota.limit].provider === provider) {
    problems.add({
      code: 'Provider/Quota',
      what: `the app defines ${here.length} ${kind} providers in one account and region`,
      received: here.length,
      allowed: `${quota.limit}, AWS's quota unless it was raised for the account`,
      fix: `Share providers between agents, or, if AWS has raised the quota, set the context "${quota.contextKey}" to the new number.`,
    });
  }
}

function expectOwnManagedSecret(problems: Problems, provider: AnyProvider, kept: ProviderSecret, family: readonly DeclaredProvider<AnyProvider>[]): void {
  if (!kept.isManagedByAgentCore || Token.isUnresolved(provider.providerName)) {
    return;
  }
  for (const { provider: other } of family) {
    if (!Token.isUnresolved(other.providerName) && environmentKey(other, other.env) === environmentKey(provider, provider.env)
      && managedSecretPatternCovers(provider.providerName, other.providerName)) {
      problems.add({
        code: 'Provider/SecretNameCovered',
        what: `a grant on the secret of provider ${provider.providerName} would also cover that of ${other.providerName}, since AgentCore keeps both under names that begin alike`,
        received: provider.providerName,
        fix: 'Rename one of them, or let both reference secrets of your own.',
      });
    }
  }
}

function expectUsableSecret(problems: Problems, provider: AnyProvider, kept: ProviderSecret): void {
  const { secret } = kept;
  if (secret === undefined) {
    return;
  }
  if (knownToDiffer(secret.env.region, provider.env.region)) {
    problems.add({
      code: 'ProviderSecret/OtherRegion',
      what: `the secret is in region ${secret.env.region}, the provider in ${provider.env.region}; AgentCore reads secrets of its own region only`,
      received: secret.node.path,
      fix: 'Replicate the secret to the provider\'s region and reference the replica.',
    });
  }
  const l1 = secretsmanager.CfnSecret.isCfnSecret(secret) ? secret : secret.node.defaultChild;
  if (secretsmanager.CfnSecret.isCfnSecret(l1) && l1.secretString !== undefined) {
    problems.add({
      code: 'ProviderSecret/PlaintextInTemplate',
      what: `secret ${secret.node.path} gets its value from the template`,
      allowed: 'a generated value that is replaced after deployment, or an imported secret',
      fix: 'Remove secretString / secretStringValue / secretObjectValue: everybody who can read the stack could read the value, which is not shown here.',
    });
  }
  const text = secret.secretRef.secretId;
  problems.expect(Token.isUnresolved(text) || !/[*?]|\$\{/.test(text), {
    code: 'ProviderSecret/Wildcard',
    what: 'the name or ARN of the secret holds a wildcard',
    received: text,
    fix: 'Name one secret.',
  });
  problems.addAll(kept.encryptionKey === undefined ? [] : keyProblems(kept.encryptionKey, `the encryption key of secret ${secret.node.path}`));
}
