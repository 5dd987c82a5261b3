import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import type { Agent } from './agent';
import type { ResolvedAgent } from './resolution';
import { l1Runtime } from './runtime-id';
import { CapabilityKind } from '../capability/capability';
import { needsUserToken } from '../capability/user-token';
import { Users } from '../capability/users';
import { Problems } from '../declaration/problems';

/*
 * Where AWS mints for the identity of a runtime, IAM never sees the user's token: the runtime's JWT authorizer is the layer
 * that holds issuer, audience, client, scope and group.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */

/** The users that the authorizer can hold: those that all capabilities of the agent agree on. */
export function usersOfAll(agent: Agent): Users | undefined {
  const users = agent.capabilities.filter(needsUserToken).map((capability) => capability.users!);
  const distinct = new Set(users.map((each) => JSON.stringify([each._group, [...each._subjects].sort()])));
  return distinct.size === 1 ? users[0] : undefined;
}

/** Whether a JWT authorizer can hold this limit: a group or one subject, and the same for every capability of the agent. */
export function authorizerHolds(agent: Agent, users: Users): boolean {
  return usersOfAll(agent) !== undefined && users._subjects.length <= 1;
}

/** The authorizer that follows from the agent's callers and users; nothing if the agent never acts as its caller. */
export function authorizerOf(agent: Agent): agentcore.CfnRuntime.AuthorizerConfigurationProperty | undefined {
  const [caller] = agent.callers;
  if (caller === undefined) {
    return undefined;
  }
  const listed = (values: readonly string[]) => (values.length === 0 ? undefined : [...values]);
  return {
    customJwtAuthorizer: {
      discoveryUrl: `${caller.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      allowedAudience: listed(caller.audiences),
      allowedClients: listed(caller.clients),
      allowedScopes: listed(caller.scopes),
      customClaims: customClaims(usersOfAll(agent)),
    },
  };
}

/** Sets the authorizer on a runtime of this app. */
export function attachAuthorizer(agent: Agent, resolved: ResolvedAgent): void {
  const runtime = agent._identityOfRuntime === undefined ? undefined : l1Runtime(agent._identityOfRuntime);
  const authorizer = authorizerOf(agent);
  if (runtime !== undefined && authorizer !== undefined && !resolved.problems.any) {
    runtime.authorizerConfiguration = authorizer;
  }
}

/** What would keep the authorizer from holding the agent's limits. */
export function authorizerRules(problems: Problems, agent: Agent): void {
  if (agent._identityOfRuntime === undefined) {
    return;
  }
  problems.expect(agent.callers.length <= 1, {
    code: 'Agent/RuntimeCallers',
    what: 'a runtime has one JWT authorizer, for one issuer, but the agent has several callers',
    received: agent.callers.map(({ issuer }) => issuer),
    fix: 'Give the agent one caller, or an identity of its own (identity: AgentIdentity.named(\'…\')), under which its code mints.',
  });
  problems.expect(agent.callers.every(({ anyClientReason }) => anyClientReason === undefined), {
    code: 'Agent/RuntimeCallers',
    what: 'a runtime\'s JWT authorizer needs an audience, a client or a scope',
    fix: 'Use TokenIssuer.oidc({ issuer, audiences }) for an agent on a runtime.',
  });
  problems.expect(agent.callers.length > 0 || agent.capabilities.length === 0, {
    code: 'Agent/CallersMissing',
    what: 'AWS hands a runtime a workload access token only for a caller whom its JWT authorizer has accepted, and the agent has no callers',
    fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })], or give the agent an identity of its own, under which its code mints.',
  });
  for (const { kind, provider } of agent.capabilities) {
    problems.expect(kind !== CapabilityKind.ACT_AS_TRUSTED_USER_ID, {
      code: 'Agent/RuntimeUserId',
      what: `the agent acts as trusted user ids through ${provider?.node.path}, but on the runtime's own identity AWS mints, for JWTs only where there is a JWT authorizer`,
      fix: 'Give the agent an identity of its own: identity: AgentIdentity.named(\'…\').',
    });
  }
  expectNothingElseSet(problems, agent);
}

/** An authorizer that the runtime already has is not overwritten: somebody may have meant it. */
function expectNothingElseSet(problems: Problems, agent: Agent): void {
  const runtime = l1Runtime(agent._identityOfRuntime!);
  const wanted = authorizerOf(agent);
  if (runtime === undefined || wanted === undefined || runtime.authorizerConfiguration === undefined) {
    return;
  }
  const stack = Stack.of(runtime);
  const text = (value: unknown) => JSON.stringify(sortedKeys(stack.resolve(value) ?? null));
  const found = text(runtime.authorizerConfiguration);
  problems.expect(found === 'null' || found === text(wanted), {
    code: 'Agent/RuntimeAuthorizer',
    what: `the runtime ${runtime.node.path} has an authorizer that differs from what the agent declares`,
    received: found,
    allowed: text(wanted),
    fix: 'Remove authorizerConfiguration from the runtime: the agent\'s callers and users define it.',
  });
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortedKeys);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortedKeys(member)]))
    : value;
}

function customClaims(users: Users | undefined): agentcore.CfnRuntime.CustomClaimValidationTypeProperty[] | undefined {
  if (users?._group !== undefined) {
    return [{
      inboundTokenClaimName: users._group.claim,
      inboundTokenClaimValueType: 'STRING_ARRAY',
      authorizingClaimMatchValue: { claimMatchOperator: 'CONTAINS', claimMatchValue: { matchValueString: users._group.group } },
    }];
  }
  if (users?._subjects.length === 1) {
    return [{
      inboundTokenClaimName: 'sub',
      inboundTokenClaimValueType: 'STRING',
      authorizingClaimMatchValue: { claimMatchOperator: 'EQUALS', claimMatchValue: { matchValueString: users._subjects[0] } },
    }];
  }
  return undefined;
}
