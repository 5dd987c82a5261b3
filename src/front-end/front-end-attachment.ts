import { attachInvocationPolicies } from './invocation-policy';
import { commandResources, invocationRights, operatorsOf, runtimesOf } from './invocation-rights';
import type { Agent } from '../agent/agent';
import { attachPart } from '../agent/policy-attachment';
import type { ResolvedAgent } from '../agent/resolution';
import { commandStatements, invocationStatements } from '../permission/invocation-statements';

/** Lets the front ends invoke the agent and operators run commands, and keeps others out. Nothing where there are problems. */
export function attachFrontEnds(agent: Agent, resolved: ResolvedAgent): void {
  if (resolved.problems.any || agent.frontEnds.length === 0) {
    return;
  }
  for (const frontEnd of agent.frontEnds) {
    // Names of constructs, and of policies, are apart from those of the agent's parts.
    const { host, name } = frontEnd;
    if (host.managedElsewhereReason === undefined) {
      attachPart(agent, { host, name: `FrontEnd-${name}` }, invocationStatements(invocationRights(agent, frontEnd)));
    }
  }
  for (const operator of runtimesOf(agent).flatMap((runtime) => operatorsOf(agent, runtime))) {
    const { host, name } = operator;
    if (host.managedElsewhereReason === undefined) {
      attachPart(agent, { host, name: `Operator-${name}` }, commandStatements(commandResources(agent, operator)));
    }
  }
  attachInvocationPolicies(agent);
}
