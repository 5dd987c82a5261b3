import { aws_cognito as cognito, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { calledTools } from './called-tools';
import type { GatewayInbound } from './gateway-inbound';
import type { GatewayTool } from './gateway-tool';
import type { Agent } from '../agent/agent';
import { ownGateway } from '../agent/gateway-call';
import { authorizerHolds } from '../agent/runtime-authorizer';
import type { TokenIssuer } from '../agent/token-issuer';
import type { Capability } from '../capability/capability';
import { EnforcementLayer } from '../capability/enforcement-layer';
import type { ToolCallAuthority } from '../capability/tool-call-authority';
import type { Users } from '../capability/users';
import { CedarCondition } from '../cedar/cedar-condition';
import { ClaimShape } from '../cedar/claim-shape';
import { Ledger } from '../declaration/ledger';
import { poolClientOf } from '../machine-client/machine-client-use';

/** Why a token does not get in, and what would. */
export interface Mismatch {
  readonly what: string;
  readonly received: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** The authorizers that know clients by a claim that AWS does not compare: Okta's `cid`, Entra's `azp` and `appid`. */
const WITHOUT_CLIENT_ID = /^https:\/\/([^/]+\.(okta|oktapreview|okta-emea)\.com|login\.microsoftonline\.com|login\.microsoftonline\.us|sts\.windows\.net)(\/|$)/;

/** Whether tokens of an issuer have no claim `client_id`, so that a limit to clients would refuse all of them. */
export function lacksClientId(issuer: string): boolean {
  return !Token.isUnresolved(issuer) && WITHOUT_CLIENT_ID.test(issuer);
}

/** The user pools of Amazon Cognito, of any region and partition. */
const COGNITO = /^https:\/\/cognito-idp\.[^/]+\.amazonaws\.com(\.cn)?\//;

/** Whether tokens of an issuer name groups in the claim `cognito:groups`, so that nobody is found by the claim `groups`. */
export function writesCognitoGroups(issuer: string): boolean {
  const { length, firstToken: token } = Tokenization.reverseString(issuer);
  return COGNITO.test(issuer) || (length === 1 && Reference.isReference(token) && cognito.CfnUserPool.isCfnUserPool(token.target));
}

/** What keeps the tokens of a machine client out of a gateway, as far as it is known. */
export function clientMismatch(inbound: GatewayInbound, { provider, _client: client }: ToolCallAuthority): Mismatch | undefined {
  const scopes = (client?.scopes ?? []).map(({ value }) => value);
  const issuer = issuerOf(provider?.profile?.fields);
  if (issuer !== undefined && !mayShare(inbound.issuers, [issuer], sameIssuer)) {
    return { what: 'they are of another issuer', received: issuer, allowed: inbound.issuers.join(' or '), fix: 'Use a provider for the gateway\'s issuer.' };
  }
  if (inbound.scopes.length > 0 && !mayShare(inbound.scopes, scopes)) {
    return { what: 'they hold none of the scopes that it asks for', received: scopes, allowed: inbound.scopes.join(' or '), fix: 'Ask for one of them, with a client that is registered for it.' };
  }
  if (inbound.clients.length > 0 && inbound.issuers.some(lacksClientId)) {
    return {
      what: 'it asks for the claim client_id, which tokens of this issuer do not have',
      received: inbound.issuers,
      allowed: 'audiences',
      fix: 'Limit the gateway by audiences: Okta and Entra name the client in other claims, which AWS does not compare.',
    };
  }
  const ledger = Ledger.of(provider!);
  if (inbound.clients.length > 0 && client?.clientId !== undefined && !mayShare(inbound.clients, [client.clientId], sameClient(ledger))) {
    const shown = (id: string) => poolClientOf(id, ledger)?.node.path ?? id;
    return { what: 'it is for other clients', received: shown(client.clientId), allowed: inbound.clients.map(shown).join(' or '), fix: 'Add the client to the gateway\'s way in, or use one of these.' };
  }
  if (inbound.audiences.length > 0 && provider?.vendor === 'CognitoOauth2') {
    return {
      what: 'it asks for an audience, and tokens that Amazon Cognito makes for machine clients have none',
      received: inbound.audiences,
      allowed: 'clients',
      fix: 'Limit the gateway by clients: GatewayInbound.jwt({ issuer, clients }).',
    };
  }
  if (inbound.audiences.length > 0 && client?.audiences !== undefined && !mayShare(inbound.audiences, client.audiences)) {
    return { what: 'they are for another audience', received: client.audiences, allowed: inbound.audiences.join(' or '), fix: 'Ask the authorization server for the gateway\'s audience.' };
  }
  return undefined;
}

/** Which of an agent's callers come with tokens that a gateway takes, and why it does not take the others. */
export function acceptedCallers(inbound: GatewayInbound, callers: readonly TokenIssuer[]): { readonly accepted: TokenIssuer[]; readonly refused: string[] } {
  const reasons = callers.map((caller) => ({ caller, why: whyNotAccepted(inbound, caller) }));
  return {
    accepted: reasons.filter(({ why }) => why === undefined).map(({ caller }) => caller),
    refused: reasons.flatMap(({ caller, why }) => (why === undefined ? [] : [`${Token.isUnresolved(caller.issuer) ? '(known at deployment)' : caller.issuer}: ${why}`])),
  };
}

/** The layer at the gateway, or in front of the agent, that lets only these users' tokens through; nothing if there is none. */
export function holdsUsers(agent: Agent, capability: Capability): { readonly layer: EnforcementLayer; readonly how: string } | undefined {
  const users = capability.users!;
  const { inbound } = capability.gateway!;
  if (users._claim === undefined && users._subjects.length === 0) {
    return { layer: EnforcementLayer.INBOUND_AUTHORIZER, how: 'the gateway\'s JWT authorizer' };
  }
  if (agent._identityOfRuntime !== undefined && authorizerHolds(agent, users)) {
    return { layer: EnforcementLayer.INBOUND_AUTHORIZER, how: 'the runtime\'s JWT authorizer, in front of the agent' };
  }
  if (inbound.claims.some(({ name, matchOperator, values }) => values.every((value) => isWithin(users, name, value, matchOperator === 'EQUALS')))) {
    return { layer: EnforcementLayer.INBOUND_AUTHORIZER, how: 'the gateway\'s JWT authorizer' };
  }
  const gateway = ownGateway(capability.gateway);
  const rules = gateway === undefined ? [] : calledTools(gateway, capability).found.map((called) => called.rules);
  return rules.length > 0 && gateway!.enforcement.logOnlyReason === undefined && rules.every((tools) => asksFor(tools, users))
    ? { layer: EnforcementLayer.CEDAR, how: 'the rules of these tools' } : undefined;
}

/** Whether every permit of a tool asks for one of these users. */
function asksFor(tools: readonly GatewayTool[], users: Users): boolean {
  const permits = tools.flatMap(({ _rules }) => _rules).filter(({ effect, access }) => effect === 'permit' && access._condition !== undefined);
  return permits.length > 0 && permits.every(({ access }) => implies(access._condition!, users));
}

function implies(condition: CedarCondition, users: Users): boolean {
  switch (condition.kind) {
    case 'claim': return isWithin(users, condition.claim, condition.value, condition.shape === ClaimShape.SINGLE);
    case 'principal': return condition.type === 'OAuthUser' && users._subjects.includes(condition.id);
    case 'all': return condition.of.some((each) => implies(each, users));
    case 'any': return condition.of.every((each) => implies(each, users));
    default: return false;
  }
}

/** Whether whoever has this value in this claim is one of these users. A list that holds the value may hold others, so it is not one value. */
function isWithin({ _claim: claim }: Users, name: string, value: string, isSingle: boolean): boolean {
  return claim !== undefined && name === claim.name && claim.values.includes(value) && isSingle === (claim.operator === 'EQUALS');
}

function whyNotAccepted(inbound: GatewayInbound, { issuer, audiences, clients }: TokenIssuer): string | undefined {
  if (!mayShare(inbound.issuers, [issuer])) {
    return 'another issuer';
  }
  if (inbound.clients.length > 0 && lacksClientId(issuer)) {
    return 'the gateway asks for the claim client_id, which tokens of this issuer do not have; limit it by audiences';
  }
  for (const [name, wanted, given] of [['audience', inbound.audiences, audiences], ['client', inbound.clients, clients]] as const) {
    // What the agent does not limit may be in the token; so may scopes beside those that it asks for.
    if (wanted.length > 0 && given.length > 0 && !mayShare(wanted, given)) {
      return `no common ${name}`;
    }
  }
  return undefined;
}

/** Whether two lists have a value in common, as far as is known at synthesis. */
function mayShare(some: readonly string[], others: readonly string[], maySame: (a: string, b: string) => boolean = mayEqual): boolean {
  return some.some((one) => others.some((other) => maySame(one, other)));
}

function mayEqual(a: string, b: string): boolean {
  return a === b || Token.isUnresolved(a) || Token.isUnresolved(b);
}

function sameIssuer(a: string, b: string): boolean {
  return mayEqual(a.replace(/\/$/, ''), b.replace(/\/$/, ''));
}

/** Ids of clients that this app makes are known at deployment only, but each is one client's. */
function sameClient(ledger: Ledger): (a: string, b: string) => boolean {
  return (a, b) => {
    const [one, other] = [poolClientOf(a, ledger), poolClientOf(b, ledger)];
    return one !== undefined && other !== undefined ? one === other : mayEqual(a, b);
  };
}

/** The issuer behind a provider, where its vendor or its owner says it. */
function issuerOf(fields: { readonly [name: string]: any } = {}): string | undefined {
  const discovery = fields.oauthDiscovery ?? {};
  const found = fields.issuer ?? discovery.authorizationServerMetadata?.issuer ?? discovery.discoveryUrl;
  return typeof found === 'string' ? found.replace(/\/\.well-known\/openid-configuration$/, '') : undefined;
}
