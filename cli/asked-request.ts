import { nearMatches } from './near-matches';
import { UsageError } from './usage-error';
import { hasWildcard, splitArn } from '../src/checks/pattern';
import { AGENTCORE_ACTIONS, SERVICE_REFERENCE_VERSION } from '../src/checks/service-reference';

const SERVICE = 'bedrock-agentcore';

/** Something to change in the call, and how. */
type Problem = readonly [what: string, fix: string];

/**
 * Stops where no request can be of this action on this resource: a role may never do what there is not, and an answer would hide the
 * mistake. Actions are looked up for AgentCore alone.
 *
 * @param arns ARNs of the app, of which one may have been meant
 */
export function expectRequest(action: string, resource: string, arns: Iterable<string>): void {
  const [first, ...others] = [actionProblem(action), resourceProblem(resource, arns)].filter((problem) => problem !== undefined);
  if (first !== undefined) {
    const [what, fix] = first;
    throw new UsageError(what, [fix, ...others.map((other) => other.join('. '))].join('\n'));
  }
}

function actionProblem(action: string): Problem | undefined {
  const [, service, name] = /^([a-z0-9-]+):([a-z0-9-]+)$/i.exec(action) ?? [];
  if (service !== undefined && (service.toLowerCase() !== SERVICE || AGENTCORE_ACTIONS.has(name.toLowerCase()))) {
    return undefined;
  }
  const near = nearMatches(action.replace(/^[^:]*:/, ''), [...AGENTCORE_ACTIONS.values()].map((known) => known.name)).map((known) => `${SERVICE}:${known}`);
  return service === undefined
    ? [`${action} is not the name of one action`, `Write the service and the action, without wildcards, such as ${listed(near, `${SERVICE}:GetResourceOauth2Token`)}.`]
    : [`${action} is no action of AgentCore (iam-data ${SERVICE_REFERENCE_VERSION})`, near.length > 0
      ? `Did you mean ${listed(near)}?`
      : 'They are listed at https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html.'];
}

function resourceProblem(resource: string, arns: Iterable<string>): Problem | undefined {
  const [arn, partition, service, , , rest] = splitArn(resource);
  if (resource === '*' || (arn === 'arn' && partition !== '' && service !== undefined && service !== '' && rest !== undefined && rest !== '')) {
    return undefined;
  }
  const near = nearMatches(resource, [...arns].filter((each) => each.startsWith('arn:') && !hasWildcard(each)));
  return [`${resource} is no ARN`, near.length > 0
    ? `Did you mean ${listed(near)}?`
    : 'Write the whole ARN of the resource, such as arn:aws:bedrock-agentcore:eu-west-1:111122223333:token-vault/default, or * for an action that works on no resource.'];
}

function listed(names: readonly string[], otherwise = ''): string {
  return names.length === 0 ? otherwise : names.join(' or ');
}
