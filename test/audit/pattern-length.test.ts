import { App, aws_iam as iam, Aws, Stack } from 'aws-cdk-lib';
import { deniedCalls, protectionChanges, recordingChanges } from '../../src/audit/audit-patterns';
import { patternLength } from '../../src/audit/pattern-length';
import { ENV, stackIn } from '../situations/story';

describe('the length of a filter pattern', () => {
  test('is that of its text, quotes counted once', () => expect(patternLength(stackIn(new App(), 'Stack'), '{ $.a = "b" }')).toBe(13));

  test('takes the longest partition and an account\'s digits where these are not known', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(patternLength(stack, `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/bot`)).toBe('arn:aws-us-gov:iam::111111111111:role/bot'.length);
  });

  test('takes the longest name of a role where CloudFormation makes it up', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    expect(patternLength(stack, `"${role.roleArn}"`)).toBe(`"arn:aws:iam::111111111111:role/${'x'.repeat(64)}"`.length);
  });
});

test.each([['denied calls', deniedCalls()], ['changes of what protects', protectionChanges()], ['changes of what trails record', recordingChanges()]])(
  'the pattern of %s fits into a metric filter, which takes 1,024 characters', (_what, pattern) => {
    expect(patternLength(stackIn(new App(), 'Stack'), pattern.logPatternString)).toBeLessThanOrEqual(1024);
  },
);
