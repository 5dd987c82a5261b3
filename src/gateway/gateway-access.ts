import { aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { AgentToolRule } from './agent-tool-rules';
import { derivedRuleAccess } from './derived-rule-access';
import { forwardedFields } from './forwarded-fields';
import { secretReaderOf, secretsBehindTargets } from './gateway-secret-reader';
import { GatewayRights, gatewayWildcards, rolesWithWebIdentity } from './gateway-wildcards';
import { OAuthGrantType } from './oauth-grant-type';
import { RateLimitAccess, rateLimitAccess } from './rate-limit-access';
import { consentNotices, returnPagesAccess } from './return-page-access';
import { promptNotices, shutsOutAll } from './suspension-policy';
import { targetAsWhom } from './target-as-whom';
import type { TargetCredentials } from './target-credentials';
import { suspensionOfTarget } from './target-suspension';
import type { ToolGateway } from './tool-gateway';
import { toolPolicies } from './tool-policies';
import { ToolTarget } from './tool-target';
import { ungrantedCallers } from './ungranted-callers';
import { ConsentPortalAccess, portalAccess } from '../consent/portal-access';
import { readable } from '../declaration/readable';
import { Statement } from '../permission/statement';
import { missingForRefreshToken } from '../provider/refresh-tokens';
import { secretNotices } from '../provider/secret-reader';
import { webIdentityNotices } from '../provider/web-identity-access';
import type { EnvironmentAccess, OwnerAccess, PartAccess, StatementAccess, WildcardAccess } from '../review/access-model';
import { shownReturnUrl } from '../review/return-url';
import { statementAccess } from '../review/statement-access';

const AT_DEPLOYMENT = '(known at deployment)';

/** A gateway in the access model: plain data, sorted, without secrets, and the same for the same input. */
export interface GatewayAccess {
  /** Construct path. */
  readonly path: string;
  /** Where it is. */
  readonly environment: EnvironmentAccess;
  /** Name in AgentCore. */
  readonly name: string;
  /** Who answers for it. */
  readonly owner: OwnerAccess;
  /** What it speaks with its callers. */
  readonly protocol: string;
  /** Why the gateway is cut off. */
  readonly suspendedReason?: string;
  /** Who gets in. */
  readonly inbound: InboundAccess;
  /** Whom its resource policy lets through. Everybody else is denied. Empty: everybody is. */
  readonly onlyCallers?: readonly string[];
  /** Whether the rules for tools are enforced. */
  readonly enforcement: EnforcementAccess;
  /** Why callers see what targets answered in errors. */
  readonly errorDetailsReason?: string;
  /** Construct path of the key that it is encrypted with. */
  readonly encryptionKey?: string;
  /** Functions through which calls pass. */
  readonly interceptors?: readonly string[];
  /** What it stands in front of. */
  readonly targets: readonly TargetAccess[];
  /** How often callers are served. */
  readonly rateLimits: readonly RateLimitAccess[];
  /** Rules by which calls are routed to targets. They refuse nobody: NOT an access control. */
  readonly routingRules?: readonly RoutingRuleAccess[];
  /** Construct path of its role. */
  readonly role: string;
  /** The statements of the role's policy. */
  readonly statements: readonly StatementAccess[];
  /** Every resource that could not be named exactly. */
  readonly remainingWildcards: readonly WildcardAccess[];
  /** The page on which users consent to what its targets do. */
  readonly consentPortal?: ConsentPortalAccess;
  /** Pages of the app's own that complete the sessions of users who consented to what its targets do. */
  readonly returnPages?: readonly PartAccess[];
  /** What somebody else has to do, because this app cannot. */
  readonly leftToOthers: readonly string[];
}

/** Whether the rules for tools are enforced. */
export interface EnforcementAccess {
  /** `ENFORCE`, or `LOG_ONLY`, with which NOTHING IS ENFORCED. */
  readonly mode: string;
  /** Why nothing is enforced. */
  readonly logOnlyReason?: string;
}

/** Who gets in. Empty lists: not limited. */
export interface InboundAccess {
  /** AgentCore's name for the kind of authorizer. */
  readonly kind: string;
  /** Issuers of tokens (`iss`). */
  readonly issuers: readonly string[];
  /** Audiences, any of which is enough (`aud`). */
  readonly audiences: readonly string[];
  /** Clients, any of which is enough (`client_id`). */
  readonly clients: readonly string[];
  /** Scopes, any of which is enough (`scope`). */
  readonly scopes: readonly string[];
  /** Claims, all of which have to hold. */
  readonly claims: readonly string[];
  /** Why the way in is weaker than it could be. */
  readonly weakerReason?: string;
}

/** What a gateway stands in front of. */
export interface TargetAccess {
  /** Name within the gateway. */
  readonly name: string;
  /** Kind of target. */
  readonly kind: string;
  /**
   * What it calls: a function, an endpoint of a runtime or a stage of a REST API by its construct path, or by its ARN or id where it is not
   * made here; an address; a schema by where it lies, or by its hash and the servers that it names. What only deployment knows is named in words.
   */
  readonly backend?: string;
  /** With whose authority it is called. */
  readonly asWhom: string;
  /** AgentCore's names for the kind of credentials and the grant type. */
  readonly credentials: string;
  /** Construct path of the provider. */
  readonly provider?: string;
  /** Scopes that the gateway asks for. */
  readonly scopes: readonly string[];
  /** What is handed on between callers and the target beside the body, such as `request header X-Tenant`. */
  readonly forwards?: readonly string[];
  /** Why users who consent are asked again whenever a token ends. */
  readonly refreshTokens?: string;
  /** Why the target is cut off: by itself, with its gateway, or with its provider. */
  readonly suspendedReason?: string;
  /** Why it is called without credentials. */
  readonly noCredentialsReason?: string;
  /** Why the gateway's role may also get tokens without a user. */
  readonly alsoWithoutUserReason?: string;
  /** Where the certificates of the private authorities lie that the target is recognized by. The gateway's role may read them. */
  readonly privateCaCertificates?: readonly string[];
  /** Who may call which of its tools. A tool that no rule permits, nobody may call. Prompts and resources of MCP servers are no tools. */
  readonly tools: readonly ToolRuleAccess[];
}

/** A rule for a tool. */
export interface ToolRuleAccess {
  /** Name of the tool or operation; `*` for all. */
  readonly tool: string;
  /** Whether it permits or forbids. */
  readonly effect: 'permit' | 'forbid';
  /** Who is meant, in words. */
  readonly who: string;
  /** Why. */
  readonly reason?: string;
  /** Why one rule is for all tools. */
  readonly allToolsReason?: string;
  /** The Cedar policies that it comes to, each as its source. */
  readonly cedar: readonly string[];
}

/** A gateway rule: which target serves a call, or with which configuration. */
export interface RoutingRuleAccess {
  /** Construct path. */
  readonly path: string;
  /** The lowest is asked first. */
  readonly priority: string;
  /** Which calls are meant: all of these have to hold. Empty: all calls. */
  readonly calls: readonly string[];
  /** What becomes of them. */
  readonly actions: readonly string[];
}

/** A gateway's entry in the access model. */
export function gatewayAccess(
  gateway: ToolGateway, statements: readonly Statement[], rights: GatewayRights, agentRules: readonly AgentToolRule[],
): GatewayAccess {
  const { inbound, enforcement, owner, _props: props } = gateway;
  return {
    path: gateway.node.path,
    environment: { account: readable(gateway.env.account, AT_DEPLOYMENT), region: readable(gateway.env.region, AT_DEPLOYMENT) },
    name: readable(gateway.gatewayName, AT_DEPLOYMENT),
    owner: { name: readable(owner.name, AT_DEPLOYMENT), contact: readable(owner.contact, AT_DEPLOYMENT) },
    protocol: gateway.protocol,
    ...optional('suspendedReason', gateway.suspendedReason),
    ...onlyCallers(gateway),
    inbound: {
      kind: inbound.kind,
      issuers: known(inbound.issuers),
      audiences: known(inbound.audiences),
      clients: known(inbound.clients),
      scopes: known(inbound.scopes),
      claims: inbound.claims.map(({ name, matchOperator: operator, values }) => `${name} ${operator} ${known(values).join(', ')}`),
      ...optional('weakerReason', inbound.weakerReason),
    },
    enforcement: { mode: enforcement.mode, ...optional('logOnlyReason', enforcement.logOnlyReason) },
    ...optional('errorDetailsReason', props.errorDetailsForCallers?.reason),
    ...optional('encryptionKey', props.encryptionKey?.node.path),
    targets: gateway.targets.map((target) => targetAccess(gateway, target, agentRules)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(gateway._interceptors.length === 0 ? {} : { interceptors: gateway._interceptors.map(({ description }) => description).sort() }),
    rateLimits: gateway._rateLimits.map(rateLimitAccess),
    role: gateway.role.node.path,
    statements: statements.map(statementAccess),
    remainingWildcards: gatewayWildcards(gateway, rights),
    ...(gateway._portal === undefined ? {} : { consentPortal: portalAccess(gateway._portal) }),
    ...returnPagesAccess(gateway),
    leftToOthers: leftToOthers(gateway, rights),
  };
}

function onlyCallers(gateway: ToolGateway): Pick<GatewayAccess, 'onlyCallers'> {
  const accepted = shutsOutAll(gateway) ? [] : gateway._acceptedCallers;
  return accepted === undefined ? {} : { onlyCallers: accepted.map(({ description }) => description) };
}

function targetAccess(gateway: ToolGateway, target: ToolTarget, agentRules: readonly AgentToolRule[]): TargetAccess {
  const { targetName, kind, credentials, _tools } = target;
  return {
    name: targetName,
    kind,
    backend: target._target._form.backend(),
    asWhom: targetAsWhom(credentials),
    credentials: credentials.grantType !== undefined ? `${credentials.kind} ${credentials.grantType}` : credentials.kind,
    ...optional('provider', (credentials.provider ?? credentials.apiKeyProvider)?.node.path),
    scopes: known(credentials.scopes.map(({ value }) => value)),
    ...(target._forwards === undefined ? {} : { forwards: forwardedFields(target._forwards) }),
    ...optional('refreshTokens', refreshTokensOf(credentials)),
    ...optional('suspendedReason', suspensionOfTarget(gateway, target)),
    ...optional('noCredentialsReason', credentials.noneReason),
    ...optional('alsoWithoutUserReason', credentials._oauth2?.alsoWithoutUserReason),
    ...(target._privateCaCertificates.length === 0 ? {} : { privateCaCertificates: target._privateCaCertificates.map((each) => each._label(Stack.of(gateway))).sort() }),
    tools: [..._tools.flatMap((tool) => tool._rules.map(({ effect, access, unless, reason }, index): ToolRuleAccess => ({
      tool: tool.name,
      effect,
      who: `${unless ? 'all but: ' : ''}${access.description}`,
      ...optional('reason', reason ?? access.everyCallerReason),
      ...optional('allToolsReason', tool.allToolsReason),
      cedar: toolPolicies(targetName, tool, gateway.inbound.kind, gateway.gatewayArn)
        .filter(({ rule }) => rule === index)
        .map(({ statement }) => readable(statement, '(ARN of the gateway)')),
    }))), ...derivedRuleAccess(gateway, target, agentRules)],
  };
}

/** What is missing for a refresh token where users consent. */
function refreshTokensOf({ grantType, provider, scopes, _oauth2 }: TargetCredentials): string | undefined {
  const values = scopes.map(({ value }) => value);
  return grantType === OAuthGrantType.AUTHORIZATION_CODE ? missingForRefreshToken(provider?.profile, values, _oauth2?.customParameters) : undefined;
}

function leftToOthers(gateway: ToolGateway, { identity }: GatewayRights): string[] {
  const urls = [...new Set(gateway.targets.flatMap(({ credentials }) => credentials._oauth2?.defaultReturnUrl ?? []).map(shownReturnUrl))].sort();
  return [
    ...ungrantedCallers(gateway),
    ...keyOwners(gateway),
    ...webIdentityNotices(rolesWithWebIdentity(gateway, identity)),
    ...secretNotices(Stack.of(gateway), secretReaderOf(gateway), secretsBehindTargets(gateway)),
    ...new Set(gateway.targets.flatMap((target) => target._privateCaCertificates.flatMap((each) => each._leftToOthers(Stack.of(gateway), gateway.role.node.path)))),
    ...(gateway._portal === undefined ? [] : [`Somebody registers the output CallbackUrl of ${gateway._portal.node.path} at the authorization server, for the client of ${gateway._portal._props.signIn.node.path}.`]),
    ...urls.map((url) => `Somebody registers the return URL ${url} on the gateway's workload identity (UpdateWorkloadIdentity), which CloudFormation cannot.`),
    ...consentNotices(gateway),
    ...promptNotices(gateway),
  ];
}

/** The policy of a key that is not of this app cannot be read, nor changed. */
function keyOwners({ role, _props: { encryptionKey: key } }: ToolGateway): string[] {
  const unknown = key !== undefined && !kms.CfnKey.isCfnKey(key) && !kms.CfnKey.isCfnKey(key.node.defaultChild);
  return unknown ? [`The owner of key ${readable(key.keyRef.keyArn, key.node.path)} lets ${role.node.path} and the deployment use it through bedrock-agentcore.`] : [];
}

function known(values: readonly string[]): string[] {
  return values.map((value) => readable(value, AT_DEPLOYMENT));
}

function optional(name: string, value: string | undefined): Record<string, string> {
  return value !== undefined ? { [name]: value } : {};
}
