import { type AgentDescription, type AppDescription, type FrontEndDescription, invokedHost, partName } from './description';
import type { Question } from './request';

/*
 * Who may invoke an agent on a runtime. Inside an account a right comes from the role's own policy or from the resource's; a Deny
 * of either is stronger. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export function mayInvoke(app: AppDescription, role: string, { runtime, endpoint, webSocket, forUser }: Extract<Question, { ask: 'invoke runtime' }>): boolean {
  const agent = app.agents.findIndex((each, index) => invokedRuntime(each, index) === runtime);
  if (agent < 0) return role === 'operator';
  const { frontEnds, onlyFrontEnds } = app.agents[agent];
  if (role === 'operator') {
    const carriesPolicy = invokedHost(app.agents[agent])!.host.kind !== 'runtime by ARN' && (onlyFrontEnds || frontEnds.some(({ names }) => names !== undefined));
    return !carriesPolicy || (!onlyFrontEnds && !forUser);
  }
  return !isCutOff(app, role) && frontEnds.some((frontEnd, place) => roleOf(app, frontEnd, agent, place) === role
    && (frontEnd.endpoints.length === 0 ? endpoint === 'DEFAULT' : frontEnd.endpoints.some((name) => name === endpoint))
    && (!webSocket || frontEnd.webSocket) && (!forUser || frontEnd.names !== undefined));
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
