import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { attachedInvocationPolicies, invocationPolicies } from './invocation-policy';
import { frontEndsOf, isSameRuntime, runtimesOf } from './invocation-rights';
import type { Agent } from '../agent/agent';
import { expectedLengthIn } from '../agent/expected-length';
import { isSameRole } from '../agent/role-key';
import { l1Runtime } from '../agent/runtime-id';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';
import { rivalPolicies } from '../declaration/rival-policies';
import { TargetCredentialsKind } from '../gateway/target-credentials';
import { LONGEST_RESOURCE_POLICY } from '../permission/resource-policy-length';

/** What keeps the policies of the runtimes from meaning what was declared. */
export function invocationPolicyRules(problems: Problems, agent: Agent): void {
  expectNoOtherPolicy(problems, agent);
  expectShortEnough(problems, agent);
  if (agent._onlyFrontEnds) {
    expectEachInvoked(problems, agent);
    runtimesOf(agent).forEach((runtime) => expectGatewaysGetIn(problems, agent, runtime));
  }
}

/** Closed to everybody, a runtime would be of no use; open to others, the agent would not be invoked by the front ends only. */
function expectEachInvoked(problems: Problems, agent: Agent): void {
  const leftOut = runtimesOf(agent).filter((runtime) => frontEndsOf(agent, runtime).length === 0);
  problems.expect(leftOut.length === 0, {
    code: 'FrontEnd/RuntimeLeftOut',
    what: 'only the front ends may invoke the agent, which is on several runtimes, and none of them invokes some of these',
    received: leftOut.map(({ node }) => node.path),
    fix: 'Name what invokes them: FrontEnd.invoking(\'Planner\', AgentHost.role(role), { runtime, reason }); or make the part an agent of its own.',
  });
}

/** AWS keeps one policy for each resource: the last to be written replaces the others. */
function expectNoOtherPolicy(problems: Problems, agent: Agent): void {
  const resources = invocationPolicies(agent).flatMap(({ runtime, resource: { arn } }) => {
    const scope = l1Runtime(runtime);
    return scope === undefined ? [] : { scope, arn };
  });
  const others = rivalPolicies(resources, attachedInvocationPolicies(agent));
  problems.expect(others.length === 0, {
    code: 'FrontEnd/OtherPolicy',
    what: 'the runtime, or an endpoint of it, has another resource policy in this app, and AWS keeps the one that happens to be written last',
    received: others,
    fix: 'Take that policy away, and name whom it lets in as front ends: FrontEnd.invoking(...), for another account with AgentHost.roleManagedElsewhere(role, { reason }).',
  });
}

/** AWS would refuse it during the deployment; that of an imported runtime, when its owner puts it. */
function expectShortEnough(problems: Problems, agent: Agent): void {
  for (const { runtime, resource, document } of invocationPolicies(agent)) {
    const length = expectedLengthIn(Stack.of(l1Runtime(runtime) ?? agent), document);
    problems.expect(length <= LONGEST_RESOURCE_POLICY, {
      code: 'FrontEnd/PolicyTooLarge',
      what: `the resource policy of ${resource.label}, which names the roles of the front ends, is too long`,
      received: length,
      allowed: `${LONGEST_RESOURCE_POLICY} characters (AWS's limit)`,
      fix: 'Name fewer front ends: let callers that are one thing share a role and a front end, or put the agent behind a gateway, whose role is then the only one.',
    });
  }
}

/** A gateway invokes the runtime with its role, which the policy for front ends would deny. */
function expectGatewaysGetIn(problems: Problems, agent: Agent, runtime: agentcore.IRuntimeRef): void {
  const behind = Ledger.of(agent).gateways.filter(({ role, targets }) => !frontEndsOf(agent, runtime).some(({ host }) => isSameRole(host.iamRole, role))
    && targets.some(({ credentials, _target: { _form: form } }) => credentials.kind === TargetCredentialsKind.GATEWAY_ROLE && form.runtime !== undefined
      && isSameRuntime(form.runtime, runtime)));
  problems.expect(behind.length === 0, {
    code: 'FrontEnd/GatewayDenied',
    what: 'only the front ends may invoke the agent, which also stands behind a gateway that invokes it with its role and would be denied',
    received: behind.map(({ node }) => node.path),
    fix: 'Name the gateway as well: FrontEnd.invoking(\'Gateway\', AgentHost.role(gateway.role), { reason }); or take the target away.',
  });
}
