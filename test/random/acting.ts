import type { AgentDescription, AppDescription, CallerDescription, CapabilityDescription, GatewayDescription, Region, ToolCallDescription } from './description';
import type { Claims, Session } from './request';

/** A part of an agent, or a gateway, with what counts for its role. Providers are places in the app's list. */
export interface Acting {
  readonly identity: string;
  readonly region: Region;
  /** CDK refers to nothing across stages, so each says for itself which key its vault has. */
  readonly stage?: string;
  readonly mints: boolean;
  readonly vends: boolean;
  readonly completes: boolean;
  readonly ownToken: boolean;
  readonly oauth2: readonly number[];
  readonly apiKeys: readonly number[];
  /** Those whose client AgentCore speaks for, or whose key it reads, with the rights of the role. */
  readonly used: readonly number[];
  readonly exchanged: readonly number[];
  /** Gateways that it gets into by IAM. */
  readonly gateways: readonly number[];
  /** Whether it may act (or end a consent) for the user of the session, whichever provider it is about. */
  actsFor(session: Session): boolean;
  /** Providers that users consent to, by their JWT or by an id. */
  consented(byToken: boolean): readonly number[];
}

export function actingParts(app: AppDescription, places: readonly { agent: number; part: number }[]): Acting[] {
  return places.map(({ agent, part }) => actingPart(app, agent, part));
}

function actingPart(app: AppDescription, index: number, part: number): Acting {
  const agent = app.agents[index];
  const { work } = agent.parts[part];
  const active = agent.suspended ? [] : agent.capabilities.filter(({ suspended, provider }) => !suspended && !isCutOff(app, provider));
  const calls = agent.suspended ? [] : agent.toolCalls.filter((call) => isActive(app, call));
  const asMachine = calls.flatMap(({ provider }) => provider ?? []);
  const of = (...kinds: CapabilityDescription['kind'][]) => active.filter(({ kind }) => kinds.includes(kind)).map(({ provider }) => provider);
  const vends = work === 'act' || work === 'vend';
  return {
    identity: `agent ${index}`,
    region: agent.region,
    stage: app.stacks[agent.stack].stage,
    // AWS itself mints for the identity that it makes with a runtime.
    mints: work === 'mint' || (work === 'act' && agent.identity !== 'of the runtime'),
    vends,
    completes: work === 'complete',
    ownToken: asMachine.length > 0 || active.some(({ kind, session }) => kind === 'itself' || (kind === 'key' && session === 'itself')),
    // An exchange has no session to complete: a return page is there for the users of consents.
    actsFor: (session) => agentActsFor(agent, active.filter(({ kind }) => work !== 'complete' || kind !== 'behalf'), session),
    oauth2: [...of('user', 'behalf', 'user id', 'itself'), ...asMachine],
    apiKeys: of('key'),
    consented: (byToken) => of(byToken ? 'user' : 'user id'),
    used: vends ? [...of('user', 'behalf', 'user id', 'itself', 'key'), ...asMachine] : work === 'complete' ? of('user', 'user id') : [],
    exchanged: vends ? of('behalf') : [],
    gateways: vends ? calls.filter(({ authority, gateway }) => authority === 'role' && app.gateways[gateway].inbound === 'IAM').map(({ gateway }) => gateway) : [],
  };
}

/** Whether a call of tools is not cut off, neither by itself nor with its gateway or provider. */
function isActive(app: AppDescription, { suspended, gateway, provider }: ToolCallDescription): boolean {
  return !suspended && !app.gateways[gateway].suspended && (provider === undefined || !isCutOff(app, provider));
}

function agentActsFor(agent: AgentDescription, active: readonly CapabilityDescription[], session: Session): boolean {
  if ('userId' in session) {
    return active.some(({ kind, prefix, ids }) => kind === 'user id' && (prefix !== undefined ? session.userId.startsWith(prefix) : ids.includes(session.userId)));
  }
  return active.some(({ kind, users: { subjects } }) => (kind === 'user' || kind === 'behalf') && (subjects.length === 0 || subjects.includes(session.claims.sub)))
    && agent.callers.some((caller) => trusts(caller, session.claims));
}

/** The role of a gateway acts under the gateway's identity for the targets that are called with credentials of a provider. */
export function actingGateway(app: AppDescription, index: number): Acting {
  const { stack, targets, inbound, caller, suspended } = app.gateways[index];
  const active = suspended ? [] : targets.filter(({ provider, suspended: cutOff }) => provider !== undefined && !cutOff && !isCutOff(app, provider));
  const oauth2 = active.filter(({ way }) => way !== 'key').map(({ provider }) => provider!);
  return {
    identity: `gateway ${index}`,
    region: app.stacks[stack].region,
    stage: app.stacks[stack].stage,
    mints: active.length > 0,
    vends: true,
    completes: false,
    ownToken: active.some(needsOwnToken),
    actsFor: (session) => inbound === 'JWT' && 'claims' in session && trusts({ ...caller, scopes: [] }, session.claims),
    oauth2,
    apiKeys: active.filter(({ way }) => way === 'key').map(({ provider }) => provider!),
    consented: () => [],
    used: active.map(({ provider }) => provider!),
    exchanged: active.filter(({ way }) => way === 'exchange').map(({ provider }) => provider!),
    gateways: [],
  };
}

/** The role of a gateway's return page ends the consents to its targets. Who may come is who gets in. */
export function actingPage(app: AppDescription, index: number): Acting {
  const gateway = actingGateway(app, index);
  const { targets, suspended } = app.gateways[index];
  const consented = suspended ? [] : targets.filter(({ way, suspended: cutOff, provider }) => way === 'consent' && !cutOff && !isCutOff(app, provider!)).map(({ provider }) => provider!);
  return {
    ...gateway,
    mints: false,
    vends: false,
    completes: true,
    ownToken: false,
    oauth2: [],
    apiKeys: [],
    consented: (byToken) => (byToken ? consented : []),
    used: consented,
    exchanged: [],
  };
}

/** A key and client credentials know no user; nor does a gateway that lists the tools of an MCP server before anybody calls. */
function needsOwnToken({ kind, way }: GatewayDescription['targets'][number]): boolean {
  return way === 'key' || way === 'client credentials' || (way === 'exchange' && kind === 'MCP server');
}

function isCutOff(app: AppDescription, provider: number): boolean {
  return app.providers[provider].suspended;
}

export function trusts(caller: CallerDescription, claims: Claims): boolean {
  const oneOf = (expected: readonly string[], given: readonly string[]) => expected.length === 0 || given.some((value) => expected.includes(value));
  return claims.iss === caller.issuer
    && oneOf(caller.audiences, claims.aud ?? [])
    && oneOf(caller.clients, claims.client_id === undefined ? [] : [claims.client_id])
    && oneOf(caller.scopes, claims.scope ?? []);
}
