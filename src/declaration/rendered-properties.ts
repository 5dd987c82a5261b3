import { CfnResource, Stack } from 'aws-cdk-lib';

/** What CDK keeps to itself, and what somebody with an L1 can change at any time. */
interface OpenResource {
  readonly rawOverrides?: Record<string, unknown>;
  readonly cfnProperties: Record<string, unknown>;
  readonly _cfnProperties?: Record<string, unknown>;
  renderProperties(properties: Record<string, unknown>): Record<string, unknown>;
  _toCloudFormation(): object;
}

/** Whether somebody called `addOverride` or the like. Not known where CDK keeps overrides in another way: then there may be some. */
export function hasOverrides(l1: CfnResource): boolean {
  const { rawOverrides } = open(l1);
  return rawOverrides === undefined || Object.keys(rawOverrides).length > 0;
}

/** What a resource may be given without becoming another one. */
const APART = ['Metadata', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy', 'Description'];

/** Whether an override may change one of these properties, or what kind of resource it is, or whether it is there. */
export function mayOverride(l1: CfnResource, names: readonly string[]): boolean {
  const { rawOverrides } = open(l1);
  return rawOverrides === undefined || Object.entries(rawOverrides).some(([part, value]) => (part === 'Properties' && typeof value === 'object' && value !== null
    ? Object.keys(value).some((name) => names.includes(name) || name.startsWith('Fn::'))
    : !APART.includes(part)));
}

/** One property as somebody left it: overridden, or as it was assigned. May be unresolved. */
export function finalProperty(l1: CfnResource, assigned: unknown, name: string): unknown {
  if (!hasOverrides(l1)) {
    return assigned;
  }
  const { Properties: overridden } = open(l1).rawOverrides ?? { Properties: renderedProperties(l1) };
  return typeof overridden === 'object' && overridden !== null && name in overridden ? (overridden as Record<string, unknown>)[name] : assigned;
}

/** A resource as the template has it, overrides included. */
export interface RenderedResource {
  readonly Type?: unknown;
  readonly Condition?: unknown;
  readonly Properties?: Record<string, unknown>;
}

/** The resource as the template has it, overrides included. Takes as long as CDK takes for it: for the few cases that need it. */
export function renderedResource(l1: CfnResource): RenderedResource {
  const { Resources: resources } = Stack.of(l1).resolve(open(l1)._toCloudFormation()) as { Resources?: Record<string, RenderedResource> };
  return Object.values(resources ?? {})[0] ?? {};
}

/** The properties of it. */
export function renderedProperties(l1: CfnResource): Record<string, unknown> {
  return renderedResource(l1).Properties ?? {};
}

/** One property as it was assigned: a member of an L1 of its own class, else what a resource without one was made with. */
export function assignedProperty(l1: CfnResource, name: string): unknown {
  return name in l1 ? (l1 as unknown as Record<string, unknown>)[name] : open(l1)._cfnProperties?.[name];
}

/** The properties as the template would have them if these were assigned, and nothing overridden. */
export function propertiesWith(l1: CfnResource, assigned: Record<string, unknown>): Record<string, unknown> {
  const { cfnProperties } = open(l1);
  return open(l1).renderProperties(Stack.of(l1).resolve({ ...cfnProperties, ...assigned }));
}

function open(l1: CfnResource): OpenResource {
  return l1 as unknown as OpenResource;
}
