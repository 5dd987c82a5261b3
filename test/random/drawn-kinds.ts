import type { AgentDescription, AppDescription, GatewayDescription, ToolCallDescription } from './description';

const anAgent = (has: (agent: AgentDescription) => boolean) => ({ agents }: AppDescription) => agents.some(has);
const aGateway = (has: (gateway: GatewayDescription) => boolean) => ({ gateways }: AppDescription) => gateways.some(has);
const aCall = (has: (call: ToolCallDescription, app: AppDescription) => boolean) => (app: AppDescription) => app.agents
  .some(({ toolCalls }) => toolCalls.some((call) => has(call, app)));
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
  'an agent that is a front end': anAgent(({ frontEnds }) => frontEnds.some(({ host }) => 'agent' in host)),
  'a suspended agent that is a front end': ({ agents }) => agents.some(({ frontEnds }) => frontEnds.some(({ host }) => 'agent' in host && agents[host.agent].suspended)),
  'a suspended gateway': aGateway(({ suspended, targets }) => suspended && targets.length > 0),
  'a suspended target': aGateway(({ targets }) => targets.some(({ suspended }) => suspended)),
  'a suspended target with a provider': aGateway(({ targets }) => targets.some(({ suspended, provider }) => suspended && provider !== undefined)),
  'a gateway with a key': aGateway(({ key }) => key !== undefined),
  'a gateway that asks for a claim': aGateway(({ claim }) => claim !== undefined),
  'a gateway for some roles only': aGateway(({ onlyCallers }) => onlyCallers),
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
  'an agent that is a machine client': (app) => app.agents.some(({ capabilities }) => capabilities.some(({ provider }) => isOfMachine(app, provider))),
  'a target of a machine client': (app) => app.gateways.some(({ targets }) => targets.some(({ provider }) => isOfMachine(app, provider))),
};
