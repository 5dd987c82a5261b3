import { commandStatements, INVOCATION_ACTIONS, invocationPolicyStatements, invocationStatements, resourcePolicyJson } from '../../src/permission/invocation-statements';

/* Who may invoke an agent on a runtime: in the policies of the front ends, and in those of the runtime and its endpoints. */
const INVOKE = 'bedrock-agentcore:InvokeAgentRuntime';
const INVOKE_FOR_USER = 'bedrock-agentcore:InvokeAgentRuntimeForUser';
const WEB_SOCKET = 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream';
const WEB_SOCKET_FOR_USER = 'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser';
const COMMANDS = ['bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell'];
const RUNTIME = { arn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/planner-a1B2c3D4e5', label: 'planner' };
const LIVE = { arn: `${RUNTIME.arn}/runtime-endpoint/live`, label: 'live' };
const ROOT = 'arn:aws:iam::111111111111:root';
const invoker = (name: string, webSocket: boolean, forUserIds: boolean) => ({
  roleArn: `arn:aws:iam::111111111111:role/${name}`, label: name, accountRoot: ROOT, rights: { runtime: RUNTIME, endpoints: [LIVE], webSocket, forUserIds },
});
const roleArns = (...names: string[]) => names.map((name) => `arn:aws:iam::111111111111:role/${name}`);

test('the operations that invoke, and those that run commands in its place', () => expect(INVOCATION_ACTIONS).toEqual([INVOKE, WEB_SOCKET, INVOKE_FOR_USER, WEB_SOCKET_FOR_USER, ...COMMANDS]));

test.each<[string, boolean, boolean, [string, string[]][]]>([
  ['invokes', false, false, [['InvokeAgent', [INVOKE]]]],
  ['also opens web sockets', true, false, [['InvokeAgent', [INVOKE, WEB_SOCKET]]]],
  ['names users', false, true, [['InvokeAgent', [INVOKE]], ['InvokeAgentForUserIds', [INVOKE_FOR_USER]]]],
  ['does both', true, true, [['InvokeAgent', [INVOKE, WEB_SOCKET]], ['InvokeAgentForUserIds', [INVOKE_FOR_USER, WEB_SOCKET_FOR_USER]]]],
])('a front end that %s', (_what, webSocket, forUserIds, expected) => {
  expect(invocationStatements(invoker('portal', webSocket, forUserIds).rights))
    .toEqual(expected.map(([sid, actions]) => ({ sid, effect: 'Allow', actions, resources: [RUNTIME, LIVE], conditions: [] })));
});

test('an operator runs commands and shells, on the runtime and the endpoints', () => expect(commandStatements([RUNTIME, LIVE]))
  .toEqual([{ sid: 'RunCommands', effect: 'Allow', actions: COMMANDS, resources: [RUNTIME, LIVE], conditions: [] }]));

describe('the policy of a runtime', () => {
  const allow = (sid: string, actions: string[], ...names: string[]) => (
    { sid, effect: 'Allow', principals: [ROOT], actions, condition: { operator: 'ArnEquals', key: 'aws:PrincipalArn', values: roleArns(...names) } });
  const deny = (sid: string, actions: string[], ...names: string[]) => (
    { sid, effect: 'Deny', principals: ['*'], actions, condition: { operator: 'ArnNotEquals', key: 'aws:PrincipalArn', values: roleArns(...names) } });

  test('lets front ends in, and nobody name users where nobody was declared to', () => {
    expect(invocationPolicyStatements([invoker('portal', false, false)], false)).toEqual([
      allow('FrontEndsInvoke', [INVOKE], 'portal'),
      { sid: 'NobodyNamesUsers', effect: 'Deny', principals: ['*'], actions: [INVOKE_FOR_USER, WEB_SOCKET_FOR_USER] },
    ]);
  });

  test('tells those by web socket apart, those who name users, and denies everybody else both', () => {
    const invokers = [invoker('portal', false, false), invoker('chat', true, true), invoker('batch', false, true), invoker('portal', false, false)];
    expect(invocationPolicyStatements(invokers, true)).toEqual([
      allow('FrontEndsInvoke', [INVOKE], 'portal', 'batch'),
      allow('FrontEndsInvokeAlsoByWebSocket', [INVOKE, WEB_SOCKET], 'chat'),
      allow('FrontEndsNameUsers', [INVOKE_FOR_USER], 'batch'),
      allow('FrontEndsNameUsersAlsoByWebSocket', [INVOKE_FOR_USER, WEB_SOCKET_FOR_USER], 'chat'),
      deny('NobodyElseNamesUsers', [INVOKE_FOR_USER, WEB_SOCKET_FOR_USER], 'chat', 'batch'),
      deny('NobodyElseInvokes', [INVOKE, WEB_SOCKET], 'portal', 'chat', 'batch'),
      { sid: 'NobodyRunsCommands', effect: 'Deny', principals: ['*'], actions: COMMANDS },
    ]);
  });

  test.each<[string, boolean, boolean, string[]]>([
    ['that are let in beside others: commands are not its matter', false, false, []],
    ['that alone are let in: nobody runs commands, they included', false, true, COMMANDS],
    ['that name users: the same, since commands would have the users\' tokens', true, false, COMMANDS],
  ])('for front ends %s', (_what, forUserIds, exclusive, denied) => {
    const statements = invocationPolicyStatements([invoker('portal', true, forUserIds)], exclusive).filter(({ effect, condition }) => effect === 'Deny' && condition === undefined);
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('Command'))).toEqual(denied);
    expect(statements.every(({ principals }) => principals.length === 1 && principals[0] === '*')).toBe(true);
  });

  const operator = (name: string, account = '111111111111') => ({ roleArn: `arn:aws:iam::${account}:role/${name}`, label: name, accountRoot: `arn:aws:iam::${account}:root` });

  test('spares operators, and lets them in, where commands are denied', () => {
    const operators = [operator('oncall'), operator('partner', '222222222222')];
    const named = ['arn:aws:iam::111111111111:role/oncall', 'arn:aws:iam::222222222222:role/partner'];
    expect(invocationPolicyStatements([invoker('portal', false, false)], true, operators)).toEqual([
      allow('FrontEndsInvoke', [INVOKE], 'portal'),
      { sid: 'OperatorsRunCommands', effect: 'Allow', principals: [ROOT, 'arn:aws:iam::222222222222:root'], actions: COMMANDS, condition: { operator: 'ArnEquals', key: 'aws:PrincipalArn', values: named } },
      { sid: 'NobodyNamesUsers', effect: 'Deny', principals: ['*'], actions: [INVOKE_FOR_USER, WEB_SOCKET_FOR_USER] },
      deny('NobodyElseInvokes', [INVOKE, WEB_SOCKET], 'portal'),
      { sid: 'NobodyElseRunsCommands', effect: 'Deny', principals: ['*'], actions: COMMANDS, condition: { operator: 'ArnNotEquals', key: 'aws:PrincipalArn', values: named } },
    ]);
  });

  test('in IAM\'s JSON: one value as itself, several as a list', () => {
    const statements = invocationPolicyStatements([invoker('chat', true, false), { ...invoker('bot', true, false), accountRoot: 'arn:aws:iam::222222222222:root' }], false);
    expect(resourcePolicyJson(statements, RUNTIME.arn)).toEqual({
      Version: '2012-10-17',
      Statement: [{
        Sid: 'FrontEndsInvokeAlsoByWebSocket',
        Effect: 'Allow',
        Principal: { AWS: [ROOT, 'arn:aws:iam::222222222222:root'] },
        Action: [INVOKE, WEB_SOCKET],
        Resource: RUNTIME.arn,
        Condition: { ArnEquals: { 'aws:PrincipalArn': roleArns('chat', 'bot') } },
      }, { Sid: 'NobodyNamesUsers', Effect: 'Deny', Principal: '*', Action: [INVOKE_FOR_USER, WEB_SOCKET_FOR_USER], Resource: RUNTIME.arn }],
    });
    expect(resourcePolicyJson(invocationPolicyStatements([invoker('portal', false, false)], false), RUNTIME.arn)).toMatchObject({
      Statement: [{ Principal: { AWS: ROOT }, Action: INVOKE, Condition: { ArnEquals: { 'aws:PrincipalArn': roleArns('portal')[0] } } }, {}],
    });
  });
});
