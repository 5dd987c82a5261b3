import { Containment, isContained, isDeniedBy, PolicySet } from './containment';
import { RegionSearch } from './region-search';

/** What became of the requests that are allowed. */
export type AccessVerdict =
  | 'unchanged'
  /** Some requests are newly allowed; whether others are no longer allowed may be unknown. */
  | 'widened'
  | 'narrowed'
  /** Some requests are allowed newly, and others no longer. */
  | 'widened and narrowed'
  /** Nothing is newly allowed; whether something is no longer allowed depends on what nobody knows. */
  | 'not widened'
  | 'cannot decide';

export interface AccessChange {
  readonly verdict: AccessVerdict;
  /** Whether all that is allowed now was allowed before. */
  readonly nowWithinBefore: Containment;
  readonly beforeWithinNow: Containment;
}

/** Compares what two sets of policies allow. `resources`: those that surely are different ones, by type and path. */
export function accessChange(before: PolicySet, now: PolicySet, resources?: ReadonlySet<string>): AccessChange {
  const search = new RegionSearch(resources);
  return change(isContained(now, before, search), isContained(before, now, search));
}

/** Compares what two sets of statements deny explicitly, also where nothing allows it: more denied is narrower. */
export function denialChange(before: PolicySet, now: PolicySet): AccessChange {
  const [was, is] = [before, now].map(({ statements, boundary = [] }) => [...statements, ...boundary]);
  return change(isDeniedBy(was, is), isDeniedBy(is, was));
}

function change(nowWithinBefore: Containment, beforeWithinNow: Containment): AccessChange {
  return { verdict: verdictOf(nowWithinBefore.verdict, beforeWithinNow.verdict), nowWithinBefore, beforeWithinNow };
}

function verdictOf(nowWithinBefore: Containment['verdict'], beforeWithinNow: Containment['verdict']): AccessVerdict {
  switch (nowWithinBefore) {
    case 'cannot decide': return 'cannot decide';
    case 'not contained': return beforeWithinNow === 'not contained' ? 'widened and narrowed' : 'widened';
    case 'contained':
      switch (beforeWithinNow) {
        case 'contained': return 'unchanged';
        case 'not contained': return 'narrowed';
        case 'cannot decide': return 'not widened';
      }
  }
}
