import {
  type AgentDescription, type CallerDescription, type CapabilityDescription, type GatewayDescription, isImported, type Region, type RestrictionDescription,
  type TargetDescription, type ToolCallDescription,
} from './description';
import { type Ground, hasClientCredentials, isForAnything, pick, places } from './ground';
import { mayCallAll, toolsAreKnown } from './possible-call';
import { byRole, type RoleCall, toolsFor } from './tool-draft';

/** What of an agent decides which gateways it may call. */
export interface Caller {
  readonly stacks: number[];
  readonly region: Region;
  readonly callers: readonly CallerDescription[];
  /** Whether it never sees a user's token. */
  readonly signed: boolean;
  readonly capabilities: readonly CapabilityDescription[];
  /** Whether a part of it uses tokens. */
  readonly usesTokens: boolean;
}

/** Okta names clients in a claim that AWS does not compare. */
const WITHOUT_CLIENT_ID = 'https://acme.okta.com/';

/** The nearest calls of tools that the library takes. */
export function toolCallsFrom(drafts: readonly ToolCallDescription[], caller: Caller, ground: Ground, gateways: readonly GatewayDescription[]): ToolCallDescription[] {
  const calls: ToolCallDescription[] = [];
  for (const draft of drafts) {
    // A role's policy refers to the gateway, so the gateway's stack comes first.
    const gateway = pick(places(gateways, ({ stack, inbound, protocol }) => protocol === 'MCP' && inbound !== 'everybody' && caller.stacks.every((other) => stack <= other)), draft.gateway);
    if (gateway === undefined) continue;
    const { targets, inbound } = gateways[gateway];
    const tools = targets.length === 0 ? [] : draft.tools.map(({ target, tool }) => ({ target: target % targets.length, tool }))
      .filter(({ target, tool }, index, all) => all.findIndex((other) => other.target === target && other.tool === tool) === index);
    const authority = byRole(inbound) ? 'role' : draft.authority === 'role' ? 'machine client' : draft.authority;
    const call: ToolCallDescription = { ...draft, gateway, tools, authority, provider: undefined };
    const fitting = call.authority === 'role' ? (caller.usesTokens ? call : undefined)
      : call.authority === 'user token' ? ofUser(call, caller, gateways[gateway]) : ofMachine({ ...call, provider: draft.provider }, caller, ground, gateways[gateway]);
    const twice = calls.some((other) => other.gateway === gateway && other.authority === fitting?.authority && other.provider === fitting.provider);
    if (fitting !== undefined && !twice) calls.push(fitting);
  }
  return calls;
}

export function ofMachine(call: ToolCallDescription, { region, stacks }: Caller, ground: Ground, gateway: GatewayDescription): ToolCallDescription | undefined {
  const { caller, registered, targets } = gateway;
  if (caller.clients.length > 0 && caller.issuer.startsWith(WITHOUT_CLIENT_ID)) return undefined;
  const ofIssuer = places(ground.providers, (provider) => provider.family === 'OAuth2' && provider.region === region && ground.withinReach(provider, stacks)
    && hasClientCredentials(provider) && (provider.made !== 'here' || caller.issuer === 'https://acme.okta.com/oauth2/tickets') && (isForAnything(provider) || caller.audiences.length === 0));
  const isMachine = (place: number) => !isForAnything(ground.providers[place]);
  const named = registered?.clients.map((client) => ground.machineClients[registered.pool].clients[client].provider);
  const fitting = ofIssuer.filter((place) => named === undefined || !isMachine(place) || named.includes(place));
  const ofMachines = fitting.filter(isMachine);
  const provider = pick(ofMachines.length > 0 && call.provider! % 2 === 0 ? ofMachines : fitting, call.provider!);
  const scopes = ground.machineClients.flatMap(({ clients }) => clients).find((client) => client.provider === provider)?.scopes ?? call.scopes;
  const tools = callable(targets, call.tools, scopes);
  const getsIn = caller.scopes.length === 0 || scopes.some((scope) => caller.scopes.includes(scope));
  return provider === undefined || tools === undefined || !getsIn ? undefined : { ...call, tools, provider, scopes, users: { subjects: [] }, enforced: true };
}

export function ofUser(call: ToolCallDescription, { callers, signed, capabilities }: Caller, { caller, targets }: GatewayDescription): ToolCallDescription | undefined {
  const shared = (some: readonly string[], others: readonly string[]) => some.length === 0 || others.length === 0 || some.some((value) => others.includes(value));
  const accepted = callers.some(({ issuer, audiences, clients }) => issuer === caller.issuer && shared(audiences, caller.audiences) && shared(clients, caller.clients)
    && (caller.clients.length === 0 || !issuer.startsWith(WITHOUT_CLIENT_ID)));
  const tools = callable(targets, call.tools);
  const fits = !signed && accepted && capabilities.every(({ kind }) => kind !== 'user id');
  return fits && tools !== undefined ? { ...call, tools, scopes: [], suspended: false } : undefined;
}

/** The tools, if the rules may let the caller through; else those that they may. */
function callable(targets: readonly TargetDescription[], tools: ToolCallDescription['tools'], scopes?: readonly string[]): ToolCallDescription['tools'] | undefined {
  if (mayCallAll(targets, tools, scopes)) return tools;
  const possible = targets.flatMap((_target, target) => (['read', 'read_all'] as const).map((tool) => ({ target, tool }))).filter((each) => mayCallAll(targets, [each], scopes));
  const wanted = possible.filter(({ target, tool }) => tools.some((each) => each.target === target && each.tool === tool));
  return wanted.length > 0 ? wanted : possible.length > 0 ? possible.slice(0, 1) : undefined;
}

/** A policy has to let in the roles of agents that call the gateway. Callers with tokens are known by their way, all others by who they are. */
function restrictionFor({ only, inbound }: GatewayDescription, agents: { readonly called: boolean; readonly nameable: boolean }): RestrictionDescription | undefined {
  if (only === undefined || (inbound !== 'IAM' && inbound !== 'JWT')) return undefined;
  if (inbound === 'JWT') return only.vpcEndpoints.length === 0 ? undefined : { ...only, roles: false, partner: false, organizations: [] };
  const wanted = only.roles || (agents.called && only.organizations.length === 0);
  const roles = wanted && agents.nameable;
  const anybody = roles || only.organizations.length > 0 || (only.partner && !wanted);
  return anybody ? { ...only, roles, vpcEndpoints: [] } : undefined;
}

/** The gateway, with tools that let the agents in that call them with their roles. Only roles that can be named can be the only ones. */
export function withRoleCalls(gateway: GatewayDescription, place: number, agents: readonly AgentDescription[]): GatewayDescription {
  if (!byRole(gateway.inbound)) return { ...gateway, only: restrictionFor(gateway, { called: false, nameable: true }) };
  const nameable = ({ parts }: AgentDescription) => parts.every(({ work, host }) => (work !== 'act' && work !== 'vend')
    || (typeof host !== 'number' && (host.stack === gateway.stack || isImported(host))));
  const calling = agents.filter(({ toolCalls }) => toolCalls.some((call) => call.gateway === place));
  return {
    ...gateway,
    only: restrictionFor(gateway, { called: calling.length > 0, nameable: calling.every(nameable) }),
    targets: gateway.targets.map((target, index) => {
      const calls = agents.flatMap((caller, agent) => caller.toolCalls
        .filter((call) => call.gateway === place && (call.tools.length === 0 || call.tools.some((tool) => tool.target === index)))
        .flatMap((call): RoleCall[] => {
          const active = !caller.suspended && !call.suspended && !gateway.suspended;
          const tools = call.tools.length === 0 ? ['*' as const] : call.tools.filter((tool) => tool.target === index).map(({ tool }) => tool);
          return tools.map((tool) => ({ agent, tool, active, nameable: nameable(caller) }));
        }));
      return { ...target, tools: toolsFor(target.tools, gateway.inbound, calls, toolsAreKnown(target)) };
    }),
  };
}
