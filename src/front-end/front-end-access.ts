import { FrontEnd } from './front-end';
import { invocationPolicies, InvocationPolicy, readablePolicy } from './invocation-policy';
import { commandResources, invocationRights, invokedRuntime, operatorsOf, runtimesOf } from './invocation-rights';
import { Operator } from './operator';
import type { Agent } from '../agent/agent';
import { roleLabel } from '../agent/role-arn';
import { l1Runtime } from '../agent/runtime-id';
import { commandStatements, invocationStatements } from '../permission/invocation-statements';
import { AgentAccess, FrontEndAccess, OperatorAccess } from '../review/access-model';
import { requiredPolicy, statementAccess } from '../review/statement-access';

/** What the access model says about the front ends and operators of an agent; nothing where none is declared. */
export function frontEndsAccess(agent: Agent): Pick<AgentAccess, 'frontEnds' | 'operators' | 'invocation'> {
  if (agent.frontEnds.length === 0 || runtimesOf(agent).length === 0) {
    return {};
  }
  const policies = invocationPolicies(agent);
  return {
    frontEnds: agent.frontEnds.filter((frontEnd) => invokedRuntime(agent, frontEnd) !== undefined)
      .sort((a, b) => (a.name < b.name ? -1 : 1)).map((frontEnd) => frontEndAccess(agent, frontEnd)),
    ...(agent.operators.length === 0 ? {} : {
      operators: agent.operators.filter((operator) => invokedRuntime(agent, operator) !== undefined)
        .sort((a, b) => (a.name < b.name ? -1 : 1)).map((operator) => operatorAccess(agent, operator)),
    }),
    invocation: {
      othersDenied: agent._onlyFrontEnds,
      ...(policies.length > 0 ? { attachedHere: policies.every(isAttached), resourcePolicies: policies.map((policy) => readablePolicy(agent, policy)) } : {}),
    },
  };
}

/** What is left to the owner of an imported runtime, and of roles that are managed elsewhere. */
export function frontEndNotices(agent: Agent): string[] {
  if (runtimesOf(agent).length === 0) {
    return [];
  }
  return [
    ...agent.frontEnds
      .filter(({ host }) => host.managedElsewhereReason !== undefined)
      .map(({ name, host }) => `The owner of role ${roleLabel(host.iamRole)} attaches the policy of front end ${name} to it.`),
    ...runtimesOf(agent).flatMap((runtime) => operatorsOf(agent, runtime))
      .filter(({ host }) => host.managedElsewhereReason !== undefined)
      .map(({ name, host }) => `The owner of role ${roleLabel(host.iamRole)} attaches the policy of operator ${name} to it.`),
    ...invocationPolicies(agent).filter((policy) => !isAttached(policy)).map((policy) => readablePolicy(agent, policy))
      .map(({ resource, policy }) => `The owner of ${resource} gives it this resource policy (PutResourcePolicy): ${JSON.stringify(policy)}`),
  ];
}

function frontEndAccess(agent: Agent, frontEnd: FrontEnd): FrontEndAccess {
  const { name, host, reason, userIds, enforcedByApplication, webSocket } = frontEnd;
  const rights = invocationRights(agent, frontEnd);
  const statements = invocationStatements(rights);
  return {
    name,
    host: host.kind,
    role: roleLabel(host.iamRole),
    endpoints: rights.endpoints.map(({ label }) => label),
    webSocket,
    ...(userIds !== undefined ? { userIds: [...userIds.prefixes.map((prefix) => `${prefix}*`), ...userIds.ids], enforcedByApplication } : {}),
    reason,
    attachedHere: host.managedElsewhereReason === undefined,
    statements: statements.map(statementAccess),
    ...(host.managedElsewhereReason !== undefined ? { requiredPolicy: requiredPolicy(statements) } : {}),
  };
}

function operatorAccess(agent: Agent, operator: Operator): OperatorAccess {
  const { name, host, reason } = operator;
  const [, ...endpoints] = commandResources(agent, operator);
  const suspended = agent.suspendedReason !== undefined;
  const statements = suspended ? [] : commandStatements(commandResources(agent, operator));
  return {
    name,
    host: host.kind,
    role: roleLabel(host.iamRole),
    endpoints: suspended ? [] : endpoints.map(({ label }) => label),
    reason,
    attachedHere: host.managedElsewhereReason === undefined,
    statements: statements.map(statementAccess),
    ...(host.managedElsewhereReason !== undefined && !suspended ? { requiredPolicy: requiredPolicy(statements) } : {}),
  };
}

function isAttached({ runtime }: InvocationPolicy): boolean {
  return l1Runtime(runtime) !== undefined;
}
