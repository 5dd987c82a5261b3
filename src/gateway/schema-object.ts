import { aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { refuse } from '../declaration/problems';
import { NamedResource } from '../permission/statement';

/** A schema that lies in S3. The gateway's role may read this one object. */
export interface SchemaObject {
  readonly bucket: s3.IBucket;
  readonly key: string;
}

/** Expects the key of one object: IAM would read a wildcard as many. */
export function schemaObject(bucket: s3.IBucket, key: string): SchemaObject {
  if (typeof key !== 'string' || key === '' || /[*?]|\$\{(?!Token\[)/.test(key)) {
    refuse({
      code: 'Schema/ObjectKey',
      what: 'the key of the schema in S3 is not valid',
      received: key,
      allowed: 'the key of one object, without * ? and ${, which IAM would read as a pattern',
      fix: 'Give the whole key.',
    }, bucket?.node.path);
  }
  return { bucket, key };
}

/** The object as IAM names it. */
export function schemaObjectResource({ bucket, key }: SchemaObject): NamedResource {
  return { arn: bucket.arnForObjects(key), label: `object ${bucket.node.path}/${key}` };
}

/** The object as the L1 takes it. */
export function schemaObjectLocation({ bucket, key }: SchemaObject): { uri: string; bucketOwnerAccountId: string } {
  return { uri: `s3://${bucket.bucketName}/${key}`, bucketOwnerAccountId: bucket.env.account ?? Stack.of(bucket).account };
}
