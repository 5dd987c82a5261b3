import { Duration } from 'aws-cdk-lib';
import { MachineScope } from './machine-scope';
import { AgentOwner } from '../agent/agent-owner';
import { ClientSecret } from '../provider/client-secret';
import { OAuth2Scope } from '../provider/oauth2-scope';

/** A client for one type of agent, with all the scopes that it will ever need and no other. */
export interface AddMachineClientOptions {
  /** Who answers for the agents that are this client. */
  readonly owner: AgentOwner;

  /** What it may ask for, each made by `addScope` of the same `MachineClients`. At least one. */
  readonly scopes: MachineScope[];

  /** Why such agents need these scopes. It stands in the access report. */
  readonly reason: string;

  /**
   * How long a token of the client is good for: 5 minutes to 1 day, in whole seconds. Machine clients have no refresh tokens.
   *
   * @default Duration.hours(1)
   */
  readonly accessTokenLifetime?: Duration;
}

/** A client that an OpenID Connect issuer knows already. */
export interface OidcMachineClientOptions {
  /** Who answers for the agents that are this client. */
  readonly owner: AgentOwner;

  /** The issuer, exactly as in the `iss` claim. */
  readonly issuer: string;

  /**
   * Where the issuer's metadata is: an https address that ends in `/.well-known/openid-configuration`.
   *
   * @default - derived from the issuer, as OpenID Connect Discovery says
   */
  readonly discoveryUrl?: string;

  /**
   * Where client id and secret are exchanged for a token. For outputs only; AgentCore reads it from the issuer's metadata.
   *
   * @default - not told
   */
  readonly tokenUrl?: string;

  /** Id that the issuer gave the client. Not a secret. 1 to 256 characters. */
  readonly clientId: string;

  /** Where its secret is kept: `ClientSecret.fromSecretsManager(secret, 'client_secret')`. */
  readonly clientSecret: ClientSecret;

  /** The scopes that the client is registered for at the issuer: all of them. At least one. */
  readonly scopes: OAuth2Scope[];

  /** Why such agents need these scopes. It stands in the access report. */
  readonly reason: string;
}

/** The provider of a machine client. */
export interface MachineClientProviderOptions {
  /**
   * Name of the provider: 1 to 128 letters, digits, hyphens and underscores, unique in the account and region.
   *
   * @default - derived from the stack's name and the construct's path, at most 50 characters
   */
  readonly providerName?: string;
}
