import { grants, isDenied, namesAction } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { strangerIdentity } from '../named-identities';
import { Rule } from '../rule';
import { MINT_FOR_USER_ID, VEND_ACTIONS } from '../token-actions';

export const NO_USER_ID_DENY: Rule = {
  id: 'no-user-id-deny',
  severity: CheckSeverity.INFO,
  title: 'Nothing keeps a role with tokens from naming users',
  why: 'A policy that is attached later, by somebody else, may allow tokens for any user id. AWS advises to deny them wherever the user\'s own token is used.',
  fix: '`agent.may(Capability...)` adds the Deny; or deny `bedrock-agentcore:GetWorkloadAccessTokenForUserId` on `*`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/get-workload-access-token.html',
  trigger: '`OAuth2CredentialProvider.grantUse`, `ApiKeyCredentialProvider.grantUse`',
  find: (input) => {
    const all = grants(input).filter(({ statement }) => VEND_ACTIONS.some((action) => namesAction(statement, action)));
    return [...new Map(all.map((grant) => [grant.principal, grant])).values()]
      .filter(({ principal }) => !principal.statements.some(({ statement }) => statement.effect === 'Allow' && namesAction(statement, MINT_FOR_USER_ID))
        && !isDenied(principal, MINT_FOR_USER_ID, strangerIdentity('')))
      .map(({ principal, place }) => ({ resource: principal.resource ?? place.resource, location: 'Properties', detail: `${principal.kind} ${principal.name} has no Deny of GetWorkloadAccessTokenForUserId` }));
  },
};
