import { aws_bedrockagentcore as agentcore, aws_kms as kms, Stack } from 'aws-cdk-lib';
import { expectLateProblems, expectRefusal, lateCodes, refusalOf } from './refusal';
import { agentIn, appOf, asItself, asTrustedUserId, asUser, clientSecret, google, imported, parameter, REASON, salesStack } from './story';
import {
  ActorToken, Agent, Capability, ClientAuthentication, ClientSecret, CustomOAuth2Provider, CustomOAuth2ProviderProps, CustomScope, IOAuth2Provider,
  JwtSigningAlgorithm, OAuth2Discovery, OAuth2Provider, OnBehalfOf, Users,
} from '../../src';

const ENDPOINTS = OAuth2Discovery.serverMetadata({
  issuer: 'https://login.example.com', authorizationEndpoint: 'https://login.example.com/authorize', tokenEndpoint: 'https://login.example.com/token',
});
const DISCOVERED = OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration');
const CANARY = 'canary-4d1a77b0-do-not-print';
const USERS = Users.anyOfTheIssuer({ reason: REASON });
const ORDERS = [CustomScope.of('orders:read')];

function orders(stack: Stack, props: Partial<CustomOAuth2ProviderProps> = {}): CustomOAuth2Provider {
  return new CustomOAuth2Provider(stack, 'Orders', { providerName: 'orders', clientId: 'client-1', discovery: ENDPOINTS, ...props });
}

/** A provider that exchanges tokens. */
function exchange(stack: Stack, onBehalfOf: OnBehalfOf = OnBehalfOf.tokenExchange(ActorToken.none())): CustomOAuth2Provider {
  return orders(stack, { clientSecret: clientSecret(stack, 'OrdersApp'), onBehalfOf });
}

function onBehalf(provider: IOAuth2Provider, options: object = {}): Capability {
  return Capability.actOnBehalfOfUser(provider, { scopes: ORDERS, users: USERS, reason: REASON, ...options });
}

function rsaKey(stack: Stack, props: kms.KeyProps = {}): kms.Key {
  return new kms.Key(stack, 'Key', { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY, ...props });
}

function signedBy(key: kms.IKeyRef, algorithm = JwtSigningAlgorithm.RS256, more: object = {}): ClientAuthentication {
  return ClientAuthentication.privateKeyJwt({ key, algorithm, ...more });
}

describe('a client has', () => {
  const BOTH = { code: 'OAuth2Provider/SecretAndSecretless', fix: 'Remove clientSecret' };

  test.each<[string, (stack: Stack) => ClientAuthentication]>([
    ['AWS_IAM_ID_TOKEN_JWT', () => ClientAuthentication.iamIdToken()],
    ['PRIVATE_KEY_JWT', (stack) => signedBy(rsaKey(stack))],
  ])('a secret, but %s needs none', (method, authentication) => {
    const stack = salesStack();
    expectRefusal(() => orders(stack, { clientSecret: clientSecret(stack), clientAuthentication: authentication(stack) }), {
      ...BOTH, what: `there is a client secret, but ${method} authenticates without one`, path: 'Sales/Orders',
    });
  });

  test('a secret as text beside, which is not printed', () => {
    const error = refusalOf(() => orders(salesStack(), { clientSecret: CANARY as any, clientAuthentication: ClientAuthentication.iamIdToken() }));
    expect(error.codes).toEqual(['OAuth2Provider/SecretAndSecretless']);
    expect(error.message).not.toContain(CANARY);
  });

  test('the same, imported', () => {
    expect(refusalOf(() => OAuth2Provider.fromProviderName(salesStack(), 'Orders', 'orders', {
      clientSecret: ClientSecret.managedByAgentCore(), clientAuthentication: ClientAuthentication.iamIdToken({ audiences: ['urn:orders'] }),
    })).codes).toEqual(['OAuth2Provider/SecretAndSecretless']);
  });

  test.each<[string, Partial<CustomOAuth2ProviderProps>]>([
    ['nothing', {}],
    ['a method that needs a secret', { clientAuthentication: ClientAuthentication.CLIENT_SECRET_POST }],
  ])('no secret, and %s', (_situation, props) => {
    expectRefusal(() => orders(salesStack(), props), { code: 'ProviderSecret/Missing', what: 'clientSecret is missing', fix: 'Write clientSecret: ClientSecret.', path: 'Sales/Orders' });
    expect(refusalOf(() => OAuth2Provider.fromProviderName(salesStack(), 'Orders', 'orders', props as object)).codes).toEqual(['ProviderSecret/Missing']);
  });

  test.each<[string, (stack: Stack) => Partial<CustomOAuth2ProviderProps>]>([
    ['a secret', (stack) => ({ clientSecret: clientSecret(stack) })],
    ['a key', (stack) => ({ clientAuthentication: signedBy(rsaKey(stack)) })],
  ])('%s, but no id', (_situation, props) => {
    const stack = salesStack();
    expect(refusalOf(() => orders(stack, { clientId: undefined, ...props(stack) })).codes).toEqual(['OAuth2Provider/ClientId']);
  });

  test('no id, which is not enough for users to consent', () => {
    const stack = salesStack();
    const provider = orders(stack, { clientId: undefined, clientAuthentication: ClientAuthentication.iamIdToken() });
    agentIn(stack, 'Agent').may(Capability.actAsUser(provider, { scopes: ORDERS, users: USERS, reason: REASON }));
    expectLateProblems(appOf(stack), {
      code: 'Capability/ClientIdMissing', what: 'users consent to what a client does, but the client of Sales/Orders has no id', fix: 'Write clientId on the provider', path: 'Sales/Agent',
    });
  });
});

describe('tokens that AWS issues', () => {
  test.each<[string, Partial<CustomOAuth2ProviderProps>, string]>([
    ['the client', { clientAuthentication: ClientAuthentication.iamIdToken() }, 'ClientAuthentication.iamIdToken'],
    ['the actor', { clientAuthentication: ClientAuthentication.iamIdTokenForAnyAudience({ reason: REASON }), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken()) }, 'ActorToken.iamIdToken'],
  ])('the audience of %s is not known', (_who, props, call) => {
    expectRefusal(() => orders(salesStack(), { discovery: DISCOVERED, ...props }), {
      code: 'CustomOAuth2Provider/Audience', what: 'the audience of the tokens that AWS issues for the role is not known', fix: `Write ${call}({ audiences: [`, path: 'Sales/Orders',
    });
  });

  test('nor is that of an import', () => {
    expect(refusalOf(() => OAuth2Provider.fromProviderName(salesStack(), 'Orders', 'orders', {
      clientAuthentication: ClientAuthentication.iamIdToken(), onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.iamIdToken()),
    })).codes).toEqual(['OAuth2Provider/Audience', 'OAuth2Provider/Audience']);
  });

  test.each<[string, unknown]>([
    ['none', []], ['a text', 'urn:orders'], ['one twice', ['a', 'a']], ['empty', ['']], ['with a variable', ['${aws:username}']], ['blank', ['a b']],
    ['eleven', Array.from({ length: 11 }, (_value, index) => `urn:${index}`)],
  ])('audiences are %s', (_situation, audiences) => {
    expect(refusalOf(() => ClientAuthentication.iamIdToken({ audiences: audiences as string[] })).codes).toContain('ClientAuthentication/Audience');
    expect(refusalOf(() => ActorToken.iamIdToken({ audiences: audiences as string[] })).codes).toContain('ActorToken/Audience');
  });

  test('an audience that only deployment knows is taken', () => {
    expect(() => ClientAuthentication.iamIdToken({ audiences: [parameter(salesStack())] })).not.toThrow();
  });

  test('the algorithm, a field, the reason', () => {
    expect(refusalOf(() => ClientAuthentication.iamIdToken({ signingAlgorithm: 'HS256' as any, audience: 'urn:orders' } as any)).codes)
      .toEqual(['ClientAuthentication/UnknownField', 'ClientAuthentication/Algorithm']);
    expect(refusalOf(() => ClientAuthentication.iamIdTokenForAnyAudience({ reason: 'why' })).codes).toEqual(['ClientAuthentication/Reason']);
    expect(refusalOf(() => ActorToken.iamIdTokenForAnyAudience(undefined as any)).codes).toEqual(['ActorToken/Reason']);
  });
});

describe('a private key', () => {
  test('is missing, and the algorithm and a field are wrong', () => {
    expect(refusalOf(() => ClientAuthentication.privateKeyJwt({ key: 'arn:aws:kms:…', algorithm: 'RS512', keyId: 'x' } as any)).codes)
      .toEqual(['ClientAuthentication/UnknownField', 'ClientAuthentication/Key', 'ClientAuthentication/Algorithm']);
    expect(refusalOf(() => ClientAuthentication.privateKeyJwt(undefined as any)).codes).toEqual(['ClientAuthentication/Key', 'ClientAuthentication/Algorithm']);
  });

  test.each<[string, object]>([
    ['alg in the header', { headerClaims: { alg: 'none' } }], ['typ in the header', { headerClaims: { typ: 'JWT' } }],
    ...['iss', 'sub', 'jti', 'exp', 'iat', 'nbf'].map((claim): [string, object] => [`${claim} in the payload`, { payloadClaims: { [claim]: 'x' } }]),
    ['eleven', { payloadClaims: Object.fromEntries(Array.from({ length: 11 }, (_value, index) => [`claim${index}`, 'x'])) }],
    ['a blank in a name', { headerClaims: { 'key id': 'x' } }], ['an empty value', { payloadClaims: { tenant: '' } }], ['a number', { payloadClaims: { tenant: 7 } }],
  ])('claims: %s', (_situation, claims) => {
    expect(refusalOf(() => signedBy(rsaKey(salesStack()), JwtSigningAlgorithm.RS256, claims)).codes).toEqual(['ClientAuthentication/Claims']);
  });

  test('ten claims are taken, and aud', () => {
    const claims = Object.fromEntries(Array.from({ length: 9 }, (_value, index) => [`claim${index}`, 'x']));
    expect(() => signedBy(rsaKey(salesStack()), JwtSigningAlgorithm.RS256, { headerClaims: { kid: '1', ...claims }, payloadClaims: { aud: 'urn:orders', ...claims } })).not.toThrow();
  });

  const { RS256, PS256, ES256 } = JwtSigningAlgorithm;
  const { SIGN_VERIFY } = kms.KeyUsage;
  test.each<[JwtSigningAlgorithm, kms.KeyProps, string]>([
    [RS256, { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: SIGN_VERIFY }, '["ECC_NIST_P256", "SIGN_VERIFY"]'],
    [PS256, { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: SIGN_VERIFY }, '["ECC_NIST_P256", "SIGN_VERIFY"]'],
    [ES256, { keySpec: kms.KeySpec.RSA_2048, keyUsage: SIGN_VERIFY }, '["RSA_2048", "SIGN_VERIFY"]'],
    [ES256, { keySpec: kms.KeySpec.ECC_NIST_P384, keyUsage: SIGN_VERIFY }, '["ECC_NIST_P384", "SIGN_VERIFY"]'],
    [RS256, { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT }, '["RSA_2048", "ENCRYPT_DECRYPT"]'],
    [RS256, { keySpec: kms.KeySpec.SYMMETRIC_DEFAULT, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT }, '["SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"]'],
  ])('%s does not fit %j', (algorithm, props, received) => {
    const stack = salesStack();
    orders(stack, { clientAuthentication: signedBy(rsaKey(stack, props), algorithm) });
    expectLateProblems(appOf(stack), {
      code: 'ClientAuthentication/KeySpec', what: `key Sales/Key cannot sign with ${algorithm}`, received, allowed: 'keySpec ', fix: 'Make the key with that specification', path: 'Sales/Orders',
    });
  });

  test.each<[JwtSigningAlgorithm, kms.KeySpec]>([
    [RS256, kms.KeySpec.RSA_2048], [RS256, kms.KeySpec.RSA_3072], [RS256, kms.KeySpec.RSA_4096], [PS256, kms.KeySpec.RSA_2048], [ES256, kms.KeySpec.ECC_NIST_P256],
  ])('%s fits %s', (algorithm, keySpec) => {
    const stack = salesStack();
    orders(stack, { clientAuthentication: signedBy(rsaKey(stack, { keySpec }), algorithm) });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test.each<[string, (stack: Stack) => kms.IKeyRef, string]>([
    ['in another region', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111111111111:key/1'), 'ClientAuthentication/KeyElsewhere'],
    ['an alias', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:alias/orders'), 'ClientAuthentication/KeyIsAlias'],
    ['an L1 without a specification', (stack) => new kms.CfnKey(stack, 'Key', {}), 'ClientAuthentication/KeySpec'],
  ])('is %s', (_situation, key, code) => {
    const stack = salesStack();
    orders(stack, { clientAuthentication: signedBy(key(stack)) });
    expect(lateCodes(appOf(stack))).toEqual([`${code} at Sales/Orders`]);
  });

  test('may be of another account', () => {
    const stack = salesStack();
    orders(stack, { clientAuthentication: signedBy(kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:222222222222:key/1')) });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('acting on behalf of a user', () => {
  const CONFIGURED = 'OnBehalfOf.tokenExchange(ActorToken.none()) or OnBehalfOf.jwtAuthorizationGrant()';

  test.each<[string, (stack: Stack) => IOAuth2Provider, string, string]>([
    ['a provider without exchange', (stack) => orders(stack, { clientSecret: clientSecret(stack) }), '"CustomOauth2"', `Write onBehalfOf: ${CONFIGURED} on the CustomOAuth2Provider`],
    ['a vendor without exchange', (stack) => google(stack, 'Orders'), '"GoogleOauth2"', 'AgentCore exchanges tokens with MicrosoftOAuth2Provider and CustomOAuth2Provider only'],
    ['an import that does not say so', (stack) => imported(stack, 'orders', 'Orders'), 'nothing', `If its owner has configured the exchange, say so on the import: onBehalfOf: ${CONFIGURED}`],
  ])('through %s', (_situation, provider, received, fix) => {
    expectRefusal(() => onBehalf(provider(salesStack())), {
      code: 'Capability/OnBehalfOf', what: 'provider Sales/Orders does not exchange users\' tokens, as far as this app knows', received, fix,
    });
  });

  test.each<[string, object, string[]]>([
    ['users missing', { users: undefined }, ['Capability/Users']],
    ['scopes missing', { scopes: undefined }, ['Capability/Scopes']],
    ['an unknown field', { userIds: [] }, ['Capability/UnknownField']],
    ['no audience in a list', { audiences: [] }, ['Capability/ExchangeTarget']],
    ['an audience twice', { audiences: ['a', 'a'] }, ['Capability/ExchangeTarget']],
    ['a resource that is no URI', { resources: ['orders'] }, ['Capability/ExchangeTarget']],
    ['a resource with a fragment', { resources: ['https://orders.example.com#v1'] }, ['Capability/ExchangeTarget']],
  ])('with %s', (_situation, options, codes) => {
    expect(refusalOf(() => onBehalf(exchange(salesStack()), options)).codes).toEqual(codes);
  });

  test('needs callers, but no return page', () => {
    const stack = salesStack();
    agentIn(stack, 'Agent', { callers: [], returnUrls: [] }).may(onBehalf(exchange(stack)));
    expect(lateCodes(appOf(stack))).toEqual(['Agent/CallersMissing at Sales/Agent']);
  });

  test('needs JWTs, not ids', () => {
    const stack = salesStack();
    agentIn(stack, 'Agent').may(onBehalf(exchange(stack)), asTrustedUserId(google(stack)));
    expectLateProblems(appOf(stack), {
      code: 'Capability/OnBehalfOfUserId',
      what: 'the agent acts on behalf of users through Sales/Orders, which needs their JWTs, but knows users by trusted ids (Sales/Google), and an id cannot be exchanged',
      fix: 'Write Capability.actAsUser(...) in place of actAsTrustedUserId',
      path: 'Sales/Agent',
    });
  });

  test.each<[string, (stack: Stack, provider: CustomOAuth2Provider, agent: Agent) => void, string[]]>([
    ['another agent acts as itself', (stack, provider) => agentIn(stack, 'Other').may(Capability.actAsItself(provider, { scopes: ORDERS, reason: REASON })),
      ['Capability/GrantTypeNotSeparable at Sales/Agent']],
    ['another agent asks for other scopes', (stack, provider) => agentIn(stack, 'Other').may(onBehalf(provider, { scopes: [CustomScope.of('orders:write')] })),
      ['Capability/ScopesNotSeparable at Sales/Agent', 'Capability/ScopesNotSeparable at Sales/Other']],
    ['another agent needs consent', (stack, provider) => agentIn(stack, 'Other').may(Capability.actAsUser(provider, { scopes: ORDERS, users: USERS, reason: REASON })),
      ['Capability/ConsentNotSeparable at Sales/Other']],
    ['it needs consent, too', (_stack, provider, agent) => agent.may(Capability.actAsUser(provider, { scopes: ORDERS, users: USERS, reason: REASON })), []],
    ['another agent is for the same', (stack, provider) => agentIn(stack, 'Other').may(onBehalf(provider)), []],
    ['it acts as itself elsewhere', (stack, _provider, agent) => agent.may(asItself(imported(stack, 'tickets'))), []],
    ['it acts as the user elsewhere', (stack, _provider, agent) => agent.may(asUser(google(stack))), []],
  ])('and with the same client %s', (_situation, declare, codes) => {
    const stack = salesStack();
    const provider = exchange(stack);
    const agent = agentIn(stack, 'Agent');
    agent.may(onBehalf(provider));
    declare(stack, provider, agent);
    expect(lateCodes(appOf(stack))).toEqual(codes);
  });

  test('an actor\'s scopes widen what an agent gets as itself', () => {
    const stack = salesStack();
    const provider = exchange(stack, OnBehalfOf.tokenExchange(ActorToken.machineToMachine([CustomScope.of('actor')])));
    agentIn(stack, 'Agent').may(Capability.actAsItself(provider, { scopes: ORDERS, reason: REASON }));
    expect(lateCodes(appOf(stack))).toEqual(['Capability/ScopesNotSeparable at Sales/Agent']);
  });

  test('users of the two capabilities differ', () => {
    const stack = salesStack();
    agentIn(stack, 'Agent').may(onBehalf(exchange(stack), { users: Users.withSubjects(['00u1']) }), asUser(google(stack), Users.withSubjects(['00u2'])));
    expect(lateCodes(appOf(stack))).toEqual(['Capability/SubjectsNotSeparable at Sales/Agent', 'Capability/SubjectsNotSeparable at Sales/Agent']);
  });

  test('groups need the application', () => {
    const stack = salesStack();
    agentIn(stack, 'Agent').may(onBehalf(exchange(stack), { users: Users.inGroup('sales') }));
    expect(lateCodes(appOf(stack))).toEqual(['Capability/GroupNotEnforced at Sales/Agent']);
  });
});

describe('what is not of the right class', () => {
  test('on a provider', () => {
    const stack = salesStack();
    expect(refusalOf(() => orders(stack, { clientSecret: clientSecret(stack), onBehalfOf: 'TOKEN_EXCHANGE' as any })).codes).toEqual(['CustomOAuth2Provider/OnBehalfOf']);
    expect(refusalOf(() => OAuth2Provider.fromProviderName(stack, 'Other', 'other', {
      clientSecret: ClientSecret.managedByAgentCore(), clientAuthentication: 'PRIVATE_KEY_JWT' as any, onBehalfOf: {} as any,
    })).codes).toEqual(['OAuth2Provider/ClientAuthentication', 'OAuth2Provider/OnBehalfOf']);
  });

  test('in an exchange', () => {
    expect(refusalOf(() => OnBehalfOf.tokenExchange(undefined as any)).codes).toEqual(['OnBehalfOf/ActorToken']);
    expect(refusalOf(() => ActorToken.machineToMachine(['actor'] as any)).codes).toEqual(['ActorToken/Scopes']);
    expect(refusalOf(() => ActorToken.machineToMachine([CustomScope.of('a'), CustomScope.of('a')])).codes).toEqual(['ActorToken/Scopes']);
  });
});

test('an L1 of the same name stays as it is', () => {
  const stack = salesStack();
  const l1 = new agentcore.CfnOAuth2CredentialProvider(stack, 'L1', { name: 'orders', credentialProviderVendor: 'CustomOauth2', oauth2ProviderConfigInput: {} });
  const provider = OAuth2Provider.fromProviderRef(stack, 'Orders', l1, { clientAuthentication: signedBy(rsaKey(stack)), onBehalfOf: OnBehalfOf.jwtAuthorizationGrant() });
  expect([provider.clientSecret.isAbsent, provider.clientSecret.isManagedByAgentCore, provider.providerName]).toEqual([true, false, 'orders']);
});
