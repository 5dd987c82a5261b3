import { CapabilityKind } from './capability-kind';

/** Whether the agent gets a token without any user, from an OAuth2 provider. */
export function actsAsItself({ kind, provider }: { readonly kind: CapabilityKind; readonly provider?: unknown }): boolean {
  return kind === CapabilityKind.ACT_AS_ITSELF || (kind === CapabilityKind.CALL_TOOLS && provider !== undefined);
}

/** Whether the agent proves the user by the user's JWT. */
export function needsUserToken({ kind }: { readonly kind: CapabilityKind }): boolean {
  return kind === CapabilityKind.ACT_AS_USER || kind === CapabilityKind.ACT_ON_BEHALF_OF_USER;
}
