import type { Agent } from './agent';
import { AgentPart } from './agent-part';
import { usedBy } from './part-rights';
import { Capability } from '../capability/capability';
import { EnforcementLayer } from '../capability/enforcement-layer';
import { readable } from '../declaration/readable';
import { perhapsCovered } from '../provider/name-prefix-rules';
import type { LimitAccess, WildcardAccess } from '../review/access-model';

/** Providers that administrators make at run time, as a part of an agent may use them. */
export function providersOfPrefix(agent: Agent, part: AgentPart): WildcardAccess[] {
  return usedBy(agent, part).flatMap((capability) => {
    const group = groupOf(capability);
    if (group === undefined) {
      return [];
    }
    const { provider, prefix } = group;
    const { name, contact } = provider.namePrefixOwner!;
    const family = capability.provider !== undefined ? 'oauth2credentialprovider' : 'apikeycredentialprovider';
    return [{ resource: `${family}/${prefix}*`, reason: `${readable(name, DEPLOYED)} (${readable(contact, DEPLOYED)}) makes these providers at run time. ${provider.namePrefixReason}` }];
  });
}

/** The names are what IAM holds; which providers have them, those who may make them. */
export function prefixLimits(capability: Capability): LimitAccess[] {
  const group = groupOf(capability);
  return group === undefined ? [] : [{
    limit: `providers whose names begin with ${group.prefix}, and no others`,
    enforcedBy: EnforcementLayer.IAM,
    how: `the ARN of the providers with a wildcard; ${capability.provider !== undefined ? 'whoever may make one decides what it is for' : 'an API key itself knows no limits'}`,
  }];
}

/** What somebody has to see to, because names are known only at deployment or at run time. */
export function prefixNotices(agent: Agent): string[] {
  return [...new Set(agent.capabilities.flatMap((capability) => {
    const group = groupOf(capability);
    if (group === undefined) {
      return [];
    }
    const { provider, prefix } = group;
    const family = capability.provider !== undefined ? 'OAuth2' : 'API-key';
    const unknown = perhapsCovered(provider);
    return [
      `Only ${readable(provider.namePrefixOwner!.name, DEPLOYED)} may make ${family} providers whose names begin with ${prefix}: whoever may, decides what the agent uses.`,
      ...unknown.length === 0 ? [] : [`Somebody makes sure that the names of ${unknown.join(' and ')}, which only deployment knows, do not begin with ${prefix}.`],
    ];
  }))].sort();
}

function groupOf({ provider, apiKeyProvider }: Capability) {
  const used = provider ?? apiKeyProvider;
  return used?.namePrefix === undefined ? undefined : { provider: used, prefix: readable(used.namePrefix, DEPLOYED) };
}

const DEPLOYED = '(known at deployment)';
