import { cedarEffect, normalisedCedar } from './cedar-comparison';
import { ComparedCedarPolicy, ComparedGateway } from './compared-app';
import { matchedGateways } from './gateway-comparison';
import { matched } from './matched';
import { isPermit } from './permit-rule';
import { matchedRules } from './target-comparison';
import type { GatewayAccess, ToolRuleAccess } from '../gateway/gateway-access';

/** As the report has it. */
const GATEWAY_ARN = '(ARN of the gateway)';

/** Which Cedar policies a comparison tells already, each once: those of a rule that was added or removed, in the engine of its gateway. */
export class ToldCedar {
  private readonly gone = new Map<string, number>();
  private readonly fresh = new Map<string, number>();

  constructor(
    before: readonly GatewayAccess[], now: readonly GatewayAccess[],
    private readonly gatewaysBefore: readonly ComparedGateway[], private readonly gatewaysNow: readonly ComparedGateway[],
  ) {
    const { pairs, removed, added } = matchedGateways(before, now);
    const rulesOf = ({ targets }: Pick<GatewayAccess, 'targets'>) => targets.flatMap(({ tools }) => tools);
    removed.forEach((gateway) => count(this.gone, gateway.path, rulesOf(gateway)));
    added.forEach((gateway) => count(this.fresh, gateway.path, rulesOf(gateway)));
    pairs.forEach((pair) => {
      const targets = matched(pair.before.targets, pair.now.targets, ({ name }) => name);
      const rules = targets.pairs.map((target) => matchedRules(target.before.tools, target.now.tools));
      count(this.gone, pair.before.path, [...rulesOf({ targets: targets.removed }), ...rules.flatMap((each) => each.removed)]);
      count(this.fresh, pair.now.path, [...rulesOf({ targets: targets.added }), ...rules.flatMap((each) => each.added)]);
    });
  }

  public removed(policy: ComparedCedarPolicy): boolean {
    return take(this.gone, keyOf(policy, this.gatewaysBefore));
  }

  public added(policy: ComparedCedarPolicy): boolean {
    return take(this.fresh, keyOf(policy, this.gatewaysNow));
  }
}

function count(counts: Map<string, number>, gateway: string, rules: readonly ToolRuleAccess[]): void {
  for (const rule of rules) {
    // What the rule is told as has to be what the policy does.
    for (const statement of rule.cedar.filter((each) => cedarEffect(each) === (isPermit(rule) ? 'permit' : 'forbid'))) {
      const key = `${gateway} ${normalisedCedar(statement)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
}

function take(counts: Map<string, number>, key: string | undefined): boolean {
  const left = key === undefined ? 0 : counts.get(key) ?? 0;
  if (left > 0) {
    counts.set(key!, left - 1);
  }
  return left > 0;
}

/** The gateway and the text as the report would have it; `undefined` where that is not certain. */
function keyOf({ statement, engine, mode, onlyIf }: ComparedCedarPolicy, gateways: readonly ComparedGateway[]): string | undefined {
  const arns = [...new Set([...statement.matchAll(/AgentCore::Gateway::"([^"\\]*)"/g)].map(([, arn]) => arn))];
  const path = /\$\{AWS::BedrockAgentCore::Gateway ([^}]+)\.GatewayIdentifier\}$/.exec(arns[0] ?? '')?.[1].replace(/\/(Resource|Default)$/, '');
  const gateway = gateways.find(({ id }) => id === path);
  const sure = arns.length === 1 && mode === 'ACTIVE' && onlyIf === undefined && gateway?.engine !== undefined && engine !== '' && gateway.engine.endsWith(`policy-engine/${engine}`);
  return sure ? `${path} ${normalisedCedar(statement.split(arns[0]).join(GATEWAY_ARN))}` : undefined;
}
