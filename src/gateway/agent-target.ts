import { Stack } from 'aws-cdk-lib';
import { GatewayInbound, GatewayInboundKind } from './gateway-inbound';
import { expectAddTarget } from './gateway-prop-rules';
import { GatewayProtocol } from './gateway-protocol';
import { GatewayTarget } from './gateway-target';
import { acceptedCallers, lacksClientId } from './inbound-fit';
import { TargetCredentials } from './target-credentials';
import { ToolAccess } from './tool-access';
import type { ToolGateway } from './tool-gateway';
import type { ToolTarget } from './tool-target';
import type { Agent } from '../agent/agent';
import { CallingWorkload } from '../agent/calling-workload';
import { l1Runtime } from '../agent/runtime-id';
import { TokenIssuer } from '../agent/token-issuer';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';

/** How an agent is put behind a gateway. */
export interface AddAgentOptions {
  /** Who may call it. */
  readonly access: ToolAccess;

  /**
   * Name of the runtime's endpoint.
   *
   * @default - the runtime's own, DEFAULT
   */
  readonly endpoint?: string;

  /**
   * What the agent is for.
   *
   * @default - nothing
   */
  readonly description?: string;
}

/** The operation by which a runtime is called. */
const INVOCATION = { method: 'POST', path: '/invocations' };

/** Puts an agent behind a gateway: the target, who may call it, and what the agent accepts. */
export function addAgent(gateway: ToolGateway, targetName: string, agent: Agent, options: AddAgentOptions): ToolTarget {
  const problems = new Problems(gateway.node.path);
  expectKnownFields(problems, options, ['access', 'endpoint', 'description'], 'An agent behind a gateway', 'GatewayTarget/UnknownField');
  problems.expect(options?.access instanceof ToolAccess, {
    code: 'GatewayAgent/Access', what: 'it is not said who may call the agent', received: options?.access, fix: 'Write access: ToolAccess.allScopes(\'agents:call\') or another of its forms.',
  });
  const known = problems.expect(typeof agent === 'object' && agent !== null && 'capabilities' in agent && 'callers' in agent, {
    code: 'GatewayAgent/Agent', what: 'it is not an agent', received: agent, fix: 'Pass an Agent that is hosted by AgentHost.agentRuntime(runtime).',
  });
  if (known) {
    expectHost(problems, gateway, agent);
    expectTokens(problems, gateway, agent);
  }
  problems.expect(gateway.protocol === GatewayProtocol.HTTP, {
    code: 'GatewayTarget/Protocol', what: 'an agent on a runtime needs a gateway that speaks HTTP: one that speaks MCP takes no runtime, and hands no user\'s token on', received: gateway.protocol, fix: 'Put it behind a gateway with protocol: GatewayProtocol.HTTP.',
  });
  problems.raise();
  const target = GatewayTarget.agentRuntime(agent._identityOfRuntime!, { endpoint: options.endpoint });
  const targetOptions = { credentials: TargetCredentials.jwtPassthrough(), description: options.description };
  // Nothing is declared of the agent unless all of it can be.
  expectAddTarget(gateway, targetName, target, targetOptions);
  if (agent.callers.length === 0) {
    agent._deriveCaller(issuerOf(gateway.inbound));
  }
  agent.acceptCallsFrom(CallingWorkload.gateway(gateway));
  const added = gateway.addTarget(targetName, target, targetOptions);
  added._agent = agent;
  added.operation(INVOCATION.method, INVOCATION.path).requires(options.access);
  return added;
}

function expectHost(problems: Problems, gateway: ToolGateway, agent: Agent): void {
  const runtime = agent._identityOfRuntime !== undefined ? l1Runtime(agent._identityOfRuntime) : undefined;
  const hosted = problems.expect(runtime !== undefined, {
    code: 'GatewayAgent/Host',
    what: `agent ${agent.node.path} does not act under the identity of an AgentCore Runtime of this app, whose authorizer could accept the gateway's calls and no others`,
    received: agent.parts.map(({ host }) => host.kind),
    fix: 'Host it with AgentHost.agentRuntime(runtime), without an identity of its own; of another app, use GatewayTarget.agentRuntime.',
  });
  problems.expect(!hosted || Stack.of(runtime!) === Stack.of(gateway), {
    code: 'GatewayAgent/OtherStack',
    what: 'runtime and gateway are in different stacks: the runtime\'s authorizer names the gateway, and the gateway\'s target the runtime, so each stack would wait for the other',
    received: runtime?.node.path,
    fix: 'Put both into one stack. Agents that call the gateway may be anywhere.',
  });
}

function expectTokens(problems: Problems, { inbound }: ToolGateway, agent: Agent): void {
  const jwt = problems.expect(inbound.kind === GatewayInboundKind.JWT, {
    code: 'GatewayAgent/Inbound',
    what: 'callers of this gateway come without a token of a user, and the runtime\'s authorizer asks for one',
    received: inbound.kind,
    fix: 'Let callers in by GatewayInbound.jwt(...).',
  });
  if (!jwt) {
    return;
  }
  const limits = [...inbound.clients, ...agent.callers.flatMap(({ clients }) => clients)];
  const blind = [...inbound.issuers, ...agent.callers.map(({ issuer }) => issuer)].find(lacksClientId);
  problems.expect(limits.length === 0 || blind === undefined, {
    code: 'GatewayAgent/Clients',
    what: 'calls are limited to clients by the claim client_id, which tokens of this issuer do not have (Okta writes cid, Entra azp or appid), so none would get through',
    received: blind,
    fix: 'Limit by audiences, on the gateway and on the agent.',
  });
  if (agent.callers.length === 0) {
    problems.expect(inbound.issuers.length === 1 && inbound.audiences.length + inbound.clients.length > 0, {
      code: 'GatewayAgent/Callers',
      what: 'whose tokens the agent accepts does not follow from how callers get into the gateway: issuer, and audiences or clients, have to be known',
      received: [...inbound.issuers, ...inbound.scopes],
      fix: 'Give issuer and audiences on the gateway, or write callers: [TokenIssuer.oidc({ issuer, audiences })] on the agent.',
    });
    return;
  }
  const { accepted, refused } = acceptedCallers(inbound, agent.callers);
  problems.expect(accepted.length > 0, {
    code: 'GatewayAgent/Callers',
    what: `the agent accepts no token that gets into the gateway: ${refused.join('; ')}`,
    received: agent.callers.flatMap(({ issuer, audiences, clients }) => [issuer, ...audiences, ...clients]),
    allowed: [...inbound.issuers, ...inbound.audiences, ...inbound.clients].join(', '),
    fix: 'The token is handed on as it is: let agent and gateway accept a common audience, or leave the agent\'s callers out.',
  });
}

/** The gateway's scopes stay out: which of them an agent needs is said by its access. */
function issuerOf({ issuers, audiences, clients }: GatewayInbound): TokenIssuer {
  const listed = (values: readonly string[]) => (values.length > 0 ? [...values] : undefined);
  return TokenIssuer.oidc({ issuer: issuers[0], audiences: listed(audiences), clients: listed(clients) });
}
