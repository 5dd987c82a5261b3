import { ResourceEnvironment, Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { ArnScope } from '../permission/arn-scope';

/** Partition, region and account of a construct's stack. */
export function environmentOf(scope: IConstruct): ArnScope {
  const stack = Stack.of(scope);
  return { partition: partitionOf(stack, stack.region), region: stack.region, account: stack.account };
}

/** Partition, region and account of a resource, which may be imported from elsewhere. */
export function environmentOfResource(resource: IConstruct & { readonly env: ResourceEnvironment }): ArnScope {
  const { region, account } = resource.env;
  return { partition: partitionOf(Stack.of(resource), region), region, account };
}

/** Written out where the region is known, so that the ARNs in a template are read as they are, and CDK has nothing to resolve in them. */
function partitionOf(stack: Stack, region: string): string {
  return Token.isUnresolved(region) ? stack.partition : RegionInfo.get(region).partition ?? stack.partition;
}
