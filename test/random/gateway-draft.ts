import type { GatewayDescription, TargetDescription } from './description';
import { encrypts, type Ground, isForAnything, pick, places } from './ground';
import { byRole, toolsFor } from './tool-draft';

/** How each kind of target can be called, from AWS's table. */
const WAYS: Record<TargetDescription['kind'], readonly TargetDescription['way'][]> = {
  'Lambda': ['role'],
  'OpenAPI': ['none', 'role', 'client credentials', 'consent', 'exchange', 'key'],
  'MCP server': ['none', 'role', 'client credentials', 'consent', 'exchange', 'key'],
  'API Gateway': ['role', 'none', 'key'],
  'Smithy': ['role', 'client credentials'],
};

/** The nearest gateway that the library takes. What its tools say is left for later where agents may call them with their roles. */
export function gatewayFrom(draft: GatewayDescription, ground: Ground): GatewayDescription {
  const stack = ground.agentStack(draft.stack);
  const region = ground.regionOf(stack);
  const late = draft.name === 'at deployment' && !ground.reachesParameters(stack);
  const keys = places(ground.keys, (key) => encrypts(key) && key.region === region && (key.made === 'imported' || key.stack <= stack));
  const caller = draft.caller.audiences.length + draft.caller.clients.length > 0 ? draft.caller : { ...draft.caller, audiences: ['api://tools'] };
  return {
    ...draft,
    stack,
    name: late ? 'chosen' : draft.name,
    key: draft.key === undefined ? undefined : pick(keys, draft.key),
    caller: { ...caller, scopes: [] },
    claim: draft.inbound === 'JWT' ? draft.claim : undefined,
    targets: draft.targets.map((target) => targetFrom(target, draft.inbound, stack, ground)),
  };
}

function targetFrom(draft: TargetDescription, inbound: GatewayDescription['inbound'], stack: number, ground: Ground): TargetDescription {
  const ways = WAYS[draft.kind].filter((way) => inbound === 'JWT' || (way !== 'consent' && way !== 'exchange'));
  const wanted = ways.includes(draft.way) ? draft.way : ways[0];
  const family = wanted === 'key' ? 'API key' : 'OAuth2';
  const candidates = wanted === 'none' || wanted === 'role' ? [] : places(ground.providers, (provider) => provider.family === family
    && provider.region === ground.regionOf(stack) && ground.withinReach(provider, [stack]) && (wanted === 'client credentials' || isForAnything(provider)) && (wanted !== 'exchange' || provider.exchange !== 'no'));
  const provider = pick(candidates, draft.provider ?? 0);
  const way = provider === undefined ? 'role' : wanted;
  return { ...draft, way: wanted === 'none' ? 'none' : way, provider, tools: byRole(inbound) ? draft.tools : toolsFor(draft.tools, inbound) };
}
