import { Aws } from 'aws-cdk-lib';
import { expectRefusal, refusalOf } from './refusal';
import { lazy, NO_REASONS, parameter, REASON, salesStack } from './story';
import { TokenIssuer } from '../../src';

const ISSUER = 'https://acme.okta.com/oauth2/default';

const NOT_AN_ISSUER = {
  code: 'TokenIssuer/Issuer',
  what: 'issuer is not valid',
  allowed: 'an https address, without wildcard, credentials, query or fragment',
  fix: 'Copy the iss claim from a token',
};
const DISCOVERY_ADDRESS = {
  code: 'TokenIssuer/Issuer',
  what: 'issuer is a discovery address',
  allowed: 'the iss claim: the part in front of /.well-known/',
  fix: 'Remove /.well-known/',
};
const NOT_A_CLAIM = {
  code: 'TokenIssuer/Claim',
  allowed: '1 to 512 characters without blanks and without ${',
  fix: 'Give one value per entry',
};

describe('the issuer is', () => {
  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '   ', '"   "'],
    ['a number', 42, '42'],
    ['an object', { issuer: ISSUER }, 'an object of class Object'],
    ['a list', [ISSUER], `["${ISSUER}"]`],
    ['a host name', 'acme.okta.com', '"acme.okta.com"'],
    ['not encrypted', 'http://acme.okta.com', '"http://acme.okta.com"'],
    ['not encrypted, on the developer\'s machine', 'http://localhost:8080', '"http://localhost:8080"'],
    ['of another protocol', 'ftp://acme.okta.com', '"ftp://acme.okta.com"'],
    ['without a host', 'https://', '"https://"'],
    ['surrounded by blanks', ` ${ISSUER} `, `" ${ISSUER} "`],
    ['followed by a line end', `${ISSUER}\n`, `"${ISSUER}\\n"`],
    ['two addresses', `${ISSUER} ${ISSUER}`, `"${ISSUER} ${ISSUER}"`],
    ['with a query', `${ISSUER}?tenant=1`, `"${ISSUER}?…"`],
    ['with an empty query', `${ISSUER}?`, `"${ISSUER}?"`],
    ['with a fragment', `${ISSUER}#top`, `"${ISSUER}#…"`],
    ['with an empty fragment', `${ISSUER}#`, `"${ISSUER}#"`],
    ['any host of a domain', 'https://*.okta.com', '"https://*.okta.com"'],
    ['any path of a host', 'https://acme.okta.com/*', '"https://acme.okta.com/*"'],
    ['with a one-character wildcard', 'https://acme.okta.com/oauth?', '"https://acme.okta.com/oauth?"'],
    ['an IAM variable', 'https://${aws:username}.okta.com', '"https://${aws:username}.okta.com"'],
    ['an IAM variable in the path', 'https://acme.okta.com/${aws:PrincipalTag/team}', '"https://acme.okta.com/${aws:PrincipalTag/team}"'],
    ['a template of the documentation', 'https://login.microsoftonline.com/{tenant}/v2.0', '"https://login.microsoftonline.com/{tenant}/v2.0"'],
    ['a placeholder in angle brackets', 'https://<tenant>.okta.com', '"https://<tenant>.okta.com"'],
    ['with a port that does not exist', 'https://acme.okta.com:99999', '"https://acme.okta.com:99999"'],
    ['longer than any address', `https://acme.okta.com/${'x'.repeat(2048)}`, `"https://acme.okta.com/${'x'.repeat(137)}…`],
  ])('%s', (_situation, given, received) => {
    expectRefusal(() => TokenIssuer.oidc({ issuer: given as string, audiences: ['agents'] }), { ...NOT_AN_ISSUER, received });
    expectRefusal(() => TokenIssuer.oidcForAnyClient({ issuer: given as string, reason: REASON }), { ...NOT_AN_ISSUER, received });
  });

  test('with the credentials of somebody', () => {
    expect(refusalOf(() => TokenIssuer.oidc({ issuer: 'https://jo:pw@acme.okta.com', audiences: ['agents'] })).codes).toEqual(['TokenIssuer/Issuer']);
  });

  test('the discovery address', () => {
    const discovery = `${ISSUER}/.well-known/openid-configuration`;
    expectRefusal(() => TokenIssuer.oidc({ issuer: discovery, audiences: ['agents'] }), { ...DISCOVERY_ADDRESS, received: `"${discovery}"` });
  });

  test('the discovery address, and not encrypted either', () => {
    const discovery = 'http://acme.okta.com/.well-known/openid-configuration';
    const received = `"${discovery}"`;
    expectRefusal(() => TokenIssuer.oidc({ issuer: discovery, audiences: ['agents'] }), { ...NOT_AN_ISSUER, received }, { ...DISCOVERY_ADDRESS, received });
  });

  test('the discovery address behind a host that only deployment knows', () => {
    const discovery = `https://${parameter(salesStack())}/.well-known/openid-configuration`;
    expectRefusal(() => TokenIssuer.oidc({ issuer: discovery, audiences: ['agents'] }), {
      ...DISCOVERY_ADDRESS, received: 'a value known only at deployment',
    });
  });
});

describe('an issuer is taken when it is', () => {
  test.each([
    ['a host', 'https://accounts.google.com'],
    ['a host with a slash at the end', 'https://acme.eu.auth0.com/'],
    ['a path', ISSUER],
    ['a tenant\'s address', 'https://login.microsoftonline.com/8d9b1c2e-0000-4000-8000-1234567890ab/v2.0'],
    ['a user pool', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI'],
    ['on a port', 'https://idp.internal.example.com:8443/realms/acme'],
    ['known only at deployment', lazy('https://acme.okta.com')],
    ['partly known only at deployment', `https://cognito-idp.${Aws.REGION}.amazonaws.com/eu-west-1_AbCdEfGhI`],
  ])('%s', (_situation, given) => {
    expect(TokenIssuer.oidc({ issuer: given, audiences: ['agents'] }).issuer).toBe(given);
    expect(TokenIssuer.oidcForAnyClient({ issuer: given, reason: REASON }).issuer).toBe(given);
  });
});

describe('for whom the token was issued', () => {
  const NEITHER = {
    code: 'TokenIssuer/AudienceOrClient',
    what: 'neither audiences nor clients are given',
    received: `"${ISSUER}"`,
    fix: 'Give audiences (the aud claim) or clients (the client_id claim), or write TokenIssuer.oidcForAnyClient',
  };

  test('neither audiences nor clients', () => {
    expectRefusal(() => TokenIssuer.oidc({ issuer: ISSUER }), NEITHER);
  });

  test('scopes alone do not tell', () => {
    expectRefusal(() => TokenIssuer.oidc({ issuer: ISSUER, scopes: ['agents:use'] }), NEITHER);
  });

  test.each<[string, { audiences?: string[]; clients?: string[]; scopes?: string[] }]>([
    ['audiences', { audiences: ['agents'] }],
    ['clients', { clients: ['4f1c'] }],
    ['both', { audiences: ['agents'], clients: ['4f1c'] }],
    ['all three', { audiences: ['agents'], clients: ['4f1c'], scopes: ['agents:use'] }],
  ])('%s do', (_situation, claims) => {
    expect(TokenIssuer.oidc({ issuer: ISSUER, ...claims })).toMatchObject({ audiences: [], clients: [], scopes: [], ...claims });
  });

  test('known only at deployment', () => {
    const audience = parameter(salesStack());
    expect(TokenIssuer.oidc({ issuer: ISSUER, audiences: [audience], clients: [lazy('4f1c')] }).audiences).toEqual([audience]);
  });
});

describe.each(['audiences', 'clients', 'scopes'])('%s', (field) => {
  const others = { issuer: ISSUER, ...(field === 'scopes' ? { audiences: ['agents'] } : {}) };
  const given = (values: unknown) => () => TokenIssuer.oidc({ ...others, [field]: values });
  const notOnce = (received: string) => ({
    code: 'TokenIssuer/Claim', what: `${field} must hold at least one value, each once`, received, fix: 'Leave the field out where it is not to be limited',
  });

  test('none', () => {
    expectRefusal(given([]), notOnce('[]'));
  });

  test('one twice', () => {
    expectRefusal(given(['one', 'two', 'one']), notOnce('["one", "two", "one"]'));
  });

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 7, '7'],
    ['a list', ['agents'], '["agents"]'],
    ['a blank-separated list', 'agents web', '"agents web"'],
    ['followed by a line end', 'agents\n', '"agents\\n"'],
    ['an IAM variable', '${aws:username}', '"${aws:username}"'],
    ['an IAM variable inside', 'agents-${aws:PrincipalTag/team}', '"agents-${aws:PrincipalTag/team}"'],
    ['513 characters long', 'x'.repeat(513), `"${'x'.repeat(159)}…`],
  ])('one that is %s', (_situation, value, received) => {
    expectRefusal(given([value]), { ...NOT_A_CLAIM, what: `value of ${field} is not valid`, received });
  });

  test('two that are wrong, and one of them twice', () => {
    expectRefusal(given(['', '', 'a b']),
      notOnce('["", "", "a b"]'),
      { ...NOT_A_CLAIM, what: `value of ${field} is not valid`, received: '""' },
      { ...NOT_A_CLAIM, what: `value of ${field} is not valid`, received: '""' },
      { ...NOT_A_CLAIM, what: `value of ${field} is not valid`, received: '"a b"' });
  });

  test.each([
    ['one', 'agents'],
    ['an address', 'https://api.example.com/agents'],
    ['a scope', 'https://www.googleapis.com/auth/calendar'],
    ['a dollar without brace', 'cost$centre'],
    ['512 characters', 'x'.repeat(512)],
  ])('taken: %s', (_situation, value) => {
    expect(given([value])()).toHaveProperty(field, [value]);
  });
});

describe('any client', () => {
  test.each(NO_REASONS)('the reason is %s', (_situation, reason, received) => {
    expectRefusal(() => TokenIssuer.oidcForAnyClient({ issuer: ISSUER, reason: reason as string }), {
      code: 'TokenIssuer/Reason', what: 'reason is not valid', received, allowed: 'a sentence of 10 to 500 characters', fix: 'Say why a token for any client',
    });
  });

  test('neither issuer nor reason: both are told', () => {
    expect(refusalOf(() => TokenIssuer.oidcForAnyClient(undefined as any)).codes).toEqual(['TokenIssuer/Issuer', 'TokenIssuer/Reason']);
  });
});

describe('fields that do not exist', () => {
  test.each<[string, object, string]>([
    ['the singular', { audience: 'agents' }, '["audience"]'],
    ['two of them', { audience: 'agents', tenant: 'acme' }, '["audience", "tenant"]'],
    ['even if undefined', { client: undefined }, '["client"]'],
  ])('%s', (_situation, fields, received) => {
    expectRefusal(() => TokenIssuer.oidc({ issuer: ISSUER, audiences: ['agents'], ...fields }), {
      code: 'TokenIssuer/UnknownField',
      what: 'TokenIssuer.oidc does not have th',
      received,
      allowed: 'issuer, audiences, clients, scopes',
      fix: 'Remove it, or correct its name',
    });
  });
});

test('independent problems come together', () => {
  const wrong = { issuer: 'acme', audience: 'agents', clients: [], scopes: ['a b'] };
  expect(refusalOf(() => TokenIssuer.oidc(wrong)).codes).toEqual([
    'TokenIssuer/UnknownField', 'TokenIssuer/Issuer', 'TokenIssuer/Claim', 'TokenIssuer/Claim',
  ]);
  expect(refusalOf(() => TokenIssuer.oidc({ issuer: '', scopes: [''] })).codes).toEqual([
    'TokenIssuer/Issuer', 'TokenIssuer/AudienceOrClient', 'TokenIssuer/Claim',
  ]);
});
