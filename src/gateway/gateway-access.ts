import { aws_kms as kms } from 'aws-cdk-lib';
import { GatewayInboundKind } from './gateway-inbound';
import { secretsOfGateway } from './gateway-rights';
import type { RateLimitOptions } from './rate-limit';
import { providerSuspension } from './suspended-provider';
import { TargetCredentials, TargetCredentialsKind } from './target-credentials';
import type { ToolGateway } from './tool-gateway';
import { ToolTarget } from './tool-target';
import { readable } from '../declaration/readable';
import { TargetRight } from '../permission/gateway-statements';
import { NamedResource, Statement } from '../permission/statement';
import type { EnvironmentAccess, StatementAccess, WildcardAccess } from '../review/access-model';

const AT_DEPLOYMENT = '(known at deployment)';

/** A gateway in the access model: plain data, sorted, without secrets, and the same for the same input. */
export interface GatewayAccess {
  /** Construct path. */
  readonly path: string;
  readonly environment: EnvironmentAccess;
  readonly name: string;
  readonly owner: { readonly name: string; readonly contact: string };
  readonly protocol: string;
  readonly inbound: InboundAccess;
  /** `ENFORCE`, or `LOG_ONLY` with its reason, which a report prints in capitals. */
  readonly enforcement: { readonly mode: string; readonly logOnlyReason?: string };
  /** Why callers see what targets answered in errors. */
  readonly errorDetailsReason?: string;
  readonly encryptionKey?: string;
  readonly targets: readonly TargetAccess[];
  readonly rateLimits: readonly RateLimitAccess[];
  readonly role: string;
  readonly statements: readonly StatementAccess[];
  readonly remainingWildcards: readonly WildcardAccess[];
  /** What somebody else has to do, because this app cannot. */
  readonly leftToOthers: readonly string[];
}

/** Who gets in. Empty lists: not limited. */
export interface InboundAccess {
  readonly kind: string;
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly clients: readonly string[];
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly weakerReason?: string;
}

export interface TargetAccess {
  readonly name: string;
  readonly kind: string;
  /** With whose authority it is called. */
  readonly asWhom: string;
  readonly credentials: string;
  /** Construct path of the provider. */
  readonly provider?: string;
  readonly scopes: readonly string[];
  /** Why the provider is cut off, and with it the target's calls. */
  readonly suspendedReason?: string;
  readonly noCredentialsReason?: string;
  readonly alsoWithoutUserReason?: string;
  readonly tools: readonly ToolRuleAccess[];
}

export interface ToolRuleAccess {
  /** Name of the tool or operation; `*` for all. */
  readonly tool: string;
  readonly effect: 'permit' | 'forbid';
  readonly who: string;
  readonly reason?: string;
  readonly allToolsReason?: string;
}

/** How often callers are served. AWS lets calls through where it cannot count. */
export interface RateLimitAccess {
  readonly dimensions: readonly string[];
  readonly rules: readonly { readonly values: readonly string[]; readonly limit: string }[];
}

/** A gateway's entry in the access model. */
export function gatewayAccess(gateway: ToolGateway, statements: readonly Statement[], rights: readonly TargetRight[]): GatewayAccess {
  const { inbound, enforcement, owner, _props: props } = gateway;
  return {
    path: gateway.node.path,
    environment: { account: readable(gateway.env.account, AT_DEPLOYMENT), region: readable(gateway.env.region, AT_DEPLOYMENT) },
    name: readable(gateway.gatewayName, AT_DEPLOYMENT),
    owner: { name: readable(owner.name, AT_DEPLOYMENT), contact: readable(owner.contact, AT_DEPLOYMENT) },
    protocol: gateway.protocol,
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
    targets: gateway.targets.map(targetAccess).sort((a, b) => (a.name < b.name ? -1 : 1)),
    rateLimits: gateway._rateLimits.map(rateLimitAccess),
    role: gateway.role.node.path,
    statements: statements.map(statementAccess),
    remainingWildcards: wildcards(gateway, rights),
    leftToOthers: leftToOthers(gateway),
  };
}

function targetAccess({ targetName, kind, credentials, _tools }: ToolTarget): TargetAccess {
  return {
    name: targetName,
    kind,
    asWhom: asWhom(credentials),
    credentials: credentials.grantType !== undefined ? `${credentials.kind} ${credentials.grantType}` : credentials.kind,
    ...optional('provider', (credentials.provider ?? credentials.apiKeyProvider)?.node.path),
    scopes: known(credentials.scopes.map(({ value }) => value)),
    ...optional('suspendedReason', providerSuspension(credentials)),
    ...optional('noCredentialsReason', credentials.noneReason),
    ...optional('alsoWithoutUserReason', credentials._oauth2?.alsoWithoutUserReason),
    tools: _tools.flatMap((tool) => tool._rules.map(({ effect, access, unless, reason }): ToolRuleAccess => ({
      tool: tool.name,
      effect,
      who: `${unless ? 'all but: ' : ''}${access.description}`,
      ...optional('reason', reason ?? access.everyCallerReason),
      ...optional('allToolsReason', tool.allToolsReason),
    }))),
  };
}

function rateLimitAccess({ dimensions, rules }: RateLimitOptions): RateLimitAccess {
  return {
    dimensions: dimensions.map(({ key }) => key),
    rules: rules.map(({ values = [], ...limits }) => ({
      values: dimensions.map((_dimension, index) => (values[index] === undefined ? '*' : readable(values[index], AT_DEPLOYMENT))),
      limit: Object.entries(limits).filter(([, rate]) => rate !== undefined).map(([name, rate]) => `${name} ${rate}`).join(', '),
    })),
  };
}

function asWhom(credentials: TargetCredentials): string {
  switch (credentials.kind) {
    case TargetCredentialsKind.GATEWAY_ROLE: return 'the gateway\'s role';
    case TargetCredentialsKind.CALLER_IAM: return 'the caller\'s IAM principal';
    case TargetCredentialsKind.API_KEY: return 'whoever holds the key';
    case TargetCredentialsKind.JWT_PASSTHROUGH: return 'the caller, with the caller\'s own token';
    case TargetCredentialsKind.NONE: return 'nobody';
    case TargetCredentialsKind.OAUTH2: return credentials.grantType === 'CLIENT_CREDENTIALS' ? 'the gateway itself' : 'the signed-in user';
  }
}

function statementAccess(statement: Statement): StatementAccess {
  const labels = (resources: readonly NamedResource[]) => resources.map(({ label }) => label);
  return {
    sid: statement.sid,
    effect: statement.effect,
    actions: statement.actions,
    ...(statement.resources !== undefined ? { resources: labels(statement.resources) } : {}),
    ...(statement.notResources !== undefined ? { notResources: labels(statement.notResources) } : {}),
    conditions: statement.conditions.map(({ operator, key, values }) => ({ operator, key, values: known(values) })),
  };
}

function wildcards(gateway: ToolGateway, rights: readonly TargetRight[]): WildcardAccess[] {
  const found = new Map<string, WildcardAccess>();
  [...secretsOfGateway(gateway).flatMap(({ wildcards: remaining }) => remaining), ...rights.flatMap((right) => right.wildcards)]
    .forEach((wildcard) => found.set(wildcard.resource, wildcard));
  const pattern = `gateway/${readable(gateway.gatewayName, AT_DEPLOYMENT).toLowerCase()}-??????????`;
  found.set(pattern, { resource: pattern, reason: 'The role is made before the gateway, whose id ends in ten characters that only AWS knows.' });
  return [...found.values()].sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function leftToOthers(gateway: ToolGateway): string[] {
  const urls = [...new Set(known(gateway.targets.flatMap(({ credentials }) => credentials._oauth2?.defaultReturnUrl ?? [])))].sort();
  return [
    ...(gateway.inbound.kind === GatewayInboundKind.IAM ? ['Callers need bedrock-agentcore:InvokeGateway on the gateway.'] : []),
    ...keyOwners(gateway),
    ...urls.map((url) => `Somebody registers the return URL ${url} on the gateway's workload identity (UpdateWorkloadIdentity), which CloudFormation cannot.`),
    ...(urls.length > 0 ? ['The return page completes sessions under the gateway\'s workload identity, with a role of its own.'] : []),
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
