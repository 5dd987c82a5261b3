import type { AgentToolRule } from './agent-tool-rules';
import { GatewayInboundKind } from './gateway-inbound';
import { GatewayTool } from './gateway-tool';
import { InputCondition } from './input-condition';
import { CallerKind } from './tool-access';
import type { ToolGateway } from './tool-gateway';
import { ToolParameter } from './tool-parameter';
import { LONGEST_POLICY, policyLength, ToolPolicy } from './tool-policies';
import { ToolTarget } from './tool-target';
import { Problems } from '../declaration/problems';
import { quotaOf } from '../quota/quota';

/** AWS's limit for the policies of one resource together. */
const LONGEST_TOGETHER = 200_000;

/** What is wrong with the rules of a gateway's tools, once all are said. */
export function toolRules(problems: Problems, gateway: ToolGateway, said: readonly ToolPolicy[], agentRules: readonly AgentToolRule[] = []): void {
  const policies = [...said, ...agentRules.flatMap((rule) => rule.policies)];
  for (const target of gateway.targets) {
    everyToolHasAccess(problems, target, agentRules.filter((rule) => rule.target === target).map(({ tool }) => tool));
    target._tools.forEach((tool) => rulesFit(problems, gateway, target, tool));
  }
  const supplied = gateway.targets.filter(({ credentials }) => credentials._byInterceptor);
  problems.expect(supplied.length === 0 || gateway._interceptors.some(({ point }) => point === 'REQUEST'), {
    code: 'Interceptor/Missing',
    what: 'an interceptor is to supply the credentials of a target, and the gateway has none for requests',
    received: supplied.map(({ targetName }) => targetName),
    fix: 'Write gateway.addInterceptor(Interceptor.request(fn)).',
  });
  const lengths = policies.map(({ statement }) => policyLength(statement, gateway.gatewayArn));
  policies.forEach(({ description }, index) => problems.expect(lengths[index] <= LONGEST_POLICY, {
    code: 'GatewayTool/PolicyTooLong',
    what: `a rule is too long: ${description}`,
    received: lengths[index],
    allowed: `${LONGEST_POLICY} bytes; ToolAccess.anyOf and anyScope are divided, what must hold together cannot be`,
    fix: 'Ask for fewer scopes or claims at a time, for example for one scope that stands for them.',
  }));
  const together = lengths.reduce((sum, length) => sum + length, 0);
  const quota = quotaOf(gateway, 'enginePolicy');
  problems.expect(policies.length <= quota.limit && together <= LONGEST_TOGETHER, {
    code: 'ToolGateway/TooManyPolicies',
    what: `the gateway needs ${policies.length} policies of ${together} bytes together`,
    allowed: `${quota.limit} policies, ${LONGEST_TOGETHER} bytes`,
    fix: 'Divide the targets among gateways, or give a target one rule for all tools: everyTool({ reason }).',
  });
}

/** A target of which nothing is said, and a known tool of which nothing is said, are rather forgotten than shut. */
function everyToolHasAccess(problems: Problems, target: ToolTarget, byAgents: readonly string[]): void {
  const said = new Set([...target._tools.filter(({ _rules }) => _rules.some(({ effect }) => effect === 'permit')).map(({ name }) => name), ...byAgents]);
  if (said.has('*')) {
    return;
  }
  const { toolNames } = target._target._form;
  const forgotten = (toolNames ?? []).filter((name) => !said.has(name));
  problems.expect(toolNames !== undefined ? forgotten.length === 0 : said.size > 0, {
    code: 'ToolTarget/ToolWithoutAccess',
    what: toolNames !== undefined ? `it is not said who may call tools of ${target.targetName}` : `it is not said who may call anything of ${target.targetName}`,
    ...(toolNames !== undefined ? { received: forgotten } : {}),
    fix: 'Write target.tool(name).requires(ToolAccess.allScopes(...)), or ToolAccess.nobody(), or let an agent call it with its role: Capability.callTools.',
  });
}

function rulesFit(problems: Problems, { inbound }: ToolGateway, target: ToolTarget, tool: GatewayTool): void {
  const callers: Record<GatewayInboundKind, CallerKind> = {
    [GatewayInboundKind.JWT]: CallerKind.TOKEN,
    [GatewayInboundKind.IAM]: CallerKind.IAM,
    [GatewayInboundKind.AUTHENTICATE_ONLY]: CallerKind.IAM,
    [GatewayInboundKind.NONE]: CallerKind.ANY,
  };
  for (const { access } of tool._rules) {
    problems.expect(access.callers === CallerKind.ANY || access.callers === callers[inbound.kind], {
      code: 'GatewayTool/OtherCallers',
      what: `a rule of ${target.targetName} ${tool.name} is about callers by ${access.callers}, and callers of this gateway come otherwise`,
      received: access.description,
      allowed: inbound.kind === GatewayInboundKind.JWT ? 'scopes, groups, claims and subjects' : inbound.kind === GatewayInboundKind.NONE ? 'everyCaller and nobody' : 'IAM roles',
      fix: 'Change the rule, or how callers get in.',
    });
    access._inputs.forEach((input) => inputFits(problems, target, tool, input));
  }
}

/** Where a tool's parameters are known, a condition must be about one of them and of its type. */
function inputFits(problems: Problems, target: ToolTarget, tool: GatewayTool, input: InputCondition): void {
  const definition = target._target._form.tools?.find(({ name }) => name === tool.name);
  if (definition === undefined) {
    return;
  }
  let members: { [name: string]: ToolParameter } | undefined = definition._parameters;
  let found: ToolParameter | undefined;
  for (const step of input._path) {
    found = members !== undefined && Object.prototype.hasOwnProperty.call(members, step) ? members[step] : undefined;
    members = found?._members;
  }
  problems.expect(found?._type === input._type, {
    code: 'GatewayTool/Input',
    what: found === undefined ? `tool ${tool.name} has no such parameter` : `the parameter of ${tool.name} has another type`,
    received: input.description,
    allowed: found === undefined ? Object.keys(definition._parameters).join(', ') : `a condition on a parameter of type ${found._type}`,
    fix: 'Correct the condition: one that never holds would shut the tool, or never refuse a call.',
  });
}
