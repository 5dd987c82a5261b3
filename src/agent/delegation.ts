import type { Agent } from './agent';
import { ApiKeyAuthority } from '../capability/api-key-authority';
import { Capability, CapabilityKind } from '../capability/capability';
import { needsUserToken } from '../capability/user-token';
import { readable } from '../declaration/readable';

/** Whose authority passes through which hands to the provider, in one line: user → caller → agent → provider. */
export function delegationOf(agent: Agent, capability: Capability): string {
  const provider = capability.provider ?? capability.apiKeyProvider!;
  return [...usersOf(agent, capability), `agent ${agent.node.path}`, `provider ${provider.node.path} (${meansOf(capability)})`].join(' → ');
}

function usersOf(agent: Agent, capability: Capability): string[] {
  if (needsUserToken(capability)) {
    return [capability.users!.description, callersOf(agent)];
  }
  if (capability.kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID) {
    const { prefixes, ids } = capability.userIds!;
    return [`UNVERIFIED user id ${[...prefixes.map((prefix) => `${prefix}*`), ...ids].join(' or ')}`];
  }
  return capability.authority === ApiKeyAuthority.USER_SESSION ? ['the user of the session'] : [];
}

function callersOf(agent: Agent): string {
  const claims = (name: string, values: readonly string[]) => (values.length === 0 ? '' : `, ${name} ${values.map(shown).join(' or ')}`);
  return agent.callers.length === 0 ? 'NO CALLER' : agent.callers
    .map(({ issuer, audiences, clients, scopes, anyClientReason }) => `caller with a token of ${shown(issuer)}`
      + `${claims('audience', audiences)}${claims('client', clients)}${claims('scope', scopes)}${anyClientReason !== undefined ? ', ANY CLIENT' : ''}`)
    .join(' or ');
}

function meansOf(capability: Capability): string {
  switch (capability.kind) {
    case CapabilityKind.ACT_AS_USER: return 'as the user, who consents';
    case CapabilityKind.ACT_ON_BEHALF_OF_USER: return capability.provider!.onBehalfOf!.description;
    case CapabilityKind.ACT_AS_TRUSTED_USER_ID: return 'as the user, who consents';
    case CapabilityKind.ACT_AS_ITSELF: return 'as the agent itself';
    case CapabilityKind.USE_API_KEY: return 'with the API key';
  }
}

function shown(value: string): string {
  return readable(value, '(known at deployment)');
}
