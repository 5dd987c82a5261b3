import { named, rights, VEND } from './rights-story';
import { statementsFor } from '../../src/permission/statements';

/* Clients without a secret: keys with which AgentCore signs, and tokens that AWS issues for the role. */
const KEY = (id: string, region = 'eu-west-1') => ({ key: named(`arn:aws:kms:${region}:111111111111:key/${id}`), region });
const allowed = (given: object) => statementsFor(rights({ verbs: VEND, ...given })).filter(({ effect }) => effect === 'Allow');
const sign = (sid: string, region: string, ...keys: object[]) => ({
  sid,
  effect: 'Allow',
  actions: ['kms:Sign', 'kms:DescribeKey'],
  resources: keys,
  conditions: [{ operator: 'StringEquals', key: 'kms:ViaService', values: [`bedrock-agentcore-identity.${region}.amazonaws.com`] }],
});

test('keys sign through AgentCore, each Region in a statement of its own', () => {
  const [a, b, far] = [KEY('a'), KEY('b'), KEY('c', 'us-east-1')];
  expect(allowed({ signingKeys: [b, far, a] })).toEqual([sign('SignClientAssertion', 'eu-west-1', a.key, b.key), sign('SignClientAssertion2', 'us-east-1', far.key)]);
});

describe('tokens of the role', () => {
  const audience = (value: string) => ({ value, label: value });
  const token = (audiences: string[], signingAlgorithm?: string) => ({ audiences: audiences.map(audience), signingAlgorithm });
  const THROUGH_AWS = { operator: 'Bool', key: 'aws:ViaAWSService', values: ['true'] };
  const forAudiences = (...values: string[]) => [
    { operator: 'ForAllValues:StringEquals', key: 'sts:IdentityTokenAudience', values }, { operator: 'Null', key: 'sts:IdentityTokenAudience', values: ['false'] },
  ];
  const signedWith = (algorithm: string) => ({ operator: 'StringEquals', key: 'sts:SigningAlgorithm', values: [algorithm] });
  const get = (sid: string, ...conditions: object[]) => ({ sid, effect: 'Allow', actions: ['sts:GetWebIdentityToken'], resources: [{ arn: '*', label: '*' }], conditions: [THROUGH_AWS, ...conditions] });

  test.each<[string, object[], object[]]>([
    ['for one audience', [token(['https://b'])], [get('GetWebIdentityToken', ...forAudiences('https://b'))]],
    ['for several, each once, in order', [token(['https://b']), token(['https://a', 'https://b'])], [get('GetWebIdentityToken', ...forAudiences('https://a', 'https://b'))]],
    ['for any audience', [token([])], [get('GetWebIdentityToken')]],
    ['signed in one way', [token(['https://a'], 'ES384')], [get('GetWebIdentityToken', ...forAudiences('https://a'), signedWith('ES384'))]],
    ['signed in two ways: no audience of the one goes with the other', [token(['https://a'], 'ES384'), token(['https://b'], 'RS256')], [
      get('GetWebIdentityToken', ...forAudiences('https://b'), signedWith('RS256')), get('GetWebIdentityToken2', ...forAudiences('https://a'), signedWith('ES384')),
    ]],
    // The order does not follow the declaration: a Sid stays with its statement.
    ['declared in another order, and one without a choice of algorithm', [token([]), token(['https://d']), token(['https://a'], 'ES384'), token(['https://b'], 'RS256')], [
      get('GetWebIdentityToken', ...forAudiences('https://b'), signedWith('RS256')), get('GetWebIdentityToken2', ...forAudiences('https://a'), signedWith('ES384')),
      get('GetWebIdentityToken3', ...forAudiences('https://d')), get('GetWebIdentityToken4'),
    ]],
    ['for any audience beside listed ones', [token([]), token(['https://a'])], [get('GetWebIdentityToken', ...forAudiences('https://a')), get('GetWebIdentityToken2')]],
  ])('%s', (_what, webIdentityTokens, statements) => expect(allowed({ webIdentityTokens })).toEqual(statements));
});
