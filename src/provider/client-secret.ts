import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { ProviderSecret } from './provider-secret';
import { SecretReferenceOptions } from './secret-reference-options';

/** The call that is shown where a client secret is missing or given as a value. */
export const CLIENT_SECRET_CALL = 'clientSecret: ClientSecret.fromSecretsManager(secret, \'client_secret\')';

/**
 * Where the secret of an OAuth2 client is kept. Never the secret itself.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-providers.html
 */
export class ClientSecret extends ProviderSecret {
  /**
   * A secret of yours in Secrets Manager (`EXTERNAL`). AgentCore reads it whenever it needs it, so a rotated secret is used
   * without a deployment.
   *
   * The template holds the secret's ARN and the JSON key. Each agent that uses the provider may read the secret through
   * AWS services only (`aws:ViaAWSService`): AgentCore reads it with the caller's permissions, the agent's code cannot. If
   * the secret has a customer-managed key that is known here, the agent may decrypt with it through Secrets Manager.
   *
   * @param secret the secret: owned, imported, or an L1. An import without the ARN's suffix is granted with six `?`, which
   * the access report lists.
   * @param jsonKey the member of the secret's JSON that holds the client secret, 1 to 128 characters.
   * @param options the customer-managed key, where the secret does not tell it.
   * @throws [ProviderSecret/PlaintextRefused] when it is not a secret but a value
   * @throws [ProviderSecret/JsonKey] when the JSON key is missing or too long, or looks like the value of a secret
   */
  public static fromSecretsManager(secret: secretsmanager.ISecretRef, jsonKey: string, options: SecretReferenceOptions = {}): ClientSecret {
    return new ClientSecret('A client secret', CLIENT_SECRET_CALL, { secret, jsonKey, options });
  }

  /**
   * The secret that AgentCore made for a provider that exists already (`MANAGED`), as official L2 and console-made
   * providers have it. Only for imported providers: it cannot be made here without the value passing through the template.
   *
   * Each agent that uses the provider may read the secret of that name, through AWS services only. The name is derived from
   * the provider's; the suffix of its ARN is not known, and the access report lists the pattern.
   */
  public static managedByAgentCore(): ClientSecret {
    return new ClientSecret('A client secret', CLIENT_SECRET_CALL);
  }

  /**
   * What stands in the place of a secret where the client authenticates without one. Follows from its `ClientAuthentication`.
   *
   * @internal
   */
  public static _absent(): ClientSecret {
    return new AbsentClientSecret('A client secret', CLIENT_SECRET_CALL);
  }
}

class AbsentClientSecret extends ClientSecret {
  public get isAbsent(): boolean {
    return true;
  }
}
