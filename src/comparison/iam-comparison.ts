import { foreignStatements, isUnknownDenial } from './aws-managed-policies';
import { Change, ChangeKind, ChangeSubject } from './change';
import { ComparedPrincipal, ComparedResourcePolicy } from './compared-app';
import { differing, matched } from './matched';
import { roleUserChanges } from './role-user-comparison';
import { underBranches } from './under-branches';
import { AccessChange, accessChange, denialChange } from '../containment/access-change';
import { Containment, PolicySet } from '../containment/containment';
import { PolicyStatement } from '../containment/policy-statement';
import { sameStatements } from '../containment/same-statements';

interface Place {
  readonly subject: ChangeSubject;
  readonly of: string;
  readonly what: string;
}

/** All that decides over a principal's requests. */
export function policySet({ statements, foreignPolicies, foreignOnlyIf, boundary }: Pick<ComparedPrincipal, 'statements' | 'foreignPolicies' | 'foreignOnlyIf' | 'boundary'>): PolicySet {
  const foreign = (arn: string) => foreignStatements(arn).flatMap((statement) => underBranches(statement, foreignOnlyIf?.[arn] ?? []));
  return {
    statements: [...statements, ...[...new Set(foreignPolicies)].sort().flatMap(foreign)],
    ...(boundary !== undefined ? { boundary: boundary.statements ?? foreignStatements(boundary.arn) } : {}),
  };
}

/** What became of the requests that policies allow, and of what they deny. `resources`: all of the later app, by type and path. */
export function iamChanges(place: Place, before: PolicySet, now: PolicySet, resources?: ReadonlySet<string>): Change[] {
  if (sameStatements(before.statements, now.statements) && sameStatements(before.boundary, now.boundary)) {
    return [];
  }
  const access = accessChange(before, now, resources);
  return [...accessChanges(place, access), ...guardChanges(place, before, now)];
}

/** A principal that is on both sides. */
export function principalChanges(before: ComparedPrincipal, now: ComparedPrincipal, of: string, resources: ReadonlySet<string>): Change[] {
  const policies = differing(before.foreignPolicies, now.foreignPolicies);
  return [
    ...iamChanges({ subject: 'IAM', of, what: `IAM of ${now.id}` }, policySet(before), policySet(now), resources).map((change) => withPolicies(change, policies)),
    ...trustChanges(before, now, of),
    ...roleUserChanges(before, now, of),
  ];
}

/** Names the policies that are attached and not of this app. What one of them allowed that is gone is allowed no longer, whatever it was. */
function withPolicies(change: Change, { removed, added }: { readonly removed: readonly string[]; readonly added: readonly string[] }): Change {
  if (change.kind === 'widened' || change.kind === 'undecided') {
    return added.length === 0 ? change : { ...change, what: `${change.what} (attached now: ${added.join(', ')})` };
  }
  const less = change.kind === 'narrowed' || change.kind === 'changed';
  return removed.length === 0 || !less ? change : { ...change, kind: 'narrowed', what: `${change.what} (no longer attached: ${removed.join(', ')})` };
}

/** Who may become the principal. */
function trustChanges(before: ComparedPrincipal, now: ComparedPrincipal, of: string): Change[] {
  const trust = (statements: readonly PolicyStatement[]): PolicySet => ({ statements });
  return iamChanges({ subject: 'trust', of, what: `who may assume ${now.id}` }, trust(before.trust), trust(now.trust));
}

export function resourcePolicyChanges(before: readonly ComparedResourcePolicy[], now: readonly ComparedResourcePolicy[], resources: ReadonlySet<string>): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ id }) => id);
  const place = (id: string): Place => ({ subject: 'resource policy', of: id, what: `policy of ${id}` });
  return [
    ...pairs.flatMap((pair) => iamChanges(place(pair.now.id), pair.before, pair.now, resources)),
    ...added.flatMap((policy): Change[] => (policy.comesWithResource ? [{ ...place(policy.id), kind: 'added' }] : iamChanges(place(policy.id), { statements: [] }, policy))),
    ...removed.flatMap((policy): Change[] => (policy.comesWithResource ? [{ ...place(policy.id), kind: 'removed' }] : iamChanges(place(policy.id), policy, { statements: [] }))),
  ];
}

function accessChanges(place: Place, { verdict, nowWithinBefore, beforeWithinNow }: AccessChange): Change[] {
  const change = changeAt(place);
  const wider = change('widened', 'more is allowed', nowWithinBefore);
  const narrower = change('narrowed', 'less is allowed', beforeWithinNow);
  switch (verdict) {
    case 'unchanged': return [];
    case 'widened': return [wider];
    case 'narrowed': return [narrower];
    case 'widened and narrowed': return [wider, narrower];
    case 'not widened': return [change('changed', `nothing more is allowed; whether less is cannot be decided, ${because(beforeWithinNow)}`, beforeWithinNow)];
    case 'cannot decide': return [change('undecided', `cannot decide whether more is allowed, ${because(nowWithinBefore)}`, nowWithinBefore)];
  }
}

/** Denials matter also where nothing allows what they deny: they hold against policies that others attach. */
function guardChanges(place: Place, before: PolicySet, now: PolicySet): Change[] {
  const denials = ({ statements, boundary = [] }: PolicySet) => [...statements, ...boundary].filter((statement) => statement.effect === 'Deny' && !isUnknownDenial(statement));
  const [was, is] = [denials(before), denials(now)];
  if (sameStatements(was, is)) {
    return [];
  }
  const { verdict, nowWithinBefore, beforeWithinNow } = denialChange({ statements: was }, { statements: is });
  const change = changeAt(place);
  const weaker = change('guard-weakened', 'less is denied', nowWithinBefore);
  const stronger = change('guard-strengthened', 'more is denied', beforeWithinNow);
  switch (verdict) {
    case 'unchanged': return [];
    case 'widened': return [weaker];
    case 'narrowed': return [stronger];
    case 'widened and narrowed': return [weaker, stronger];
    case 'not widened': return [change('changed', 'at least as much is denied', beforeWithinNow)];
    case 'cannot decide': return [change('guard-weakened', `perhaps less is denied, ${because(nowWithinBefore)}`, nowWithinBefore)];
  }
}

/** Makes a change, with the example that showed it. */
function changeAt(place: Place): (kind: ChangeKind, words: string, containment: Containment) => Change {
  return (kind, words, containment) => ({
    ...place, kind, what: `${place.what}: ${words}`, ...(containment.verdict === 'not contained' ? { example: containment.example } : {}),
  });
}

function because(containment: Containment): string {
  return containment.verdict === 'cannot decide' ? containment.why : '';
}
