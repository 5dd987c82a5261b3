import { aws_bedrockagentcore as agentcore, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { hasOverrides } from './rendered-properties';

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
  const taken = new Set(resources.map(({ scope, arn }) => placeOf(Stack.of(scope), resolved(scope, arn))));
  return resources[0].scope.node.root.node.findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.cfnResourceType === agentcore.CfnResourcePolicy.CFN_RESOURCE_TYPE_NAME)
    .filter((policy) => !own.includes(policy) && taken.has(placeOf(policy.stack, resourceArn(policy))))
    .map(({ node }) => node.path)
    .sort();
}

/** Around a resource of this app inside a text. */
const RESOURCE = /«([^»]*)»/;

/** The property as it comes into the template, overrides included. */
function resourceArn(policy: CfnResource): unknown {
  if (policy instanceof agentcore.CfnResourcePolicy && !hasOverrides(policy)) {
    return resolved(policy, policy.resourceArn);
  }
  const { Resources } = resolved(policy, policy._toCloudFormation()) as { Resources: Record<string, { Properties?: { ResourceArn?: unknown } }> };
  return Object.values(Resources)[0].Properties?.ResourceArn;
}

/**
 * What an ARN names. An attribute, `Fn.getAtt` and an ARN that is put together from the id are one text, in whichever stack they stand:
 * the path of the resource, and what follows it.
 */
function placeOf(stack: Stack, arn: unknown): string {
  const text = textOf(stack, arn);
  const at = text.search(RESOURCE);
  return at < 0 ? text : text.slice(at);
}

/** Resolves as CDK does, and leaves resources of this app as what they are: a reference to another stack would become something else. */
function resolved(scope: IConstruct, value: unknown): unknown {
  class Naming extends DefaultTokenResolver {
    public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
      return Reference.isReference(token) && CfnResource.isCfnResource(token.target) ? named(token.target) : super.resolveToken(token, context, postProcessor);
    }
  }
  const concat = { join: (left: unknown, right: unknown) => `${textOf(Stack.of(scope), left)}${textOf(Stack.of(scope), right)}` };
  return Tokenization.resolve(value, { scope, resolver: new Naming(concat), preparing: false });
}

/** An endpoint is known by its runtime and its name as well. */
function named(resource: CfnResource): string {
  if (agentcore.CfnRuntimeEndpoint.isCfnRuntimeEndpoint(resource)) {
    const runtime = RESOURCE.exec(textOf(resource.stack, resolved(resource, resource.agentRuntimeId)));
    return runtime === null ? `«${resource.node.path}»` : `${runtime[0]}/runtime-endpoint/${resolved(resource, resource.name)}`;
  }
  return `«${resource.node.path}»`;
}

/** Intrinsic functions as text. */
function textOf(stack: Stack, value: unknown): string {
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (Array.isArray(join) && join[0] === '' && Array.isArray(join[1])) {
    return join[1].map((part) => textOf(stack, part)).join('');
  }
  if (typeof sub === 'string') {
    return sub.replace(/\$\{([^!}.:]+)(\.[^}]*)?\}/g, (whole, id: string) => withLogicalId(stack, id) ?? whole);
  }
  const id = Array.isArray(attribute) ? attribute[0] : typeof attribute === 'string' ? attribute.split('.')[0] : ref;
  const known = typeof id === 'string' ? withLogicalId(stack, id) : undefined;
  return known ?? (typeof value === 'string' ? value : JSON.stringify(value) ?? '');
}

function withLogicalId(stack: Stack, id: string): string | undefined {
  const found = stack.node.findAll().find((node) => CfnResource.isCfnResource(node) && node.stack === stack && stack.resolve(node.logicalId) === id);
  return found === undefined ? undefined : named(found as CfnResource);
}
