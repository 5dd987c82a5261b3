import { ExampleRequest, exampleRequest } from './example-request';
import { PolicyStatement } from './policy-statement';
import { Region, regionsOf } from './region';
import { RegionSearch, Remainder } from './region-search';
import { sameStatements, statementWords } from './same-statements';

/** What decides over requests: statements that are attached, and the boundary around them. */
export interface PolicySet {
  readonly statements: readonly PolicyStatement[];
  /** Absent: there is none. */
  readonly boundary?: readonly PolicyStatement[];
}

/** Whether all requests that one set allows are allowed by another. */
export type Containment =
  | { readonly verdict: 'contained' }
  | { readonly verdict: 'not contained'; readonly example: ExampleRequest }
  | { readonly verdict: 'cannot decide'; readonly why: string };

/**
 * Whether `inner` allows nothing that `outer` does not allow. It never says `contained` where it does. `search`: one that knows which
 * resources surely are different ones, and perhaps answers already.
 */
export function isContained(inner: PolicySet, outer: PolicySet, search = new RegionSearch()): Containment {
  if (sameStatements(inner.statements, outer.statements) && sameStatements(inner.boundary, outer.boundary)) {
    return { verdict: 'contained' };
  }
  const [innerAllows, innerDenies] = byEffect(inner.statements);
  const [outerAllows, outerDenies] = byEffect(outer.statements);
  const [innerBound, innerBoundDenies] = byEffect(inner.boundary ?? []);
  const [outerBound, outerBoundDenies] = byEffect(outer.boundary ?? []);
  const denied = [...innerDenies, ...innerBoundDenies];
  const starts = innerAllows.flatMap((allow) => (inner.boundary === undefined ? [[allow]] : innerBound.map((bound) => [allow, bound])));
  // Of what is allowed by the one, the other has to allow all, deny nothing, and keep nothing outside of its boundary.
  // What stands on both sides is not searched for: a statement allows what it allows, and denies what it denies.
  const [allowed, bound, deniedToo] = [outerAllows, outerBound, denied].map((regions) => new Set(regions.map(({ statement }) => statementWords(statement))));
  const otherDenies = [...outerDenies, ...outerBoundDenies].filter(({ statement }) => !deniedToo.has(statementWords(statement)));
  const standsIn = (start: readonly Region[], words: ReadonlySet<string>) => start.some(({ statement }) => words.has(statementWords(statement)));
  return worst(starts.flatMap((start) => [
    ...(standsIn(start, allowed) ? [] : [() => search.remainder(start, [...denied, ...outerAllows])]),
    ...otherDenies.map((deny) => () => search.remainder([...start, deny], denied)),
    ...(outer.boundary === undefined || standsIn(start, bound) ? [] : [() => search.remainder(start, [...denied, ...outerBound])]),
  ]), [...inner.statements, ...outer.statements]);
}

/** Whether all requests that one set denies explicitly are denied by another. */
export function isDeniedBy(inner: readonly PolicyStatement[], outer: readonly PolicyStatement[]): Containment {
  const [, innerDenies] = byEffect(inner);
  const [, outerDenies] = byEffect(outer);
  const search = new RegionSearch();
  return worst(innerDenies.map((deny) => () => search.remainder([deny], outerDenies)), [...inner, ...outer]);
}

function worst(searches: readonly (() => Remainder)[], statements: readonly PolicyStatement[]): Containment {
  let unsure = false;
  for (const search of searches) {
    const remainder = search();
    if (typeof remainder === 'object') {
      const example = exampleRequest(remainder, statements);
      if (example !== undefined) {
        return { verdict: 'not contained', example };
      }
      unsure = true;
    }
    unsure ||= remainder === 'unsure';
  }
  return unsure ? { verdict: 'cannot decide', why: undecidedBecause(statements) } : { verdict: 'contained' };
}

function byEffect(statements: readonly PolicyStatement[]): [Region[], Region[]] {
  const regions = (effect: PolicyStatement['effect']) => statements.filter((statement) => statement.effect === effect).flatMap(regionsOf);
  return [regions('Allow'), regions('Deny')];
}

/** The words in the statements that are likely to be the cause. */
function undecidedBecause(statements: readonly PolicyStatement[]): string {
  const regions = statements.flatMap(regionsOf).flatMap(({ literals }) => literals);
  const sets = regions.map((literal) => (literal.side === 'key' ? literal.test.values : literal.set)).flatMap(({ patterns }) => patterns);
  const operators = regions.flatMap((literal) => (literal.side === 'key' && literal.test.unknown ? [`condition ${literal.test.written.operator} ${literal.test.written.key}`] : []));
  const unsure = sets.flatMap((pattern) => pattern.unsure ?? []);
  const unknown = sets.flatMap(({ tokens }) => tokens).flatMap((token) => (token.kind === 'unknown' ? [`\${${token.name}}`] : []));
  const causes = [...new Set([...operators, ...unsure, ...unknown])];
  return causes.length === 0 ? 'the policies are too large to compare' : `it may depend on ${causes.slice(0, 3).join(', ')}${causes.length > 3 ? ` and ${causes.length - 3} more` : ''}`;
}
