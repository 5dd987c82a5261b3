import { App, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { environmentOf, environmentOfResource } from '../../src/declaration/environment';

/* ARNs stand in templates as they are read, wherever the region is known. */
const stackIn = (region?: string) => new Stack(new App(), 'Stack', { env: { account: '111111111111', region } });

test.each([
  ['eu-west-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('a stack in %s is in the partition %s', (region, partition) => {
  expect(environmentOf(stackIn(region))).toEqual({ partition, region, account: '111111111111' });
});

test.each([['no region', undefined], ['a region that CDK does not know', 'xx-nowhere-1']])('with %s, the deployment says the partition', (_what, region) => {
  const stack = stackIn(region);
  expect(stack.resolve(environmentOf(stack))).toEqual({ partition: { Ref: 'AWS::Partition' }, region: region ?? { Ref: 'AWS::Region' }, account: '111111111111' });
});

test('a resource is where it was imported from, not where the stack is', () => {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stackIn('eu-west-1'), 'Secret', 'arn:aws-cn:secretsmanager:cn-north-1:222222222222:secret:weather-AbCdEf');
  expect(environmentOfResource(secret)).toEqual({ partition: 'aws-cn', region: 'cn-north-1', account: '222222222222' });
});
