import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { endpointResources, frontEndsOf, invokersOf, namedOperatorsOf, needsPolicy, runtimeResource, runtimesOf } from './invocation-rights';
import type { Agent } from '../agent/agent';
import { l1Runtime } from '../agent/runtime-id';
import { declareResource } from '../declaration/declared-properties';
import { readable } from '../declaration/readable';
import { expectNoPatternInTokens } from '../declaration/token-pattern';
import { invocationPolicyStatements, resourcePolicyJson } from '../permission/invocation-statements';
import { byLabel, NamedResource } from '../permission/statement';

/** A runtime, or an endpoint of one, and the policy that it carries. */
export interface InvocationPolicy {
  readonly runtime: agentcore.IRuntimeRef;
  readonly id: string;
  readonly resource: NamedResource;
  readonly document: Record<string, unknown>;
}

/** The policies of each runtime, and of each of its endpoints that a front end may invoke: AWS asks both. */
export function invocationPolicies(agent: Agent): InvocationPolicy[] {
  return runtimesOf(agent).filter((runtime) => needsPolicy(agent, runtime)).flatMap((runtime) => {
    const consumer = Stack.of(l1Runtime(runtime) ?? agent);
    const invokers = invokersOf(agent, runtime, consumer);
    const operators = namedOperatorsOf(agent, runtime, consumer);
    const endpoints = byLabel(frontEndsOf(agent, runtime).flatMap((frontEnd) => endpointResources(consumer, runtime, frontEnd)));
    // Other runtimes than the first have names of their own; endpoints other than DEFAULT have them anyway.
    const further = runtime === runtimesOf(agent)[0] ? '' : `-${runtime.node.addr.slice(-8)}`;
    return [{ ...runtimeResource(consumer, runtime), id: '' }, ...endpoints].map(({ id, ...resource }) => {
      const invoking = invokers.filter(({ rights }) => [rights.runtime, ...rights.endpoints].some(({ label }) => label === resource.label));
      return {
        runtime,
        id: id === '' ? `InvocationPolicy${further}` : `InvocationPolicyOf-${id}${id === 'DEFAULT' ? further : ''}`,
        resource,
        document: resourcePolicyJson(invocationPolicyStatements(invoking, agent._onlyFrontEnds, operators), resource.arn),
      };
    });
  });
}

/** A policy for somebody else to attach, or to read: what only deployment knows is named in words. */
export function readablePolicy(agent: Agent, { runtime, resource, document }: InvocationPolicy): { resource: string; policy: unknown } {
  const consumer = Stack.of(l1Runtime(runtime) ?? agent);
  const roles = [...invokersOf(agent, runtime, consumer), ...namedOperatorsOf(agent, runtime, consumer)];
  const names = new Map<string, string>(roles.map(({ roleArn, label }) => [roleArn, `(ARN of role ${label})`]));
  return {
    resource: resource.label,
    policy: JSON.parse(JSON.stringify(document, (_key, value: unknown) => (typeof value === 'string' ? readable(value, names.get(value) ?? `(ARN of ${resource.label})`) : value))),
  };
}

/** What was attached, for the rule that nothing else is on the same resources. */
const ATTACHED = new WeakMap<Agent, agentcore.CfnResourcePolicy[]>();

/** The policies that the agent has put on runtimes of this app. */
export function attachedInvocationPolicies(agent: Agent): agentcore.CfnResourcePolicy[] {
  return ATTACHED.get(agent) ?? [];
}

const POLICY_FIX = 'Say on the agent who invokes it (invokedBy, onlyInvokedBy) and who runs commands in it (commandsRunBy), and let overrides and aspects spare the policy.';

/** Attaches the policies to runtimes of this app. An import is left to its owner: a policy of ours would replace theirs. */
export function attachInvocationPolicies(agent: Agent): void {
  ATTACHED.set(agent, invocationPolicies(agent).flatMap(({ runtime, id, resource, document }) => {
    const l1 = l1Runtime(runtime);
    if (l1 === undefined) {
      return [];
    }
    const stack = Stack.of(l1);
    expectNoPatternInTokens(stack, document, agent.node.path);
    const policy = { resourceArn: resource.arn, policy: stack.toJsonString(document) };
    const attached = new agentcore.CfnResourcePolicy(policyScope(agent, stack), id, policy);
    declareResource(agent, attached, policy, { fix: POLICY_FIX });
    return attached;
  }));
}

/** Under the agent; in the runtime's stack where that is another one. */
function policyScope(agent: Agent, stack: Stack): Construct {
  const id = `${agent.node.id}-${agent.node.addr.slice(-8)}-Invocation`;
  return stack === Stack.of(agent) ? agent : stack.node.tryFindChild(id) as Construct | undefined ?? new Construct(stack, id);
}
