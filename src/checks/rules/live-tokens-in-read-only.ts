import { grants, isDenied, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { namedIdentities } from '../named-identities';
import { hasWildcard, matches } from '../pattern';
import { Rule } from '../rule';
import { COMPLETE_SESSION, TOKEN_ACTIONS } from '../token-actions';

const TOKENS = TOKEN_ACTIONS.filter((action) => action !== COMPLETE_SESSION);

export const LIVE_TOKENS_IN_READ_ONLY: Rule = {
  id: 'live-tokens-in-read-only',
  severity: CheckSeverity.ERROR,
  title: 'A wildcard over actions hands out live tokens',
  why: 'The operations that hand out tokens and API keys are called `Get...`, so a pattern that looks like reading gives the credentials of agents and users.',
  fix: 'Name the operations that are needed, such as `bedrock-agentcore:GetGateway`, or deny the token operations beside it. Agents get theirs by `agent.may(Capability...)`.',
  see: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html',
  trigger: 'a policy with `bedrock-agentcore:Get*` or `bedrock-agentcore:*`',
  find: (input) => grants(input).flatMap((grant) => (grant.statement.actions ?? [])
    .filter((pattern) => hasWildcard(pattern) && TOKENS.some((action) => matches(pattern, action, true)
      && namedIdentities(grant.statement).some(({ probe }) => !isDenied(grant.principal, action, probe))))
    .map((pattern) => ({ resource: grant.place.resource, location: grant.place.location, detail: `${pattern} on ${resourceTexts(grant.statement).join(',')}` }))),
};
