import { leftToOthersChanges } from './agent-comparison';
import { suspensionChange } from './capability-comparison';
import { Change, ChangeKind } from './change';
import { principalChanges } from './iam-comparison';
import { statementChanges } from './labelled-statements';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { returnPageChanges } from './part-comparison';
import { Principals } from './principals';
import { reportedRuleChanges } from './routing-rule-comparison';
import { targetChanges } from './target-comparison';
import { otherValue } from './value-changes';
import { wildcardChanges } from './wildcard-comparison';
import type { ConsentPortalAccess } from '../consent/portal-access';
import type { EnforcementAccess, GatewayAccess, InboundAccess } from '../gateway/gateway-access';

type Subject = { readonly subject: 'gateway'; readonly of: string };

/** Ways in that check who calls, and what they may. */
const CHECKED = ['CUSTOM_JWT', 'AWS_IAM'];

/** What became of the gateways of the report. */
export function gatewayChanges(before: readonly GatewayAccess[], now: readonly GatewayAccess[], was: Principals, is: Principals): Change[] {
  const { pairs, removed, added } = matchedGateways(before, now);
  return [
    ...added.map(({ path, inbound, enforcement }): Change => ({ kind: 'added', subject: 'gateway', of: path, what: 'gateway', now: `${inbound.kind}, rules ${enforcement.mode}` })),
    ...removed.map(({ path, inbound }): Change => ({ kind: 'removed', subject: 'gateway', of: path, what: 'gateway', before: inbound.kind })),
    ...pairs.flatMap((pair) => {
      const iam = iamOfGateway(pair.before, pair.now, was, is);
      return [...iam ?? [], ...changesOf(pair.before, pair.now, iam, is.areKnown), ...returnPageChanges(pair.before, pair.now, was, is)];
    }),
  ];
}

export function matchedGateways(before: readonly GatewayAccess[], now: readonly GatewayAccess[]) {
  return matched(before, now, ({ path }) => path, ({ name, environment }) => `${name} ${environment.account} ${environment.region}`);
}

export function inboundKind(subject: Subject, before: string, now: string): Change[] {
  const checked = (kind: string) => CHECKED.includes(kind);
  return otherValue({ ...subject, kind: checked(before) === checked(now) ? 'undecided' : checked(before) ? 'widened' : 'narrowed', what: 'way in' }, before, now);
}

export function modeChange(subject: Subject, before: string, now: string): Change[] {
  return otherValue({ ...subject, kind: now === 'ENFORCE' ? 'narrowed' : before === 'ENFORCE' ? 'widened' : 'changed', what: 'rules for tools' }, before, now);
}

function changesOf(before: GatewayAccess, now: GatewayAccess, iam: readonly Change[] | undefined, templates: boolean): Change[] {
  const subject = { subject: 'gateway', of: now.path } as const;
  const members = new Members(subject);
  return members.changes<GatewayAccess>(before, now, {
    path: members.value('moved', 'gateway'),
    environment: members.value('changed', 'account and region'),
    name: members.value('changed', 'name'),
    owner: members.owner(),
    protocol: members.value('changed', 'protocol'),
    suspendedReason: (one, other) => suspensionChange({ ...subject, what: 'gateway' }, one, other),
    inbound: (one, other) => inboundChanges(subject, one, other),
    onlyCallers: members.restricting('caller whom the resource policy lets through'),
    enforcement: (one, other) => members.changes<EnforcementAccess>(one, other, {
      mode: (mode, mode2) => modeChange(subject, mode, mode2),
      logOnlyReason: one.mode === other.mode ? members.value('reason-changed', 'why nothing is enforced') : ELSEWHERE,
    }),
    errorDetailsReason: members.presence('callers see what targets answered in errors', 'widened', 'narrowed'),
    encryptionKey: members.presence('customer key', 'guard-strengthened', 'guard-weakened', 'changed'),
    // What a function does with calls is not known: it may refuse them, and it may change them.
    interceptors: members.value('undecided', 'functions through which calls pass'),
    targets: (one, other) => targetChanges(now.path, one, other, templates),
    rateLimits: (one, other) => members.demanded('rate limit')(one.map((limit) => JSON.stringify(limit)), other.map((limit) => JSON.stringify(limit))),
    routingRules: (one, other) => reportedRuleChanges(now.path, one, other),
    role: members.value('changed', 'role'),
    statements: { decides: (one, other) => statementChanges({ subject: 'IAM', of: now.path, what: `IAM of ${now.role}` }, one, other, iam) },
    remainingWildcards: (one, other) => wildcardChanges(subject, one, other),
    consentPortal: (one, other) => portalChanges(subject, one, other, templates),
    returnPages: ELSEWHERE,
    leftToOthers: (one, other) => leftToOthersChanges(subject, one, other),
  });
}

function inboundChanges(subject: Subject, before: InboundAccess, now: InboundAccess): Change[] {
  const members = new Members(subject);
  return members.changes<InboundAccess>(before, now, {
    kind: (one, other) => inboundKind(subject, one, other),
    issuers: members.limiting('issuer'),
    audiences: members.limiting('audience'),
    clients: members.limiting('client'),
    scopes: members.limiting('scope'),
    claims: members.demanded('demanded claim'),
    weakerReason: members.value('reason-changed', 'why the way in is weaker than it could be'),
  });
}

function portalChanges(subject: Subject, before: ConsentPortalAccess | undefined, now: ConsentPortalAccess | undefined, templates: boolean): Change[] {
  if (before === undefined || now === undefined) {
    const kind: ChangeKind = before === undefined ? 'added' : 'removed';
    return otherValue({ ...subject, kind, what: 'consent portal' }, before?.path, now?.path);
  }
  const members = new Members(subject, 'consent portal: ');
  return members.changes<ConsentPortalAccess>(before, now, {
    path: members.value('moved', 'path'),
    name: members.value('changed', 'name'),
    signIn: members.value('undecided', 'provider with which users sign in'),
    role: members.value('changed', 'role'),
    statements: { decides: (one, other) => statementChanges({ subject: 'IAM', of: subject.of, what: `IAM of ${now.role}` }, one, other, templates ? [] : undefined) },
  });
}

/** `undefined`: the templates do not say. */
function iamOfGateway(before: GatewayAccess, now: GatewayAccess, was: Principals, is: Principals): Change[] | undefined {
  const [old, fresh] = [was.find(before.role), is.find(now.role)];
  if (old === undefined || fresh === undefined) {
    return undefined;
  }
  was.take(old);
  is.take(fresh);
  return principalChanges(old, fresh, now.path, is.resources);
}
