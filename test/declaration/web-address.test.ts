import { Aws, Lazy } from 'aws-cdk-lib';
import { Problems } from '../../src/declaration/problems';
import { expectWebAddress, WebAddressRule } from '../../src/declaration/web-address';

const PLAIN: WebAddressRule = { name: 'address', code: 'Test/Address', fix: 'Correct it.' };
const QUERY: WebAddressRule = { ...PLAIN, queryAllowed: true };
const LOOPBACK: WebAddressRule = { ...PLAIN, loopbackAllowed: true };
const DISCOVERY: WebAddressRule = { ...PLAIN, mustEndWith: '/.well-known/openid-configuration' };

test.each<[WebAddressRule, string]>([
  [PLAIN, 'https://example.com'],
  [PLAIN, 'https://example.com/'],
  [PLAIN, 'https://example.com/a/b'],
  [PLAIN, 'https://example.com:8443/a'],
  [PLAIN, 'https://a-b.c_d.example.com/~jo/x_y.z'],
  [PLAIN, 'https://example.com/a%20b'],
  [PLAIN, 'https://example.com/a,b;c=d@e!f(g)+h'],
  [PLAIN, 'https://192.0.2.1/a'],
  [PLAIN, `https://example.com/${'x'.repeat(2028)}`],
  [QUERY, 'https://example.com/a?b=c&d=e'],
  [QUERY, 'https://example.com/a'],
  [QUERY, 'https://example.com/a?'],
  [LOOPBACK, 'http://localhost'],
  [LOOPBACK, 'http://localhost:3000/a'],
  [LOOPBACK, 'http://127.0.0.1:3000/a'],
  [LOOPBACK, 'http://[::1]:3000/a'],
  [LOOPBACK, 'https://example.com/a'],
  [DISCOVERY, 'https://example.com/.well-known/openid-configuration'],
  [DISCOVERY, 'https://example.com/tenant/v2.0/.well-known/openid-configuration'],
  [PLAIN, Lazy.string({ produce: () => 'https://example.com' })],
  [PLAIN, `https://cognito-idp.${Aws.REGION}.amazonaws.com/pool`],
])('with rule %j: %s is fine', (rule, address) => {
  expect(judged(address, rule)).toEqual([]);
});

test.each<[WebAddressRule, unknown]>([
  [PLAIN, undefined],
  [PLAIN, null],
  [PLAIN, 8080],
  [PLAIN, {}],
  [PLAIN, ['https://example.com']],
  [PLAIN, new URL('https://example.com')],
  [PLAIN, ''],
  [PLAIN, 'example.com'],
  [PLAIN, '//example.com'],
  [PLAIN, '/a'],
  [PLAIN, 'https://'],
  [PLAIN, 'http://example.com'],
  [PLAIN, 'http://localhost'],
  [PLAIN, 'ws://example.com'],
  [PLAIN, 'data:text/html,x'],
  [PLAIN, 'https://example.com/a b'],
  [PLAIN, ' https://example.com'],
  [PLAIN, 'https://example.com\n'],
  [PLAIN, 'https://example.com\t'],
  [PLAIN, 'https://example.com/\u00a0'],
  [PLAIN, 'https://*.example.com'],
  [PLAIN, 'https://example.com/*'],
  [PLAIN, 'https://example.com/${a}'],
  [PLAIN, 'https://example.com/{a}'],
  [PLAIN, 'https://example.com/$a'],
  [PLAIN, 'https://example.com/<a>'],
  [PLAIN, 'https://example.com/"a"'],
  [PLAIN, 'https://example.com/\'a\''],
  [PLAIN, 'https://example.com\\a'],
  [PLAIN, 'https://example.com/a|b'],
  [PLAIN, 'https://example.com/a^b'],
  [PLAIN, 'https://example.com/`a`'],
  [PLAIN, 'https://example.com/a?b=c'],
  [PLAIN, 'https://example.com/a?'],
  [PLAIN, 'https://example.com/#a'],
  [PLAIN, 'https://example.com/#'],
  [PLAIN, 'https://jo@example.com'],
  [PLAIN, 'https://jo:pw@example.com'],
  [PLAIN, 'https://:pw@example.com'],
  [PLAIN, 'https://example.com:port'],
  [PLAIN, 'https://example.com:65536'],
  [PLAIN, 'https://exa[mple.com'],
  [PLAIN, 'https://999.999.999.999'],
  [PLAIN, `https://example.com/${'x'.repeat(2029)}`],
  [QUERY, 'https://example.com/a?b=*'],
  [QUERY, 'https://example.com/a?b?c'],
  [QUERY, 'https://example.com/a?b=c#d'],
  [LOOPBACK, 'http://example.com'],
  [LOOPBACK, 'http://localhost.example.com'],
  [LOOPBACK, 'http://127.0.0.2'],
  [LOOPBACK, 'http://0.0.0.0'],
  [LOOPBACK, 'http://jo@localhost'],
  [LOOPBACK, 'ftp://localhost'],
  [DISCOVERY, 'https://example.com'],
  [DISCOVERY, 'https://example.com/.well-known/openid-configuration/'],
  [DISCOVERY, 'https://example.com/.well-known/oauth-authorization-server'],
  [DISCOVERY, 'https://example.com/.well-known/openid-configuration?a'],
])('with rule %j: %p is not', (rule, address) => {
  expect(judged(address, rule)).toEqual([expect.stringMatching(/^address is not valid; received .*\. Correct it\. \[Test\/Address\]$/)]);
});

test.each<[string, WebAddressRule, string]>([
  ['plain', PLAIN, 'an https address, without wildcard, credentials, query or fragment'],
  ['with query', QUERY, 'an https address, without wildcard, credentials or fragment'],
  ['on a developer\'s machine, too', LOOPBACK, 'an https address (or http on localhost, 127.0.0.1 and [::1]), without wildcard, credentials, query or fragment'],
  ['with ending', DISCOVERY, 'an https address that ends in /.well-known/openid-configuration, without wildcard, credentials, query or fragment'],
])('the message tells what is allowed: %s', (_which, rule, allowed) => {
  expect(judged('x', rule)).toEqual([`address is not valid; received "x"; allowed: ${allowed}. Correct it. [Test/Address]`]);
});

function judged(address: unknown, rule: WebAddressRule): string[] {
  const problems = new Problems();
  expectWebAddress(problems, address, rule);
  return problems.messages();
}
