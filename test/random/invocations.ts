import { type AgentDescription, type AppDescription, type FrontEndDescription, invokedHost, isElsewhere, partName } from './description';
import { ACCOUNT } from './name';
import { outsidersOf } from './outsider';
import type { Question } from './request';

/*
 * Who may invoke an agent on a runtime. Inside an account a right comes from the role's own policy or from the resource's; a Deny
 * of either is stronger. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export function mayInvoke(app: AppDescription, role: string, { runtime, endpoint, webSocket, forUser }: Extract<Question, { ask: 'invoke runtime' }>): boolean {
  const agent = app.agents.findIndex((each, index) => invokedRuntime(each, index) === runtime);
  if (agent < 0) return isOfAccount(app, role);
  const { frontEnds, onlyFrontEnds } = app.agents[agent];
  const carriesPolicy = invokedHost(app.agents[agent])!.host.kind !== 'runtime by ARN'
    && (onlyFrontEnds || frontEnds.some(({ names, host }) => names !== undefined || isElsewhere(host)));
  if (isOfAccount(app, role)) return !carriesPolicy || (!onlyFrontEnds && !forUser);
  // The policy of an imported runtime is its owner's.
  if (outsidersOf(app).has(role) && !carriesPolicy) return false;
  if (isTarget(app, role, agent, endpoint) && !webSocket && !forUser) return true;
  return !isCutOff(app, role) && frontEnds.some((frontEnd, place) => roleOf(app, frontEnd, agent, place) === role
    && (frontEnd.endpoints.length === 0 ? endpoint === 'DEFAULT' : frontEnd.endpoints.some((name) => name === endpoint))
    && (!webSocket || frontEnd.webSocket) && (!forUser || frontEnd.names !== undefined));
}

/** A command would be a way around who may be named, and around who alone may invoke: nobody runs one there. */
export function mayRunCommand(app: AppDescription, role: string, { runtime }: Extract<Question, { ask: 'run command' }>): boolean {
  const invoked = app.agents.find((each, index) => invokedRuntime(each, index) === runtime);
  const isClosed = invoked !== undefined && invokedHost(invoked)!.host.kind !== 'runtime by ARN' && (invoked.onlyFrontEnds || invoked.frontEnds.some(({ names }) => names !== undefined));
  return isOfAccount(app, role) && !isClosed;
}

/** Whom somebody gave every right to invoke, in the account of the app. */
function isOfAccount(app: AppDescription, role: string): boolean {
  return outsidersOf(app).get(role)?.includes(`::${ACCOUNT}:`) === true;
}

/** A gateway invokes what stands behind it with its role, and names nobody. */
function isTarget({ gateways }: AppDescription, role: string, behind: number, endpoint: string): boolean {
  return gateways.some(({ targets, suspended }, index) => role === `gateway ${index}` && !suspended && targets
    .some(({ agent, way, endpoint: name = 'DEFAULT', suspended: cutOff }) => agent === behind && way === 'role' && name === endpoint && !cutOff));
}

/** The runtime, by its host. An agent may have parts on others, which nobody invokes. */
function invokedRuntime(agent: AgentDescription, index: number): string | undefined {
  const invoked = invokedHost(agent);
  return invoked === undefined ? undefined : `agent ${index} ${partName(agent, invoked.part)}`;
}

function roleOf(app: AppDescription, { host }: FrontEndDescription, agent: number, place: number): string {
  return 'agent' in host ? `agent ${host.agent} ${partName(app.agents[host.agent], host.part)}` : `front end ${place} of agent ${agent}`;
}

/** A suspended agent sets no other to work. */
function isCutOff({ agents }: AppDescription, role: string): boolean {
  return agents.some((agent, index) => agent.suspended && agent.parts.some((_part, part) => `agent ${index} ${partName(agent, part)}` === role));
}
