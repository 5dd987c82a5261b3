import { Change } from './change';
import { Members } from './members';
import { ProviderSecretAccess } from '../review/access-model';

/** What became of a secret: where it is, and what protects it. */
export function secretChanges(subject: Pick<Change, 'subject' | 'of'>, before: ProviderSecretAccess, now: ProviderSecretAccess): Change[] {
  const members = new Members(subject);
  return members.changes<ProviderSecretAccess>(before, now, {
    kept: members.value('changed', 'where the secret is kept'),
    jsonKey: members.value('changed', 'member of the secret'),
    bundledKeys: members.allowed('bundled key'),
    protectedBy: members.value(protection(before, now), 'what protects the secret'),
  });
}

function protection(before: ProviderSecretAccess, now: ProviderSecretAccess): Change['kind'] {
  const customers = ({ protectedBy }: ProviderSecretAccess) => protectedBy.startsWith('customer key');
  return !customers(now) ? 'guard-weakened' : customers(before) ? 'changed' : 'guard-strengthened';
}
