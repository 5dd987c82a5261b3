import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { deploy } from './fake-account';
import { templateSchemaErrors } from './template-schema';

const FAULT = expect.stringMatching(/^Bucket: .*BucketEncrypton/);

function errors(type: string, properties: Record<string, unknown>): string[] {
  const app = new App();
  new CfnResource(new Stack(app, 'Stack'), type.includes('S3') ? 'Bucket' : 'Other', { type, properties });
  return templateSchemaErrors(deploy(app));
}

test.each<[string, string, Record<string, unknown>, unknown[]]>([
  ['a property that CloudFormation does not know is told with the resource it is on', 'AWS::S3::Bucket', { BucketEncrypton: {} }, [FAULT]],
  ['another type after it has only its own errors', 'AWS::SNS::Topic', { TopicName: 'topic' }, []],
  ['the first type is looked at as before when it comes again', 'AWS::S3::Bucket', { BucketEncrypton: {} }, [FAULT]],
  ['no error is told of types that earlier templates had', 'AWS::SQS::Queue', {}, []],
])('%s', (_, type, properties, expected) => expect(errors(type, properties)).toEqual(expected));
