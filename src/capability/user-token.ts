import { ApiKeyAuthority } from './api-key-authority';
import { CapabilityKind } from './capability-kind';

/** Whether the agent gets a token without any user, from an OAuth2 provider. */
export function actsAsItself({ kind, provider }: { readonly kind: CapabilityKind; readonly provider?: unknown }): boolean {
  return kind === CapabilityKind.ACT_AS_ITSELF || (kind === CapabilityKind.CALL_TOOLS && provider !== undefined);
}

/** Whether the agent proves the user by the user's JWT. */
export function needsUserToken({ kind }: { readonly kind: CapabilityKind }): boolean {
  return kind === CapabilityKind.ACT_AS_USER || kind === CapabilityKind.ACT_ON_BEHALF_OF_USER;
}

/** Whether users consent to it, and come back to a return page. */
export function needsConsent({ kind }: { readonly kind: CapabilityKind }): boolean {
  return kind === CapabilityKind.ACT_AS_USER || kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID;
}

/** Whether the agent gets tokens for users, however it knows them. */
export function actsForUsers(capability: { readonly kind: CapabilityKind }): boolean {
  return needsUserToken(capability) || needsConsent(capability);
}

/** Whether the agent's role mints a workload access token without any user for it: it then may be used with any provider. */
export function mintsForItself(capability: { readonly kind: CapabilityKind; readonly provider?: unknown; readonly authority?: ApiKeyAuthority }): boolean {
  return actsAsItself(capability) || capability.authority === ApiKeyAuthority.AGENT_ITSELF;
}
