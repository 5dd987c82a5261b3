import type { AgentAccess } from './agent-access';
import type { MachineClientAccess, ProviderAccess, TokenVaultAccess } from './credential-access';
import type { GatewayAccess } from '../gateway/gateway-access';

export type { AgentAccess, IdentityAccess, CallerAccess, PartAccess } from './agent-access';
export type { CapabilityAccess, CodeAccess, TokenHolderAccess, LimitAccess } from './capability-access';
export type { ProviderAccess, ProviderSecretAccess, MachineClientAccess, TokenVaultAccess } from './credential-access';
export type { EnvironmentAccess } from './environment-access';
export type { FrontEndAccess, InvocationAccess, InvocationPolicyAccess, OperatorAccess } from './invocation-access';
export type { OwnerAccess } from './owner-access';
export type { StatementAccess, ConditionAccess, WildcardAccess } from './policy-access';

/**
 * Version of the model's shape. The second number rises when members are added, the first when any is taken away or means something
 * else. A reader refuses a higher first number, and passes over members that it does not know.
 */
export const ACCESS_MODEL_VERSION = '1.0';

/** Identifier of the JSON Schema of this version, which the package has as `schema/agentcore-access.schema.json`. */
export const ACCESS_MODEL_SCHEMA = `https://github.com/cdk-agentcore-identity/cdk-agentcore-identity/schema/agentcore-access/${ACCESS_MODEL_VERSION}`;

/**
 * All agents of an app, and what each may do: plain data, sorted, without secrets, and the same for the same input.
 *
 * This is what the access report renders and what later tools compare.
 */
export interface AccessModel {
  /** Identifier of the JSON Schema that this file fits. */
  readonly $schema: string;
  /** Version of the shape: the second number rises when members are added, the first when any is taken away or means something else. */
  readonly version: string;
  /** All agents, by construct path. */
  readonly agents: readonly AgentAccess[];
  /** All credential providers, imported ones too. */
  readonly providers: readonly ProviderAccess[];
  /** All gateways. */
  readonly gateways: readonly GatewayAccess[];
  /** All machine clients, those of other issuers too. */
  readonly machineClients: readonly MachineClientAccess[];
  /** The keys of the token vaults, where this app sets or knows them. */
  readonly tokenVaults: readonly TokenVaultAccess[];
}
