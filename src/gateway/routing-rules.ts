import { aws_bedrockagentcore as agentcore, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { RoutingRuleAccess } from './gateway-access';
import { isOfGateway } from './other-resources';
import { routingRuleWords } from './routing-rule-words';
import type { ToolGateway } from './tool-gateway';
import { mayOverride, renderedProperties } from '../declaration/rendered-properties';

/** What only deployment knows of a rule. */
const AT_DEPLOYMENT = '(known at deployment)';

/**
 * The gateway rules of an app, by the gateway that they route calls of. This library makes none, since they refuse nobody, and shows
 * those that others make.
 */
export class RoutingRules {
  private readonly rules: readonly CfnResource[];

  constructor(scope: IConstruct) {
    this.rules = scope.node.root.node.findAll().filter((construct): construct is CfnResource => (
      CfnResource.isCfnResource(construct) && construct.cfnResourceType === agentcore.CfnGatewayRule.CFN_RESOURCE_TYPE_NAME));
  }

  /** The rules of a gateway that is made here, by construct path. */
  public of(gateway: ToolGateway): RoutingRuleAccess[] {
    return this.rules.filter((rule) => isOfGateway(rule, gateway))
      .map((rule) => ({ path: rule.node.path.replace(/\/(Resource|Default)$/, ''), ...routingRuleWords(withoutFunctions(propertiesOf(rule)) as Record<string, unknown>) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** As the L1 has them, or as the template does, where somebody has overridden them or there is no L1 of a class. */
function propertiesOf(rule: CfnResource): unknown {
  if (!(rule instanceof agentcore.CfnGatewayRule) || mayOverride(rule, ['Priority', 'Conditions', 'Actions'])) {
    const { Priority: priority, Conditions: conditions, Actions: actions } = renderedProperties(rule);
    return { priority, conditions, actions };
  }
  const { priority, conditions, actions } = rule;
  return Stack.of(rule).resolve({ priority, conditions, actions });
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
