import { Token } from 'aws-cdk-lib';
import type { Agent } from './agent';
import { gatewayLabel, ownGateway } from './gateway-call';
import { suspensionOf } from './part-rights';
import { isSameRole } from './role-key';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { ToolCallAuthorityKind } from '../capability/tool-call-authority';
import { needsUserToken } from '../capability/user-token';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { callingParts } from '../gateway/agent-tool-rules';
import { calledTools } from '../gateway/called-tools';
import { KnownCaller, whyRefused } from '../gateway/caller-verdict';
import { acceptedCallers, clientMismatch, holdsUsers } from '../gateway/inbound-fit';
import { ToolAccess } from '../gateway/tool-access';

/** What keeps an agent from calling the tools that it declares. */
export function gatewayCallRules(problems: Problems, agent: Agent, capability: Capability): void {
  const { gateway, toolAuthority } = capability;
  const authority = toolAuthority!;
  expectSamePlace(problems, agent, capability);
  expectLetThrough(problems, agent, capability);
  switch (authority.kind) {
    case ToolCallAuthorityKind.AGENT_ROLE:
      expectKnownTools(problems, agent, capability, callingParts(agent).map(({ host }) => {
        const condition = ToolAccess.iamRole(host.iamRole)._condition!;
        return { role: condition.kind === 'principal' ? condition.id : undefined };
      }));
      problems.expect(callingParts(agent).length > 0, {
        code: 'Agent/NobodyVends', what: `the agent calls tools of ${gatewayLabel(gateway!)}, but no part of it calls anything`, fix: 'Give it a host, or a part AgentPart.acting(…) or AgentPart.vending(…).',
      });
      break;
    case ToolCallAuthorityKind.MACHINE_CLIENT: {
      const mismatch = clientMismatch(gateway!.inbound, authority);
      problems.expect(mismatch === undefined, {
        code: 'Capability/ClientNotAccepted', what: `${gatewayLabel(gateway!)} does not let the tokens of ${authority.provider!.node.path} in: ${mismatch?.what}`, received: mismatch?.received, allowed: mismatch?.allowed, fix: mismatch?.fix ?? '',
      });
      expectKnownTools(problems, agent, capability, [{ scopes: capability.scopes }]);
      expectNoUserBehind(problems, capability);
      break;
    }
    case ToolCallAuthorityKind.USER_TOKEN:
      expectKnownTools(problems, agent, capability, [{}]);
      expectCallersGetIn(problems, agent, capability);
      expectUsersAreHeld(problems, agent, capability);
      expectNotSuspendedAlone(problems, agent, capability);
      expectUsersHaveTokens(problems, agent, capability);
      break;
  }
}

/** A resource policy denies whom it does not name. */
function expectLetThrough(problems: Problems, agent: Agent, { gateway }: Capability): void {
  const callers = ownGateway(gateway)?._acceptedCallers;
  if (callers === undefined || gateway!.inbound.kind === 'CUSTOM_JWT' || callers.some(({ _organization }) => _organization !== undefined)) {
    return;
  }
  const denied = callingParts(agent).filter(({ host }) => !callers.some(({ _role }) => _role !== undefined && isSameRole(_role, host.iamRole)));
  problems.expect(denied.length === 0, {
    code: 'Capability/CallerDenied',
    what: `the resource policy of ${gatewayLabel(gateway!)} denies the agent's role`,
    received: denied.map(({ host }) => host.iamRole.node.path),
    fix: 'Add GatewayCaller.role(role) to gateway.restrictCallers(...).',
  });
}

/** Another account needs a resource policy on the gateway, which is its owner's to write. */
function expectSamePlace(problems: Problems, agent: Agent, { gateway }: Capability): void {
  const { account } = agent._identity.scope;
  problems.expect(!knownToDiffer(gateway!.env.account, account) || gateway!.inbound.kind !== 'AWS_IAM' || ownGateway(gateway) === undefined, {
    code: 'Capability/GatewayElsewhere',
    what: `${gatewayLabel(gateway!)} is in account ${gateway!.env.account}, the agent in ${account}: its rules would need the agent's role, which is not known there`,
    received: gateway!.env.account,
    fix: 'Put the gateway into the agent\'s account, or import it, so that its owner lets the role in.',
  });
}

function expectKnownTools(problems: Problems, agent: Agent, capability: Capability, callers: readonly KnownCaller[]): void {
  const gateway = ownGateway(capability.gateway);
  if (gateway === undefined) {
    return;
  }
  const { found, problems: unknown } = calledTools(gateway, capability);
  problems.addAll(unknown);
  if (suspensionOf(capability) !== undefined || agent.suspendedReason !== undefined) {
    return;
  }
  for (const called of found) {
    for (const caller of callers) {
      const why = whyRefused(called.rules, caller);
      problems.expect(why === undefined, {
        code: 'Capability/ToolRefused',
        what: `the gateway's rules never let the agent call ${called.target.targetName}___${called.tool}: ${why}`,
        received: caller.scopes ?? capability.toolAuthority!.kind,
        fix: caller.scopes !== undefined
          ? 'Ask for these scopes, with a client that is registered for them, or do not declare the tool.'
          : 'Add ToolAccess.iamRole(role) of the agent with ToolAccess.anyOf to what the tool requires, or leave requires() out, and agents that declare the tool are let in.',
      });
    }
  }
}

/** A token without a user is handed on as it is, and the next agent has nobody to act for. */
function expectNoUserBehind(problems: Problems, capability: Capability): void {
  const gateway = ownGateway(capability.gateway);
  const needing = gateway === undefined ? [] : calledTools(gateway, capability).found
    .flatMap(({ target: { _agent: behind } }) => (behind?.capabilities.some(needsUserToken) === true ? [behind.node.path] : []));
  problems.expect(needing.length === 0, {
    code: 'Capability/NoUserInChain',
    what: `the agent calls ${needing.join(', ')} as a machine client, which acts for the user of the token that it gets, and there is none in it`,
    fix: 'Hand the user\'s token on: ToolCallAuthority.userToken({ users }).',
  });
}

function expectCallersGetIn(problems: Problems, agent: Agent, { gateway }: Capability): void {
  problems.expect(agent.callers.length > 0, {
    code: 'Agent/CallersMissing',
    what: `the agent hands its users' tokens on to ${gatewayLabel(gateway!)}, but says of no issuer that its tokens prove a user`,
    fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })] on the agent.',
  });
  const { accepted, refused } = acceptedCallers(gateway!.inbound, agent.callers);
  problems.expect(agent.callers.length === 0 || accepted.length > 0, {
    code: 'Capability/CallersNotAccepted',
    what: `no token that the agent's callers come with gets into ${gatewayLabel(gateway!)}: ${refused.join('; ')}`,
    received: agent.callers.map(({ issuer, audiences, clients }) => [issuer, ...audiences, ...clients].map(shown).join(' ')),
    allowed: [...gateway!.inbound.issuers, ...gateway!.inbound.audiences.map((audience) => `audience ${audience}`), ...gateway!.inbound.clients.map((client) => `client ${client}`)].map(shown).join(', '),
    fix: 'Let the issuer make tokens for both: an audience that agent and gateway accept. Else exchange the token: Capability.actOnBehalfOfUser, or call as the agent itself: ToolCallAuthority.machineClient.',
  });
}

function expectUsersAreHeld(problems: Problems, agent: Agent, capability: Capability): void {
  problems.expect(holdsUsers(agent, capability) !== undefined || capability.enforcedByApplication !== undefined, {
    code: 'Capability/UsersNotEnforced',
    what: `nobody would enforce "${capability.users!.description}" for ${gatewayLabel(capability.gateway!)}: neither its way in nor the rules of these tools ask for that`,
    received: capability.users!.description,
    fix: 'Ask for the same on the tools (ToolAccess.group, .claim, .subject), as one value or as a list, say how the agent\'s code checks it with enforcedByApplication, or write Users.anyOfTheIssuer({ reason }).',
  });
}

/** IAM has no part in a token that is handed on. */
function expectNotSuspendedAlone(problems: Problems, agent: Agent, capability: Capability): void {
  problems.expect(capability.suspendedReason === undefined || agent.suspendedReason !== undefined, {
    code: 'Capability/SuspensionNotHeld',
    what: `the capability to hand users' tokens on to ${gatewayLabel(capability.gateway!)} is suspended, but no layer can tell the agent from the user whose token it holds`,
    fix: 'Suspend the target or the gateway: target.suspend({ reason }).',
  });
}

/** Who is known by an id that the agent names has no token to hand on. */
function expectUsersHaveTokens(problems: Problems, agent: Agent, capability: Capability): void {
  problems.expect(!agent.capabilities.some(({ kind }) => kind === CapabilityKind.ACT_AS_TRUSTED_USER_ID), {
    code: 'Capability/UserTokenMissing',
    what: `the agent hands its users' tokens on to ${gatewayLabel(capability.gateway!)}, but knows users by ids that it names, who come without a token`,
    fix: 'Give one of the two to an agent of its own, or call the gateway as the agent itself: ToolCallAuthority.machineClient.',
  });
}

function shown(value: string): string {
  return Token.isUnresolved(value) ? '(known at deployment)' : value;
}
