import { isOpaque } from '../../synthesized/opaque-text';
import { CheckSeverity } from '../check-severity';
import { allStatements } from '../every-statement';
import { hasWildcard, matches } from '../pattern';
import { Rule } from '../rule';
import { AGENTCORE_ACTIONS, SERVICE_REFERENCE_VERSION } from '../service-reference';

const PREFIX = 'bedrock-agentcore:';

export const UNKNOWN_ACTION: Rule = {
  id: 'unknown-action',
  severity: CheckSeverity.ERROR,
  title: 'An action of AgentCore does not exist',
  why: 'IAM accepts it and it never matches: an Allow of it gives nothing, and a Deny of it protects nothing.',
  fix: `Look the action up in AWS's service reference (here as of iam-data ${SERVICE_REFERENCE_VERSION}); \`agent.may(Capability...)\` writes the right ones.`,
  see: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html',
  trigger: 'a hand-written policy, such as `bedrock-agentcore:GetApiKeyCredential`',
  find: (input) => allStatements(input).flatMap(({ place, statement }) => [...statement.actions ?? [], ...statement.notActions ?? []]
    .filter((action) => action.toLowerCase().startsWith(PREFIX) && !isOpaque(action) && !exists(action))
    .map((action) => ({ resource: place.resource, location: place.location, detail: `${statement.effect} ${action}` }))),
};

function exists(action: string): boolean {
  const name = action.slice(PREFIX.length).toLowerCase();
  return hasWildcard(name) ? [...AGENTCORE_ACTIONS.keys()].some((known) => matches(name, known)) : AGENTCORE_ACTIONS.has(name);
}
