import { capabilityChanges, suspensionChange } from './capability-comparison';
import { Change } from './change';
import { iamChanges, policySet, principalChanges } from './iam-comparison';
import { labelledStatements } from './labelled-statements';
import { differing, matched, sameData } from './matched';
import { Principals } from './principals';
import { allowedValues, limitingValues, otherValue } from './value-changes';
import { AgentAccess, CallerAccess, PartAccess } from '../review/access-model';

/** What became of the agents. The same identity at another path is an agent that moved. */
export function agentChanges(
  before: readonly AgentAccess[], now: readonly AgentAccess[], was: Principals, is: Principals,
): { readonly changes: Change[]; readonly unchanged: number } {
  const identity = ({ identity: { name }, environment }: AgentAccess) => `${name} ${environment.account} ${environment.region}`;
  const { pairs, removed, added } = matched(before, now, ({ path }) => path, identity);
  const compared = pairs.map((pair) => changesOf(pair.before, pair.now, was, is));
  return {
    changes: [
      ...added.flatMap((agent): Change[] => [{ kind: 'added', subject: 'agent', of: agent.path, what: 'agent', now: `${agent.identity.name}, owner ${agent.owner.name}` },
        ...capabilityChanges(agent.path, [], agent.capabilities)]),
      ...removed.map((agent): Change => ({ kind: 'removed', subject: 'agent', of: agent.path, what: 'agent', before: `${agent.identity.name}, owner ${agent.owner.name}` })),
      ...compared.flat(),
    ],
    unchanged: compared.filter((changes) => changes.length === 0).length,
  };
}

function changesOf(before: AgentAccess, now: AgentAccess, was: Principals, is: Principals): Change[] {
  const of = now.path;
  const subject = { subject: 'agent', of } as const;
  const iam = partChanges(before, now, was, is);
  if (sameData(before, now)) {
    return announced([], iam);
  }
  const declared: Change[] = [
    ...otherValue({ ...subject, kind: 'moved', what: 'agent' }, before.path, now.path),
    ...otherValue({ ...subject, kind: 'changed', what: 'identity' }, before.identity.name, now.identity.name),
    ...otherValue({ ...subject, kind: 'changed', what: 'account and region' }, place(before), place(now)),
    ...otherValue({ ...subject, kind: 'owner-changed', what: 'owner' }, `${before.owner.name} (${before.owner.contact})`, `${now.owner.name} (${now.owner.contact})`),
    ...suspensionChange({ ...subject, what: 'agent' }, before.suspendedReason, now.suspendedReason),
    ...callerChanges(of, before.callers, now.callers),
    ...allowedValues(subject, 'return URL', before.returnUrls, now.returnUrls),
    ...allowedValues(subject, 'wildcard that remains', before.remainingWildcards.map(({ resource }) => resource), now.remainingWildcards.map(({ resource }) => resource)),
    ...capabilityChanges(of, before.capabilities, now.capabilities),
    ...leftToOthers(of, before, now),
  ];
  return announced(declared, iam);
}

/** More in IAM without a word about it in what was declared is what a reviewer must not overlook. */
function announced(declared: readonly Change[], iam: readonly Change[]): Change[] {
  const said = declared.some(({ kind }) => kind === 'widened' || kind === 'added' || kind === 'resumed');
  return [...declared, ...iam.map((change) => (!said && change.subject === 'IAM' && (change.kind === 'widened' || change.kind === 'undecided') ? { ...change, unannounced: true } : change))];
}

function partChanges(before: AgentAccess, now: AgentAccess, was: Principals, is: Principals): Change[] {
  const { pairs, removed, added } = matched(before.parts, now.parts, ({ name }) => name);
  const part = (name: string) => ({ subject: 'agent', of: now.path, what: `part ${name}` } as const);
  return [
    ...pairs.flatMap((pair): Change[] => [
      ...iamOfPart(now.path, pair.before, pair.now, was, is),
      ...otherValue({ ...part(pair.now.name), kind: 'changed', what: `part ${pair.now.name}: host` }, pair.before.host, pair.now.host),
      ...(before.path === now.path ? otherValue({ ...part(pair.now.name), kind: 'changed', what: `part ${pair.now.name}: role` }, pair.before.role, pair.now.role) : []),
      ...otherValue({ ...part(pair.now.name), kind: 'changed', what: `part ${pair.now.name}: policy attached here` }, String(pair.before.attachedHere), String(pair.now.attachedHere)),
      ...allowedValues({ subject: 'agent', of: now.path }, `part ${pair.now.name}: role shared with`, pair.before.sharedWith, pair.now.sharedWith),
    ]),
    ...added.flatMap((each): Change[] => [{ ...part(each.name), kind: 'added', now: `${each.host}, ${each.role}` }, ...iamOfPart(now.path, undefined, each, was, is)]),
    ...removed.map((each): Change => ({ ...part(each.name), kind: 'removed', before: `${each.host}, ${each.role}` })),
  ];
}

/** All policies of the role decide. Where they are not known, the report's statements do, with its words for resources. */
function iamOfPart(of: string, before: PartAccess | undefined, now: PartAccess, was: Principals, is: Principals): Change[] {
  const [old, fresh] = [before === undefined ? undefined : was.find(before.role), is.find(now.role)];
  if (fresh !== undefined && (old !== undefined || was.areKnown)) {
    is.take(fresh);
    if (old !== undefined) {
      was.take(old);
      return principalChanges(old, fresh, of);
    }
    return iamChanges({ subject: 'IAM', of, what: `IAM of ${fresh.id}` }, { statements: [] }, policySet(fresh));
  }
  const [theirs, ours] = [before?.statements ?? [], now.statements].map((statements) => ({ statements: labelledStatements(statements) }));
  return iamChanges({ subject: 'IAM', of, what: `IAM of ${now.role}` }, theirs, ours);
}

function callerChanges(of: string, before: readonly CallerAccess[], now: readonly CallerAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ issuer, audiences, clients }) => `${issuer} ${audiences.join()} ${clients.join()}`, ({ issuer }) => issuer);
  const subject = { subject: 'agent', of } as const;
  return [
    ...added.map(({ issuer }): Change => ({ ...subject, kind: 'widened', what: 'token issuer added', now: issuer })),
    ...removed.map(({ issuer }): Change => ({ ...subject, kind: 'narrowed', what: 'token issuer removed', before: issuer })),
    ...pairs.flatMap((pair) => [
      ...limitingValues(subject, `audience of ${pair.now.issuer}`, pair.before.audiences, pair.now.audiences),
      ...limitingValues(subject, `client of ${pair.now.issuer}`, pair.before.clients, pair.now.clients),
      ...limitingValues(subject, `scope of ${pair.now.issuer}`, pair.before.scopes, pair.now.scopes),
    ]),
  ];
}

function leftToOthers(of: string, before: AgentAccess, now: AgentAccess): Change[] {
  const { removed, added } = differing(before.leftToOthers, now.leftToOthers);
  return [...added.map((notice): Change => ({ kind: 'changed', subject: 'agent', of, what: 'left to others', now: notice })),
    ...removed.map((notice): Change => ({ kind: 'changed', subject: 'agent', of, what: 'no longer left to others', before: notice }))];
}

function place({ environment: { account, region } }: AgentAccess): string {
  return `${account} ${region}`;
}
