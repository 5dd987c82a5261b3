import type { AppDescription, TargetDescription, ToolCallDescription } from './description';
import { toolsAreKnown } from './possible-call';

/** A role of an agent, by its name in results, and whether it calls tools. */
export interface CallingRole {
  readonly agent: number;
  readonly name: string;
  readonly calls: boolean;
}

/** What follows for a role from the calls that its agent declares: nothing where the gateway says itself who may call the tool. */
export function byAgentRole(app: AppDescription, { agent, calls }: CallingRole, gateway: number, place: number, tool: string): 'permitted' | 'cut off' | 'nothing' {
  const { toolCalls, suspended } = app.agents[agent];
  const about = calls ? toolCalls.filter((call) => call.gateway === gateway && call.authority === 'role' && names(app.gateways[gateway].targets[place], call, place, tool)) : [];
  if (about.some((call) => suspended || call.suspended)) return 'cut off';
  const said = app.gateways[gateway].targets[place].tools.some((rule) => (rule.tool === tool || rule.tool === '*') && rule.requires !== undefined);
  return about.length > 0 && !said ? 'permitted' : 'nothing';
}

/** All tools of a target are those that it will ever have, unless the gateway says of single ones who may call them. */
function names(target: TargetDescription, { tools }: ToolCallDescription, place: number, tool: string): boolean {
  if (tools.length > 0) return tools.some((named) => named.target === place && named.tool === tool);
  const single = target.tools.some((rule) => rule.requires !== undefined && rule.tool !== '*');
  const forAll = target.tools.some((rule) => rule.requires !== undefined && rule.tool === '*');
  return forAll || !single || (toolsAreKnown(target) && (tool === 'read' || tool === 'read_all'));
}
