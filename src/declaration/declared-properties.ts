import { aws_iam as iam, CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isInApp } from './in-app';
import { copied, differences, isSame, textOf } from './plain-data';
import { show } from './problem';
import { Problems } from './problems';
import { assignedProperty, hasOverrides, mayOverride, propertiesWith, RenderedResource, renderedResource } from './rendered-properties';

/*
 * Policies and the access report are written from declarations. Whoever has the L1 can still change what they rest on: by
 * assignment, with an override, in an aspect. These functions notice it when everything is said.
 */

/** Properties of an L1 that others rest on, by their names in the L1, as they were declared. */
interface Declared {
  readonly l1: CfnResource;
  readonly properties: Record<string, unknown>;
  /** Made by this library: it has to be in every deployment, as what it is. */
  readonly isOwn: boolean;
  /** What it had so many of. */
  readonly counts: readonly { readonly counted: Counted; readonly at: number }[];
  readonly options: DeclaredResourceOptions;
}

/** What is special about a resource. */
export interface DeclaredResourceOptions {
  /** How to say what was changed, where it is another sentence than for the rest of its owner. */
  readonly fix?: string;
  /** Properties that are set by an override, since L1s do not know them yet, by their names in the template. */
  readonly byOverride?: Record<string, unknown>;
  /** Others may add statements to its policies: the key of several users. @default false */
  readonly maybeExtended?: boolean;
  /** What CDK lets others add to, beside statements. */
  readonly counted?: readonly Counted[];
}

/** Something that grows without anything being assigned. */
interface Counted {
  readonly what: string;
  readonly count: () => number;
}

const DECLARED = new WeakMap<IConstruct, Declared[]>();
const OWN = new WeakSet<IConstruct>();

/** Notes what a construct said of an L1 that may be somebody else's. What it says again of a property replaces what it said before. */
export function declareProperties(owner: IConstruct, l1: CfnResource, properties: Record<string, unknown>): void {
  note(owner, l1, properties, false);
}

/** Notes a resource that this library has made, and what others rest on of it. */
export function declareResource(owner: IConstruct, l1: CfnResource, properties: Record<string, unknown>, options: DeclaredResourceOptions = {}): void {
  OWN.add(l1);
  note(owner, l1, properties, true, options);
}

/** Whether this library made the resource. */
export function isOwnResource(l1: IConstruct): boolean {
  return OWN.has(l1);
}

function note(owner: IConstruct, l1: CfnResource, properties: Record<string, unknown>, isOwn: boolean, options: DeclaredResourceOptions = {}): void {
  const known = DECLARED.get(owner) ?? [];
  DECLARED.set(owner, known);
  const at = known.findIndex((each) => each.l1 === l1);
  const before = known[at];
  const all = { ...before?.properties, ...copied(properties) as Record<string, unknown> };
  const statements = options.maybeExtended === true ? [] : documentsIn(all).map((document) => ({ what: 'statements', count: () => document.statementCount }));
  const counts = [...statements, ...options.counted ?? []].map((counted) => ({ counted, at: counted.count() }));
  known.splice(at < 0 ? known.length : at, 1, { l1, properties: all, isOwn: isOwn || before?.isOwn === true, counts, options: { ...before?.options, ...options } });
}

/** As a property, or as one of a role's inline policies. */
function documentsIn(properties: Record<string, unknown>): iam.PolicyDocument[] {
  const found: iam.PolicyDocument[] = [];
  for (const value of Object.values(properties)) {
    for (const each of Array.isArray(value) ? value.map((member: { policyDocument?: unknown } | undefined) => member?.policyDocument) : [value]) {
      if (each instanceof iam.PolicyDocument) {
        found.push(each);
      }
    }
  }
  return found;
}

/** How changes are told. */
export interface ChangedElsewhere {
  readonly code: string;
  /** How to say it, so that policies and report follow. */
  readonly fix: string;
  /** Properties that may hold a secret: it is said where they differ, not what they hold. */
  readonly secretive?: readonly string[];
}

/** Expects that the template has what was declared. */
export function expectAsDeclared(problems: Problems, owner: IConstruct, told: ChangedElsewhere): void {
  for (const declared of DECLARED.get(owner) ?? []) {
    if (!isAsWritten(declared)) {
      addDifferences(problems, declared, { ...told, fix: declared.options.fix ?? told.fix });
    }
  }
}

/** Told without resolving anything, which is enough for nearly every resource. */
function isAsWritten({ l1, properties, isOwn, counts, options }: Declared): boolean {
  const names = Object.keys(properties);
  return options.byOverride === undefined && !(hasOverrides(l1) && mayOverride(l1, names.map((name) => inTemplate(l1, name))))
    && (!isOwn || (l1.cfnOptions.condition === undefined && isInApp(l1)))
    && counts.every(({ counted, at }) => counted.count() === at)
    && names.every((name) => isSame(assignedProperty(l1, name), properties[name]));
}

const WHILE = 'while policies and report hold what was declared';

function addDifferences(problems: Problems, { l1, properties, isOwn, counts, options }: Declared, { code, fix, secretive = [] }: ChangedElsewhere): void {
  const { path } = l1.node;
  if (isOwn && !isInApp(l1)) {
    problems.add({ code, what: `${path} was taken out of the app, ${WHILE}`, fix });
    return;
  }
  const rendered = renderedResource(l1);
  if (isOwn && !expectAlwaysThere(problems, l1, rendered, { code, fix })) {
    return;
  }
  for (const { counted: { what, count }, at } of counts) {
    problems.expect(count() === at, {
      code, what: `${what} of ${path} were added or taken away elsewhere, ${WHILE}`, received: count(), allowed: `the ${at} that follow from what was declared`, fix,
    });
  }
  const found = rendered.Properties ?? {};
  const declared: Record<string, unknown> = { ...propertiesWith(l1, properties), ...l1.stack.resolve(options.byOverride ?? {}) };
  for (const name of [...Object.keys(properties).map((each) => inTemplate(l1, each)), ...Object.keys(options.byOverride ?? {})]) {
    const [is, should] = [found, declared].map((each) => textOf(each[name]));
    if (is !== should) {
      problems.add({
        code,
        what: `${name} of ${path} was changed elsewhere (an override, an assignment or an aspect), ${WHILE}`,
        ...shown(name, found[name], declared[name], secretive.includes(name)),
        fix,
      });
    }
  }
}

/** Not left out of some deployments, nor something else. Returns whether its properties can be compared, since no function puts them together at deployment. */
function expectAlwaysThere(problems: Problems, l1: CfnResource, rendered: RenderedResource, { code, fix }: ChangedElsewhere): boolean {
  const { path } = l1.node;
  const { Type: type, Condition: condition, Properties: properties } = rendered;
  problems.expect(condition === undefined, { code, what: `${path} has a condition, so that deployments may leave it out, ${WHILE}`, received: condition, allowed: 'none', fix });
  problems.expect(type === l1.cfnResourceType, { code, what: `${path} is of another type, ${WHILE}`, received: type, allowed: l1.cfnResourceType, fix });
  const functions = Object.keys(properties ?? {}).filter((name) => name.startsWith('Fn::'));
  return problems.expect(functions.length === 0, { code, what: `properties of ${path} are put together at deployment, ${WHILE}`, received: functions, fix });
}

/** So much of a value is shown. Of a longer one it is said where it differs. */
const LONGEST_VALUE = 400;

function shown(name: string, is: unknown, should: unknown, secret: boolean): { received: unknown; allowed: string } {
  if (secret) {
    return { received: differences(name, is, should), allowed: 'what was declared there; values are not shown, since they may be secrets' };
  }
  if (textOf(should).length > LONGEST_VALUE) {
    return { received: differences(name, is, should), allowed: 'what was declared there' };
  }
  return { received: isShort(is) ? is : textOf(is), allowed: isShort(should) ? show(should) : textOf(should) };
}

/** Whether a message shows the value itself, rather than JSON in quotes. */
function isShort(value: unknown): boolean {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
}

function inTemplate(l1: CfnResource, name: string): string {
  return l1.cfnPropertyName(name) ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
