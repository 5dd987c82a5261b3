import { Lazy, Stack } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { gatewayValue, placeOf } from './gateway-call';
import { AgentManifest, ManifestCapability, OAuth2Capability, ToolCapability } from './manifest-shape';
import { secretIdInCode } from './secret-in-code';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { oauth2Flow } from '../capability/oauth2-flow';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { needsConsent } from '../capability/user-token';

/** Version of the manifest's shape. */
const VERSION = '1' as const;

/**
 * What the agent's code needs to know, as a JSON text that is filled in at synthesis: the workload identity's name, and for each
 * capability the provider's name, the flow, the scopes, the return URL and the parameters of `GetResourceOauth2Token`. Holds no
 * secret.
 */
export function agentManifest(agent: Agent): string {
  return Lazy.string({ produce: () => Stack.of(agent).toJsonString(manifestOf(agent)) });
}

function manifestOf(agent: Agent): AgentManifest {
  return {
    version: VERSION,
    // Where AWS mints, the code needs no name; and in the runtime's own environment its id would refer to itself.
    workloadName: agent._identityOfRuntime === undefined ? agent.identityName : undefined,
    mintedByRuntime: agent._identityOfRuntime !== undefined ? true : undefined,
    capabilities: [...agent.capabilities]
      .map((capability) => ({ capability, key: placeOf(capability) + capability.kind + (capability.gateway?.node.path ?? '') }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ capability }) => entryOf(agent, capability)),
  };
}

function entryOf(agent: Agent, capability: Capability): ManifestCapability {
  const { provider, apiKeyProvider } = capability;
  if (capability.kind === CapabilityKind.CALL_TOOLS) {
    return toolCallEntry(agent, capability);
  }
  if (capability.secret !== undefined) {
    return { kind: CapabilityKind.READ_SECRET_IN_CODE, secretId: secretIdInCode(Stack.of(agent), capability.secret) };
  }
  if (apiKeyProvider !== undefined) {
    const keys = apiKeyProvider.apiKey.bundledKeys;
    return { kind: CapabilityKind.USE_API_KEY, provider: apiKeyProvider.providerName, providerPrefix: apiKeyProvider.namePrefix, ...(keys.length > 0 ? { keys } : {}) };
  }
  const consent = needsConsent(capability);
  return {
    kind: capability.kind as OAuth2Capability['kind'],
    provider: provider!.providerName,
    providerPrefix: provider!.namePrefix,
    oauth2Flow: oauth2Flow(capability),
    scopes: capability.scopes,
    audiences: capability.audiences.length > 0 ? capability.audiences : undefined,
    resources: capability.resources.length > 0 ? capability.resources : undefined,
    resourceOauth2ReturnUrl: consent ? agent.returnUrls[0] : undefined,
    customParameters: consent ? provider!.profile?.refreshTokenParameters : undefined,
  };
}

/** Where the gateway is, how to get in, and the tools as the gateway names them. */
function toolCallEntry(agent: Agent, capability: Capability): ToolCapability {
  const { gateway, toolAuthority, tools, provider, scopes } = capability;
  return {
    kind: CapabilityKind.CALL_TOOLS,
    gatewayUrl: gatewayValue(Stack.of(agent), gateway!, 'gatewayUrl'),
    tools: tools.length > 0 ? tools : undefined,
    flow: FLOWS[toolAuthority!.kind],
    provider: provider?.providerName,
    oauth2Flow: provider !== undefined ? 'M2M' : undefined,
    scopes: provider !== undefined ? scopes : undefined,
  };
}

/** How a call proves who calls. */
const FLOWS: Record<ToolCallAuthorityKind, ToolCapability['flow']> = {
  [ToolCallAuthorityKind.AGENT_ROLE]: 'SIGV4',
  [ToolCallAuthorityKind.MACHINE_CLIENT]: 'BEARER_OF_PROVIDER',
  [ToolCallAuthorityKind.USER_TOKEN]: 'BEARER_OF_CALLER',
};
