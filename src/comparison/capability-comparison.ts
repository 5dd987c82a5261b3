import { Change } from './change';
import { matched } from './matched';
import { allowedValues, otherValue } from './value-changes';
import { CapabilityAccess, LimitAccess } from '../review/access-model';

/** What became of an agent's capabilities. Whether IAM allows more is decided elsewhere, from its statements. */
export function capabilityChanges(of: string, before: readonly CapabilityAccess[], now: readonly CapabilityAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ kind, provider }) => `${kind} ${provider}`, ({ kind, providerName }) => `${kind} ${providerName}`);
  return [
    ...added.map((capability): Change => ({ kind: 'added', subject: 'capability', of, what: capabilityName(capability), now: `${capability.asWhom}; ${capability.reason}` })),
    ...removed.map((capability): Change => ({ kind: 'removed', subject: 'capability', of, what: capabilityName(capability), before: capability.asWhom })),
    ...pairs.flatMap((pair) => changesOf(of, pair.before, pair.now)),
  ];
}

export function suspensionChange(change: Pick<Change, 'subject' | 'of' | 'what'>, before: string | undefined, now: string | undefined): Change[] {
  if (before === undefined && now !== undefined) {
    return [{ ...change, kind: 'suspended', now }];
  }
  if (before !== undefined && now === undefined) {
    return [{ ...change, kind: 'resumed', before }];
  }
  return otherValue({ ...change, kind: 'reason-changed', what: `${change.what}: reason of the suspension` }, before, now);
}

function capabilityName({ kind, provider }: CapabilityAccess): string {
  return `${kind} through ${provider}`;
}

function changesOf(of: string, before: CapabilityAccess, now: CapabilityAccess): Change[] {
  const what = capabilityName(now);
  const subject = { subject: 'capability', of } as const;
  return [
    ...suspensionChange({ ...subject, what }, before.suspendedReason, now.suspendedReason),
    ...allowedValues(subject, `${what}: scope`, before.scopes, now.scopes),
    ...allowedValues(subject, `${what}: audience`, before.audiences, now.audiences),
    ...allowedValues(subject, `${what}: resource`, before.resources, now.resources),
    ...usersChange({ ...subject, what: `${what}: as whom` }, before.asWhom, now.asWhom),
    ...limitChanges({ ...subject, what }, before.limits, now.limits),
    ...otherValue({ ...subject, kind: 'reason-changed', what: `${what}: reason` }, before.reason, now.reason),
    ...otherValue({ ...subject, kind: 'changed', what: `${what}: provider's name` }, before.providerName, now.providerName),
    ...otherValue({ ...subject, kind: 'changed', what: `${what}: refresh tokens` }, before.refreshTokens, now.refreshTokens),
  ];
}

/** The words tell the widest cases; whether other users are more or fewer shows only in IAM. */
function usersChange(change: Pick<Change, 'subject' | 'of' | 'what'>, before: string, now: string): Change[] {
  const breadth = (asWhom: string) => (/UNVERIFIED|ALL OF THEM/.test(asWhom) ? 2 : /any user of the issuer/.test(asWhom) ? 1 : 0);
  const kind = breadth(now) > breadth(before) ? 'widened' : breadth(now) < breadth(before) ? 'narrowed' : 'undecided';
  return otherValue({ ...change, kind }, before, now);
}

/** Limits of IAM and of scopes are compared by what holds them; here it matters that others stay, and by whom they are held. */
function limitChanges(change: Pick<Change, 'subject' | 'of' | 'what'>, before: readonly LimitAccess[], now: readonly LimitAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ limit, enforcedBy }) => `${limitName(limit)} ${enforcedBy}`, ({ limit }) => limitName(limit));
  const compared = ({ limit, enforcedBy }: LimitAccess) => enforcedBy !== 'IAM' && !limit.startsWith('scopes ');
  const [gone, fresh] = [removed.filter(compared), added.filter(compared)];
  const { pairs: replaced, removed: dropped, added: put } = matched(gone, fresh, ({ enforcedBy }) => enforcedBy);
  return [
    ...pairs.flatMap((pair) => otherValue({ ...change, kind: 'moved-enforcement', what: `${change.what}: limit ${limitName(pair.now.limit)}` }, pair.before.enforcedBy, pair.now.enforcedBy)),
    ...replaced.map((pair): Change => ({ ...change, kind: 'undecided', what: `${change.what}: limit changed`, before: limitText(pair.before), now: limitText(pair.now) })),
    ...dropped.map((limit): Change => ({ ...change, kind: 'widened', what: `${change.what}: limit removed`, before: limitText(limit) })),
    ...put.map((limit): Change => ({ ...change, kind: 'narrowed', what: `${change.what}: limit added`, now: limitText(limit) })),
  ];
}

/** A limit without the reason behind it in parentheses. */
function limitName(limit: string): string {
  return limit.replace(/ \(.*\)$/, '');
}

function limitText({ limit, enforcedBy }: LimitAccess): string {
  return `${limit}, held by ${enforcedBy}`;
}
