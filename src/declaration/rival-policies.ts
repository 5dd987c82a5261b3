import { aws_bedrockagentcore as agentcore, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { placeOf, readableProperty, resolvedNames } from './resource-place';

/** A resource whose policy is written here, and where its ARN is written. */
export interface ProtectedResource {
  readonly scope: IConstruct;
  readonly arn: string;
}

/**
 * The paths of other resource policies of this app on these resources than our own. AWS keeps one policy for each resource.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_PutResourcePolicy.html
 */
export function rivalPolicies(resources: readonly ProtectedResource[], own: readonly IConstruct[]): string[] {
  if (resources.length === 0) {
    return [];
  }
  const taken = new Set(resources.map(({ scope, arn }) => placeOf(Stack.of(scope), resolvedNames(scope, arn))));
  return resources[0].scope.node.root.node.findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.cfnResourceType === agentcore.CfnResourcePolicy.CFN_RESOURCE_TYPE_NAME)
    .filter((policy) => !own.includes(policy) && taken.has(placeOf(policy.stack, readableProperty(policy, 'resourceArn', 'ResourceArn'))))
    .map(({ node }) => node.path)
    .sort();
}
