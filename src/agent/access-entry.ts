import { Stack, Token } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { AgentRuntimeRole } from './agent-runtime-role';
import { secretReaderOf, secretsOfAgent } from './agent-secret-reader';
import { codeOf } from './code-snippet';
import { delegationOf, tokenPathOf } from './delegation';
import { ownGateway, placeOf } from './gateway-call';
import { gatewayAsWhom, gatewayNotices, toolAccessOf } from './gateway-call-access';
import { limitsOf } from './limits';
import { identityLabel, secretsInCodeOf, secretsOf, suspensionOf } from './part-rights';
import { prefixNotices, providersOfPrefix } from './prefix-access';
import type { ResolvedPart } from './resolution';
import { roleLabel } from './role-arn';
import { otherAgentsWithRole } from './role-index';
import { authorizerForOwner, workloadDescriptions } from './runtime-authorizer';
import { l1Runtime } from './runtime-id';
import { readingParts, secretText } from './secret-in-code';
import { secretInCodeNotices } from './secret-in-code-notices';
import { suspensionNotices } from './suspension-notices';
import { consentNotices } from './unfinished-consents';
import { ApiKeyAuthority } from '../capability/api-key-authority';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { needsConsent } from '../capability/user-token';
import { Ledger } from '../declaration/ledger';
import { readable } from '../declaration/readable';
import { frontEndNotices, frontEndsAccess } from '../front-end/front-end-access';
import { missingForRefreshToken } from '../provider/refresh-tokens';
import { secretNotices } from '../provider/secret-reader';
import { webIdentityNotices, webIdentityWildcards } from '../provider/web-identity-access';
import { AgentAccess, CapabilityAccess, EnvironmentAccess, PartAccess, WildcardAccess } from '../review/access-model';
import { shownReturnUrl } from '../review/return-url';
import { requiredPolicy, statementAccess } from '../review/statement-access';

/** An agent's entry in the access model. */
export function accessEntry(agent: Agent, parts: readonly ResolvedPart[]): AgentAccess {
  return {
    path: agent.node.path,
    environment: environmentAccess(agent._identity.scope),
    identity: { name: identityLabel(agent), madeHere: agent.identityMadeHere },
    owner: { name: readable(agent.owner.name, '(known at deployment)'), contact: readable(agent.owner.contact, '(known at deployment)') },
    ...(agent.suspendedReason !== undefined ? { suspendedReason: agent.suspendedReason } : {}),
    callers: agent.callers.map(({ issuer, audiences, clients, scopes, anyClientReason }) => ({
      issuer: shown(issuer),
      audiences: audiences.map(shown),
      clients: clients.map(shown),
      scopes: scopes.map(shown),
      ...(anyClientReason !== undefined ? { anyClientReason } : {}),
    })),
    ...(agent.callingWorkloads.length > 0 ? { acceptsCallsFrom: workloadDescriptions(agent.callingWorkloads) } : {}),
    returnUrls: agent.returnUrls.map(shownReturnUrl),
    ...frontEndsAccess(agent),
    parts: parts.map((part) => partAccess(agent, part)),
    capabilities: agent.capabilities.map((capability) => capabilityAccess(agent, capability, parts)).sort(byProviderAndKind),
    remainingWildcards: wildcards(agent, parts),
    leftToOthers: leftToOthers(agent, parts),
  };
}

function shown(value: string): string {
  return readable(value, '(known at deployment)');
}

/** Account and region for people. */
export function environmentAccess(environment: { readonly account: string; readonly region: string }): EnvironmentAccess {
  return { account: readable(environment.account, '(known at deployment)'), region: readable(environment.region, '(known at deployment)') };
}

function partAccess(agent: Agent, { part, statements }: ResolvedPart): PartAccess {
  const { iamRole: role, kind, managedElsewhereReason } = part.host;
  return {
    name: part.name,
    host: kind,
    role: roleLabel(role),
    verbs: part.verbs,
    attachedHere: managedElsewhereReason === undefined,
    ...(managedElsewhereReason !== undefined ? { managedElsewhereReason, requiredPolicy: requiredPolicy(statements) } : {}),
    ...(part.sharedReason !== undefined ? { sharedReason: part.sharedReason, sharedWith: otherAgentsWithRole(agent, role).map(({ node }) => node.path) } : {}),
    statements: statements.map(statementAccess),
  };
}

function capabilityAccess(agent: Agent, capability: Capability, parts: readonly ResolvedPart[]): CapabilityAccess {
  const provider = capability.provider ?? capability.apiKeyProvider;
  const suspendedReason = suspensionOf(capability);
  const refreshTokens = refreshTokensOf(capability);
  const code = codeOf(agent, capability);
  const sids = new Set(parts.flatMap(({ statements }) => statements.map(({ sid }) => sid)));
  return {
    kind: capability.kind,
    asWhom: asWhom(capability),
    ...(capability.users?._reason !== undefined ? { broadBecause: capability.users._reason } : {}),
    delegation: delegationOf(agent, capability),
    tokenPath: tokenPathOf(agent, capability),
    provider: placeOf(capability),
    providerName: capability.secret !== undefined
      ? secretText(capability.secret)
      : readable(provider?.providerName ?? ownGateway(capability.gateway)?.gatewayName ?? capability.gateway!.gatewayId, '(known at deployment)'),
    ...(capability.secret !== undefined ? { readBy: readingParts(agent, capability).map(({ name }) => name).sort() } : {}),
    ...toolAccessOf(capability),
    scopes: capability.scopes.map((scope) => readable(scope, '(known at deployment)')),
    ...(capability.audiences.length > 0 ? { audiences: capability.audiences.map((audience) => readable(audience, '(known at deployment)')) } : {}),
    ...(capability.resources.length > 0 ? { resources: capability.resources.map((resource) => readable(resource, '(known at deployment)')) } : {}),
    ...(refreshTokens !== undefined ? { refreshTokens } : {}),
    limits: limitsOf(agent, capability, Ledger.of(agent)),
    reason: capability.reason,
    ...(code !== undefined ? { code } : {}),
    ...(suspendedReason !== undefined ? { suspendedReason } : {}),
    statements: [...sids].filter((sid) => (suspendedReason ?? agent.suspendedReason) !== undefined
      ? sid.startsWith('DenySuspended')
      : neededBy(capability).some((prefix) => sid.startsWith(prefix))),
  };
}

/** What the code has to send for a refresh token, where the vendor does not issue one unasked. */
function refreshTokensOf(capability: Capability): string | undefined {
  const { provider, scopes } = capability;
  return needsConsent(capability) ? missingForRefreshToken(provider?.profile, scopes) : undefined;
}

function asWhom(capability: Capability): string {
  switch (capability.kind) {
    case CapabilityKind.ACT_AS_USER: return `the signed-in user: ${capability.users!.description}`;
    case CapabilityKind.ACT_ON_BEHALF_OF_USER:
      return `the signed-in user, ${capability.provider!.onBehalfOf!.isDelegation ? 'who delegates to the agent' : 'whom the agent impersonates'}: ${capability.users!.description}`;
    case CapabilityKind.ACT_AS_TRUSTED_USER_ID: return 'a user whom the agent names, UNVERIFIED';
    case CapabilityKind.ACT_AS_ITSELF: return 'the agent itself';
    case CapabilityKind.CALL_TOOLS: return gatewayAsWhom(capability);
    case CapabilityKind.USE_API_KEY: {
      const keys = capability.apiKeyProvider!.apiKey.bundledKeys;
      return keys.length === 0
        ? `whoever holds the key, fetched by ${capability.authority}`
        : `whoever holds any of the ${keys.length} keys ${keys.join(', ')}, ALL OF THEM, fetched by ${capability.authority}`;
    }
    case CapabilityKind.READ_SECRET_IN_CODE: return 'whoever holds what the secret says, READ BY THE AGENT\'S CODE';
  }
}

/** The statements that a capability causes, by the beginning of their Sids. */
function neededBy(capability: Capability): string[] {
  const secret = ['ReadProviderSecret', 'DecryptProviderSecret'];
  const token = [...clientOf(capability, secret), 'UseTokenVaultKey', 'DecryptWithFormerTokenVaultKey'];
  switch (capability.kind) {
    case CapabilityKind.ACT_AS_USER: return ['ActAsUserMint', 'GetOAuth2Token', 'CompleteSessionOfUser', ...token];
    case CapabilityKind.ACT_ON_BEHALF_OF_USER: return ['ActAsUserMint', 'GetOAuth2Token', ...token];
    case CapabilityKind.ACT_AS_TRUSTED_USER_ID: return ['ActAsTrustedUserIdMint', 'GetOAuth2Token', 'CompleteSessionOfTrustedUserId', ...token];
    case CapabilityKind.ACT_AS_ITSELF: return ['ActAsItselfMint', 'GetOAuth2Token', ...token];
    case CapabilityKind.CALL_TOOLS: return capability.provider !== undefined ? ['ActAsItselfMint', 'GetOAuth2Token', ...token] : ['InvokeGateway'];
    case CapabilityKind.USE_API_KEY:
      return [...(capability.authority === ApiKeyAuthority.AGENT_ITSELF ? ['ActAsItselfMint'] : []), 'GetApiKey', ...secret];
    case CapabilityKind.READ_SECRET_IN_CODE: return ['ReadSecretInCode', 'DecryptSecretInCode'];
  }
}

/** What AgentCore needs to authenticate as the client, and to send an actor token. */
function clientOf({ kind, provider }: Capability, secret: readonly string[]): string[] {
  const authentication = provider?.clientAuthentication;
  const actor = kind === CapabilityKind.ACT_ON_BEHALF_OF_USER ? provider?.onBehalfOf?.actorToken?._webIdentityToken : undefined;
  return [
    ...(provider?.clientSecret.isAbsent === true ? [] : secret),
    ...(authentication?.signingKey !== undefined ? ['SignClientAssertion'] : []),
    ...(authentication?._webIdentityToken !== undefined || actor !== undefined ? ['GetWebIdentityToken'] : []),
  ];
}

function wildcards(agent: Agent, parts: readonly ResolvedPart[]): WildcardAccess[] {
  const found = new Map<string, WildcardAccess>();
  for (const { part, rights } of parts) {
    const { iamRole: role } = part.host;
    [
      ...webIdentityWildcards(rights.webIdentityTokens),
      ...providersOfPrefix(agent, part),
      ...[...secretsOf(agent, part), ...secretsInCodeOf(agent, part)].flatMap(({ wildcards: remaining }) => remaining),
      ...(role instanceof AgentRuntimeRole ? role._remainingWildcards : []),
    ].forEach((wildcard) => found.set(wildcard.resource, wildcard));
  }
  return [...found.values()].sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function leftToOthers(agent: Agent, parts: readonly ResolvedPart[]): string[] {
  const notices: string[] = gatewayNotices(agent);
  notices.push(...webIdentityNotices(parts.filter(({ rights }) => rights.webIdentityTokens !== undefined).map(({ part }) => part.host.iamRole.node.path)));
  if (!agent.identityMadeHere && agent._identityOfRuntime === undefined && agent.returnUrls.length > 0) {
    notices.push(`The owner of workload identity ${readable(agent.identityName, '(known at deployment)')} registers the return URLs on it.`);
  }
  if (agent._identityOfRuntime !== undefined) {
    if (agent.returnUrls.length > 0) {
      notices.push('CloudFormation cannot register return URLs on an identity that AWS makes with a runtime. After deployment, call UpdateWorkloadIdentity '
        + `with the runtime's id as name and allowedResourceOauth2ReturnUrls ${agent.returnUrls.map(shownReturnUrl).join(' ')}.`);
    }
    if (l1Runtime(agent._identityOfRuntime) === undefined && agent.callers.length > 0) {
      notices.push(`The owner of runtime ${agent._identityOfRuntime.node.path} gives it this authorizer: ${authorizerForOwner(agent)}`);
    }
  }
  const byIdentity = workloadDescriptions(agent.callingWorkloads).filter((workload) => !workload.startsWith('gateway '));
  if (byIdentity.length > 0) {
    notices.push(`Somebody tries out that calls of ${byIdentity.join(' and ')} arrive: AWS documents calls through gateways only. Others are refused in any case.`);
  }
  notices.push(...consentNotices(agent));
  notices.push(...secretNotices(Stack.of(agent), secretReaderOf(agent), secretsOfAgent(agent)), ...secretInCodeNotices(agent), ...prefixNotices(agent));
  notices.push(...frontEndNotices(agent), ...suspensionNotices(agent));
  for (const { name, host } of agent.parts) {
    if (host.managedElsewhereReason !== undefined) {
      const role = Token.isUnresolved(host.iamRole.roleRef.roleArn) ? host.iamRole.node.path : host.iamRole.roleRef.roleArn;
      notices.push(`The owner of role ${role} attaches the policy of part ${name} to it.`);
    }
  }
  return notices;
}

function byProviderAndKind(a: CapabilityAccess, b: CapabilityAccess): number {
  const key = (capability: CapabilityAccess) => `${capability.provider}\u0000${capability.kind}`;
  return key(a) < key(b) ? -1 : 1;
}
