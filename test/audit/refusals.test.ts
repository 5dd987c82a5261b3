import { App, aws_cloudwatch as cloudwatch, aws_iam as iam, aws_kms as kms, aws_logs as logs, aws_s3 as s3, aws_secretsmanager as secretsmanager, aws_sns as sns, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IdentityAudit, IdentityTrail } from '../../src';
import { expectRefusal, lateCodes, lateMessages, refusalOf } from '../errors/refusal';
import { google, stackIn } from '../situations/story';

const stackOf = () => stackIn(new App(), 'Platform');

describe('a second audit', () => {
  test('of the same account and region is refused', () => {
    const app = new App();
    new IdentityAudit(stackIn(app, 'One'), 'Audit');
    new IdentityAudit(stackIn(app, 'Two'), 'Audit');
    expect(lateMessages(app)).toEqual(Array(2).fill(expect.stringContaining('One/Audit and Two/Audit audit the same account and region')));
    expect(lateCodes(app)).toEqual(['IdentityAudit/Twice at One/Audit', 'IdentityAudit/Twice at Two/Audit']);
  });

  test('also where neither is known', () => {
    const app = new App();
    new IdentityAudit(new Stack(app, 'One'), 'Audit');
    new IdentityAudit(new Stack(app, 'Two'), 'Audit');
    expect(lateCodes(app)).toEqual(['IdentityAudit/Twice at One/Audit', 'IdentityAudit/Twice at Two/Audit']);
  });

  test.each([
    ['another region', (app: App) => stackIn(app, 'Two', { env: { account: '111111111111', region: 'us-east-1' } })],
    ['another account', (app: App) => stackIn(app, 'Two', { env: { account: '222222222222', region: 'eu-west-1' } })],
    ['another stage', (app: App) => new Stack(new Stage(app, 'Test'), 'Two')],
  ])('of %s is not', (_where, second) => {
    const app = new App();
    new IdentityAudit(stackIn(app, 'One'), 'Audit');
    new IdentityAudit(second(app), 'Audit');
    expect(() => app.synth()).not.toThrow();
  });
});

describe('properties that are not valid', () => {
  test('are refused together', () => {
    const stack = stackOf();
    const props = { trail: 'company', alarmActions: [new sns.Topic(stack, 'Topic')], expectedSecretReaders: ['role'], watchedSecrets: ['hunter2'], topic: 1 };
    const { codes, message } = refusalOf(() => new IdentityAudit(stack, 'Audit', props as any));
    expect(codes).toEqual(['IdentityAudit/UnknownField', 'IdentityAudit/Trail', 'IdentityAudit/AlarmActions', 'IdentityAudit/ExpectedSecretReaders', 'IdentityAudit/WatchedSecrets']);
    expect(message).not.toContain('hunter2');
  });

  test('a topic is no action', () => {
    const stack = stackOf();
    expectRefusal(() => new IdentityAudit(stack, 'Audit', { alarmActions: [new sns.Topic(stack, 'Topic') as any] }), {
      code: 'IdentityAudit/AlarmActions', what: 'alarmActions is not valid', fix: 'Write alarmActions: [new SnsAction(topic)], with aws-cdk-lib/aws-cloudwatch-actions.', path: 'Platform/Audit',
    });
  });

  test.each([
    ['another region', { account: '111111111111', region: 'us-east-1' }],
    ['another account', { account: '222222222222', region: 'eu-west-1' }],
  ])('a log group of %s', (_where, env) => {
    const app = new App();
    const events = new logs.LogGroup(stackIn(app, 'Far', { env }), 'Events', { logGroupName: 'company-events' });
    [IdentityTrail.existing(events), IdentityTrail.own({ logGroup: events })].forEach((trail, index) =>
      expect(refusalOf(() => new IdentityAudit(stackIn(app, `Platform${index}`), 'Audit', { trail })).codes).toEqual(['IdentityAudit/LogGroupElsewhere']));
  });

  test('a secret whose name only deployment knows cannot be watched', () => {
    const stack = stackOf();
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', new CfnParameter(stack, 'Arn').valueAsString);
    expect(refusalOf(() => new IdentityAudit(stack, 'Audit', { watchedSecrets: [secret] })).codes).toEqual(['IdentityAudit/SecretName']);
  });

  test('more readers than a filter has room for', () => {
    const app = new App();
    const stack = stackIn(app, 'Platform');
    google(stack);
    const readers = Array.from({ length: 7 }, (_, each) => new iam.Role(stack, `Reader${each}`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    new IdentityAudit(stack, 'Audit', { expectedSecretReaders: readers });
    expect(lateCodes(app)).toEqual(['IdentityAudit/PatternTooLong at Platform/Audit']);
  });

  test('more secrets than a log group takes filters', () => {
    const app = new App();
    const stack = stackIn(app, 'Platform');
    const secrets = Array.from({ length: 96 }, (_, each) => new secretsmanager.Secret(stack, `Secret${each}`));
    new IdentityAudit(stack, 'Audit', { watchedSecrets: secrets });
    expect(lateCodes(app)).toEqual(['IdentityAudit/TooManySecrets at Platform/Audit']);
  });
});

describe('options of a trail that are not valid', () => {
  const stack = stackOf();

  test('are refused together', () => {
    expect(refusalOf(() => IdentityTrail.own({ bucket: 'a', accessLogsBucket: 'b', encryptionKey: 'c', logGroup: 'd', logRetention: 42, region: 'e' } as any)).codes).toEqual([
      'IdentityTrail/UnknownField', 'IdentityTrail/Bucket', 'IdentityTrail/AccessLogsBucket', 'IdentityTrail/EncryptionKey', 'IdentityTrail/LogGroup',
      'IdentityTrail/Contradiction', 'IdentityTrail/Contradiction', 'IdentityTrail/LogRetention',
    ]);
  });

  test.each([
    ['access logs of a bucket that is given', () => ({ bucket: new s3.Bucket(stack, 'B'), accessLogsBucket: new s3.Bucket(stack, 'A') })],
    ['a retention for a log group that is given', () => ({ logGroup: new logs.LogGroup(stack, 'L'), logRetention: logs.RetentionDays.ONE_DAY })],
  ])('%s', (_what, options) => expect(refusalOf(() => IdentityTrail.own(options())).codes).toEqual(['IdentityTrail/Contradiction']));

  test('an alias', () => {
    expect(refusalOf(() => IdentityTrail.own({ encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/audit') })).codes).toEqual(['IdentityTrail/KeyIsAlias']);
  });

  test('an existing trail is named by its log group', () => {
    expectRefusal(() => IdentityTrail.existing('arn:aws:cloudtrail:eu-west-1:111111111111:trail/company' as any), {
      code: 'IdentityTrail/LogGroup',
      what: 'it is not a log group',
      received: '"arn:aws:cloudtrail:eu-west-1:111111111111:trail/company"',
      fix: 'Pass a LogGroup, or LogGroup.fromLogGroupName(this, \'Trail\', name).',
    });
  });
});

describe('alarms that tell nobody', () => {
  const warning = Match.stringLikeRegexp('The alarms of the audit tell nobody');

  test('are warned of', () => {
    const stack = stackOf();
    new IdentityAudit(stack, 'Audit');
    Template.fromStack(stack);
    Annotations.fromStack(stack).hasWarning('/Platform/Audit', warning);
  });

  test('are not, with an action, which each alarm gets', () => {
    const stack = stackOf();
    const topic = new sns.Topic(stack, 'Topic');
    const audit = new IdentityAudit(stack, 'Audit', { alarmActions: [new SnsAction(topic)] });
    Template.fromStack(stack).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [stack.resolve(topic.topicArn)] });
    Annotations.fromStack(stack).hasNoWarning('/Platform/Audit', warning);
    expect([audit.deniedCallsAlarm, audit.userIdMintsAlarm, audit.directSecretReadsAlarm, audit.changesAlarm]).toEqual(Array(4).fill(expect.any(cloudwatch.Alarm)));
  });
});
