import { opaque } from './opaque-text';
import { readPolicy } from './policy-document';
import { accountOf } from './principal-drafts';
import { PrincipalPolicies } from './principal-policies';
import { asRecord } from './record';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';

const VERSION = '2012-10-17';

/**
 * Roles of the functions that Secrets Manager's transform makes for a hosted rotation. They stand in no template, and read the secret. What
 * they may do is what AWS documents of them, without logs and networks:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export function hostedRotations(app: SynthesizedApp): PrincipalPolicies[] {
  return app.stacks.flatMap(({ resources }) => resources)
    .filter(({ type, properties }) => type === 'AWS::SecretsManager::RotationSchedule' && properties.HostedRotationLambda !== undefined)
    .map((schedule) => rotationRole(app, schedule));
}

function rotationRole(app: SynthesizedApp, resource: SynthesizedResource): PrincipalPolicies {
  const { SecretId, HostedRotationLambda } = resource.properties;
  const { KmsKeyArn, MasterSecretArn, SuperuserSecretArn, MasterSecretKmsKeyArn, SuperuserSecretKmsKeyArn } = asRecord(HostedRotationLambda);
  const allow = (Action: readonly string[], ...resources: readonly unknown[]) => {
    const Resource = resources.filter((each) => each !== undefined);
    return Resource.length === 0 ? [] : [{ Effect: 'Allow', Action, Resource }];
  };
  const document = (Statement: readonly unknown[]) => ({ document: { Version: VERSION, Statement }, place: { resource, location: 'Properties.HostedRotationLambda' } });
  const rights = readPolicy(app, document([
    ...allow(['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((action) => `secretsmanager:${action}`), SecretId),
    ...allow(['secretsmanager:GetSecretValue'], MasterSecretArn, SuperuserSecretArn),
    ...allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], KmsKeyArn, MasterSecretKmsKeyArn, SuperuserSecretKmsKeyArn),
  ]));
  const trust = readPolicy(app, document([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }]));
  return {
    kind: 'role',
    name: opaque(`Role of the rotation function of ${resource.path}`),
    account: accountOf(resource),
    resource,
    statements: rights.statements,
    foreignPolicies: [],
    trust: trust.statements,
    unread: rights.unread,
  };
}
