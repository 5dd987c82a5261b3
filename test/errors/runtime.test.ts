import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { expectLateProblems, expectRefusal, lateCodes, refusalOf } from './refusal';
import { agentIn, appOf, asItself, asTrustedUserId, asUser, clientSecret, hostedBy, imported, issuer, REASON, role, salesStack, SCOPES } from './story';
import { Agent, AgentHost, AgentIdentity, AgentProps, AgentRuntimeRole, Capability, TokenIssuer, Users, ZoomOAuth2Provider, ZoomScope } from '../../src';

const ENFORCED = 'The tool checks it in front of every call';

function runtime(stack: Stack, props: Partial<agentcore.CfnRuntimeProps> = {}): agentcore.CfnRuntime {
  return new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111111111111:role/calendar',
    ...props,
  });
}

/** An agent that acts under the identity of its runtime. */
function agentOn(stack: Stack, props: Partial<AgentProps> = {}, runtimeProps: Partial<agentcore.CfnRuntimeProps> = {}): Agent {
  const own = role(stack);
  return agentIn(stack, 'Scheduler', { host: AgentHost.agentRuntime(runtime(stack, { roleArn: own.roleArn, ...runtimeProps }), { role: own }), ...props });
}

describe('a runtime as host', () => {
  const NO_ROLE = { code: 'AgentHost/NoRole', what: 'the runtime does not tell its execution role', fix: 'Write AgentHost.agentRuntime(runtime, { role })' };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
  ])('that is %s', (_situation, given, received) => {
    expectRefusal(() => AgentHost.agentRuntime(given as agentcore.IRuntimeRef), { ...NO_ROLE, received });
  });

  test('that is an L1, without its role', () => {
    expectRefusal(() => AgentHost.agentRuntime(runtime(salesStack())), { ...NO_ROLE, received: 'an object of class CfnRuntime', path: 'Sales/Runtime' });
  });

  test('with something else as role', () => {
    expectRefusal(() => AgentHost.agentRuntime(runtime(salesStack()), { role: 'arn:aws:iam::111111111111:role/app' as any }), {
      code: 'AgentHost/NoRole', what: 'the host is not an IAM role', received: '"arn:aws:iam::111111111111:role/app"', fix: 'Pass a Role, a CfnRole',
    });
  });
});

describe('an agent under the identity of its runtime', () => {
  test('has callers of two issuers', () => {
    const stack = salesStack();
    agentOn(stack, { callers: [issuer(), TokenIssuer.oidc({ issuer: 'https://accounts.google.com', clients: ['4f1c'] })] });
    expectLateProblems(appOf(stack), {
      code: 'Agent/RuntimeCallers',
      what: 'a runtime has one JWT authorizer, for one issuer, but the agent has several callers',
      received: '["https://acme.okta.com/oauth2/default", "https://accounts.google.com"]',
      fix: 'Give the agent one caller, or an identity of its own',
      path: 'Sales/Scheduler',
    });
  });

  test('takes tokens for any client', () => {
    const stack = salesStack();
    agentOn(stack, { callers: [TokenIssuer.oidcForAnyClient({ issuer: 'https://acme.okta.com', reason: REASON })] });
    expectLateProblems(appOf(stack), {
      code: 'Agent/RuntimeCallers',
      what: 'a runtime\'s JWT authorizer needs an audience, a client or a scope',
      fix: 'Use TokenIssuer.oidc({ issuer, audiences })',
      path: 'Sales/Scheduler',
    });
  });

  test('has no callers, but acts', () => {
    const stack = salesStack();
    agentOn(stack, { callers: [] }).may(asItself(imported(stack, 'google')));
    expectLateProblems(appOf(stack), {
      code: 'Agent/CallersMissing',
      what: 'AWS hands a runtime a workload access token only for a caller whom its JWT authorizer has accepted',
      fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })], or agent.invokedBy(',
      path: 'Sales/Scheduler',
    });
  });

  test('acts as trusted user ids, for which AWS does not mint there', () => {
    const stack = salesStack();
    agentOn(stack).may(asTrustedUserId(imported(stack, 'google')));
    expectLateProblems(appOf(stack), {
      code: 'Agent/RuntimeUserId',
      what: 'the agent acts as trusted user ids through Sales/google',
      fix: 'Give the agent an identity of its own: identity: AgentIdentity.named(',
      path: 'Sales/Scheduler',
    });
  });

  const NOT_SEPARABLE = {
    code: 'Capability/UsersNotSeparable', fix: 'Name the same users in all capabilities that act as the user, make a second agent', path: 'Sales/Scheduler',
  };

  test('limits two capabilities to two groups', () => {
    const stack = salesStack();
    agentOn(stack).may(asUser(imported(stack, 'google'), Users.inGroup('sales')), asUser(imported(stack, 'github'), Users.inGroup('engineering')));
    const [sales, engineering] = ['sales', 'engineering'].map((group) => `users whose "groups" contains "${group}"`);
    expectLateProblems(appOf(stack),
      { ...NOT_SEPARABLE, what: `nobody would enforce "${sales}" for Sales/google`, received: JSON.stringify(sales) },
      { ...NOT_SEPARABLE, what: `nobody would enforce "${engineering}" for Sales/github`, received: JSON.stringify(engineering) });
  });

  test('limits one to a group, and another to nobody', () => {
    const stack = salesStack();
    agentOn(stack).may(asUser(imported(stack, 'google'), Users.inGroup('sales')), asUser(imported(stack, 'github')));
    expect(lateCodes(appOf(stack))).toEqual(['Capability/UsersNotSeparable at Sales/Scheduler']);
  });

  test('limits itself to two subjects', () => {
    const stack = salesStack();
    agentOn(stack).may(asUser(imported(stack, 'google'), Users.withSubjects(['00u1', '00u2'])));
    expect(lateCodes(appOf(stack))).toEqual(['Capability/UsersNotSeparable at Sales/Scheduler']);
  });

  test.each<[string, Users, string | undefined]>([
    ['one group', Users.inGroup('sales'), undefined],
    ['one subject', Users.withSubjects(['00u1']), undefined],
    ['nobody in particular', Users.anyOfTheIssuer({ reason: REASON }), undefined],
    ['two subjects that the application tells apart', Users.withSubjects(['00u1', '00u2']), ENFORCED],
  ])('is fine with %s', (_situation, users, enforced) => {
    const stack = salesStack();
    agentOn(stack).may(asUser(imported(stack, 'google'), users, enforced), asUser(imported(stack, 'github'), users, enforced));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('runs where somebody has set another authorizer', () => {
    const stack = salesStack();
    agentOn(stack, {}, {
      authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: 'https://other.example.com/.well-known/openid-configuration', allowedClients: ['x'] } },
    }).may(asUser(imported(stack, 'google')));
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RuntimeAuthorizer at Sales/Scheduler']);
  });

  test('may have an identity of its own instead: then none of this holds', () => {
    const stack = salesStack();
    const callers = [issuer(), TokenIssuer.oidc({ issuer: 'https://accounts.google.com', clients: ['4f1c'] })];
    agentOn(stack, { identity: AgentIdentity.named('scheduler'), callers }).may(asTrustedUserId(imported(stack, 'google')));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('the role of a runtime', () => {
  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['empty', '', '""'],
    ['with a hyphen', 'my-runtime', '"my-runtime"'],
    ['beginning with a digit', '2nd', '"2nd"'],
    ['a wildcard', '*', '"*"'],
    ['followed by a line end', 'calendar\n', '"calendar\\n"'],
    ['49 characters long', 'x'.repeat(49), `"${'x'.repeat(49)}"`],
  ])('whose runtime\'s name is %s', (_situation, runtimeName, received) => {
    expectRefusal(() => new AgentRuntimeRole(salesStack(), 'Role', { runtimeName: runtimeName as string }), {
      code: 'AgentRuntimeRole/RuntimeName',
      what: 'runtimeName is not valid',
      received,
      allowed: '1 to 48 letters, digits and underscores, beginning with a letter',
      fix: 'Use the AgentRuntimeName of the runtime',
      path: 'Sales/Role',
    });
  });

  test('with a field that it does not have', () => {
    const props = { runtimeName: '', managedPolicies: [] };
    expect(refusalOf(() => new AgentRuntimeRole(salesStack(), 'Role', props)).codes).toEqual(['AgentRuntimeRole/UnknownField', 'AgentRuntimeRole/RuntimeName']);
  });
});

describe('a vendor that registers a client either for users or for machines', () => {
  test.each<[string, boolean, string[]]>([
    ['of one agent', true, ['Capability/OneGrantTypePerClient at Sales/A']],
    ['of two agents', false, ['Capability/GrantTypeNotSeparable at Sales/A', 'Capability/OneGrantTypePerClient at Sales/B']],
  ])('is used for both: %s', (_situation, oneAgent, expected) => {
    const stack = salesStack();
    const zoom = new ZoomOAuth2Provider(stack, 'Zoom', { clientId: '1234', clientSecret: clientSecret(stack) });
    const options = { scopes: [ZoomScope.of('meeting:read')], reason: REASON };
    const a = agentIn(stack, 'A', { host: hostedBy(stack, 'ARole') });
    const b = oneAgent ? a : agentIn(stack, 'B', { host: hostedBy(stack, 'BRole') });
    a.may(Capability.actAsUser(zoom, { ...options, users: Users.anyOfTheIssuer({ reason: REASON }) }));
    b.may(Capability.actAsItself(zoom, options));
    expect(lateCodes(appOf(stack))).toEqual(expected);
  });

  test('other vendors may use one for both', () => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    agentIn(stack, 'A').may(asUser(provider), Capability.actAsItself(provider, { scopes: SCOPES, reason: REASON }));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});
