import { createHash } from 'crypto';
import { Change } from './change';
import { ComparedGateway } from './compared-app';
import { inboundKind, matchedGateways, modeChange } from './gateway-comparison';
import { differing, matched } from './matched';
import { otherValue } from './value-changes';
import type { GatewayAccess, InboundAccess } from '../gateway/gateway-access';

/** A gateway in the reports of both sides. */
type ReportedPair = { readonly before: GatewayAccess; readonly now: GatewayAccess };

/**
 * What became of gateways as the templates have them. What the report tells of the same gateway in other words is left out, and nothing
 * else: properties may have been changed behind the library's back.
 */
export function templateGatewayChanges(
  before: readonly ComparedGateway[], now: readonly ComparedGateway[],
  reportBefore: readonly GatewayAccess[], reportNow: readonly GatewayAccess[], told: readonly Change[],
): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ id }) => id);
  const reported = new Map(matchedGateways(reportBefore, reportNow).pairs.map((pair) => [pair.now.path, pair]));
  const isTold = (change: Change) => told.some(({ subject, of, what, kind }) =>
    subject === change.subject && of === change.of && what === change.what && kind === change.kind);
  return [
    ...added.map(({ id, authorizer }): Change => ({ kind: 'added', subject: 'gateway', of: id, what: 'gateway', now: authorizer })),
    ...removed.map(({ id, authorizer }): Change => ({ kind: 'removed', subject: 'gateway', of: id, what: 'gateway', before: authorizer })),
    ...pairs.flatMap((pair) => changesOf(pair.before, pair.now, reported.get(pair.now.id), told)),
  ].filter((change) => !isTold(change));
}

function changesOf(before: ComparedGateway, now: ComparedGateway, reported: ReportedPair | undefined, told: readonly Change[]): Change[] {
  const subject = { subject: 'gateway', of: now.id } as const;
  const targets = matched(before.targets, now.targets, ({ id }) => id);
  const isTold = (id: string, what: string) => told.some((change) => change.subject === 'gateway' && change.of === now.id && change.what === `target ${id.slice(now.id.length + 1)}${what}`);
  return [
    ...inboundKind(subject, before.authorizer, now.authorizer),
    ...(reported !== undefined && isInboundTold(before, now, reported) ? [] : otherValue({ ...subject, kind: 'undecided', what: 'way in: details' }, before.authorizerDetails, now.authorizerDetails)),
    ...modeChange(subject, before.policyMode, now.policyMode),
    ...otherValue({ ...subject, kind: 'undecided', what: 'policy engine' }, before.engine, now.engine),
    // Those that no report speaks of are compared property by property elsewhere.
    ...(reported === undefined ? [] : otherValue({ ...subject, kind: 'changed', what: 'other settings of the template' }, digest(before.settings), digest(now.settings))),
    ...targets.added.filter(({ id }) => !isTold(id, '')).map(({ id, credentials }): Change => ({ ...subject, kind: 'added', what: `target ${id}`, now: credentials })),
    ...targets.removed.filter(({ id }) => !isTold(id, '')).map(({ id, credentials }): Change => ({ ...subject, kind: 'removed', what: `target ${id}`, before: credentials })),
    ...targets.pairs.flatMap((target) => [
      ...otherValue({ ...subject, kind: 'undecided', what: `target ${target.now.id}: credentials` }, target.before.credentials, target.now.credentials),
      ...(reported === undefined || isTold(target.now.id, ': private CA certificates') ? []
        : otherValue({ ...subject, kind: 'undecided', what: `target ${target.now.id}: private CA certificates` }, digest(target.before.certificates), digest(target.now.certificates))),
      ...(reported === undefined ? [] : otherValue({ ...subject, kind: 'changed', what: `target ${target.now.id}: configuration` }, digest(target.before.configuration), digest(target.now.configuration))),
    ]),
  ];
}

/** Whether each text that came or went is one that came or went in the report. */
function isInboundTold(before: ComparedGateway, now: ComparedGateway, reported: ReportedPair): boolean {
  const template = differing(texts(before.authorizerDetails), texts(now.authorizerDetails));
  const report = differing(wordsOf(reported.before.inbound), wordsOf(reported.now.inbound));
  const all = (some: readonly string[], words: readonly string[]) => some.every((text) => words.some((word) => text === word || text.startsWith(`${word.replace(/\/$/, '')}/`) || word.split(/, | /).includes(text)));
  return template.added.length + template.removed.length > 0 && all(template.added, report.added) && all(template.removed, report.removed);
}

function wordsOf({ issuers, audiences, clients, scopes, claims }: InboundAccess): string[] {
  return [...issuers, ...audiences, ...clients, ...scopes, ...claims];
}

function texts(details: string): string[] {
  const found: string[] = [];
  JSON.parse(details, (_key, value: unknown) => {
    if (typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

/** Values are not shown: nobody knows what is among them. */
function digest(value: string | undefined): string | undefined {
  return value === undefined ? undefined : `sha256 ${createHash('sha256').update(value).digest('hex').slice(0, 12)}`;
}
