import { aws_logs as logs } from 'aws-cdk-lib';
import type { OwnIdentityTrailOptions } from './identity-trail';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** What is wrong with the options of a trail. */
export function trailOptionProblems(options: OwnIdentityTrailOptions): Problems {
  const problems = new Problems();
  expectKnownFields(problems, options, ['bucket', 'accessLogsBucket', 'encryptionKey', 'logGroup', 'logRetention'], 'A trail', 'IdentityTrail/UnknownField');
  const { bucket, accessLogsBucket, encryptionKey, logGroup, logRetention } = options ?? {};
  expectConstruct(problems, bucket, 'bucket', 'bucketArn', 'Pass a Bucket, or an import such as Bucket.fromBucketName(this, \'Logs\', name).');
  expectConstruct(problems, accessLogsBucket, 'accessLogsBucket', 'bucketArn', 'Pass a Bucket.');
  expectConstruct(problems, encryptionKey, 'encryptionKey', 'keyArn', 'Pass a Key, or an import such as Key.fromKeyArn(this, \'Key\', arn).');
  expectConstruct(problems, logGroup, 'logGroup', 'logGroupRef', 'Pass a LogGroup, or LogGroup.fromLogGroupName(this, \'Audit\', name).');
  problems.expect(typeof encryptionKey !== 'object' || !('aliasName' in encryptionKey), {
    code: 'IdentityTrail/KeyIsAlias', what: 'encryptionKey is an alias', fix: 'Pass the key behind it: what CloudTrail encrypts with must not depend on who changes an alias.',
  });
  problems.expect(bucket === undefined || accessLogsBucket === undefined, {
    code: 'IdentityTrail/Contradiction', what: 'accessLogsBucket is for the bucket that is made, and bucket names another', fix: 'Set the access logs on that bucket itself.',
  });
  problems.expect(logGroup === undefined || logRetention === undefined, {
    code: 'IdentityTrail/Contradiction', what: 'logRetention is for the log group that is made, and logGroup names another', fix: 'Set the retention on that log group itself.',
  });
  problems.expect(logRetention === undefined || Object.values(logs.RetentionDays).includes(logRetention), {
    code: 'IdentityTrail/LogRetention', what: 'logRetention is not a time that CloudWatch Logs knows', received: logRetention, fix: 'Write logs.RetentionDays.ONE_YEAR.',
  });
  return problems;
}

function expectConstruct(problems: Problems, value: unknown, name: string, member: string, fix: string): void {
  problems.expect(value === undefined || (typeof value === 'object' && value !== null && member in value), {
    code: `IdentityTrail/${name[0].toUpperCase()}${name.slice(1)}`, what: `${name} is not valid`, received: value, fix,
  });
}
