import type { EnvironmentAccess } from './environment-access';
import type { OwnerAccess } from './owner-access';

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
  /** Id of its client at the authorization server, where this app makes the provider. Not a secret. */
  readonly clientId?: string;
  /** How it finds its authorization server, where the vendor has one for each customer: what is configured, such as `discoveryUrl https://...`. */
  readonly authorizationServer?: readonly string[];
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
  /** It stands for all providers whose names begin so, which administrators make at run time. */
  readonly namePrefix?: string;
  /** Who makes them. */
  readonly madeBy?: OwnerAccess;
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
