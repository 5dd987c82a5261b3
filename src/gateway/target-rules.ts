import { GatewayInbound, GatewayInboundKind } from './gateway-inbound';
import { OAuthGrantType } from './oauth-grant-type';
import { TargetCredentials, TargetCredentialsKind } from './target-credentials';
import { TargetForm } from './target-form';
import { TargetKind } from './target-kind';
import { Problems } from '../declaration/problems';

/** One way to call a target, as a column of AWS's table. */
type Way = 'none' | 'gatewayRole' | 'callerIam' | 'clientCredentials' | 'authorizationCode' | 'tokenExchange' | 'jwtPassthrough' | 'apiKey';

/**
 * Which ways AWS supports for which target. Where its table says nothing (grant types of HTTP passthrough other than client
 * credentials), the way is refused.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-http-passthrough.html
 */
const SUPPORTED: Record<TargetKind, readonly Way[]> = {
  [TargetKind.API_GATEWAY]: ['none', 'gatewayRole', 'apiKey'],
  [TargetKind.LAMBDA]: ['gatewayRole'],
  [TargetKind.MCP_SERVER]: ['none', 'gatewayRole', 'clientCredentials', 'authorizationCode', 'tokenExchange', 'apiKey'],
  [TargetKind.OPEN_API]: ['none', 'gatewayRole', 'clientCredentials', 'authorizationCode', 'tokenExchange', 'apiKey'],
  [TargetKind.SMITHY]: ['gatewayRole', 'clientCredentials'],
  [TargetKind.RUNTIME]: ['gatewayRole', 'callerIam', 'clientCredentials', 'jwtPassthrough'],
  [TargetKind.HTTP_PASSTHROUGH]: ['gatewayRole', 'callerIam', 'clientCredentials', 'jwtPassthrough', 'apiKey'],
};

/** How each way is written. */
const CALLS: Record<Way, string> = {
  none: 'TargetCredentials.none({ reason })',
  gatewayRole: 'TargetCredentials.gatewayRole()',
  callerIam: 'TargetCredentials.callerIam()',
  clientCredentials: 'TargetCredentials.oauth2(provider, { grantType: CLIENT_CREDENTIALS })',
  authorizationCode: 'TargetCredentials.oauth2(provider, { grantType: AUTHORIZATION_CODE })',
  tokenExchange: 'TargetCredentials.oauth2(provider, { grantType: TOKEN_EXCHANGE })',
  jwtPassthrough: 'TargetCredentials.jwtPassthrough()',
  apiKey: 'TargetCredentials.apiKey(provider, { location })',
};

/** Why a way that looks possible is not. */
const BECAUSE: Partial<Record<TargetKind, Partial<Record<Way, string>>>> = {
  [TargetKind.RUNTIME]: { tokenExchange: ': AgentCore takes it, and then sends a token without a user' },
};

/** Targets whose service AgentCore does not know, so that requests with the gateway's role must name it. */
const NAMES_SERVICE: readonly TargetKind[] = [TargetKind.MCP_SERVER, TargetKind.OPEN_API, TargetKind.HTTP_PASSTHROUGH];

/** What is wrong with these credentials for this target, on a gateway with this way in. */
export function targetProblems(problems: Problems, form: TargetForm, credentials: TargetCredentials, inbound: GatewayInbound): void {
  const way = wayOf(credentials);
  const supported = SUPPORTED[form.kind];
  const possible = problems.expect(supported.includes(way), {
    code: 'GatewayTarget/Credentials',
    what: `a target of kind ${form.kind} cannot be called with ${CALLS[way]}${BECAUSE[form.kind]?.[way] ?? ''}`,
    allowed: supported.map((each) => CALLS[each]).join(', '),
    fix: 'Use one of these.',
  });
  if (!possible) {
    return;
  }
  if (way === 'gatewayRole') {
    roleProblems(problems, form, credentials);
  }
  if (way === 'authorizationCode' || way === 'tokenExchange') {
    problems.expect(inbound.kind === GatewayInboundKind.JWT, {
      code: 'GatewayTarget/UserNeedsJwt',
      what: `grant type ${credentials.grantType} acts as a user, and callers of this gateway bring no token of one`,
      received: inbound.kind,
      fix: 'Let callers in by GatewayInbound.jwt(...), or act as the gateway itself: CLIENT_CREDENTIALS.',
    });
  }
  problems.expect(way !== 'callerIam' || inbound.kind === GatewayInboundKind.IAM || inbound.kind === GatewayInboundKind.AUTHENTICATE_ONLY, {
    code: 'GatewayTarget/CallerIam',
    what: 'callers of this gateway have no IAM credentials to hand on',
    received: inbound.kind,
    fix: 'Let callers in by GatewayInbound.iam(), or use other credentials.',
  });
  if (form.kind === TargetKind.MCP_SERVER && way === 'authorizationCode') {
    problems.expect(form.mcp?.staticTools === true, {
      code: 'GatewayTarget/ConsentNeedsTools',
      what: 'the tools of an MCP server with user consent are not written down, so the deployment would wait for an administrator\'s consent',
      fix: 'Give tools: ToolSchema.fromFile(path) or another of its forms.',
    });
    problems.expect(form.mcp?.dynamic !== true, {
      code: 'GatewayTarget/Listing', what: 'tools of a target with user consent cannot be listed dynamically', fix: 'Give tools, and leave out listing.',
    });
  }
}

/** The way of AWS's table that these credentials are. */
function wayOf(credentials: TargetCredentials): Way {
  switch (credentials.kind) {
    case TargetCredentialsKind.NONE: return 'none';
    case TargetCredentialsKind.GATEWAY_ROLE: return 'gatewayRole';
    case TargetCredentialsKind.CALLER_IAM: return 'callerIam';
    case TargetCredentialsKind.API_KEY: return 'apiKey';
    case TargetCredentialsKind.JWT_PASSTHROUGH: return 'jwtPassthrough';
    case TargetCredentialsKind.OAUTH2: return ({
      [OAuthGrantType.CLIENT_CREDENTIALS]: 'clientCredentials',
      [OAuthGrantType.AUTHORIZATION_CODE]: 'authorizationCode',
      [OAuthGrantType.TOKEN_EXCHANGE]: 'tokenExchange',
    } as const)[credentials.grantType!];
  }
}

function roleProblems(problems: Problems, form: TargetForm, { _role: { service, permissions } }: TargetCredentials): void {
  const named = NAMES_SERVICE.includes(form.kind);
  problems.expect(named === (service !== undefined), {
    code: 'GatewayTarget/Service',
    what: named ? `a target of kind ${form.kind} does not tell for which service requests are signed` : `a target of kind ${form.kind} has a service of its own`,
    received: service,
    fix: named ? 'Give it: TargetCredentials.gatewayRole({ service: \'execute-api\', permissions: [...] }).' : 'Leave service out.',
  });
  const needed = form.roleRights === undefined;
  problems.expect(needed === ((permissions ?? []).length > 0), {
    code: 'GatewayTarget/Permissions',
    what: needed ? 'the gateway\'s role has no permission at the service behind the target, so every call would fail' : `a target of kind ${form.kind} gets its permissions by itself`,
    received: permissions,
    fix: needed ? 'Give permissions: [RolePermission.to({ actions, resources })].' : 'Leave permissions out.',
  });
}
