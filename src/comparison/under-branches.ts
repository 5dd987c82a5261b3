import { DEPLOYMENT_KEY } from '../containment/key-constraint';
import { PolicyStatement } from '../containment/policy-statement';

/**
 * A statement under conditions of CloudFormation stands once for each of the branches that have it, with what a deployment has to be for
 * that as conditions of their own.
 */
export function underBranches(statement: PolicyStatement, onlyIf: readonly string[]): PolicyStatement[] {
  const branches = onlyIf.length === 0 ? [[]] : onlyIf.map((branch) => branch.split(' and ').map((part) => {
    const [, not, name] = /^(not )?(.*)$/.exec(part)!;
    return { operator: 'Bool', key: `${DEPLOYMENT_KEY}${name}`, values: [not === undefined ? 'true' : 'false'] };
  }));
  return branches.map((conditions) => (conditions.length === 0 ? statement : { ...statement, conditions: [...statement.conditions, ...conditions] }));
}
