import { CfnResource, Stack } from 'aws-cdk-lib';

/** What CDK keeps to itself, and what somebody with an L1 can change at any time. */
interface OpenResource {
  readonly rawOverrides?: Record<string, unknown>;
  readonly cfnProperties: Record<string, unknown>;
  renderProperties(properties: Record<string, unknown>): Record<string, unknown>;
  _toCloudFormation(): object;
}

/** Whether somebody called `addOverride` or the like. Not known where CDK keeps overrides in another way: then there may be some. */
export function hasOverrides(l1: CfnResource): boolean {
  const { rawOverrides } = open(l1);
  return rawOverrides === undefined || Object.keys(rawOverrides).length > 0;
}

/** One property as somebody left it: overridden, or as it was assigned. May be unresolved. */
export function finalProperty(l1: CfnResource, assigned: unknown, name: string): unknown {
  if (!hasOverrides(l1)) {
    return assigned;
  }
  const { Properties: overridden } = open(l1).rawOverrides ?? { Properties: renderedProperties(l1) };
  return typeof overridden === 'object' && overridden !== null && name in overridden ? (overridden as Record<string, unknown>)[name] : assigned;
}

/** The properties as the template has them, overrides included. Takes as long as CDK takes for the resource: for the few cases that need it. */
export function renderedProperties(l1: CfnResource): Record<string, unknown> {
  const { Resources: resources } = Stack.of(l1).resolve(open(l1)._toCloudFormation()) as { Resources?: Record<string, { Properties?: Record<string, unknown> }> };
  return Object.values(resources ?? {})[0]?.Properties ?? {};
}

/** The properties as the template would have them if these were assigned, and nothing overridden. */
export function propertiesWith(l1: CfnResource, assigned: Record<string, unknown>): Record<string, unknown> {
  const { cfnProperties } = open(l1);
  return open(l1).renderProperties(Stack.of(l1).resolve({ ...cfnProperties, ...assigned }));
}

function open(l1: CfnResource): OpenResource {
  return l1 as unknown as OpenResource;
}
