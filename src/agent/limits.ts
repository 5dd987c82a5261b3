import type { Agent } from './agent';
import { toolLimits } from './gateway-call-limits';
import { prefixLimits } from './prefix-access';
import { authorizerHolds } from './runtime-authorizer';
import { l1Runtime } from './runtime-id';
import { readingParts } from './secret-in-code';
import { actorScopes, consentIsAvoidable, grantTypeIsShared, subjectsDiffer, userIdsDiffer, widerScopes } from './shared-limits';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { EnforcementLayer } from '../capability/enforcement-layer';
import { Ledger } from '../declaration/ledger';
import { show } from '../declaration/problem';
import { hasClientCredentials } from '../provider/known-vendors';
import { LimitAccess } from '../review/access-model';

/** Each limit of a capability with the layer that holds it. Limits that none holds are problems of `capability-rules`. */
export function limitsOf(agent: Agent, capability: Capability, ledger: Ledger): LimitAccess[] {
  return [...prefixLimits(capability), ...limitsOfKind(agent, capability, ledger)];
}

function limitsOfKind(agent: Agent, capability: Capability, ledger: Ledger): LimitAccess[] {
  switch (capability.kind) {
    case CapabilityKind.ACT_AS_USER: return [...userLimits(agent, capability), grantTypeLimit(agent, capability, ledger), consentedScopes(capability)];
    case CapabilityKind.ACT_ON_BEHALF_OF_USER: return [
      ...userLimits(agent, capability), exchangeLimit(agent, capability, ledger), actorLimit(capability), ownScopes(capability, ledger), ...exchangeTargets(capability),
    ];
    case CapabilityKind.ACT_AS_TRUSTED_USER_ID: return [userIdLimit(agent, capability), grantTypeLimit(agent, capability, ledger), consentedScopes(capability)];
    case CapabilityKind.ACT_AS_ITSELF: return [ownScopes(capability, ledger)];
    case CapabilityKind.USE_API_KEY: return [];
    case CapabilityKind.CALL_TOOLS: return [...toolLimits(agent, capability), ...(capability.provider !== undefined ? [ownScopes(capability, ledger)] : [])];
    case CapabilityKind.READ_SECRET_IN_CODE: return [secretLimit(agent, capability)];
  }
}

function userLimits(agent: Agent, capability: Capability): LimitAccess[] {
  const issuers = agent.callers.map((caller): LimitAccess => ({
    limit: `tokens of ${show(caller.issuer)}${limited('audience', caller.audiences)}${limited('client', caller.clients)}${limited('scope', caller.scopes)}`
      + (caller.anyClientReason !== undefined ? `, for ANY CLIENT (${caller.anyClientReason})` : ''),
    ...(agent._identityOfRuntime === undefined
      ? { enforcedBy: EnforcementLayer.IAM, how: 'conditions bedrock-agentcore:InboundJwtClaim/* on minting' }
      : byAuthorizer(agent)),
  }));
  const users = capability.users!;
  if (agent._identityOfRuntime !== undefined) {
    return [...issuers, authorizerHolds(agent, users)
      ? { limit: users._reason === undefined ? users.description : `${users.description} (${users._reason})`, ...byAuthorizer(agent) }
      : byApplication(users.description, capability)];
  }
  if (users._claim !== undefined) {
    return [...issuers, byApplication(users.description, capability)];
  }
  if (users._subjects.length > 0) {
    return [...issuers, subjectsDiffer(agent)
      ? byApplication(users.description, capability)
      : { limit: users.description, enforcedBy: EnforcementLayer.IAM, how: 'condition bedrock-agentcore:InboundJwtClaim/sub on minting' }];
  }
  return [...issuers, { limit: `${users.description} (${users._reason})`, enforcedBy: EnforcementLayer.IAM, how: 'the issuer conditions above' }];
}

/** The layer in front of a runtime, and whether it was set up here. */
function byAuthorizer(agent: Agent): { enforcedBy: EnforcementLayer; how: string } {
  return {
    enforcedBy: EnforcementLayer.INBOUND_AUTHORIZER,
    how: l1Runtime(agent._identityOfRuntime!) === undefined ? 'the JWT authorizer that the runtime\'s owner sets up, NOT CHECKED HERE' : 'the runtime\'s JWT authorizer',
  };
}

function userIdLimit(agent: Agent, capability: Capability): LimitAccess {
  const { prefixes, ids } = capability.userIds!;
  const limit = `user ids ${[...prefixes.map((prefix) => `${prefix}*`), ...ids].join(', ')}, UNVERIFIED`;
  const named = agent._identityOfRuntime === undefined ? [] : agent.frontEnds.filter((frontEnd) => frontEnd.userIds !== undefined);
  if (named.length > 0) {
    return { limit, enforcedBy: EnforcementLayer.APPLICATION, how: named.map(({ name, enforcedByApplication }) => `front end ${name}: ${enforcedByApplication}`).sort().join('; ') };
  }
  return userIdsDiffer(agent) ? byApplication(limit, capability) : {
    limit,
    enforcedBy: EnforcementLayer.IAM,
    how: 'condition bedrock-agentcore:userid on minting',
  };
}

function grantTypeLimit(agent: Agent, capability: Capability, ledger: Ledger): LimitAccess {
  const limit = 'only with the user\'s consent (authorization code)';
  return grantTypeIsShared(agent, capability, ledger) || consentIsAvoidable(agent, capability, ledger) ? byApplication(limit, capability) : {
    limit,
    enforcedBy: EnforcementLayer.IDENTITY_PROVIDER,
    how: hasClientCredentials(capability.provider!) ? 'register the client without the client-credentials grant' : `${capability.provider!.vendor} has no client-credentials grant`,
  };
}

/** A client that is its own actor needs the client-credentials grant, so its scopes are what is left to hold. */
function exchangeLimit(agent: Agent, capability: Capability, ledger: Ledger): LimitAccess {
  const limit = 'only on behalf of the user, WITHOUT the user\'s consent (token exchange)';
  if (grantTypeIsShared(agent, capability, ledger)) {
    return byApplication(limit, capability);
  }
  const asActor = actorScopes(capability.provider);
  return {
    limit,
    enforcedBy: EnforcementLayer.IDENTITY_PROVIDER,
    how: asActor === undefined
      ? 'register the client for the exchange, and without the client-credentials grant'
      : `register the client for the exchange, and for the client-credentials grant with ${asActor.length === 0 ? 'no scope that is worth anything by itself' : `the actor's scopes ${asActor.map(show).join(', ')} and no others`}`,
  };
}

function actorLimit({ provider }: Capability): LimitAccess {
  const exchange = provider!.onBehalfOf!;
  return {
    limit: exchange.description,
    enforcedBy: EnforcementLayer.IDENTITY_PROVIDER,
    how: exchange.isDelegation ? 'it writes the act claim from the actor token that AgentCore sends' : 'the new token names the user only; the agent is known by its client',
  };
}

function exchangeTargets({ audiences, resources }: Capability): LimitAccess[] {
  return [['audience', audiences] as const, ['resource', resources] as const]
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => ({
      limit: `${name} ${values.map(show).join(' or ')}`,
      enforcedBy: EnforcementLayer.IDENTITY_PROVIDER,
      how: `let the client exchange tokens for no other ${name}`,
    }));
}

function consentedScopes(capability: Capability): LimitAccess {
  return {
    limit: `scopes ${capability.scopes.map(show).join(', ')}`,
    enforcedBy: EnforcementLayer.IDENTITY_PROVIDER,
    how: 'the user consents to the scopes asked for; register the client for no others',
  };
}

function ownScopes(capability: Capability, ledger: Ledger): LimitAccess {
  const limit = `scopes ${capability.scopes.map(show).join(', ')}`;
  return widerScopes(capability, ledger).length > 0 ? byApplication(limit, capability) : {
    limit,
    enforcedBy: EnforcementLayer.IDENTITY_PROVIDER,
    how: 'register the client for these scopes and no others',
  };
}

/** What it does with the value is not limited by anybody. */
function secretLimit(agent: Agent, capability: Capability): LimitAccess {
  const parts = readingParts(agent, capability).map(({ name }) => name).join(' and ');
  return { limit: 'the value of this secret only, and no other', enforcedBy: EnforcementLayer.IAM, how: `secretsmanager:GetSecretValue on its ARN, for part ${parts}` };
}

function byApplication(limit: string, capability: Capability): LimitAccess {
  return { limit, enforcedBy: EnforcementLayer.APPLICATION, how: capability.enforcedByApplication ?? 'NOBODY: this is an error' };
}

function limited(claim: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `, ${claim} ${values.map(show).join(' or ')}`;
}
