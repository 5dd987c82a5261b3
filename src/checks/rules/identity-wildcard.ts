import { allowedActions, grants, grantText, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { strangerArn } from '../pattern';
import { Rule } from '../rule';
import { IDENTITY_PATH, shortAction, TOKEN_ACTIONS } from '../token-actions';

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
    const wide = resourceTexts(grant.statement).filter((pattern) => {
      const probe = strangerArn(pattern, 'bedrock-agentcore', `${IDENTITY_PATH}zz9-Nobody.7x`);
      return allowedActions({ ...grant, statement: { ...grant.statement, ...only(grant.statement.resources, pattern) } }, TOKEN_ACTIONS, probe).length > 0;
    });
    const probe = strangerArn(wide[0] ?? '', 'bedrock-agentcore', `${IDENTITY_PATH}zz9-Nobody.7x`);
    const actions = allowedActions(grant, TOKEN_ACTIONS, probe).map(shortAction);
    return wide.length === 0 ? [] : [{ resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, actions, wide) }];
  }),
};

/** A statement about one of its patterns; one about all but some resources stays as it is. */
function only(resources: readonly string[] | undefined, pattern: string): { resources?: readonly string[] } {
  return resources === undefined ? {} : { resources: [pattern] };
}
