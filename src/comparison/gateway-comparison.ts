import { suspensionChange } from './capability-comparison';
import { Change, ChangeKind } from './change';
import { ComparedGateway } from './compared-app';
import { iamChanges, principalChanges } from './iam-comparison';
import { labelledStatements } from './labelled-statements';
import { matched, sameData } from './matched';
import { Principals } from './principals';
import { allowedValues, demandedValues, limitingValues, otherValue } from './value-changes';
import type { GatewayAccess, TargetAccess, ToolRuleAccess } from '../gateway/gateway-access';

type Subject = { readonly subject: 'gateway' | 'tool'; readonly of: string };

/** Ways in that check who calls, and what they may. */
const CHECKED = ['CUSTOM_JWT', 'AWS_IAM'];

/** What became of the gateways of the report. */
export function gatewayChanges(before: readonly GatewayAccess[], now: readonly GatewayAccess[], was: Principals, is: Principals): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ path }) => path, ({ name, environment }) => `${name} ${environment.account} ${environment.region}`);
  return [
    ...added.map(({ path, inbound, enforcement }): Change => ({ kind: 'added', subject: 'gateway', of: path, what: 'gateway', now: `${inbound.kind}, rules ${enforcement.mode}` })),
    ...removed.map(({ path, inbound }): Change => ({ kind: 'removed', subject: 'gateway', of: path, what: 'gateway', before: inbound.kind })),
    ...pairs.flatMap((pair) => [...(sameData(pair.before, pair.now) ? [] : changesOf(pair.before, pair.now)), ...iamOfGateway(pair.before, pair.now, was, is)]),
  ];
}

/** What became of gateways as the templates have them, where no report speaks of them. */
export function templateGatewayChanges(before: readonly ComparedGateway[], now: readonly ComparedGateway[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ id }) => id);
  return [
    ...added.map(({ id, authorizer }): Change => ({ kind: 'added', subject: 'gateway', of: id, what: 'gateway', now: authorizer })),
    ...removed.map(({ id, authorizer }): Change => ({ kind: 'removed', subject: 'gateway', of: id, what: 'gateway', before: authorizer })),
    ...pairs.flatMap((pair): Change[] => {
      const subject = { subject: 'gateway', of: pair.now.id } as const;
      const targets = matched(pair.before.targets, pair.now.targets, ({ id }) => id);
      return [
        ...inboundKind(subject, pair.before.authorizer, pair.now.authorizer),
        ...(pair.before.authorizer === pair.now.authorizer ? otherValue({ ...subject, kind: 'undecided', what: 'authorizer\'s configuration' }, pair.before.authorizerDetails, pair.now.authorizerDetails) : []),
        ...modeChange(subject, pair.before.policyMode, pair.now.policyMode),
        ...targets.added.map(({ id, credentials }): Change => ({ ...subject, kind: 'added', what: `target ${id}`, now: credentials })),
        ...targets.removed.map(({ id, credentials }): Change => ({ ...subject, kind: 'removed', what: `target ${id}`, before: credentials })),
        ...targets.pairs.flatMap((target) => otherValue({ ...subject, kind: 'undecided', what: `target ${target.now.id}: credentials` }, target.before.credentials, target.now.credentials)),
      ];
    }),
  ];
}

function changesOf(before: GatewayAccess, now: GatewayAccess): Change[] {
  const subject = { subject: 'gateway', of: now.path } as const;
  const [was, is] = [before.inbound, now.inbound];
  return [
    ...otherValue({ ...subject, kind: 'moved', what: 'gateway' }, before.path, now.path),
    ...otherValue({ ...subject, kind: 'changed', what: 'name' }, before.name, now.name),
    ...otherValue({ ...subject, kind: 'owner-changed', what: 'owner' }, `${before.owner.name} (${before.owner.contact})`, `${now.owner.name} (${now.owner.contact})`),
    ...inboundKind(subject, was.kind, is.kind),
    ...limitingValues(subject, 'issuer', was.issuers, is.issuers),
    ...limitingValues(subject, 'audience', was.audiences, is.audiences),
    ...limitingValues(subject, 'client', was.clients, is.clients),
    ...limitingValues(subject, 'scope', was.scopes, is.scopes),
    ...demandedValues(subject, 'demanded claim', was.claims, is.claims),
    ...otherValue({ ...subject, kind: 'reason-changed', what: 'why the way in is weaker than it could be' }, was.weakerReason, is.weakerReason),
    ...modeChange(subject, before.enforcement.mode, now.enforcement.mode),
    ...presence(subject, 'widened', 'narrowed', 'callers see what targets answered in errors', before.errorDetailsReason, now.errorDetailsReason),
    ...presence(subject, 'guard-strengthened', 'guard-weakened', 'customer key', before.encryptionKey, now.encryptionKey),
    ...demandedValues(subject, 'rate limit', before.rateLimits.map((limit) => JSON.stringify(limit)), now.rateLimits.map((limit) => JSON.stringify(limit))),
    ...targetChanges(now.path, before.targets, now.targets),
  ];
}

function targetChanges(of: string, before: readonly TargetAccess[], now: readonly TargetAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ name }) => name);
  const target = (name: string) => ({ subject: 'gateway', of, what: `target ${name}` } as const);
  return [
    ...added.flatMap((each): Change[] => [{ ...target(each.name), kind: 'added', now: `${each.kind}, called as ${each.asWhom}` }, ...ruleChanges(of, each.name, [], each.tools)]),
    ...removed.map((each): Change => ({ ...target(each.name), kind: 'removed', before: `${each.kind}, called as ${each.asWhom}` })),
    ...pairs.flatMap((pair) => {
      const subject = target(pair.now.name);
      const { what } = subject;
      return [
        ...suspensionChange(subject, pair.before.suspendedReason, pair.now.suspendedReason),
        ...otherValue({ ...subject, kind: 'undecided', what: `${what}: called as whom` }, `${pair.before.asWhom} (${pair.before.credentials})`, `${pair.now.asWhom} (${pair.now.credentials})`),
        ...otherValue({ ...subject, kind: 'changed', what: `${what}: provider` }, pair.before.provider, pair.now.provider),
        ...otherValue({ ...subject, kind: 'changed', what: `${what}: kind` }, pair.before.kind, pair.now.kind),
        ...allowedValues(subject, `${what}: scope`, pair.before.scopes, pair.now.scopes),
        ...presence(subject, 'widened', 'narrowed', `${what}: called without credentials`, pair.before.noCredentialsReason, pair.now.noCredentialsReason),
        ...presence(subject, 'widened', 'narrowed', `${what}: also without a user`, pair.before.alsoWithoutUserReason, pair.now.alsoWithoutUserReason),
        ...ruleChanges(of, pair.now.name, pair.before.tools, pair.now.tools),
      ];
    }),
  ];
}

/** A rule more or less; one with another reason only is the same rule. */
function ruleChanges(of: string, target: string, before: readonly ToolRuleAccess[], now: readonly ToolRuleAccess[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ tool, effect, who }) => `${tool} ${effect} ${who}`);
  const rule = ({ tool, effect, who }: ToolRuleAccess) => `${effect} ${who}: ${tool === '*' ? 'every tool' : tool}`;
  const subject = { subject: 'tool', of } as const;
  return [
    ...added.map((each): Change => ({ ...subject, kind: each.effect === 'permit' ? 'widened' : 'narrowed', what: `target ${target}: rule added`, now: rule(each) })),
    ...removed.map((each): Change => ({ ...subject, kind: each.effect === 'permit' ? 'narrowed' : 'widened', what: `target ${target}: rule removed`, before: rule(each) })),
    ...pairs.flatMap((pair) => otherValue({ ...subject, kind: 'reason-changed', what: `target ${target}: reason of ${rule(pair.now)}` }, pair.before.reason, pair.now.reason)),
  ];
}

function inboundKind(subject: Subject, before: string, now: string): Change[] {
  const checked = (kind: string) => CHECKED.includes(kind);
  return otherValue({ ...subject, kind: checked(before) === checked(now) ? 'undecided' : checked(before) ? 'widened' : 'narrowed', what: 'way in' }, before, now);
}

function modeChange(subject: Subject, before: string, now: string): Change[] {
  return otherValue({ ...subject, kind: now === 'ENFORCE' ? 'narrowed' : before === 'ENFORCE' ? 'widened' : 'changed', what: 'rules for tools' }, before, now);
}

/** Something that is there now or no more; another reason for it is only that. */
function presence(subject: Subject, appears: ChangeKind, vanishes: ChangeKind, what: string, before: string | undefined, now: string | undefined): Change[] {
  return otherValue({ ...subject, kind: before === undefined ? appears : now === undefined ? vanishes : 'changed', what }, before, now);
}

function iamOfGateway(before: GatewayAccess, now: GatewayAccess, was: Principals, is: Principals): Change[] {
  const [old, fresh] = [was.find(before.role), is.find(now.role)];
  if (old !== undefined && fresh !== undefined) {
    was.take(old);
    is.take(fresh);
    return principalChanges(old, fresh, now.path);
  }
  return iamChanges({ subject: 'IAM', of: now.path, what: `IAM of ${now.role}` }, { statements: labelledStatements(before.statements) }, { statements: labelledStatements(now.statements) });
}
