import { branches, ConditionalValue, inAnyBranch } from './condition-branch';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';
import { isThere, valueOf } from './template-value';

export type ResolvedProperties = Readonly<Record<string, unknown>>;

const CACHE = new WeakMap<SynthesizedResource, ConditionalValue<ResolvedProperties>[]>();

/**
 * The properties of a resource with everything filled in that is known, once for each form that CloudFormation's conditions give them. One form
 * without `onlyIf` where there are no conditions; none where the resource is never there.
 */
export function resolvedProperties(app: SynthesizedApp, resource: SynthesizedResource): readonly ConditionalValue<ResolvedProperties>[] {
  const cached = CACHE.get(resource);
  if (cached !== undefined) {
    return cached;
  }
  const found = inAnyBranch(branches((decide) => {
    const scope = { app, stack: resource.stack, decide };
    return isThere(resource, scope) ? [valueOf(resource.properties, scope) as ResolvedProperties] : [];
  }));
  CACHE.set(resource, found);
  return found;
}

/** A value of a resource's properties, in each form that it has. Cheaper than all properties where one is asked for. */
export function resolvedValue(app: SynthesizedApp, resource: SynthesizedResource, value: unknown): readonly ConditionalValue<unknown>[] {
  return inAnyBranch(branches((decide) => {
    const scope = { app, stack: resource.stack, decide };
    return isThere(resource, scope) ? [valueOf(value, scope)] : [];
  }));
}
