import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { endpointResources, invokedRuntime, invokersOf, runtimeResource } from './invocation-rights';
import type { Agent } from '../agent/agent';
import { l1Runtime } from '../agent/runtime-id';
import { readable } from '../declaration/readable';
import { invocationPolicyStatements, resourcePolicyJson } from '../permission/invocation-statements';
import { byLabel, NamedResource } from '../permission/statement';

/** A resource of the runtime and the policy that it carries. */
interface InvocationPolicy {
  readonly id: string;
  readonly resource: NamedResource;
  readonly document: Record<string, unknown>;
}

/** The policies of the runtime and of each endpoint that a front end may invoke: AWS asks both. */
function invocationPolicies(agent: Agent): InvocationPolicy[] {
  const runtime = invokedRuntime(agent);
  if (!agent._hasInvocationPolicy || runtime === undefined) {
    return [];
  }
  const consumer = Stack.of(l1Runtime(runtime) ?? agent);
  const invokers = invokersOf(agent, consumer);
  const endpoints = byLabel(agent.frontEnds.flatMap((frontEnd) => endpointResources(consumer, runtime, frontEnd)));
  return [{ ...runtimeResource(consumer, runtime), id: '' }, ...endpoints].map(({ id, ...resource }) => {
    const invoking = invokers.filter(({ rights }) => [rights.runtime, ...rights.endpoints].some(({ label }) => label === resource.label));
    return { id: id === '' ? 'InvocationPolicy' : `InvocationPolicyOf-${id}`, resource, document: resourcePolicyJson(invocationPolicyStatements(invoking, agent._onlyFrontEnds), resource.arn) };
  });
}

/** The policies for somebody else to attach: what only deployment knows is named in words. */
export function invocationPoliciesForOwner(agent: Agent): { resource: string; policy: unknown }[] {
  const runtime = invokedRuntime(agent);
  const names = new Map<string, string>(runtime === undefined ? [] : invokersOf(agent, Stack.of(l1Runtime(runtime) ?? agent)).map(({ roleArn, label }) => [roleArn, `(ARN of role ${label})`]));
  return invocationPolicies(agent).map(({ resource, document }) => ({
    resource: resource.label,
    policy: JSON.parse(JSON.stringify(document, (_key, value: unknown) => (typeof value === 'string' ? readable(value, names.get(value) ?? `(ARN of ${resource.label})`) : value))),
  }));
}

/** Attaches the policies to a runtime of this app. An import is left to its owner: a policy of ours would replace theirs. */
export function attachInvocationPolicies(agent: Agent): void {
  const runtime = invokedRuntime(agent);
  const l1 = runtime === undefined ? undefined : l1Runtime(runtime);
  if (l1 === undefined) {
    return;
  }
  const stack = Stack.of(l1);
  const policies = invocationPolicies(agent);
  const scope = stack === Stack.of(agent) || policies.length === 0 ? agent : new Construct(stack, `${agent.node.id}-${agent.node.addr.slice(-8)}-Invocation`);
  policies.forEach(({ id, resource, document }) => new agentcore.CfnResourcePolicy(scope, id, { resourceArn: resource.arn, policy: stack.toJsonString(document) }));
}
