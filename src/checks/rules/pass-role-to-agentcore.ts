import { PolicyStatement } from '../../containment/policy-statement';
import { grants, isDenied, namesAction, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { matches } from '../pattern';
import { Rule } from '../rule';
import { AGENTCORE_SERVICE } from '../token-actions';

const ANY_ROLE = 'arn:aws:iam::000000000000:role/zz9-Nobody-7x';

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
      && resourceTexts(statement).some((pattern) => statement.notResources !== undefined || coversAnyRole(pattern)) && !isDenied(principal, 'iam:PassRole', ANY_ROLE))
    .map(({ place, statement }) => ({ resource: place.resource, location: place.location, detail: `iam:PassRole on ${resourceTexts(statement).join(',')}` })),
};

function coversAnyRole(pattern: string): boolean {
  const [, account = '000000000000'] = /^arn:[^:]*:iam::([^:*?]+):/.exec(pattern) ?? [];
  const [, partition = 'aws'] = /^arn:([^:*?]+|\$\{AWS::Partition\}):iam:/.exec(pattern) ?? [];
  return matches(pattern, `arn:${partition}:iam::${account}:role/zz9-Nobody-7x`) || matches(pattern.replace('${AWS::Partition}', 'aws').replace('${AWS::AccountId}', '000000000000'), ANY_ROLE);
}

function mayPassToAgentCore({ conditions }: PolicyStatement): boolean {
  const services = conditions.filter(({ operator, key }) => key.toLowerCase() === 'iam:passedtoservice' && /^String(Equals|Like|EqualsIgnoreCase)$/.test(operator));
  return services.every(({ values }) => values.some((value) => matches(value, AGENTCORE_SERVICE, true)));
}
