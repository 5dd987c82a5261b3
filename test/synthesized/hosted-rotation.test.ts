import { aws_ec2 as ec2, aws_kms as kms, aws_secretsmanager as secretsmanager, App, Stack } from 'aws-cdk-lib';
import { compareApps } from '../../src/comparison/compare-apps';
import { comparedAppOf } from '../../src/comparison/compared-app-of-synthesized';
import { appPolicies } from '../../src/synthesized/app-policies';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { cloudAssembly } from '../cli/agentcore-access';

/*
 * The function that Secrets Manager's transform makes, and its role, stand in no template. Their rights are from
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
const rotated = (rotate: (secret: secretsmanager.Secret, stack: Stack) => void) => readSynthesizedApp(cloudAssembly((props) => {
  const app = new App(props);
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-west-1' } });
  rotate(new secretsmanager.Secret(stack, 'Client', { secretName: 'client' }), stack);
  return app;
}));
const hosted = (secret: secretsmanager.Secret) => secret.addRotationSchedule('Rotation', { hostedRotation: secretsmanager.HostedRotation.mysqlSingleUser() });
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:client-${AWS::SecretsManager::Secret S/Client/Resource}';

test('is a new role that reads the secret and writes it', () => {
  const { changes } = compareApps(comparedAppOf(rotated(() => undefined)), comparedAppOf(rotated(hosted)));
  expect(changes.filter(({ kind }) => kind !== 'guard-strengthened')).toMatchObject([{
    kind: 'added', subject: 'IAM', of: 'S/Client/Rotation', what: 'principal', now: 'may be assumed by lambda.amazonaws.com', example: { resource: SECRET },
  }]);
});

test('is gone with the rotation', () => {
  expect(compareApps(comparedAppOf(rotated(hosted)), comparedAppOf(rotated(() => undefined))).changes.map(({ kind, of }) => `${kind} ${of}`)).toContain('removed S/Client/Rotation');
});

test('may do what AWS documents, to the secret, the other one that it needs, and the keys of both', () => {
  const { principals } = appPolicies(rotated((secret, stack) => {
    const superuser = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Super', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:super-a1B2c3');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] });
    const schedule = secret.addRotationSchedule('Rotation', {
      hostedRotation: secretsmanager.HostedRotation.mysqlMultiUser({ masterSecret: superuser, vpc, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] }),
    });
    const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    (schedule.node.defaultChild as secretsmanager.CfnRotationSchedule).addPropertyOverride('HostedRotationLambda.KmsKeyArn', key.keyArn);
  }));
  expect(principals.map(({ statements }) => statements.map(({ statement: { effect, actions, resources } }) => ({ effect, actions, resources })))).toEqual([[
    { effect: 'Allow', actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], resources: [SECRET] },
    { effect: 'Allow', actions: ['secretsmanager:GetSecretValue'], resources: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:super-a1B2c3'] },
    { effect: 'Allow', actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], resources: ['arn:aws:kms:eu-west-1:111122223333:key/1'] },
  ]]);
});

test('is none where a function of the app rotates', () => {
  const { principals } = appPolicies(rotated((secret, stack) => new secretsmanager.CfnRotationSchedule(stack, 'Rotation', {
    secretId: secret.secretArn, rotationLambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:rotator',
  })));
  expect(principals).toEqual([]);
});
