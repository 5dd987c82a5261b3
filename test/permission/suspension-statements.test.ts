import { ACT, bySid, COMPLETE, GOOGLE, named, OKTA_TOKENS, rights, SCHEDULER, TOKEN_ACTIONS, VEND, WEATHER } from './rights-story';
import { statementsFor } from '../../src/permission/statements';

/* What stands on a role where something is cut off, or where the role is shared. */
const EVERYTHING = { arn: '*', label: '*' };
const INVOKE_GATEWAY = ['bedrock-agentcore:InvokeGateway'];
const INVOKE_AGENTS = [
  'bedrock-agentcore:InvokeAgentRuntime',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream',
  'bedrock-agentcore:InvokeAgentRuntimeForUser',
  'bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser',
  'bedrock-agentcore:InvokeAgentRuntimeCommand',
  'bedrock-agentcore:InvokeAgentRuntimeCommandShell',
];
const TOOLS = named('arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5');
const ADMIN = named('arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/admin-a1b2c3d4e5');
const deny = (sid: string, actions: readonly string[], ...resources: object[]) => ({ sid, effect: 'Deny', actions, resources, conditions: [] });

describe('an agent that is cut off', () => {
  const off = { verbs: ACT, ownToken: true, oauth2Providers: [GOOGLE], suspended: true };

  test.each<[string, object, object[]]>([
    ['gets no token', {}, [deny('DenySuspendedAgent', TOKEN_ACTIONS, EVERYTHING)]],
    ['on a role of several agents: none of its own identity', { sharedWithOtherAgents: true }, [deny('DenySuspendedAgent', TOKEN_ACTIONS, SCHEDULER)]],
    ['that calls tools: invokes no gateway', { gateways: [TOOLS] }, [deny('DenySuspendedAgent', TOKEN_ACTIONS, EVERYTHING), deny('DenySuspendedAgentGateways', INVOKE_GATEWAY, EVERYTHING)]],
    ['whose calls are cut off, too', { suspendedGateways: [TOOLS] }, [deny('DenySuspendedAgent', TOKEN_ACTIONS, EVERYTHING), deny('DenySuspendedAgentGateways', INVOKE_GATEWAY, EVERYTHING)]],
    ['that invokes agents: invokes none', { invokesAgents: true }, [deny('DenySuspendedAgent', TOKEN_ACTIONS, EVERYTHING), deny('DenySuspendedAgentInvocations', INVOKE_AGENTS, EVERYTHING)]],
    ['that invokes agents, on a role of several: the others still do', { invokesAgents: true, sharedWithOtherAgents: true }, [deny('DenySuspendedAgent', TOKEN_ACTIONS, SCHEDULER)]],
  ])('%s', (_what, given, statements) => expect(statementsFor(rights({ ...off, ...given }))).toEqual(statements));
});

describe('gateways', () => {
  test('are invoked by name, in the order of their names', () => {
    expect(bySid(statementsFor(rights({ verbs: VEND, gateways: [TOOLS, ADMIN] })), 'InvokeGateway'))
      .toEqual({ sid: 'InvokeGateway', effect: 'Allow', actions: INVOKE_GATEWAY, resources: [ADMIN, TOOLS], conditions: [] });
  });

  test.each([['a part that gets no tokens', COMPLETE, [TOOLS]], ['no gateway', VEND, []]])('nothing for %s', (_what, verbs, gateways) => {
    expect(statementsFor(rights({ verbs, gateways })).map(({ sid }) => sid)).toEqual(['DenyUndeclaredTokenActions']);
  });

  test('that are cut off are denied, whatever else the role has', () => {
    expect(bySid(statementsFor(rights({ verbs: VEND, suspendedGateways: [TOOLS, ADMIN] })), 'DenySuspendedGateways')).toEqual(deny('DenySuspendedGateways', INVOKE_GATEWAY, ADMIN, TOOLS));
  });
});

test('providers that are cut off are denied to tokens, keys and sessions', () => {
  expect(bySid(statementsFor(rights({ verbs: VEND, suspendedProviders: [WEATHER, GOOGLE] })), 'DenySuspendedProviders')).toEqual(deny('DenySuspendedProviders', [
    'bedrock-agentcore:GetResourceOauth2Token', 'bedrock-agentcore:GetResourceApiKey', 'bedrock-agentcore:CompleteResourceTokenAuth',
  ], WEATHER, GOOGLE));
});

describe('a page of several agents', () => {
  const page = { verbs: COMPLETE, userTokens: [OKTA_TOKENS], sharedWithOtherAgents: true };

  test('is not denied to complete for the others, where this one has no users', () => {
    const { actions } = bySid(statementsFor(rights(page)), 'DenyUndeclaredTokenActions');
    expect(actions).toEqual(TOKEN_ACTIONS.filter((action) => action !== 'bedrock-agentcore:CompleteResourceTokenAuth'));
  });

  test('of one agent alone is', () => {
    expect(bySid(statementsFor(rights({ ...page, sharedWithOtherAgents: undefined })), 'DenyUndeclaredTokenActions').actions).toEqual(TOKEN_ACTIONS);
  });

  test('is denied to complete for one that is cut off', () => {
    expect(bySid(statementsFor(rights({ ...page, suspendedOnSharedRole: true })), 'DenySuspendedIdentity'))
      .toEqual(deny('DenySuspendedIdentity', ['bedrock-agentcore:CompleteResourceTokenAuth'], SCHEDULER));
    expect(statementsFor(rights(page)).map(({ sid }) => sid)).not.toContain('DenySuspendedIdentity');
  });
});
