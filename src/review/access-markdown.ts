import { AccessModel, AgentAccess, CapabilityAccess, LimitAccess, ProviderAccess, TokenVaultAccess } from './access-model';
import { codeDetails } from './code-markdown';
import { frontEndDetails, frontEndLines } from './front-end-markdown';
import { gatewaySection } from './gateway-markdown';
import { visibleData } from './html/html-text';
import { machineClientSection } from './machine-client-markdown';
import { code, noticeList, oneOf, text } from './markdown-text';
import { partDetails, partLine } from './part-markdown';
import { CapabilityKind } from '../capability/capability-kind';

/** Renders the access model for a pull request. Characters that cannot be seen stand there by their number, as on the page. */
export function accessMarkdown(given: AccessModel): string {
  const model = visibleData(given);
  const lines = [
    '# What the agents of this app may do',
    '',
    ...(model.agents.length + model.gateways.length === 0 ? ['No agent is declared.', ''] : []),
    ...model.agents.flatMap(agentSection),
    ...model.gateways.flatMap(gatewaySection),
    ...machineClientSection(model.machineClients),
    ...(model.providers.length === 0 ? [] : providerSection(model.providers)),
    ...(model.agents.length + model.gateways.length === 0 ? [] : vaultSection(model.tokenVaults)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function agentSection(agent: AgentAccess): string[] {
  return [
    `## ${text(agent.path)}`,
    '',
    ...(agent.suspendedReason === undefined ? [] : [`**SUSPENDED**: ${text(agent.suspendedReason)}`, '']),
    `- Owner: ${text(agent.owner.name)} (${text(agent.owner.contact)})`,
    `- Identity: \`${agent.identity.name}\`${agent.identity.madeHere ? '' : ', which exists already'}, in account ${agent.environment.account}, region ${agent.environment.region}`,
    ...agent.parts.map((part) => `- ${partLine(part)}`),
    ...agent.callers.map((caller) => `- Users come with a token of ${text(caller.issuer)}${oneOf(' for audience', caller.audiences)}${oneOf(' of client', caller.clients)}${oneOf(' with scope', caller.scopes)}`
      + `${caller.anyClientReason !== undefined ? `, ANY CLIENT: ${text(caller.anyClientReason)}` : ''}`),
    ...frontEndLines(agent),
    ...(agent.acceptsCallsFrom === undefined ? [] : [`- Calls reach it only through ${agent.acceptsCallsFrom.map(text).join(' or ')}`]),
    ...agent.returnUrls.map((url) => `- After consent the user returns to ${text(url)}`),
    '',
    ...(agent.capabilities.length === 0 ? ['It may do nothing with credentials.', ''] : [
      '| May | As whom | Through | Scopes | Limits, and who enforces them | Why |',
      '|---|---|---|---|---|---|',
      ...agent.capabilities.map(capabilityRow),
      '',
    ]),
    ...delegationList(agent.capabilities),
    ...noticeList('Wildcards that remain', agent.remainingWildcards.map(({ resource, reason }) => `\`${resource}\`: ${text(reason)}`)),
    ...noticeList('Left to others', agent.leftToOthers.map(text)),
    ...frontEndDetails(agent),
    ...codeDetails(agent.capabilities),
    ...agent.parts.flatMap((part) => partDetails(part)),
  ];
}

function capabilityRow(capability: CapabilityAccess): string {
  const refresh = capability.refreshTokens === undefined ? '' : `<br>(${text(capability.refreshTokens)})`;
  const cells = [
    capability.suspendedReason === undefined ? capability.kind : `**SUSPENDED**: ${capability.kind} (${text(capability.suspendedReason)})`,
    text(capability.asWhom),
    `${capability.gateway === undefined || capability.gateway === capability.provider ? '' : `gateway ${text(capability.gateway)}, with a token of `}${text(capability.provider)} (\`${capability.providerName}\`)`,
    `${scopesAndTools(capability)}${refresh}`,
    capability.limits.length === 0 ? 'none: an API key knows no limits' : capability.limits.map(limitText).join('<br>'),
    text(capability.reason),
  ];
  return `| ${cells.join(' | ')} |`;
}

function scopesAndTools({ scopes, tools, allToolsReason, readBy }: CapabilityAccess): string {
  if (readBy !== undefined) {
    return `read by part ${readBy.map(text).join(' and ')}`;
  }
  const called = allToolsReason !== undefined ? [`**ALL TOOLS**: ${text(allToolsReason)}`] : (tools ?? []).map((tool) => `tool ${code(tool)}`);
  return tools === undefined ? (scopes.length === 0 ? 'none exist' : scopes.map(code).join('<br>')) : [...called, ...scopes.map((scope) => `scope ${code(scope)}`)].join('<br>');
}

/** The chains of an agent that hands users' tokens on. Those of another one are the first columns of its table. */
function delegationList(capabilities: readonly CapabilityAccess[]): string[] {
  return capabilities.some(({ kind }) => kind === CapabilityKind.ACT_ON_BEHALF_OF_USER || kind === CapabilityKind.CALL_TOOLS) || capabilities.some(({ tokenPath }) => tokenPath.some(({ kind }) => kind === 'gateway'))
    ? noticeList('How authority is passed on', capabilities.map(({ delegation, suspendedReason }) => `${suspendedReason === undefined ? '' : '**SUSPENDED**: '}${text(delegation)}`))
    : [];
}

function limitText({ limit, enforcedBy, how }: LimitAccess): string {
  return `${text(limit)}: **${enforcedBy}** (${text(how)})`;
}

function providerSection(providers: readonly ProviderAccess[]): string[] {
  return [
    '## Providers',
    '',
    '| Provider | Kind | Name | Secret | Protected by | Used by |',
    '|---|---|---|---|---|---|',
    ...providers.map((provider) => {
      const secret = `${text(provider.secret.kept)}${provider.secret.jsonKey !== undefined ? `, member \`${provider.secret.jsonKey}\`` : ''}`;
      const broad = provider.broadBecause === undefined ? '' : `, BROAD: ${text(provider.broadBecause)}`;
      const bundle = provider.secret.bundledKeys === undefined ? '' : `, a bundle of ${oneOf('', provider.secret.bundledKeys).trim().replace(/ or /g, ', ')}`;
      const usedBy = provider.usedBy.length === 0 ? 'nobody' : provider.usedBy.map(text).join('<br>');
      const kind = provider.vendor !== undefined ? `${provider.kind}, ${provider.vendor}` : provider.kind;
      const id = provider.clientId === undefined ? '' : `<br>client id ${code(provider.clientId)}`;
      const server = (provider.authorizationServer ?? []).map((setting) => `<br>${text(setting)}`).join('');
      const client = provider.clientAuthentication === undefined ? '' : `<br>client: ${text(provider.clientAuthentication)}`;
      const exchange = provider.onBehalfOf === undefined ? '' : `<br>on behalf of users: ${text(provider.onBehalfOf)}`;
      return `| ${text(provider.path)}${originOf(provider)}${broad} | ${kind}${id}${server}${client}${exchange} | \`${provider.name}\` | ${secret}${bundle} | ${text(provider.secret.protectedBy)} | ${usedBy} |`;
    }),
    '',
    ...signingKeyNotices(providers),
  ];
}

/** Who makes a provider, where it is not made here. */
function originOf({ madeHere, madeBy }: ProviderAccess): string {
  return madeBy !== undefined ? ` (ALL of this prefix, made at run time by ${text(madeBy.name)}, ${text(madeBy.contact)})` : madeHere ? '' : ' (imported)';
}

/** What the owners of signing keys have to do. */
function signingKeyNotices(providers: readonly ProviderAccess[]): string[] {
  return providers.flatMap(({ path, requiredKeyPolicy = [] }) => (requiredKeyPolicy.length === 0 ? [] : [
    `The owner of the key that signs for ${text(path)} adds to its policy:`, '', '```json', JSON.stringify(requiredKeyPolicy, undefined, 2), '```', '',
  ]));
}

function vaultSection(vaults: readonly TokenVaultAccess[]): string[] {
  return [
    '## Token vault',
    '',
    ...(vaults.length === 0
      ? ['The users\' tokens are under a key that AWS owns, or under one that this app does not know.']
      : vaults.flatMap(vaultLines)),
    '',
  ];
}

function vaultLines(vault: TokenVaultAccess): string[] {
  const former = vault.formerKeys.length === 0 ? '' : `; agents may still decrypt with ${vault.formerKeys.map(text).join(', ')}`;
  const required = vault.requiredKeyPolicy.length === 0 ? [] : [
    '', 'The owner of the key adds to its policy:', '', '```json', JSON.stringify(vault.requiredKeyPolicy, undefined, 2), '```', '',
  ];
  const where = `account ${vault.environment.account}, region ${vault.environment.region}`;
  return [`- ${where}: customer key ${text(vault.key)}, ${vault.setHere ? `set by ${text(vault.path)}` : 'set elsewhere'}${former}`, ...required];
}
