import { aws_cloudtrail as cloudtrail, aws_iam as iam, aws_kms as kms, aws_logs as logs, aws_s3 as s3, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { dataEventSelectors, managementEventSelector } from './event-selectors';
import { OwnIdentityTrailOptions } from './identity-trail';
import { bucketStatements, CLOUDTRAIL, keyStatements, logStatement, trailArn } from './trail-policies';
import { environmentOf } from '../declaration/environment';

/**
 * A trail, the bucket and the log group that it writes to, and what lets it write there. An L1: the L2 takes no advanced selectors, names
 * no trail in the bucket's policy, and lets its role write to every stream of the log group.
 */
export class RecordedTrail extends Construct {
  public readonly logGroup: logs.ILogGroupRef;
  /** What a bucket or a key needs that took no statements. */
  public readonly requiredBucketPolicy: iam.PolicyStatement[];
  public readonly requiredKeyPolicy: iam.PolicyStatement[];

  constructor(scope: Construct, id: string, name: string, options: OwnIdentityTrailOptions) {
    super(scope, id);
    const place = environmentOf(this);
    const arn = trailArn(place, name);
    const bucket = options.bucket ?? this.makeBucket(options);
    this.requiredBucketPolicy = notTaken(bucketStatements(place, bucket.bucketArn, arn), (statement) => bucket.addToResourcePolicy(statement));
    const key = options.encryptionKey;
    this.requiredKeyPolicy = key === undefined ? [] : notTaken(keyStatements(arn), (statement) => key.addToResourcePolicy(statement, true));
    this.logGroup = options.logGroup ?? new logs.LogGroup(this, 'Events', {
      retention: options.logRetention ?? logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN,
    });
    // Without conditions on the trail: CloudTrail does not support them for this role, says its page.
    const role = new iam.Role(this, 'Role', {
      description: `CloudTrail writes the audit of AgentCore Identity with it (${this.node.path})`.slice(0, 1000),
      assumedBy: new iam.ServicePrincipal(CLOUDTRAIL),
      inlinePolicies: { WriteIdentityAudit: new iam.PolicyDocument({ statements: [logStatement(place, this.logGroup.logGroupRef.logGroupName)] }) },
    });
    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName: name,
      isLogging: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: false,
      enableLogFileValidation: true,
      s3BucketName: bucket.bucketName,
      kmsKeyId: key?.keyArn,
      cloudWatchLogsLogGroupArn: `arn:${place.partition}:logs:${place.region}:${place.account}:log-group:${this.logGroup.logGroupRef.logGroupName}:*`,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [...dataEventSelectors(), managementEventSelector()],
    });
    // CloudTrail tries to write when the trail is made.
    if (bucket.policy !== undefined) {
      trail.node.addDependency(bucket.policy);
    }
  }

  private makeBucket({ accessLogsBucket, encryptionKey }: OwnIdentityTrailOptions): s3.Bucket {
    return new s3.Bucket(this, 'LogFiles', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...encryption(encryptionKey),
      ...(accessLogsBucket !== undefined ? { serverAccessLogsBucket: accessLogsBucket } : {}),
    });
  }
}

/** Without an S3 Bucket Key, for which CloudTrail would need to decrypt: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
function encryption(key: kms.IKey | undefined): s3.BucketProps {
  return key === undefined ? { encryption: s3.BucketEncryption.S3_MANAGED } : { encryption: s3.BucketEncryption.KMS, encryptionKey: key };
}

/** Hands the statements to a policy and returns those that it did not take: an import takes none. */
function notTaken(statements: iam.PolicyStatement[], add: (statement: iam.PolicyStatement) => iam.AddToResourcePolicyResult): iam.PolicyStatement[] {
  return statements.filter((statement) => !add(statement).statementAdded);
}
