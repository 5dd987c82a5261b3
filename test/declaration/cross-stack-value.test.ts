import { App, aws_s3 as s3, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { textForStack } from '../../src/declaration/cross-stack-value';

/* What a consumer in Team writes for a text that refers to Platform. */
const ENV = { account: '111111111111', region: 'eu-west-1' };
const READ_AT_DEPLOYMENT = { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: expect.any(String), Region: 'eu-west-1' } };

function written(text: (platform: Stack) => string, account = ENV.account) {
  const app = new App();
  const platform = new Stack(app, 'Platform', { env: ENV });
  const team = new Stack(app, 'Team', { env: { ...ENV, account } });
  new CfnOutput(team, 'Out', { value: textForStack(team, text(platform)) });
  const assembly = app.synth();
  return { value: assembly.getStackByName('Team').template.Outputs.Out.Value, exported: JSON.stringify(assembly.getStackByName('Platform').template).includes('"Export"') };
}

const bucket = (platform: Stack) => new s3.Bucket(platform, 'Bucket', { bucketName: 'reports' });

test.each<[string, (platform: Stack) => string, unknown]>([
  ['a text without references', () => 'arn:aws:s3:::reports', 'arn:aws:s3:::reports'],
  ['a parameter', (platform) => new CfnParameter(platform, 'Name').valueAsString, READ_AT_DEPLOYMENT],
  ['an attribute of a resource', (platform) => (bucket(platform).node.defaultChild as s3.CfnBucket).attrArn, READ_AT_DEPLOYMENT],
  ['what an L2 hands out', (platform) => bucket(platform).bucketArn, READ_AT_DEPLOYMENT],
  ['a text around what an L2 hands out', (platform) => `${bucket(platform).bucketArn}/*`, { 'Fn::Join': ['', [READ_AT_DEPLOYMENT, '/*']] }],
])('%s of another stack is read without an export', (_what, text, expected) => {
  expect(written(text)).toEqual({ value: expected, exported: false });
});

test('what an L2 hands out to another account has the name that it was given', () => {
  expect(written((platform) => bucket(platform).bucketArn, '222222222222')).toEqual({
    value: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::reports']] }, exported: false,
  });
});
