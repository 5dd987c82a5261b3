import type { HostDescription, KeyDescription, MachineClientsDescription, ProviderDescription, Region, StackDescription } from './description';

/** What an app has already, where agents and gateways are put into it, and what can be reached from there. */
export interface Ground {
  readonly stacks: readonly StackDescription[];
  readonly keys: readonly KeyDescription[];
  readonly providers: readonly ProviderDescription[];
  readonly machineClients: readonly MachineClientsDescription[];
  readonly sharedPages: readonly HostDescription[];
  readonly firstAgentStack: number;
  /** A stack for agents and gateways. */
  agentStack(place: number): number;
  regionOf(stack: number): Region;
  sameRegion(...stacks: number[]): boolean;
  /** The Region of an ARN that is written out, which may be another than the stack's. */
  free(region: Region): Region;
  /** Whether parameters can be read there. */
  reachesParameters(...stacks: number[]): boolean;
  withinReach(provider: ProviderDescription, stacks: number[]): boolean;
}

export function places<T>(list: readonly T[], fits: (value: T) => boolean): number[] {
  return list.flatMap((value, index) => (fits(value) ? [index] : []));
}

export function pick<T>(list: readonly T[], place: number): T | undefined {
  return list.length === 0 ? undefined : list[place % list.length];
}

/** Whether a key is there to encrypt what anybody puts under it. */
export function encrypts({ made, signs }: KeyDescription): boolean {
  return !signs && made !== 'for machine clients';
}

/** Whether a provider's vendor gives tokens to clients that act as themselves: Google and GitHub do not. */
export function hasClientCredentials({ vendor, made }: ProviderDescription): boolean {
  return vendor !== 'Google' && made !== 'L1' && made !== 'official L2';
}

/** Whether a provider is a client for users, too. */
export function isForAnything({ made }: ProviderDescription): boolean {
  return made !== 'of a machine client';
}
