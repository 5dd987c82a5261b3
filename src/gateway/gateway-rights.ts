import { Stack } from 'aws-cdk-lib';
import { GatewayInboundKind } from './gateway-inbound';
import { OAuthGrantType } from './oauth-grant-type';
import { RolePermission } from './role-permission';
import { schemaObjectRights } from './schema-object';
import { TargetCredentialsKind } from './target-credentials';
import { TargetKind } from './target-kind';
import { declaredSuspension, suspensionOfTarget } from './target-suspension';
import type { ToolGateway } from './tool-gateway';
import { ToolTarget } from './tool-target';
import { environmentOf } from '../declaration/environment';
import { readable } from '../declaration/readable';
import { TargetRight } from '../permission/gateway-statements';
import { directoryArn, tokenVaultArn, workloadIdentityArn } from '../permission/resource-arn';
import { Rights, UserTokens } from '../permission/rights';
import { NamedResource } from '../permission/statement';
import { clientAuthenticationRights } from '../provider/client-authentication-access';
import { providerResource, secretOfProvider } from '../provider/provider-rights';
import { SecretAccess } from '../provider/secret-access';
import { vaultKeyRights } from '../vault/vault-key-rights';

/** What the gateway's role may do under the gateway's own identity. */
export function identityRightsOf(gateway: ToolGateway): Rights {
  const scope = environmentOf(gateway);
  const active = activeTargets(gateway);
  const oauth2 = oauth2Resources(active);
  const apiKeys = apiKeyResources(active);
  const cutOff = gateway.targets.filter((target) => !active.includes(target));
  const vends = oauth2.length + apiKeys.length > 0;
  return {
    verbs: { mint: vends, vend: vends, complete: false },
    directory: { arn: directoryArn(scope), label: 'workload-identity-directory/default' },
    identity: { arn: workloadIdentityArn(scope, gateway.gatewayId), label: 'workload-identity/(id of the gateway)' },
    vault: { arn: tokenVaultArn(scope), label: 'token-vault/default' },
    userTokens: vends && gateway.inbound.kind === GatewayInboundKind.JWT ? userTokens(gateway) : [],
    trustedUserIds: undefined,
    ownToken: active.some(needsOwnToken),
    oauth2Providers: oauth2,
    apiKeyProviders: apiKeys,
    userProviders: [],
    trustedUserIdProviders: [],
    secrets: secretsOfGateway(gateway).map(({ rights }) => rights),
    suspendedProviders: [...oauth2Resources(cutOff), ...apiKeyResources(cutOff)].filter(({ label }) => ![...oauth2, ...apiKeys].some((used) => used.label === label)),
    ...clientAuthenticationRights(Stack.of(gateway), active.flatMap(({ credentials: { provider, grantType } }) => (
      provider === undefined ? [] : [{ provider, exchanges: grantType === OAuthGrantType.TOKEN_EXCHANGE }]))),
    ...vaultKeyRights(Stack.of(gateway), gateway, scope, gateway.env),
  };
}

/** The secrets behind the providers of the targets. */
export function secretsOfGateway(gateway: ToolGateway): SecretAccess[] {
  return activeTargets(gateway).flatMap(({ credentials: { provider, apiKeyProvider } }) => {
    const used = provider ?? apiKeyProvider;
    return used === undefined ? [] : [secretOfProvider(Stack.of(gateway), used)];
  });
}

/** What the role may do at the targets. */
export function targetRightsOf(gateway: ToolGateway): TargetRight[] {
  const consumer = Stack.of(gateway);
  return [...gateway._interceptors.map((interceptor) => interceptor._right(consumer)), ...gateway.targets.flatMap((target) => {
    // The provider's suspension is the provider's: the role's other rights at the target are worth nothing without it.
    if (declaredSuspension(gateway, target) !== undefined) {
      return [];
    }
    const { roleRights, schemaObject } = target._target._form;
    const asRole = target.credentials.kind === TargetCredentialsKind.GATEWAY_ROLE;
    return [
      ...(asRole ? roleRights?.(consumer) ?? [] : []),
      ...(asRole ? (target.credentials._role.permissions ?? []).map((permission) => permissionRight(target, permission)) : []),
      ...(schemaObject !== undefined ? schemaObjectRights(consumer, schemaObject, 'TargetSchemas', schemaObject.bucket.encryptionKey) : []),
      ...target._privateCaCertificates.flatMap((certificate) => certificate._rights(consumer)),
    ];
  })];
}

/** One statement for each set of actions, whose name says the target and the first action. */
function permissionRight(target: ToolTarget, { actions, resources, wildcardReason }: RolePermission): TargetRight {
  const words = [target.targetName, ...actions].join(' ').replace(/[^A-Za-z0-9]+(.)/g, (_match, letter: string) => letter.toUpperCase());
  const labels = resources.map((resource) => readable(resource, `(resource of target ${target.targetName})`));
  return {
    sid: `Use${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 100),
    actions,
    resources: resources.map((arn, index) => ({ arn, label: labels.indexOf(labels[index]) === index ? labels[index] : `${labels[index]} ${index}` })),
    wildcards: wildcardReason === undefined ? [] : labels.filter((label) => /[*?]/.test(label)).map((resource) => ({ resource, reason: wildcardReason })),
  };
}

/**
 * Whether the gateway gets a token in which there is no user: for client credentials and API keys, and to list the tools of an MCP
 * server with token exchange.
 */
function needsOwnToken({ credentials, _target: { _form: form } }: ToolTarget): boolean {
  if (credentials.kind === TargetCredentialsKind.API_KEY || credentials.grantType === OAuthGrantType.CLIENT_CREDENTIALS) {
    return true;
  }
  const lists = form.kind === TargetKind.MCP_SERVER && form.mcp?.dynamic !== true && form.mcp?.staticTools !== true;
  return credentials._oauth2?.alsoWithoutUserReason !== undefined
    || (credentials.grantType === OAuthGrantType.TOKEN_EXCHANGE && lists);
}

/** Whose tokens get in, as far as IAM can tell. */
export function userTokens({ inbound }: ToolGateway): UserTokens[] {
  // Scopes stay out: the authorizer also reads the claim scp, IAM does not.
  return inbound.issuers.map((issuer) => ({ issuer, audiences: inbound.audiences, clients: inbound.clients, scopes: [], subjects: [] }));
}

/** The targets that are not suspended, neither by themselves nor with their gateway or provider. */
function activeTargets(gateway: ToolGateway): ToolTarget[] {
  return gateway.targets.filter((target) => suspensionOfTarget(gateway, target) === undefined);
}

function oauth2Resources(targets: readonly ToolTarget[]): NamedResource[] {
  return targets.flatMap(({ credentials: { provider } }) => (provider === undefined ? [] : [providerResource(provider)]));
}

function apiKeyResources(targets: readonly ToolTarget[]): NamedResource[] {
  return targets.flatMap(({ credentials: { apiKeyProvider } }) => (apiKeyProvider === undefined ? [] : [providerResource(apiKeyProvider)]));
}
