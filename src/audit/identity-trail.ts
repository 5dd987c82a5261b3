import { aws_kms as kms, aws_logs as logs, aws_s3 as s3 } from 'aws-cdk-lib';
import { trailOptionProblems } from './identity-trail-rules';
import { refuse } from '../declaration/problems';

/** Where a trail of its own keeps what it records. */
export interface OwnIdentityTrailOptions {
  /**
   * The bucket for the log files, which are the record that lasts. A bucket of this app gets two statements in its policy; for an
   * imported one they are in `IdentityAudit.requiredBucketPolicy`, for its owner to add before the first deployment. With an S3 Bucket Key
   * on it, CloudTrail asks for `kms:Decrypt` in the policy of `encryptionKey`, which is not written here.
   *
   * @default - a bucket is made: versioned, encrypted, closed to the public, TLS only, retained when the stack is deleted
   */
  readonly bucket?: s3.IBucket;

  /**
   * Where S3 logs who reads the bucket that is made. Not together with `bucket`.
   *
   * @default - reads of log files are not logged
   */
  readonly accessLogsBucket?: s3.IBucket;

  /**
   * A customer-managed key for the log files, in the region of the bucket. A key of this app gets two statements in its policy; for an
   * imported one they are in `IdentityAudit.requiredKeyPolicy`. Not for the log group: make that yourself to have a key for it.
   *
   * @default - a key of S3
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The log group that the alarms and queries work on, of this account and region.
   *
   * @default - a log group is made, retained when the stack is deleted
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * How long events can be queried in the log group that is made. Log files stay longer. Not together with `logGroup`.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * Where the events of an audit come from.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
 */
export class IdentityTrail {
  /**
   * A trail that is made for the audit. Selectors replace those that a trail has, so nobody else's trail is touched.
   *
   * @throws [IdentityTrail/...] for options that are not valid or contradict each other
   */
  public static own(options: OwnIdentityTrailOptions = {}): IdentityTrail {
    const problems = trailOptionProblems(options);
    problems.raise();
    return new IdentityTrail(options);
  }

  /**
   * A trail that the account has already and that somebody else keeps: only the log group that it writes to is named here, of this
   * account and region. Its owner adds `IdentityAudit.eventSelectors()` to the trail's selectors, and records management events, reads
   * included; synthesis cannot see whether they did.
   *
   * @throws [IdentityTrail/LogGroup] when it is not a log group
   */
  public static existing(logGroup: logs.ILogGroupRef): IdentityTrail {
    if (!isLogGroup(logGroup)) {
      refuse({
        code: 'IdentityTrail/LogGroup', what: 'it is not a log group', received: logGroup, fix: 'Pass a LogGroup, or LogGroup.fromLogGroupName(this, \'Trail\', name).',
      });
    }
    return new IdentityTrail(undefined, logGroup);
  }

  private constructor(
    /** @internal */
    public readonly _own: OwnIdentityTrailOptions | undefined,
    /** @internal */
    public readonly _existing?: logs.ILogGroupRef,
  ) {}
}

function isLogGroup(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'logGroupRef' in value;
}
