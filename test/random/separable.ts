import type { CapabilityDescription } from './description';

/** A way in which an agent uses a provider, by a capability or by calls of tools. */
export interface Use {
  readonly kind: CapabilityDescription['kind'];
  readonly provider: number;
  readonly session: CapabilityDescription['session'];
  /** Cut off, by itself or with what it uses. */
  readonly off: boolean;
}

/** A way of using a provider cannot be cut off while the provider, and tokens of the kind, are in use otherwise. */
export function canBeCutOff({ kind, provider }: Use, all: readonly Use[]): boolean {
  const active = all.filter(({ off }) => !off);
  const hasUsers = all.some((other) => isForUsers(other.kind));
  const withProvider = active.filter((other) => other.kind !== 'key' && other.provider === provider);
  const sameToken = active.some((other) => tokenOf(other.kind) === tokenOf(kind) || (kind === 'itself' && other.kind === 'key' && (!hasUsers || other.session === 'itself')));
  const otherUsers = isForUsers(kind) && active.some((other) => isForUsers(other.kind)) && !withProvider.some((other) => isForUsers(other.kind));
  return kind === 'key' || !(withProvider.length > 0 && (sameToken || otherUsers));
}

/** The workload access token that a way needs. */
export function isForUsers(kind: CapabilityDescription['kind']): boolean {
  return tokenOf(kind) === 'user' || kind === 'user id';
}

export function tokenOf(kind: CapabilityDescription['kind']): string {
  return kind === 'behalf' ? 'user' : kind;
}
