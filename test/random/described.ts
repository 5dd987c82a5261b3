import * as fc from 'fast-check';
import type { Access, AgentDescription, AppDescription, CapabilityDescription, GatewayDescription, HostDescription, ProviderDescription } from './description';
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
    ...agent.callers.map(({ issuer, audiences, clients, scopes }) => `  .trusts(${[issuer, ...listed('aud', audiences), ...listed('client', clients), ...listed('scope', scopes)].join(', ')})`),
    ...agent.capabilities.map((capability) => `  .may(${capabilityText(capability)})${capability.suspended ? '.SUSPENDED' : ''}`),
  ];
}

function capabilityText({ kind, provider, through, subjects, group, prefix, ids, session }: CapabilityDescription): string {
  const who = kind === 'user id' ? [prefix === undefined ? `ids ${ids.join(' ')}` : `ids ${prefix}*`]
    : kind === 'key' ? [`session of ${session}`]
      : kind === 'itself' ? [] : [subjects.length > 0 ? `subjects ${subjects.join(' ')}` : group === undefined ? 'anybody' : `group ${group}`];
  return [kind, `provider ${provider} by ${through}`, ...who].join(', ');
}

function gatewayLines({ stack, name, inbound, caller, key, targets }: GatewayDescription, index: number): string[] {
  const trusts = inbound === 'JWT' ? [caller.issuer, ...listed('aud', caller.audiences), ...listed('client', caller.clients)] : [];
  return [
    `gateway ${index} = Gateway(${[`name ${name}`, inbound, ...trusts, ...(key === undefined ? [] : [`key ${key}`]), `stack ${stack}`].join(', ')})`,
    ...targets.flatMap(({ kind, way, provider, tools }, target) => [
      `  .target(T${target}, ${kind}, ${way}${provider === undefined ? '' : `, provider ${provider}`})`,
      ...tools.flatMap(({ tool, requires, forbids }) => [
        ...(requires === undefined ? [] : [`    .tool(${tool}).requires(${accessText(requires)})`]),
        ...(forbids === undefined ? [] : [`    .tool(${tool}).forbids${forbids.unless ? 'Unless' : ''}(${accessText(forbids.access)})`]),
      ]),
    ]),
  ];
}

function accessText(access: Access): string {
  switch (access.who) {
    case 'nobody': case 'every caller': return access.who;
    case 'all scopes': case 'any scope': return `${access.who} ${access.scopes.join(' ')}`;
    case 'group': return `group ${access.group}`;
    case 'subject': return `subject ${access.subject}`;
    case 'role': return `role ${access.role}`;
    case 'all': case 'any': return `${access.who}(${access.of.map(accessText).join(', ')})`;
  }
}

function listed(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name} ${values.join(' or ')}`];
}
