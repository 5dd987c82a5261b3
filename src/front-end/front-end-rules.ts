import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { FrontEnd } from './front-end';
import { invocationPolicyRules } from './invocation-policy-rules';
import { frontEndsOf, invokedRuntime, isSameRuntime, l1Endpoint, needsPolicy, runtimesOf } from './invocation-rights';
import { operatorRules } from './operator-rules';
import type { Agent } from '../agent/agent';
import type { AgentPart } from '../agent/agent-part';
import { roleArnFor, roleLabel } from '../agent/role-arn';
import { isSameRole } from '../agent/role-key';
import { expectRoleOfHost } from '../agent/role-of-host';
import { l1Runtime } from '../agent/runtime-id';
import { CapabilityKind } from '../capability/capability-kind';
import { TrustedUserIds } from '../capability/trusted-user-ids';
import { holdsPattern } from '../declaration/known-text';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';

/** What keeps a front end from invoking the agent, an operator from running commands in it, or its limits from being held. */
export function frontEndRules(problems: Problems, agent: Agent): void {
  operatorRules(problems, agent);
  const { frontEnds } = agent;
  if (frontEnds.length === 0) {
    return;
  }
  const received = frontEnds.map(({ name }) => name);
  const runtimes = runtimesOf(agent);
  problems.expect(runtimes.length > 0, {
    code: 'FrontEnd/NoRuntime',
    what: 'front ends are given, but only agents on an AgentCore Runtime are invoked with InvokeAgentRuntime',
    received,
    fix: 'Remove them, or host the agent on a runtime: AgentHost.agentRuntime(runtime).',
  });
  problems.expect(agent._identityOfRuntime === undefined || agent.callers.length === 0, {
    code: 'FrontEnd/JwtRuntime',
    what: 'the runtime checks users\' tokens (callers), and a runtime is invoked with such a token or with AWS credentials, never with either: IAM has no say here',
    received,
    fix: 'Remove the front ends, which need no IAM with a user\'s token; or remove callers.',
  });
  if (runtimes.length === 0) {
    return;
  }
  invocationPolicyRules(problems, agent);
  for (const frontEnd of frontEnds) {
    expectRoleOfHost(problems, frontEnd, 'front end');
    const runtime = invokedRuntime(agent, frontEnd);
    problems.expect(runtime !== undefined, {
      code: 'FrontEnd/OtherRuntime',
      what: `front end ${frontEnd.name} is to invoke a runtime that the agent is not on`,
      received: frontEnd.runtime?.node.path,
      allowed: runtimes.map(({ node }) => node.path).join(', '),
      fix: 'Pass the runtime of one of the agent\'s parts, or leave runtime out.',
    });
    if (runtime !== undefined) {
      expectUserIds(problems, agent, frontEnd, runtime);
      expectRole(problems, agent, frontEnd, runtime);
      expectEndpoints(problems, agent, frontEnd, runtime);
    }
  }
}

function expectUserIds(problems: Problems, agent: Agent, { name, userIds }: FrontEnd, runtime: agentcore.IRuntimeRef): void {
  if (userIds === undefined) {
    return;
  }
  problems.expect(agent._identityOfRuntime !== undefined && isSameRuntime(agent._identityOfRuntime, runtime), {
    code: 'FrontEnd/OwnIdentity',
    what: `front end ${name} names users, for whom AWS mints under the identity of the runtime, but the agent has ${agent._identityOfRuntime === undefined ? 'an identity of its own' : 'that of another runtime'}`,
    received: [...userIds.prefixes, ...userIds.ids],
    fix: 'Remove the agent\'s identity, or write FrontEnd.invoking(...) and let the agent\'s code mint.',
  });
  const trusted = agent.capabilities.filter(({ kind }) => kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID);
  for (const { provider, userIds: declared } of trusted) {
    const others = notCovered(userIds, declared!);
    problems.expect(others.length === 0, {
      code: 'FrontEnd/UserIdsDiffer',
      what: `front end ${name} names users whom the capability for ${provider!.node.path} is not for, and no layer of AWS would keep them apart`,
      received: others,
      allowed: [...declared!.prefixes, ...declared!.ids].join(', '),
      fix: 'Name the same ids on the front end and in Capability.actAsTrustedUserId.',
    });
  }
}

function notCovered(named: TrustedUserIds, declared: TrustedUserIds): string[] {
  return [
    ...named.prefixes.filter((prefix) => !declared.prefixes.some((each) => prefix.startsWith(each))),
    ...named.ids.filter((id) => !declared.ids.includes(id) && !declared.prefixes.some((each) => id.startsWith(each))),
  ];
}

function expectRole(problems: Problems, agent: Agent, frontEnd: FrontEnd, runtime: agentcore.IRuntimeRef): void {
  const { name, host } = frontEnd;
  const role = host.iamRole;
  // A part on another runtime of the agent may set this one to work.
  const own = agent.parts.find((part) => isSameRole(part.host.iamRole, role) && (frontEnd.userIds !== undefined || !runsOnOther(part, runtime)));
  problems.expect(own === undefined, {
    code: 'FrontEnd/OwnRole',
    what: `front end ${name} has the role of part ${own?.name} of the same agent, which could then invoke itself for anybody`,
    received: roleLabel(role),
    fix: 'Give the front end a role of its own.',
  });
  const twin = frontEndsOf(agent, runtime).find((other) => other !== frontEnd && isSameRole(other.host.iamRole, role));
  problems.expect(twin === undefined, {
    code: 'FrontEnd/RoleTwice',
    what: `front ends ${name} and ${twin?.name} have the same role, so each would have the other's rights`,
    received: roleLabel(role),
    fix: 'Give each a role of its own, or make them one.',
  });
  const elsewhere = knownToDiffer(role.env.account, runtime.env.account);
  problems.expect(!elsewhere || host.managedElsewhereReason !== undefined, {
    code: 'FrontEnd/OtherAccount',
    what: `the role of front end ${name} is in account ${role.env.account}, the runtime in ${runtime.env.account}`,
    received: roleLabel(role),
    fix: 'Write AgentHost.roleManagedElsewhere(role, { reason }): the runtime lets it in, and the access report holds the policy that the role needs in its own account.',
  });
  const consumer = Stack.of(l1Runtime(runtime) ?? agent);
  const arn = roleArnFor(consumer, role);
  problems.expect(!needsPolicy(agent, runtime) || (arn !== undefined && !holdsPattern(arn)), {
    code: 'FrontEnd/RoleName',
    what: `the resource policy of the runtime has to name the role of front end ${name}, but the role's name is not known before deployment, or is a pattern`,
    received: roleLabel(role),
    fix: 'Give the role a roleName, or put it into the stack of the runtime: references in both directions would be a circle.',
  });
}

function runsOnOther({ host }: AgentPart, runtime: agentcore.IRuntimeRef): boolean {
  return host.runtime !== undefined && !isSameRuntime(host.runtime, runtime);
}

function expectEndpoints(problems: Problems, agent: Agent, { name, endpoints }: FrontEnd, runtime: agentcore.IRuntimeRef): void {
  const stack = Stack.of(agent);
  for (const endpoint of endpoints) {
    const l1 = l1Endpoint(endpoint);
    const arn = endpoint.runtimeEndpointRef.agentRuntimeEndpointArn;
    const text = (value: unknown) => JSON.stringify(stack.resolve(value));
    const ofRuntime = l1 === undefined
      ? !knownToDiffer(arn.split('/runtime-endpoint/')[0], runtime.runtimeRef.agentRuntimeArn)
      : text(l1.agentRuntimeId) === text(l1Runtime(runtime)?.attrAgentRuntimeId ?? runtime.runtimeRef.agentRuntimeId);
    problems.expect(ofRuntime && !holdsPattern(arn), {
      code: 'FrontEnd/Endpoints',
      what: `front end ${name} is to invoke an endpoint that is not one of the agent's runtime`,
      received: endpoint.node.path,
      fix: 'Pass endpoints of this runtime.',
    });
  }
}
