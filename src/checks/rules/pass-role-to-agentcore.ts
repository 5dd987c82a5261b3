import { PolicyStatement } from '../../containment/policy-statement';
import { grants, isDenied, namesAction, namesResource, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { matches, strangerArn } from '../pattern';
import { Rule } from '../rule';
import { AGENTCORE_SERVICE } from '../token-actions';

export const PASS_ROLE_TO_AGENTCORE: Rule = {
  id: 'pass-role-to-agentcore',
  severity: CheckSeverity.ERROR,
  title: 'Any role may be handed to AgentCore',
  why: 'Whoever may pass any role to a gateway or runtime acts with that role: code in a runtime gets its credentials.',
  fix: 'Name the roles that may be passed, such as the one of `new AgentRuntimeRole(...)`, and limit `iam:PassedToService`.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  trigger: 'a policy with `iam:PassRole` on `*`',
  find: (input) => grants(input)
    .filter(({ statement, principal }) => namesAction(statement, 'iam:PassRole') && mayPassToAgentCore(statement)
      && rolesIn(statement).some((role) => !isDenied(principal, 'iam:PassRole', role)))
    .map(({ place, statement }) => ({ resource: place.resource, location: place.location, detail: `iam:PassRole on ${resourceTexts(statement).join(',')}` })),
};

/** A role that nobody declared, for each pattern that covers it. */
function rolesIn(statement: PolicyStatement): string[] {
  return (statement.resources ?? ['*']).map((pattern) => [pattern, strangerArn(pattern, 'iam', 'role/zz9-Nobody-7x')])
    .filter(([pattern, role]) => matches(pattern, role) && namesResource(statement, role)).map(([, role]) => role);
}

function mayPassToAgentCore({ conditions }: PolicyStatement): boolean {
  const services = conditions.filter(({ operator, key }) => key.toLowerCase() === 'iam:passedtoservice' && /^String(Equals|Like|EqualsIgnoreCase)$/.test(operator));
  return services.every(({ values }) => values.some((value) => matches(value, AGENTCORE_SERVICE, true)));
}
