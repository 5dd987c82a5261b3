import { type AppDescription, type FrontEndDescription, invokedBy, invokedHost, type InvokedPart, invokedParts, isElsewhere, partName } from './description';
import { ACCOUNT } from './name';
import { outsidersOf } from './outsider';
import type { Question } from './request';

/*
 * Who may invoke an agent on a runtime. Inside an account a right comes from the role's own policy or from the resource's; a Deny
 * of either is stronger. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export function mayInvoke(app: AppDescription, role: string, { runtime, endpoint, webSocket, forUser }: Extract<Question, { ask: 'invoke runtime' }>): boolean {
  const invoked = invokedRuntime(app, runtime);
  if (invoked === undefined) return isOfAccount(app, role);
  const { agent, part, host, frontEnds } = invoked;
  const { onlyFrontEnds } = app.agents[agent];
  // The policy of an imported runtime is its owner's.
  const carriesPolicy = host.kind !== 'runtime by ARN' && (onlyFrontEnds || frontEnds.some(({ frontEnd: { names, host: on } }) => names !== undefined || isElsewhere(on)));
  if (isOfAccount(app, role)) return !carriesPolicy || (!onlyFrontEnds && !forUser);
  if (outsidersOf(app).has(role) && !carriesPolicy) return false;
  if (isTarget(app, role, agent, part, endpoint) && !webSocket && !forUser) return true;
  return !isCutOff(app, role) && frontEnds.some(({ frontEnd, place }) => roleOf(app, frontEnd, agent, place) === role
    && (frontEnd.endpoints.length === 0 ? endpoint === 'DEFAULT' : frontEnd.endpoints.some((name) => name === endpoint))
    && (!webSocket || frontEnd.webSocket) && (!forUser || frontEnd.names !== undefined));
}

/** A command would be a way around who may be named, and around who alone may invoke: nobody but operators runs one there, and nobody while the agent is suspended. */
export function mayRunCommand(app: AppDescription, role: string, { runtime, endpoint }: Extract<Question, { ask: 'run command' }>): boolean {
  const invoked = invokedRuntime(app, runtime);
  if (invoked === undefined) return isOfAccount(app, role);
  const { agent, part, host: { kind }, frontEnds } = invoked;
  const { onlyFrontEnds, operators, suspended } = app.agents[agent];
  const isOurs = kind !== 'runtime by ARN';
  if (isOfAccount(app, role)) return !isOurs || !(onlyFrontEnds || frontEnds.some(({ frontEnd: { names } }) => names !== undefined));
  const isInvoked = frontEnds.some(({ frontEnd: { endpoints } }) => (endpoints.length === 0 ? endpoint === 'DEFAULT' : endpoints.some((name) => name === endpoint)));
  // The policy of an imported runtime is its owner's. Operators are of the first runtime.
  return !suspended && isInvoked && part === invokedHost(app.agents[agent])!.part
    && operators.some((host, place) => role === operatorName(place, agent) && (isOurs || !isElsewhere(host)));
}

export function operatorName(place: number, agent: number): string {
  return `operator ${place} of agent ${agent}`;
}

/** Whom somebody gave every right to invoke, in the account of the app. */
function isOfAccount(app: AppDescription, role: string): boolean {
  return outsidersOf(app).get(role)?.includes(`::${ACCOUNT}:`) === true;
}

/** A gateway invokes what stands behind it with its role, and names nobody. */
function isTarget({ agents, gateways }: AppDescription, role: string, behind: number, part: number, endpoint: string): boolean {
  return gateways.some(({ targets, suspended }, index) => role === `gateway ${index}` && !suspended && targets
    .some(({ agent, runtime, way, endpoint: name = 'DEFAULT', suspended: cutOff }) => agent === behind && way === 'role' && name === endpoint && !cutOff
      && invokedBy(agents[behind], { runtime }) === part));
}

/** The part that is on a runtime, and the front ends that invoke this one, by their places in the agent. */
interface InvokedRuntime extends InvokedPart {
  readonly agent: number;
  readonly frontEnds: readonly { readonly frontEnd: FrontEndDescription; readonly place: number }[];
}

/** The runtime, by its host. */
function invokedRuntime({ agents }: AppDescription, runtime: string): InvokedRuntime | undefined {
  const all = agents.flatMap((description, agent) => invokedParts(description).map((invoked) => ({ ...invoked, agent, description })));
  const found = all.find(({ agent, part, description }) => runtime === `agent ${agent} ${partName(description, part)}`);
  if (found === undefined) return undefined;
  const { description, ...invoked } = found;
  const frontEnds = description.frontEnds.map((frontEnd, place) => ({ frontEnd, place }));
  return { ...invoked, frontEnds: frontEnds.filter(({ frontEnd }) => invokedBy(description, frontEnd) === invoked.part) };
}

function roleOf(app: AppDescription, { host }: FrontEndDescription, agent: number, place: number): string {
  return 'agent' in host ? `agent ${host.agent} ${partName(app.agents[host.agent], host.part)}` : `front end ${place} of agent ${agent}`;
}

/** A suspended agent sets no other to work. */
function isCutOff({ agents }: AppDescription, role: string): boolean {
  return agents.some((agent, index) => agent.suspended && agent.parts.some((_part, part) => `agent ${index} ${partName(agent, part)}` === role));
}
