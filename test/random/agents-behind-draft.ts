import {
  type AgentDescription, type CallerDescription, type GatewayDescription, invokedHost, type InvokedPart, invokedParts, type TargetDescription, type ToolDescription,
} from './description';
import { type Ground, pick, places } from './ground';
import type { RegisteredDraft } from './registered-client';
import { toolsFor } from './tool-draft';

/** An agent behind a gateway in a draft. */
export interface AgentBehindDraft extends Pick<TargetDescription, 'runtime' | 'endpoint' | 'tools' | 'suspended'> {
  readonly agent: number;
  readonly way: 'token' | 'role';
  readonly derivesCallers: boolean;
}

/** A gateway in a draft. What it has behind it depends on what it speaks. */
export interface GatewayDraft extends Omit<GatewayDescription, 'registered'> {
  readonly registered?: RegisteredDraft;
  readonly agentsBehind: readonly AgentBehindDraft[];
  readonly passthroughs: readonly TargetDescription[];
}

/** Whose tokens name the client otherwise: a limit to clients would let nobody in. */
const WITHOUT_CLIENT_ID = 'https://acme.okta.com/';

/** The nearest agents behind gateways that speak HTTP, and what follows for the agents. */
export function withAgentsBehind(
  agents: readonly AgentDescription[], gateways: readonly GatewayDescription[], drafts: readonly GatewayDraft[], ground: Ground,
): { readonly agents: AgentDescription[]; readonly gateways: GatewayDescription[] } {
  const changed = [...agents];
  const behind = new Set<number>();
  const withTargets = gateways.map((gateway, index): GatewayDescription => {
    if (gateway.protocol !== 'HTTP') return gateway;
    const targets: TargetDescription[] = [];
    for (const { agent: drawn, way: wanted, runtime: drawnRuntime, endpoint, derivesCallers, tools, suspended } of drafts[index].agentsBehind) {
      const derives = (agent: number) => derivesCallers && !behind.has(agent) && changed[agent].toolCalls.every(({ authority }) => authority !== 'user token');
      const indexes = changed.map((_agent, agent) => agent);
      const among = (way: 'token' | 'role') => indexes.filter((agent) => (way === 'role' ? takingRole(changed[agent], gateway, ground).length > 0
        : takesTokens(changed[agent], gateway, derives(agent)) && targets.every((other) => other.agent !== agent)));
      const way = among(wanted).length > 0 ? wanted : wanted === 'role' ? 'token' : 'role';
      const agent = pick(among(way), drawn);
      if (agent === undefined) continue;
      if (way === 'token' && derives(agent)) changed[agent] = { ...changed[agent], callers: [{ ...gateway.caller, scopes: [] }], derivesCallers: true };
      // With front ends alone it would be denied to the gateway.
      if (way === 'role') changed[agent] = { ...changed[agent], onlyFrontEnds: false };
      behind.add(agent);
      const said = toolsFor(tools, gateway.inbound);
      const first = invokedHost(changed[agent])!;
      const { part, host } = way === 'token' ? first : pick(takingRole(changed[agent], gateway, ground), drawnRuntime ?? 0)!;
      targets.push({
        kind: 'agent',
        way,
        agent,
        ...(part === first.part ? {} : { runtime: part }),
        endpoint: host.kind === 'runtime by ARN' ? undefined : endpoint,
        tools: way === 'token' ? withInvocation(said) : said,
        suspended,
      });
    }
    return { ...gateway, targets: [...gateway.targets, ...targets] };
  });
  return { agents: changed, gateways: withTargets };
}

/** The gateways from which an agent takes users' tokens: no others reach it. */
export function gatewaysInFront(gateways: readonly GatewayDescription[], behind: number): { gateway: number }[] {
  return places(gateways, ({ targets }) => targets.some(({ agent, way }) => agent === behind && way === 'token')).map((gateway) => ({ gateway }));
}

/** Its runtime and the gateway name each other, so they are in one stack. */
function takesTokens(agent: AgentDescription, { stack, inbound, caller }: GatewayDescription, derives: boolean): boolean {
  const invoked = invokedHost(agent);
  const callers = derives ? [caller] : agent.callers;
  return inbound === 'JWT' && agent.identity === 'of the runtime' && agent.callers.length > 0 && invoked !== undefined && invoked.host.kind !== 'runtime by ARN' && invoked.host.stack === stack
    && callers.some((each) => mayBeOf(each, caller))
    && ([caller, ...callers].every(({ clients }) => clients.length === 0) || [caller, ...callers].every(({ issuer }) => !issuer.startsWith(WITHOUT_CLIENT_ID)));
}

function mayBeOf(one: CallerDescription, other: CallerDescription): boolean {
  const share = (some: readonly string[], others: readonly string[]) => some.length === 0 || others.length === 0 || some.some((value) => others.includes(value));
  return one.issuer === other.issuer && share(one.audiences, other.audiences) && share(one.clients, other.clients);
}

/** The runtimes that are invoked with AWS credentials. The gateway refers to them. */
function takingRole(agent: AgentDescription, { stack }: GatewayDescription, ground: Ground): InvokedPart[] {
  if (agent.identity === 'of the runtime' && agent.callers.length > 0) return [];
  return invokedParts(agent).filter(({ host }) => host.kind === 'runtime by ARN' || (host.stack <= stack && ground.sameRegion(host.stack, stack)));
}

/** Who may invoke it has to be said. */
function withInvocation(tools: readonly ToolDescription[]): ToolDescription[] {
  const said = tools.find(({ tool }) => tool === 'read');
  return [{ requires: { who: 'nobody' }, ...said, tool: 'read', ...(said !== undefined && said.requires === undefined ? { requires: { who: 'every caller' as const } } : {}) }, ...tools.filter(({ tool }) => tool !== 'read')];
}
