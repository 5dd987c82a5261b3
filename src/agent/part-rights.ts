import { aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { AgentPart } from './agent-part';
import { AgentVerb } from './agent-verb';
import { gatewayResources } from './gateway-call';
import { otherAgentsWithRole } from './role-index';
import { isMadeInApp, isSameRole } from './role-key';
import { readingParts, secretInCodeAccess } from './secret-in-code';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { mintsForItself, needsConsent, needsUserToken } from '../capability/user-token';
import { Ledger } from '../declaration/ledger';
import { readable } from '../declaration/readable';
import { directoryArn, tokenVaultArn } from '../permission/resource-arn';
import { Rights, TrustedUserIdRights, UserTokens } from '../permission/rights';
import { byLabel, NamedResource } from '../permission/statement';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import { clientAuthenticationRights, ProviderUse } from '../provider/client-authentication-access';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { mayBeInSameEnvironment } from '../provider/provider-key';
import { providerResource, secretOfProvider } from '../provider/provider-rights';
import { suspensionOfProvider } from '../provider/provider-suspension';
import { SecretAccess } from '../provider/secret-access';
import { vaultKeyRights } from '../vault/vault-key-rights';

/** What the role of one part is to be allowed. */
export function rightsOf(agent: Agent, part: AgentPart): Rights {
  const { scope } = agent._identity;
  const active = activeCapabilities(agent);
  const suspended = agent.capabilities.filter((capability) => suspensionOf(capability) !== undefined);
  const asUser = ofKind(agent, CapabilityKind.ACT_AS_USER);
  // Only consents have sessions to complete, so what else the agent does for users does not widen whose sessions they are.
  const withUserToken = part.verbs.includes(AgentVerb.COMPLETE) ? asUser : active.filter(needsUserToken);
  const asTrusted = ofKind(agent, CapabilityKind.ACT_AS_TRUSTED_USER_ID);
  return {
    sharedWithOtherAgents: part.sharedReason !== undefined,
    suspended: agent.suspendedReason !== undefined,
    invokesAgents: agent.suspendedReason !== undefined && invokedByRole(agent, part.host.iamRole).length > 0,
    suspendedProviders: suspendedProviders(agent, part),
    suspendedOnSharedRole: isSuspendedOnSharedRole(agent, part),
    gateways: gatewayResources(policyStack(agent, part), active),
    suspendedGateways: suspendedGateways(agent, part),
    verbs: {
      mint: part.verbs.includes(AgentVerb.MINT),
      vend: part.verbs.includes(AgentVerb.VEND),
      complete: part.verbs.includes(AgentVerb.COMPLETE),
    },
    directory: { arn: directoryArn(scope), label: 'workload-identity-directory/default' },
    identity: { arn: agent.identityArn, label: `workload-identity/${identityLabel(agent)}` },
    vault: { arn: tokenVaultArn(scope), label: 'token-vault/default' },
    userTokens: withUserToken.length > 0 ? userTokens(agent, withUserToken) : [],
    trustedUserIds: asTrusted.length > 0 ? trustedUserIds(asTrusted) : undefined,
    ownToken: active.some(mintsForItself),
    oauth2Providers: oauth2Resources(active),
    apiKeyProviders: apiKeyResources(active),
    userProviders: oauth2Resources(asUser),
    trustedUserIdProviders: oauth2Resources(asTrusted),
    secrets: secretsOf(agent, part).map(({ rights }) => rights),
    secretsInCode: secretsInCodeOf(agent, part, active).map(({ rights }) => rights),
    suspendedSecretsInCode: secretsInCodeOf(agent, part, suspended).flatMap(({ rights }) => rights.resources),
    ...clientAuthenticationRights(policyStack(agent, part), usesOf(agent, part)),
    ...vaultKeyRights(policyStack(agent, part), agent, scope, agent.env),
  };
}

/** The identity's name for people, or what it will be named after. */
export function identityLabel(agent: Agent): string {
  return agent._identityOfRuntime !== undefined
    ? `(id of runtime ${agent._identityOfRuntime.node.path})`
    : readable(agent.identityName, `(name of the identity of ${agent.node.path})`);
}

/** The secrets behind the providers that a part uses. A return page only meets those of user consent; a minting part none. */
export function secretsOf(agent: Agent, part: AgentPart): SecretAccess[] {
  const consumer = policyStack(agent, part);
  return usedBy(agent, part).flatMap(({ provider, apiKeyProvider }) => {
    const used = provider ?? apiKeyProvider;
    return used === undefined ? [] : [secretOfProvider(consumer, used)];
  });
}

/** The secrets that the code of a part reads itself, as far as these capabilities let it. */
export function secretsInCodeOf(agent: Agent, part: AgentPart, capabilities: readonly Capability[] = activeCapabilities(agent)): SecretAccess[] {
  return capabilities
    .filter((capability) => readingParts(agent, capability).includes(part))
    .map((capability) => secretInCodeAccess(policyStack(agent, part), capability));
}

/** The capabilities for which AgentCore speaks to the authorization server, or reads a key, in the name of this part. */
export function usedBy(agent: Agent, part: AgentPart): Capability[] {
  if (part.verbs.includes(AgentVerb.VEND)) {
    return activeCapabilities(agent);
  }
  return part.verbs.includes(AgentVerb.COMPLETE)
    ? activeCapabilities(agent).filter(needsConsent)
    : [];
}

function usesOf(agent: Agent, part: AgentPart): ProviderUse[] {
  return usedBy(agent, part).flatMap(({ kind, provider }) => (provider === undefined ? [] : [{ provider, exchanges: kind === CapabilityKind.ACT_ON_BEHALF_OF_USER }]));
}

/** The stack in which the part's policy is written: that of the role, if the role is made in this app. */
export function policyStack(agent: Agent, part: AgentPart): Stack {
  return Stack.of(isMadeInApp(part.host.iamRole) ? part.host.iamRole : agent);
}

function ofKind(agent: Agent, kind: CapabilityKind): Capability[] {
  return activeCapabilities(agent).filter((capability) => capability.kind === kind);
}

/** What is declared and not suspended, neither by itself nor with its provider. */
function activeCapabilities(agent: Agent): Capability[] {
  return agent.capabilities.filter((capability) => suspensionOf(capability) === undefined);
}

/** Why a capability is cut off, if it is: by itself, with its provider, or with its gateway. */
export function suspensionOf(capability: Capability): string | undefined {
  const used = capability.provider ?? capability.apiKeyProvider;
  return capability.suspendedReason ?? (used !== undefined ? suspensionOfProvider(used) : undefined) ?? capability.gateway?.suspendedReason;
}

/**
 * Providers that only suspended capabilities use: they can be denied without touching an active one. On a role that several agents
 * share, one that another agent of the role still uses is spared.
 */
function suspendedProviders(agent: Agent, part: AgentPart): NamedResource[] {
  const active = [...activeCapabilities(agent), ...sharingAgents(agent, part).flatMap(activeCapabilities)];
  const inUse = new Set([...oauth2Resources(active), ...apiKeyResources(active)].map(({ label }) => label));
  const suspended = [...agent.capabilities.filter((capability) => suspensionOf(capability) !== undefined), ...perhapsUsed(agent)];
  return byLabel([...oauth2Resources(suspended), ...apiKeyResources(suspended)].filter(({ label }) => !inUse.has(label)));
}

/** A provider whose name only deployment knows may turn out to be a suspended one of this app. */
function perhapsUsed(agent: Agent): Pick<Capability, 'provider' | 'apiKeyProvider'>[] {
  const active = activeCapabilities(agent);
  const perhaps = <T extends IOAuth2Provider | IApiKeyProvider>(used: readonly (T | undefined)[], declared: readonly { readonly provider: T }[]): T[] => {
    const unknown = used.filter((each) => each !== undefined && Token.isUnresolved(each.providerName)) as T[];
    return unknown.length === 0 ? [] : declared.map(({ provider }) => provider)
      .filter((each) => each.suspendedReason !== undefined && !Token.isUnresolved(each.providerName) && unknown.some((other) => mayBeInSameEnvironment(each, other)));
  };
  const ledger = Ledger.of(agent);
  return [
    ...perhaps(active.map(({ provider }) => provider), ledger.oauth2Providers).map((provider) => ({ provider })),
    ...perhaps(active.map(({ apiKeyProvider }) => apiKeyProvider), ledger.apiKeyProviders).map((apiKeyProvider) => ({ apiKeyProvider })),
  ];
}

/** Whether a shared return page has nothing left to do for this agent: then its identity can be denied there, and others' go on. */
function isSuspendedOnSharedRole(agent: Agent, part: AgentPart): boolean {
  return part.sharedReason !== undefined && agent.capabilities.some(needsConsent) && !activeCapabilities(agent).some(needsConsent);
}

/** The agents that another part of this role acts for. One that is cut off altogether uses nothing. */
function sharingAgents(agent: Agent, part: AgentPart): Agent[] {
  return part.sharedReason === undefined ? [] : otherAgentsWithRole(agent, part.host.iamRole).filter(({ suspendedReason }) => suspendedReason === undefined);
}

/** The agents that name this role as a front end or an operator. A suspended agent sets nobody else to work. */
export function invokedByRole(agent: Agent, role: iam.IRoleRef): Agent[] {
  return Ledger.of(agent).agents.filter(({ frontEnds, operators }) => [...frontEnds, ...operators].some(({ host }) => isSameRole(host.iamRole, role)));
}

/** Gateways that only suspended capabilities call. Of a part that calls none, there is nothing to take away. */
function suspendedGateways(agent: Agent, part: AgentPart): NamedResource[] {
  const consumer = policyStack(agent, part);
  const inUse = new Set(gatewayResources(consumer, activeCapabilities(agent)).map(({ label }) => label));
  const suspended = agent.capabilities.filter((capability) => suspensionOf(capability) !== undefined);
  return part.verbs.includes(AgentVerb.VEND) ? gatewayResources(consumer, suspended).filter(({ label }) => !inUse.has(label)) : [];
}

function apiKeyResources(capabilities: readonly Pick<Capability, 'apiKeyProvider'>[]): NamedResource[] {
  return capabilities.flatMap(({ apiKeyProvider }) => (apiKeyProvider === undefined ? [] : [providerResource(apiKeyProvider)]));
}

function userTokens(agent: Agent, withUserToken: readonly Capability[]): UserTokens[] {
  // All of them name the same subjects, or it is a problem: see `capability-rules`.
  const subjects = withUserToken.every((capability) => capability.users!._subjects.length > 0)
    ? [...new Set(withUserToken.flatMap((capability) => capability.users!._subjects))].sort()
    : [];
  return agent.callers.map(({ issuer, audiences, clients, scopes }) => ({ issuer, audiences, clients, scopes, subjects }));
}

function trustedUserIds(asTrusted: readonly Capability[]): TrustedUserIdRights {
  const all = (values: (capability: Capability) => readonly string[]) => [...new Set(asTrusted.flatMap(values))].sort();
  return { prefixes: all((capability) => capability.userIds!.prefixes), ids: all((capability) => capability.userIds!.ids) };
}

function oauth2Resources(capabilities: readonly Pick<Capability, 'provider'>[]): NamedResource[] {
  return capabilities.flatMap(({ provider }) => (provider === undefined ? [] : [providerResource(provider)]));
}
