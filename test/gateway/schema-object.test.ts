import { App, aws_kms as kms, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { ENV, gatewayProps, REASON, stackIn, WAYS } from './every-target';
import { ApiSchema, GatewayTarget, ToolAccess, ToolGateway } from '../../src';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* The schema of a target lies in a bucket of the platform's stack, under a customer's key. The gateway's role reads that one object. */
const app = new App();
const platform = new Stack(app, 'Platform', { env: ENV });
const key = new kms.Key(platform, 'Key');
const bucket = new s3.Bucket(platform, 'Schemas', { bucketName: 'schemas', encryption: s3.BucketEncryption.KMS, encryptionKey: key });
const stack = stackIn(app);
const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
gateway.addTarget('Crm', GatewayTarget.openApi(ApiSchema.fromS3(bucket, 'crm.json')), { credentials: WAYS.clientCredentials(stack) })
  .everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
const account = deploy(app);
const role = account.valueOf(stack, gateway.role.roleArn) as string;
const keyArn = account.valueOf(platform, key.keyArn) as string;

test('the target names the object', () => {
  expect(account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget')[0].property('TargetConfiguration').Mcp.OpenApiSchema)
    .toEqual({ S3: { Uri: 's3://schemas/crm.json', BucketOwnerAccountId: '111111111111' } });
});

const OBJECT = 'arn:aws:s3:::schemas/crm.json';
const THROUGH_S3: Record<string, string> = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };

test.each<[string, string, string, Record<string, string>, string]>([
  ['the role reads the object', 's3:GetObject', OBJECT, {}, 'Allowed'],
  ['not another object', 's3:GetObject', 'arn:aws:s3:::schemas/crm.json.old', {}, 'ImplicitlyDenied'],
  ['and does not write it', 's3:PutObject', OBJECT, {}, 'ImplicitlyDenied'],
  ['the key decrypts through S3', 'kms:Decrypt', keyArn, THROUGH_S3, 'Allowed'],
  ['not without S3', 'kms:Decrypt', keyArn, {}, 'ImplicitlyDenied'],
  ['not through Secrets Manager', 'kms:Decrypt', keyArn, { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' }, 'ImplicitlyDenied'],
  ['not another key', 'kms:Decrypt', keyArn.replace(/.$/, (last) => (last === '0' ? '1' : '0')), THROUGH_S3, 'ImplicitlyDenied'],
  ['and does not encrypt', 'kms:GenerateDataKey', keyArn, THROUGH_S3, 'ImplicitlyDenied'],
])('%s', async (_situation, action, resource, context, expected) => {
  expect(await decide(account, { principal: role, action, resources: [resource], context })).toBe(expected);
});

test('nothing of the platform\'s stack is locked by an export', () => {
  expect(JSON.stringify(app.synth().getStackByName('Platform').template)).not.toContain('"Export"');
});
