import { Stack } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { AgentPart } from './agent-part';
import { AgentVerb } from './agent-verb';
import { isMadeInApp } from './role-key';
import { ApiKeyAuthority } from '../capability/api-key-authority';
import { Capability, CapabilityKind } from '../capability/capability';
import { needsUserToken } from '../capability/user-token';
import { readable } from '../declaration/readable';
import { ManagedSecretKind } from '../permission/managed-secret-name';
import { directoryArn, tokenVaultArn } from '../permission/resource-arn';
import { Rights, TrustedUserIdRights, UserTokens } from '../permission/rights';
import { NamedResource } from '../permission/statement';
import { clientAuthenticationRights, ProviderUse } from '../provider/client-authentication-access';
import { suspensionOfProvider } from '../provider/provider-suspension';
import { SecretAccess, secretAccess } from '../provider/secret-access';
import { vaultKeyRights } from '../vault/vault-key-rights';

/** What the role of one part is to be allowed. */
export function rightsOf(agent: Agent, part: AgentPart): Rights {
  const { scope } = agent._identity;
  const active = activeCapabilities(agent);
  const withUserToken = active.filter(needsUserToken);
  const asUser = ofKind(agent, CapabilityKind.ACT_AS_USER);
  const asTrusted = ofKind(agent, CapabilityKind.ACT_AS_TRUSTED_USER_ID);
  return {
    sharedWithOtherAgents: part.sharedReason !== undefined,
    suspended: agent.suspendedReason !== undefined,
    suspendedProviders: suspendedProviders(agent),
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
    ownToken: active.some(({ kind, authority }) => kind === CapabilityKind.ACT_AS_ITSELF || authority === ApiKeyAuthority.AGENT_ITSELF),
    oauth2Providers: oauth2Resources(active),
    apiKeyProviders: apiKeyResources(active),
    userProviders: oauth2Resources(asUser),
    trustedUserIdProviders: oauth2Resources(asTrusted),
    secrets: secretsOf(agent, part).map(({ rights }) => rights),
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
  return usedBy(agent, part).map((capability) => secretOf(consumer, capability));
}

/** The capabilities for which AgentCore speaks to the authorization server, or reads a key, in the name of this part. */
function usedBy(agent: Agent, part: AgentPart): Capability[] {
  if (part.verbs.includes(AgentVerb.VEND)) {
    return activeCapabilities(agent);
  }
  return part.verbs.includes(AgentVerb.COMPLETE)
    ? [...ofKind(agent, CapabilityKind.ACT_AS_USER), ...ofKind(agent, CapabilityKind.ACT_AS_TRUSTED_USER_ID)]
    : [];
}

function usesOf(agent: Agent, part: AgentPart): ProviderUse[] {
  return usedBy(agent, part).flatMap(({ kind, provider }) => (provider === undefined ? [] : [{ provider, exchanges: kind === CapabilityKind.ACT_ON_BEHALF_OF_USER }]));
}

/** The stack in which the part's policy is written: that of the role, if the role is made in this app. */
export function policyStack(agent: Agent, part: AgentPart): Stack {
  return Stack.of(isMadeInApp(part.host.iamRole) ? part.host.iamRole : agent);
}

function secretOf(consumer: Stack, capability: Capability): SecretAccess {
  const provider = capability.provider ?? capability.apiKeyProvider!;
  return secretAccess(consumer, {
    scope: { partition: Stack.of(provider).partition, region: provider.env.region, account: provider.env.account },
    name: provider.providerName,
    kind: capability.provider !== undefined ? ManagedSecretKind.OAUTH2 : ManagedSecretKind.API_KEY,
    path: provider.node.path,
  }, capability.provider?.clientSecret ?? capability.apiKeyProvider!.apiKey);
}

function ofKind(agent: Agent, kind: CapabilityKind): Capability[] {
  return activeCapabilities(agent).filter((capability) => capability.kind === kind);
}

/** What is declared and not suspended, neither by itself nor with its provider. */
function activeCapabilities(agent: Agent): Capability[] {
  return agent.capabilities.filter((capability) => suspensionOf(capability) === undefined);
}

/** Why a capability is cut off, if it is. */
export function suspensionOf(capability: Capability): string | undefined {
  return capability.suspendedReason ?? suspensionOfProvider(capability.provider ?? capability.apiKeyProvider!);
}

/** Providers that only suspended capabilities use: they can be denied without touching an active one. */
function suspendedProviders(agent: Agent): NamedResource[] {
  const suspended = agent.capabilities.filter((capability) => suspensionOf(capability) !== undefined);
  const inUse = new Set([...oauth2Resources(activeCapabilities(agent)), ...apiKeyResources(activeCapabilities(agent))].map(({ label }) => label));
  return [...oauth2Resources(suspended), ...apiKeyResources(suspended)].filter(({ label }) => !inUse.has(label));
}

function apiKeyResources(capabilities: readonly Capability[]): NamedResource[] {
  return capabilities.flatMap(({ apiKeyProvider }) => (apiKeyProvider === undefined ? [] : [{
    arn: apiKeyProvider.providerArn,
    label: `apikeycredentialprovider/${readable(apiKeyProvider.providerName, apiKeyProvider.node.path)}`,
  }]));
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

function oauth2Resources(capabilities: readonly Capability[]): NamedResource[] {
  return capabilities.flatMap(({ provider }) => (provider === undefined ? [] : [{
    arn: provider.providerArn,
    label: `oauth2credentialprovider/${readable(provider.providerName, provider.node.path)}`,
  }]));
}
