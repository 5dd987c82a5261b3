import type { Agent } from './agent';
import { gatewayHands } from './gateway-call-access';
import { handsBefore } from './hands-before';
import { secretText } from './secret-in-code';
import { ApiKeyAuthority } from '../capability/api-key-authority';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { needsUserToken } from '../capability/user-token';
import { readable } from '../declaration/readable';
import type { TokenHolderAccess } from '../review/access-model';

/** Whose authority passes through which hands to the provider, in one line: user → caller → agent → provider. */
export function delegationOf(agent: Agent, capability: Capability): string {
  return tokenPathOf(agent, capability).map(({ who }) => who).join(' → ');
}

/** The same, one by one. */
export function tokenPathOf(agent: Agent, capability: Capability): TokenHolderAccess[] {
  const provider = capability.provider ?? capability.apiKeyProvider;
  return [
    ...usersOf(agent, capability),
    ...handsBefore(agent),
    { kind: 'agent', who: `agent ${agent.node.path}` },
    ...(provider === undefined ? [] : [{ kind: 'provider' as const, who: `provider ${provider.node.path} (${meansOf(capability)})` }]),
    ...gatewayHands(capability),
    ...(capability.secret === undefined ? [] : [{ kind: 'secret' as const, who: `secret ${secretText(capability.secret)} (READ BY ITS CODE)` }]),
  ];
}

function usersOf(agent: Agent, capability: Capability): TokenHolderAccess[] {
  if (needsUserToken(capability) || (capability.kind === CapabilityKind.CALL_TOOLS && capability.users !== undefined)) {
    return [{ kind: 'user', who: capability.users!.description }, { kind: 'caller', who: callersOf(agent) }];
  }
  if (capability.kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID) {
    const { prefixes, ids } = capability.userIds!;
    const named = agent.frontEnds.filter((frontEnd) => frontEnd.userIds !== undefined).map(({ name }) => `front end ${name}`).sort();
    return [
      { kind: 'user', who: `UNVERIFIED user id ${[...prefixes.map((prefix) => `${prefix}*`), ...ids].join(' or ')}` },
      ...(named.length > 0 ? [{ kind: 'caller' as const, who: named.join(' or ') }] : []),
    ];
  }
  return capability.authority === ApiKeyAuthority.USER_SESSION ? [{ kind: 'user', who: 'the user of the session' }] : [];
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
    case CapabilityKind.CALL_TOOLS: return 'as the agent itself';
    case CapabilityKind.READ_SECRET_IN_CODE: return 'with what the secret holds';
  }
}

function shown(value: string): string {
  return readable(value, '(known at deployment)');
}
