import { IConstruct } from 'constructs';
import { ACCESS_MODEL_SCHEMA, ACCESS_MODEL_VERSION, AccessModel, ProviderAccess, TokenVaultAccess } from './access-model';
import { authorizationServer } from './authorization-server';
import { readableJson } from './readable-json';
import { environmentAccess } from '../agent/access-entry';
import type { Agent } from '../agent/agent';
import { resolveAgent } from '../agent/resolution';
import { environmentOf } from '../declaration/environment';
import { DeclaredVault, Ledger } from '../declaration/ledger';
import { readable } from '../declaration/readable';
import type { GatewayAccess } from '../gateway/gateway-access';
import { resolveGateway } from '../gateway/gateway-resolution';
import { RoutingRules } from '../gateway/routing-rules';
import type { ToolGateway } from '../gateway/tool-gateway';
import { machineClientAccess } from '../machine-client/machine-client-access';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import { keyBehind } from '../provider/key-arn';
import { IOAuth2Provider, OAuth2Provider } from '../provider/oauth2-provider';
import { isSameProvider } from '../provider/provider-key';
import { ProviderSecret } from '../provider/provider-secret';
import { secretLabel } from '../provider/secret-access';
import { requiredSigningStatement } from '../provider/signing-key-policy';
import { vaultKeyUseStatements } from '../vault/vault-key-policy';

/** The access model of the whole app that a construct belongs to. */
export function accessModelOf(scope: IConstruct): AccessModel {
  const ledger = Ledger.of(scope);
  const gateways = gatewaysOf(ledger, scope);
  const usedBy = usersOfProviders(ledger);
  return {
    $schema: ACCESS_MODEL_SCHEMA,
    version: ACCESS_MODEL_VERSION,
    agents: ledger.agents.map((agent) => resolveAgent(agent).access),
    providers: [
      ...ledger.oauth2Providers.map(({ provider, owned }) => providerAccess('OAuth2', provider, owned, provider.clientSecret, usedBy, provider.vendor)),
      ...ledger.apiKeyProviders.map(({ provider, owned }) => providerAccess('API key', provider, owned, provider.apiKey, usedBy, undefined, provider.apiKey.bundledKeys)),
    ],
    gateways,
    machineClients: ledger.machineClients.map(machineClientAccess),
    tokenVaults: ledger.vaults.map(tokenVaultAccess),
  };
}

function gatewaysOf({ gateways }: Ledger, scope: IConstruct): GatewayAccess[] {
  const rules = gateways.length === 0 ? undefined : new RoutingRules(scope);
  return gateways.map((gateway) => {
    const routingRules = rules!.of(gateway);
    return { ...resolveGateway(gateway).access, ...(routingRules.length === 0 ? {} : { routingRules }) };
  });
}

function providerAccess(
  kind: ProviderAccess['kind'],
  provider: AnyProvider,
  madeHere: boolean,
  kept: ProviderSecret,
  usedBy: UsersOfProvider,
  vendor?: string,
  bundledKeys: readonly string[] = [],
): ProviderAccess {
  const broadBecause = provider.namePrefixReason ?? (kind === 'OAuth2' ? (provider as IOAuth2Provider).profile?.broadBecause : undefined);
  return {
    path: provider.node.path,
    name: readable(provider.providerName, '(known at deployment)'),
    kind,
    ...(vendor !== undefined ? { vendor } : {}),
    environment: environmentAccess(provider.env),
    madeHere,
    secret: kept.isAbsent ? { kept: 'there is none', protectedBy: 'nothing to protect' } : {
      kept: kept.secret === undefined ? 'by AgentCore' : secretLabel(kept.secret),
      ...(kept.jsonKey !== undefined ? { jsonKey: kept.jsonKey } : {}),
      ...(bundledKeys.length > 0 ? { bundledKeys } : {}),
      protectedBy: kept.encryptionKey === undefined ? 'the AWS managed key, or one that this app does not know' : `customer key ${kept.encryptionKey.node.path}`,
    },
    ...(kind === 'OAuth2' ? clientAccess(provider as IOAuth2Provider) : {}),
    ...(broadBecause !== undefined ? { broadBecause } : {}),
    ...prefixAccess(provider),
    usedBy: usedBy(kind, provider),
  };
}

/** Providers that administrators make at run time. */
function prefixAccess({ namePrefix, namePrefixOwner: owner }: AnyProvider): Pick<ProviderAccess, 'namePrefix' | 'madeBy'> {
  const words = (value: string) => readable(value, '(known at deployment)');
  return {
    ...(namePrefix !== undefined ? { namePrefix: words(namePrefix) } : {}),
    ...(owner !== undefined ? { madeBy: { name: words(owner.name), contact: words(owner.contact) } } : {}),
  };
}

function clientAccess(provider: IOAuth2Provider): Pick<ProviderAccess, 'clientId' | 'authorizationServer' | 'clientAuthentication' | 'onBehalfOf' | 'requiredKeyPolicy'> {
  const { clientAuthentication, onBehalfOf } = provider;
  const key = clientAuthentication?.signingKey;
  const statement = requiredSigningStatement(provider);
  const clientId = provider instanceof OAuth2Provider ? provider._clientId : undefined;
  const server = provider instanceof OAuth2Provider ? authorizationServer(provider.profile ?? {}) : [];
  return {
    ...(clientId !== undefined ? { clientId: readable(clientId, '(known at deployment)') } : {}),
    ...(server.length > 0 ? { authorizationServer: server } : {}),
    ...(clientAuthentication !== undefined ? {
      clientAuthentication: `${clientAuthentication.description}${key !== undefined ? ` by key ${readable(keyBehind(key).keyRef.keyArn, keyBehind(key).node.path)}` : ''} (${clientAuthentication.method})`,
    } : {}),
    ...(onBehalfOf !== undefined ? { onBehalfOf: onBehalfOf.description } : {}),
    ...(statement !== undefined ? { requiredKeyPolicy: [readableJson(statement.toStatementJson())] } : {}),
  };
}

function tokenVaultAccess({ encryption, setsKey, keyPolicyIsHere }: DeclaredVault): TokenVaultAccess {
  const { key, formerKeys } = encryption;
  return {
    path: encryption.node.path,
    environment: environmentAccess(encryption.env),
    key: key.node.path,
    formerKeys: formerKeys.map((former) => former.node.path),
    setHere: setsKey,
    requiredKeyPolicy: keyPolicyIsHere ? [] : vaultKeyUseStatements(environmentOf(encryption)).map((statement) => readableJson(statement.toStatementJson())),
  };
}

type AnyProvider = IOAuth2Provider | IApiKeyProvider;

/** Construct paths of the agents, and then of the gateways, that use a provider. */
type UsersOfProvider = (kind: ProviderAccess['kind'], provider: AnyProvider) => string[];

/** The users of all providers, looked up by name: two providers of different names are never the same. */
function usersOfProviders({ agents, gateways }: Ledger): UsersOfProvider {
  const uses = [
    ...agents.flatMap((agent) => agent.capabilities.map(({ provider, apiKeyProvider }) => ({ user: agent, provider, apiKeyProvider }))),
    ...gateways.flatMap((gateway) => gateway.targets.map(({ credentials: { provider, apiKeyProvider } }) => ({ user: gateway, provider, apiKeyProvider }))),
  ];
  const byName = new Map<string, { readonly user: Agent | ToolGateway; readonly used: AnyProvider }[]>();
  const add = (kind: ProviderAccess['kind'], user: Agent | ToolGateway, used: AnyProvider | undefined) => {
    if (used !== undefined) {
      const key = `${kind} ${used.providerName}`;
      const named = byName.get(key) ?? [];
      byName.set(key, named);
      named.push({ user, used });
    }
  };
  uses.forEach(({ user, provider, apiKeyProvider }) => {
    add('OAuth2', user, provider);
    add('API key', user, apiKeyProvider);
  });
  return (kind, provider) => {
    const users = (byName.get(`${kind} ${provider.providerName}`) ?? []).filter(({ used }) => isSameProvider(used, provider)).map(({ user }) => user);
    return [...new Set(users)].map(({ node }) => node.path);
  };
}
