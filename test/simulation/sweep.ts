import { checkRequest, type RequestContext } from './access-request';
import { judgeOf } from './decision';
import type { FakeAccount } from './fake-account';

/** Short names, as they appear in the result, with what they stand for. */
export type Named<T = string> = Record<string, T>;

/** Everything that a sweep combines. ARNs are given in full; the directory and the vault follow from them. */
export interface SweepDimensions {
  readonly identities?: Named;
  readonly oauth2Providers?: Named;
  readonly apiKeyProviders?: Named;
  readonly secrets?: Named;
  readonly keys?: Named;
  /** Values of `kms:ViaService` through which keys may be used; direct use is always asked for as well. */
  readonly keyServices?: Named;
  /** @default ['Decrypt'] */
  readonly keyActions?: string[];
  /** Claims of tokens that a caller could present: the right ones, and each nearly right one. */
  readonly jwtContexts?: Named<RequestContext>;
  readonly userIds?: Named;
}

/** A request that is put to each principal, and how it reads in the result. */
export interface RequestTemplate {
  readonly line: string;
  readonly action: string;
  /** Put the resource that tells requests apart first: the first denial ends a decision. */
  readonly resources: string[];
  readonly context?: RequestContext;
}

/** Puts every request to every principal, and returns those that are allowed, one line each, sorted. */
export async function sweep(account: FakeAccount, principals: Named, templates: RequestTemplate[]): Promise<string[]> {
  const judge = judgeOf(account);
  const requests = await Promise.all(templates.map(async template => ({ line: template.line, checked: await checkRequest(template) })));
  const allowed: string[] = [];
  for (const [name, role] of Object.entries(principals)) {
    const principal = await judge.principal(role);
    for (const { line, checked } of requests) {
      if (checked.resources.every(resource => judge.decideOne(principal, checked, resource) === 'Allowed')) allowed.push(`${name} | ${line}`);
    }
  }
  return allowed.sort();
}

/** Every way to reach a token, a key, a secret or the things behind them. */
export function everyRequest(dimensions: SweepDimensions): RequestTemplate[] {
  return [...tokenRequests(dimensions), ...credentialRequests(dimensions), ...secretRequests(dimensions), ...administrationRequests(dimensions)];
}

function tokenRequests({ identities = {}, jwtContexts = {}, userIds = {} }: SweepDimensions): RequestTemplate[] {
  return Object.entries(identities).flatMap(([name, arn]) => {
    const mint = (operation: string, detail: string, context?: RequestContext) =>
      agentCore(operation, `identity=${name}${detail}`, [arn, directoryOf(arn)], context);
    return [
      mint('GetWorkloadAccessToken', ''),
      ...Object.entries(jwtContexts).map(([jwt, context]) => mint('GetWorkloadAccessTokenForJWT', ` jwt=${jwt}`, context)),
      ...Object.entries(userIds).map(([user, id]) => mint('GetWorkloadAccessTokenForUserId', ` user=${user}`, userContext(id))),
    ];
  });
}

function credentialRequests(dimensions: SweepDimensions): RequestTemplate[] {
  const { identities = {}, oauth2Providers = {}, apiKeyProviders = {}, jwtContexts = {}, userIds = {} } = dimensions;
  const sessions: [string, RequestContext][] = [
    ...Object.entries(jwtContexts).map(([jwt, context]): [string, RequestContext] => [`jwt=${jwt}`, context]),
    ...Object.entries(userIds).map(([user, id]): [string, RequestContext] => [`user=${user}`, userContext(id)]),
  ];
  return Object.entries(identities).flatMap(([identity, arn]) => {
    const vend = (operation: string, provider: string, providerArn: string, detail = '', context?: RequestContext) =>
      agentCore(operation, `identity=${identity} provider=${provider}${detail}`, [providerArn, arn, directoryOf(arn), vaultOf(providerArn)], context);
    return [
      ...Object.entries(oauth2Providers).flatMap(([provider, providerArn]) => [
        vend('GetResourceOauth2Token', provider, providerArn),
        ...sessions.map(([session, context]) => vend('CompleteResourceTokenAuth', provider, providerArn, ` ${session}`, context)),
      ]),
      ...Object.entries(apiKeyProviders).map(([provider, providerArn]) => vend('GetResourceApiKey', provider, providerArn)),
    ];
  });
}

function secretRequests({ secrets = {}, keys = {}, keyServices = {}, keyActions = ['Decrypt'] }: SweepDimensions): RequestTemplate[] {
  const ways: [string, RequestContext][] = [['directly', {}], ['through a service', { 'aws:ViaAWSService': 'true' }]];
  const routes: [string, RequestContext][] = [['directly', {}], ...Object.entries(keyServices).map(([name, service]): [string, RequestContext] =>
    [`via=${name}`, { 'aws:ViaAWSService': 'true', 'kms:ViaService': service }])];
  return [
    ...Object.entries(secrets).flatMap(([name, arn]) => ways.map(([way, context]) => (
      { line: `GetSecretValue | secret=${name} ${way}`, action: 'secretsmanager:GetSecretValue', resources: [arn], context }))),
    ...Object.entries(keys).flatMap(([name, arn]) => keyActions.flatMap(action => routes.map(([route, context]) => (
      { line: `${action} | key=${name} ${route}`, action: `kms:${action}`, resources: [arn], context })))),
  ];
}

/** The control plane's writes: whoever may change an identity, a provider or the vault need not ask for a token. */
function administrationRequests({ identities = {}, oauth2Providers = {}, apiKeyProviders = {} }: SweepDimensions): RequestTemplate[] {
  const writes = (kind: string, label: string, things: Named, parentOf: (arn: string) => string) => Object.entries(things)
    .flatMap(([name, arn]) => ['Create', 'Update', 'Delete'].map(verb => agentCore(`${verb}${kind}`, `${label}=${name}`, [arn, parentOf(arn)])));
  const vaults = new Set([...Object.values(oauth2Providers), ...Object.values(apiKeyProviders)].map(vaultOf));
  return [
    ...writes('WorkloadIdentity', 'identity', identities, directoryOf),
    ...writes('Oauth2CredentialProvider', 'provider', oauth2Providers, vaultOf),
    ...writes('ApiKeyCredentialProvider', 'provider', apiKeyProviders, vaultOf),
    ...[...vaults].map(vault => agentCore('SetTokenVaultCMK', `vault=${vault.split(':')[3]}`, [vault])),
  ];
}

function agentCore(operation: string, detail: string, resources: string[], context?: RequestContext): RequestTemplate {
  return { line: `${operation} | ${detail}`, action: `bedrock-agentcore:${operation}`, resources, context };
}

function userContext(id: string): RequestContext {
  return { 'bedrock-agentcore:userid': id };
}

function directoryOf(identityArn: string): string {
  return identityArn.split('/workload-identity/')[0];
}

function vaultOf(providerArn: string): string {
  return providerArn.split('/').slice(0, 2).join('/');
}
