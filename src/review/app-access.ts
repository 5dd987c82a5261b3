import { IConstruct } from 'constructs';
import { ACCESS_MODEL_SCHEMA, ACCESS_MODEL_VERSION, AccessModel, ProviderAccess, TokenVaultAccess } from './access-model';
import { readableJson } from './readable-json';
import { environmentAccess } from '../agent/access-entry';
import type { Agent } from '../agent/agent';
import { resolveAgent } from '../agent/resolution';
import { environmentOf } from '../declaration/environment';
import { DeclaredVault, Ledger } from '../declaration/ledger';
import { readable } from '../declaration/readable';
import { resolveGateway } from '../gateway/gateway-resolution';
import type { ToolGateway } from '../gateway/tool-gateway';
import type { ToolTarget } from '../gateway/tool-target';
import { machineClientAccess } from '../machine-client/machine-client-access';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import { keyBehind } from '../provider/key-arn';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { isSameProvider } from '../provider/provider-key';
import { ProviderSecret } from '../provider/provider-secret';
import { secretLabel } from '../provider/secret-access';
import { requiredSigningStatement } from '../provider/signing-key-policy';
import { vaultKeyUseStatements } from '../vault/vault-key-policy';

/** The access model of the whole app that a construct belongs to. */
export function accessModelOf(scope: IConstruct): AccessModel {
  const ledger = Ledger.of(scope);
  const gateways = ledger.gateways.map((gateway) => resolveGateway(gateway).access);
  return {
    $schema: ACCESS_MODEL_SCHEMA,
    version: ACCESS_MODEL_VERSION,
    agents: ledger.agents.map((agent) => resolveAgent(agent).access),
    providers: [
      ...ledger.oauth2Providers.map(({ provider, owned }) => providerAccess('OAuth2', provider, owned, provider.clientSecret, ledger, provider.vendor)),
      ...ledger.apiKeyProviders.map(({ provider, owned }) => providerAccess('API key', provider, owned, provider.apiKey, ledger, undefined, provider.apiKey.bundledKeys)),
    ],
    gateways,
    machineClients: ledger.machineClients.map(machineClientAccess),
    tokenVaults: ledger.vaults.map(tokenVaultAccess),
  };
}

function providerAccess(
  kind: ProviderAccess['kind'],
  provider: IOAuth2Provider | IApiKeyProvider,
  madeHere: boolean,
  kept: ProviderSecret,
  { agents, gateways }: { readonly agents: readonly Agent[]; readonly gateways: readonly ToolGateway[] },
  vendor?: string,
  bundledKeys: readonly string[] = [],
): ProviderAccess {
  const broadBecause = kind === 'OAuth2' ? (provider as IOAuth2Provider).profile?.broadBecause : undefined;
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
    usedBy: [
      ...agents.filter((agent) => uses(agent, provider, kind)).map((agent) => agent.node.path),
      ...gateways.filter((gateway) => gateway.targets.some((target) => targetUses(target, provider, kind))).map((gateway) => gateway.node.path),
    ],
  };
}

function clientAccess(provider: IOAuth2Provider): Pick<ProviderAccess, 'clientAuthentication' | 'onBehalfOf' | 'requiredKeyPolicy'> {
  const { clientAuthentication, onBehalfOf } = provider;
  const key = clientAuthentication?.signingKey;
  const statement = requiredSigningStatement(provider);
  return {
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

function targetUses({ credentials }: ToolTarget, provider: IOAuth2Provider | IApiKeyProvider, kind: ProviderAccess['kind']): boolean {
  const used = kind === 'OAuth2' ? credentials.provider : credentials.apiKeyProvider;
  return used !== undefined && isSameProvider(used, provider);
}

function uses(agent: Agent, provider: IOAuth2Provider | IApiKeyProvider, kind: ProviderAccess['kind']): boolean {
  return agent.capabilities.some((capability) => {
    const used = kind === 'OAuth2' ? capability.provider : capability.apiKeyProvider;
    return used !== undefined && isSameProvider(used, provider);
  });
}
