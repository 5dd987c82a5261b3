import { aws_bedrockagentcore as agentcore, Stack, Token } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { CallingWorkload } from './calling-workload';
import type { ResolvedAgent } from './resolution';
import { l1Runtime } from './runtime-id';
import { CapabilityKind } from '../capability/capability-kind';
import { needsUserToken } from '../capability/user-token';
import { Users } from '../capability/users';
import { declareProperties, expectAsDeclared } from '../declaration/declared-properties';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { sortedKeys } from '../declaration/sorted-keys';

/*
 * Where AWS mints for the identity of a runtime, IAM never sees the user's token: the runtime's JWT authorizer is the layer
 * that holds issuer, audience, client, scope and group.
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
 */

/** The users that the authorizer can hold: those that all capabilities of the agent agree on. */
function usersOfAll(agent: Agent): Users | undefined {
  const users = agent.capabilities.filter(needsUserToken).map((capability) => capability.users!);
  return new Set(users.map(limitOf)).size === 1 ? users[0] : undefined;
}

/** The same text for the same limit, whatever its reason. */
function limitOf({ _claim: claim, _subjects: subjects }: Users): string {
  return JSON.stringify([claim?.name, claim?.operator, [...claim?.values ?? []].sort(), [...subjects].sort()]);
}

/** What AWS takes as name and as value of a claim. https://docs.aws.amazon.com/agent-registry-control/latest/APIReference/API_ClaimMatchValueType.html */
const CLAIM_TEXT = /^[A-Za-z0-9_.:/-]{1,255}$/;

/** Whether the runtime's JWT authorizer holds this limit: one claim or one subject, and the same for every capability that acts as the user. */
export function authorizerHolds(agent: Agent, users: Users): boolean {
  const held = usersOfAll(agent);
  return held !== undefined && limitOf(held) === limitOf(users) && users._subjects.length <= 1 && unusableClaimText(users) === undefined;
}

/** What of the users' claim the authorizer would not take. */
export function unusableClaimText(users: Users): string | undefined {
  const texts = users._claim !== undefined ? [users._claim.name, ...users._claim.values] : users._subjects.length === 1 ? users._subjects : [];
  return texts.find((text) => !Token.isUnresolved(text) && !CLAIM_TEXT.test(text));
}

/** The authorizer that follows from the agent's callers and users; nothing if the agent never acts as its caller. */
function authorizerOf(agent: Agent): agentcore.CfnRuntime.AuthorizerConfigurationProperty | undefined {
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
      customClaims: customClaims(agent),
      allowedWorkloadConfiguration: allowedWorkloads(agent),
    },
  };
}

/** At most so many gateways, and so many identities. https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_AllowedWorkloadConfiguration.html */
const MOST_CALLING_WORKLOADS = 10;

function allowedWorkloads(agent: Agent): agentcore.CfnRuntime.AllowedWorkloadConfigurationProperty | undefined {
  const consumer = Stack.of((agent._identityOfRuntime && l1Runtime(agent._identityOfRuntime)) ?? agent);
  const workloads = [...agent.callingWorkloads]
    .sort((a, b) => (a.description < b.description ? -1 : 1))
    .map((workload) => workload._identify(consumer));
  const arns = workloads.flatMap(({ hostingEnvironmentArn: arn }) => (arn === undefined ? [] : [{ arn }]));
  const names = workloads.flatMap(({ workloadIdentityName: name }) => (name === undefined ? [] : [name]));
  return workloads.length === 0 ? undefined : {
    hostingEnvironments: arns.length > 0 ? arns : undefined,
    workloadIdentities: names.length > 0 ? names : undefined,
  };
}

/** What keeps an agent from accepting calls from some workloads only. */
function expectWorkloadsAreHeld(problems: Problems, agent: Agent): void {
  const workloads = agent.callingWorkloads;
  if (workloads.length === 0) {
    return;
  }
  const received = workloads.map(({ description }) => description);
  problems.expect(agent._identityOfRuntime !== undefined, {
    code: 'Agent/CallingWorkload',
    what: 'only the JWT authorizer of an AgentCore Runtime can check through which workloads a call came, and the agent does not act under the identity of one',
    received,
    fix: 'Remove acceptCallsFrom(), or host the agent on a runtime, without an identity of its own.',
  });
  problems.expect(agent.callers.length > 0, {
    code: 'Agent/CallingWorkload',
    what: 'a runtime without callers has no JWT authorizer, so nobody would check through which workloads a call came',
    received,
    fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })] on the agent.',
  });
  const { account, region } = agent._identity.scope;
  for (const workload of workloads) {
    const elsewhere = workload._elsewhere(account, region);
    problems.expect(elsewhere === undefined, {
      code: 'Agent/CallingWorkload',
      what: `${workload.description} is in ${elsewhere}, and its name would stand for another identity where the runtime is`,
      received: workload.description,
      fix: 'Accept calls from workload identities of the runtime\'s own account and region, or through a gateway.',
    });
  }
  const { hostingEnvironments = [], workloadIdentities = [] } = allowedWorkloads(agent) as { hostingEnvironments?: unknown[]; workloadIdentities?: unknown[] };
  problems.expect(hostingEnvironments.length <= MOST_CALLING_WORKLOADS && workloadIdentities.length <= MOST_CALLING_WORKLOADS, {
    code: 'Agent/CallingWorkload',
    what: `the agent accepts calls from ${hostingEnvironments.length} gateways and ${workloadIdentities.length} workload identities`,
    allowed: `${MOST_CALLING_WORKLOADS} of each`,
    fix: 'Let several callers share a gateway.',
  });
}

/** The authorizer as the API takes it, for somebody else to set. What only deployment knows is named in words. */
export function authorizerForOwner(agent: Agent): string {
  const { customJwtAuthorizer } = authorizerOf(agent)!;
  return JSON.stringify({ customJWTAuthorizer: customJwtAuthorizer }, (_key, value: unknown) => (typeof value === 'string' ? readable(value, '(known at deployment)') : value));
}

/** The workloads whose calls are accepted, as the report names them. */
export function workloadDescriptions(workloads: readonly CallingWorkload[]): string[] {
  return workloads.map(({ description }) => description).sort();
}

/** Runtimes whose authorizer an agent set: references to other stacks change at synthesis, so it cannot be compared as text with what is wanted. */
const SET_HERE = new WeakSet<agentcore.CfnRuntime>();

const AUTHORIZER_FIX = 'Remove authorizerConfiguration, and overrides of it, from the runtime: the agent\'s callers and users define it. '
  + 'For one that has to differ, give the agent an identity of its own (identity: AgentIdentity.named(\'…\')), under which its code mints.';

/** Sets the authorizer on a runtime of this app. */
export function attachAuthorizer(agent: Agent, resolved: ResolvedAgent): void {
  const runtime = agent._identityOfRuntime === undefined ? undefined : l1Runtime(agent._identityOfRuntime);
  const authorizer = authorizerOf(agent);
  if (runtime !== undefined && authorizer !== undefined && !resolved.problems.any) {
    runtime.authorizerConfiguration = authorizer;
    SET_HERE.add(runtime);
    declareProperties(runtime, runtime, { authorizerConfiguration: authorizer });
  }
}

/** What would keep the authorizer from holding the agent's limits. */
export function authorizerRules(problems: Problems, agent: Agent): void {
  expectWorkloadsAreHeld(problems, agent);
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
  const namesUsers = agent.frontEnds.some(({ userIds }) => userIds !== undefined);
  problems.expect(agent.callers.length > 0 || namesUsers || agent.capabilities.every(({ provider, apiKeyProvider }) => (provider ?? apiKeyProvider) === undefined), {
    code: 'Agent/CallersMissing',
    what: 'AWS hands a runtime a workload access token only for a caller whom its JWT authorizer has accepted, or for a user whom a trusted front end names, and the agent has neither',
    fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })], or agent.invokedBy(FrontEnd.invokingForTrustedUserIds(...)), or give the agent an identity of its own, under which its code mints.',
  });
  for (const { kind, provider } of agent.capabilities) {
    problems.expect(kind !== CapabilityKind.ACT_AS_TRUSTED_USER_ID || (namesUsers && agent.callers.length === 0), {
      code: 'Agent/RuntimeUserId',
      what: `the agent acts as trusted user ids through ${provider?.node.path}, but on the runtime's own identity AWS mints, for ids only where a trusted front end names them and there is no JWT authorizer`,
      fix: 'Give the agent an identity of its own: identity: AgentIdentity.named(\'…\'); or write agent.invokedBy(FrontEnd.invokingForTrustedUserIds(...)), without callers.',
    });
  }
  expectNothingElseSet(problems, agent);
}

/** An authorizer that the runtime already has is not overwritten: somebody may have meant it. */
function expectNothingElseSet(problems: Problems, agent: Agent): void {
  const runtime = l1Runtime(agent._identityOfRuntime!);
  const wanted = authorizerOf(agent);
  if (runtime !== undefined && SET_HERE.has(runtime)) {
    expectAsDeclared(problems, runtime, { code: 'Agent/RuntimeAuthorizer', fix: AUTHORIZER_FIX });
    return;
  }
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
    fix: AUTHORIZER_FIX,
  });
}

/** EQUALS is for a single value, CONTAINS and CONTAINS_ANY are for lists; there is no operator for one of several single values. */
function customClaims(agent: Agent): agentcore.CfnRuntime.CustomClaimValidationTypeProperty[] | undefined {
  const users = usersOfAll(agent);
  if (users === undefined || !authorizerHolds(agent, users)) {
    return undefined;
  }
  const { name, operator, values } = users._claim ?? { name: 'sub', operator: 'EQUALS', values: users._subjects };
  return values.length === 0 ? undefined : [{
    inboundTokenClaimName: name,
    inboundTokenClaimValueType: operator === 'EQUALS' ? 'STRING' : 'STRING_ARRAY',
    authorizingClaimMatchValue: {
      claimMatchOperator: operator,
      claimMatchValue: operator === 'CONTAINS_ANY' ? { matchValueStringList: [...values] } : { matchValueString: values[0] },
    },
  }];
}
