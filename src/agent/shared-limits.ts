import type { Agent } from './agent';
import { clientUses, kindOf } from './client-use';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { actsAsItself, actsForUsers, needsUserToken } from '../capability/user-token';
import { Ledger } from '../declaration/ledger';
import { EXCHANGE_BUILT_IN } from '../provider/imported-oauth2-provider';
import { IOAuth2Provider } from '../provider/oauth2-provider';
import { mayBeSameProvider } from '../provider/provider-key';
import { providersNamed } from '../provider/providers-named';

/*
 * IAM decides which identity may use which provider, but not with which grant type, scopes or user. Where two capabilities
 * share a client or an identity, the wider one may undo the limits of the narrower one. These functions find such cases.
 */

/** Whether this agent only acts as users through a client that is also registered for machine-to-machine use. */
export function grantTypeIsShared(agent: Agent, capability: Capability, ledger: Ledger): boolean {
  return !declares(agent, CapabilityKind.ACT_AS_ITSELF, capability) && isUsedFor(CapabilityKind.ACT_AS_ITSELF, capability, ledger);
}

/**
 * Whether this agent needs its users' consent, but the client is also set up to exchange users' tokens, which needs none. Where the
 * exchange is built in, it counts once somebody uses it: before, the client need not be registered for it.
 */
export function consentIsAvoidable(agent: Agent, capability: Capability, ledger: Ledger): boolean {
  const configured = providersNamed(ledger.oauth2Providers, capability.provider!).some(({ provider }) => provider.onBehalfOf !== undefined
    && provider.vendor !== EXCHANGE_BUILT_IN && mayBeSameProvider(provider, capability.provider!));
  return !declares(agent, CapabilityKind.ACT_ON_BEHALF_OF_USER, capability)
    && (configured || isUsedFor(CapabilityKind.ACT_ON_BEHALF_OF_USER, capability, ledger));
}

/** Scopes with which the client gets tokens for itself, as the actor in an exchange; nothing if it does not. */
export function actorScopes(provider: IOAuth2Provider | undefined): string[] | undefined {
  const actorToken = provider?.onBehalfOf?.actorToken;
  return actorToken?.content === 'M2M' ? actorToken.scopes : undefined;
}

/** Whether anybody acts as a user through this client. */
export function hasUserCapability(provider: IOAuth2Provider, ledger: Ledger): boolean {
  return clientUses(ledger, provider).some((other) => other.provider !== undefined
    && other.kind !== CapabilityKind.ACT_AS_ITSELF
    && mayBeSameProvider(other.provider, provider));
}

/** Scopes that the client must be registered for because of other capabilities, and that this one does not declare. */
export function widerScopes(capability: Capability, ledger: Ledger): string[] {
  const others = clientUses(ledger, capability.provider).filter((other) => other.capability !== capability && sameProvider(other, capability));
  const asActor = actsAsItself(capability) ? actorScopes(capability.provider) ?? [] : [];
  return [...new Set([...others.flatMap((other) => other.scopes), ...asActor])].filter((scope) => !capability.scopes.includes(scope)).sort();
}

/** Whether the capabilities that act as the user name different subjects: one token could then serve them all. */
export function subjectsDiffer(agent: Agent): boolean {
  const asUser = agent.capabilities.filter(needsUserToken);
  return new Set(asUser.map((capability) => JSON.stringify([...capability.users!._subjects].sort()))).size > 1;
}

/** Whether the capabilities that act as trusted user ids name different ids: one token could then serve them all. */
export function userIdsDiffer(agent: Agent): boolean {
  const trusted = agent.capabilities.filter(({ kind }) => kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID);
  return new Set(trusted.map(({ userIds }) => JSON.stringify([[...userIds!.prefixes].sort(), [...userIds!.ids].sort()]))).size > 1;
}

/**
 * Whether the agent also gets tokens for users in the other way (by their JWTs, by ids that it names), for another provider: IAM
 * cannot say which token goes with which provider.
 */
export function proofIsShared(agent: Agent, capability: Capability): boolean {
  const trusted = (other: Capability) => other.kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID;
  const otherWay = agent.capabilities.filter((other) => trusted(capability) ? other.kind === CapabilityKind.ACT_AS_USER : trusted(other));
  return otherWay.length > 0 && !otherWay.some((other) => sameProvider(other, capability));
}

/** Whether this agent, which gets tokens for users, only acts as itself through a client that is also registered for users. */
export function usersAreShared(agent: Agent, capability: Capability, ledger: Ledger): boolean {
  const own = agent.capabilities.filter(actsForUsers);
  return own.length > 0 && !own.some((other) => sameProvider(other, capability))
    && clientUses(ledger, capability.provider).some((other) => actsForUsers(other) && sameProvider(other, capability));
}

function declares(agent: Agent, kind: CapabilityKind, capability: Capability): boolean {
  return agent.capabilities.some((other) => kindOf(other) === kind && sameProvider(other, capability));
}

function isUsedFor(kind: CapabilityKind, capability: Capability, ledger: Ledger): boolean {
  return clientUses(ledger, capability.provider).some((other) => other.kind === kind && sameProvider(other, capability));
}

function sameProvider(a: { readonly provider?: IOAuth2Provider }, b: { readonly provider?: IOAuth2Provider }): boolean {
  return a.provider !== undefined && b.provider !== undefined && mayBeSameProvider(a.provider, b.provider);
}
