import { PrincipalPolicies } from '../../synthesized/principal-policies';
import { isDenied, namesAction } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { hasWildcard } from '../pattern';
import { Rule } from '../rule';
import { MINT_ACTIONS, VEND_ACTIONS } from '../token-actions';

const ACTIONS = [...MINT_ACTIONS, ...VEND_ACTIONS];
const IDENTITY = /:workload-identity-directory\/[^/]+\/workload-identity\/(.+)$/;

export const SHARED_ROLE: Rule = {
  id: 'shared-role',
  severity: CheckSeverity.WARNING,
  title: 'Several identities share one role',
  why: 'Inside one role IAM cannot pair an identity with a provider, so each agent has the access of all the others.',
  fix: 'Give each agent a role of its own: one `new Agent(...)` with its own `AgentHost` each.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html',
  trigger: '`grantUse` of several identities to one role',
  find: ({ policies }) => policies.principals.flatMap((principal) => {
    const identities = identitiesOf(principal);
    const place = principal.resource ?? principal.statements[0]?.place.resource;
    return identities.length > 1 && place !== undefined ? [{ resource: place, location: 'Properties', detail: `${principal.kind} ${principal.name} has ${identities.join(',')}` }] : [];
  }),
};

function identitiesOf(principal: PrincipalPolicies): string[] {
  const named = principal.statements
    .filter(({ statement }) => statement.effect === 'Allow')
    .flatMap(({ statement }) => (statement.resources ?? [])
      .filter((resource) => ACTIONS.some((action) => namesAction(statement, action) && !isDenied(principal, action, resource))))
    .flatMap((resource) => IDENTITY.exec(resource)?.[1] ?? [])
    .filter((name) => !hasWildcard(name));
  return [...new Set(named)].sort();
}
