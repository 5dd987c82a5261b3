import { NamedResource } from './statement';

/**
 * What one part of an agent is to be allowed, as plain data: the input of `statementsFor`.
 *
 * Nothing here knows CDK. Strings may be deploy-time values, so they are never compared or sorted; labels are.
 */
export interface Rights {
  readonly verbs: { readonly mint: boolean; readonly vend: boolean; readonly complete: boolean };
  readonly directory: NamedResource;
  readonly identity: NamedResource;
  readonly vault: NamedResource;
  /** For whom a token may be minted (or a session completed) by the users' JWTs; one entry per issuer. */
  readonly userTokens: readonly UserTokens[];
  readonly trustedUserIds?: TrustedUserIdRights;
  /** Whether a token without any user may be minted. */
  readonly ownToken: boolean;
  readonly oauth2Providers: readonly NamedResource[];
  readonly apiKeyProviders: readonly NamedResource[];
  /** The providers whose sessions users start by JWT, and by trusted user id: what a return page completes. */
  readonly userProviders: readonly NamedResource[];
  readonly trustedUserIdProviders: readonly NamedResource[];
  readonly secrets: readonly SecretRights[];
  /** Secrets that the code of this part reads itself. */
  readonly secretsInCode?: readonly SecretRights[];
  /** Such secrets that are cut off. */
  readonly suspendedSecretsInCode?: readonly NamedResource[];
  /** Keys with which AgentCore signs for clients that have no secret. */
  readonly signingKeys?: readonly SigningKeyRights[];
  /** Tokens that AWS issues for the role, for clients that have no secret and for actors. */
  readonly webIdentityTokens?: readonly WebIdentityTokenRights[];
  /** Gateways that the role may call by IAM. */
  readonly gateways?: readonly NamedResource[];
  /** Gateways that are cut off from the role. */
  readonly suspendedGateways?: readonly NamedResource[];
  /** Whether the role acts for other agents, too: then nothing is denied that they may have. */
  readonly sharedWithOtherAgents?: boolean;
  /** Whether the agent is cut off altogether. */
  readonly suspended?: boolean;
  /** Whether the role of an agent that is cut off is declared to invoke agents. */
  readonly invokesAgents?: boolean;
  /** Whether a role that acts for other agents, too, has nothing left to do for this one because it is suspended. */
  readonly suspendedOnSharedRole?: boolean;
  /** Providers that are cut off. */
  readonly suspendedProviders?: readonly NamedResource[];
  /** The customer key of the token vault, if it has one that is known. */
  readonly vaultKey?: NamedResource;
  /** Keys that the vault was under before: still good for decrypting. */
  readonly formerVaultKeys: readonly NamedResource[];
  /** The region in which AgentCore uses these keys. */
  readonly vaultKeyRegion: string;
}

/** Tokens of one issuer. Empty lists mean that the claim is not limited. */
export interface UserTokens {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly clients: readonly string[];
  readonly scopes: readonly string[];
  readonly subjects: readonly string[];
}

/** User ids that are taken on trust: those that begin with a prefix, and single ones. */
export interface TrustedUserIdRights {
  readonly prefixes: readonly string[];
  readonly ids: readonly string[];
}

/** The secret behind one provider, or one that code reads itself. More than one resource where the ARN's suffix is not known before deployment. */
export interface SecretRights {
  readonly resources: readonly NamedResource[];
  readonly key?: NamedResource;
  readonly region: string;
  /** Whether only secrets count that AgentCore keeps: they are known by the beginning of their names. */
  readonly ofPrefix?: boolean;
}

/** The key that signs for one client. */
export interface SigningKeyRights {
  readonly key: NamedResource;
  readonly region: string;
}

/** A value as IAM compares it, which may be a deploy-time value, and as a reviewer reads it. */
export interface LabelledValue {
  readonly value: string;
  readonly label: string;
}

/** Tokens that AWS issues for the role. No audience: any, and then there is a reason. */
export interface WebIdentityTokenRights {
  readonly audiences: readonly LabelledValue[];
  readonly signingAlgorithm?: string;
  readonly anyAudienceReason?: string;
}
