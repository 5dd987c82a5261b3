import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { SecretReferenceOptions } from './secret-reference-options';
import { ProviderSecret } from './provider-secret';

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
   * @throws [ProviderSecret/JsonKey] when the JSON key is missing or too long
   */
  public static fromSecretsManager(secret: secretsmanager.ISecretRef, jsonKey: string, options: SecretReferenceOptions = {}): ApiKey {
    return new ApiKey('An API key', API_KEY_CALL, secret, jsonKey, options.encryptionKey);
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
}
