import { aws_kms as kms, aws_secretsmanager as secretsmanager, Token } from 'aws-cdk-lib';
import { SecretReference } from './secret-reference';
import { looksLikeCredential } from '../declaration/credential-signs';
import { expectKnownFields } from '../declaration/known-fields';
import { Problem } from '../declaration/problem';
import { Problems } from '../declaration/problems';

/** How to say it right, shown wherever a plaintext turns up. It never repeats what was received. */
function plaintextProblem(what: string, call: string): Problem {
  return {
    code: 'ProviderSecret/PlaintextRefused',
    what: `${what} was given as a value`,
    allowed: 'a reference to a Secrets Manager secret, which AgentCore reads when it needs it',
    fix: `Store it in Secrets Manager and write ${call}. The value received is not shown here, and would have been written into the template.`,
  };
}

/**
 * Where a provider's client secret or API key is kept. See `ClientSecret` and `ApiKey`.
 *
 * Only a reference ever reaches the template: the value stays in Secrets Manager.
 */
export abstract class ProviderSecret {
  /**
   * Problems of a value that should have been a reference. Never holds the value.
   *
   * @internal
   */
  public static _problemsOf(value: unknown, what: string, call: string): Problem[] {
    if (value instanceof ProviderSecret) {
      return [];
    }
    if (value === undefined || value === null) {
      return [{ code: 'ProviderSecret/Missing', what: `${what} is missing`, fix: `Write ${call}.` }];
    }
    return [isSecret(value) ? {
      code: 'ProviderSecret/NotWrapped',
      what: `${what} is a secret of Secrets Manager, and it is not said which member of its JSON holds the value`,
      received: value.node.path,
      fix: `Wrap it: ${call}, with this secret and the name of the member.`,
    } : plaintextProblem(what, call)];
  }

  /**
   * The secret in Secrets Manager.
   *
   * @default - AgentCore keeps the secret itself, under a name derived from the provider's
   */
  public readonly secret?: secretsmanager.ISecretRef;

  /**
   * The member of the secret's JSON that holds the value.
   *
   * @default - AgentCore keeps the secret itself
   */
  public readonly jsonKey?: string;

  /**
   * The customer-managed key that protects the secret, if it is known here.
   *
   * @default - the AWS managed key of Secrets Manager, or a key that this app does not know
   */
  public readonly encryptionKey?: kms.IKeyRef;

  /** @internal */
  protected constructor(what: string, call: string, reference?: SecretReference) {
    if (reference === undefined) {
      return;
    }
    const { secret, jsonKey, options } = reference;
    const problems = new Problems();
    if (!isSecret(secret)) {
      problems.add(plaintextProblem(what, call));
    }
    const isName = problems.expect(typeof jsonKey !== 'string' || Token.isUnresolved(jsonKey) || !looksLikeCredential(jsonKey), {
      code: 'ProviderSecret/JsonKey',
      what: 'JSON key of the secret looks like the value of a secret, and would stand in the template and in the report',
      allowed: 'the name of a member of the secret\'s JSON, such as client_secret',
      fix: 'Give the name of the member. If this is its name, give the member a plainer one. What was received is not shown here.',
    });
    if (isName) {
      problems.expectText(jsonKey, {
        name: 'JSON key of the secret',
        code: 'ProviderSecret/JsonKey',
        maximum: 128,
        mayBeSecret: true,
        pattern: /^[^{}"\r\n]+$/,
        allowed: '1 to 128 characters, the name of a member of the secret\'s JSON',
        fix: 'AgentCore reads one member of a JSON secret, so name it; a secret that holds the bare value must become JSON first.',
      });
    }
    expectKnownFields(problems, options ?? {}, ['encryptionKey'], 'A reference to a secret', 'ProviderSecret/UnknownField');
    const encryptionKey = options?.encryptionKey;
    problems.expect(encryptionKey === undefined || (typeof encryptionKey === 'object' && encryptionKey !== null && 'keyRef' in encryptionKey), {
      code: 'ProviderSecret/Key',
      what: 'encryptionKey is not a KMS key',
      // A text may be a secret in the wrong place.
      ...(typeof encryptionKey === 'string' ? {} : { received: encryptionKey }),
      fix: 'Pass a Key, or an import such as Key.fromKeyArn(this, \'Key\', arn).',
    });
    problems.raise();
    this.secret = secret;
    this.jsonKey = jsonKey;
    this.encryptionKey = encryptionKey ?? knownKey(secret!);
  }

  /**
   * Whether AgentCore keeps the secret itself (`MANAGED`), rather than reading yours (`EXTERNAL`).
   */
  public get isManagedByAgentCore(): boolean {
    return this.secret === undefined && !this.isAbsent;
  }

  /** Whether there is no secret at all, since the client authenticates in another way. */
  public get isAbsent(): boolean {
    return false;
  }
}


/** Whether the value is a secret of Secrets Manager: an L2, an import or an L1. */
export function isSecret(value: unknown): value is secretsmanager.ISecretRef {
  return typeof value === 'object' && value !== null && 'secretRef' in value && !('unsafeUnwrap' in value);
}

/** The customer-managed key that a secret tells of itself. */
export function knownKey(secret: secretsmanager.ISecretRef): kms.IKeyRef | undefined {
  const key = (secret as Partial<secretsmanager.ISecret>).encryptionKey;
  return key !== undefined && !Token.isUnresolved(key) ? key : undefined;
}
