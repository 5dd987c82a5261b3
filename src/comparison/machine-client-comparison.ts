import { Change } from './change';
import { matched } from './matched';
import { Members } from './members';
import { secretChanges } from './secret-comparison';
import { MachineClientAccess } from '../review/access-model';

/** What became of the clients with which agents get tokens as themselves. */
export function machineClientChanges(before: readonly MachineClientAccess[], now: readonly MachineClientAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ path }) => path, ({ issuer, clientId }) => `${issuer} ${clientId}`);
  const client = ({ path }: MachineClientAccess) => ({ subject: 'machine client', of: path, what: 'machine client' } as const);
  const scopes = ({ issuer, scopes: all }: MachineClientAccess) => `${issuer}, scopes ${all.join(', ')}`;
  return [
    ...added.map((each): Change => ({ ...client(each), kind: 'added', now: scopes(each) })),
    ...removed.map((each): Change => ({ ...client(each), kind: 'removed', before: scopes(each) })),
    ...pairs.flatMap((pair) => changesOf(pair.before, pair.now)),
  ];
}

function changesOf(before: MachineClientAccess, now: MachineClientAccess): Change[] {
  const subject = { subject: 'machine client', of: now.path } as const;
  const members = new Members(subject);
  return members.changes<MachineClientAccess>(before, now, {
    path: members.value('moved', 'machine client'),
    environment: members.value('changed', 'account and region'),
    madeHere: members.value('changed', 'made here'),
    owner: members.owner(),
    reason: members.value('reason-changed', 'reason'),
    issuer: members.value('undecided', 'issuer'),
    clientId: members.value('undecided', 'client id'),
    scopes: members.allowed('scope'),
    accessTokenSeconds: members.value(lifetime(before.accessTokenSeconds, now.accessTokenSeconds), 'seconds that its tokens are good for'),
    secret: (one, other) => secretChanges(subject, one, other),
    awsManagedKeyReason: members.presence('secret under a key that AWS manages', 'guard-weakened', 'guard-strengthened'),
    requiredKeyPolicy: members.value('changed', 'what the policy of the key must hold'),
    letInBy: members.allowed('gateway that lets it in'),
    usedBy: members.allowed('who gets tokens with it'),
  });
}

/** Of a lifetime that this app does not set nothing is known. */
function lifetime(before: number | undefined, now: number | undefined): Change['kind'] {
  return before === undefined || now === undefined ? 'undecided' : now > before ? 'widened' : 'narrowed';
}
