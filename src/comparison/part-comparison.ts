import { Change } from './change';
import { iamChanges, policySet, principalChanges } from './iam-comparison';
import { statementChanges } from './labelled-statements';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { Principals } from './principals';
import { AgentAccess, PartAccess } from '../review/access-model';

/** What became of the roles that act for an agent. */
export function partChanges(before: AgentAccess, now: AgentAccess, was: Principals, is: Principals): Change[] {
  const { pairs, removed, added } = matched(before.parts, now.parts, ({ name }) => name);
  const part = (name: string) => ({ subject: 'agent', of: now.path, what: `part ${name}` } as const);
  return [
    ...pairs.flatMap((pair): Change[] => {
      const iam = iamOfPart(now.path, pair.before, pair.now, was, is);
      return [...iam, ...memberChanges(now.path, pair.before, pair.now, before.path !== now.path, is.find(pair.now.role) === undefined ? undefined : iam)];
    }),
    ...added.flatMap((each): Change[] => [{ ...part(each.name), kind: 'added', now: `${each.host}, ${each.role}` }, ...iamOfPart(now.path, undefined, each, was, is)]),
    ...removed.map((each): Change => ({ ...part(each.name), kind: 'removed', before: `${each.host}, ${each.role}` })),
  ];
}

function memberChanges(of: string, before: PartAccess, now: PartAccess, moved: boolean, decided: readonly Change[] | undefined): Change[] {
  const subject = { subject: 'agent', of } as const;
  const members = new Members(subject, `part ${now.name}: `);
  return members.changes<PartAccess>(before, now, {
    // With the agent, its roles move.
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
