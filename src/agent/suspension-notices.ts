import type { Agent } from './agent';
import { invokedByRole } from './part-rights';
import { roleLabel } from './role-arn';
import { isSameRole } from './role-key';
import { deniesCommands, frontEndsOf, runtimesOf } from '../front-end/invocation-rights';

/** What goes on although the agent is suspended: IAM takes its tokens away, not those who set it to work. */
export function suspensionNotices(agent: Agent): string[] {
  if (agent.suspendedReason === undefined) {
    return [];
  }
  const shared = agent.parts.filter(({ sharedReason }) => sharedReason !== undefined).map(({ host }) => host.iamRole);
  return [
    ...runtimesOf(agent).map((runtime) => {
      const frontEnds = frontEndsOf(agent, runtime).map(({ name }) => name).sort();
      return `NOT CUT OFF from its callers: whoever may invoke${deniesCommands(agent, runtime) ? '' : ', or run commands in,'} runtime ${runtime.node.path}`
        + `${frontEnds.length === 0 ? '' : `, such as front end ${frontEnds.join(' and ')},`} `
        + 'still sets the suspended agent to work, which gets no tokens then. Take the right to invoke it away from them.';
    }),
    ...shared.flatMap((role) => invokedByRole(agent, role).map(({ node, frontEnds }) => {
      const what = frontEnds.some(({ host }) => isSameRole(host.iamRole, role)) ? 'a front end' : 'an operator';
      return `NOT CUT OFF from agent ${node.path}: role ${roleLabel(role)} is ${what} of it, and other agents share the role. Give each its own.`;
    })),
  ];
}
