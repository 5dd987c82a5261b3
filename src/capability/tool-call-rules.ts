import { Token } from 'aws-cdk-lib';
import type { CallToolsOptions } from './capability-options';
import { ToolCallAuthority, ToolCallAuthorityKind } from './tool-call-authority';
import { Problems } from '../declaration/problems';
import type { IToolGateway } from '../gateway/imported-gateway';

/** Target, three underscores, and a tool or an HTTP operation. */
const TOOL = /^[0-9A-Za-z](-?[0-9A-Za-z]){0,99}___([A-Za-z0-9_.-]{1,256}|(GET|POST|DELETE):(?!\S*(\/\/|\/\.{1,2}(\/|$)))\/[A-Za-z0-9._~:@!$&'()+,;=/{}-]*)$/;

/** Which authority gets in which way. */
const FITS: Record<ToolCallAuthorityKind, readonly string[]> = {
  [ToolCallAuthorityKind.AGENT_ROLE]: ['AWS_IAM', 'AUTHENTICATE_ONLY'],
  [ToolCallAuthorityKind.MACHINE_CLIENT]: ['CUSTOM_JWT'],
  [ToolCallAuthorityKind.USER_TOKEN]: ['CUSTOM_JWT'],
};

/** What would get in. */
const WAYS: Record<string, string> = {
  AWS_IAM: 'ToolCallAuthority.agentRole()',
  AUTHENTICATE_ONLY: 'ToolCallAuthority.agentRole()',
  CUSTOM_JWT: 'ToolCallAuthority.machineClient(provider, { scopes }) or ToolCallAuthority.userToken({ users })',
  NONE: 'nothing: everybody gets in, so there is nothing to grant',
};

/** What can be said of a call at once: that it names a gateway, tools and an authority that fits. */
export function expectToolCalls(problems: Problems, gateway: IToolGateway, options: CallToolsOptions): void {
  const known = problems.expect(typeof gateway === 'object' && gateway !== null && 'gatewayArn' in gateway && 'inbound' in gateway, {
    code: 'Capability/Gateway',
    what: 'the gateway of Capability.callTools is not one of this library',
    received: gateway,
    fix: 'Pass a ToolGateway, or ToolGateway.fromGatewayAttributes(scope, id, { gatewayArn, gatewayUrl, inbound }).',
  });
  const authority = problems.expect(options?.authority instanceof ToolCallAuthority, {
    code: 'Capability/ToolAuthority', what: 'it is not said with whose authority the tools are called', received: options?.authority, fix: 'Write authority: ToolCallAuthority.agentRole() or another of its forms.',
  });
  if (known && authority) {
    problems.expect(FITS[options.authority.kind].includes(gateway.inbound.kind), {
      code: 'Capability/ToolAuthority',
      what: `callers get into gateway ${gateway.node.path} by ${gateway.inbound.kind}, which takes no ${options.authority.kind.replace(/^(the|a) /, '')}`,
      received: options.authority.kind,
      allowed: WAYS[gateway.inbound.kind],
      fix: 'Use an authority that gets in, or change how the gateway lets callers in.',
    });
  }
  const { tools, allTools } = options ?? {};
  problems.expect((tools === undefined) !== (allTools === undefined), {
    code: 'Capability/Tools', what: 'either tools or allTools is needed', received: tools, fix: 'Write tools: [\'Calendar___list_events\'], or, with a reason, allTools: { reason }.',
  });
  if (allTools !== undefined) {
    problems.expectText(allTools?.reason, {
      name: 'reason of allTools', code: 'Capability/Tools', minimum: 10, maximum: 500, forPeople: true, allowed: 'a sentence of 10 to 500 characters', fix: 'Say why the agent may call every tool, also those to come.',
    });
  }
  if (tools !== undefined) {
    problems.expect(Array.isArray(tools) && tools.length > 0 && new Set(tools).size === tools.length
      && tools.every((tool) => typeof tool === 'string' && !Token.isUnresolved(tool) && TOOL.test(tool)), {
      code: 'Capability/Tools',
      what: 'tools are not valid',
      received: tools,
      allowed: 'at least one, each once: target, three underscores and tool, known at synthesis',
      fix: 'Write tools: [\'Calendar___list_events\'], or take target.tool(name).qualifiedName.',
    });
  }
}
