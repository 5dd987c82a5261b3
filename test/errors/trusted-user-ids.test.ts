import { expectRefusal, refusalOf } from './refusal';
import { lazy } from './story';
import { TrustedUserIds } from '../../src';

describe('all ids of an issuer', () => {
  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '  ', '"  "'],
    ['a number', 7, '7'],
    ['a list', ['cognito+'], '["cognito+"]'],
    ['everybody', '*', '"*"'],
    ['everybody, with a plus', '*+', '"*+"'],
    ['everybody of an issuer, by a wildcard', 'cognito+*', '"cognito+*"'],
    ['any issuer that begins so', 'cog*+', '"cog*+"'],
    ['any issuer of that length', '???????+', '"???????+"'],
    ['an IAM variable', '${aws:PrincipalTag/issuer}+', '"${aws:PrincipalTag/issuer}+"'],
    ['without plus, which another issuer\'s name may begin with', 'cognito', '"cognito"'],
    ['the plus alone', '+', '"+"'],
    ['with two pluses', 'cognito+eu+', '"cognito+eu+"'],
    ['with a blank', 'cog nito+', '"cog nito+"'],
    ['followed by a line end', 'cognito+\n', '"cognito+\\n"'],
    ['with a letter that only looks like one', 'сognito+', '"сognito+"'],
    ['101 characters long', `${'x'.repeat(100)}+`, `"${'x'.repeat(100)}+"`],
  ])('the prefix is %s', (_situation, prefix, received) => {
    expectRefusal(() => TrustedUserIds.withPrefix(prefix as string), {
      code: 'TrustedUserIds/Prefix',
      what: 'prefix of trusted user ids is not valid',
      received,
      allowed: '2 to 100 characters, letters, digits and _ . : @ / -, with + at the end: cognito+',
      fix: 'Prefix each user id with its issuer and a plus',
    });
  });

  test.each([
    ['a word', 'cognito+'],
    ['a host', 'idp.example.com+'],
    ['an address', 'https://acme.okta.com/oauth2/default+'],
    ['100 characters', `${'x'.repeat(99)}+`],
  ])('taken: %s', (_situation, prefix) => {
    expect(TrustedUserIds.withPrefix(prefix)).toMatchObject({ prefixes: [prefix], ids: [] });
  });
});

describe('single ids', () => {
  const NOT_ONCE = { code: 'TrustedUserIds/Id', what: 'user ids must be given, each once', fix: 'Name the ids, or use TrustedUserIds.withPrefix(' };
  const NOT_AN_ID = {
    code: 'TrustedUserIds/Id',
    what: 'trusted user id is not valid',
    allowed: '3 to 128 characters, the issuer\'s prefix, a plus and the id: cognito+4f1c',
    fix: 'Prefix each user id with its issuer and a plus',
  };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['none', [], '[]'],
    ['a text', 'cognito+4f1c', '"cognito+4f1c"'],
    ['one twice', ['a+1', 'a+1'], '["a+1", "a+1"]'],
  ])('%s', (_situation, ids, received) => {
    expectRefusal(() => TrustedUserIds.of(ids as string[]), { ...NOT_ONCE, received });
  });

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 7, '7'],
    ['without the issuer', '4f1c', '"4f1c"'],
    ['with an empty issuer', '+4f1c', '"+4f1c"'],
    ['the issuer alone', 'cognito+', '"cognito+"'],
    ['everybody', '*', '"*"'],
    ['everybody of an issuer', 'cognito+*', '"cognito+*"'],
    ['anybody of that length', 'cognito+????', '"cognito+????"'],
    ['of any issuer', '*+4f1c', '"*+4f1c"'],
    ['an IAM variable', 'cognito+${aws:userid}', '"cognito+${aws:userid}"'],
    ['with a blank', 'cognito+jo smith', '"cognito+jo smith"'],
    ['followed by a line end', 'cognito+4f1c\n', '"cognito+4f1c\\n"'],
    ['129 characters long', `cognito+${'x'.repeat(121)}`, `"cognito+${'x'.repeat(121)}"`],
  ])('one that is %s', (_situation, id, received) => {
    expectRefusal(() => TrustedUserIds.of([id as string]), { ...NOT_AN_ID, received });
  });

  test('several wrong ones come together', () => {
    expect(refusalOf(() => TrustedUserIds.of(['*', '*', 'jo'])).codes)
      .toEqual(['TrustedUserIds/Id', 'TrustedUserIds/Id', 'TrustedUserIds/Id', 'TrustedUserIds/Id']);
  });

  test.each([
    ['an id', 'cognito+4f1c'],
    ['of a social login', 'acme+google-oauth2|1234'],
    ['a mail address with a plus of its own', 'okta+jo+test@example.com'],
    ['128 characters', `cognito+${'x'.repeat(120)}`],
    ['known only at deployment', lazy('cognito+4f1c')],
  ])('taken: %s', (_situation, id) => {
    expect(TrustedUserIds.of([id])).toMatchObject({ prefixes: [], ids: [id] });
  });
});
