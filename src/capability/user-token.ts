import { CapabilityKind } from './capability';

/** Whether the agent proves the user by the user's JWT. */
export function needsUserToken({ kind }: { readonly kind: CapabilityKind }): boolean {
  return kind === CapabilityKind.ACT_AS_USER || kind === CapabilityKind.ACT_ON_BEHALF_OF_USER;
}
