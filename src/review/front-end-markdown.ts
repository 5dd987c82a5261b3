import { AgentAccess, FrontEndAccess, OperatorAccess } from './access-model';
import { code, statementDetails, text } from './markdown-text';

/** One line for each front end and each operator, and one for everybody else. */
export function frontEndLines({ frontEnds = [], operators = [], invocation }: AgentAccess): string[] {
  const nobody = operators.some(({ endpoints }) => endpoints.length > 0) ? 'nobody but operators' : 'nobody';
  const commands = invocation?.othersDenied === true ? `; ${nobody} may run commands in it`
    : frontEnds.some(({ userIds }) => userIds !== undefined) ? `; ${nobody} may run commands where a front end names users` : '';
  return [
    ...frontEnds.map((frontEnd) => `- ${frontEndLine(frontEnd)}`),
    ...operators.map((operator) => `- ${operatorLine(operator)}`),
    ...(invocation === undefined ? [] : [`- Everybody else: ${invocation.othersDenied
      ? 'denied invoking it, on the runtime and its endpoints'
      : `may invoke it as other policies allow${invocation.resourcePolicies === undefined ? '' : ', and is denied naming users'}`}${commands}`
      + `${invocation.attachedHere === false ? ', once the runtime\'s owner has attached the policies: NOT ATTACHED HERE' : ''}`]),
  ];
}

function frontEndLine({ name, host, role, endpoints, webSocket, userIds, enforcedByApplication, reason, attachedHere }: FrontEndAccess): string {
  const users = userIds === undefined ? '' : ` FOR USERS WHOM IT NAMES, ${userIds.map(code).join(' or ')}, UNVERIFIED: **application** (${text(enforcedByApplication ?? '')})`;
  const how = `${webSocket ? ', also by WebSocket' : ''} on ${endpoints.map(text).join(' and ')}`;
  return `Invoked by ${name}: ${host}, role ${text(role)}${attachedHere ? '' : ', whose policy is NOT ATTACHED HERE'},${how}${users}. ${text(reason)}`;
}

function operatorLine({ name, host, role, endpoints, reason, attachedHere }: OperatorAccess): string {
  const where = endpoints.length === 0 ? 'but not while the agent is suspended' : `on ${endpoints.map(text).join(' and ')}`;
  return `COMMANDS run by operator ${name}, WITH THE CREDENTIALS OF THE AGENT'S ROLE: ${host}, role ${text(role)}${attachedHere ? '' : ', whose policy is NOT ATTACHED HERE'}, ${where}. ${text(reason)}`;
}

/** The statements of the roles of front ends and operators, and the policies of the runtime. */
export function frontEndDetails({ frontEnds = [], operators = [], invocation }: AgentAccess): string[] {
  const named = [...frontEnds.map((each) => ({ ...each, what: 'front end' })), ...operators.map((each) => ({ ...each, what: 'operator' }))];
  return [
    ...named.flatMap(({ what, name, role, statements, requiredPolicy }) => [
      ...statementDetails(`IAM of ${what} ${name}`, statements),
      ...(requiredPolicy === undefined ? [] : [
        `The owner of role ${text(role)} attaches this policy:`, '', '```json', JSON.stringify(requiredPolicy, undefined, 2), '```', '',
      ]),
    ]),
    ...(invocation?.resourcePolicies ?? []).flatMap(({ resource, policy }) => [
      `<details><summary>Resource policy of ${text(resource)}</summary>`, '', '```json', JSON.stringify(policy, undefined, 2), '```', '', '</details>', '',
    ]),
  ];
}
