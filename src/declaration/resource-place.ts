import { aws_bedrockagentcore as agentcore, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { assignedProperty, mayOverride } from './rendered-properties';

/** Around a resource of this app inside a text. */
const RESOURCE = /«([^»]*)»/;

/** A property as it comes into the template, overrides included, with resources of this app as what they are. */
export function readableProperty(l1: CfnResource, name: string, inTemplate: string): unknown {
  if (name in l1 && !mayOverride(l1, [inTemplate])) {
    return resolvedNames(l1, assignedProperty(l1, name));
  }
  const { Resources } = resolvedNames(l1, l1._toCloudFormation()) as { Resources?: Record<string, { Properties?: Record<string, unknown> }> };
  return Object.values(Resources ?? {})[0]?.Properties?.[inTemplate];
}

/**
 * What an ARN names. An attribute, `Fn.getAtt` and an ARN that is put together from the id are one text, in whichever stack they stand:
 * the path of the resource, and what follows it.
 */
export function placeOf(stack: Stack, arn: unknown): string {
  const text = textOf(stack, arn);
  const at = text.search(RESOURCE);
  return at < 0 ? text : text.slice(at);
}

/** Whether a value names a resource, anywhere in it. */
export function mentions(stack: Stack, value: unknown, resource: CfnResource): boolean {
  return textOf(stack, value).includes(`«${resource.node.path}»`)
    || (typeof value === 'object' && value !== null && Object.values(value).some((each) => mentions(stack, each, resource)));
}

/** Resolves as CDK does, and leaves resources of this app as what they are: a reference to another stack would become something else. */
export function resolvedNames(scope: IConstruct, value: unknown): unknown {
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
    const runtime = RESOURCE.exec(textOf(resource.stack, resolvedNames(resource, resource.agentRuntimeId)));
    return runtime === null ? `«${resource.node.path}»` : `${runtime[0]}/runtime-endpoint/${resolvedNames(resource, resource.name)}`;
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
