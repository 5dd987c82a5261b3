import { Token } from 'aws-cdk-lib';
import { ApiKeyAuthority } from './api-key-authority';
import { CapabilityKind } from './capability-kind';
import { ToolCallAuthority } from './tool-call-authority';
import { expectToolCalls } from './tool-call-rules';
import { TrustedUserIds } from './trusted-user-ids';
import { BroadLimitOptions, Users } from './users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import type { IToolGateway } from '../gateway/imported-gateway';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { ProviderSecret } from '../provider/provider-secret';

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

/**
 * One allowed way to act: whose authority, through which provider, with which limits, and why. Given to an agent with
 * `agent.may(...)`, which is the only way to a grant.
 */
export class Capability {
  /**
   * The agent acts as the signed-in user, whose JWT it received (authorization code flow; the user consents once).
   *
   * On the agent's role: `GetWorkloadAccessTokenForJWT` on its own identity, for tokens of the agent's callers only
   * (`bedrock-agentcore:InboundJwtClaim/...`); `GetResourceOauth2Token` on this provider; the read of its client secret,
   * through AgentCore only. Left out: user ids without a token, the completion of sessions, every other provider.
   *
   * The agent needs `callers` and `returnUrls`.
   *
   * @throws [Capability/...] for each of the options that is missing or contradicts another
   */
  public static actAsUser(provider: IOAuth2Provider, options: ActAsUserOptions): Capability {
    const problems = new Problems();
    expectOAuth2(problems, provider, options, ['users']);
    expectUsers(problems, options, 'Capability.actAsUser');
    problems.raise();
    return new Capability(CapabilityKind.ACT_AS_USER, options, { provider, scopes: options.scopes, users: options.users });
  }

  /**
   * The agent acts on behalf of the signed-in user: AgentCore exchanges the JWT that the agent received for a token of another API,
   * without asking the user (RFC 8693 or RFC 7523). Whether the new token names the agent beside the user follows from the provider's
   * `onBehalfOf`: impersonation or delegation.
   *
   * On the agent's role: `GetWorkloadAccessTokenForJWT` on its own identity, for tokens of the agent's callers only
   * (`bedrock-agentcore:InboundJwtClaim/...`); `GetResourceOauth2Token` on this provider; the read of its client secret, or what its
   * secretless authentication and its actor token need, through AgentCore only. Left out: user ids without a token, sessions, every
   * other provider.
   *
   * The agent needs `callers`, whose tokens the authorization server accepts for exchange. It needs no `returnUrls` and no return page.
   * The user is not asked: scopes are held by the authorization server alone, so give the exchange a client of its own.
   *
   * @throws [Capability/OnBehalfOf] when the provider does not exchange tokens, as far as this app knows
   * @throws [Capability/...] for each of the options that is missing or contradicts another
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/on-behalf-of-token-exchange.html
   */
  public static actOnBehalfOfUser(provider: IOAuth2Provider, options: ActOnBehalfOfUserOptions): Capability {
    const problems = new Problems();
    const known = expectOAuth2(problems, provider, options, ['users', 'audiences', 'resources']);
    expectUsers(problems, options, 'Capability.actOnBehalfOfUser');
    if (known) {
      expectExchange(problems, provider);
    }
    expectTargets(problems, 'audiences', options?.audiences, /^(?!.*\$\{)\S+$/, 'values without blanks, each once');
    expectTargets(problems, 'resources', options?.resources, /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/, 'absolute URIs without fragment, each once');
    problems.raise();
    const { scopes, users, audiences, resources } = options;
    return new Capability(CapabilityKind.ACT_ON_BEHALF_OF_USER, options, { provider, scopes, users, audiences, resources });
  }

  /**
   * The agent acts as a user whom it names itself: AgentCore does not verify the id. For hosts that know the user by other
   * means than a JWT. The longer word: prefer `actAsUser`.
   *
   * On the agent's role: `GetWorkloadAccessTokenForUserId` on its own identity, for these ids only
   * (`bedrock-agentcore:userid`); `GetResourceOauth2Token` on this provider; the read of its client secret, through AgentCore
   * only. Agents without this capability are denied the action explicitly.
   *
   * @throws [Capability/...] for each of the options that is missing or contradicts another
   */
  public static actAsTrustedUserId(provider: IOAuth2Provider, options: ActAsTrustedUserIdOptions): Capability {
    const problems = new Problems();
    expectOAuth2(problems, provider, options, ['userIds']);
    problems.expect(options?.userIds instanceof TrustedUserIds, {
      code: 'Capability/UserIds',
      what: 'userIds of Capability.actAsTrustedUserId must be given',
      received: options?.userIds,
      fix: 'Write userIds: TrustedUserIds.withPrefix(\'cognito+\') or TrustedUserIds.of([...]).',
    });
    problems.raise();
    return new Capability(CapabilityKind.ACT_AS_TRUSTED_USER_ID, options, { provider, scopes: options.scopes, userIds: options.userIds });
  }

  /**
   * The agent acts as itself, without any user (client credentials flow, machine to machine).
   *
   * On the agent's role: `GetWorkloadAccessToken` on its own identity; `GetResourceOauth2Token` on this provider; the read of
   * its client secret, through AgentCore only.
   *
   * IAM cannot tell the grant types of one provider apart. Give each its own client: a provider that one agent uses as
   * itself is refused to agents that only act as users.
   *
   * @throws [Capability/...] for each of the options that is missing or contradicts another
   */
  public static actAsItself(provider: IOAuth2Provider, options: ActAsItselfOptions): Capability {
    const problems = new Problems();
    expectOAuth2(problems, provider, options, []);
    problems.raise();
    return new Capability(CapabilityKind.ACT_AS_ITSELF, options, { provider, scopes: options.scopes });
  }

  /**
   * The agent uses an API key.
   *
   * On the agent's role: `GetResourceApiKey` on this provider; the read of the key's secret, through AgentCore only; and,
   * unless the key is only used in a user's session, `GetWorkloadAccessToken` on its own identity.
   *
   * An API key has no scopes and no user: whoever holds it may do everything the key may.
   *
   * @throws [Capability/...] for each of the options that is missing
   */
  public static useApiKey(provider: IApiKeyProvider, options: UseApiKeyOptions): Capability {
    const problems = new Problems();
    expectReasons(problems, options, ['authority'], 'Capability.useApiKey');
    problems.expect(typeof provider === 'object' && provider !== null && 'apiKeyCredentialProviderRef' in provider && 'apiKey' in provider && provider.apiKey instanceof ProviderSecret, {
      code: 'Capability/Provider',
      what: 'the provider of Capability.useApiKey is not an API-key provider of this library',
      // A text may be the key itself.
      ...(typeof provider === 'string' ? {} : { received: provider }),
      fix: 'Pass an ApiKeyProvider; wrap another construct with ApiKeyProvider.fromProviderRef(scope, id, other, { apiKey }).',
    });
    problems.expect(options?.authority === undefined || Object.values(ApiKeyAuthority).includes(options.authority), {
      code: 'Capability/Authority',
      what: 'authority is not valid',
      received: options?.authority,
      allowed: 'ApiKeyAuthority.AGENT_ITSELF or ApiKeyAuthority.USER_SESSION',
      fix: 'Use one of them, or leave it out.',
    });
    problems.raise();
    return new Capability(CapabilityKind.USE_API_KEY, options, { apiKeyProvider: provider, authority: options.authority ?? ApiKeyAuthority.AGENT_ITSELF });
  }

  /**
   * The agent calls tools behind a gateway.
   *
   * With the agent's role: `bedrock-agentcore:InvokeGateway` on this gateway, on each part that uses tokens; and, for a gateway of
   * this app, one Cedar policy per tool that permits it to these roles, unless the gateway says itself who may call the tool. With a
   * machine client: what `actAsItself` gives with its provider; the gateway's own rules have to let the scopes in. With the user's
   * token: no right in IAM; gateway and agent have to accept the same tokens.
   *
   * Left out: other gateways, other tools, and whatever the gateway does behind them: its report says as whom it calls its targets.
   *
   * @throws [Capability/Gateway] when it is not a gateway of this library
   * @throws [Capability/Tools] when tools are missing, given twice, or not named with their target
   * @throws [Capability/ToolAuthority] when the gateway's way in cannot take the authority
   * @throws [Capability/...] for each of the options that is missing
   * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
   */
  public static callTools(gateway: IToolGateway, options: CallToolsOptions): Capability {
    const problems = new Problems();
    expectReasons(problems, options, ['authority', 'tools', 'allTools'], 'Capability.callTools');
    expectToolCalls(problems, gateway, options);
    const authority = options?.authority instanceof ToolCallAuthority ? options.authority : undefined;
    if (authority?._client !== undefined) {
      expectProvider(problems, authority.provider, authority._client.scopes);
    }
    problems.raise();
    const { tools, allTools } = options;
    return new Capability(CapabilityKind.CALL_TOOLS, options, {
      gateway,
      toolAuthority: authority,
      tools,
      allToolsReason: allTools?.reason,
      provider: authority!.provider,
      scopes: authority!._client?.scopes,
      users: authority!.users,
    });
  }

  /** Why the agent needs it. */
  public readonly reason: string;

  /**
   * Why it is suspended.
   *
   * @default - it is not
   */
  public readonly suspendedReason?: string;

  /**
   * How the agent's own code holds what no other layer can.
   *
   * @default - it need not
   */
  public readonly enforcedByApplication?: string;

  /**
   * The gateway, for `CALL_TOOLS`.
   *
   * @default - another kind of capability
   */
  public readonly gateway?: IToolGateway;

  /**
   * With whose authority the gateway is called, for `CALL_TOOLS`.
   *
   * @default - another kind of capability
   */
  public readonly toolAuthority?: ToolCallAuthority;

  /** Tools of the gateway, sorted. None for all of them, and for other kinds of capability. */
  public readonly tools: string[];

  /**
   * Why all tools of the gateway may be called, for `CALL_TOOLS`.
   *
   * @default - tools are named
   */
  public readonly allToolsReason?: string;

  /**
   * The OAuth2 provider.
   *
   * @default - the capability is about an API key, or tools that are called without one
   */
  public readonly provider?: IOAuth2Provider;

  /**
   * The API-key provider.
   *
   * @default - the capability is about an OAuth2 provider
   */
  public readonly apiKeyProvider?: IApiKeyProvider;

  /** Scopes, sorted. None for an API key. */
  public readonly scopes: string[];

  /** Audiences that the agent asks for when it exchanges the user's token, sorted. */
  public readonly audiences: string[];

  /** Resources that the agent asks for when it exchanges the user's token, sorted. */
  public readonly resources: string[];

  /**
   * The users, for `ACT_AS_USER` and `ACT_ON_BEHALF_OF_USER`.
   *
   * @default - another kind of capability
   */
  public readonly users?: Users;

  /**
   * The user ids, for `ACT_AS_TRUSTED_USER_ID`.
   *
   * @default - another kind of capability
   */
  public readonly userIds?: TrustedUserIds;

  /**
   * With which token the key is fetched, for `USE_API_KEY`.
   *
   * @default - another kind of capability
   */
  public readonly authority?: ApiKeyAuthority;

  private readonly options: CapabilityOptions;
  private readonly what: CapabilityContent;

  private constructor(
    /** Whose authority is used. */
    public readonly kind: CapabilityKind,
    options: CapabilityOptions,
    what: CapabilityContent,
    suspendedReason?: string,
  ) {
    this.options = options;
    this.what = what;
    this.suspendedReason = suspendedReason;
    this.reason = options.reason;
    this.enforcedByApplication = options.enforcedByApplication;
    this.gateway = what.gateway;
    this.toolAuthority = what.toolAuthority;
    this.tools = [...what.tools ?? []].sort();
    this.allToolsReason = what.allToolsReason;
    this.provider = what.provider;
    this.apiKeyProvider = what.apiKeyProvider;
    this.scopes = (what.scopes ?? []).map((scope) => scope.value).sort();
    this.audiences = [...what.audiences ?? []].sort();
    this.resources = [...what.resources ?? []].sort();
    this.users = what.users;
    this.userIds = what.userIds;
    this.authority = what.authority;
  }

  /**
   * The same capability, cut off: `agent.may(Capability.actAsUser(...).suspended({ reason }))`.
   *
   * The agent's role loses what only this capability needed and is denied the provider explicitly. The identity, the provider
   * and the users' consents stay. Shown in the access report.
   *
   * @throws [Suspension/Reason] when the reason is missing
   */
  public suspended(options: SuspensionOptions): Capability {
    return new Capability(this.kind, this.options, this.what, suspensionReason(options));
  }
}

/** What a capability is about, apart from its reasons. */
interface CapabilityContent {
  readonly gateway?: IToolGateway;
  readonly toolAuthority?: ToolCallAuthority;
  readonly tools?: readonly string[];
  readonly allToolsReason?: string;
  readonly provider?: IOAuth2Provider;
  readonly apiKeyProvider?: IApiKeyProvider;
  readonly scopes?: readonly OAuth2Scope[];
  readonly audiences?: readonly string[];
  readonly resources?: readonly string[];
  readonly users?: Users;
  readonly userIds?: TrustedUserIds;
  readonly authority?: ApiKeyAuthority;
}

function expectOAuth2(problems: Problems, provider: IOAuth2Provider, options: OAuth2CapabilityOptions, more: string[]): boolean {
  expectReasons(problems, options, ['scopes', ...more], 'an OAuth2 capability');
  return expectProvider(problems, provider, options?.scopes);
}

function expectProvider(problems: Problems, provider: IOAuth2Provider | undefined, scopes: OAuth2Scope[] | undefined): boolean {
  const known = typeof provider === 'object' && provider !== null && 'oAuth2CredentialProviderRef' in provider && 'clientSecret' in provider;
  problems.expect(known, {
    code: 'Capability/Provider',
    what: 'the provider is not an OAuth2 provider of this library',
    ...(typeof provider === 'string' ? {} : { received: provider }),
    fix: 'Pass a GoogleOAuth2Provider, CustomOAuth2Provider, ...; wrap another construct with OAuth2Provider.fromProviderRef(scope, id, other, { clientSecret }).',
  });
  expectScopes(problems, scopes, known ? provider : undefined);
  return known;
}

function expectUsers(problems: Problems, options: { readonly users: Users }, call: string): void {
  problems.expect(options?.users instanceof Users, {
    code: 'Capability/Users',
    what: `users of ${call} must be given`,
    received: options?.users,
    fix: 'Write users: Users.inGroup(\'…\'), Users.withSubjects([...]) or Users.anyOfTheIssuer({ reason: \'…\' }).',
  });
}

function expectExchange(problems: Problems, provider: IOAuth2Provider): void {
  const configured = 'OnBehalfOf.tokenExchange(ActorToken.none()) or OnBehalfOf.jwtAuthorizationGrant()';
  const fix = provider.profile === undefined
    ? `If its owner has configured the exchange, say so on the import: onBehalfOf: ${configured}.`
    : provider.vendor === 'CustomOauth2'
      ? `Write onBehalfOf: ${configured} on the CustomOAuth2Provider.`
      : `AgentCore exchanges tokens with MicrosoftOAuth2Provider and CustomOAuth2Provider only: define new CustomOAuth2Provider(…, { onBehalfOf: ${configured} }) for this authorization server.`;
  problems.expect(provider.onBehalfOf !== undefined, {
    code: 'Capability/OnBehalfOf', what: `provider ${provider.node.path} does not exchange users' tokens, as far as this app knows`, received: provider.vendor, fix,
  });
}

function expectTargets(problems: Problems, name: string, targets: string[] | undefined, pattern: RegExp, allowed: string): void {
  if (targets === undefined) {
    return;
  }
  const good = Array.isArray(targets) && targets.length > 0 && new Set(targets).size === targets.length
    && targets.every((value) => typeof value === 'string' && (Token.isUnresolved(value) || pattern.test(value)));
  problems.expect(good, {
    code: 'Capability/ExchangeTarget', what: `${name} are not valid`, received: targets, allowed, fix: 'Name the API as the authorization server knows it, or leave the field out.',
  });
}

function expectScopes(problems: Problems, scopes: OAuth2Scope[] | undefined, provider: IOAuth2Provider | undefined): void {
  if (provider?.profile?.hasScopes === false) {
    problems.expect(scopes === undefined || (Array.isArray(scopes) && scopes.length === 0), {
      code: 'Capability/Scopes', what: `${provider.vendor} has no scopes`, received: values(scopes), fix: 'Leave scopes out: what the token may do is set in the registration of the client.',
    });
    return;
  }
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every((scope) => scope instanceof OAuth2Scope)) {
    problems.add({
      code: 'Capability/Scopes',
      what: 'scopes must be given',
      received: values(scopes),
      allowed: 'at least one scope of the vendor\'s catalogue, such as GoogleScope.CALENDAR_READONLY, or CustomScope.of(\'…\')',
      fix: 'Name the scopes that the agent needs, and no others.',
    });
    return;
  }
  problems.expect(new Set(scopes.map(({ value }) => value)).size === scopes.length, {
    code: 'Capability/Scopes', what: 'a scope is given twice', received: values(scopes), fix: 'Give each scope once.',
  });
  const missing = (provider?.profile?.requiredScopes ?? []).filter((required) => !scopes.some(({ value }) => value === required));
  problems.expect(missing.length === 0, {
    code: 'Capability/RequiredScope', what: `${provider?.vendor} refuses requests without the scopes ${missing.join(' ')}`, received: values(scopes), fix: 'Add them.',
  });
  const foreign = scopes.filter(({ vendor }) => vendor !== undefined && provider?.vendor !== undefined && provider.vendor !== 'CustomOauth2' && provider.vendor !== vendor);
  if (foreign.length > 0) {
    problems.add({
      code: 'Capability/ScopeOfOtherVendor',
      what: `the scopes belong to ${foreign[0].vendor}, the provider to ${provider?.vendor}`,
      received: values(foreign),
      fix: `Use the scope catalogue of ${provider?.vendor}, or the provider of ${foreign[0].vendor}.`,
    });
  }
}

/** What was given, as far as it is scopes. */
function values(scopes: unknown): unknown {
  return Array.isArray(scopes) ? scopes.map((scope) => (scope instanceof OAuth2Scope ? scope.value : scope)) : scopes;
}

function expectReasons(problems: Problems, options: CapabilityOptions, more: string[], what: string): void {
  expectKnownFields(problems, options ?? {}, ['reason', 'enforcedByApplication', ...more], what, 'Capability/UnknownField');
  problems.expectText(options?.reason, {
    name: 'reason',
    code: 'Capability/Reason',
    minimum: 10,
    forPeople: true,
    maximum: 500,
    allowed: 'a sentence of 10 to 500 characters',
    fix: 'Say why the agent needs this; the sentence stands in the access report that a reviewer reads.',
  });
  if (options?.enforcedByApplication !== undefined) {
    problems.expectText(options.enforcedByApplication, {
      name: 'enforcedByApplication',
      code: 'Capability/EnforcedByApplication',
      minimum: 10,
      forPeople: true,
      maximum: 500,
      allowed: 'a sentence of 10 to 500 characters',
      fix: 'Say where and how the agent\'s code holds the limit.',
    });
  }
}
