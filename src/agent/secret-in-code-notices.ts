import { Stack } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { suspensionOf } from './part-rights';
import { roleArnByName, roleLabel } from './role-arn';
import { readingParts } from './secret-in-code';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';
import { keyResource } from '../provider/key-arn';
import { secretLabel } from '../provider/secret-access';

/**
 * What the owners of secrets in other accounts have to do so that the agent's code reads them: IAM asks both accounts.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
export function secretInCodeNotices(agent: Agent): string[] {
  const { partition, account } = agent._identity.scope;
  const readers = agent.capabilities.filter(({ secret }) => secret !== undefined && knownToDiffer(secret.env.account, account));
  return readers.filter((capability) => suspensionOf(capability) === undefined).flatMap((capability) => {
    const secret = capability.secret!;
    const roles = readingParts(agent, capability).map(({ host: { iamRole } }) => readable(roleArnByName(iamRole) ?? iamRole.roleRef.roleArn, `(ARN of role ${roleLabel(iamRole)})`));
    const statement = (sid: string, action: string, conditions: object) => JSON.stringify({
      Sid: sid,
      Effect: 'Allow',
      Principal: { AWS: `arn:${readable(partition, '(known at deployment)')}:iam::${readable(account, '(known at deployment)')}:root` },
      Action: action,
      Resource: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': roles }, ...conditions },
    });
    const { secretKey } = capability._secretOptions;
    const through = { StringEquals: { 'kms:ViaService': `secretsmanager.${readable(secret.env.region, '(known at deployment)')}.amazonaws.com` } };
    return [
      `The owner of ${secretLabel(secret)}, in account ${secret.env.account}, adds to its resource policy: ${statement('ReadByCodeOfAgent', 'secretsmanager:GetSecretValue', {})}`,
      ...(secretKey === undefined ? [] : [`The owner of ${keyResource(Stack.of(agent), secretKey).label} adds to its policy: ${statement('DecryptForCodeOfAgent', 'kms:Decrypt', through)}`]),
    ];
  }).sort();
}
