import { callerChanges } from './caller-comparison';
import { capabilityChanges, suspensionChange } from './capability-comparison';
import { Change } from './change';
import { frontEndChanges, invocationChanges } from './front-end-comparison';
import { differing, matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { operatorChanges } from './operator-comparison';
import { partChanges } from './part-comparison';
import { Principals } from './principals';
import { otherValue } from './value-changes';
import { wildcardChanges } from './wildcard-comparison';
import { sameData } from '../containment/same-data';
import { AgentAccess } from '../review/access-model';

/** What became of the agents. The same identity at another path is an agent that moved. */
export function agentChanges(
  before: readonly AgentAccess[], now: readonly AgentAccess[], was: Principals, is: Principals,
): { readonly changes: Change[]; readonly unchanged: number } {
  const identity = ({ identity: { name }, environment }: AgentAccess) => `${name} ${environment.account} ${environment.region}`;
  const { pairs, removed, added } = matched(before, now, ({ path }) => path, identity);
  const compared = pairs.map((pair) => changesOf(pair.before, pair.now, was, is));
  return {
    changes: [
      ...added.flatMap((agent): Change[] => [{ kind: 'added', subject: 'agent', of: agent.path, what: 'agent', now: `${agent.identity.name}, owner ${agent.owner.name}${usersOf(agent)}` },
        ...capabilityChanges(agent.path, [], agent.capabilities)]),
      ...removed.map((agent): Change => ({ kind: 'removed', subject: 'agent', of: agent.path, what: 'agent', before: `${agent.identity.name}, owner ${agent.owner.name}` })),
      ...compared.flat(),
    ],
    unchanged: compared.filter((changes) => changes.length === 0).length,
  };
}

/** Whose tokens prove a user to it. */
function usersOf({ callers }: AgentAccess): string {
  const words = callers.map(({ issuer, audiences, clients }) => `${issuer} (${audiences.length + clients.length === 0 ? 'ANY CLIENT' : [...audiences, ...clients].join(', ')})`);
  return words.length === 0 ? '' : `, users of ${words.join(' and ')}`;
}

function changesOf(before: AgentAccess, now: AgentAccess, was: Principals, is: Principals): Change[] {
  const of = now.path;
  const subject = { subject: 'agent', of } as const;
  const iam = partChanges(before, now, was, is);
  if (sameData(before, now)) {
    return announced([], iam);
  }
  const members = new Members(subject);
  const environment = ({ account, region }: AgentAccess['environment']) => `${account} ${region}`;
  const declared = members.changes<AgentAccess>(before, now, {
    path: (one, other) => otherValue({ ...subject, kind: 'moved', what: 'agent' }, one, other),
    identity: (one, other) => members.changes(one, other, { name: members.value('changed', 'identity'), madeHere: members.value('changed', 'identity made here') }),
    environment: (one, other) => members.value('changed', 'account and region')(environment(one), environment(other)),
    owner: members.owner(),
    suspendedReason: (one, other) => suspensionChange({ ...subject, what: 'agent' }, one, other),
    callers: (one, other) => callerChanges(of, one, other),
    acceptsCallsFrom: members.restricting('workload through which calls come'),
    returnUrls: members.allowed('return URL'),
    frontEnds: (one = [], other = []) => frontEndChanges(of, one, other, is.areKnown),
    operators: (one = [], other = []) => operatorChanges(of, one, other, is.areKnown),
    invocation: (one, other) => invocationChanges(subject, one, other, is.areKnown),
    parts: ELSEWHERE,
    capabilities: (one, other) => capabilityChanges(of, one, other),
    remainingWildcards: (one, other) => wildcardChanges(subject, one, other),
    leftToOthers: (one, other) => leftToOthersChanges(subject, one, other),
  });
  return announced(declared, iam);
}

/** More in IAM without a word about it in what was declared is what a reviewer must not overlook. */
function announced(declared: readonly Change[], iam: readonly Change[]): Change[] {
  const said = declared.some(({ kind }) => kind === 'widened' || kind === 'added' || kind === 'resumed');
  return [...declared, ...iam.map((change) => (!said && change.subject === 'IAM' && (change.kind === 'widened' || change.kind === 'undecided') ? { ...change, unannounced: true } : change))];
}

/** What somebody else has to do. */
export function leftToOthersChanges(subject: Pick<Change, 'subject' | 'of'>, before: readonly string[], now: readonly string[]): Change[] {
  const { removed, added } = differing(before, now);
  return [...added.map((notice): Change => ({ ...subject, kind: 'changed', what: 'left to others', now: notice })),
    ...removed.map((notice): Change => ({ ...subject, kind: 'changed', what: 'no longer left to others', before: notice }))];
}
