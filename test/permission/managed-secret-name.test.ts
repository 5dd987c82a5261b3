import * as fc from 'fast-check';
import { managedSecretArns, ManagedSecretKind, managedSecretPatternCovers } from '../../src/permission/managed-secret-name';

const IRELAND = { partition: 'aws', region: 'eu-west-1', account: '111111111111' };

test.each([
  ['an OAuth2 provider', managedSecretArns(IRELAND, ManagedSecretKind.OAUTH2, 'google'), [
    'arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/oauth2/google-??????',
    'arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/oauth2/google-????????-??????',
  ]],
  ['an API-key provider in China', managedSecretArns({ partition: 'aws-cn', region: 'cn-north-1', account: '222222222222' }, ManagedSecretKind.API_KEY, 'weather'), [
    'arn:aws-cn:secretsmanager:cn-north-1:222222222222:secret:bedrock-agentcore-identity!default/apikey/weather-??????',
    'arn:aws-cn:secretsmanager:cn-north-1:222222222222:secret:bedrock-agentcore-identity!default/apikey/weather-????????-??????',
  ]],
])('the secret that AgentCore keeps for %s', (_which, arns, expected) => {
  expect(arns).toEqual(expected);
});

test.each([
  ['okta', 'okta-european', true],
  ['okta', 'okta-12345678', true],
  ['okta', 'okta-a-b-c-d-', true],
  ['okta', 'okta', false],
  ['okta', 'okta-eu', false],
  ['okta', 'okta-1234567', false],
  ['okta', 'okta-123456789', false],
  ['okta', 'oktaeuropean', false],
  ['okta', 'okta_european', false],
  ['okta-european', 'okta', false],
  ['okta', 'my-okta-european', false],
  ['okta', 'OKTA-european', false],
])('the patterns of %s cover the secret of %s: %s', (name, other, expected) => {
  expect(managedSecretPatternCovers(name, other)).toBe(expected);
});

test('it is told exactly when a pattern matches a secret of the other, with either of its suffixes', () => {
  const providerName = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 14 });
  const related = fc.tuple(providerName, providerName).chain(([name, rest]) => fc.constantFrom<[string, string]>([name, rest], [name, `${name}-${rest}`]));
  fc.assert(fc.property(related.filter(([name, other]) => name !== other), ([name, other]) => {
    const patterns = managedSecretArns(IRELAND, ManagedSecretKind.OAUTH2, name);
    const secrets = ['-AbCdEf', '-0123abcd-AbCdEf']
      .map((suffix) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/oauth2/${other}${suffix}`);
    expect(managedSecretPatternCovers(name, other)).toBe(patterns.some((pattern) => secrets.some((secret) => matches(pattern, secret))));
  }), { seed: 20261121, numRuns: 2000 });
});

/** As IAM compares: `?` is any one character. */
function matches(pattern: string, text: string): boolean {
  return pattern.length === text.length && [...pattern].every((character, index) => character === '?' || character === text[index]);
}
