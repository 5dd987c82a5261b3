import { EnforcementLayer } from '../capability/enforcement-layer';
import type { GatewayAccess } from '../gateway/gateway-access';

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

/** One agent: who owns it, what acts for it, and what it may do. */
export interface AgentAccess {
  /** Construct path: stable as long as the code's structure is. */
  readonly path: string;
  /** Where its workload identity is. */
  readonly environment: EnvironmentAccess;
  /** Its workload identity. */
  readonly identity: IdentityAccess;
  /** Who answers for it. */
  readonly owner: OwnerAccess;
  /** Why the agent is cut off. */
  readonly suspendedReason?: string;
  /** Whose tokens prove a user to it. */
  readonly callers: readonly CallerAccess[];
  /** The only workloads through which calls may reach it. Not there: any. */
  readonly acceptsCallsFrom?: readonly string[];
  /** Where users return to after consent. */
  readonly returnUrls: readonly string[];
  /** What invokes it with AWS credentials, as far as it was declared. */
  readonly frontEnds?: readonly FrontEndAccess[];
  /** What the runtime says about who invokes it. */
  readonly invocation?: InvocationAccess;
  /** The roles that act for it. No part has another's verbs. */
  readonly parts: readonly PartAccess[];
  /** What it may do with credentials. */
  readonly capabilities: readonly CapabilityAccess[];
  /** Every resource that could not be named exactly. */
  readonly remainingWildcards: readonly WildcardAccess[];
  /** What somebody else has to do, because this app cannot. */
  readonly leftToOthers: readonly string[];
}

/** An account and a region, or the pseudo parameters `${AWS::AccountId}` and `${AWS::Region}` where only deployment knows them. */
export interface EnvironmentAccess {
  /** Account id. */
  readonly account: string;
  /** Name of the region. */
  readonly region: string;
}

/** A workload identity. */
export interface IdentityAccess {
  /** Its name. */
  readonly name: string;
  /** Whether this app makes it. */
  readonly madeHere: boolean;
}

/** A team, and how to reach it. */
export interface OwnerAccess {
  /** Name of the team. */
  readonly name: string;
  /** Where it is reached. */
  readonly contact: string;
}

/** Whose tokens are taken as proof of a user. Empty lists: not limited. */
export interface CallerAccess {
  /** Issuer of the tokens (`iss`). */
  readonly issuer: string;
  /** Audiences, any of which is enough (`aud`). */
  readonly audiences: readonly string[];
  /** Clients, any of which is enough (`client_id`). */
  readonly clients: readonly string[];
  /** Scopes, any of which is enough (`scope`). */
  readonly scopes: readonly string[];
  /** Why tokens of any client are taken. */
  readonly anyClientReason?: string;
}

/** A role that may invoke the agent. */
export interface FrontEndAccess {
  /** Name of the front end. */
  readonly name: string;
  /** What kind of thing it is. */
  readonly host: string;
  /** Its role. */
  readonly role: string;
  /** The endpoints of the runtime that it may invoke. */
  readonly endpoints: readonly string[];
  /** Whether it may also open WebSocket streams. */
  readonly webSocket: boolean;
  /** The users that it names, unverified. */
  readonly userIds?: readonly string[];
  /** How its own code makes sure of these users. */
  readonly enforcedByApplication?: string;
  /** Why it invokes the agent. */
  readonly reason: string;
  /** Whether its policy is attached here. If not, the role's owner has to attach it. */
  readonly attachedHere: boolean;
  /** What its role may do because of this agent. */
  readonly statements: readonly StatementAccess[];
  /** The policy that the owner of the role has to attach, where nothing is attached here. */
  readonly requiredPolicy?: unknown;
}

/** What the runtime itself says about who invokes it. */
export interface InvocationAccess {
  /** Whether everybody but the front ends is denied. */
  readonly othersDenied: boolean;
  /** Whether the resource policies are attached here. If not, the runtime's owner has to. */
  readonly attachedHere?: boolean;
  /** The policies of the runtime and its endpoints. */
  readonly resourcePolicies?: readonly InvocationPolicyAccess[];
}

/** The policy of a runtime, or of one of its endpoints. */
export interface InvocationPolicyAccess {
  /** The runtime or the endpoint. */
  readonly resource: string;
  /** IAM's JSON. */
  readonly policy: unknown;
}

/** A role that acts for an agent. */
export interface PartAccess {
  /** Name of the part within its agent. */
  readonly name: string;
  /** Kind of host. */
  readonly host: string;
  /** Construct path of the role, or its ARN where it is not of this app. */
  readonly role: string;
  /** What the part does with credentials: mint, vend, complete. */
  readonly verbs: readonly string[];
  /** Whether the policy is attached here. If not, the role's owner has to attach it. */
  readonly attachedHere: boolean;
  /** Why nothing is attached here. */
  readonly managedElsewhereReason?: string;
  /** Why the role is shared with other agents, whose rights it joins. */
  readonly sharedReason?: string;
  /** Construct paths of those agents. */
  readonly sharedWith?: readonly string[];
  /** The statements of its policy. */
  readonly statements: readonly StatementAccess[];
  /** The policy that the owner of the role has to attach, where nothing is attached here. */
  readonly requiredPolicy?: unknown;
}

/** A statement as a reviewer reads it: resources by what they are, not by their ARNs' tokens. */
export interface StatementAccess {
  /** Statement id, the same in the template. */
  readonly sid: string;
  /** Whether it allows or denies. */
  readonly effect: 'Allow' | 'Deny';
  /** Actions, with the prefix of their service. */
  readonly actions: readonly string[];
  /** The resources that it is about. Either these are there, or `notResources`. */
  readonly resources?: readonly string[];
  /** It is about all resources but these. */
  readonly notResources?: readonly string[];
  /** The ARNs of `resources`, or of `notResources`, in the same order. What only deployment knows is named in words. */
  readonly arns: readonly string[];
  /** All of them have to hold. */
  readonly conditions: readonly ConditionAccess[];
}

/** A condition of a statement. */
export interface ConditionAccess {
  /** IAM's operator. */
  readonly operator: string;
  /** IAM's condition key. */
  readonly key: string;
  /** Values, any of which is enough. */
  readonly values: readonly string[];
}

/** One allowed way to act. */
export interface CapabilityAccess {
  /** Kind of authority: act as user, act on behalf of user, act as trusted user id, act as itself, use API key, call tools. */
  readonly kind: string;
  /** As whom it acts, in words. */
  readonly asWhom: string;
  /** Why it is for more users than it could be for. */
  readonly broadBecause?: string;
  /** Whose authority passes through which hands, in one line: user → caller → agent → provider. */
  readonly delegation: string;
  /** The hands of `delegation`, one by one. */
  readonly tokenPath: readonly TokenHolderAccess[];
  /** Construct path of the provider; of the gateway, where tools are called without one. */
  readonly provider: string;
  /** Name of the provider in AgentCore, or id of the gateway. */
  readonly providerName: string;
  /** Construct path of the gateway whose tools are called. */
  readonly gateway?: string;
  /** Tools that are called, as callers name them; `*` for all. */
  readonly tools?: readonly string[];
  /** Why all tools may be called. */
  readonly allToolsReason?: string;
  /** Scopes that the agent may ask for. */
  readonly scopes: readonly string[];
  /** Audiences that the agent asks for when it exchanges the user's token. */
  readonly audiences?: readonly string[];
  /** Resources that the agent asks for when it exchanges the user's token. */
  readonly resources?: readonly string[];
  /** How the code has to ask, so that the user is not asked again whenever the access token ends. */
  readonly refreshTokens?: string;
  /** Its limits, each with the layer that holds it. */
  readonly limits: readonly LimitAccess[];
  /** Why it is allowed. */
  readonly reason: string;
  /** The code that uses it, where AgentCore hands out the credentials. */
  readonly code?: CodeAccess;
  /** Why the capability is cut off, by itself or with its provider. */
  readonly suspendedReason?: string;
  /** Sids of the statements that this capability needs. */
  readonly statements: readonly string[];
}

/** The code that uses a capability, for the AgentCore SDKs. */
export interface CodeAccess {
  /** For `bedrock-agentcore` of npm. */
  readonly typescript: string;
  /** For `bedrock-agentcore` of PyPI. */
  readonly python: string;
}

/** One pair of hands that authority passes through. */
export interface TokenHolderAccess {
  /** What they are. */
  readonly kind: 'user' | 'caller' | 'agent' | 'provider' | 'gateway' | 'target';
  /** Who they are, in words. */
  readonly who: string;
}

/** One limit, and the layer that holds it. */
export interface LimitAccess {
  /** The limit in words. */
  readonly limit: string;
  /** The layer that holds it. */
  readonly enforcedBy: EnforcementLayer;
  /** How the layer holds it, or what somebody does so that it does. */
  readonly how: string;
}

/** A resource that could not be named exactly. */
export interface WildcardAccess {
  /** The resource with its wildcard. */
  readonly resource: string;
  /** Why it could not be named exactly. */
  readonly reason: string;
}

/** A credential provider. */
export interface ProviderAccess {
  /** Construct path. */
  readonly path: string;
  /** Name in AgentCore. */
  readonly name: string;
  /** What it gives out. */
  readonly kind: 'OAuth2' | 'API key';
  /** AgentCore's name for the vendor. */
  readonly vendor?: string;
  /** Where it is. */
  readonly environment: EnvironmentAccess;
  /** Whether this app makes it. */
  readonly madeHere: boolean;
  /** Where its secret is. The value is nowhere in this file. */
  readonly secret: ProviderSecretAccess;
  /** How AgentCore proves that it is the client, where that was declared. */
  readonly clientAuthentication?: string;
  /** How users' tokens are exchanged. */
  readonly onBehalfOf?: string;
  /** What the policy of a signing key must hold that is not of this app. */
  readonly requiredKeyPolicy?: readonly unknown[];
  /** What makes the provider wider than it could be, and why. */
  readonly broadBecause?: string;
  /** Construct paths of the agents and gateways that may use it. */
  readonly usedBy: readonly string[];
}

/** Where the secret of a provider is, and what protects it. */
export interface ProviderSecretAccess {
  /** Who keeps it: a secret of Secrets Manager, or AgentCore. */
  readonly kept: string;
  /** The member of the secret's JSON that holds the value. */
  readonly jsonKey?: string;
  /** Names of the keys, where the value is a bundle of several. */
  readonly bundledKeys?: readonly string[];
  /** The key that it is encrypted with. */
  readonly protectedBy: string;
}

/** A client with which agents of one type get tokens as themselves. */
export interface MachineClientAccess {
  /** Construct path. */
  readonly path: string;
  /** Where its secret is. */
  readonly environment: EnvironmentAccess;
  /** Whether this app makes it. */
  readonly madeHere: boolean;
  /** Who answers for it. */
  readonly owner: OwnerAccess;
  /** Why such agents need the scopes. */
  readonly reason: string;
  /** Whose tokens it gets. */
  readonly issuer: string;
  /** Its id, as in the `client_id` claim. Not a secret. */
  readonly clientId: string;
  /** What it is registered for: whoever holds it may ask for all of them. */
  readonly scopes: readonly string[];
  /** How long its tokens are good for, where this app says so. */
  readonly accessTokenSeconds?: number;
  /** Where its secret is. The value is nowhere in this file. */
  readonly secret: ProviderSecretAccess;
  /** Why the secret is under a key that AWS manages, and not under a customer's. */
  readonly awsManagedKeyReason?: string;
  /** What the policy of the key must hold that is not of this app. */
  readonly requiredKeyPolicy?: readonly unknown[];
  /** Construct paths of the gateways that let it in by its id. */
  readonly letInBy: readonly string[];
  /** Construct paths of the agents and gateways that get tokens with it. */
  readonly usedBy: readonly string[];
}

/** The key that protects the tokens of all users in one account and region. */
export interface TokenVaultAccess {
  /** Construct path. */
  readonly path: string;
  /** The account and region whose vault it is. */
  readonly environment: EnvironmentAccess;
  /** Construct path of the key. */
  readonly key: string;
  /** Construct paths of the keys that agents may still decrypt with. */
  readonly formerKeys: readonly string[];
  /** Whether the key is set here, or only known to be set elsewhere. */
  readonly setHere: boolean;
  /** What the policy of a key that is not of this app must hold. */
  readonly requiredKeyPolicy: readonly unknown[];
}
