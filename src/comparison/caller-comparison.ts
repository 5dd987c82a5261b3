import { Change } from './change';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { CallerAccess } from '../review/access-model';

/** What became of the issuers whose tokens prove a user to an agent. */
export function callerChanges(of: string, before: readonly CallerAccess[], now: readonly CallerAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, (caller) => JSON.stringify(caller), ({ issuer, audiences, clients }) => `${issuer} ${audiences.join()} ${clients.join()}`, ({ issuer }) => issuer);
  const subject = { subject: 'agent', of } as const;
  return [
    ...added.map(({ issuer }): Change => ({ ...subject, kind: 'widened', what: 'token issuer added', now: issuer })),
    ...removed.map(({ issuer }): Change => ({ ...subject, kind: 'narrowed', what: 'token issuer removed', before: issuer })),
    ...pairs.flatMap((pair) => {
      const members = new Members(subject);
      const { issuer } = pair.now;
      return members.changes<CallerAccess>(pair.before, pair.now, {
        issuer: ELSEWHERE,
        audiences: members.limiting(`audience of ${issuer}`),
        clients: members.limiting(`client of ${issuer}`),
        scopes: members.limiting(`scope of ${issuer}`),
        anyClientReason: members.presence(`tokens of any client of ${issuer}`, 'widened', 'narrowed'),
      });
    }),
  ];
}
