import { Change } from './change';
import { matched, sameData } from './matched';
import { allowedValues, otherValue } from './value-changes';
import { ProviderAccess, TokenVaultAccess } from '../review/access-model';

export function providerChanges(before: readonly ProviderAccess[], now: readonly ProviderAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ kind, path }) => `${kind} ${path}`, ({ kind, name, environment }) => `${kind} ${name} ${environment.account} ${environment.region}`);
  return [
    ...added.map(({ path, kind, vendor }): Change => ({ kind: 'added', subject: 'provider', of: path, what: 'provider', now: vendor ?? kind })),
    ...removed.map(({ path, kind, vendor }): Change => ({ kind: 'removed', subject: 'provider', of: path, what: 'provider', before: vendor ?? kind })),
    ...pairs.flatMap((pair) => (sameData(pair.before, pair.now) ? [] : changesOf(pair.before, pair.now))),
  ];
}

function changesOf(before: ProviderAccess, now: ProviderAccess): Change[] {
  const subject = { subject: 'provider', of: now.path } as const;
  const change = (what: string) => ({ ...subject, kind: 'changed', what } as const);
  const protection = now.secret.protectedBy.startsWith('customer key') ? (before.secret.protectedBy.startsWith('customer key') ? 'changed' : 'guard-strengthened') : 'guard-weakened';
  return [
    ...otherValue({ ...subject, kind: 'moved', what: 'provider' }, before.path, now.path),
    ...otherValue(change('name'), before.name, now.name),
    ...otherValue(change('vendor'), before.vendor, now.vendor),
    ...otherValue(change('where the secret is kept'), `${before.secret.kept} ${before.secret.jsonKey ?? ''}`.trim(), `${now.secret.kept} ${now.secret.jsonKey ?? ''}`.trim()),
    ...otherValue({ ...subject, kind: protection, what: 'what protects the secret' }, before.secret.protectedBy, now.secret.protectedBy),
    ...allowedValues(subject, 'bundled key', before.secret.bundledKeys, now.secret.bundledKeys),
    ...otherValue(change('client authentication'), before.clientAuthentication, now.clientAuthentication),
    ...otherValue({ ...subject, kind: 'undecided', what: 'exchange of users\' tokens' }, before.onBehalfOf, now.onBehalfOf),
    ...otherValue({ ...subject, kind: before.broadBecause === undefined ? 'widened' : now.broadBecause === undefined ? 'narrowed' : 'changed', what: 'wider than it could be' }, before.broadBecause, now.broadBecause),
  ];
}

/** The key that protects all users' tokens of an account and region. */
export function tokenVaultChanges(before: readonly TokenVaultAccess[], now: readonly TokenVaultAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ environment: { account, region }, setHere }) => `${account} ${region} ${setHere}`, ({ path }) => path);
  return [
    ...added.map(({ path, key }): Change => ({ kind: 'guard-strengthened', subject: 'token vault', of: path, what: 'customer key of the token vault', now: key })),
    ...removed.map(({ path, key }): Change => ({ kind: 'guard-weakened', subject: 'token vault', of: path, what: 'customer key of the token vault', before: key })),
    ...pairs.flatMap((pair) => {
      const subject = { subject: 'token vault', of: pair.now.path } as const;
      return [
        ...otherValue({ ...subject, kind: 'changed', what: 'customer key of the token vault' }, pair.before.key, pair.now.key),
        ...otherValue({ ...subject, kind: 'changed', what: 'former keys' }, pair.before.formerKeys.join(', '), pair.now.formerKeys.join(', ')),
        ...otherValue({ ...subject, kind: 'changed', what: 'set here' }, String(pair.before.setHere), String(pair.now.setHere)),
      ];
    }),
  ];
}
