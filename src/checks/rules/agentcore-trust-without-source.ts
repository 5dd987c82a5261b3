import { CheckSeverity } from '../check-severity';
import { isAnything, namesAccount } from '../pattern';
import { Rule } from '../rule';
import { AGENTCORE_SERVICE, isAgentCoreService } from '../token-actions';

export const AGENTCORE_TRUST_WITHOUT_SOURCE: Rule = {
  id: 'agentcore-trust-without-source',
  severity: CheckSeverity.ERROR,
  title: 'AgentCore may assume a role for other accounts',
  why: 'Without `aws:SourceAccount` or `aws:SourceArn` somebody else\'s gateway or runtime can have the service act with this role (confused deputy).',
  fix: '`new ToolGateway(...)` and `new AgentRuntimeRole(...)` make roles that are limited; or add `aws:SourceAccount` and `aws:SourceArn` to the trust policy.',
  see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  trigger: 'a role with `assumedBy: new iam.ServicePrincipal(\'bedrock-agentcore.amazonaws.com\')`',
  find: ({ policies }) => policies.principals.flatMap(({ trust }) => trust)
    .filter(({ statement: { effect, principals = [], conditions } }) => effect === 'Allow'
      && principals.some(isAgentCoreService)
      && !conditions.some(({ operator, key, values }) => /^aws:Source(Account|Arn|OrgID)$/i.test(key) && /^(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like))$/.test(operator)
        && !values.some((value) => isAnything(value) || (/Arn$/i.test(key) && !namesAccount(value)))))
    .map(({ place, statement }) => ({ resource: place.resource, location: place.location, detail: `${AGENTCORE_SERVICE} may ${(statement.actions ?? []).join(',')}` })),
};
