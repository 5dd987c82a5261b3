import { PolicyCondition, PolicyStatement } from '../containment/policy-statement';
import { PlacedStatement } from '../synthesized/policy-document';

/** What statements come to, however they are split, merged, ordered and named. */
export interface AccessRule {
  readonly effect: 'Allow' | 'Deny';
  /** `all but` for NotAction and NotResource. */
  readonly actions: readonly string[];
  readonly allActionsBut: boolean;
  readonly resources: readonly string[];
  readonly allResourcesBut: boolean;
  readonly principals: readonly string[];
  readonly conditions: readonly string[];
  /** Branches of CloudFormation's conditions. */
  readonly onlyIf: readonly string[];
}

/**
 * The rules that statements amount to, in one form: each action with all its resources, and actions with the same resources together.
 * Allows come first; the rest is sorted by what it says.
 */
export function accessRules(statements: readonly PlacedStatement[]): AccessRule[] {
  const whole = statements.filter(({ statement }) => statement.actions === undefined || isResourceless(statement)).map(wholeRule);
  const resourcesOfAction = new Map<string, { readonly rule: AccessRule; readonly resources: Set<string> }>();
  for (const placed of statements.filter(({ statement }) => statement.actions !== undefined && !isResourceless(statement))) {
    for (const action of placed.statement.actions!) {
      const rule = { ...wholeRule(placed), actions: [action], resources: [] };
      const key = JSON.stringify(rule);
      const found = resourcesOfAction.get(key) ?? { rule, resources: new Set<string>() };
      placed.statement.resources!.forEach((resource) => found.resources.add(resource));
      resourcesOfAction.set(key, found);
    }
  }
  const actionsOfResources = new Map<string, { readonly rule: AccessRule; readonly actions: Set<string> }>();
  for (const { rule, resources } of resourcesOfAction.values()) {
    const joined = { ...rule, actions: [], resources: sorted(resources) };
    const key = JSON.stringify(joined);
    const found = actionsOfResources.get(key) ?? { rule: joined, actions: new Set<string>() };
    rule.actions.forEach((action) => found.actions.add(action));
    actionsOfResources.set(key, found);
  }
  const rules = [...whole, ...[...actionsOfResources.values()].map(({ rule, actions }) => ({ ...rule, actions: sorted(actions) }))];
  const once = new Map(rules.map((rule) => [JSON.stringify(rule), rule]));
  return [...once.keys()].sort().map((key) => once.get(key)!);
}

/** Trust policies have no resource; what is excepted cannot be taken apart. */
function isResourceless({ resources, notResources }: PolicyStatement): boolean {
  return resources === undefined || notResources !== undefined;
}

function wholeRule({ statement, onlyIf }: PlacedStatement): AccessRule {
  const { effect, actions, notActions, resources, notResources, principals, notPrincipals, conditions } = statement;
  return {
    effect,
    actions: sorted(actions ?? notActions ?? []),
    allActionsBut: notActions !== undefined,
    resources: sorted(resources ?? notResources ?? []),
    allResourcesBut: notResources !== undefined,
    principals: [
      ...sorted((principals ?? []).map(({ type, value }) => principalText(type, value))),
      ...sorted((notPrincipals ?? []).map(({ type, value }) => `all but ${principalText(type, value)}`)),
    ],
    conditions: sorted(conditions.map(conditionText)),
    onlyIf: sorted(onlyIf),
  };
}

function principalText(type: string, value: string): string {
  return type === '*' || value === '*' ? 'EVERYBODY' : `${type} ${value}`;
}

function conditionText({ operator, key, values }: PolicyCondition): string {
  return `${operator} ${key}: ${sorted(values).join(' or ')}`;
}

function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}
