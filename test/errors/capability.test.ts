import { aws_bedrockagentcore as agentcore, SecretValue, Stack } from 'aws-cdk-lib';
import { expectRefusal, refusalOf } from './refusal';
import { google, imported, importedKey, lazy, NO_REASONS, parameter, REASON, salesStack, SCOPES } from './story';
import { ApiKeyAuthority, Capability, GoogleScope, OAuth2Provider, SalesforceScope, TrustedUserIds, Users } from '../../src';

const NO_REASON = {
  code: 'Capability/Reason', what: 'reason is not valid', allowed: 'a sentence of 10 to 500 characters', fix: 'Say why the agent needs this',
};
const NOT_ENFORCED = {
  code: 'Capability/EnforcedByApplication',
  what: 'enforcedByApplication is not valid',
  allowed: 'a sentence of 10 to 500 characters',
  fix: 'Say where and how the agent\'s code holds the limit',
};

const USERS = Users.anyOfTheIssuer({ reason: REASON });
const USER_IDS = TrustedUserIds.withPrefix('cognito+');

describe.each<[string, (provider: any, options: any) => Capability, object, string]>([
  ['to act as the user', Capability.actAsUser, { users: USERS }, 'scopes, users'],
  ['to act as a trusted user id', Capability.actAsTrustedUserId, { userIds: USER_IDS }, 'scopes, userIds'],
  ['to act as itself', Capability.actAsItself, {}, 'scopes'],
])('a capability %s', (_kind, capability, more, fields) => {
  const good = { scopes: SCOPES, reason: REASON, ...more };
  const through = (provider: (stack: Stack) => unknown) => () => capability(provider(salesStack()), good);
  const withOptions = (options: object) => () => capability(imported(salesStack(), 'google'), { ...good, ...options });

  describe('the provider is', () => {
    const NOT_A_PROVIDER = {
      code: 'Capability/Provider',
      what: 'the provider is not an OAuth2 provider of this library',
      fix: 'Pass a GoogleOAuth2Provider, CustomOAuth2Provider, ...; wrap another construct with OAuth2Provider.fromProviderRef(',
    };

    test.each<[string, (stack: Stack) => unknown, string]>([
      ['missing', () => undefined, 'nothing'],
      ['null', () => null, 'null'],
      ['for API keys', (stack) => importedKey(stack, 'weather'), 'an object of class ImportedApiKeyProvider'],
      ['an L1', (stack) => new agentcore.CfnOAuth2CredentialProvider(stack, 'L1', {
        name: 'google', credentialProviderVendor: 'GoogleOauth2', oauth2ProviderConfigInput: {},
      }), 'an object of class CfnOAuth2CredentialProvider'],
      ['a plain object', () => ({ providerName: 'google' }), 'an object of class Object'],
    ])('%s', (_situation, provider, received) => {
      expectRefusal(through(provider), { ...NOT_A_PROVIDER, received });
    });
  });

  describe('the scopes are', () => {
    const NO_SCOPES = {
      code: 'Capability/Scopes',
      what: 'scopes must be given',
      allowed: 'at least one scope of the vendor\'s catalogue, such as GoogleScope.CALENDAR_READONLY',
      fix: 'Name the scopes that the agent needs, and no others',
    };

    test.each<[string, unknown, string]>([
      ['missing', undefined, 'nothing'],
      ['null', null, 'null'],
      ['none', [], '[]'],
      ['one that is not in a list', GoogleScope.CALENDAR_READONLY, 'an object of class GoogleScope'],
      ['a list with a hole', [GoogleScope.CALENDAR_READONLY, undefined], '["https://www.googleapis.com/auth/calendar.readonly", nothing]'],
      ['objects that look like scopes', [{ value: 'calendar.readonly' }], '[an object of class Object]'],
    ])('%s', (_situation, scopes, received) => {
      expectRefusal(withOptions({ scopes }), { ...NO_SCOPES, received });
    });

    test.each<[string, unknown, string]>([
      ['a text', 'calendar.readonly', '"calendar.readonly"'],
      ['texts', ['calendar.readonly', 'calendar.events'], '["calendar.readonly", "calendar.events"]'],
      ['a scope and a text', [GoogleScope.CALENDAR_READONLY, 'calendar.events'], '["https://www.googleapis.com/auth/calendar.readonly", "calendar.events"]'],
    ])('%s', (_situation, scopes, received) => {
      expectRefusal(withOptions({ scopes }), { ...NO_SCOPES, what: 'scopes are given as text', received, fix: 'Write each with the class of its vendor: scopes: [GoogleScope.of(' });
    });

    test('one twice', () => {
      expectRefusal(withOptions({ scopes: [GoogleScope.of('a'), GoogleScope.of('b'), GoogleScope.of('a')] }), {
        code: 'Capability/Scopes', what: 'a scope is given twice', received: '["a", "b", "a"]', fix: 'Give each scope once',
      });
    });

    test('of another vendor', () => {
      expectRefusal(() => capability(imported(salesStack(), 'team', 'Team', 'SalesforceOauth2'), good), {
        code: 'Capability/ScopeOfOtherVendor',
        what: 'the scopes belong to GoogleOauth2, the provider to SalesforceOauth2',
        received: '["https://www.googleapis.com/auth/calendar.readonly"]',
        fix: 'Use the scope catalogue of SalesforceOauth2, or the provider of GoogleOauth2',
      });
    });

    test('of a provider whose vendor is not known, which may be a slip', () => {
      expectRefusal(() => capability(imported(salesStack(), 'google', 'Google', 'GoogelOauth2'), good), {
        code: 'Capability/ScopeOfOtherVendor',
        what: 'the scopes belong to GoogleOauth2, the provider to GoogelOauth2',
        received: '["https://www.googleapis.com/auth/calendar.readonly"]',
        allowed: 'AtlassianOauth2, Auth0Oauth2, CognitoOauth2, CustomOauth2',
        fix: 'GoogelOauth2 is no vendor that is known here: correct vendor on the import, or leave it out',
      });
    });

    test.each<[string, string | undefined]>([
      ['a custom provider, which may stand for any vendor', 'CustomOauth2'],
      ['an import that does not tell its vendor', undefined],
    ])('taken: of %s', (_situation, vendor) => {
      expect(capability(imported(salesStack(), 'google', 'Google', vendor), good).scopes).toEqual(['https://www.googleapis.com/auth/calendar.readonly']);
    });

    test('taken: of the same vendor', () => {
      expect(capability(imported(salesStack(), 'crm', 'Crm', 'SalesforceOauth2'), { ...good, scopes: [SalesforceScope.OPENID] }).scopes).toEqual(['openid']);
    });

    test('taken: known only at deployment', () => {
      const stack = salesStack();
      const scopes = [GoogleScope.of(parameter(stack)), GoogleScope.of(lazy('calendar'))];
      expect(capability(imported(stack, 'google'), { ...good, scopes }).scopes).toHaveLength(2);
    });
  });

  test.each(NO_REASONS)('the reason is %s', (_situation, reason, received) => {
    expectRefusal(withOptions({ reason }), { ...NO_REASON, received });
  });

  test.each(NO_REASONS.filter(([situation]) => situation !== 'missing'))('how the application enforces limits is %s', (_situation, text, received) => {
    expectRefusal(withOptions({ enforcedByApplication: text }), { ...NOT_ENFORCED, received });
  });

  test.each<[string, object, string]>([
    ['the singular', { scope: 'calendar.readonly' }, '["scope"]'],
    ['a limit of another library', { maxCalls: 10, until: '2027-01-01' }, '["maxCalls", "until"]'],
  ])('fields that do not exist: %s', (_situation, unknown, received) => {
    expectRefusal(withOptions(unknown), {
      code: 'Capability/UnknownField',
      what: 'an OAuth2 capability does not have th',
      received,
      allowed: `reason, enforcedByApplication, ${fields}`,
      fix: 'Remove it, or correct its name',
    });
  });

  test.each([['missing', undefined], ['null', null]])('the options are %s', (_situation, options) => {
    expect(refusalOf(() => capability(imported(salesStack(), 'google'), options)).codes).toEqual([
      'Capability/Reason', 'Capability/Scopes',
      ...('users' in more ? ['Capability/Users'] : 'userIds' in more ? ['Capability/UserIds'] : []),
    ]);
  });

  test('independent problems come together', () => {
    expect(refusalOf(() => capability(undefined, { scope: 'a', scopes: [], reason: '', enforcedByApplication: '' })).codes).toEqual([
      'Capability/UnknownField', 'Capability/Reason', 'Capability/EnforcedByApplication', 'Capability/Provider', 'Capability/Scopes',
      ...('users' in more ? ['Capability/Users'] : 'userIds' in more ? ['Capability/UserIds'] : []),
    ]);
    expect(refusalOf(() => capability(imported(salesStack(), 'team', 'Team', 'SalesforceOauth2'), { ...good, scopes: [...SCOPES, ...SCOPES] })).codes)
      .toEqual(['Capability/Scopes', 'Capability/ScopeOfOtherVendor']);
  });
});

test.each<[string, unknown, string]>([
  ['missing', undefined, 'nothing'],
  ['null', null, 'null'],
  ['a text', 'everybody', '"everybody"'],
  ['a list of subjects', ['00u1'], '["00u1"]'],
  ['user ids, which nobody verifies', USER_IDS, 'an object of class TrustedUserIds'],
  ['an object', { group: 'sales' }, 'an object of class Object'],
])('users that are %s', (_situation, users, received) => {
  expectRefusal(() => Capability.actAsUser(imported(salesStack(), 'google'), { scopes: SCOPES, users: users as Users, reason: REASON }), {
    code: 'Capability/Users', what: 'users of Capability.actAsUser must be given', received, fix: 'Write users: Users.inGroup(',
  });
});

test.each<[string, unknown, string]>([
  ['missing', undefined, 'nothing'],
  ['null', null, 'null'],
  ['a text', 'cognito+', '"cognito+"'],
  ['users, who come with a token', USERS, 'an object of class Users'],
])('trusted user ids that are %s', (_situation, userIds, received) => {
  expectRefusal(() => Capability.actAsTrustedUserId(imported(salesStack(), 'google'), { scopes: SCOPES, userIds: userIds as TrustedUserIds, reason: REASON }), {
    code: 'Capability/UserIds', what: 'userIds of Capability.actAsTrustedUserId must be given', received, fix: 'Write userIds: TrustedUserIds.withPrefix(',
  });
});

describe('a limit of another kind of capability is no field of this one', () => {
  const provider = () => imported(salesStack(), 'google');

  test.each<[string, () => Capability, string]>([
    ['user ids, when acting as the user', () => Capability.actAsUser(provider(), { scopes: SCOPES, users: USERS, userIds: USER_IDS, reason: REASON } as any), '["userIds"]'],
    ['users, when acting as a trusted user id',
      () => Capability.actAsTrustedUserId(provider(), { scopes: SCOPES, userIds: USER_IDS, users: USERS, reason: REASON } as any), '["users"]'],
    ['users, when acting as itself', () => Capability.actAsItself(provider(), { scopes: SCOPES, users: USERS, reason: REASON } as any), '["users"]'],
    ['scopes, for an API key', () => Capability.useApiKey(importedKey(salesStack(), 'weather'), { scopes: SCOPES, reason: REASON } as any), '["scopes"]'],
    ['users, for an API key', () => Capability.useApiKey(importedKey(salesStack(), 'weather'), { users: USERS, reason: REASON } as any), '["users"]'],
  ])('%s', (_situation, call, received) => {
    expectRefusal(call, {
      code: 'Capability/UnknownField', what: '', received, allowed: 'reason, enforcedByApplication', fix: 'Remove it, or correct its name: an ignored field would be a limit',
    });
  });
});

describe('a capability to use an API key', () => {
  const NOT_A_KEY = {
    code: 'Capability/Provider',
    what: 'the provider of Capability.useApiKey is not an API-key provider of this library',
    fix: 'Pass an ApiKeyProvider; wrap another construct with ApiKeyProvider.fromProviderRef(',
  };

  test.each<[string, (stack: Stack) => unknown, string]>([
    ['missing', () => undefined, 'nothing'],
    ['null', () => null, 'null'],
    ['for OAuth2', (stack) => imported(stack, 'google'), 'an object of class ImportedOAuth2Provider'],
    ['a plain object', () => ({ providerName: 'weather' }), 'an object of class Object'],
  ])('the provider is %s', (_situation, provider, received) => {
    expectRefusal(() => Capability.useApiKey(provider(salesStack()) as any, { reason: REASON }), { ...NOT_A_KEY, received });
  });

  test.each(NO_REASONS)('the reason is %s', (_situation, reason, received) => {
    expectRefusal(() => Capability.useApiKey(importedKey(salesStack(), 'weather'), { reason: reason as string }), { ...NO_REASON, received });
  });

  test('independent problems come together', () => {
    expect(refusalOf(() => Capability.useApiKey(undefined as any, { user: 'x', enforcedByApplication: '' } as any)).codes)
      .toEqual(['Capability/UnknownField', 'Capability/Reason', 'Capability/EnforcedByApplication', 'Capability/Provider']);
    expect(refusalOf(() => Capability.useApiKey(undefined as any, undefined as any)).codes).toEqual(['Capability/Reason', 'Capability/Provider']);
  });

  test('taken: with its own token, or in a user\'s session', () => {
    const key = importedKey(salesStack(), 'weather');
    expect(Capability.useApiKey(key, { reason: REASON }).authority).toBe(ApiKeyAuthority.AGENT_ITSELF);
    expect(Capability.useApiKey(key, { reason: REASON, authority: ApiKeyAuthority.USER_SESSION }).authority).toBe(ApiKeyAuthority.USER_SESSION);
  });
});

describe('a scope is', () => {
  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 7, '7'],
    ['a list', ['calendar'], '["calendar"]'],
    ['a blank-separated list', 'calendar.readonly calendar.events', '"calendar.readonly calendar.events"'],
    ['followed by a line end', 'calendar\n', '"calendar\\n"'],
    ['quoted', '"calendar"', '"\\"calendar\\""'],
    ['with a backslash', 'calendar\\', '"calendar\\\\"'],
    ['with an umlaut', 'kalender:übersicht', '"kalender:übersicht"'],
    ['129 characters long', 'x'.repeat(129), `"${'x'.repeat(129)}"`],
  ])('%s', (_situation, scope, received) => {
    expectRefusal(() => GoogleScope.of(scope as string), {
      code: 'OAuth2Scope/Invalid',
      what: 'OAuth2 scope is not valid',
      received,
      allowed: '1 to 128 printable ASCII characters without blank, double quote or backslash; one scope each',
      fix: 'Give each scope of a blank-separated list on its own',
    });
  });

  test.each([
    ['a word', 'repo'],
    ['an address', 'https://www.googleapis.com/auth/calendar.readonly'],
    ['with every character that RFC 6749 allows', '!#$%&\'()*+,-./0:;<=>?@A[]^_`a{|}~'],
    ['128 characters', 'x'.repeat(128)],
    ['known only at deployment', lazy('repo')],
  ])('taken: %s', (_situation, scope) => {
    expect(GoogleScope.of(scope).value).toBe(scope);
  });
});

test('a provider of the official L2 is refused, and taken as an import', () => {
  const stack = salesStack();
  const l2 = agentcore.OAuth2CredentialProvider.usingGoogle(stack, 'L2', {
    oAuth2CredentialProviderName: 'google', clientId: '1234', clientSecret: SecretValue.secretsManager('google-app'),
  });
  expect(refusalOf(() => Capability.actAsItself(l2 as any, { scopes: SCOPES, reason: REASON })).codes).toEqual(['Capability/Provider']);
  const wrapped = OAuth2Provider.fromProviderRef(stack, 'Google', l2, { clientSecret: google(stack, 'Other').clientSecret });
  expect(Capability.actAsItself(wrapped, { scopes: SCOPES, reason: REASON }).provider).toBe(wrapped);
});
