import { Change } from './change';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { secretChanges } from './secret-comparison';
import { otherValue } from './value-changes';
import { ProviderAccess } from '../review/access-model';

export function providerChanges(before: readonly ProviderAccess[], now: readonly ProviderAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ kind, path }) => `${kind} ${path}`, ({ kind, name, environment }) => `${kind} ${name} ${environment.account} ${environment.region}`);
  return [
    ...added.map(({ path, kind, vendor }): Change => ({ kind: 'added', subject: 'provider', of: path, what: 'provider', now: vendor ?? kind })),
    ...removed.map(({ path, kind, vendor }): Change => ({ kind: 'removed', subject: 'provider', of: path, what: 'provider', before: vendor ?? kind })),
    ...pairs.flatMap((pair) => changesOf(pair.before, pair.now)),
  ];
}

function changesOf(before: ProviderAccess, now: ProviderAccess): Change[] {
  const subject = { subject: 'provider', of: now.path } as const;
  const members = new Members(subject);
  return members.changes<ProviderAccess>(before, now, {
    path: (one, other) => otherValue({ ...subject, kind: 'moved', what: 'provider' }, one, other),
    kind: ELSEWHERE,
    name: members.value('changed', 'name'),
    vendor: members.value('undecided', 'vendor'),
    environment: members.value('changed', 'account and region'),
    madeHere: members.value('changed', 'made here'),
    secret: (one, other) => secretChanges(subject, one, other),
    clientAuthentication: members.value('changed', 'client authentication'),
    onBehalfOf: members.value('undecided', 'exchange of users\' tokens'),
    requiredKeyPolicy: members.value('changed', 'what the policy of the key must hold'),
    broadBecause: members.presence('wider than it could be', 'widened', 'narrowed'),
    usedBy: members.value('changed', 'used by'),
  });
}
