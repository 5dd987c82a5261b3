import { PrincipalPolicies } from '../../synthesized/principal-policies';
import { CheckInput, Grant, grants, grantText, isDenied, namesAction, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';
import { COMPLETE_SESSION, MINT_ACTIONS, shortAction, VEND_ACTIONS } from '../token-actions';

export const AGENT_COMPLETES_SESSIONS: Rule = {
  id: 'agent-completes-sessions',
  severity: CheckSeverity.WARNING,
  title: 'An agent may confirm consent for its users',
  why: 'The page that the user returns to confirms who consented. A role that gets tokens and confirms may bind somebody else\'s consent to a user of its choice.',
  fix: 'Give the page a role of its own: `parts: [AgentPart.returnPage(\'ReturnPage\', AgentHost.lambdaFunction(page))]` on the `Agent`, or `gateway.addReturnPage(\'ReturnPage\', AgentHost.lambdaFunction(page))` on the `ToolGateway`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/oauth2-authorization-url-session-binding.html',
  trigger: '`OAuth2CredentialProvider.grantUse`, targets with `fromOauthIdentity`',
  find: (input) => completing(input).map((grant) => ({
    resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, [shortAction(COMPLETE_SESSION)], providersOf(grant)),
  })),
};

/** The providers whose sessions are meant, rather than the directory and vault that stand beside them. */
function providersOf({ statement }: Grant): readonly string[] {
  const providers = resourceTexts(statement).filter((resource) => resource.includes('oauth2credentialprovider/'));
  return providers.length > 0 ? providers : resourceTexts(statement);
}

function completing(input: CheckInput): Grant[] {
  return grants(input).filter(({ statement, principal }) => may(statement, principal, COMPLETE_SESSION)
    && [...MINT_ACTIONS, ...VEND_ACTIONS].some((action) => principal.statements.some((other) => other.statement.effect === 'Allow' && may(other.statement, principal, action))));
}

function may(statement: Grant['statement'], principal: PrincipalPolicies, action: string): boolean {
  return namesAction(statement, action) && !isDenied(principal, action, '*') && !deniedOnAll(statement, principal, action);
}

/** Denied on each resource that the statement names. */
function deniedOnAll({ resources = ['*'] }: Grant['statement'], principal: PrincipalPolicies, action: string): boolean {
  return resources.every((resource) => isDenied(principal, action, resource));
}
