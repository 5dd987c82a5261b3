import type { GatewayTool } from './gateway-tool';
import { speaksHttp } from './target-kind';
import type { ToolGateway } from './tool-gateway';
import type { ToolTarget } from './tool-target';
import type { Capability } from '../capability/capability';
import { Problem } from '../declaration/problem';

/** A tool that an agent calls; `*` for all of a target. */
export interface CalledTool {
  readonly target: ToolTarget;
  readonly tool: string;
  /** Whether the gateway says itself who may call it. If not, the agents that do are the answer. */
  readonly said: boolean;
  /** What the gateway says of it. */
  readonly rules: readonly GatewayTool[];
}

/** The tools that a capability names, found on the gateway, and what keeps some from being found. */
export function calledTools(gateway: ToolGateway, { tools, allToolsReason }: Capability): { readonly found: CalledTool[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  if (allToolsReason !== undefined) {
    return { found: gateway.targets.flatMap((target) => everyToolOf(target, problems)), problems };
  }
  const found = tools.flatMap((name): CalledTool[] => {
    const [targetName, tool] = [name.slice(0, name.indexOf('___')), name.slice(name.indexOf('___') + 3)];
    const target = gateway.targets.find((each) => each.targetName === targetName);
    const known = target?._target._form.toolNames;
    if (target === undefined || (known !== undefined && !known.includes(tool)) || speaksHttp(target.kind) !== tool.includes(':/')) {
      problems.push({
        code: 'Capability/UnknownTool',
        what: `gateway ${gateway.node.path} has no tool ${name}`,
        received: name,
        allowed: target === undefined ? gateway.targets.map((each) => `${each.targetName}___…`).join(', ') || 'nothing: it has no target'
          : known?.map((each) => `${targetName}___${each}`).join(', ') ?? `${targetName}___${speaksHttp(target.kind) ? 'POST:/invocations' : '<tool>'}`,
        fix: 'Correct the name, or add the tool to the gateway.',
      });
      return [];
    }
    return [called(target, tool)];
  });
  return { found, problems };
}

/** All tools of a target: by one rule if the gateway says nothing of single ones. */
function everyToolOf(target: ToolTarget, problems: Problem[]): CalledTool[] {
  const named = target._tools.filter((tool) => isSaid([tool])).map(({ name }) => name);
  if (named.length === 0 || named.includes('*')) {
    return [called(target, '*'), ...named.filter((name) => name !== '*').map((name) => called(target, name))];
  }
  const known = target._target._form.toolNames;
  if (known === undefined) {
    problems.push({
      code: 'Capability/Tools',
      what: `the tools of target ${target.node.path} are not known, and the gateway says of some of them who may call them, so one rule for all would undo that`,
      received: named,
      fix: 'Name the tools that the agent calls, or let the gateway say it of all: target.everyTool({ reason }).requires(...).',
    });
  }
  return [...new Set([...known ?? [], ...named])].map((name) => called(target, name));
}

function called(target: ToolTarget, tool: string): CalledTool {
  const rules = target._tools.filter(({ name }) => name === tool || name === '*');
  return { target, tool, said: isSaid(rules), rules };
}

function isSaid(tools: readonly GatewayTool[]): boolean {
  return tools.some(({ _rules }) => _rules.some(({ effect }) => effect === 'permit'));
}
