import { areOfDifferentResources } from './different-resources';
import { hasUnknown, isSamePattern, Pattern, PatternSet, readPattern } from './pattern';
import { hasOneValue } from './symbol-step';
import { isIn, Membership, onlyText } from './text-membership';
import { findText, Found } from './text-search';

/** A value is in a set of texts, or it is not. */
export interface TextConstraint {
  readonly set: PatternSet;
  readonly holds: boolean;
}

/**
 * Whether a text meets all constraints. `none`: surely not. A text: surely. `unsure`: it depends on values or rules that nobody knows.
 */
export type TextAnswer = 'none' | 'unsure' | { readonly text: string };

/** All texts that there are. */
export interface Universe {
  readonly patterns: readonly Pattern[];
  /** Whether every text of a pattern is one of them. Unknown values are taken to be what makes one. */
  readonly holds: (pattern: Pattern) => boolean;
}

/** Combinations of patterns that are looked at before giving up. */
const COMBINATIONS = 256;

/** `resources`: those that surely are different ones, by type and path. */
export function solveText(constraints: readonly TextConstraint[], universe: Universe, resources?: ReadonlySet<string>): TextAnswer {
  const given = constraints.filter(({ holds }) => holds).map(({ set }) => set.patterns);
  const inside = given.some((set) => set.every(universe.holds)) ? given : [...given, universe.patterns];
  const outside = constraints.filter(({ holds }) => !holds).flatMap(({ set }) => set.patterns);
  const listed = amongListed(inside, outside);
  if (listed !== undefined) {
    return listed;
  }
  const sure = surelyThere(inside, outside, resources);
  if (sure !== undefined) {
    return sure;
  }
  return surelyNone(inside, outside, { left: COMBINATIONS }) ? 'none' : 'unsure';
}

/** Where one of the sets is a list of texts, which is most often so, each of them is looked at. `undefined`: that does not decide it. */
function amongListed(inside: readonly (readonly Pattern[])[], outside: readonly Pattern[]): TextAnswer | undefined {
  const folded = [...inside.flat(), ...outside].every((pattern) => pattern.folded);
  const list = inside.find((set) => set.every((pattern) => onlyText(pattern) !== undefined && (folded || !pattern.folded)));
  if (list === undefined) {
    return undefined;
  }
  let unsure = false;
  for (const text of list.map((pattern) => onlyText(pattern)!)) {
    const truths = [...inside.map((set) => (set === list ? true : isIn(text, set))), not(isIn(text, outside))];
    if (!truths.includes(false)) {
      if (!truths.includes(undefined)) {
        return { text };
      }
      unsure = true;
    }
  }
  return unsure ? undefined : 'none';
}

function not(membership: Membership): Membership {
  return membership === undefined ? undefined : !membership;
}

/** A text that is there for all unknown values. */
function surelyThere(
  inside: readonly (readonly Pattern[])[],
  all: readonly Pattern[],
  resources: ReadonlySet<string> | undefined,
): { readonly text: string } | undefined {
  const sets = inside.map((set) => set.filter(({ unsure }) => unsure === undefined));
  for (const [origin, others] of origins(sets)) {
    const outside = resources === undefined ? all : all.filter((pattern) => !areOfDifferentResources(origin, pattern, resources));
    const found = examplesOf(origin).map((example) => findText({ origin: example, inside: others, outside, followInside: 'surely', followOutside: 'plausibly' }))
      .find((each) => typeof each === 'object') ?? findText({ origin, inside: others, outside, followInside: 'surely', followOutside: 'plausibly' });
    if (typeof found === 'object') {
      return found;
    }
  }
  return thereBesideUnknown(sets, all);
}

/**
 * A pattern without wildcards matches one text, whichever that is: where there are more texts than such patterns, one of them is outside of
 * all. The one that is named is only most likely to be it.
 */
function thereBesideUnknown(sets: readonly (readonly Pattern[])[], outside: readonly Pattern[]): { readonly text: string } | undefined {
  const single = outside.filter((pattern) => hasUnknown(pattern) && pattern.tokens.every((token) => token.kind === 'text' || (token.kind === 'unknown' && hasOneValue(token.name))));
  const others = outside.filter((pattern) => !single.includes(pattern));
  if (single.length === 0) {
    return undefined;
  }
  return origins(sets).filter(([origin]) => origin.tokens.some(({ kind }) => kind === 'many'))
    .map(([origin, inside]) => findText({ origin, inside, outside: others, followInside: 'surely', followOutside: 'plausibly', count: single.length + 1 }))
    .find((found) => typeof found === 'object');
}

/** Texts that are quickly looked at, and often enough: its wildcards stand for nothing, or for one letter. */
function examplesOf(origin: Pattern): Pattern[] {
  if (!origin.tokens.some(({ kind }) => kind === 'many' || kind === 'one')) {
    return [];
  }
  const stand = readPattern('x', { wildcards: false }).tokens;
  return [[], stand].map((many) => ({ ...origin, tokens: origin.tokens.flatMap((token) => (token.kind === 'many' ? many : token.kind === 'one' ? stand : [token])) }));
}

/** Whether there is no text, whatever the unknown values are. The sets are taken apart where they have several unknown values. */
function surelyNone(inside: readonly (readonly Pattern[])[], outside: readonly Pattern[], budget: { left: number }): boolean {
  budget.left -= 1;
  if (budget.left < 0) {
    return false;
  }
  const settled = inside.filter((set) => set.length === 1 || !set.some(isVague));
  if (inside.some((_set, index) => noneFrom(inside, index, outside))) {
    return true;
  }
  const apart = inside.find((set) => !settled.includes(set));
  return apart !== undefined && apart.every((pattern) => surelyNone(inside.map((set) => (set === apart ? [pattern] : set)), outside, budget));
}

function isVague(pattern: Pattern): boolean {
  return hasUnknown(pattern) || pattern.unsure !== undefined;
}

/** Whether none of the patterns of one set has a text that could be in all others and outside. */
function noneFrom(inside: readonly (readonly Pattern[])[], index: number, outside: readonly Pattern[]): boolean {
  const others = inside.filter((_set, at) => at !== index);
  const words = new Set(inside.flatMap((set) => (set.length === 1 && set[0].unsure !== undefined ? [set[0].unsure] : [])));
  return inside[index].every((origin) => {
    const surelyOutside = outside.filter(({ unsure }) => unsure === undefined || unsure === origin.unsure || words.has(unsure));
    if (surelyOutside.some((pattern) => isSamePattern(pattern, origin))) {
      return true;
    }
    const found: Found = findText({ origin, inside: others, outside: surelyOutside, followInside: 'possibly', followOutside: 'surely' });
    return found === undefined;
  });
}

/** From the smallest set, since each of its patterns is tried. */
function origins(sets: readonly (readonly Pattern[])[]): [Pattern, readonly (readonly Pattern[])[]][] {
  const smallest = sets.reduce((least, set) => (set.length < least.length ? set : least), sets[0]);
  const orders = [smallest, ...sets.filter((set) => set !== smallest && set.some(hasUnknown))];
  return orders.flatMap((set) => set.map((origin): [Pattern, readonly (readonly Pattern[])[]] => [origin, sets.filter((other) => other !== set)]));
}
