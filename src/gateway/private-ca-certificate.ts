import { aws_kms as kms, aws_s3 as s3, aws_secretsmanager as secretsmanager, Stack, Token } from 'aws-cdk-lib';
import { SchemaObject, schemaObject, schemaObjectLabel, schemaObjectLocation, schemaObjectRights } from './schema-object';
import { textForStack, valueForStack } from '../declaration/cross-stack-value';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { TargetRight } from '../permission/gateway-statements';
import { keyProblems, keyResource } from '../provider/key-arn';
import { isSecret, knownKey } from '../provider/provider-secret';
import { KNOWN_BY_NAME, l1Of, secretResource } from '../provider/secret-access';

/** What a secret or a bucket does not tell about itself. */
export interface PrivateCaCertificateOptions {
  /**
   * The customer-managed KMS key that protects the secret or the object.
   *
   * @default - the key that the secret or the bucket knows; else one of AWS's, which needs no grant
   */
  readonly encryptionKey?: kms.IKeyRef;
}

/** Where a certificate lies. */
interface Place {
  readonly secret?: secretsmanager.ISecretRef;
  readonly object?: SchemaObject;
  readonly encryptionKey?: kms.IKeyRef;
}

/**
 * The certificate of a private certificate authority (CA), by which a gateway tells that a target is the right one: it trusts TLS
 * certificates that this authority issued, beside public ones. Give it to `gateway.addTarget`.
 *
 * Only the place stands in the template. The gateway's role may read that one secret or object, and nothing else with it. It is a
 * certificate that everybody may see, and never the private key: a gateway shows targets no certificate of its own (mutual TLS).
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CertificateConfiguration.html
 */
export class PrivateCaCertificate {
  /**
   * A certificate in PEM, kept as a secret of its own in Secrets Manager.
   *
   * In the template: the secret's ARN on the target, and for the gateway's role `secretsmanager:GetSecretValue` on this secret; with
   * a customer-managed key also `kms:Decrypt` through Secrets Manager. A secret imported without the ARN's suffix is granted with six
   * `?`, which the access report lists.
   *
   * @throws [PrivateCaCertificate/NotASecret] when it is not a secret but a value
   * @throws [PrivateCaCertificate/Key] when the key is not one, or an alias that does not know its key
   */
  public static fromSecret(secret: secretsmanager.ISecretRef, options: PrivateCaCertificateOptions = {}): PrivateCaCertificate {
    const problems = new Problems();
    const known = problems.expect(isSecret(secret), {
      code: 'PrivateCaCertificate/NotASecret',
      what: 'the certificate was given as a value',
      allowed: 'a secret of Secrets Manager, which the gateway reads when it connects',
      fix: 'Store the PEM text and pass the secret, or put it into S3: PrivateCaCertificate.fromBucket(bucket, \'ca.pem\'). The value received is not shown here.',
    });
    expectKey(problems, options);
    problems.raise();
    return new PrivateCaCertificate({ secret, encryptionKey: options.encryptionKey ?? (known ? knownKey(secret) : undefined) });
  }

  /**
   * A certificate in PEM, as one object in S3.
   *
   * In the template: the object's address and the account of its bucket on the target, and for the gateway's role `s3:GetObject` on
   * this object; with a customer-managed key also `kms:Decrypt` through S3. Whoever may write the object decides whom the gateway trusts.
   *
   * @throws [PrivateCaCertificate/Bucket] when it is no bucket
   * @throws [PrivateCaCertificate/ObjectKey] when the key is not that of one object
   * @throws [PrivateCaCertificate/Key] when the key is not one, or an alias that does not know its key
   */
  public static fromBucket(bucket: s3.IBucket, objectKey: string, options: PrivateCaCertificateOptions = {}): PrivateCaCertificate {
    const problems = new Problems();
    problems.expect(typeof bucket === 'object' && bucket !== null && typeof bucket.arnForObjects === 'function', {
      code: 'PrivateCaCertificate/Bucket', what: 'it is not a bucket', received: bucket, fix: 'Pass a Bucket, or an import such as Bucket.fromBucketName(this, \'Certificates\', name).',
    });
    expectKey(problems, options);
    problems.raise();
    const object = schemaObject(bucket, objectKey, 'certificate', 'PrivateCaCertificate/ObjectKey');
    return new PrivateCaCertificate({ object, encryptionKey: options.encryptionKey ?? bucket.encryptionKey });
  }

  private constructor(private readonly place: Place) {}

  /** The place, in words that are the same for the same. @internal */
  public _label(consumer: Stack): string {
    const { secret, object } = this.place;
    return secret !== undefined ? secretResource(consumer, secret).resource.label : schemaObjectLabel(object!);
  }

  /** As CloudFormation takes it. @internal */
  public _configuration(consumer: Stack): object {
    const { secret, object } = this.place;
    if (secret !== undefined) {
      return { SecretsManager: { SecretArn: secretArn(consumer, secret) } };
    }
    const { uri, bucketOwnerAccountId } = schemaObjectLocation(consumer, object!);
    return { S3: { Uri: uri, BucketOwnerAccountId: bucketOwnerAccountId } };
  }

  /** What the gateway's role needs to read it. @internal */
  public _rights(consumer: Stack): TargetRight[] {
    const { secret, object, encryptionKey } = this.place;
    if (secret === undefined) {
      return schemaObjectRights(consumer, object!, 'CertificateObjects', encryptionKey);
    }
    const { resource, wildcard } = secretResource(consumer, secret);
    return [
      { sid: 'ReadCertificateSecrets', actions: ['secretsmanager:GetSecretValue'], resources: [resource], wildcards: wildcard ? [{ resource: resource.label, reason: KNOWN_BY_NAME }] : [] },
      ...(encryptionKey === undefined ? [] : [{
        sid: 'DecryptCertificateSecrets',
        actions: ['kms:Decrypt'],
        resources: [keyResource(consumer, encryptionKey)],
        wildcards: [],
        conditions: [{ operator: 'StringEquals', key: 'kms:ViaService', values: [`secretsmanager.${secret.env.region}.amazonaws.com`] }],
      }]),
    ];
  }

  /** What an owner in another account has to do. @internal */
  public _leftToOthers(consumer: Stack, role: string): string[] {
    const { secret, object } = this.place;
    const owner = secret ?? object!.bucket;
    return knownToDiffer(owner.env.account, consumer.account) ? [
      `The owner of ${this._label(consumer)} in account ${owner.env.account} lets ${role} read it, and use the key that it is under: the private CA certificate of a target lies there.`,
    ] : [];
  }
}

function expectKey(problems: Problems, options: PrivateCaCertificateOptions): void {
  expectKnownFields(problems, options, ['encryptionKey'], 'A private CA certificate', 'PrivateCaCertificate/UnknownField');
  const key = options?.encryptionKey;
  const isKey = problems.expect(key === undefined || (typeof key === 'object' && key !== null && 'keyRef' in key), {
    code: 'PrivateCaCertificate/Key', what: 'encryptionKey is not a KMS key', received: key, fix: 'Pass a Key, or an import such as Key.fromKeyArn(this, \'Key\', arn).',
  });
  if (isKey && key !== undefined) {
    problems.addAll(keyProblems(key, 'the key of the certificate', 'PrivateCaCertificate/Key'));
  }
}

/** The complete ARN where it is known. Unlike providers, certificates take no name. */
function secretArn(consumer: Stack, secret: secretsmanager.ISecretRef): string {
  const l1 = l1Of(secret);
  // CDK tells the ARN to another account by the secret's name.
  if (l1 !== undefined && !knownToDiffer(secret.env.account, consumer.account)) {
    return valueForStack(consumer, l1, l1.ref);
  }
  const l2 = secret as Partial<secretsmanager.ISecret>;
  const arn = l2.secretFullArn ?? l2.secretArn ?? secret.secretRef.secretId;
  return Token.isUnresolved(arn) ? textForStack(consumer, arn) : arn;
}
