import { expectRefusal, refusalOf } from './refusal';
import { lazy, NO_REASONS, parameter, salesStack } from './story';
import { Users } from '../../src';

describe('users in a group', () => {
  const NOT_A_GROUP = { code: 'Users/Group', allowed: '1 to 256 characters', fix: 'Give the group as it stands in the token, and the name of the claim' };
  const WRONG: [string, unknown, string][] = [
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '   ', '"   "'],
    ['a number', 7, '7'],
    ['a list', ['sales'], '["sales"]'],
    ['an object', {}, 'an object of class Object'],
    ['257 characters long', 'x'.repeat(257), `"${'x'.repeat(159)}…`],
  ];

  test('the group is missing', () => {
    expectRefusal(() => Users.inGroup(undefined as any), { ...NOT_A_GROUP, what: 'group is not valid', received: 'nothing' });
  });

  test.each(WRONG)('the group is %s', (_situation, group, received) => {
    expectRefusal(() => Users.inGroup(group as string), { ...NOT_A_GROUP, what: 'group is not valid', received });
  });

  test.each(WRONG.filter(([situation]) => situation !== 'null'))('the claim is %s', (_situation, claim, received) => {
    expectRefusal(() => Users.inGroup('sales', { claim: claim as string }), { ...NOT_A_GROUP, what: 'claim is not valid', received });
  });

  test('neither group nor claim: both are told', () => {
    expect(refusalOf(() => Users.inGroup('', { claim: '' })).codes).toEqual(['Users/Group', 'Users/Group']);
  });

  test.each([
    ['a word', 'sales', 'groups'],
    ['words', 'Account managers (EMEA)', 'https://acme.example.com/groups'],
    ['an id', '8d9b1c2e-0000-4000-8000-1234567890ab', 'cognito:groups'],
    ['256 characters', 'x'.repeat(256), 'y'.repeat(256)],
  ])('taken: %s', (_situation, group, claim) => {
    expect(Users.inGroup(group, { claim }).description).toBe(`users whose "${claim}" contains "${group}"`);
  });

  test('taken: known only at deployment', () => {
    expect(Users.inGroup(parameter(salesStack())).description).toBe('users whose "groups" contains "(known at deployment)"');
  });
});

describe('single users', () => {
  const NOT_A_SUBJECT = {
    code: 'Users/Subjects',
    what: 'subject is not valid',
    allowed: '1 to 255 characters without blanks and without ${',
    fix: 'Copy the sub claim from a token of the user',
  };
  const NOT_ONCE = { code: 'Users/Subjects', what: 'subjects must be given, each once', fix: 'Name the users\' sub claims, or use Users.anyOfTheIssuer({ reason })' };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['none', [], '[]'],
    ['a text', 'auth0|5f7c', '"auth0|5f7c"'],
    ['one twice', ['a', 'b', 'a'], '["a", "b", "a"]'],
  ])('%s', (_situation, subjects, received) => {
    expectRefusal(() => Users.withSubjects(subjects as string[]), { ...NOT_ONCE, received });
  });

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 7, '7'],
    ['two', 'a b', '"a b"'],
    ['followed by a line end', 'a\n', '"a\\n"'],
    ['an IAM variable', '${aws:userid}', '"${aws:userid}"'],
    ['an IAM variable inside', 'auth0|${aws:userid}', '"auth0|${aws:userid}"'],
    ['256 characters long', 'x'.repeat(256), `"${'x'.repeat(159)}…`],
  ])('one that is %s', (_situation, subject, received) => {
    expectRefusal(() => Users.withSubjects([subject as string]), { ...NOT_A_SUBJECT, received });
  });

  test('several wrong ones come together', () => {
    expect(refusalOf(() => Users.withSubjects(['', 'a b', ''])).codes).toEqual(['Users/Subjects', 'Users/Subjects', 'Users/Subjects', 'Users/Subjects']);
  });

  test.each([
    ['an id', '00u1a2b3c4'],
    ['of a social login', 'google-oauth2|1234567890'],
    ['a mail address', 'jo@example.com'],
    ['255 characters', 'x'.repeat(255)],
  ])('taken: %s', (_situation, subject) => {
    expect(Users.withSubjects([subject]).description).toBe(`the users ${subject}`);
  });

  test('taken: known only at deployment', () => {
    expect(Users.withSubjects([lazy('00u1'), lazy('00u2')]).description).toBe('the users (known at deployment), (known at deployment)');
  });
});

describe('any user of the issuer', () => {
  test.each(NO_REASONS)('the reason is %s', (_situation, reason, received) => {
    expectRefusal(() => Users.anyOfTheIssuer({ reason: reason as string }), {
      code: 'Users/Reason', what: 'reason is not valid', received, allowed: 'a sentence of 10 to 500 characters', fix: 'Say why every user of the issuer',
    });
  });

  test('without options', () => {
    expect(refusalOf(() => Users.anyOfTheIssuer(undefined as any)).codes).toEqual(['Users/Reason']);
  });
});

describe('users with a claim', () => {
  const NOT_A_NAME = { code: 'Users/Claim', what: 'name of the claim is not valid', allowed: '1 to 255 characters without blanks and quotes', fix: 'Give the name' };
  const NOT_A_VALUE = { code: 'Users/Claim', what: 'value of the claim is not valid', allowed: '1 to 255 characters', fix: 'Give the value' };
  const FORMS: [string, (name: any, value: any) => Users][] = [
    ['withClaim', (name, value) => Users.withClaim(name, value)],
    ['withClaimContaining', (name, value) => Users.withClaimContaining(name, value)],
    ['withClaimContainingAny', (name, value) => Users.withClaimContainingAny(name, [value])],
  ];

  describe.each(FORMS)('%s', (_form, form) => {
    test.each<[string, unknown, string]>([
      ['missing', undefined, 'nothing'],
      ['empty', '', '""'],
      ['with a blank', 'cost centre', '"cost centre"'],
      ['a number', 7, '7'],
      ['256 characters long', 'x'.repeat(256), `"${'x'.repeat(159)}…`],
    ])('the name is %s', (_situation, name, received) => expectRefusal(() => form(name, 'sales'), { ...NOT_A_NAME, received }));

    test.each<[string, unknown, string]>([
      ['missing', undefined, 'nothing'],
      ['empty', '', '""'],
      ['a number', 7, '7'],
      ['a list', ['sales'], '["sales"]'],
      ['256 characters long', 'x'.repeat(256), `"${'x'.repeat(159)}…`],
    ])('the value is %s', (_situation, value, received) => expectRefusal(() => form('department', value), { ...NOT_A_VALUE, received }));

    test.each([
      ['sub', 'Write Users.withSubjects([...])'],
      ['iss', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, ... })]'],
      ['aud', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, audiences })]'],
      ['client_id', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, clients })]'],
      ['scope', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, audiences, scopes })]'],
      ['scp', 'Say it on the agent: callers: [TokenIssuer.oidc({ issuer, audiences, scopes })]; AWS refuses scp'],
    ])('the claim %s has a word of its own', (claim, fix) => {
      expectRefusal(() => form(claim, 'sales'), { code: 'Users/Claim', what: `the claim ${claim} has a word of its own`, received: `"${claim}"`, fix });
    });
  });

  test('a group in such a claim', () => expect(refusalOf(() => Users.inGroup('sales', { claim: 'scp' })).codes).toEqual(['Users/Claim']));

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['none', [], '[]'],
    ['a text', 'sales', '"sales"'],
    ['one twice', ['sales', 'sales'], '["sales", "sales"]'],
  ])('the values are %s', (_situation, values, received) => expectRefusal(() => Users.withClaimContainingAny('groups', values as string[]), {
    code: 'Users/Claim', what: 'values of the claim must be given, each once', received, fix: 'Give the values of which',
  }));

  test('taken: known only at deployment', () => {
    expect(Users.withClaim('department', parameter(salesStack())).description).toBe('users whose "department" is "(known at deployment)"');
  });
});
