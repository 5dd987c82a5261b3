import type { AppDescription } from './description';
import { type Landscape, regionOf } from './landscape';
import type { AppRequest } from './request';

/** What the functions of machine clients do, asked of every secret and of the keys that these may be under. */
export function machineClientRequests(app: AppDescription, { secrets, keys, userPools }: Landscape): AppRequest[] {
  const kept = [...new Set(app.machineClients.flatMap(({ clients }) => clients.map(({ secret }) => `secret ${secret}`)))];
  return [
    ...[...secrets].flatMap(([secret, arn]) => ['PutSecretValue', 'DescribeSecret'].map((verb): AppRequest => (
      { line: `${verb} of ${secret}`, action: `secretsmanager:${verb}`, resources: [arn], question: { ask: 'keep secret', secret } }))),
    ...kept.flatMap((secret) => [...keys].map(([key, arn]): AppRequest => ({
      line: `GenerateDataKey with ${key} via secretsmanager for ${secret}`,
      action: 'kms:GenerateDataKey',
      resources: [arn],
      context: { 'aws:ViaAWSService': 'true', 'kms:ViaService': `secretsmanager.${regionOf(arn)}.amazonaws.com`, 'kms:EncryptionContext:SecretARN': secrets.get(secret)! },
      question: { ask: 'keep secret', secret, key },
    }))),
    ...userPools.map((arn, pool): AppRequest => ({ line: `DescribeUserPoolClient of pool ${pool}`, action: 'cognito-idp:DescribeUserPoolClient', resources: [arn], question: { ask: 'describe client', pool } })),
  ];
}
