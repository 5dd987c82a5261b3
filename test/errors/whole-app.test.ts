import { Aspects, aws_iam as iam, aws_secretsmanager as secretsmanager, CfnParameter, IAspect, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expectLateProblems, expectRefusal, lateCodes, lateMessages } from './refusal';
import {
  agentIn, appOf, asItself, asTrustedUserId, asUser, clientSecret, emptyApp, ENV, google, hostedBy, imported, importedKey, importedSecret, issuer, parameter, REASON,
  role, salesStack,
} from './story';
import {
  AgentHost, AgentIdentity, AgentPart, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope,
  OAuth2Provider, TokenIssuer, Users,
} from '../../src';

const ENFORCED = 'The tool checks it in front of every call';

describe('an agent that acts as a user', () => {
  test('has no callers', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { callers: undefined }).may(asUser(imported(stack, 'google')));
    expectLateProblems(appOf(stack), {
      code: 'Agent/CallersMissing',
      what: 'the agent acts as the user through Sales/google, but says of no issuer that its tokens prove a user',
      fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })] on the agent',
      path: 'Sales/Scheduler',
    });
  });

  test('has no return URL', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { returnUrls: [] }).may(asUser(imported(stack, 'google')));
    expectLateProblems(appOf(stack), {
      code: 'Agent/ReturnUrlMissing',
      what: 'the agent acts as a user through Sales/google, but has no page that the user returns to after consent',
      fix: 'Write returnUrls: [\'https://…\'] on the agent',
      path: 'Sales/Scheduler',
    });
  });

  test('has neither: both are told, for each provider', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { callers: [], returnUrls: [] }).may(asUser(imported(stack, 'google')), asUser(imported(stack, 'github')));
    expect(lateCodes(appOf(stack))).toEqual([
      'Agent/CallersMissing at Sales/Scheduler', 'Agent/ReturnUrlMissing at Sales/Scheduler',
      'Agent/CallersMissing at Sales/Scheduler', 'Agent/ReturnUrlMissing at Sales/Scheduler',
    ]);
  });

  test('by a trusted id needs a return URL, but no callers', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { callers: [], returnUrls: [] }).may(asTrustedUserId(imported(stack, 'google')));
    expect(lateCodes(appOf(stack))).toEqual(['Agent/ReturnUrlMissing at Sales/Scheduler']);
  });

  test('as itself, or with an API key, needs neither', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { callers: [], returnUrls: [] }).may(
      asItself(imported(stack, 'google')), Capability.useApiKey(importedKey(stack, 'weather'), { reason: REASON }),
    );
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('of an identity that exists needs a return URL, too: its owner registers it', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { returnUrls: [], identity: AgentIdentity.fromName('scheduler') }).may(asUser(imported(stack, 'google')));
    expect(lateCodes(appOf(stack))).toEqual(['Agent/ReturnUrlMissing at Sales/Scheduler']);
  });
});

describe('a limit that nobody enforces', () => {
  test('a group, which IAM does not know', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler').may(asUser(imported(stack, 'google'), Users.inGroup('sales')));
    expectLateProblems(appOf(stack), {
      code: 'Capability/GroupNotEnforced',
      what: 'nobody would enforce "users whose "groups" contains "sales"" for Sales/google: IAM knows no groups',
      received: '"sales"',
      fix: 'Say how the agent\'s code checks the group with enforcedByApplication',
      path: 'Sales/Scheduler',
    });
  });

  test('a group that the application checks is fine', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler').may(asUser(imported(stack, 'google'), Users.inGroup('sales'), ENFORCED));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('subjects, where there are several issuers', () => {
    const stack = salesStack();
    const callers = [issuer(), TokenIssuer.oidc({ issuer: 'https://accounts.google.com', clients: ['4f1c'] })];
    agentIn(stack, 'Scheduler', { callers }).may(asUser(imported(stack, 'google'), Users.withSubjects(['00u1'])));
    expectLateProblems(appOf(stack), {
      code: 'Capability/SubjectsOfSeveralIssuers',
      what: 'subjects are named, but the agent has several callers, and a subject means nothing without its issuer',
      received: '["https://acme.okta.com/oauth2/default", "https://accounts.google.com"]',
      fix: 'Give the agent one caller, or make one agent per issuer',
      path: 'Sales/Scheduler',
    });
  });

  const NOT_SEPARABLE = {
    code: 'Capability/SubjectsNotSeparable',
    fix: 'Name the same subjects in all capabilities that act as the user, make a second agent, or say how the code checks it',
    path: 'Sales/Scheduler',
  };

  test.each<[string, Users]>([
    ['other subjects for another provider', Users.withSubjects(['00u1', '00u2'])],
    ['any user for another provider', Users.anyOfTheIssuer({ reason: REASON })],
  ])('%s', (_situation, others) => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler').may(asUser(imported(stack, 'google'), Users.withSubjects(['00u1'])), asUser(imported(stack, 'github'), others, ENFORCED));
    expectLateProblems(appOf(stack), {
      ...NOT_SEPARABLE,
      what: 'nobody would enforce "the users 00u1" for Sales/google: another capability of the agent is for other users',
      received: '["00u1"]',
    });
  });

  test('the same subjects in another order are fine, and so are others where the application checks', () => {
    const stack = salesStack();
    agentIn(stack, 'A').may(
      asUser(imported(stack, 'google'), Users.withSubjects(['00u1', '00u2'])), asUser(imported(stack, 'github'), Users.withSubjects(['00u2', '00u1'])),
    );
    agentIn(stack, 'B').may(
      asUser(imported(stack, 'slack'), Users.withSubjects(['00u1']), ENFORCED), asUser(imported(stack, 'okta'), Users.withSubjects(['00u2']), ENFORCED),
    );
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  const GRANT_TYPE = {
    code: 'Capability/GrantTypeNotSeparable',
    what: 'nobody would enforce that the agent only acts as users through Sales/google: another agent acts as itself with the same client',
    fix: 'Register a second client and define a second provider for machine-to-machine use',
    path: 'Sales/Scheduler',
  };

  test('the grant type of a client that another agent uses as itself', () => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    agentIn(stack, 'Scheduler').may(asUser(provider));
    agentIn(stack, 'Sync').may(asItself(provider));
    expectLateProblems(appOf(stack), GRANT_TYPE);
  });

  test('the same, for trusted user ids and with the provider imported a second time', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler').may(asTrustedUserId(imported(stack, 'google')));
    agentIn(stack, 'Sync').may(asItself(imported(stack, 'google', 'Again')));
    expectLateProblems(appOf(stack), GRANT_TYPE);
  });

  test('the grant type is nothing to keep apart where the agent acts both ways itself, or the application holds it', () => {
    const stack = salesStack();
    const [provider, other] = [imported(stack, 'google'), imported(stack, 'github')];
    agentIn(stack, 'Both').may(asUser(provider), asItself(provider));
    agentIn(stack, 'Checked').may(asUser(other, Users.anyOfTheIssuer({ reason: REASON }), ENFORCED));
    agentIn(stack, 'Machine').may(asItself(other));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('scopes of a client that is registered for others, too', () => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    agentIn(stack, 'Reader').may(asItself(provider, [GoogleScope.of('read')]));
    agentIn(stack, 'Writer').may(asItself(provider, [GoogleScope.of('write'), GoogleScope.of('read'), GoogleScope.of('delete')]));
    expectLateProblems(appOf(stack), {
      code: 'Capability/ScopesNotSeparable',
      what: 'nobody would enforce the scopes read of acting as itself through Sales/google: the client is also registered for other scopes',
      received: '["delete", "write"]',
      fix: 'Register a client of its own for each set of scopes, or say how the code holds the limit',
      path: 'Sales/Reader',
    });
  });

  test('the same scopes are fine, and so are others where the application holds them', () => {
    const stack = salesStack();
    const [provider, other] = [imported(stack, 'google'), imported(stack, 'github')];
    agentIn(stack, 'A').may(asItself(provider, [GoogleScope.of('a'), GoogleScope.of('b')]));
    agentIn(stack, 'B').may(asItself(provider, [GoogleScope.of('b'), GoogleScope.of('a')]));
    agentIn(stack, 'C').may(asItself(other, [GoogleScope.of('a')], ENFORCED));
    agentIn(stack, 'D').may(asItself(other, [GoogleScope.of('b')], ENFORCED));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('an API key of a user\'s session, where the agent never acts as a user', () => {
    const stack = salesStack();
    const weather = Capability.useApiKey(importedKey(stack, 'weather'), { reason: REASON, authority: ApiKeyAuthority.USER_SESSION });
    agentIn(stack, 'Scheduler').may(weather, asItself(imported(stack, 'google')));
    expectLateProblems(appOf(stack), {
      code: 'Capability/NoUserSession',
      what: 'the key of Sales/weather is to be used in a user\'s session, but the agent never acts as a user',
      fix: 'Use ApiKeyAuthority.AGENT_ITSELF, or declare the capability that acts as the user',
      path: 'Sales/Scheduler',
    });
  });

  test('an API key of a user\'s session, where it does, is fine', () => {
    const stack = salesStack();
    const weather = (id: string) => Capability.useApiKey(importedKey(stack, id), { reason: REASON, authority: ApiKeyAuthority.USER_SESSION });
    agentIn(stack, 'A').may(weather('a'), asUser(imported(stack, 'google')));
    agentIn(stack, 'B').may(weather('b'), asTrustedUserId(imported(stack, 'github')));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('a provider elsewhere', () => {
  const arn = (region: string, account: string) => `arn:aws:bedrock-agentcore:${region}:${account}:token-vault/default/oauth2credentialprovider/google`;
  const ELSEWHERE = {
    code: 'Capability/ProviderElsewhere', received: '"google"', fix: 'Define or import the provider where the identity is', path: 'Sales/Scheduler',
  };

  test('in another region', () => {
    const stack = salesStack();
    const provider = OAuth2Provider.fromProviderArn(stack, 'Google', arn('us-east-1', '111111111111'), { clientSecret: ClientSecret.managedByAgentCore() });
    agentIn(stack, 'Scheduler').may(asUser(provider));
    expectLateProblems(appOf(stack), { ...ELSEWHERE, what: 'provider Sales/Google is in region us-east-1, the identity in eu-west-1' });
  });

  test('in another account', () => {
    const stack = salesStack();
    const provider = OAuth2Provider.fromProviderArn(stack, 'Google', arn('eu-west-1', '222222222222'), { clientSecret: ClientSecret.managedByAgentCore() });
    agentIn(stack, 'Scheduler').may(asItself(provider));
    expectLateProblems(appOf(stack), { ...ELSEWHERE, what: 'provider Sales/Google is in account 222222222222, the identity in 111111111111' });
  });

  test('in both: both are told', () => {
    const stack = salesStack();
    const other = new Stack(appOf(stack), 'Platform', { env: { account: '222222222222', region: 'us-east-1' } });
    agentIn(stack, 'Scheduler').may(asUser(imported(other, 'google')), Capability.useApiKey(importedKey(other, 'weather'), { reason: REASON }));
    expect(lateCodes(appOf(stack))).toEqual(Array(4).fill('Capability/ProviderElsewhere at Sales/Scheduler'));
  });

  test('where the identity is elsewhere, and the provider is not there', () => {
    const stack = salesStack();
    const identity = AgentIdentity.fromArn('arn:aws:bedrock-agentcore:us-east-1:111111111111:workload-identity-directory/default/workload-identity/scheduler');
    agentIn(stack, 'Scheduler', { identity }).may(asUser(imported(stack, 'google')));
    expectLateProblems(appOf(stack), { ...ELSEWHERE, what: 'provider Sales/google is in region eu-west-1, the identity in us-east-1' });
  });

  test('is where the identity is, in a stack of its own or by a deploy-time ARN: fine', () => {
    const stack = salesStack();
    const other = new Stack(appOf(stack), 'Platform', { env: ENV });
    const late = OAuth2Provider.fromProviderArn(stack, 'Late', parameter(stack), { clientSecret: ClientSecret.managedByAgentCore() });
    agentIn(stack, 'Scheduler').may(asUser(imported(other, 'google')), asUser(late));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('cannot be told where account and region are not known', () => {
    const stack = salesStack({});
    const provider = OAuth2Provider.fromProviderArn(stack, 'Google', arn('us-east-1', '222222222222'), { clientSecret: ClientSecret.managedByAgentCore() });
    agentIn(stack, 'Scheduler').may(asUser(provider));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('a role', () => {
  const SHARED = {
    code: 'Agent/RoleShared', fix: 'Give each agent, and each part of it, a role of its own. Only return pages may share one',
  };

  test('of two agents', () => {
    const stack = salesStack();
    const shared = role(stack);
    agentIn(stack, 'A', { host: AgentHost.role(shared) });
    agentIn(stack, 'B', { host: AgentHost.role(shared) });
    expectLateProblems(appOf(stack),
      { ...SHARED, what: 'part Host has the same role as Sales/B (part Host): IAM cannot keep their rights apart', received: '"Sales/Role"', path: 'Sales/A' },
      { ...SHARED, what: 'part Host has the same role as Sales/A (part Host): IAM cannot keep their rights apart', received: '"Sales/Role"', path: 'Sales/B' });
  });

  test('of three agents: each is told of both others', () => {
    const stack = salesStack();
    const shared = role(stack);
    ['A', 'B', 'C'].forEach((id) => agentIn(stack, id, { host: AgentHost.role(shared) }));
    expect(lateMessages(appOf(stack))[0]).toContain('the same role as Sales/B (part Host), Sales/C (part Host)');
  });

  test('of two parts of one agent', () => {
    const stack = salesStack();
    const shared = AgentHost.role(role(stack));
    agentIn(stack, 'Scheduler', { host: undefined, parts: [AgentPart.minting('Front', shared), AgentPart.vending('Worker', shared)] });
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RoleShared at Sales/Scheduler', 'Agent/RoleShared at Sales/Scheduler']);
  });

  test('of an agent and a return page', () => {
    const stack = salesStack();
    const shared = AgentHost.role(role(stack));
    agentIn(stack, 'Scheduler', { host: shared, parts: [AgentPart.returnPage('Page', shared)] });
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RoleShared at Sales/Scheduler', 'Agent/RoleShared at Sales/Scheduler']);
  });

  test('imported twice by the same ARN, in two stacks', () => {
    const stack = salesStack();
    const other = new Stack(appOf(stack), 'Support', { env: ENV });
    for (const scope of [stack, other]) {
      agentIn(scope, 'Agent', { host: AgentHost.role(iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111111111111:role/app')) });
    }
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RoleShared at Sales/Agent', 'Agent/RoleShared at Support/Agent']);
  });

  test('that is managed elsewhere', () => {
    const stack = salesStack();
    const host = AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/app', { mutable: false }), { reason: REASON });
    agentIn(stack, 'A', { host });
    agentIn(stack, 'B', { host });
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RoleShared at Sales/A', 'Agent/RoleShared at Sales/B']);
  });

  const ownPage = (host: AgentHost) => AgentPart.returnPage('Page', host);
  const sharedPage = (host: AgentHost) => AgentPart.sharedReturnPage('Page', host, { reason: REASON });

  test.each<[string, (host: AgentHost) => AgentPart, (host: AgentHost) => AgentPart, string[]]>([
    ['neither of which says that it is shared', ownPage, ownPage, ['Agent/RoleShared at Sales/A', 'Agent/RoleShared at Sales/B']],
    ['only one of which says that it is shared', sharedPage, ownPage, ['Agent/RoleShared at Sales/A', 'Agent/RoleShared at Sales/B']],
    ['that both say they are shared, which is fine', sharedPage, sharedPage, []],
  ])('of two return pages, %s', (_situation, first, second, expected) => {
    const stack = salesStack();
    const page = AgentHost.role(role(stack));
    agentIn(stack, 'A', { host: hostedBy(stack, 'ARole'), parts: [first(page)] }).may(asUser(imported(stack, 'google')));
    agentIn(stack, 'B', { host: hostedBy(stack, 'BRole'), parts: [second(page)] }).may(asUser(imported(stack, 'github')));
    expect(lateCodes(appOf(stack))).toEqual(expected);
  });

  test('in another account than the identity', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { host: AgentHost.role(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::222222222222:role/app')) });
    expectLateProblems(appOf(stack), {
      code: 'Agent/RoleInOtherAccount',
      what: 'the role of part Host is in account 222222222222, the identity in 111111111111',
      received: '"arn:aws:iam::222222222222:role/app"',
      fix: 'Use a role of the identity\'s account',
      path: 'Sales/Scheduler',
    });
  });

  test('in the account of an identity that exists in another region is fine', () => {
    const stack = salesStack();
    const identity = AgentIdentity.fromArn('arn:aws:bedrock-agentcore:us-east-1:111111111111:workload-identity-directory/default/workload-identity/scheduler');
    agentIn(stack, 'Scheduler', { identity });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  const IMMUTABLE = {
    code: 'Agent/RoleImmutable',
    what: 'nothing can be attached to the role of part Host: it was imported as immutable, or belongs to another account',
    fix: 'Import it as mutable, or write AgentHost.roleManagedElsewhere(role, { reason })',
    path: 'Sales/Scheduler',
  };

  test('that was imported as immutable', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { host: AgentHost.role(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/app', { mutable: false })) });
    expectRefusal(() => appOf(stack).synth(), { ...IMMUTABLE, received: '"Sales/Role"' });
  });

  test('that is owned, without policy updates', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { host: AgentHost.role(role(stack).withoutPolicyUpdates()) });
    expectRefusal(() => appOf(stack).synth(), { ...IMMUTABLE, received: '"Sales/ImmutableRoleRole"' });
  });

  test('that is managed elsewhere may be immutable: nothing is attached', () => {
    const stack = salesStack();
    const immutable = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/app', { mutable: false });
    agentIn(stack, 'Scheduler', { host: AgentHost.roleManagedElsewhere(immutable, { reason: REASON }) }).may(asUser(imported(stack, 'google')));
    expect(lateCodes(appOf(stack))).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test.each<[string, (stack: Stack) => iam.IRoleRef, unknown]>([
    ['owned', (stack) => role(stack), { Ref: 'Role1ABCC5F0' }],
    ['an L1', (stack) => new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: {} }), { Ref: 'Role' }],
    ['imported by ARN', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/app'), 'app'],
    ['imported by name', (stack) => iam.Role.fromRoleName(stack, 'Role', 'app'), 'app'],
  ])('taken: %s', (_situation, given, reference) => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { host: AgentHost.role(given(stack)) }).may(asUser(imported(stack, 'google')));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: [reference] });
  });
});

describe('an identity', () => {
  const SHARED = { code: 'Agent/IdentityShared', fix: 'Give each agent an identity of its own; several roles of one agent are its parts', received: '"scheduler"' };

  test.each<[string, () => AgentIdentity, () => AgentIdentity]>([
    ['made twice', () => AgentIdentity.named('scheduler'), () => AgentIdentity.named('scheduler')],
    ['made and imported', () => AgentIdentity.named('scheduler'), () => AgentIdentity.fromName('scheduler')],
    ['imported by name and by ARN', () => AgentIdentity.fromName('scheduler'),
      () => AgentIdentity.fromArn('arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default/workload-identity/scheduler')],
  ])('of two agents: %s', (_situation, first, second) => {
    const stack = salesStack();
    agentIn(stack, 'A', { identity: first() });
    agentIn(new Stack(appOf(stack), 'Support', { env: ENV }), 'B', { identity: second() });
    expectLateProblems(appOf(stack),
      { ...SHARED, what: 'the agent has the same workload identity as Support/B, so each could use what users consented to for the other', path: 'Sales/A' },
      { ...SHARED, what: 'the agent has the same workload identity as Sales/A, so each could use what users consented to for the other', path: 'Support/B' });
  });

  test('of another agent, taken over by reference, where the environment is not known', () => {
    const stack = salesStack({});
    const first = agentIn(stack, 'A');
    agentIn(stack, 'B', { identity: AgentIdentity.fromRef(first) });
    expect(lateCodes(appOf(stack))).toEqual(['Agent/IdentityShared at Sales/A', 'Agent/IdentityShared at Sales/B']);
  });

  test('of the same name in another region or account is another one', () => {
    const stack = salesStack();
    agentIn(stack, 'A', { identity: AgentIdentity.named('scheduler') });
    agentIn(new Stack(appOf(stack), 'Region', { env: { ...ENV, region: 'us-east-1' } }), 'A', { identity: AgentIdentity.named('scheduler') });
    agentIn(new Stack(appOf(stack), 'Account', { env: { ...ENV, account: '222222222222' } }), 'A', { identity: AgentIdentity.named('scheduler') });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('of the same name in two stages whose accounts are not known is another one', () => {
    const app = emptyApp();
    for (const id of ['Dev', 'Prod']) {
      agentIn(new Stack(new Stage(app, id), 'Sales'), 'A', { identity: AgentIdentity.named('scheduler') });
    }
    expect(lateCodes(app)).toEqual([]);
  });
});

describe('the name of a provider', () => {
  const twice = (other: string, path: string) => ({
    code: 'Provider/NameTwice',
    what: `${other} defines a provider of the same name in the same account and region`,
    received: '"google"',
    fix: 'Leave the name out to have one derived, or import the other with fromProviderName',
    path,
  });

  test('is given twice in a stack', () => {
    const stack = salesStack();
    google(stack, 'A', 'google');
    google(stack, 'B', 'google');
    expectLateProblems(appOf(stack), twice('Sales/B', 'Sales/A'), twice('Sales/A', 'Sales/B'));
  });

  test('is given twice in an account and region', () => {
    const stack = salesStack();
    google(stack, 'A', 'google');
    google(new Stack(appOf(stack), 'Support', { env: ENV }), 'B', 'google');
    expectLateProblems(appOf(stack), twice('Support/B', 'Sales/A'), twice('Sales/A', 'Support/B'));
  });

  test('is given twice in a nested stack', () => {
    const stack = salesStack();
    google(stack, 'A', 'google');
    google(new NestedStack(stack, 'Nested') as unknown as Stack, 'B', 'google');
    expect(lateCodes(appOf(stack))).toEqual(['Provider/NameTwice at Sales/A', 'Provider/NameTwice at Sales/Nested/B']);
  });

  test('is that of an API key, too', () => {
    const stack = salesStack();
    ['A', 'B'].forEach((id) => new ApiKeyProvider(stack, id, { providerName: 'google', apiKey: ApiKey.fromSecretsManager(importedSecret(stack, `${id}App`), 'api_key') }));
    expect(lateCodes(appOf(stack))).toEqual(['Provider/NameTwice at Sales/A', 'Provider/NameTwice at Sales/B']);
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['in another account', (stack) => google(new Stack(appOf(stack), 'Other', { env: { ...ENV, account: '222222222222' } }), 'A', 'google')],
    ['of the other family', (stack) => new ApiKeyProvider(stack, 'B', { providerName: 'google', apiKey: ApiKey.fromSecretsManager(importedSecret(stack, 'BApp'), 'api_key') })],
    ['of an import of the same provider',
      (stack) => OAuth2Provider.fromProviderName(stack, 'Imported', 'google', { clientSecret: clientSecret(stack, 'Same') })],
    ['derived', (stack) => google(stack, 'B')],
    ['known only at deployment', (stack) => google(stack, 'B', parameter(stack))],
  ])('is fine: %s', (_situation, other) => {
    const stack = salesStack();
    google(stack, 'Google', 'google');
    other(stack);
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('the quota of 50 providers of a kind', () => {
  const tooMany = (kind: string, count: number, limit: string, context: string, path: string) => ({
    code: 'Provider/Quota',
    what: `the app defines ${count} ${kind} providers in one account and region`,
    received: `${count}`,
    allowed: `${limit}, AWS's quota`,
    fix: `Share providers between agents, or, if AWS has raised the quota, set the context "cdk-agentcore-identity:${context}" to the new number`,
    path,
  });
  const clients = (stack: Stack, count: number) => {
    const secret = clientSecret(stack, 'App');
    numbers(count).forEach((id) => new GoogleOAuth2Provider(stack, id, { clientId: '1234', clientSecret: secret }));
  };
  const keys = (stack: Stack, count: number) => {
    const apiKey = ApiKey.fromSecretsManager(importedSecret(stack, 'KeyApp'), 'api_key');
    numbers(count).forEach((id) => new ApiKeyProvider(stack, `Key${id}`, { apiKey }));
  };

  test('50 of each kind are fine', () => {
    const stack = salesStack();
    clients(stack, 50);
    keys(stack, 50);
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('51 OAuth2 providers: told once, by the first that is too many', () => {
    const stack = salesStack();
    clients(stack, 51);
    expectLateProblems(appOf(stack), tooMany('OAuth2', 51, '50', 'oauth2ProviderQuota', 'Sales/51'));
  });

  test('52 API-key providers', () => {
    const stack = salesStack();
    keys(stack, 52);
    expectLateProblems(appOf(stack), tooMany('API-key', 52, '50', 'apiKeyProviderQuota', 'Sales/Key51'));
  });

  test('the stacks of an account and region count together, those of another do not', () => {
    const stack = salesStack();
    clients(stack, 30);
    clients(new Stack(appOf(stack), 'Support', { env: ENV }), 21);
    clients(new Stack(appOf(stack), 'Test', { env: { ...ENV, account: '222222222222' } }), 30);
    expect(lateCodes(appOf(stack))).toEqual(['Provider/Quota at Support/21']);
  });

  test('imports do not count', () => {
    const stack = salesStack();
    clients(stack, 50);
    imported(stack, 'google');
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    ['raised', 60, []],
    ['raised, as text of the command line', '60', []],
    ['raised, but not enough', 50, ['Provider/Quota at Sales/51']],
    ['lowered', '2', ['Provider/Quota at Sales/03']],
  ])('the context says otherwise: %s', (_situation, quota, expected) => {
    const stack = salesStack(ENV, { context: { 'cdk-agentcore-identity:oauth2ProviderQuota': quota } });
    clients(stack, 51);
    expect(lateCodes(appOf(stack))).toEqual(expected);
  });

  test('the context of the other kind does not count', () => {
    const stack = salesStack(ENV, { context: { 'cdk-agentcore-identity:apiKeyProviderQuota': 60 } });
    clients(stack, 51);
    expect(lateCodes(appOf(stack))).toEqual(['Provider/Quota at Sales/51']);
  });

  test.each<[string, unknown, string]>([
    ['a word', 'many', '"many"'],
    ['empty', '', '""'],
    ['zero', 0, '0'],
    ['negative', -1, '-1'],
    ['broken', 1.5, '1.5'],
    ['an object', {}, 'an object of class Object'],
    ['true', true, 'true'],
    ['a list', [60], '[60]'],
    ['a number with blanks', ' 60 ', '" 60 "'],
    ['hexadecimal', '0x40', '"0x40"'],
  ])('the context is %s', (_situation, quota, received) => {
    const stack = salesStack(ENV, { context: { 'cdk-agentcore-identity:oauth2ProviderQuota': quota } });
    clients(stack, 1);
    expectRefusal(() => appOf(stack).synth(), {
      code: 'Provider/QuotaContext',
      what: 'context "cdk-agentcore-identity:oauth2ProviderQuota" is not a number of providers',
      received,
      allowed: 'a positive whole number',
      fix: 'Set it to the quota that AWS has granted',
      path: 'Sales/01',
    });
  });
});

describe('the secret that AgentCore keeps for a provider', () => {
  const covered = (name: string, other: string) => ({
    code: 'Provider/SecretNameCovered',
    what: `a grant on the secret of provider ${name} would also cover that of ${other}`,
    received: `"${name}"`,
    fix: 'Rename one of them, or let both reference secrets of your own',
    path: `Sales/${name}`,
  });

  test('is covered by the pattern of another\'s', () => {
    const stack = salesStack();
    ['okta', 'okta-european', 'okta-eu', 'oktaeuropean'].forEach((name) => imported(stack, name));
    expectLateProblems(appOf(stack), covered('okta', 'okta-european'));
  });

  test('is covered, of an API key', () => {
    const stack = salesStack();
    ['weather', 'weather-12345678'].forEach((name) => importedKey(stack, name));
    expectLateProblems(appOf(stack), covered('weather', 'weather-12345678'));
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['of the other family', (stack) => importedKey(stack, 'okta-european')],
    ['in another account', (stack) => imported(new Stack(appOf(stack), 'Other', { env: { ...ENV, account: '222222222222' } }), 'okta-european')],
    ['of a name that only deployment knows', (stack) => imported(stack, `okta-${new CfnParameter(stack, 'Name').valueAsString}`, 'Late')],
  ])('is fine: the other is %s', (_situation, other) => {
    const stack = salesStack();
    imported(stack, 'okta');
    other(stack);
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('is fine: the first references a secret of its own', () => {
    const stack = salesStack();
    OAuth2Provider.fromProviderName(stack, 'okta', 'okta', { clientSecret: clientSecret(stack) });
    imported(stack, 'okta-european');
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('the size of a role\'s policies', () => {
  /** Providers with the longest names, each with a secret of the longest name. */
  const withProviders = (count: number) => {
    const stack = salesStack();
    const agent = agentIn(stack, 'Scheduler');
    for (const id of numbers(count)) {
      const secret = importedSecret(stack, `App${id}`, `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${`app-${id}`.padEnd(512, 'x')}-AbCdEf`);
      const provider = OAuth2Provider.fromProviderName(stack, `P${id}`, `provider-${id}`.padEnd(128, 'x'), { clientSecret: ClientSecret.fromSecretsManager(secret, 'id') });
      agent.may(asItself(provider));
    }
    return stack;
  };

  test('many providers are divided between an inline and managed policies', () => {
    const template = Template.fromStack(withProviders(20));
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 2);
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Array(2).fill({ Ref: Match.stringLikeRegexp('^SchedulerHostAccess') }) });
  });

  test('too many for a role', () => {
    const stack = withProviders(80);
    expect(() => appOf(stack).synth()).toThrow(/^the access of part Host needs \d+ managed policies beside the inline one; received \d+; allowed: at most 8; a role carries 10\. Divide the agent.*\[Agent\/PolicyTooLarge\] at Sales\/Scheduler$/);
  });
});

describe('nothing is attached to a role', () => {
  test('as long as its agent has a problem, even if the validation is skipped', () => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler', { callers: [] }).may(asUser(imported(stack, 'google')));
    const template = appOf(stack).synth({ skipValidation: true }).getStackByName('Sales').template;
    expect(Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy')).toEqual([]);
  });

  test('but to those of the agents without problems', () => {
    const stack = salesStack();
    agentIn(stack, 'Wrong', { callers: [] }).may(asUser(imported(stack, 'google')));
    agentIn(stack, 'Right').may(asUser(imported(stack, 'github')));
    const template = appOf(stack).synth({ skipValidation: true }).getStackByName('Sales').template;
    expect(Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::IAM::Policy')).toEqual([expect.stringMatching(/^RightHostAccess/)]);
  });
});

test('independent problems of several constructs come together', () => {
  const stack = salesStack();
  const shared = AgentHost.role(role(stack));
  google(stack, 'G1', 'google');
  google(stack, 'G2', 'google');
  agentIn(stack, 'A', { host: shared, callers: [] }).may(asUser(imported(stack, 'github'), Users.inGroup('sales')));
  agentIn(stack, 'B', { host: shared, identity: AgentIdentity.named('scheduler') });
  agentIn(stack, 'C', { identity: AgentIdentity.named('scheduler') });
  expect(lateCodes(appOf(stack)).sort()).toEqual([
    'Agent/CallersMissing at Sales/A', 'Agent/IdentityShared at Sales/B', 'Agent/IdentityShared at Sales/C', 'Agent/RoleShared at Sales/A',
    'Agent/RoleShared at Sales/B', 'Capability/GroupNotEnforced at Sales/A', 'Provider/NameTwice at Sales/G1', 'Provider/NameTwice at Sales/G2',
  ]);
});

test('the order in which things are declared does not matter', () => {
  const declare = (order: string[]) => {
    const stack = salesStack();
    const provider = imported(stack, 'google');
    order.forEach((id) => agentIn(stack, id).may(id === 'Sync' ? asItself(provider) : asUser(provider, Users.inGroup('sales'))));
    return lateCodes(appOf(stack)).sort();
  };
  expect(declare(['Sync', 'Scheduler'])).toEqual(declare(['Scheduler', 'Sync']));
});

test('what an aspect of the user declares is judged, too', () => {
  const stack = salesStack();
  const agent = agentIn(stack, 'Scheduler');
  const provider = imported(stack, 'google');
  const late: IAspect = { visit: (node) => node === agent && agent.capabilities.length === 0 ? agent.may(asUser(provider, Users.inGroup('sales'))) : undefined };
  Aspects.of(stack).add(late, { priority: 10 });
  expect(lateCodes(appOf(stack))).toEqual(['Capability/GroupNotEnforced at Sales/Scheduler']);
});

test('secrets of the same region are fine wherever they are declared', () => {
  const stack = salesStack();
  const secret = new secretsmanager.Secret(new Stack(appOf(stack), 'Secrets', { env: ENV }), 'App');
  const provider = OAuth2Provider.fromProviderName(stack, 'Google', 'google', { clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
  agentIn(stack, 'Scheduler').may(asUser(provider));
  expect(lateCodes(appOf(stack))).toEqual([]);
});

/** `01`, `02`, ... */
function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index + 1}`.padStart(count < 100 ? 2 : 3, '0'));
}
