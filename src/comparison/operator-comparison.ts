import { Change } from './change';
import { statementChanges } from './labelled-statements';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { OperatorAccess } from '../review/access-model';

/** What became of the roles that may run commands in the runtimes of an agent. `templates`: the policies of roles are compared from templates too. */
export function operatorChanges(of: string, before: readonly OperatorAccess[], now: readonly OperatorAccess[], templates: boolean): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ name, role }) => `${name} ${role}`, ({ name }) => name);
  const subject = { subject: 'agent', of } as const;
  const words = ({ host, role, reason }: OperatorAccess) => `${host}, ${role}; ${reason}`;
  return [
    ...added.map((each): Change => ({ ...subject, kind: 'widened', what: `operator ${each.name} may run commands`, now: words(each) })),
    ...removed.map((each): Change => ({ ...subject, kind: 'narrowed', what: `operator ${each.name} may no longer run commands`, before: words(each) })),
    ...pairs.flatMap((pair) => changesOf(of, pair.before, pair.now, templates)),
  ];
}

function changesOf(of: string, before: OperatorAccess, now: OperatorAccess, templates: boolean): Change[] {
  const subject = { subject: 'agent', of } as const;
  const members = new Members(subject, `operator ${now.name}: `);
  // Where another has to attach the policy, no template of this app has it.
  const decided = templates && now.attachedHere ? [] : undefined;
  return members.changes<OperatorAccess>(before, now, {
    name: ELSEWHERE,
    role: members.value('undecided', 'role'),
    endpoints: members.allowed('endpoint'),
    reason: members.value('reason-changed', 'reason'),
    statements: { decides: (one, other) => statementChanges({ ...subject, subject: 'IAM', what: `IAM of operator ${now.name}` }, one, other, decided) },
    requiredPolicy: { follows: members.value('undecided', 'policy for the owner of the role') },
  });
}
