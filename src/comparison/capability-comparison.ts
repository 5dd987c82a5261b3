import { Change } from './change';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { otherValue } from './value-changes';
import { CapabilityAccess, LimitAccess } from '../review/access-model';

/** What became of an agent's capabilities. Whether IAM allows more is decided elsewhere, from its statements. */
export function capabilityChanges(of: string, before: readonly CapabilityAccess[], now: readonly CapabilityAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, (capability) => JSON.stringify(capability), ({ kind, provider, asWhom }) => `${kind} ${provider} ${asWhom}`,
    ({ kind, provider }) => `${kind} ${provider}`, ({ kind, providerName }) => `${kind} ${providerName}`);
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
  const members = new Members(subject, `${what}: `);
  return members.changes<CapabilityAccess>(before, now, {
    kind: ELSEWHERE,
    asWhom: (one, other) => usersChange({ ...subject, what: `${what}: as whom` }, one, other),
    broadBecause: members.presence('for more users than it could be', 'widened', 'narrowed'),
    delegation: { follows: members.value('changed', 'delegation') },
    tokenPath: { follows: members.inOrder('changed', 'hands that authority passes through') },
    provider: members.value('changed', 'provider'),
    providerName: members.value('changed', 'provider\'s name'),
    readBy: members.allowed('part that reads it'),
    gateway: members.value('changed', 'gateway'),
    tools: members.allowed('tool'),
    allToolsReason: members.presence('all tools', 'widened', 'narrowed'),
    scopes: members.allowed('scope'),
    audiences: members.allowed('audience'),
    resources: members.allowed('resource'),
    refreshTokens: members.value('changed', 'refresh tokens'),
    // Those that IAM holds show in its statements.
    limits: { tells: (one, other) => limitChanges({ ...subject, what }, one, other) },
    reason: members.value('reason-changed', 'reason'),
    code: { follows: members.value('changed', 'code') },
    suspendedReason: (one, other) => suspensionChange({ ...subject, what }, one, other),
    statements: { follows: members.value('changed', 'statements') },
  });
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
    ...pairs.flatMap((pair) => [
      ...otherValue({ ...change, kind: 'moved-enforcement', what: `${change.what}: limit ${limitName(pair.now.limit)}` }, pair.before.enforcedBy, pair.now.enforcedBy),
      ...(compared(pair.now) ? [
        ...otherValue({ ...change, kind: 'reason-changed', what: `${change.what}: limit ${limitName(pair.now.limit)}: reason` }, pair.before.limit, pair.now.limit),
        ...otherValue({ ...change, kind: 'changed', what: `${change.what}: limit ${limitName(pair.now.limit)}: how it is held` }, pair.before.how, pair.now.how),
      ] : []),
    ]),
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
