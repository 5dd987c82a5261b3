import { aws_kms as kms } from 'aws-cdk-lib';
import { ApiKeyAuthority } from './api-key-authority';
import { ToolCallAuthority } from './tool-call-authority';
import { TrustedUserIds } from './trusted-user-ids';
import { BroadLimitOptions, Users } from './users';
import { OAuth2Scope } from '../provider/oauth2-scope';

/** What every capability says. */
export interface CapabilityOptions {
  /** Why the agent needs this: a sentence of 10 to 500 characters for the person who reviews the access. */
  readonly reason: string;

  /**
   * How the agent's own code holds the limits that neither AWS nor the authorization server can hold: a sentence of 10 to 500
   * characters that names the place. It stands in the access report beside each such limit.
   *
   * @default - a limit that no layer holds is an error
   */
  readonly enforcedByApplication?: string;
}

/** What a capability with an OAuth2 provider says. */
export interface OAuth2CapabilityOptions extends CapabilityOptions {
  /**
   * The scopes that the agent asks for: at least one, of the provider's vendor.
   *
   * IAM cannot check scopes. The authorization server does: register the client for these and no others.
   *
   * @default - none, which only a vendor without scopes takes (Notion)
   */
  readonly scopes?: OAuth2Scope[];
}

/** How an agent may act as its signed-in user. */
export interface ActAsUserOptions extends OAuth2CapabilityOptions {
  /** For which users: `Users.inGroup(...)`, `Users.withSubjects([...])` or, with a reason, `Users.anyOfTheIssuer({ reason })`. */
  readonly users: Users;
}

/** How an agent may act on behalf of its signed-in user. */
export interface ActOnBehalfOfUserOptions extends OAuth2CapabilityOptions {
  /** For which users: `Users.inGroup(...)`, `Users.withSubjects([...])` or, with a reason, `Users.anyOfTheIssuer({ reason })`. */
  readonly users: Users;

  /**
   * The audiences that the agent asks for (`audiences` of `GetResourceOauth2Token`), each once. IAM cannot check them; the
   * authorization server does.
   *
   * @default - none: the authorization server knows it by the client or the scopes
   */
  readonly audiences?: string[];

  /**
   * The resources that the agent asks for (`resources` of `GetResourceOauth2Token`, RFC 8707): absolute URIs, each once. IAM cannot
   * check them; the authorization server does.
   *
   * @default - none: the authorization server knows it by the client or the scopes
   */
  readonly resources?: string[];
}

/** How an agent may act as a user whom it names itself. */
export interface ActAsTrustedUserIdOptions extends OAuth2CapabilityOptions {
  /** Which user ids: `TrustedUserIds.withPrefix('cognito+')` or `TrustedUserIds.of([...])`. */
  readonly userIds: TrustedUserIds;
}

/** How an agent may act as itself. */
export interface ActAsItselfOptions extends OAuth2CapabilityOptions {}

/** How an agent may use an API key. */
export interface UseApiKeyOptions extends CapabilityOptions {
  /**
   * With which workload access token the key is fetched.
   *
   * @default ApiKeyAuthority.AGENT_ITSELF
   */
  readonly authority?: ApiKeyAuthority;
}

/** Which tools of a gateway an agent may call. */
export interface CallToolsOptions extends CapabilityOptions {
  /** With whose authority: `ToolCallAuthority.agentRole()`, `.machineClient(provider, { scopes })` or `.userToken({ users })`. */
  readonly authority: ToolCallAuthority;

  /**
   * The tools, as callers name them: target, three underscores and tool (`Calendar___list_events`, or for a target that speaks
   * HTTP `Planner___POST:/invocations`). `gateway.addTarget(...).tool(...).qualifiedName` says it. Either this or `allTools` is needed.
   *
   * @default - `allTools`
   */
  readonly tools?: string[];

  /**
   * ALL tools of the gateway, also those that it gets later. The longer word, with a reason.
   *
   * @default - `tools`
   */
  readonly allTools?: BroadLimitOptions;
}

/** How the agent's own code may read a secret. */
export interface ReadSecretInCodeOptions {
  /** Why the code must read the value itself: a sentence of 10 to 500 characters for the person who reviews the access. */
  readonly reason: string;

  /**
   * The customer-managed KMS key that protects the secret.
   *
   * @default - the key that the secret knows (`secret.encryptionKey`); else the AWS managed key, which needs no grant. An L1
   * does not tell its key, so name it
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * Names of the parts of the agent whose code reads it, each once. A shared return page cannot: it acts for other agents, too.
   *
   * @default - the part that was given as `host`; an agent that is made of parts has to name them
   */
  readonly parts?: string[];
}
