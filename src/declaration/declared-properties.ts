import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { show } from './problem';
import { Problems } from './problems';
import { hasOverrides, propertiesWith, renderedProperties } from './rendered-properties';
import { sortedKeys } from './sorted-keys';

/*
 * Policies and the access report are written from declarations. Whoever has the L1 can still change what they rest on: by
 * assignment, with an override, in an aspect. These functions notice it when everything is said.
 */

/** Properties of an L1 that others rest on, by their names in the L1, as they were declared. */
interface Declared {
  readonly l1: CfnResource;
  readonly properties: Record<string, unknown>;
}

const DECLARED = new WeakMap<IConstruct, Declared[]>();

/** Notes what a construct said of an L1. What it says again of a property replaces what it said before. */
export function declareProperties(owner: IConstruct, l1: CfnResource, properties: Record<string, unknown>): void {
  const known = DECLARED.get(owner) ?? [];
  const before = known.find((each) => each.l1 === l1)?.properties;
  DECLARED.set(owner, [...known.filter((each) => each.l1 !== l1), { l1, properties: { ...before, ...copied(properties) as Record<string, unknown> } }]);
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
export function expectAsDeclared(problems: Problems, owner: IConstruct, { code, fix, secretive = [] }: ChangedElsewhere): void {
  for (const { l1, properties } of DECLARED.get(owner) ?? []) {
    if (isAsAssigned(l1, properties)) {
      continue;
    }
    const found = renderedProperties(l1);
    const declared = propertiesWith(l1, properties);
    for (const name of Object.keys(properties).map(capitalized)) {
      const [is, should] = [found, declared].map((each) => text(each[name]));
      if (is !== should) {
        const told = secretive.includes(name)
          ? { received: differences(name, found[name], declared[name]), allowed: 'what was declared there; values are not shown, since they may be secrets' }
          : { received: isShort(found[name]) ? found[name] : is, allowed: isShort(declared[name]) ? show(declared[name]) : should };
        problems.add({
          code, what: `${name} of ${l1.node.path} was changed elsewhere (an override, an assignment or an aspect), while policies and report hold what was declared`, ...told, fix,
        });
      }
    }
  }
}

/** Told without resolving anything, which is enough for nearly every resource. */
function isAsAssigned(l1: CfnResource, properties: Record<string, unknown>): boolean {
  return !hasOverrides(l1) && Object.entries(properties).every(([name, value]) => isSame((l1 as unknown as Record<string, unknown>)[name], value));
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) {
    return false;
  }
  const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  return [...Object.keys(one), ...Object.keys(other)].every((key) => isSame(one[key], other[key]));
}

/** A copy that stays as it is when somebody changes the original. Tokens are kept as they are. */
function copied(value: unknown): unknown {
  if (!isPlain(value)) {
    return value;
  }
  return Array.isArray(value) ? value.map(copied) : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copied(member)]));
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value)));
}

/** Whether a message shows the value itself, rather than JSON in quotes. */
function isShort(value: unknown): boolean {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
}

/** Paths at which two values differ. */
function differences(path: string, a: unknown, b: unknown): string[] {
  if (text(a) === text(b)) {
    return [];
  }
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) || Array.isArray(b)) {
    return [path];
  }
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names.flatMap((name) => differences(`${path}.${name}`, (a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]));
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(sortedKeys(value));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
