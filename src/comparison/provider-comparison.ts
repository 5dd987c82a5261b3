import { Change } from './change';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { secretChanges } from './secret-comparison';
import { otherValue } from './value-changes';
import { ProviderAccess } from '../review/access-model';

export function providerChanges(before: readonly ProviderAccess[], now: readonly ProviderAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ kind, path }) => `${kind} ${path}`, ({ kind, name, environment }) => `${kind} ${name} ${environment.account} ${environment.region}`);
  const words = ({ kind, vendor, clientId }: ProviderAccess) => `${vendor ?? kind}${clientId === undefined ? '' : `, client id ${clientId}`}`;
  return [
    ...added.map((each): Change => ({ kind: 'added', subject: 'provider', of: each.path, what: 'provider', now: words(each) })),
    ...removed.map((each): Change => ({ kind: 'removed', subject: 'provider', of: each.path, what: 'provider', before: words(each) })),
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
    clientId: members.value('undecided', 'client id'),
    // Whoever stands there gets the client's secret, and makes the tokens.
    authorizationServer: members.value('undecided', 'authorization server'),
    environment: members.value('changed', 'account and region'),
    madeHere: members.value('changed', 'made here'),
    secret: (one, other) => secretChanges(subject, one, other),
    clientAuthentication: members.value('changed', 'client authentication'),
    onBehalfOf: members.value('undecided', 'exchange of users\' tokens'),
    requiredKeyPolicy: members.value('changed', 'what the policy of the key must hold'),
    broadBecause: members.presence('wider than it could be', 'widened', 'narrowed'),
    namePrefix: (one, other) => members.value(prefixChange(one, other), 'prefix of names')(one, other),
    madeBy: (one, other) => members.value('owner-changed', 'who makes them')(ownerText(one), ownerText(other)),
    usedBy: members.value('changed', 'used by'),
  });
}

/** A shorter prefix covers more names; one provider is fewer than any prefix. */
function prefixChange(before: string | undefined, now: string | undefined): Change['kind'] {
  if (before === undefined || now === undefined) {
    return now === undefined ? 'narrowed' : 'widened';
  }
  return before.startsWith(now) ? 'widened' : now.startsWith(before) ? 'narrowed' : 'undecided';
}

function ownerText(owner: ProviderAccess['madeBy']): string | undefined {
  return owner === undefined ? undefined : `${owner.name} (${owner.contact})`;
}
