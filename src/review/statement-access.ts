import { StatementAccess } from './access-model';
import { readableArns } from './readable-arns';
import { readable } from '../declaration/readable';
import { NamedResource, Statement, statementJson } from '../permission/statement';

/** IAM's JSON. What only deployment knows is named in words, for the role's owner to fill in. */
export function requiredPolicy(statements: readonly Statement[]): unknown {
  const named = (resources: readonly NamedResource[] | undefined) => resources?.map(({ arn, label }) => ({ arn: readable(arn, `(ARN of ${label})`), label }));
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement) => statementJson({
      ...statement,
      ...(statement.resources !== undefined ? { resources: named(statement.resources) } : {}),
      ...(statement.notResources !== undefined ? { notResources: named(statement.notResources) } : {}),
      conditions: statement.conditions.map(({ operator, key, values }) => ({ operator, key, values: values.map((value) => readable(value, '(known at deployment)')) })),
    })),
  };
}

/** A statement as a reviewer reads it. */
export function statementAccess(statement: Statement): StatementAccess {
  const labels = (resources: readonly NamedResource[]) => resources.map(({ label }) => label);
  return {
    sid: statement.sid,
    effect: statement.effect,
    actions: statement.actions,
    ...(statement.resources !== undefined ? { resources: labels(statement.resources) } : {}),
    ...(statement.notResources !== undefined ? { notResources: labels(statement.notResources) } : {}),
    arns: readableArns(statement),
    conditions: statement.conditions.map(({ operator, key, values }) => ({
      operator, key, values: values.map((value) => readable(value, '(known at deployment)')),
    })),
  };
}
