import { Change } from './change';
import { ComparedGateway, ComparedTarget } from './compared-app';
import { inboundKind, modeChange } from './gateway-comparison';
import { Matched, matched } from './matched';
import { SaidInReport } from './said-in-report';
import { shownJson } from './shown-values';
import { otherValue } from './value-changes';

/**
 * What became of gateways as the templates have them: who gets in, what is enforced, and with which credentials targets are called. What the
 * report tells of the same gateway in other words is left out, and nothing else: properties may have been changed behind the library's back.
 */
export function templateGatewayChanges(before: readonly ComparedGateway[], now: readonly ComparedGateway[], said: SaidInReport, told: readonly Change[]): Change[] {
  const { pairs, removed, added } = pairsOf('Gateway', before, now, said);
  const isTold = (change: Change) => told.some(({ subject, of, what, kind }) =>
    subject === change.subject && of === change.of && what === change.what && kind === change.kind);
  return [
    ...added.map(({ id, authorizer }): Change => ({ kind: 'added', subject: 'gateway', of: id, what: 'gateway', now: authorizer })),
    ...removed.map(({ id, authorizer }): Change => ({ kind: 'removed', subject: 'gateway', of: id, what: 'gateway', before: authorizer })),
    ...pairs.flatMap((pair) => changesOf(pair.before, pair.now, said, told)),
  ].filter((change) => !isTold(change));
}

function changesOf(before: ComparedGateway, now: ComparedGateway, said: SaidInReport, told: readonly Change[]): Change[] {
  const subject = { subject: 'gateway', of: now.id } as const;
  const targets = pairsOf('GatewayTarget', before.targets, now.targets, said);
  const isTold = (id: string) => told.some((change) => change.subject === 'gateway' && change.of === now.id && change.what === `target ${id.slice(now.id.length + 1)}`);
  const differs = (kind: string, property: string, one: ComparedGateway | ComparedTarget, other: ComparedGateway | ComparedTarget, was: string, is: string) =>
    was !== is && said.untold(property, { id: one.id, kind }, { id: other.id, kind }, JSON.parse(was), JSON.parse(is)) !== undefined;
  return [
    ...inboundKind(subject, before.authorizer, now.authorizer),
    ...(differs('Gateway', 'AuthorizerConfiguration', before, now, before.authorizerDetails, now.authorizerDetails)
      ? [{ ...subject, kind: 'undecided', what: 'way in: details', ...shownSides(before.authorizerDetails, now.authorizerDetails) } as const] : []),
    ...modeChange(subject, before.policyMode, now.policyMode),
    ...otherValue({ ...subject, kind: 'undecided', what: 'policy engine' }, engineOf(before), engineOf(now)),
    ...targets.added.filter(({ id }) => !isTold(id)).map(({ id, credentials }): Change => ({ ...subject, kind: 'added', what: `target ${id}`, now: shownJson(credentials) })),
    ...targets.removed.filter(({ id }) => !isTold(id)).map(({ id, credentials }): Change => ({ ...subject, kind: 'removed', what: `target ${id}`, before: shownJson(credentials) })),
    ...targets.pairs.flatMap((target): Change[] => (!differs('GatewayTarget', 'CredentialProviderConfigurations', target.before, target.now, target.before.credentials, target.now.credentials) ? []
      : [{ ...subject, kind: 'undecided', what: `target ${target.now.id}: credentials`, ...shownSides(target.before.credentials, target.now.credentials) }])),
  ];
}

/** An engine of the gateway's own is the same where both are at another path. */
function engineOf({ id, engine }: ComparedGateway): string | undefined {
  return engine?.split(` ${id}/`).join(' <the gateway>/');
}

/** By their paths; and those of a gateway that the reports know at another path. */
function pairsOf<T extends { readonly id: string }>(kind: string, before: readonly T[], now: readonly T[], said: SaidInReport): Matched<T> {
  const sides = new Map([...before.map((each) => [each, 'before'] as const), ...now.map((each) => [each, 'now'] as const)]);
  return matched(before, now, ({ id }) => id, (each) => said.stablePlace({ id: each.id, kind }, sides.get(each)!) ?? `${sides.get(each)} ${each.id}`);
}

/** Both sides, or one line that says that what differs cannot be shown. */
function shownSides(before: string, now: string): Pick<Change, 'before' | 'now'> {
  const [was, is] = [shownJson(before), shownJson(now)];
  return was === is ? { now: `${is}, where what is not shown is something else now` } : { before: was, now: is };
}
