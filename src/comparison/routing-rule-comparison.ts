import { Change } from './change';
import { ComparedRoutingRule } from './compared-app';
import { matched } from './matched';
import { Members } from './members';
import { otherValue } from './value-changes';
import type { RoutingRuleAccess } from '../gateway/gateway-access';
import { routingRuleText } from '../gateway/routing-rule-words';

/*
 * Gateway rules decide which target serves a call, and refuse nobody. Whether a caller reaches more by another route depends on what the
 * targets do, so no change of a rule is ever said to be harmless.
 */

/** What became of the rules of a gateway, as the reports have them. */
export function reportedRuleChanges(of: string, before: readonly RoutingRuleAccess[] = [], now: readonly RoutingRuleAccess[] = []): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ path }) => path);
  const change = (path: string) => ({ kind: 'undecided', subject: 'gateway', of, what: `routing rule ${path}` } as const);
  return [
    ...added.map((rule): Change => ({ ...change(rule.path), now: routingRuleText(rule) })),
    ...removed.map((rule): Change => ({ ...change(rule.path), before: routingRuleText(rule) })),
    ...pairs.flatMap((pair) => new Members({ subject: 'gateway', of }).value('undecided', `routing rule ${pair.now.path}`)(pair.before, pair.now)
      .map((each) => ({ ...each, before: routingRuleText(pair.before), now: routingRuleText(pair.now) }))),
  ];
}

/** What became of the rules of the templates, as far as the reports did not tell it. */
export function templateRuleChanges(before: readonly ComparedRoutingRule[], now: readonly ComparedRoutingRule[], told: readonly Change[]): Change[] {
  const { pairs, removed, added } = matched(before, now, ({ id }) => id);
  const change = ({ id, gateway }: ComparedRoutingRule) => ({ kind: 'undecided', subject: 'gateway', of: gateway, what: `routing rule ${id}` } as const);
  return [
    ...added.map((rule): Change => ({ ...change(rule), now: rule.text })),
    ...removed.map((rule): Change => ({ ...change(rule), before: rule.text })),
    ...pairs.flatMap((pair) => [
      ...otherValue(change(pair.now), pair.before.text, pair.now.text),
      ...otherValue({ ...change(pair.now), what: `gateway of routing rule ${pair.now.id}` }, pair.before.gateway, pair.now.gateway),
    ]),
  ].filter(({ of, what }) => !told.some((each) => each.subject === 'gateway' && each.of === of && each.what === what));
}
