import { Change } from './change';
import { matched } from './matched';
import { Members } from './members';
import { allowedValues } from './value-changes';
import { WildcardAccess } from '../review/access-model';

/** What became of the resources that could not be named exactly. */
export function wildcardChanges(subject: Pick<Change, 'subject' | 'of'>, before: readonly WildcardAccess[], now: readonly WildcardAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ resource }) => resource);
  const resources = (wildcards: readonly WildcardAccess[]) => wildcards.map(({ resource }) => resource);
  return [
    ...allowedValues(subject, 'wildcard that remains', resources(removed), resources(added)),
    ...pairs.flatMap((pair) => {
      const members = new Members(subject, `wildcard ${pair.now.resource}: `);
      return members.changes(pair.before, pair.now, { reason: members.value('reason-changed', 'reason') });
    }),
  ];
}
