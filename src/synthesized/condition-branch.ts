import { UnreadableAppError } from './unreadable-app-error';

/** Which way CloudFormation's conditions went, by `<stack path> <name>`. */
export type Branch = ReadonlyMap<string, boolean>;

/** Tells which way a condition goes in the branch that is looked at. */
export type Decide = (condition: string) => boolean;

/** A value and the branches in which it is that. No branch named: in all of them. */
export interface ConditionalValue<T> {
  readonly value: T;
  /** Such as `Stack IsProd` or `not Stack IsProd and Stack HasKey`; any of them. */
  readonly onlyIf: readonly string[];
}

/** Beyond this, a value has more forms than anybody can review. */
const MOST_CONDITIONS = 10;

class Undecided extends Error {
  constructor(public readonly condition: string) {
    super(condition);
  }
}

/**
 * Evaluates in every branch of the conditions that the evaluation asks for, and nothing else. Which conditions exclude each other is
 * not known, so there may be branches that never happen; none that may happen is missing.
 */
export function branches<T>(evaluate: (decide: Decide) => T, decided: Branch = new Map()): { readonly value: T; readonly branch: Branch }[] {
  try {
    const value = evaluate((condition) => {
      const way = decided.get(condition);
      if (way === undefined) {
        throw new Undecided(condition);
      }
      return way;
    });
    return [{ value, branch: decided }];
  } catch (error) {
    if (!(error instanceof Undecided)) {
      throw error;
    }
    if (decided.size >= MOST_CONDITIONS) {
      throw new UnreadableAppError('Synthesized/TooManyConditions', `One value depends on more than ${MOST_CONDITIONS} conditions`,
        'Divide the policy or the resource, so that each part depends on fewer', error.condition);
    }
    return [true, false].flatMap((way) => branches(evaluate, new Map([...decided, [error.condition, way]])));
  }
}

/** Every item of the lists that come out in the branches, once, with the branches that have it. */
export function inAnyBranch<T>(found: readonly { readonly value: readonly T[]; readonly branch: Branch }[]): ConditionalValue<T>[] {
  if (found.length === 1) {
    return found[0].value.map((value) => ({ value, onlyIf: [] }));
  }
  const items = new Map<string, { value: T; in: Branch[] }>();
  for (const { value, branch } of found) {
    for (const [key, item] of new Map(value.map((each) => [JSON.stringify(each), each] as const))) {
      const entry = items.get(key) ?? { value: item, in: [] };
      entry.in.push(branch);
      items.set(key, entry);
    }
  }
  return [...items.values()].map((entry) => ({ value: entry.value, onlyIf: entry.in.length === found.length ? [] : entry.in.map(branchText) }));
}

function branchText(branch: Branch): string {
  return [...branch].map(([condition, way]) => `${way ? '' : 'not '}${condition}`).join(' and ');
}
