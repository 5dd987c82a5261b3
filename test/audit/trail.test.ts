import { join } from 'path';
import { App, aws_kms as kms, aws_logs as logs, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IdentityAudit, IdentityTrail } from '../../src';
import { runDecisionTable } from '../simulation/decision-table';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';
import { statementsOf } from '../situations/statements-of';
import { stackIn } from '../situations/story';

/* What records the events, and what it may do for it. */
const TRAIL = 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/Platform-Audit-891f5973';
const CLOUDTRAIL = { Service: 'cloudtrail.amazonaws.com' };

interface Story { readonly app: App; readonly stack: Stack; readonly audit: IdentityAudit }

function story(trail?: (stack: Stack) => IdentityTrail, id = 'Platform'): Story {
  const app = new App();
  const stack = stackIn(app, id);
  return { app, stack, audit: new IdentityAudit(stack, 'Audit', { trail: trail?.(stack) }) };
}

const dataEvents = (type: string) => ({
  Name: `AgentCore Identity: ${type}`,
  FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: [`AWS::BedrockAgentCore::${type}`] }],
});

describe('a trail of its own', () => {
  const { app } = story();
  const account = deploy(app);
  const [trail, ...others] = account.resourcesOfType('AWS::CloudTrail::Trail');
  const [logGroup] = account.resourcesOfType('AWS::Logs::LogGroup');
  const [bucket] = account.resourcesOfType('AWS::S3::Bucket');
  const [role] = account.resourcesOfType('AWS::IAM::Role');
  const bucketArn = bucket.attribute('Arn', 'this test') as string;

  test('records the five data events of Identity in this region, and management events', () => {
    expect(others).toEqual([]);
    expect(trail.properties).toEqual({
      TrailName: 'Platform-Audit-891f5973',
      IsLogging: true,
      IsMultiRegionTrail: false,
      IncludeGlobalServiceEvents: false,
      EnableLogFileValidation: true,
      S3BucketName: bucket.ref('this test'),
      CloudWatchLogsLogGroupArn: logGroup.attribute('Arn', 'this test'),
      CloudWatchLogsRoleArn: role.attribute('Arn', 'this test'),
      AdvancedEventSelectors: [
        dataEvents('WorkloadIdentity'),
        dataEvents('WorkloadIdentityDirectory'),
        dataEvents('TokenVault'),
        dataEvents('OAuth2CredentialProvider'),
        dataEvents('APIKeyCredentialProvider'),
        {
          Name: 'Changes, reads of secrets and token requests',
          FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }],
        },
      ],
    });
  });

  test('is written to a closed bucket that stays, by this trail only', () => {
    Template.fromStack(app.node.findChild('Platform') as Stack).hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(bucket.properties).toEqual({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(policiesOf(account).resourcePolicy(bucketArn)!.document.Statement).toEqual([
      { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: [bucketArn, `${bucketArn}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'CheckAclForIdentityAudit', Effect: 'Allow', Principal: CLOUDTRAIL, Action: 's3:GetBucketAcl', Resource: bucketArn, Condition: { StringEquals: { 'aws:SourceArn': TRAIL } } },
      {
        Sid: 'WriteIdentityAudit',
        Effect: 'Allow',
        Principal: CLOUDTRAIL,
        Action: 's3:PutObject',
        Resource: `${bucketArn}/AWSLogs/111111111111/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': TRAIL } },
      },
    ]);
  });

  test('and to a log group that stays, whose streams its role may write and nothing else', () => {
    Template.fromStack(app.node.findChild('Platform') as Stack).hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { RetentionInDays: 365 } });
    expect(statementsOf(account, role.ref('this test') as string)).toEqual([{
      Sid: 'WriteIdentityAudit',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:aws:logs:eu-west-1:111111111111:log-group:${logGroup.ref('this test')}:log-stream:111111111111_CloudTrail_eu-west-1*`,
    }]);
    expect(role.property('AssumeRolePolicyDocument').Statement).toEqual([{ Effect: 'Allow', Principal: CLOUDTRAIL, Action: 'sts:AssumeRole' }]);
  });

  test('waits for the bucket\'s policy', () => {
    Template.fromStack(app.node.findChild('Platform') as Stack).hasResource('AWS::CloudTrail::Trail', { DependsOn: [Match.stringLikeRegexp('LogFilesPolicy')] });
  });

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account, ['logs', 's3'])).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });

  test('the same input gives the same template', () => {
    expect(JSON.stringify(story().app.synth().getStackByName('Platform').template)).toBe(JSON.stringify(app.synth().getStackByName('Platform').template));
  });

  test('four alarms, which keep still while nothing happens', () => {
    const alarms = account.resourcesOfType('AWS::CloudWatch::Alarm').map(({ properties }) => properties);
    expect(alarms.map(({ MetricName }) => MetricName)).toEqual(['DeniedCalls', 'UserIdMints', 'DirectSecretReads', 'Changes']);
    for (const { AlarmDescription, MetricName, ...rest } of alarms) {
      expect([MetricName, rest]).toEqual([MetricName, {
        Namespace: 'AgentCoreIdentityAudit/Platform-Audit-891f5973',
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      }]);
      expect(AlarmDescription).toContain('Saved queries: Platform-Audit-891f5973');
    }
  });
});

describe('with everything given', () => {
  const { app, audit } = story((stack) => IdentityTrail.own({
    bucket: new s3.Bucket(stack, 'Files', { bucketName: 'audit-files', enforceSSL: true }),
    encryptionKey: new kms.Key(stack, 'Key'),
    logGroup: new logs.LogGroup(stack, 'Events', { logGroupName: 'audit-events' }),
  }));
  const account = deploy(app);

  test('nothing is made twice', () => {
    expect(account.resourcesOfType('AWS::S3::Bucket')).toHaveLength(1);
    expect(account.resourcesOfType('AWS::Logs::LogGroup')).toHaveLength(1);
    expect(account.resourcesOfType('AWS::KMS::Key')).toHaveLength(1);
    expect([audit.requiredBucketPolicy, audit.requiredKeyPolicy]).toEqual([[], []]);
  });

  test('log files are under the key', () => {
    const [key] = account.resourcesOfType('AWS::KMS::Key');
    expect(account.resourcesOfType('AWS::CloudTrail::Trail')[0].property('KMSKeyId')).toBe(key.attribute('Arn', 'this test'));
    const [, ...added] = key.property('KeyPolicy').Statement;
    expect(added).toEqual([
      {
        Sid: 'EncryptIdentityAudit',
        Effect: 'Allow',
        Principal: CLOUDTRAIL,
        Action: 'kms:GenerateDataKey*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceArn': TRAIL, 'kms:EncryptionContext:aws:cloudtrail:arn': TRAIL } },
      },
      { Sid: 'DescribeKeyForIdentityAudit', Effect: 'Allow', Principal: CLOUDTRAIL, Action: 'kms:DescribeKey', Resource: '*', Condition: { StringEquals: { 'aws:SourceArn': TRAIL } } },
    ]);
  });

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account, ['logs', 's3', 'kms'])).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });
});

runDecisionTable(join(__dirname, 'trail-decisions.json'), decided);

/** The same with a role that has a name, for the table. */
let deployed: FakeAccount | undefined;
function decided(): FakeAccount {
  if (deployed === undefined) {
    const { app, stack } = story((scope) => IdentityTrail.own({
      bucket: new s3.Bucket(scope, 'Files', { bucketName: 'audit-files', enforceSSL: true }),
      encryptionKey: new kms.Key(scope, 'Key'),
      logGroup: new logs.LogGroup(scope, 'Events', { logGroupName: 'audit-events' }),
    }));
    const { defaultChild } = stack.node.findChild('Audit').node.findChild('Trail').node.findChild('Role').node;
    (defaultChild as any).addPropertyOverride('RoleName', 'writer');
    deployed = deploy(app);
  }
  return deployed;
}

describe('what is imported takes no policy', () => {
  const { audit, stack } = story((scope) => IdentityTrail.own({
    bucket: s3.Bucket.fromBucketName(scope, 'Files', 'company-logs'),
    encryptionKey: kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555'),
  }));
  const json = (statements: { toStatementJson(): unknown }[]) => stack.resolve(statements.map((statement) => statement.toStatementJson()));

  test('its owner finds the statements to add', () => {
    expect(json(audit.requiredBucketPolicy)).toMatchObject([{ Action: 's3:GetBucketAcl' }, { Action: 's3:PutObject', Condition: { StringEquals: { 'aws:SourceArn': TRAIL } } }]);
    expect(json(audit.requiredKeyPolicy)).toMatchObject([{ Action: 'kms:GenerateDataKey*' }, { Action: 'kms:DescribeKey' }]);
  });
});

test('the bucket that is made may log who reads it, and be under the key', () => {
  const { app } = story((stack) => IdentityTrail.own({ accessLogsBucket: new s3.Bucket(stack, 'Access'), encryptionKey: new kms.Key(stack, 'Key'), logRetention: logs.RetentionDays.TWO_YEARS }));
  const account = deploy(app);
  const files = account.resourcesOfType('AWS::S3::Bucket').find(({ logicalId }) => logicalId.includes('LogFiles'))!;
  expect(files.property('LoggingConfiguration')).toMatchObject({ DestinationBucketName: expect.stringContaining('Access') });
  expect(files.property('BucketEncryption').ServerSideEncryptionConfiguration).toEqual([{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: expect.anything() } }]);
  expect(account.resourcesOfType('AWS::Logs::LogGroup')[0].property('RetentionInDays')).toBe(731);
  expect(templateSchemaErrors(account)).toEqual([]);
});

describe('a trail that exists', () => {
  const { app, audit } = story((stack) => IdentityTrail.existing(logs.LogGroup.fromLogGroupName(stack, 'Company', 'company-events')));
  const account = deploy(app);

  test('is not touched: only filters, alarms and queries on its log group are made', () => {
    expect([...new Set(account.resources.map(({ type }) => type))].sort()).toEqual(['AWS::CloudWatch::Alarm', 'AWS::Logs::MetricFilter', 'AWS::Logs::QueryDefinition']);
    account.resourcesOfType('AWS::Logs::MetricFilter').forEach((filter) => expect(filter.property('LogGroupName')).toBe('company-events'));
    account.resourcesOfType('AWS::Logs::QueryDefinition').forEach((query) => expect(query.property('LogGroupNames')).toEqual(['company-events']));
    expect([audit.requiredBucketPolicy, audit.requiredKeyPolicy]).toEqual([[], []]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });

  test('its owner adds the selectors of the five data events', () => {
    expect(IdentityAudit.eventSelectors().map(({ fieldSelectors }) => fieldSelectors)).toEqual(
      ['WorkloadIdentity', 'WorkloadIdentityDirectory', 'TokenVault', 'OAuth2CredentialProvider', 'APIKeyCredentialProvider']
        .map((type) => [{ field: 'eventCategory', equalTo: ['Data'] }, { field: 'resources.type', equalTo: [`AWS::BedrockAgentCore::${type}`] }]),
    );
  });
});

describe.each([['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov']])('in %s', (region, partition) => {
  test(`ARNs are of partition ${partition}`, () => {
    const app = new App();
    new IdentityAudit(new Stack(app, 'Platform', { env: { account: '111111111111', region } }), 'Audit');
    const template = JSON.stringify(app.synth().getStackByName('Platform').template);
    expect(template).toContain(`arn:${partition}:cloudtrail:${region}:111111111111:trail/`);
    expect(template).not.toContain('arn:aws:');
  });
});

describe('the saved queries', () => {
  const { app } = story();
  const queries = deploy(app).resourcesOfType('AWS::Logs::QueryDefinition').map(({ properties }) => properties);

  test('are found by the name of the audit', () => {
    expect(queries.map(({ Name }) => Name)).toEqual([
      'Platform-Audit-891f5973/Which agent used which provider for which user',
      'Platform-Audit-891f5973/Who was denied',
      'Platform-Audit-891f5973/Who minted for user ids',
      'Platform-Audit-891f5973/Who read which secret, and through which service',
      'Platform-Audit-891f5973/Who changed identities, providers and gateways',
    ]);
  });

  test('the first names agent, provider, flow, user id and caller', () => {
    expect(queries[0].QueryString).toBe([
      'fields @timestamp, eventName, requestParameters.workloadName as workload, requestParameters.resourceCredentialProviderName as provider, requestParameters.oauth2Flow as flow, '
        + 'requestParameters.userId as userId, userIdentity.sessionContext.sessionIssuer.arn as role, userIdentity.arn as caller, userIdentity.invokedBy as service, errorCode, resources.0.ARN as resource',
      '| filter eventSource = "bedrock-agentcore.amazonaws.com" and eventName in ["GetWorkloadAccessToken", "GetWorkloadAccessTokenForJWT", "GetWorkloadAccessTokenForUserId", '
        + '"GetResourceOauth2Token", "GetResourceApiKey", "GetResourcePaymentToken", "CompleteResourceTokenAuth"]',
      '| sort @timestamp desc',
    ].join('\n'));
  });

  test('show no field that could hold a secret or a token', () => {
    expect(JSON.stringify(queries)).not.toMatch(/responseElements|userToken|workloadIdentityToken|customState|sessionUri/);
  });
});
