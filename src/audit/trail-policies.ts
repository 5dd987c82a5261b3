import { aws_iam as iam } from 'aws-cdk-lib';
import { ArnScope } from '../permission/arn-scope';

/** CloudTrail, when it writes log files and log streams. */
export const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/** By its name, since the policies have to be there before the trail is. */
export function trailArn({ partition, region, account }: ArnScope, name: string): string {
  return `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
export function bucketStatements(scope: ArnScope, bucketArn: string, trail: string): iam.PolicyStatement[] {
  const principals = [new iam.ServicePrincipal(CLOUDTRAIL)];
  const forTrail = { 'aws:SourceArn': trail };
  return [
    new iam.PolicyStatement({ sid: 'CheckAclForIdentityAudit', principals, actions: ['s3:GetBucketAcl'], resources: [bucketArn], conditions: { StringEquals: forTrail } }),
    new iam.PolicyStatement({
      sid: 'WriteIdentityAudit',
      principals,
      actions: ['s3:PutObject'],
      resources: [`${bucketArn}/AWSLogs/${scope.account}/*`],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...forTrail } },
    }),
  ];
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
export function keyStatements(trail: string): iam.PolicyStatement[] {
  const principals = [new iam.ServicePrincipal(CLOUDTRAIL)];
  return [
    new iam.PolicyStatement({
      sid: 'EncryptIdentityAudit',
      principals,
      actions: ['kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceArn': trail, 'kms:EncryptionContext:aws:cloudtrail:arn': trail } },
    }),
    new iam.PolicyStatement({
      sid: 'DescribeKeyForIdentityAudit', principals, actions: ['kms:DescribeKey'], resources: ['*'], conditions: { StringEquals: { 'aws:SourceArn': trail } },
    }),
  ];
}

/**
 * The streams of one log group that are named as CloudTrail names them for this account and region; it adds a number to further ones.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function logStatement({ partition, region, account }: ArnScope, logGroupName: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'WriteIdentityAudit',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [`arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}:log-stream:${account}_CloudTrail_${region}*`],
  });
}
