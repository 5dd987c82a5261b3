import { Change } from './change';
import { iamChanges, policySet, principalChanges } from './iam-comparison';
import { statementChanges } from './labelled-statements';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { Principals } from './principals';
import type { GatewayAccess } from '../gateway/gateway-access';
import { AgentAccess, PartAccess } from '../review/access-model';

/** What becomes of roles is said of an agent or of a gateway. */
interface Owner {
  readonly subject: 'agent' | 'gateway';
  readonly of: string;
  /** What the roles are to it. */
  readonly what: string;
  /** Whether it has another path than before. */
  readonly moved: boolean;
}

/** What became of the roles that act for an agent. */
export function partChanges(before: AgentAccess, now: AgentAccess, was: Principals, is: Principals): Change[] {
  return changesOfRoles({ subject: 'agent', of: now.path, what: 'part', moved: before.path !== now.path }, before.parts, now.parts, was, is);
}

/** What became of the return pages of a gateway. */
export function returnPageChanges(before: GatewayAccess, now: GatewayAccess, was: Principals, is: Principals): Change[] {
  const owner = { subject: 'gateway', of: now.path, what: 'return page', moved: before.path !== now.path } as const;
  return changesOfRoles(owner, before.returnPages ?? [], now.returnPages ?? [], was, is);
}

function changesOfRoles(owner: Owner, before: readonly PartAccess[], now: readonly PartAccess[], was: Principals, is: Principals): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ name }) => name);
  const { subject, of, what } = owner;
  const part = (name: string) => ({ subject, of, what: `${what} ${name}` } as const);
  return [
    ...pairs.flatMap((pair): Change[] => {
      const iam = iamOfPart(of, pair.before, pair.now, was, is);
      return [...iam, ...memberChanges(owner, pair.before, pair.now, is.find(pair.now.role) === undefined ? undefined : iam)];
    }),
    ...added.flatMap((each): Change[] => [{ ...part(each.name), kind: 'added', now: `${each.host}, ${each.role}` }, ...iamOfPart(of, undefined, each, was, is)]),
    ...removed.map((each): Change => ({ ...part(each.name), kind: 'removed', before: `${each.host}, ${each.role}` })),
  ];
}

function memberChanges({ subject: whose, of, what, moved }: Owner, before: PartAccess, now: PartAccess, decided: readonly Change[] | undefined): Change[] {
  const subject = { subject: whose, of } as const;
  const members = new Members(subject, `${what} ${now.name}: `);
  return members.changes<PartAccess>(before, now, {
    // With the agent or gateway, its roles move.
    role: moved ? ELSEWHERE : members.value('changed', 'role'),
    verbs: members.allowed('verb'),
    attachedHere: members.value('changed', 'policy attached here'),
    managedElsewhereReason: members.presence('why nothing is attached here', 'reason-changed', 'reason-changed'),
    sharedReason: members.presence('why the role is shared', 'reason-changed', 'reason-changed'),
    sharedWith: members.allowed('role shared with'),
    statements: { decides: (one, other) => statementChanges({ ...subject, subject: 'IAM', what: `IAM of ${now.role}` }, one, other, decided) },
    requiredPolicy: { follows: members.value('undecided', 'policy for the owner of the role') },
  });
}

/** All policies of the role decide. Of a role that is not in the templates only the report's statements are known, which are among its members. */
function iamOfPart(of: string, before: PartAccess | undefined, now: PartAccess, was: Principals, is: Principals): Change[] {
  const [old, fresh] = [was.find((before ?? now).role), is.find(now.role)];
  if (fresh === undefined) {
    const place = { subject: 'IAM', of, what: `IAM of ${now.role}` } as const;
    return before === undefined ? statementChanges(place, [], now.statements, undefined) : [];
  }
  // Where a part gets another role that was there before, that role is compared with itself as well.
  const sameRole = old === undefined || old.id === fresh.id;
  if (sameRole || was.find(fresh.id) === undefined) {
    is.take(fresh);
  }
  if (old !== undefined) {
    if (sameRole || is.find(old.id) === undefined) {
      was.take(old);
    }
    return principalChanges(old, fresh, of, is.resources);
  }
  return iamChanges({ subject: 'IAM', of, what: `IAM of ${fresh.id}` }, { statements: [] }, policySet(fresh), is.resources);
}
