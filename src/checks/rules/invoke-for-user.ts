import { Grant, grants, grantText, isDenied, namesAction, resourceTexts } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { matches, strangerArn } from '../pattern';
import { Rule } from '../rule';
import { shortAction } from '../token-actions';

const PLAIN = ['bedrock-agentcore:InvokeAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream'];
const FOR_USER = PLAIN.map((action) => `${action}ForUser`);

export const INVOKE_FOR_USER: Rule = {
  id: 'invoke-for-user',
  severity: CheckSeverity.ERROR,
  title: 'A caller may invoke runtimes as any user',
  why: 'The user id in the header is not verified: the runtime acts with the tokens of whichever user the caller names.',
  fix: 'Call the runtime with the user\'s token: `callers: [TokenIssuer.oidc(...)]` on the `Agent`. '
    + 'For callers without a user grant `InvokeAgentRuntime` alone (`grantInvokeRuntime` of the L2).',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html',
  trigger: '`Runtime.grantInvoke`',
  find: (input) => grants(input).flatMap((grant) => {
    const actions = FOR_USER.filter((action) => namesAction(grant.statement, action)
      && !resourceTexts(grant.statement).every((resource) => isDenied(grant.principal, action, resource)));
    return actions.length > 0 && (isBundled(grant) || isWide(grant))
      ? [{ resource: grant.place.resource, location: grant.place.location, detail: grantText(grant, actions.map(shortAction)) }] : [];
  }),
};

/** Given along with the plain call, so that nobody decided on it. */
function isBundled({ statement }: Grant): boolean {
  return PLAIN.some((action) => namesAction(statement, action));
}

function isWide({ statement }: Grant): boolean {
  return statement.resources === undefined
    || statement.resources.some((pattern) => matches(pattern, strangerArn(pattern, 'bedrock-agentcore', 'runtime/zz9_Nobody-0123456789')));
}
