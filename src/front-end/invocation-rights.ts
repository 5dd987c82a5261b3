import { aws_bedrockagentcore as agentcore, aws_iam as iam, Stack, Token } from 'aws-cdk-lib';
import { FrontEnd } from './front-end';
import type { Operator } from './operator';
import type { Agent } from '../agent/agent';
import type { AgentHost } from '../agent/agent-host';
import { roleArnFor, roleLabel } from '../agent/role-arn';
import { isMadeInApp } from '../agent/role-key';
import { l1Runtime } from '../agent/runtime-id';
import { valueForStack } from '../declaration/cross-stack-value';
import { readable } from '../declaration/readable';
import { knownToDiffer } from '../declaration/same-value';
import { InvocationRights, Invoker, NamedRole } from '../permission/invocation-statements';
import { byLabel, NamedResource } from '../permission/statement';

/** The stack in which the policy of a front end or an operator is written: that of its role, if that is made in this app. */
function invocationStack(agent: Agent, { host }: FrontEnd | Operator): Stack {
  return Stack.of(isMadeInApp(host.iamRole) ? host.iamRole : agent);
}

/** The runtimes that the agent is on, in the order of its parts. */
export function runtimesOf(agent: Agent): agentcore.IRuntimeRef[] {
  const all = agent.parts.flatMap(({ host }) => host.runtime ?? []);
  return all.filter((runtime, at) => all.findIndex((other) => isSameRuntime(other, runtime)) === at);
}

/** Whether both are one runtime: by the construct behind them (an L2 and its L1 are one), or by ARN. */
export function isSameRuntime(a: agentcore.IRuntimeRef, b: agentcore.IRuntimeRef): boolean {
  return (l1Runtime(a) ?? a) === (l1Runtime(b) ?? b) || a.runtimeRef.agentRuntimeArn === b.runtimeRef.agentRuntimeArn;
}

/** The runtime of a front end or an operator: the one that it names, as the agent knows it, or the agent's first. */
export function invokedRuntime(agent: Agent, { runtime }: FrontEnd | Operator): agentcore.IRuntimeRef | undefined {
  const runtimes = runtimesOf(agent);
  return runtime === undefined ? runtimes[0] : runtimes.find((each) => isSameRuntime(each, runtime));
}

/** The front ends of one runtime, in the order of declaration. */
export function frontEndsOf(agent: Agent, runtime: agentcore.IRuntimeRef): FrontEnd[] {
  return agent.frontEnds.filter((frontEnd) => invokedRuntime(agent, frontEnd) === runtime);
}

/** The operators of one runtime, sorted by name: nobody while the agent is suspended. */
export function operatorsOf(agent: Agent, runtime: agentcore.IRuntimeRef): Operator[] {
  return agent.suspendedReason !== undefined ? []
    : agent.operators.filter((operator) => invokedRuntime(agent, operator) === runtime).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether the runtime has to carry a policy: to keep others out, or to let another account in. */
export function needsPolicy(agent: Agent, runtime: agentcore.IRuntimeRef): boolean {
  return limitsInvokers(agent, runtime) || frontEndsOf(agent, runtime).some(({ host }) => mayBeElsewhere(host, runtime));
}

/** In a stack without an environment the account of a role that others manage may be another one, and then the policy has to let it in. */
function mayBeElsewhere({ iamRole, managedElsewhereReason }: AgentHost, runtime: agentcore.IRuntimeRef): boolean {
  return knownToDiffer(iamRole.env.account, runtime.env.account) || (managedElsewhereReason !== undefined && iamRole.env.account !== runtime.env.account);
}

/** Whether the policy of the runtime, if it is written here, denies everybody but operators to run commands in it. */
export function deniesCommands(agent: Agent, runtime: agentcore.IRuntimeRef): boolean {
  return l1Runtime(runtime) !== undefined && limitsInvokers(agent, runtime);
}

/** Whether others are kept out, or users are named. */
export function limitsInvokers(agent: Agent, runtime: agentcore.IRuntimeRef): boolean {
  return agent._onlyFrontEnds || frontEndsOf(agent, runtime).some(({ userIds }) => userIds !== undefined);
}

/** The runtime for a policy in this stack. */
export function runtimeResource(consumer: Stack, runtime: agentcore.IRuntimeRef): NamedResource {
  const l1 = l1Runtime(runtime);
  const arn = l1 !== undefined ? valueForStack(consumer, l1, l1.attrAgentRuntimeArn) : runtime.runtimeRef.agentRuntimeArn;
  return { arn, label: `runtime ${readable(arn, runtime.node.path)}` };
}

/** An endpoint, and what its policy is named after. */
interface EndpointResource extends NamedResource {
  readonly id: string;
}

/** The endpoints of a front end for a policy in this stack: their ARNs, never a pattern. */
export function endpointResources(consumer: Stack, runtime: agentcore.IRuntimeRef, { endpoints }: FrontEnd): EndpointResource[] {
  if (endpoints.length === 0) {
    const { arn, label } = runtimeResource(consumer, runtime);
    return [{ arn: `${arn}/runtime-endpoint/DEFAULT`, label: `endpoint DEFAULT of ${label}`, id: 'DEFAULT' }];
  }
  return endpoints.map((endpoint) => {
    const l1 = l1Endpoint(endpoint);
    const arn = l1 !== undefined ? valueForStack(consumer, l1, l1.attrAgentRuntimeEndpointArn) : endpoint.runtimeEndpointRef.agentRuntimeEndpointArn;
    return { arn, label: `endpoint ${readable(arn, endpoint.node.path)}`, id: endpoint.node.addr.slice(-8) };
  });
}

/** The L1 behind an endpoint of this app; nothing for an import. */
export function l1Endpoint(endpoint: agentcore.IRuntimeEndpointRef): agentcore.CfnRuntimeEndpoint | undefined {
  const l1 = agentcore.CfnRuntimeEndpoint.isCfnRuntimeEndpoint(endpoint) ? endpoint : endpoint.node.defaultChild;
  return agentcore.CfnRuntimeEndpoint.isCfnRuntimeEndpoint(l1) ? l1 : undefined;
}

/** What one front end may do. */
export function invocationRights(agent: Agent, frontEnd: FrontEnd): InvocationRights {
  const consumer = invocationStack(agent, frontEnd);
  const runtime = invokedRuntime(agent, frontEnd)!;
  return {
    runtime: runtimeResource(consumer, runtime),
    endpoints: endpointResources(consumer, runtime, frontEnd),
    webSocket: frontEnd.webSocket,
    forUserIds: frontEnd.userIds !== undefined,
  };
}

/** What an operator runs commands on: the runtime, and the endpoints that its front ends invoke. */
export function commandResources(agent: Agent, operator: Operator): NamedResource[] {
  const consumer = invocationStack(agent, operator);
  const runtime = invokedRuntime(agent, operator)!;
  return [runtimeResource(consumer, runtime), ...byLabel(frontEndsOf(agent, runtime).flatMap((frontEnd) => endpointResources(consumer, runtime, frontEnd)))]
    .map(({ arn, label }) => ({ arn, label }));
}

/** The front ends of a runtime as the resource policy in this stack knows them, sorted by name. */
export function invokersOf(agent: Agent, runtime: agentcore.IRuntimeRef, consumer: Stack): Invoker[] {
  return frontEndsOf(agent, runtime).sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((frontEnd) => ({ ...namedRole(frontEnd.host.iamRole, consumer), rights: invocationRights(agent, frontEnd) }));
}

/** The operators of a runtime as the resource policy in this stack knows them. */
export function namedOperatorsOf(agent: Agent, runtime: agentcore.IRuntimeRef, consumer: Stack): NamedRole[] {
  return operatorsOf(agent, runtime).map(({ host }) => namedRole(host.iamRole, consumer));
}

function namedRole(role: iam.IRoleRef, consumer: Stack): NamedRole {
  const arn = roleArnFor(consumer, role) ?? role.roleRef.roleArn;
  return { roleArn: arn, label: roleLabel(role), accountRoot: `arn:${consumer.partition}:iam::${accountOf(role, arn)}:root` };
}

function accountOf(role: iam.IRoleRef, arn: string): string {
  return Token.isUnresolved(arn) ? role.env.account : arn.split(':')[4];
}
