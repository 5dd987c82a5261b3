import { PolicyStatement } from '../containment/policy-statement';
import { StatementAccess } from '../review/access-model';

/** Statements of a report. A label stands for one resource, as far as it says which. */
export function labelledStatements(statements: readonly StatementAccess[]): PolicyStatement[] {
  return statements.map(({ sid, effect, actions, resources, notResources, conditions }) => ({
    sid,
    effect,
    actions,
    ...(resources !== undefined ? { resources: resources.map(labelArn) } : {}),
    ...(notResources !== undefined ? { notResources: notResources.map(labelArn) } : {}),
    conditions: conditions.map(({ operator, key, values }) => ({ operator, key, values: values.map(labelValue) })),
  }));
}

/** What the report leaves to deployment stays unknown. */
function labelArn(label: string): string {
  return label === '*' ? '*' : `arn:aws:labelled:::${labelValue(label)}`;
}

function labelValue(text: string): string {
  return text.replace(/\(known at deployment\)/g, '${known at deployment}');
}
