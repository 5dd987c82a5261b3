import type { AgentDraft } from './agent-draft';
import type { GatewayDraft } from './agents-behind-draft';
import type { CallerDescription, ToolDescription } from './description';

/** What an app needs so that an agent hands its users' tokens on to another. By chance alone it would hardly ever come together. */
export function withChainOfTokens<T extends { readonly agents: readonly AgentDraft[]; readonly gateways: readonly GatewayDraft[] }>(draft: T): T {
  const { agents: [behind, ...others], gateways: [gateway, ...gateways] } = draft;
  const front = others.pop();
  if (front === undefined || gateway === undefined) return draft;
  // Okta names clients in a claim that AWS does not compare.
  const withClients = !gateway.caller.issuer.startsWith('https://acme.okta.com/');
  const caller: CallerDescription = { ...gateway.caller, audiences: gateway.caller.audiences.length > 0 ? gateway.caller.audiences : ['api://agents'], clients: withClients ? gateway.caller.clients : [], scopes: [] };
  const [{ host: { stack } }, ...parts] = behind.parts;
  const [first] = gateway.agentsBehind;
  const mayBeCalled = first.tools.some(({ tool, requires }) => tool !== 'read_all' && requires !== undefined);
  return {
    ...draft,
    agents: [
      { ...behind, identity: 'of the runtime', parts: [{ work: 'act', host: { kind: 'runtime', stack } }, ...parts], signed: false },
      ...others,
      {
        ...front,
        parts: [{ ...front.parts[0], work: 'act' }, ...front.parts.slice(1)],
        callers: [caller],
        capabilities: front.capabilities.filter(({ kind }) => kind !== 'user id'),
        toolCalls: [{ ...front.toolCalls[0] ?? CALL, gateway: 0, authority: 'user token' }, ...front.toolCalls.slice(1)],
        signed: false,
      },
    ],
    gateways: [{
      ...gateway,
      stack: 1,
      protocol: 'HTTP',
      inbound: 'JWT',
      caller,
      registered: undefined,
      agentsBehind: [{ ...first, agent: 0, way: 'token', derivesCallers: true, tools: mayBeCalled ? first.tools : [SCOPED] }, ...gateway.agentsBehind.slice(1)],
    }, ...gateways],
  };
}

const SCOPED: ToolDescription = { tool: 'read', requires: { who: 'any scope', scopes: ['mcp:read', 'mcp:write'] } };

const CALL: AgentDraft['toolCalls'][number] = {
  gateway: 0, authority: 'user token', scopes: [], users: { subjects: [] }, enforced: false, tools: [{ target: 0, tool: 'read' }], suspended: false,
};
