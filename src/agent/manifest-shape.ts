/*
 * The shape of what `agent.manifest` holds, for the agent's own code: `import type { AgentManifest } from
 * 'cdk-agentcore-identity/agent-manifest'`. Types only, so that nothing of this library, or of CDK, gets into the code.
 */

/** Names and parameters that the agent's code hands to AgentCore. No secret, no limit. */
export interface AgentManifest {
  /** Version of the shape. */
  readonly version: '1';
  /** Name of the workload identity, for GetWorkloadAccessToken, …ForJWT and …ForUserId. Absent where AWS mints. */
  readonly workloadName?: string;
  /** AWS mints and hands the workload access token to the code: there is no `workloadName`. */
  readonly mintedByRuntime?: true;
  /** By path of the provider, gateway or secret. */
  readonly capabilities: readonly ManifestCapability[];
}

/** One capability; `kind` tells which. */
export type ManifestCapability = OAuth2Capability | ApiKeyCapability | ToolCapability | SecretCapability;

/** A token of an OAuth2 provider: the parameters of GetResourceOauth2Token. */
export interface OAuth2Capability {
  readonly kind: 'act as user' | 'act on behalf of user' | 'act as trusted user id' | 'act as itself';
  /** `resourceCredentialProviderName`; with `providerPrefix` a pattern, which AgentCore does not take. */
  readonly provider: string;
  /** What the names of the providers begin with that are made at run time: the code asks for one of them. */
  readonly providerPrefix?: string;
  readonly oauth2Flow: OAuth2Flow;
  readonly scopes: readonly string[];
  readonly audiences?: readonly string[];
  readonly resources?: readonly string[];
  /** The first of the agent's return URLs. */
  readonly resourceOauth2ReturnUrl?: string;
  /** What the vendor wants for a refresh token. */
  readonly customParameters?: Readonly<Record<string, string>>;
}

/** `oauth2Flow` of GetResourceOauth2Token. */
export type OAuth2Flow = 'USER_FEDERATION' | 'M2M' | 'ON_BEHALF_OF_TOKEN_EXCHANGE';

/** An API key: the parameter of GetResourceApiKey. */
export interface ApiKeyCapability {
  readonly kind: 'use API key';
  /** `resourceCredentialProviderName`; with `providerPrefix` a pattern, which AgentCore does not take. */
  readonly provider: string;
  /** What the names of the providers begin with that are made at run time: the code asks for one of them. */
  readonly providerPrefix?: string;
  /** Names of the keys in a bundle, which is a JSON text. */
  readonly keys?: readonly string[];
}

/** Tools of a gateway. */
export interface ToolCapability {
  readonly kind: 'call tools';
  readonly gatewayUrl: string;
  /** Tools as the gateway names them. Absent: all. */
  readonly tools?: readonly string[];
  /** How a call proves who calls. */
  readonly flow: 'SIGV4' | 'BEARER_OF_PROVIDER' | 'BEARER_OF_CALLER';
  readonly provider?: string;
  readonly oauth2Flow?: 'M2M';
  readonly scopes?: readonly string[];
}

/** A secret that the code reads itself: the parameter of GetSecretValue of Secrets Manager. */
export interface SecretCapability {
  readonly kind: 'read secret in code';
  /** `SecretId`: its ARN, or its name. */
  readonly secretId: string;
}
