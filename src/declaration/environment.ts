import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ArnScope } from '../permission/arn-scope';

/** Partition, region and account of a construct's stack. */
export function environmentOf(scope: IConstruct): ArnScope {
  const { partition, region, account } = Stack.of(scope);
  return { partition, region, account };
}
