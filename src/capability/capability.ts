import { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { ApiKeyAuthority } from './api-key-authority';
import { CapabilityContent } from './capability-content';
import { CapabilityKind } from './capability-kind';
import {
  ActAsItselfOptions, ActAsTrustedUserIdOptions, ActAsUserOptions, ActOnBehalfOfUserOptions, CallToolsOptions, CapabilityOptions, ReadSecretInCodeOptions,
  UseApiKeyOptions,
} from './capability-options';
import {
  expectApiKey, expectClientCredentials, expectExchange, expectOAuth2, expectProvider, expectReasons, expectTargets, expectUserIds, expectUsers,
} from './capability-prop-rules';
import { expectReadableSecret } from './secret-in-code-rules';
import { ToolCallAuthority } from './tool-call-authority';
import { expectToolCalls } from './tool-call-rules';
import { TrustedUserIds } from './trusted-user-ids';
import { Users } from './users';
import { Problems } from '../declaration/problems';
import { SuspensionOptions, suspensionReason } from '../declaration/suspension';
import type { IToolGateway } from '../gateway/imported-gateway';
import type { IApiKeyProvider } from '../provider/api-key-provider';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { knownKey } from '../provider/provider-secret';

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
    expectUserIds(problems, options);
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
   * @throws [Capability/NoClientCredentials] when the vendor has no such grant: GitHub, Google and Slack
   * @throws [Capability/...] for each of the options that is missing or contradicts another
   */
  public static actAsItself(provider: IOAuth2Provider, options: ActAsItselfOptions): Capability {
    const problems = new Problems();
    expectOAuth2(problems, provider, options, []);
    expectClientCredentials(problems, provider, 'Use Capability.actAsUser(provider, { scopes, users, reason }): a user consents, and the agent acts for that user.');
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
    expectApiKey(problems, provider, options);
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
      expectClientCredentials(problems, authority.provider, 'Use the client of another authorization server, or ToolCallAuthority.userToken({ users }).');
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

  /**
   * The agent's own code reads a secret of Secrets Manager, for something that AgentCore hands out no credentials for: the password of a
   * database, the key of a webhook. The longer word: what the code holds, it can also give away, and none of the other limits here is left.
   * Where a provider can be declared for it, prefer `useApiKey`.
   *
   * On the role of the agent's host, or of the named parts: `secretsmanager:GetSecretValue` on exactly this secret, also without an AWS
   * service in between; and `kms:Decrypt` on its customer-managed key, through Secrets Manager. Left out: every other secret,
   * writing and listing. An import by name is granted with six `?`, which the access report lists.
   *
   * The secret behind a provider or a machine client is refused: its limits hold because the code cannot read it.
   *
   * @throws [Capability/Secret] when it is not a secret, or one that AgentCore keeps
   * @throws [Capability/SecretOfProvider] at synthesis, when it is the secret of a provider or a machine client; likewise `SecretInTemplate`,
   * `SecretParts` and `SecretOfOtherAccount`
   * @throws [Capability/...] for each of the options that is missing or not valid
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
   */
  public static readSecretInCode(secret: secretsmanager.ISecretRef, options: ReadSecretInCodeOptions): Capability {
    const problems = new Problems();
    expectReadableSecret(problems, secret, options);
    problems.raise();
    const { encryptionKey, parts } = options;
    return new Capability(CapabilityKind.READ_SECRET_IN_CODE, { reason: options.reason }, { secret, secretKey: encryptionKey ?? knownKey(secret), readingParts: parts });
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

  /**
   * The secret that the agent's code reads, for `READ_SECRET_IN_CODE`.
   *
   * @default - another kind of capability
   */
  public readonly secret?: secretsmanager.ISecretRef;

  /** The customer-managed key of that secret, and the parts that read it, as far as they are said. @internal */
  public readonly _secretOptions: Pick<CapabilityContent, 'secretKey' | 'readingParts'>;

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
    this.secret = what.secret;
    this._secretOptions = { secretKey: what.secretKey, readingParts: what.readingParts };
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
