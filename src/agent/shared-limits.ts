import type { Agent } from './agent';
import { Capability, CapabilityKind } from '../capability/capability';
import { Ledger } from '../declaration/ledger';
import { IOAuth2Provider } from '../provider/oauth2-provider';
import { providerKey } from '../provider/provider-key';

/*
 * IAM decides which identity may use which provider, but not with which grant type, scopes or user. Where two capabilities
 * share a client or an identity, the wider one may undo the limits of the narrower one. These functions find such cases.
 */

/** Whether this agent only acts as users through a client that is also registered for machine-to-machine use. */
export function grantTypeIsShared(agent: Agent, capability: Capability, ledger: Ledger): boolean {
  const ownsMachineUse = agent.capabilities.some((other) => other.kind === CapabilityKind.ACT_AS_ITSELF && sameProvider(other, capability));
  return !ownsMachineUse && allCapabilities(ledger).some((other) => other.kind === CapabilityKind.ACT_AS_ITSELF && sameProvider(other, capability));
}

/** Whether anybody acts as a user through this client. */
export function hasUserCapability(provider: IOAuth2Provider, ledger: Ledger): boolean {
  return allCapabilities(ledger).some((other) => other.provider !== undefined
    && other.kind !== CapabilityKind.ACT_AS_ITSELF
    && providerKey(other.provider) === providerKey(provider));
}

/** Scopes that the client must be registered for because of other capabilities, and that this one does not declare. */
export function widerScopes(capability: Capability, ledger: Ledger): string[] {
  const others = allCapabilities(ledger).filter((other) => other !== capability && sameProvider(other, capability));
  return [...new Set(others.flatMap((other) => other.scopes))].filter((scope) => !capability.scopes.includes(scope)).sort();
}

/** Whether the capabilities that act as the user name different subjects: one token could then serve them all. */
export function subjectsDiffer(agent: Agent): boolean {
  const asUser = agent.capabilities.filter((capability) => capability.kind === CapabilityKind.ACT_AS_USER);
  return new Set(asUser.map((capability) => JSON.stringify([...capability.users!._subjects].sort()))).size > 1;
}

function sameProvider(a: Capability, b: Capability): boolean {
  return a.provider !== undefined && b.provider !== undefined && providerKey(a.provider) === providerKey(b.provider);
}

function allCapabilities(ledger: Ledger): Capability[] {
  return ledger.agents.flatMap((agent) => agent.capabilities);
}
