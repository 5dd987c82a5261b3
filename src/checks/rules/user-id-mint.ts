import { PolicyStatement } from '../../containment/policy-statement';
import { grants, grantText, isDenied, namesAction } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { namedIdentities } from '../named-identities';
import { isAnything } from '../pattern';
import { Rule } from '../rule';
import { MINT_FOR_USER_ID, shortAction } from '../token-actions';

export const USER_ID_MINT: Rule = {
  id: 'user-id-mint',
  severity: CheckSeverity.ERROR,
  title: 'A token may be made for any user id',
  why: 'AgentCore does not verify the user id: whoever runs with this role gets the stored tokens of every user that they name.',
  fix: 'Use `Capability.actAsUser(...)`, which needs a token of the user. Where there is none, `Capability.actAsTrustedUserId(...)` limits the ids with `bedrock-agentcore:userid`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html',
  trigger: '`WorkloadIdentity.grantUse`, every `Runtime`, targets with `fromOauthIdentity`',
  find: (input) => grants(input)
    .filter(({ statement, principal }) => namesAction(statement, MINT_FOR_USER_ID) && !limitsUser(statement)
      && namedIdentities(statement).some(({ probe }) => !isDenied(principal, MINT_FOR_USER_ID, probe)))
    .map((grant) => ({
      resource: grant.place.resource,
      location: grant.place.location,
      detail: grantText(grant, [shortAction(MINT_FOR_USER_ID)], namedIdentities(grant.statement).map(({ text }) => text)),
    })),
};

/** A condition that has to hold, on a value that is not just anything. */
function limitsUser({ conditions }: PolicyStatement): boolean {
  return conditions.some(({ operator, key, values }) => key.toLowerCase() === 'bedrock-agentcore:userid'
    && /^(ForAnyValue:)?String(Equals|Like|EqualsIgnoreCase)$/.test(operator) && !values.some(isAnything));
}
