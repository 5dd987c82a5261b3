import { allow, Condition, NamedResource, Statement } from './statement';

/*
 * The operations that set an agent on a runtime to work. Each is checked on the runtime and on its endpoint.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-security-best-practices.html
 */
const INVOKE = 'bedrock-agentcore:InvokeAgentRuntime';
const INVOKE_FOR_USER = 'bedrock-agentcore:InvokeAgentRuntimeForUser';
const INVOKE_BY_WEB_SOCKET = 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream';
const INVOKE_BY_WEB_SOCKET_FOR_USER = 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser';

const FOR_NOBODY = [INVOKE, INVOKE_BY_WEB_SOCKET];
const FOR_USERS = [INVOKE_FOR_USER, INVOKE_BY_WEB_SOCKET_FOR_USER];

/**
 * Commands run in the session's container, beside the agent and with the credentials of its role: more than an invocation.
 *
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-execute-command.html
 */
const COMMANDS = ['bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell'];

/** Every operation that invokes an agent, or runs something in its place. */
export const INVOCATION_ACTIONS: readonly string[] = [...FOR_NOBODY, ...FOR_USERS, ...COMMANDS];

/** First those who may not, then those who may. */
const BY_WEB_SOCKET = [false, true];

/** What one front end may do at a runtime, as plain data. */
export interface InvocationRights {
  readonly runtime: NamedResource;
  readonly endpoints: readonly NamedResource[];
  readonly webSocket: boolean;
  /** Whether it may name the user. */
  readonly forUserIds: boolean;
}

/** A role as conditions know it: its sessions have the ARN of the role in `aws:PrincipalArn`. */
export interface NamedRole {
  readonly roleArn: string;
  readonly label: string;
  readonly accountRoot: string;
}

/** A role that invokes. */
export interface Invoker extends NamedRole {
  readonly rights: InvocationRights;
}

/** Statements of the front end's role. */
export function invocationStatements(rights: InvocationRights): Statement[] {
  const resources = [rights.runtime, ...rights.endpoints];
  return [
    allow('InvokeAgent', rights.webSocket ? FOR_NOBODY : [INVOKE], resources),
    ...(rights.forUserIds ? [allow('InvokeAgentForUserIds', rights.webSocket ? FOR_USERS : [INVOKE_FOR_USER], resources)] : []),
  ];
}

/** The statement of an operator's role. AWS asks for the runtime and for the endpoint. */
export function commandStatements(resources: readonly NamedResource[]): Statement[] {
  return [allow('RunCommands', COMMANDS, resources)];
}

/** A statement of a resource policy, before it is given to IAM. */
interface ResourceStatement {
  readonly sid: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly condition?: Condition;
}

/**
 * The policy of a runtime, and of each of its endpoints: the named roles may invoke it, and everybody else is denied what only
 * they may do. That is naming a user in any case, and invoking at all where it is asked for.
 *
 * Where others are kept out, or users are named, everybody but operators is denied running commands, the front ends included: commands
 * would be a way around both, and a front end needs none.
 *
 * Principals are accounts, narrowed by `aws:PrincipalArn`: a role may be made after the policy, and be made again. Inside the
 * account the role's own policy is needed beside it. Whoever has no `aws:PrincipalArn` is denied, too.
 */
export function invocationPolicyStatements(invokers: readonly Invoker[], exclusive: boolean, operators: readonly NamedRole[] = []): ResourceStatement[] {
  type Actions = (rights: InvocationRights) => readonly string[];
  const allowTo = (sid: string, some: readonly Invoker[], actions: Actions): ResourceStatement[] => BY_WEB_SOCKET.flatMap((webSocket) => {
    const named = some.filter(({ rights }) => rights.webSocket === webSocket);
    return named.length === 0 ? [] : [{
      sid: webSocket ? `${sid}AlsoByWebSocket` : sid,
      effect: 'Allow' as const,
      principals: once(named.map(({ accountRoot }) => accountRoot)),
      actions: actions(named[0].rights),
      condition: roles('ArnEquals', named),
    }];
  });
  const denyToOthers = (sid: string, some: readonly NamedRole[], actions: readonly string[]): ResourceStatement => ({
    sid, effect: 'Deny', principals: ['*'], actions, condition: roles('ArnNotEquals', some),
  });
  const forUserIds = invokers.filter(({ rights }) => rights.forUserIds);
  return [
    ...allowTo('FrontEndsInvoke', invokers, ({ webSocket }) => (webSocket ? FOR_NOBODY : [INVOKE])),
    ...allowTo('FrontEndsNameUsers', forUserIds, ({ webSocket }) => (webSocket ? FOR_USERS : [INVOKE_FOR_USER])),
    ...(operators.length > 0 ? [{
      sid: 'OperatorsRunCommands', effect: 'Allow' as const, principals: once(operators.map(({ accountRoot }) => accountRoot)), actions: COMMANDS, condition: roles('ArnEquals', operators),
    }] : []),
    forUserIds.length > 0
      ? denyToOthers('NobodyElseNamesUsers', forUserIds, FOR_USERS)
      : { sid: 'NobodyNamesUsers', effect: 'Deny', principals: ['*'], actions: FOR_USERS },
    ...(exclusive ? [denyToOthers('NobodyElseInvokes', invokers, FOR_NOBODY)] : []),
    ...(exclusive || forUserIds.length > 0 ? [operators.length > 0
      ? denyToOthers('NobodyElseRunsCommands', operators, COMMANDS)
      : { sid: 'NobodyRunsCommands', effect: 'Deny' as const, principals: ['*'], actions: COMMANDS }] : []),
  ];
}

function roles(operator: string, named: readonly NamedRole[]): Condition {
  return { operator, key: 'aws:PrincipalArn', values: once(named.map(({ roleArn }) => roleArn)) };
}

function once(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The policy in the form of IAM's JSON. The resource has to be named exactly. */
export function resourcePolicyJson(statements: readonly ResourceStatement[], resourceArn: string): Record<string, unknown> {
  const oneOrMany = (values: readonly string[]) => (values.length === 1 ? values[0] : [...values]);
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect, principals, actions, condition }) => ({
      Sid: sid,
      Effect: effect,
      Principal: principals[0] === '*' ? '*' : { AWS: oneOrMany(principals) },
      Action: oneOrMany(actions),
      Resource: resourceArn,
      ...(condition !== undefined ? { Condition: { [condition.operator]: { [condition.key]: oneOrMany(condition.values) } } } : {}),
    })),
  };
}
