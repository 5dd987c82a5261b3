import { aws_bedrockagentcore as agentcore, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { RoutingRuleAccess } from './gateway-access';
import { routingRuleWords } from './routing-rule-words';
import type { ToolGateway } from './tool-gateway';

/** What only deployment knows of a rule. */
const AT_DEPLOYMENT = '(known at deployment)';

/**
 * The gateway rules of an app, by the gateway that they route calls of. This library makes none, since they refuse nobody, and shows
 * those that others make.
 */
export class RoutingRules {
  private readonly rules: readonly agentcore.CfnGatewayRule[];

  constructor(scope: IConstruct) {
    this.rules = scope.node.root.node.findAll().filter((construct): construct is agentcore.CfnGatewayRule => agentcore.CfnGatewayRule.isCfnGatewayRule(construct));
  }

  /** The rules of a gateway that is made here, by construct path. */
  public of(gateway: ToolGateway): RoutingRuleAccess[] {
    return this.rules.filter((rule) => isRuleOf(rule, gateway)).map((rule) => {
      const { priority, conditions, actions } = Stack.of(rule).resolve({ priority: rule.priority, conditions: rule.conditions, actions: rule.actions });
      return { path: rule.node.path.replace(/\/(Resource|Default)$/, ''), ...routingRuleWords(withoutFunctions({ priority, conditions, actions }) as Record<string, unknown>) };
    }).sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

function isRuleOf({ gatewayIdentifier }: agentcore.CfnGatewayRule, gateway: ToolGateway): boolean {
  return Tokenization.reverseString(gatewayIdentifier ?? '').tokens.some((token) => Reference.isReference(token) && token.target === gateway._resource);
}

/** Functions of CloudFormation name logical ids, which say nothing to a reader, and whose values only deployment knows. */
function withoutFunctions(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutFunctions);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const names = Object.keys(value);
  return names.length === 1 && /^(Ref|Fn::.*)$/.test(names[0]) ? AT_DEPLOYMENT
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutFunctions(each)]));
}
