import * as fc from 'fast-check';
import type {
  Access, AgentDescription, AppDescription, CapabilityDescription, ClaimDescription, FrontEndDescription, GatewayDescription, HostDescription, ProviderDescription,
  RestrictionDescription, ToolCallDescription, UsersDescription, WorkloadDescription,
} from './description';
import { partName } from './description';

/** The app as text that reads like its code: what fast-check prints of a counterexample. */
export function described(app: AppDescription): string {
  const at = (stack: number) => `, stack ${stack}`;
  return [
    `app whose environment is ${app.environment}`,
    ...app.stacks.map(({ region, stage }, index) => `stack ${index} = ${stage === undefined ? '' : `${stage}/`}${region}`),
    ...app.keys.map(({ made, stack, region, signs }, index) => `key ${index} = ${signs ? 'signing ' : ''}${made}(${region}${at(stack)})`),
    ...app.secrets.map(({ made, stack, region, key, keyToldBy }, index) => `secret ${index} = ${made}(${region}${at(stack)}${key === undefined ? '' : `, key ${key} told by the ${keyToldBy}`})`),
    ...app.providers.map((provider, index) => `provider ${index} = ${providerText(provider)}${at(provider.stack)})`),
    ...app.machineClients.flatMap(({ stack, key, clients }, index) => [
      `machine clients ${index} = MachineClients(${key === undefined ? 'key of AWS' : `key ${key}`}${at(stack)})`,
      ...clients.map(({ scopes, secret, provider }) => `  .client(${scopes.join(' ')}, secret ${secret}, provider ${provider})`),
    ]),
    ...app.vaults.map(({ stack, how, key, formerKeys }) => `vault(${how}${key === undefined ? '' : `, key ${key}`}${formerKeys.map((former) => `, formerly key ${former}`).join('')}${at(stack)})`),
    ...app.sharedPages.map((host, index) => `shared page ${index} = ${hostText(host)}`),
    ...app.agents.flatMap((agent, index) => agentLines(agent, index)),
    ...app.gateways.flatMap((gateway, index) => gatewayLines(gateway, index)),
  ].join('\n');
}

/** The same app, printed as text wherever fast-check shows it. */
export function withDescription(app: AppDescription): AppDescription {
  return Object.defineProperty({ ...app }, fc.toStringMethod, { value: () => `\n${described(app)}\n`, enumerable: false });
}

function providerText({ family, made, region, name, secret, client, exchange, bundle, suspended }: ProviderDescription): string {
  const how = [
    region, `name ${name}`,
    client === 'secret' ? (typeof secret === 'number' ? `secret ${secret}` : `secret ${secret}`) : typeof client === 'number' ? `signs with key ${client}` : client,
    ...(exchange === 'no' ? [] : [`exchanges: ${exchange}`]), ...(bundle ? ['bundle'] : []), ...(suspended ? ['SUSPENDED'] : []),
  ];
  return `${family} ${made}(${how.join(', ')}`;
}

function hostText({ kind, stack }: HostDescription): string {
  return `${kind}(stack ${stack})`;
}

function agentLines(agent: AgentDescription, index: number): string[] {
  return [
    `agent ${index} = Agent(identity ${agent.identity} in ${agent.region}, stack ${agent.stack})${agent.suspended ? '.SUSPENDED' : ''}`,
    ...agent.parts.map(({ work, host }, part) => `  .part(${partName(agent, part)}, ${work}, ${typeof host === 'number' ? `shared page ${host}` : hostText(host)})`),
    ...agent.callers.map(({ issuer, audiences, clients, scopes }) => `  .trusts(${[issuer, ...listed('aud', audiences), ...listed('client', clients), ...listed('scope', scopes)].join(', ')})${agent.derivesCallers ? ' as its gateway does' : ''}`),
    ...agent.capabilities.map((capability) => `  .may(${capabilityText(capability)})${capability.suspended ? '.SUSPENDED' : ''}`),
    ...agent.toolCalls.map((call) => `  .callsTools(${toolCallText(call)})${call.suspended ? '.SUSPENDED' : ''}`),
    ...agent.frontEnds.map((frontEnd) => `  .${agent.onlyFrontEnds ? 'onlyInvokedBy' : 'invokedBy'}(${frontEndText(frontEnd)})`),
    ...agent.operators.map((host) => `  .commandsRunBy(${hostText(host)})`),
    ...agent.accepts.map((workload) => `  .acceptsCallsFrom(${workloadText(workload)})`),
  ];
}

function capabilityText({ kind, provider, through, users, prefix, ids, session }: CapabilityDescription): string {
  const who = kind === 'user id' ? [prefix === undefined ? `ids ${ids.join(' ')}` : `ids ${prefix}*`]
    : kind === 'key' ? [`session of ${session}`]
      : kind === 'itself' ? [] : [usersText(users)];
  return [kind, `provider ${provider} by ${through}`, ...who].join(', ');
}

function usersText({ subjects, claim }: UsersDescription): string {
  return subjects.length > 0 ? `subjects ${subjects.join(' ')}` : claim === undefined ? 'anybody' : claimText(claim);
}

function claimText({ name, test, values }: ClaimDescription): string {
  return `${name} ${test} ${values.join(' or ')}`;
}

function toolCallText({ gateway, authority, provider, scopes, users, enforced, tools }: ToolCallDescription): string {
  const as = authority === 'role' ? [] : authority === 'machine client' ? [`provider ${provider}`, ...listed('scope', scopes)] : [usersText(users), ...(enforced ? ['enforced by the application'] : [])];
  return [`gateway ${gateway} by ${authority}`, ...as, tools.map(({ target, tool }) => `T${target}___${tool}`).join(' ') || 'all tools'].join(', ');
}

function frontEndText({ host, runtime, names, endpoints, webSocket }: FrontEndDescription): string {
  return [
    'agent' in host ? `role of part ${host.part} of agent ${host.agent}` : hostText(host), ...(names === undefined ? [] : [`names ${names.prefix === undefined ? names.ids.join(' ') : `${names.prefix}*`}`]),
    `${endpoints.join(' ') || 'DEFAULT'}${runtime === undefined ? '' : ` of the runtime of part ${runtime}`}`, ...(webSocket ? ['by web socket'] : []),
  ].join(', ');
}

function workloadText(workload: WorkloadDescription): string {
  return 'agent' in workload ? `agent ${workload.agent}` : `gateway ${workload.gateway}`;
}

function gatewayLines({ stack, protocol, name, inbound, caller, key, claim, targets, only, suspended }: GatewayDescription, index: number): string[] {
  const trusts = inbound === 'JWT' ? [caller.issuer, ...listed('aud', caller.audiences), ...listed('client', caller.clients), ...listed('scope', caller.scopes), ...(claim === undefined ? [] : [claimText(claim)])] : [];
  return [
    `gateway ${index} = Gateway(${[`name ${name}`, protocol, inbound, ...trusts, ...(key === undefined ? [] : [`key ${key}`]), `stack ${stack}`].join(', ')})${only === undefined ? '' : `.onlyFor(${restrictionText(only)})`}${suspended ? '.SUSPENDED' : ''}`,
    ...targets.flatMap(({ kind, way, provider, agent, runtime, endpoint, speaks, tools, suspended: cutOff }, target) => [
      `  .target(T${target}, ${kind}${speaks === undefined ? '' : ` of ${speaks}`}, ${way}${provider === undefined ? '' : `, provider ${provider}`}${agent === undefined ? '' : ` ${agent}, ${endpoint ?? 'DEFAULT'}${runtime === undefined ? '' : ` of the runtime of part ${runtime}`}`})${cutOff ? '.SUSPENDED' : ''}`,
      ...tools.flatMap(({ tool, requires, forbids }) => [
        ...(requires === undefined ? [] : [`    .tool(${tool}).requires(${accessText(requires)})`]),
        ...(forbids === undefined ? [] : [`    .tool(${tool}).forbids${forbids.unless ? 'Unless' : ''}(${accessText(forbids.access)})`]),
      ]),
    ]),
  ];
}

function restrictionText({ roles, partner, organizations, vpcEndpoints, deployer }: RestrictionDescription): string {
  return [...(roles ? ['named roles'] : []), ...(partner ? ['partner'] : []), ...organizations, ...vpcEndpoints, ...(deployer === undefined ? [] : [`deployed by its own role, by ${deployer}`])].join(', ');
}

function accessText(access: Access): string {
  switch (access.who) {
    case 'nobody': case 'every caller': return access.who;
    case 'all scopes': case 'any scope': return `${access.who} ${access.scopes.join(' ')}`;
    case 'group': return `group ${access.group}`;
    case 'department': return `department ${access.department}`;
    case 'subject': return `subject ${access.subject}`;
    case 'role': return `role ${access.role}`;
    case 'agent': return `roles of agent ${access.agent}`;
    case 'all': case 'any': return `${access.who}(${access.of.map(accessText).join(', ')})`;
  }
}

function listed(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name} ${values.join(' or ')}`];
}
