import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { frontEndsOf, invokedRuntime, limitsInvokers, runtimesOf } from './invocation-rights';
import { Operator } from './operator';
import type { Agent } from '../agent/agent';
import { roleArnFor, roleLabel } from '../agent/role-arn';
import { isSameRole } from '../agent/role-key';
import { expectRoleOfHost } from '../agent/role-of-host';
import { l1Runtime } from '../agent/runtime-id';
import { holdsPattern } from '../declaration/known-text';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';

/** What keeps an operator from running commands, or commands from being kept from others. Asked also while the agent is suspended. */
export function operatorRules(problems: Problems, agent: Agent): void {
  const { operators } = agent;
  if (operators.length === 0) {
    return;
  }
  const received = operators.map(({ name }) => name);
  const runtimes = runtimesOf(agent);
  problems.expect(runtimes.length > 0, {
    code: 'Operator/NoRuntime',
    what: 'operators are given, but commands are run in agents on an AgentCore Runtime only',
    received,
    fix: 'Remove them, or host the agent on a runtime: AgentHost.agentRuntime(runtime).',
  });
  problems.expect(agent._identityOfRuntime === undefined || agent.callers.length === 0, {
    code: 'Operator/JwtRuntime',
    what: 'the runtime checks users\' tokens (callers), so that nobody runs commands in it with AWS credentials',
    received,
    fix: 'Remove the operators, or remove callers.',
  });
  if (runtimes.length === 0) {
    return;
  }
  for (const operator of operators) {
    expectRoleOfHost(problems, operator, 'operator');
    const runtime = invokedRuntime(agent, operator);
    problems.expect(runtime !== undefined, {
      code: 'Operator/OtherRuntime',
      what: `operator ${operator.name} is to run commands in a runtime that the agent is not on`,
      received: operator.runtime?.node.path,
      allowed: runtimes.map(({ node }) => node.path).join(', '),
      fix: 'Pass the runtime of one of the agent\'s parts, or leave runtime out.',
    });
    if (runtime !== undefined) {
      expectDenied(problems, agent, operator, runtime);
      expectRole(problems, agent, operator, runtime);
    }
  }
}

/** Where nobody is denied, an exception would say that others are. */
function expectDenied(problems: Problems, agent: Agent, { name }: Operator, runtime: agentcore.IRuntimeRef): void {
  problems.expect(limitsInvokers(agent, runtime), {
    code: 'Operator/NothingDenied',
    what: `operator ${name} is to run commands in a runtime in which nobody is denied that: whoever has the right by another policy may`,
    received: runtime.node.path,
    fix: 'Say who alone invokes the agent: agent.onlyInvokedBy(...); or remove the operator, and give the role the right by a policy of your own.',
  });
}

function expectRole(problems: Problems, agent: Agent, operator: Operator, runtime: agentcore.IRuntimeRef): void {
  const { name, host } = operator;
  const role = host.iamRole;
  const own = agent.parts.find((part) => isSameRole(part.host.iamRole, role));
  problems.expect(own === undefined, {
    code: 'Operator/OwnRole',
    what: `operator ${name} has the role of part ${own?.name} of the same agent, whose code could then run commands beside every session`,
    received: roleLabel(role),
    fix: 'Give the operator a role of its own.',
  });
  const frontEnd = frontEndsOf(agent, runtime).find((each) => isSameRole(each.host.iamRole, role));
  problems.expect(frontEnd === undefined, {
    code: 'Operator/FrontEndRole',
    what: `operator ${name} has the role of front end ${frontEnd?.name}, which needs no commands, and could go around whom it serves and names`,
    received: roleLabel(role),
    fix: 'Give the operator a role of its own.',
  });
  const twin = agent.operators.find((other) => other !== operator && invokedRuntime(agent, other) === runtime && isSameRole(other.host.iamRole, role));
  problems.expect(twin === undefined, {
    code: 'Operator/RoleTwice', what: `operators ${name} and ${twin?.name} have the same role`, received: roleLabel(role), fix: 'Give each a role of its own, or make them one.',
  });
  problems.expect(!knownToDiffer(role.env.account, runtime.env.account) || host.managedElsewhereReason !== undefined, {
    code: 'Operator/OtherAccount',
    what: `the role of operator ${name} is in account ${role.env.account}, the runtime in ${runtime.env.account}`,
    received: roleLabel(role),
    fix: 'Write AgentHost.roleManagedElsewhere(role, { reason }): the runtime lets it in, and the access report holds the policy that the role needs in its own account.',
  });
  const arn = roleArnFor(Stack.of(l1Runtime(runtime) ?? agent), role);
  problems.expect(arn !== undefined && !holdsPattern(arn), {
    code: 'Operator/RoleName',
    what: `the resource policy of the runtime has to name the role of operator ${name}, but the role's name is not known before deployment, or is a pattern`,
    received: roleLabel(role),
    fix: 'Give the role a roleName, or put it into the stack of the runtime: references in both directions would be a circle.',
  });
}
