import { aws_secretsmanager as secretsmanager, Token } from 'aws-cdk-lib';
import { ProviderSecret } from './provider-secret';
import { SecretReference } from './secret-reference';
import { SecretReferenceOptions } from './secret-reference-options';
import { looksLikeCredential } from '../declaration/credential-signs';
import { Problems } from '../declaration/problems';

/** The call that is shown where an API key is missing or given as a value. */
export const API_KEY_CALL = 'apiKey: ApiKey.fromSecretsManager(secret, \'api_key\')';

/**
 * Where an API key is kept. Never the key itself.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-providers.html
 */
export class ApiKey extends ProviderSecret {
  /**
   * A secret of yours in Secrets Manager (`EXTERNAL`). AgentCore reads it whenever it needs it, so a rotated key is used
   * without a deployment.
   *
   * The template holds the secret's ARN and the JSON key. Each agent that uses the provider may read the secret through
   * AWS services only (`aws:ViaAWSService`).
   *
   * @param secret the secret: owned, imported, or an L1. An import without the ARN's suffix is granted with six `?`, which
   * the access report lists.
   * @param jsonKey the member of the secret's JSON that holds the API key, 1 to 128 characters.
   * @param options the customer-managed key, where the secret does not tell it.
   * @throws [ProviderSecret/PlaintextRefused] when it is not a secret but a value
   * @throws [ProviderSecret/JsonKey] when the JSON key is missing or too long, or looks like the value of a secret
   */
  public static fromSecretsManager(secret: secretsmanager.ISecretRef, jsonKey: string, options: SecretReferenceOptions = {}): ApiKey {
    return new ApiKey('An API key', API_KEY_CALL, { secret, jsonKey, options });
  }

  /**
   * Several keys in one provider, since an account has 50: the member of your secret is itself a JSON text, with one member per
   * key (`{"bundle": "{\"weather\":\"…\",\"maps\":\"…\"}"}`). AgentCore hands out that text, and the agent's code
   * takes the key that it needs.
   *
   * Whoever may use the bundle may use all of it: AWS cannot tell the keys apart. The access report lists their names.
   *
   * @param secret the secret: owned, imported, or an L1.
   * @param jsonKey the member of the secret's JSON that holds the bundle, 1 to 128 characters.
   * @param keyNames the names of the keys in the bundle: at least two, each once.
   * @param options the customer-managed key, where the secret does not tell it.
   * @throws [ApiKey/Bundle] when there are fewer than two names, one twice or empty, or one that looks like a key itself
   */
  public static bundleFromSecretsManager(secret: secretsmanager.ISecretRef, jsonKey: string, keyNames: string[], options: SecretReferenceOptions = {}): ApiKey {
    const problems = new Problems();
    problems.expect(Array.isArray(keyNames) && keyNames.length >= 2 && new Set(keyNames).size === keyNames.length, {
      code: 'ApiKey/Bundle', what: 'a bundle holds at least two keys, each once', ...receivedNames(keyNames), fix: 'Use ApiKey.fromSecretsManager(secret, \'api_key\') for a single key.',
    });
    for (const name of Array.isArray(keyNames) ? keyNames : []) {
      problems.expectText(name, {
        name: 'name of a key in the bundle', code: 'ApiKey/Bundle', maximum: 128, mayBeSecret: true, allowed: '1 to 128 characters', fix: 'Give the member of the bundle\'s JSON.',
      });
      problems.expect(typeof name !== 'string' || Token.isUnresolved(name) || !looksLikeCredential(name), {
        code: 'ApiKey/Bundle',
        what: 'name of a key in the bundle looks like a key, and would stand in the report',
        allowed: 'the names of the members of the bundle\'s JSON, such as weather',
        fix: 'Give the names. If this is a name, give the member a plainer one. What was received is not shown here.',
      });
    }
    problems.raise();
    return new ApiKey('An API key', API_KEY_CALL, { secret, jsonKey, options }, [...keyNames].sort());
  }

  /**
   * The secret that AgentCore made for a provider that exists already (`MANAGED`). Only for imported providers.
   *
   * Each agent that uses the provider may read the secret of that name, through AWS services only. The suffix of its ARN is
   * not known, and the access report lists the pattern.
   */
  public static managedByAgentCore(): ApiKey {
    return new ApiKey('An API key', API_KEY_CALL);
  }

  /** Names of the keys, if it is a bundle of several. */
  public readonly bundledKeys: string[];

  /** @internal */
  protected constructor(
    what: string,
    call: string,
    reference?: SecretReference,
    bundledKeys: string[] = [],
  ) {
    super(what, call, reference);
    this.bundledKeys = Object.freeze(bundledKeys) as string[];
  }
}

/** What was received, unless keys may have been given in the place of their names. */
function receivedNames(keyNames: unknown): { readonly received?: unknown } {
  const mayBeKeys = typeof keyNames === 'string' || (Array.isArray(keyNames) && keyNames.some((name) => typeof name === 'string' && looksLikeCredential(name)));
  return mayBeKeys ? {} : { received: keyNames };
}
