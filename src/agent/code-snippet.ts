import type { Agent } from './agent';
import { ApiKeyAuthority } from '../capability/api-key-authority';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { oauth2Flow } from '../capability/oauth2-flow';
import { needsConsent, needsUserToken } from '../capability/user-token';
import { readable } from '../declaration/readable';
import { shownAddress } from '../declaration/shown-address';
import { CodeAccess } from '../review/access-model';

/*
 * The code that uses a capability, for the report. It is what the AgentCore SDKs take, with the names and values of the declaration.
 *
 * https://github.com/aws/bedrock-agentcore-sdk-typescript/blob/main/src/identity/README.md
 * https://github.com/aws/bedrock-agentcore-sdk-python/blob/main/src/bedrock_agentcore/identity/auth.py
 */

/** The code in both languages; nothing where the agent calls tools with its role, or with the token that it was called with. */
export function codeOf(agent: Agent, capability: Capability): CodeAccess | undefined {
  const { provider, apiKeyProvider } = capability;
  if (provider === undefined && apiKeyProvider === undefined) {
    return undefined;
  }
  const request = provider !== undefined ? tokenRequest(agent, capability) : { provider: nameInCode(apiKeyProvider!) };
  const minted = agent._identityOfRuntime !== undefined;
  return {
    typescript: typescript(request, minted ? 'context.workloadAccessToken' : undefined, mintOf(agent, capability)),
    python: minted ? pythonOnRuntime(request) : python(request, mintOf(agent, capability), known(agent._identity.scope.region)),
  };
}

/** What is asked for. No flow: an API key. */
interface Request {
  readonly provider: string;
  readonly flow?: string;
  readonly scopes?: readonly string[];
  readonly resources?: readonly string[];
  readonly audiences?: readonly string[];
  readonly returnUrl?: string;
  readonly customParameters?: Record<string, string>;
  readonly consent?: boolean;
}

/** How the token of the workload is minted. No operation: another capability's is used. */
interface Mint {
  readonly workload: string;
  readonly operation?: 'GetWorkloadAccessToken' | 'GetWorkloadAccessTokenForJWT' | 'GetWorkloadAccessTokenForUserId';
}

function tokenRequest(agent: Agent, capability: Capability): Request {
  const { provider, scopes, resources, audiences } = capability;
  const consent = needsConsent(capability);
  return {
    provider: nameInCode(provider!),
    flow: oauth2Flow(capability),
    scopes: scopes.map(known),
    resources: resources.length > 0 ? resources.map(known) : undefined,
    audiences: audiences.length > 0 ? audiences.map(known) : undefined,
    returnUrl: consent && agent.returnUrls.length > 0 ? shownAddress(known(agent.returnUrls[0])) : undefined,
    customParameters: consent ? provider!.profile?.refreshTokenParameters : undefined,
    consent,
  };
}

function mintOf(agent: Agent, capability: Capability): Mint {
  const workload = known(agent.identityName);
  if (capability.authority === ApiKeyAuthority.USER_SESSION) {
    return { workload };
  }
  if (needsUserToken(capability)) {
    return { workload, operation: 'GetWorkloadAccessTokenForJWT' };
  }
  return { workload, operation: capability.kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID ? 'GetWorkloadAccessTokenForUserId' : 'GetWorkloadAccessToken' };
}

function typescript(request: Request, token: string | undefined, { workload, operation }: Mint): string {
  const wrapper = request.flow === undefined ? 'withApiKey' : 'withAccessToken';
  const user = operation === 'GetWorkloadAccessTokenForJWT' ? ', userToken' : operation === 'GetWorkloadAccessTokenForUserId' ? ', userId' : '';
  const mints = token === undefined && operation !== undefined;
  return [
    ...(mints ? [`import { BedrockAgentCoreClient, ${operation}Command } from '@aws-sdk/client-bedrock-agentcore';`] : []),
    `import { ${wrapper} } from 'bedrock-agentcore/identity';`,
    '',
    ...(mints ? [`const { workloadAccessToken } = await new BedrockAgentCoreClient({}).send(new ${operation}Command({ workloadName: ${quoted(workload)}${user} }));`] : []),
    `const call = ${wrapper}({`,
    `  workloadIdentityToken: ${token ?? 'workloadAccessToken'}!,`,
    ...fields([
      ['providerName', request.provider], ['scopes', request.scopes], ['authFlow', request.flow], ['resources', request.resources], ['audiences', request.audiences],
      ['callbackUrl', request.returnUrl], ['customParameters', request.customParameters],
    ], ': '),
    ...(request.consent === true ? ['  onAuthUrl: (url: string) => showToUser(url),'] : []),
    `})(async (${request.flow === undefined ? 'apiKey' : 'accessToken'}: string) => callTheService(${request.flow === undefined ? 'apiKey' : 'accessToken'}));`,
  ].join('\n');
}

function pythonFields(request: Request): string[] {
  return [
    ...fields([
      ['provider_name', request.provider], ['scopes', request.scopes], ['auth_flow', request.flow], ['resources', request.resources], ['audiences', request.audiences],
      ['callback_url', request.returnUrl], ['custom_parameters', request.customParameters],
    ], '='),
    ...(request.consent === true ? ['  on_auth_url=show_to_user,'] : []),
  ].map((line) => `  ${line}`);
}

function pythonOnRuntime(request: Request): string {
  const [decorator, argument] = request.flow === undefined ? ['requires_api_key', 'api_key'] : ['requires_access_token', 'access_token'];
  return [
    `from bedrock_agentcore.identity.auth import ${decorator}`,
    '',
    `@${decorator}(`,
    ...pythonFields(request),
    ')',
    `async def call(*, ${argument}: str):`,
    `    return await call_the_service(${argument})`,
  ].join('\n');
}

/** Outside of a runtime the decorators would make an identity of their own, so the client is used. */
function python(request: Request, { workload, operation }: Mint, region: string): string {
  const user = operation === 'GetWorkloadAccessTokenForJWT' ? ', user_token=user_token' : operation === 'GetWorkloadAccessTokenForUserId' ? ', user_id=user_id' : '';
  const [call, result] = request.flow === undefined ? ['get_api_key', 'api_key'] : ['get_token', 'access_token'];
  return [
    'from bedrock_agentcore.services.identity import IdentityClient',
    '',
    `identity = IdentityClient(${quoted(region)})`,
    ...(operation === undefined ? [] : [`workload_access_token = identity.get_workload_access_token(${quoted(workload)}${user})["workloadAccessToken"]`]),
    `${result} = await identity.${call}(`,
    '    agent_identity_token=workload_access_token,',
    ...pythonFields(request),
    ')',
  ].join('\n');
}

/** JSON is a literal in both languages. */
function fields(values: readonly (readonly [string, unknown])[], assignment: string): string[] {
  return values.filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name}${assignment}${JSON.stringify(value)},`);
}

/** Of providers that are made at run time, the code knows what their names begin with. */
function nameInCode({ providerName, namePrefix }: { readonly providerName: string; readonly namePrefix?: string }): string {
  return namePrefix !== undefined ? `${known(namePrefix)}(name at run time)` : known(providerName);
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

function known(value: string): string {
  return readable(value, '(known at deployment)');
}
