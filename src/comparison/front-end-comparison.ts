import { Change } from './change';
import { statementChanges } from './labelled-statements';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { FrontEndAccess, InvocationAccess } from '../review/access-model';

/** What became of the roles that may invoke an agent. `templates`: the policies of roles are compared from templates too. */
export function frontEndChanges(of: string, before: readonly FrontEndAccess[], now: readonly FrontEndAccess[], templates: boolean): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ name, role }) => `${name} ${role}`, ({ name }) => name);
  const subject = { subject: 'agent', of } as const;
  return [
    ...added.map(({ name, host, role }): Change => ({ ...subject, kind: 'added', what: `front end ${name}`, now: `${host}, ${role}` })),
    ...removed.map(({ name, host, role }): Change => ({ ...subject, kind: 'removed', what: `front end ${name}`, before: `${host}, ${role}` })),
    ...pairs.flatMap((pair) => changesOf(of, pair.before, pair.now, templates)),
  ];
}

function changesOf(of: string, before: FrontEndAccess, now: FrontEndAccess, templates: boolean): Change[] {
  const subject = { subject: 'agent', of } as const;
  const members = new Members(subject, `front end ${now.name}: `);
  // Where another has to attach the policy, no template of this app has it.
  const decided = templates && now.attachedHere ? [] : undefined;
  return members.changes<FrontEndAccess>(before, now, {
    name: ELSEWHERE,
    role: members.value('undecided', 'role'),
    endpoints: members.allowed('endpoint'),
    webSocket: members.flag('WebSocket streams', 'widened', 'narrowed'),
    userIds: members.allowed('user id'),
    enforcedByApplication: members.presence('how its code makes sure of users', 'narrowed', 'widened', 'changed'),
    reason: members.value('reason-changed', 'reason'),
    statements: { decides: (one, other) => statementChanges({ ...subject, subject: 'IAM', what: `IAM of front end ${now.name}` }, one, other, decided) },
    requiredPolicy: { follows: members.value('undecided', 'policy for the owner of the role') },
  });
}

/** What became of what the runtime says about who invokes it. */
export function invocationChanges(subject: Pick<Change, 'subject' | 'of'>, before: InvocationAccess | undefined, now: InvocationAccess | undefined, templates: boolean): Change[] {
  const members = new Members(subject, 'invocation: ');
  // Nothing said is as if others were not denied.
  return members.changes<InvocationAccess>(before ?? { othersDenied: false }, now ?? { othersDenied: false }, {
    othersDenied: members.flag('all but the front ends denied', 'narrowed', 'widened'),
    resourcePolicies: members.value(templates && now?.attachedHere === true ? 'changed' : 'undecided', 'resource policies'),
  });
}
