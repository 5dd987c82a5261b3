import { allowedActions, grants, grantText } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { namedIdentities } from '../named-identities';
import { Rule } from '../rule';
import { shortAction, TOKEN_ACTIONS } from '../token-actions';

/** Official L2s: W3 and W4 of the comparison, and samples that copy them. */
export const IDENTITY_WILDCARD: Rule = {
  id: 'identity-wildcard',
  severity: CheckSeverity.ERROR,
  title: 'Token operations are allowed for every workload identity',
  why: 'Within an account only IAM ties an identity to its providers. Who may use any identity may use the tokens of every agent and of its users.',
  fix: 'Declare the agent with `new Agent(...)` and `agent.may(Capability...)`, which names the one identity; or write its ARN instead of the wildcard.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/scope-credential-provider-access.html',
  trigger: '`OAuth2CredentialProvider.grantUse`, `ApiKeyCredentialProvider.grantUse`, every `Runtime`',
  find: (input) => grants(input).flatMap((grant) => {
    const allowed = (probe: string) => allowedActions(grant, TOKEN_ACTIONS, probe);
    const wide = namedIdentities(grant.statement).filter(({ reach, probe }) => reach === 'all' && allowed(probe).length > 0);
    const actions = TOKEN_ACTIONS.filter((action) => wide.some(({ probe }) => allowed(probe).includes(action))).map(shortAction);
    return wide.length === 0 ? [] : [{ resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, actions, wide.map(({ text }) => text)) }];
  }),
};
