import {
  type AgentDescription, type AppDescription, type GatewayDescription, invokedBy, invokedHost, invokedParts, isElsewhere, type RestrictionDescription,
  type TargetDescription, type ToolCallDescription,
} from './description';

const anAgent = (has: (agent: AgentDescription) => boolean) => ({ agents }: AppDescription) => agents.some(has);
const aGateway = (has: (gateway: GatewayDescription) => boolean) => ({ gateways }: AppDescription) => gateways.some(has);
const aTarget = (has: (target: TargetDescription) => boolean) => aGateway(({ targets }) => targets.some(has));
const aCall = (has: (call: ToolCallDescription, app: AppDescription) => boolean) => (app: AppDescription) => app.agents
  .some(({ toolCalls }) => toolCalls.some((call) => has(call, app)));
const aCallOf = (has: (target: TargetDescription, call: ToolCallDescription) => boolean) => aCall((call, { gateways }) => gateways[call.gateway].targets
  .some((target, place) => has(target, call) && (call.tools.length === 0 || call.tools.some((tool) => tool.target === place))));
const aFrontEnd = (has: (runtime: number, frontEnd: AgentDescription['frontEnds'][number], agent: AgentDescription, index: number) => boolean) => ({ agents }: AppDescription) => agents
  .some((agent, index) => agent.frontEnds.some((frontEnd) => has(invokedBy(agent, frontEnd), frontEnd, agent, index)));
const isFurther = (runtime: number, agent: AgentDescription) => runtime !== invokedHost(agent)!.part;
const aPassthrough = (has: (target: TargetDescription) => boolean) => aTarget((target) => target.kind === 'passthrough' && has(target));
const isDeployed = (has: (deployer: RestrictionDescription['deployer']) => boolean) => aGateway(({ only }) => only !== undefined && has(only.deployer));
const isOfMachine = ({ providers }: AppDescription, provider: number | undefined) => provider !== undefined && providers[provider].made === 'of a machine client';

/** What has to come up now and then: a draw that never comes out as one thinks would go unnoticed. */
export const KINDS: Record<string, (app: AppDescription) => boolean> = {
  'an agent that is suspended': anAgent(({ suspended }) => suspended),
  'a capability that is suspended': anAgent(({ capabilities }) => capabilities.some(({ suspended }) => suspended)),
  'a provider that is suspended': ({ providers }) => providers.some(({ suspended }) => suspended),
  'a shared return page': anAgent(({ parts }) => parts.some(({ host }) => typeof host === 'number')),
  'a vault with a former key': ({ vaults }) => vaults.some(({ formerKeys }) => formerKeys.length > 0),
  'a runtime that users\' tokens open': anAgent(({ identity, callers }) => identity === 'of the runtime' && callers.length > 0),
  'a runtime that lets in users with a claim': anAgent(({ identity, capabilities }) => identity === 'of the runtime' && capabilities
    .some(({ kind, users }) => kind === 'user' && users.claim !== undefined)),
  'a runtime that takes calls from a gateway': anAgent(({ accepts }) => accepts.some((workload) => 'gateway' in workload)),
  'a runtime that takes calls from an agent': anAgent(({ accepts }) => accepts.some((workload) => 'agent' in workload)),
  'a front end': anAgent(({ frontEnds, onlyFrontEnds }) => frontEnds.length > 0 && !onlyFrontEnds),
  'a front end that nobody else may replace': anAgent(({ onlyFrontEnds }) => onlyFrontEnds),
  'a front end that names users': anAgent(({ frontEnds }) => frontEnds.some(({ names }) => names !== undefined)),
  'an agent for users whom a front end names': anAgent(({ frontEnds, capabilities }) => frontEnds.some(({ names }) => names !== undefined) && capabilities.some(({ kind }) => kind === 'user id')),
  'a front end on an endpoint': anAgent(({ frontEnds }) => frontEnds.some(({ endpoints }) => endpoints.length === 1)),
  'a front end of another account': anAgent(({ frontEnds, onlyFrontEnds }) => !onlyFrontEnds && frontEnds.some(({ host, names }) => isElsewhere(host) && names === undefined)),
  'a front end of another account that nobody else may replace': anAgent(({ frontEnds, onlyFrontEnds }) => onlyFrontEnds && frontEnds.some(({ host }) => isElsewhere(host))),
  'a front end of another account that names users': anAgent(({ frontEnds }) => frontEnds.some(({ host, names }) => isElsewhere(host) && names !== undefined)),
  'an agent that is a front end': anAgent(({ frontEnds }) => frontEnds.some(({ host }) => 'agent' in host)),
  'a suspended agent that is a front end': ({ agents }) => agents.some(({ frontEnds }) => frontEnds.some(({ host }) => 'agent' in host && agents[host.agent].suspended)),
  'an agent on two runtimes': anAgent((agent) => invokedParts(agent).length > 1),
  'a front end of a further runtime': aFrontEnd((runtime, _frontEnd, agent) => isFurther(runtime, agent)),
  'a front end that says that it is of the first runtime': aFrontEnd((_runtime, frontEnd, agent) => frontEnd.runtime === invokedHost(agent)!.part),
  'a front end of a further runtime, on an endpoint': aFrontEnd((runtime, { endpoints }, agent) => isFurther(runtime, agent) && endpoints.length === 1),
  'front ends of several runtimes that nobody else may replace': aFrontEnd((runtime, _frontEnd, agent) => isFurther(runtime, agent) && agent.onlyFrontEnds),
  'a front end of another account, of a further runtime': aFrontEnd((runtime, { host }, agent) => isFurther(runtime, agent) && isElsewhere(host)),
  'one role that is a front end of two runtimes': aFrontEnd((runtime, { host }, agent) => 'agent' in host && agent.frontEnds
    .some((other) => 'agent' in other.host && other.host.agent === host.agent && other.host.part === host.part && invokedBy(agent, other) !== runtime)),
  'a part that is a front end of the agent\'s other runtime': aFrontEnd((_runtime, { host }, _agent, index) => 'agent' in host && host.agent === index),
  'a suspended agent with a part that is a front end of its other runtime': aFrontEnd((_runtime, { host }, { suspended }, index) => suspended && 'agent' in host && host.agent === index),
  'a further runtime of an agent behind a gateway': aTarget(({ runtime }) => runtime !== undefined),
  'an operator': anAgent(({ operators, suspended }) => operators.length > 0 && !suspended),
  'an operator of another account': anAgent(({ operators }) => operators.some(isElsewhere)),
  'an operator of a suspended agent': anAgent(({ operators, suspended }) => operators.length > 0 && suspended),
  'a suspended gateway': aGateway(({ suspended, targets }) => suspended && targets.length > 0),
  'a suspended target': aGateway(({ targets }) => targets.some(({ suspended }) => suspended)),
  'a suspended target with a provider': aGateway(({ targets }) => targets.some(({ suspended, provider }) => suspended && provider !== undefined)),
  'a gateway with a return page': aGateway(({ page, suspended }) => page === true && !suspended),
  'a suspended gateway with a return page': aGateway(({ page, suspended }) => page === true && suspended),
  'a gateway with a key': aGateway(({ key }) => key !== undefined),
  'a gateway that asks for a claim': aGateway(({ claim }) => claim !== undefined),
  'a gateway for some roles only': aGateway(({ only }) => only?.roles === true && only.organizations.length === 0),
  'a gateway for some roles and an organization': aGateway(({ only }) => only?.roles === true && only.organizations.length > 0),
  'a gateway for an organization': aGateway(({ only }) => only?.roles === false && only.organizations.length > 0),
  'a gateway for a role of another account': aGateway(({ only }) => only?.partner === true),
  'a gateway behind VPC endpoints': aGateway(({ only }) => only !== undefined && only.vpcEndpoints.length > 0),
  'a gateway with a role that deploys it, by ARN': isDeployed((deployer) => deployer === 'ARN'),
  'a gateway with a role that deploys it, by an ARN that deployment knows': isDeployed((deployer) => deployer === 'ARN at deployment'),
  'a gateway with a role that deploys it, by name': isDeployed((deployer) => deployer === 'name'),
  'a gateway with a role that deploys it and is made here': isDeployed((deployer) => deployer === 'made here'),
  'a gateway behind VPC endpoints with a role that deploys it': aGateway(({ only }) => only !== undefined && only.vpcEndpoints.length > 0 && only.deployer !== undefined),
  'an agent that calls a gateway for an organization': aCall(({ authority, gateway }, { gateways }) => authority === 'role' && gateways[gateway].only?.roles === false),
  'a tool that is forbidden': aGateway(({ targets }) => targets.some(({ tools }) => tools.some(({ forbids }) => forbids?.unless === false))),
  'a tool that is forbidden to all but some': aGateway(({ targets }) => targets.some(({ tools }) => tools.some(({ forbids }) => forbids?.unless === true))),
  'a tool that is for an agent': aGateway(({ targets }) => JSON.stringify(targets).includes('"who":"agent"')),
  'tools called with a role, by IAM': aCall(({ authority, gateway }, { gateways }) => authority === 'role' && gateways[gateway].inbound === 'IAM'),
  'tools called with a role, by any signature': aCall(({ authority, gateway }, { gateways }) => authority === 'role' && gateways[gateway].inbound === 'any signature'),
  'tools that were called with a role': aCall(({ authority, suspended }) => authority === 'role' && suspended),
  'tools of a suspended gateway': aCall(({ gateway }, { gateways }) => gateways[gateway].suspended),
  'tools called by a machine client of some provider': aCall(({ provider }, app) => provider !== undefined && !isOfMachine(app, provider)),
  'tools called by a registered machine client': aCall(({ provider }, app) => isOfMachine(app, provider)),
  'tools called with users\' tokens': aCall(({ authority }) => authority === 'user token'),
  'users\' tokens that no code looks at': aCall(({ authority, enforced, users }) => authority === 'user token' && !enforced && users.claim !== undefined),
  'a gateway for machine clients': aGateway(({ registered, caller }) => registered !== undefined && caller.scopes.length === 0),
  'a gateway for machine clients with a scope': aGateway(({ registered, caller }) => registered !== undefined && caller.scopes.length > 0),
  'a gateway for some machine clients of a pool': ({ gateways, machineClients }) => gateways.some(({ registered }) => registered !== undefined && registered.clients.length < machineClients[registered.pool].clients.length),
  'a gateway for machine clients of another stack': ({ gateways, machineClients }) => gateways.some(({ registered, stack }) => registered !== undefined && machineClients[registered.pool].stack !== stack),
  'a gateway for machine clients with tools that are called by one': (app) => app.agents.some(({ toolCalls }) => toolCalls.some(({ gateway, provider }) => app.gateways[gateway].registered !== undefined && isOfMachine(app, provider))),
  'an agent whose callers are machine clients': (app) => app.agents.some(({ derivesCallers, callers: [caller] }) => derivesCallers && app.machineClients.some(({ issuer }) => issuer === caller.issuer)),
  'an agent behind a gateway, called with users\' tokens': aTarget(({ kind, way }) => kind === 'agent' && way === 'token'),
  'an agent behind a gateway, called with its role': aTarget(({ kind, way }) => kind === 'agent' && way === 'role'),
  'an endpoint of an agent behind a gateway': aTarget(({ kind, way, endpoint }) => kind === 'agent' && way === 'role' && endpoint !== undefined),
  'an agent behind a gateway with callers by IAM': aGateway(({ inbound, targets }) => inbound === 'IAM' && targets.some(({ kind }) => kind === 'agent')),
  'a suspended agent behind a gateway': ({ agents, gateways }) => gateways.some(({ targets }) => targets.some(({ agent, way }) => agent !== undefined && way === 'role' && agents[agent].suspended)),
  'a suspended target that is an agent': aTarget(({ kind, way, suspended }) => kind === 'agent' && way === 'role' && suspended),
  'a suspended target that is an agent, called with users\' tokens': aTarget(({ kind, way, suspended }) => kind === 'agent' && way === 'token' && suspended),
  'a suspended agent behind a gateway, called with users\' tokens': ({ agents, gateways }) => gateways.some(({ targets }) => targets
    .some(({ agent, way }) => agent !== undefined && way === 'token' && agents[agent].suspended)),
  'an agent behind a gateway, called by another agent with its role': aCallOf(({ kind }, { authority }) => kind === 'agent' && authority === 'role'),
  'an agent behind a gateway, called by another agent with users\' tokens': aCallOf(({ kind }, { authority }) => kind === 'agent' && authority === 'user token'),
  'an agent behind a gateway that gets the users\' tokens from another agent': aCallOf(({ kind, way }, { authority }) => kind === 'agent' && way === 'token' && authority === 'user token'),
  'an agent behind a gateway, called by another agent as a machine client': aCallOf(({ kind }, { authority }) => kind === 'agent' && authority === 'machine client'),
  'what is passed through, called with the role of the gateway': aPassthrough(({ way }) => way === 'role'),
  'what is passed through, called with the role of the caller': aPassthrough(({ way }) => way === 'caller'),
  'what is passed through, called with the token of the caller': aPassthrough(({ way }) => way === 'token'),
  'what is passed through, called by a client of some provider': aPassthrough(({ way }) => way === 'client credentials'),
  'what is passed through, called with a key': aPassthrough(({ way }) => way === 'key'),
  'a suspended target that is passed through': aPassthrough(({ suspended }) => suspended),
  'what is passed through beside an agent': aGateway(({ targets }) => targets.some(({ kind }) => kind === 'agent') && targets.some(({ kind }) => kind === 'passthrough')),
  'what is passed through, called by an agent': aCallOf(({ kind }) => kind === 'passthrough'),
  'an agent whose callers are those of its gateway': anAgent(({ derivesCallers }) => derivesCallers),
  'an agent behind two gateways': ({ agents, gateways }) => agents.some((_agent, index) => gateways.filter(({ targets }) => targets.some(({ agent }) => agent === index)).length > 1),
  'an agent behind a gateway that has front ends, too': ({ agents, gateways }) => gateways.some(({ targets }) => targets.some(({ agent }) => agent !== undefined && agents[agent].frontEnds.length > 0)),
  'an agent that is a machine client': (app) => app.agents.some(({ capabilities }) => capabilities.some(({ provider }) => isOfMachine(app, provider))),
  'a target of a machine client': (app) => app.gateways.some(({ targets }) => targets.some(({ provider }) => isOfMachine(app, provider))),
};
