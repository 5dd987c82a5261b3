import type { AppDescription, CallerDescription } from './description';
import { gatewayRequests } from './gateway-request';
import { invocationRequests } from './invocation-request';
import { Landscape, regionOf } from './landscape';
import { machineClientRequests } from './machine-client-request';
import { ACCOUNT, tokenAudience } from './name';
import type { RequestTemplate } from '../simulation/sweep';

/** The claims of a user's token. */
export interface Claims {
  readonly iss: string;
  readonly aud?: readonly string[];
  readonly client_id?: string;
  readonly scope?: readonly string[];
  readonly sub: string;
}

/** By what a session or a token is bound to a user. */
export type Session = { readonly claims: Claims } | { readonly userId: string };

/** Something that a principal could ask AWS for. Things are named as in the landscape. */
export type Question =
  | { readonly ask: 'mint for itself'; readonly identity: string }
  | { readonly ask: 'mint for a user'; readonly identity: string; readonly session: Session }
  | { readonly ask: 'get OAuth2 token' | 'get API key'; readonly identity: string; readonly provider: string }
  | { readonly ask: 'complete'; readonly identity: string; readonly provider: string; readonly session: Session }
  | { readonly ask: 'read secret'; readonly secret: string; readonly throughService: boolean }
  | { readonly ask: 'use key'; readonly key: string; readonly action: string; readonly via?: { readonly service: string; readonly region: string }; readonly forVaultOf?: string }
  | { readonly ask: 'get web identity token'; readonly audiences: readonly string[]; readonly algorithm: string; readonly throughService: boolean }
  | { readonly ask: 'ask policy engine'; readonly gateway: string; readonly about: string }
  | { readonly ask: 'read policy engine'; readonly gateway: string }
  | { readonly ask: 'use key of gateway'; readonly key: string; readonly action: string; readonly gateway?: string }
  | { readonly ask: 'call target'; readonly gateway: number; readonly target: number; readonly by: 'function' | 'API' }
  | { readonly ask: 'invoke gateway'; readonly gateway: string; readonly organization?: string; readonly vpcEndpoint?: string }
  | { readonly ask: 'invoke runtime'; readonly runtime: string; readonly endpoint: string; readonly webSocket: boolean; readonly forUser: boolean }
  | { readonly ask: 'run command'; readonly runtime: string; readonly endpoint: string }
  /** To write it or, with a key, to encrypt it through Secrets Manager. */
  | { readonly ask: 'keep secret'; readonly secret: string; readonly key?: string }
  | { readonly ask: 'describe client'; readonly pool: number }
  /** What no agent needs. */
  | { readonly ask: 'anything else' };

export interface AppRequest extends RequestTemplate {
  readonly question: Question;
}

const CLAIM = 'bedrock-agentcore:InboundJwtClaim';

/** The whole product of what exists. */
export function requestsFor(app: AppDescription, landscape: Landscape): AppRequest[] {
  return [...mintRequests(app, landscape), ...credentialRequests(app, landscape), ...secretRequests(landscape), ...keyRequests(landscape),
    ...webIdentityRequests(app), ...gatewayRequests(app, landscape),
    ...invocationRequests(landscape), ...machineClientRequests(app, landscape), ...otherRequests(landscape)];
}

/** Tokens that a caller could present: of each issuer that an agent trusts, the right one and each nearly right one. */
export function claimsFor(app: AppDescription): Claims[] {
  const callers = [...app.agents.flatMap(({ callers: of }) => of), ...app.gateways.filter(({ inbound }) => inbound === 'JWT').map(({ caller }) => caller)];
  const subjects = [...new Set(app.agents.flatMap(({ capabilities }) => capabilities.flatMap(({ users: { subjects: of } }) => of)))];
  const right = (caller: CallerDescription): Claims => ({
    iss: caller.issuer, aud: some(caller.audiences), client_id: caller.clients[0], scope: some(caller.scopes), sub: subjects[0] ?? 'user-7',
  });
  const all = callers.flatMap((caller) => {
    const claims = right(caller);
    return [
      claims,
      { ...claims, iss: 'https://evil.example.com' },
      { ...claims, iss: `${claims.iss}/` },
      ...(caller.audiences.length > 0 ? [{ ...claims, aud: undefined }, { ...claims, aud: [`${caller.audiences[0]}-2`] }, { ...claims, aud: ['other', caller.audiences[caller.audiences.length - 1]] }] : []),
      ...(caller.clients.length > 0 ? [{ ...claims, client_id: undefined }, { ...claims, client_id: `${caller.clients[0]}-2` }] : []),
      ...(caller.scopes.length > 0 ? [{ ...claims, scope: [`${caller.scopes[0]}:more`] }] : []),
      ...[...subjects.slice(1), 'user-1x'].map((sub) => ({ ...claims, sub })),
    ];
  });
  const machines = app.machineClients.flatMap(({ issuer, clients }) => clients.map(({ id, scopes }): Claims => ({ iss: issuer, client_id: id, scope: scopes, sub: id })));
  return once([...all, ...machines, { iss: 'https://acme.okta.com/oauth2/default', aud: ['api://agents'], sub: 'user-7' }]);
}

function userIdsFor(app: AppDescription): string[] {
  const capabilities = app.agents.flatMap(({ capabilities: of }) => of).filter(({ kind }) => kind === 'user id');
  const declared = [...capabilities, ...app.agents.flatMap(({ frontEnds }) => frontEnds.flatMap(({ names }) => names ?? []))].flatMap(({ prefix, ids }) => (prefix !== undefined ? [`${prefix}bob`, `x${prefix}bob`, prefix.slice(0, -1)] : ids.flatMap((id) => [id, `${id}3`])));
  return once(['alice', ...declared]);
}

function sessionsFor(app: AppDescription): [string, Session, Record<string, string | string[]>][] {
  return [
    ...claimsFor(app).map((claims): [string, Session, Record<string, string | string[]>] => [JSON.stringify(claims), { claims }, claimContext(claims)]),
    ...userIdsFor(app).map((userId): [string, Session, Record<string, string | string[]>] => [`user ${userId}`, { userId }, { 'bedrock-agentcore:userid': userId }]),
  ];
}

function claimContext(claims: Claims): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined).map(([name, value]) => [`${CLAIM}/${name}`, value as string | string[]]));
}

function mintRequests(app: AppDescription, { identities }: Landscape): AppRequest[] {
  const sessions = sessionsFor(app);
  return [...identities].flatMap(([identity, arn]): AppRequest[] => {
    const resources = [arn, directoryOf(arn)];
    return [
      { line: `mint for itself as ${identity}`, action: 'bedrock-agentcore:GetWorkloadAccessToken', resources, question: { ask: 'mint for itself', identity } },
      ...sessions.map(([name, session, context]): AppRequest => ({
        line: `mint for ${name} as ${identity}`,
        action: `bedrock-agentcore:GetWorkloadAccessTokenFor${'claims' in session ? 'JWT' : 'UserId'}`,
        resources,
        context,
        question: { ask: 'mint for a user', identity, session },
      })),
    ];
  });
}

function credentialRequests(app: AppDescription, { identities, oauth2Providers, apiKeyProviders }: Landscape): AppRequest[] {
  const sessions = sessionsFor(app);
  const pairs = (providers: ReadonlyMap<string, string>) => [...identities].flatMap(([identity, identityArn]) => [...providers]
    .filter(([, providerArn]) => regionOf(providerArn) === regionOf(identityArn))
    .map(([provider, providerArn]) => ({ identity, provider, resources: [providerArn, identityArn, directoryOf(identityArn), vaultOf(providerArn)] })));
  return [
    ...pairs(oauth2Providers).flatMap(({ identity, provider, resources }): AppRequest[] => [
      { line: `get OAuth2 token of ${provider} as ${identity}`, action: 'bedrock-agentcore:GetResourceOauth2Token', resources, question: { ask: 'get OAuth2 token', identity, provider } },
      ...sessions.map(([name, session, context]): AppRequest => ({
        line: `complete session of ${name} with ${provider} as ${identity}`,
        action: 'bedrock-agentcore:CompleteResourceTokenAuth',
        resources,
        context,
        question: { ask: 'complete', identity, provider, session },
      })),
    ]),
    ...pairs(apiKeyProviders).map(({ identity, provider, resources }): AppRequest => (
      { line: `get API key of ${provider} as ${identity}`, action: 'bedrock-agentcore:GetResourceApiKey', resources, question: { ask: 'get API key', identity, provider } })),
  ];
}

function secretRequests({ secrets }: Landscape): AppRequest[] {
  return [...secrets].flatMap(([secret, arn]) => [true, false].map((throughService): AppRequest => ({
    line: `read ${secret} ${throughService ? 'through a service' : 'directly'}`,
    action: 'secretsmanager:GetSecretValue',
    resources: [arn],
    context: throughService ? { 'aws:ViaAWSService': 'true' } : {},
    question: { ask: 'read secret', secret, throughService },
  })));
}

function keyRequests({ keys }: Landscape): AppRequest[] {
  return [...keys].flatMap(([key, arn]) => {
    const here = regionOf(arn);
    const there = here === 'eu-west-1' ? 'us-east-1' : 'eu-west-1';
    const ways = [undefined, ...[here, there].flatMap((region) => ['secretsmanager', 'bedrock-agentcore-identity'].map((service) => ({ service, region }))), { service: 's3', region: here }];
    return ['Decrypt', 'Encrypt', 'GenerateDataKeyWithoutPlaintext', 'GenerateDataKey', 'DescribeKey', 'Sign'].flatMap((action) => ways.flatMap((via) => {
      // The vault's key is used with the vault as encryption context, as a key of its own checks.
      const vaults = via?.service === 'bedrock-agentcore-identity' && action !== 'DescribeKey' && action !== 'Sign' ? [undefined, here] : [undefined];
      return vaults.map((forVaultOf): AppRequest => ({
        line: `${action} with ${key} ${via === undefined ? 'directly' : `via ${via.service}.${via.region}`}${forVaultOf === undefined ? '' : ` for the vault of ${forVaultOf}`}`,
        action: `kms:${action}`,
        resources: [arn],
        context: {
          ...(via === undefined ? {} : { 'aws:ViaAWSService': 'true', 'kms:ViaService': `${via.service}.${via.region}.amazonaws.com` }),
          ...(forVaultOf === undefined ? {} : {
            'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': `arn:aws:bedrock-agentcore:${forVaultOf}:${ACCOUNT}:token-vault/default`,
          }),
        },
        question: { ask: 'use key', key, action, via, forVaultOf },
      }));
    }));
  });
}

/** Tokens that AWS issues for the role: for each server that a client of the app speaks to, and servers that none does. */
function webIdentityRequests(app: AppDescription): AppRequest[] {
  const declared = app.providers.flatMap(({ client, exchange }, index) => [
    ...(String(client).startsWith('IAM token') ? [tokenAudience(index, 'client')] : []), ...(exchange === 'role as actor' ? [tokenAudience(index, 'actor')] : []),
  ]);
  const sets = [...declared.map((audience) => [audience]), ...declared.slice(1).map((audience) => [declared[0], audience]), ...declared.slice(0, 1).map((audience) => [audience, 'https://evil.example.com']),
    ['https://evil.example.com'], []];
  return sets.flatMap((audiences) => ['RS256', 'ES384'].flatMap((algorithm) => [true, false].map((throughService): AppRequest => ({
    line: `get web identity token for ${audiences.join(' and ') || 'nobody in particular'} by ${algorithm} ${throughService ? 'through a service' : 'directly'}`,
    action: 'sts:GetWebIdentityToken',
    resources: ['*'],
    context: {
      'aws:ViaAWSService': String(throughService), 'sts:SigningAlgorithm': algorithm, ...(audiences.length === 0 ? {} : { 'sts:IdentityTokenAudience': audiences }),
    },
    question: { ask: 'get web identity token', audiences, algorithm, throughService },
  }))));
}

/** Administration, and what else would be a way around a capability. */
function otherRequests({ identities, oauth2Providers, apiKeyProviders, secrets, roles }: Landscape): AppRequest[] {
  const other = (action: string, name: string, resources: string[]): AppRequest => ({ line: `${action} ${name}`, action, resources, question: { ask: 'anything else' } });
  const agentCore = (kind: string, verbs: string[], things: ReadonlyMap<string, string>, parent: (arn: string) => string) => [...things]
    .flatMap(([name, arn]) => verbs.map((verb) => other(`bedrock-agentcore:${verb}${kind}`, name, [arn, parent(arn)])));
  const vaults = [...new Set([...oauth2Providers.values(), ...apiKeyProviders.values()].map(vaultOf))];
  return [
    ...agentCore('WorkloadIdentity', ['Create', 'Update', 'Delete'], identities, directoryOf),
    ...agentCore('Oauth2CredentialProvider', ['Create', 'Update', 'Delete'], oauth2Providers, vaultOf),
    ...agentCore('ApiKeyCredentialProvider', ['Create', 'Update', 'Delete'], apiKeyProviders, vaultOf),
    ...vaults.map((vault) => other('bedrock-agentcore:SetTokenVaultCMK', vault, [vault])),
    ...[...secrets].flatMap(([name, arn]) => ['UpdateSecret', 'PutResourcePolicy'].map((verb) => other(`secretsmanager:${verb}`, name, [arn]))),
    ...[...roles].flatMap(([name, arn]) => ['iam:PassRole', 'sts:AssumeRole'].map((action) => other(action, `role ${name}`, [arn]))),
  ];
}

function directoryOf(identityArn: string): string {
  return identityArn.split('/workload-identity/')[0];
}

function vaultOf(providerArn: string): string {
  return providerArn.split('/').slice(0, 2).join('/');
}

function some(values: readonly string[]): readonly string[] | undefined {
  return values.length > 0 ? [values[0]] : undefined;
}

function once<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
