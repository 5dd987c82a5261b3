import { Change } from './change';
import { matched } from './matched';
import { Members } from './members';
import { TokenVaultAccess } from '../review/access-model';

/** The key that protects all users' tokens of an account and region. */
export function tokenVaultChanges(before: readonly TokenVaultAccess[], now: readonly TokenVaultAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ environment: { account, region }, setHere }) => `${account} ${region} ${setHere}`, ({ path }) => path);
  return [
    ...added.map(({ path, key }): Change => ({ kind: 'guard-strengthened', subject: 'token vault', of: path, what: 'customer key of the token vault', now: key })),
    ...removed.map(({ path, key }): Change => ({ kind: 'guard-weakened', subject: 'token vault', of: path, what: 'customer key of the token vault', before: key })),
    ...pairs.flatMap((pair) => {
      const members = new Members({ subject: 'token vault', of: pair.now.path });
      return members.changes<TokenVaultAccess>(pair.before, pair.now, {
        path: members.value('moved', 'token vault'),
        environment: members.value('changed', 'account and region'),
        key: members.value('changed', 'customer key of the token vault'),
        formerKeys: members.value('changed', 'former keys'),
        setHere: members.value('changed', 'set here'),
        requiredKeyPolicy: members.value('changed', 'what the policy of the key must hold'),
      });
    }),
  ];
}
