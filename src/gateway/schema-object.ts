import { aws_kms as kms, aws_s3 as s3, Stack, Token } from 'aws-cdk-lib';
import { textForStack } from '../declaration/cross-stack-value';
import { refuse } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { TargetRight } from '../permission/gateway-statements';
import { keyResource } from '../provider/key-arn';

/** A schema that lies in S3. The gateway's role may read this one object. */
export interface SchemaObject {
  readonly bucket: s3.IBucket;
  readonly key: string;
}

/** Expects the key of one object: IAM would read a wildcard as many. */
export function schemaObject(bucket: s3.IBucket, key: string, what = 'schema', code = 'Schema/ObjectKey'): SchemaObject {
  if (typeof key !== 'string' || key === '' || /[*?]|\$\{(?!Token\[)/.test(key)) {
    refuse({
      code,
      what: `the key of the ${what} in S3 is not valid`,
      received: key,
      allowed: 'the key of one object, without * ? and ${, which IAM would read as a pattern',
      fix: 'Give the whole key.',
    }, bucket?.node.path);
  }
  return { bucket, key };
}

/** The object for people. */
export function schemaObjectLabel({ bucket, key }: SchemaObject): string {
  return `object ${bucket.node.path}/${key}`;
}

/** The object for the report of what a target calls: by the name of its bucket where that is known. */
export function schemaObjectPlace(object: SchemaObject): string {
  const { bucket: { bucketName }, key } = object;
  return Token.isUnresolved(bucketName) || Token.isUnresolved(key) ? readable(schemaObjectLabel(object), '(known at deployment)') : `s3://${bucketName}/${key}`;
}

/** What it takes to read the object: itself, and the customer-managed key that it is under. */
export function schemaObjectRights(consumer: Stack, object: SchemaObject, what: string, encryptionKey: kms.IKeyRef | undefined): TargetRight[] {
  const { bucket, key } = object;
  return [
    {
      sid: `Read${what}`,
      actions: ['s3:GetObject'],
      resources: [{ arn: textForStack(consumer, bucket.arnForObjects(key)), label: schemaObjectLabel(object) }],
      wildcards: [],
    },
    ...(encryptionKey === undefined ? [] : [{
      sid: `Decrypt${what}`,
      actions: ['kms:Decrypt'],
      resources: [keyResource(consumer, encryptionKey)],
      wildcards: [],
      conditions: [{ operator: 'StringEquals', key: 'kms:ViaService', values: [`s3.${bucket.env.region}.amazonaws.com`] }],
    }]),
  ];
}

/** The object as the L1 takes it. */
export function schemaObjectLocation(consumer: Stack, { bucket, key }: SchemaObject): { uri: string; bucketOwnerAccountId: string } {
  return { uri: textForStack(consumer, `s3://${bucket.bucketName}/${key}`), bucketOwnerAccountId: bucket.env.account ?? Stack.of(bucket).account };
}
