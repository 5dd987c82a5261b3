import { Grant, grants } from '../check-input';
import { CheckSeverity } from '../check-severity';
import { canCover, hasWildcard, splitArn } from '../pattern';
import { Rule } from '../rule';
import { AGENTCORE_ACTIONS, AGENTCORE_ARN_SHAPES } from '../service-reference';

const PREFIX = 'bedrock-agentcore:';

export const GRANT_MATCHES_NOTHING: Rule = {
  id: 'grant-matches-nothing',
  severity: CheckSeverity.WARNING,
  title: 'A grant can never match a resource of its action',
  why: 'It looks like a permission and is none, so the call fails at run time, and a reviewer believes in a right that is not there.',
  fix: 'Put actions without a resource level, such as `CreateGateway`, into a statement of their own on `*`, and the others on ARNs that they work on.',
  see: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html',
  trigger: '`Gateway.grantManage`',
  find: (input) => grants(input).flatMap((grant) => (grant.statement.actions ?? [])
    .filter((action) => action.toLowerCase().startsWith(PREFIX) && !hasWildcard(action) && neverMatches(grant, action))
    .map((action) => ({ resource: grant.place.resource, location: grant.place.location, detail: `${action} on ${(grant.statement.resources ?? []).join(',')}` }))),
};

function neverMatches({ statement: { resources } }: Grant, action: string): boolean {
  const known = AGENTCORE_ACTIONS.get(action.slice(PREFIX.length).toLowerCase());
  return known !== undefined && resources !== undefined && !resources.some((resource) => {
    const parts = splitArn(resource);
    const rest = parts.length < 6 ? '*' : parts[5];
    // One that only a deployment knows may be anything.
    return resource === '*' || (parts.length < 6 && /\$\{/.test(resource)) || known.resourceTypes.some((type) => canCover(rest, AGENTCORE_ARN_SHAPES[type]));
  });
}
