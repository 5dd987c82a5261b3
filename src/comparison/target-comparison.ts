import { suspensionChange } from './capability-comparison';
import { Change } from './change';
import { matched } from './matched';
import { ELSEWHERE, Members } from './members';
import { isPermit } from './permit-rule';
import type { TargetAccess, ToolRuleAccess } from '../gateway/gateway-access';

/** What became of what a gateway stands in front of. `templates`: Cedar is compared from templates too. */
export function targetChanges(of: string, before: readonly TargetAccess[], now: readonly TargetAccess[], templates: boolean): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ name }) => name);
  const target = (name: string) => ({ subject: 'gateway', of, what: `target ${name}` } as const);
  const words = ({ kind, backend, asWhom }: TargetAccess) => `${kind}${backend === undefined ? '' : `, ${backend}`}, called as ${asWhom}`;
  return [
    ...added.flatMap((each): Change[] => [{ ...target(each.name), kind: 'added', now: words(each) }, ...ruleChanges(of, each.name, [], each.tools, templates)]),
    ...removed.map((each): Change => ({ ...target(each.name), kind: 'removed', before: words(each) })),
    ...pairs.flatMap((pair) => changesOf(of, pair.before, pair.now, templates)),
  ];
}

/** The same rule may stand there with another reason, or other Cedar. */
export function matchedRules(before: readonly ToolRuleAccess[], now: readonly ToolRuleAccess[]) {
  const words = ({ tool, effect, who }: ToolRuleAccess) => `${tool} ${effect} ${who}`;
  return matched(before, now, (rule) => `${words(rule)} ${rule.cedar.join(' ')}`, words);
}

function changesOf(of: string, before: TargetAccess, now: TargetAccess, templates: boolean): Change[] {
  const subject = { subject: 'gateway', of } as const;
  const members = new Members(subject, `target ${now.name}: `);
  const whom = ({ asWhom, credentials }: TargetAccess) => `${asWhom} (${credentials})`;
  return members.changes<TargetAccess>(before, now, {
    name: ELSEWHERE,
    kind: members.value('changed', 'kind'),
    // Whoever stands behind the target gets the calls, and what the gateway is called with.
    backend: members.value('undecided', 'what it calls'),
    asWhom: () => members.value('undecided', 'called as whom')(whom(before), whom(now)),
    credentials: before.asWhom === now.asWhom ? () => members.value('undecided', 'called as whom')(whom(before), whom(now)) : ELSEWHERE,
    provider: members.value('changed', 'provider'),
    scopes: members.allowed('scope'),
    forwards: members.allowed('field handed on'),
    refreshTokens: members.value('changed', 'refresh tokens'),
    suspendedReason: (one, other) => suspensionChange({ ...subject, what: `target ${now.name}` }, one, other),
    noCredentialsReason: members.presence('called without credentials', 'widened', 'narrowed'),
    // Whoever holds a key of the authority can pass as the target.
    privateCaCertificates: members.value('undecided', 'private CA certificates'),
    alsoWithoutUserReason: members.presence('also without a user', 'widened', 'narrowed'),
    tools: (one, other) => ruleChanges(of, now.name, one, other, templates),
  });
}

/** A rule more or less; one with another reason only is the same rule. */
function ruleChanges(of: string, target: string, before: readonly ToolRuleAccess[], now: readonly ToolRuleAccess[], templates: boolean): Change[] {
  const { pairs, removed, added } = matchedRules(before, now);
  const rule = ({ tool, effect, who }: ToolRuleAccess) => `${effect} ${who}: ${tool === '*' ? 'every tool' : tool}`;
  const subject = { subject: 'tool', of } as const;
  return [
    ...added.map((each): Change => ({ ...subject, kind: isPermit(each) ? 'widened' : 'narrowed', what: `target ${target}: rule added`, now: rule(each) })),
    ...removed.map((each): Change => ({ ...subject, kind: isPermit(each) ? 'narrowed' : 'widened', what: `target ${target}: rule removed`, before: rule(each) })),
    ...pairs.flatMap((pair) => {
      const members = new Members(subject, `target ${target}: `);
      return members.changes<ToolRuleAccess>(pair.before, pair.now, {
        tool: ELSEWHERE,
        effect: ELSEWHERE,
        who: ELSEWHERE,
        reason: members.value('reason-changed', `reason of ${rule(pair.now)}`),
        allToolsReason: members.value('reason-changed', `reason for all tools of ${rule(pair.now)}`),
        cedar: members.value(templates ? 'changed' : 'undecided', `Cedar of ${rule(pair.now)}`),
      });
    }),
  ];
}
