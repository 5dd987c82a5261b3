import { Template, TemplateResource } from './template';

/**
 * What a synthesized CDK app holds, with or without this library: plain data, as it stands in the templates.
 *
 * `resolved-properties.ts` turns properties into values, `app-policies.ts` collects the policies.
 */
export interface SynthesizedApp {
  /** In the order of the manifest; a nested stack behind its parent. */
  readonly stacks: readonly SynthesizedStack[];
  /** What stands in `agentcore-access.json`, where this library wrote one: parsed JSON, not yet judged. */
  readonly access?: unknown;
  /** Nested stacks whose templates are not there, so that nothing is known of what they hold. */
  readonly unreadStacks: readonly UnreadStack[];
}

export interface SynthesizedStack {
  /** The name that it is deployed under. For a nested stack, which gets one at deployment, its path. */
  readonly name: string;
  /** Construct path. */
  readonly path: string;
  /** Absent: known only at deployment. */
  readonly account?: string;
  readonly region?: string;
  readonly templateFile?: string;
  readonly template: Template;
  readonly resources: readonly SynthesizedResource[];
  /** Where the stack is nested in another. */
  readonly parent?: NestedIn;
}

export interface NestedIn {
  readonly stack: SynthesizedStack;
  readonly logicalId: string;
}

export interface SynthesizedResource {
  readonly stack: SynthesizedStack;
  readonly logicalId: string;
  /** Construct path, or the stack's with the logical id where the template has none. */
  readonly path: string;
  readonly type: string;
  /** Properties as they are written, with CloudFormation's functions. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Name of the CloudFormation condition that it stands under. */
  readonly condition?: string;
}

export interface UnreadStack {
  readonly path: string;
  readonly logicalId: string;
}

/** One template and where it goes: what an app is made of. */
export interface StackTemplate {
  readonly name: string;
  readonly path: string;
  readonly account?: string;
  readonly region?: string;
  readonly templateFile?: string;
  readonly template: Template;
  /** Construct paths by logical id, where they are known from elsewhere than the template's own metadata. */
  readonly paths?: Readonly<Record<string, string>>;
  /** Templates of the stacks nested in it, by their logical ids. */
  readonly nested?: Readonly<Record<string, StackTemplate>>;
}

const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** Makes an app of its templates. */
export function synthesizedApp(templates: readonly StackTemplate[], access?: unknown): SynthesizedApp {
  const stacks = templates.flatMap((template) => stacksOf(template));
  const read = new Set(stacks.filter(({ parent }) => parent !== undefined).map(({ parent }) => `${parent!.stack.path} ${parent!.logicalId}`));
  const unreadStacks = stacks.flatMap(({ resources }) => resources)
    .filter(({ type, stack, logicalId }) => type === NESTED_STACK && !read.has(`${stack.path} ${logicalId}`))
    .map(({ path, logicalId }) => ({ path, logicalId }));
  return { stacks, unreadStacks, ...(access !== undefined ? { access } : {}) };
}

/** All resources of the app of a type. */
export function resourcesOfType(app: SynthesizedApp, type: string): SynthesizedResource[] {
  return app.stacks.flatMap(({ resources }) => resources.filter((resource) => resource.type === type));
}

/** A condition of a template, by name. */
export interface NamedCondition {
  readonly stack: SynthesizedStack;
  readonly name: string;
}

/** Conditions under which a resource is there: its own, and those of the nested stacks that it is in. */
export function conditionsOf({ condition, stack }: Pick<SynthesizedResource, 'condition' | 'stack'>): NamedCondition[] {
  const own = condition === undefined ? [] : [{ stack, name: condition }];
  if (stack.parent === undefined) {
    return own;
  }
  const { stack: above, logicalId } = stack.parent;
  return [...own, ...conditionsOf({ stack: above, condition: above.template.Resources?.[logicalId]?.Condition })];
}

/** Whether a resource is made by code rather than by CloudFormation. */
export function isCustomResource({ type }: SynthesizedResource): boolean {
  return /^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type);
}

function stacksOf(source: StackTemplate, parent?: NestedIn): SynthesizedStack[] {
  const resources: SynthesizedResource[] = [];
  const { nested = {}, paths = {}, ...own } = source;
  // A nested stack goes where its parent goes.
  const { account, region } = parent?.stack ?? own;
  const environment = { ...(account !== undefined ? { account } : {}), ...(region !== undefined ? { region } : {}) };
  const stack: SynthesizedStack = { ...own, ...environment, resources, ...(parent !== undefined ? { parent } : {}) };
  for (const [logicalId, resource] of Object.entries(source.template.Resources ?? {})) {
    resources.push(resourceOf(stack, logicalId, resource, paths[logicalId]));
  }
  return [stack, ...Object.entries(nested).flatMap(([logicalId, template]) => stacksOf(template, { stack, logicalId }))];
}

function resourceOf(stack: SynthesizedStack, logicalId: string, resource: TemplateResource, known?: string): SynthesizedResource {
  const path = resource.Metadata?.['aws:cdk:path'];
  return {
    stack,
    logicalId,
    path: typeof path === 'string' ? path : known ?? `${stack.path}/${logicalId}`,
    // A loop or an include stands among resources, and is none itself.
    type: resource.Type ?? logicalId.split('::', 2).join('::'),
    properties: resource.Properties ?? {},
    ...(resource.Condition !== undefined ? { condition: resource.Condition } : {}),
  };
}
