import type { GatewayDraft } from './agents-behind-draft';
import type { GatewayDescription, TargetDescription } from './description';
import { encrypts, type Ground, hasClientCredentials, isForAnything, pick, places } from './ground';
import { registeredFrom } from './registered-client';
import { byRole, toolsFor } from './tool-draft';

/** How each kind of target can be called, from AWS's table. */
const WAYS: Record<Exclude<TargetDescription['kind'], 'agent'>, readonly TargetDescription['way'][]> = {
  'Lambda': ['role'],
  'OpenAPI': ['none', 'role', 'client credentials', 'consent', 'exchange', 'key'],
  'MCP server': ['none', 'role', 'client credentials', 'consent', 'exchange', 'key'],
  'API Gateway': ['role', 'none', 'key'],
  'Smithy': ['role', 'client credentials'],
  'passthrough': ['role', 'caller', 'client credentials', 'token', 'key'],
};

/** Ways that need no provider. */
const BY_ITSELF: readonly TargetDescription['way'][] = ['none', 'role', 'token', 'caller'];

/** The nearest gateway that the library takes. What its tools say is left for later where agents may call them with their roles. */
export function gatewayFrom({ agentsBehind: _agents, passthroughs, registered: drawn, ...draft }: GatewayDraft, ground: Ground): GatewayDescription {
  // Beside the runtimes that mint, it may have agents behind it that get users' tokens.
  const stack = draft.protocol === 'HTTP' && draft.inbound === 'JWT' && draft.stack % 4 > 0 ? ground.firstAgentStack : ground.agentStack(draft.stack);
  const region = ground.regionOf(stack);
  const late = draft.name === 'at deployment' && !ground.reachesParameters(stack);
  const keys = places(ground.keys, (key) => encrypts(key) && key.region === region && (key.made === 'imported' || key.stack <= stack));
  const caller = draft.caller.audiences.length + draft.caller.clients.length > 0 ? draft.caller : { ...draft.caller, audiences: ['api://tools'] };
  const targets = (draft.protocol === 'HTTP' ? passthroughs : draft.targets).map((target) => targetFrom(target, draft.inbound, stack, ground));
  const registered = drawn === undefined || draft.inbound !== 'JWT' ? undefined : registeredFrom(drawn, stack, ground);
  return {
    ...draft,
    stack,
    name: late ? 'chosen' : draft.name,
    key: draft.key === undefined ? undefined : pick(keys, draft.key),
    ...registered ?? { caller: { ...caller, scopes: [] } },
    claim: draft.inbound === 'JWT' && registered === undefined ? draft.claim : undefined,
    targets,
    page: draft.page === true && targets.some(({ way }) => way === 'consent'),
    only: draft.only?.deployer === 'ARN at deployment' && !ground.reachesParameters(stack) ? { ...draft.only, deployer: 'ARN' } : draft.only,
  };
}

function targetFrom(draft: TargetDescription, inbound: GatewayDescription['inbound'], stack: number, ground: Ground): TargetDescription {
  const ways = WAYS[draft.kind as keyof typeof WAYS].filter((way) => (way === 'caller' ? byRole(inbound) : inbound === 'JWT' || (way !== 'consent' && way !== 'exchange' && way !== 'token')));
  const wanted = ways.includes(draft.way) ? draft.way : ways[0];
  const family = wanted === 'key' ? 'API key' : 'OAuth2';
  const candidates = BY_ITSELF.includes(wanted) ? [] : places(ground.providers, (provider) => provider.family === family
    && provider.region === ground.regionOf(stack) && ground.withinReach(provider, [stack]) && (wanted === 'client credentials' ? hasClientCredentials(provider) : isForAnything(provider)) && (wanted !== 'exchange' || provider.exchange !== 'no'));
  const provider = pick(candidates, draft.provider ?? 0);
  const way = provider === undefined && !BY_ITSELF.includes(wanted) ? 'role' : wanted;
  return { ...draft, way, provider, tools: byRole(inbound) ? draft.tools : toolsFor(draft.tools, inbound) };
}
