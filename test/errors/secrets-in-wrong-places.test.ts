import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { aws_kms as kms, aws_secretsmanager as secretsmanager, Aspects, CfnResource } from 'aws-cdk-lib';
import { expectLateProblems, expectRefusal, refusalOf } from './refusal';
import { agentIn, appOf, asUser, clientSecret, imported, importedSecret, parameter, REASON, salesStack } from './story';
import {
  ApiKey, ClientSecret, CognitoDomain, CustomScope, GatewayInbound, GatewayTarget, GoogleOAuth2Provider, OAuth2Discovery, OAuthGrantType, TargetCredentials,
  TargetOAuth2Options, TokenIssuer, ToolGateway,
} from '../../src';
import { looksLikeCredential, namesCredential } from '../../src/declaration/credential-signs';
import { show } from '../../src/declaration/problem';
import { shownAddress } from '../../src/declaration/shown-address';

/* Secrets where none belongs: in addresses, in the place of a name, in parameters. They turn up in no message and no report. */
const CANARY = 'canary4f1c9e';

describe('of an address is shown what is no credential', () => {
  test.each([
    ['https://mcp.example.com/mcp', 'https://mcp.example.com/mcp'],
    [`https://mcp.example.com/mcp?api_key=${CANARY}`, 'https://mcp.example.com/mcp?…'],
    [`https://mcp.example.com/mcp#${CANARY}`, 'https://mcp.example.com/mcp#…'],
    [`https://mcp.example.com?${CANARY}`, 'https://mcp.example.com?…'],
    [`https://mcp.example.com:8443/mcp?a=1#${CANARY}`, 'https://mcp.example.com:8443/mcp?…'],
    [`https://user:${CANARY}@mcp.example.com/mcp`, 'https://…@mcp.example.com/mcp'],
    [`https://${CANARY}@mcp.example.com`, 'https://…@mcp.example.com'],
    [`https://user:a@${CANARY}@mcp.example.com/mcp?${CANARY}`, 'https://…@mcp.example.com/mcp?…'],
    [`user:${CANARY}@mcp.example.com/mcp`, '…@mcp.example.com/mcp'],
    [`mcp.example.com/mcp?key=${CANARY}`, 'mcp.example.com/mcp?…'],
    [`https://mcp.example.com/mcp?user=${CANARY}@example.com`, 'https://mcp.example.com/mcp?…'],
    // A password with characters that end an address elsewhere: nothing can be told apart.
    [`https://user:a?${CANARY}@mcp.example.com`, 'https://…'],
    [`https://user:a/${CANARY}@mcp.example.com`, 'https://…'],
    [`https://user:1/${CANARY}@mcp.example.com`, 'https://…'],
    [`https://user:1#${CANARY}@mcp.example.com`, 'https://…'],
    // What people need to see stays.
    ['http://localhost:3000/callback', 'http://localhost:3000/callback'],
    ['https://[::1]:8443/mcp', 'https://[::1]:8443/mcp'],
    ['https://a.example.com/@acme/mcp', 'https://a.example.com/@acme/mcp'],
    ['https://*.example.com/*', 'https://*.example.com/*'],
    ['https://${AWS::Region}.example.com/x', 'https://${AWS::Region}.example.com/x'],
    ['https://mcp.example.com/?', 'https://mcp.example.com/?'],
    ['arn:aws:iam::111111111111:role/a', 'arn:aws:iam::111111111111:role/a'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['', ''],
  ])('%s', (given, shown) => expect(shownAddress(given)).toBe(shown));

  test('also in the middle of a text, and in a list', () => {
    expect(show([`orders: https://a.example.com/x?${CANARY} and`, `HTTPS://u:${CANARY}@b.example.com`])).toBe('["orders: https://a.example.com/x?…", "HTTPS://…@b.example.com"]');
  });
});

describe('an address with a credential is refused without it', () => {
  const returnTo = (defaultReturnUrl: string) => TargetCredentials.oauth2(imported(salesStack(), 'orders'), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [], defaultReturnUrl });
  const PLACES: [string, (address: string) => unknown][] = [
    ['issuer of users', (issuer) => TokenIssuer.oidc({ issuer, audiences: ['a'] })],
    ['issuer of users, whichever client', (issuer) => TokenIssuer.oidcForAnyClient({ issuer, reason: REASON })],
    ['issuer of a gateway', (issuer) => GatewayInbound.jwt({ issuer, audiences: ['a'] })],
    ['issuer of a gateway, without audience', (issuer) => GatewayInbound.jwt({ issuer })],
    ['discovery of a gateway', (discoveryUrl) => GatewayInbound.jwt({ issuer: 'https://a.example.com', discoveryUrl, audiences: ['a'] })],
    ['discovery of a gateway, without audience', (discoveryUrl) => GatewayInbound.jwt({ discoveryUrl })],
    ['discovery of a provider', (address) => OAuth2Discovery.url(address)],
    ['issuer of a provider', (issuer) => OAuth2Discovery.serverMetadata({ issuer, authorizationEndpoint: 'https://a.example.com/a', tokenEndpoint: 'https://a.example.com/t' })],
    ['MCP server', (address) => GatewayTarget.mcpServer(address)],
    ['domain of a tenant', (address) => CognitoDomain.host(address)],
    ['imported gateway', (gatewayUrl) => ToolGateway.fromGatewayAttributes(salesStack(), 'T', {
      gatewayArn: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/tools-a1b2c3d4e5', gatewayUrl, inbound: GatewayInbound.iam(),
    })],
  ];
  describe.each(PLACES)('%s', (_place, give) => {
    test.each([`https://a.example.com/x?key=${CANARY}`, `https://u:${CANARY}@a.example.com/x`, `https://a.example.com/x#${CANARY}`, `https://u:x/${CANARY}@a.example.com`, `a.example.com/x?${CANARY}`])(
      '%s', (address) => {
        const { message, stack } = refusalOf(() => give(address));
        expect(`${message} ${stack}`).not.toContain(CANARY);
      });
  });

  test.each([`https://u:${CANARY}@a.example.com/x`, `https://a.example.com/x#${CANARY}`, `http://a.example.com/x?key=${CANARY}`])('return pages, which may have a query: %s', (address) => {
    expect(refusalOf(() => returnTo(address)).message).not.toContain(CANARY);
    expect(refusalOf(() => agentIn(salesStack(), 'A', { returnUrls: [address] })).message).not.toContain(CANARY);
  });

  test('a return page given twice', () => expect(refusalOf(() => agentIn(salesStack(), 'A', { returnUrls: Array(2).fill(`https://a.example.com/x?key=${CANARY}`) })).message).not.toContain(CANARY));

});

describe('the value of a secret in the place of its name', () => {
  // Made up, in the shapes that services give theirs.
  const VALUES: [string, string][] = [
    ['of a payment service', 'sk_live_4f1c9e0000canary'],
    ['of a model service', 'sk-proj-Canary4f1c9eCanary'],
    ['of a client of Google', 'GOCSPX-Canary_4f1c9eCanary'],
    ['of a client of GitHub', '4f1c9e7d2b8a6053e1f9c4d7a2b8e6053f1c9e7d'],
    ['of a client of Entra', 'abc8Q~Xy1z0aa1Bb2Cc3Dd4Ee5Ff6Gg7Hh8Ii9Jj'],
    ['a token of GitHub', `ghp_${'aB3'.repeat(12)}`],
    ['a JSON web token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.'],
    ['a UUID', '3f2b8c1e-9d47-4a51-8b0e-6a1f2c3d4e5f'],
  ];
  // By hand: services begin some of theirs in a way that nothing else does; the others may as well be the id of something.
  const BEGINNING = [0, 1, 2, 5, 6].map((at) => VALUES[at]);
  const LIKE_IDS = [3, 4, 7].map((at) => VALUES[at]);
  const NAMES = [
    'client_secret', 'clientSecret', 'api_key', 'key', 'k', 'weather', 'prod/oauth2/client-secret', 'googleOauth2ClientSecret2024', 'client_secret_2026_11_21_v2',
    'weather-api-key-production-eu-west-1', 'a member whose name is a sentence', 'sk-learn', 'x'.repeat(128),
  ];
  test.each(VALUES)('is one: %s', (_what, value) => expect(looksLikeCredential(value)).toBe(true));
  test.each(NAMES)('is none: %s', (name) => {
    expect(looksLikeCredential(name)).toBe(false);
    expect(ClientSecret.fromSecretsManager(importedSecret(salesStack()), name).jsonKey).toBe(name);
  });

  const JSON_KEY = {
    code: 'ProviderSecret/JsonKey',
    what: 'JSON key of the secret looks like the value of a secret, and would stand in the template and in the report',
    allowed: 'the name of a member of the secret\'s JSON, such as client_secret',
    fix: 'Give the name of the member.',
  };
  test.each(VALUES)('JSON key of a client secret or an API key: %s', (_what, value) => {
    expectRefusal(() => ClientSecret.fromSecretsManager(importedSecret(salesStack()), value), JSON_KEY);
    expectRefusal(() => ApiKey.fromSecretsManager(importedSecret(salesStack()), value), JSON_KEY);
    expectRefusal(() => ApiKey.bundleFromSecretsManager(importedSecret(salesStack()), value, ['maps', 'weather']), JSON_KEY);
    expect(refusalOf(() => ClientSecret.fromSecretsManager(importedSecret(salesStack()), value)).message).not.toContain(value);
  });
  test('JSON key that only deployment knows is none', () => {
    const stack = salesStack();
    expect(() => ClientSecret.fromSecretsManager(importedSecret(stack), parameter(stack, 'P1a2b3c4d5e6f7a8b9c0'))).not.toThrow();
  });

  test.each(VALUES)('name of a key in a bundle: %s', (_what, value) => {
    expectRefusal(() => ApiKey.bundleFromSecretsManager(importedSecret(salesStack()), 'bundle', ['weather', value]), {
      code: 'ApiKey/Bundle', what: 'name of a key in the bundle looks like a key, and would stand in the report', allowed: 'the names of the members', fix: 'Give the names.',
    });
    for (const names of [value, [value], [value, value]]) {
      expect(refusalOf(() => ApiKey.bundleFromSecretsManager(importedSecret(salesStack()), 'bundle', names as string[])).message).not.toContain(value);
    }
  });

  test.each(BEGINNING)('id of a client: %s', (_what, value) => {
    const stack = salesStack();
    const make = () => new GoogleOAuth2Provider(stack, 'Google', { clientId: value, clientSecret: clientSecret(stack) });
    expectRefusal(make, { code: 'OAuth2Provider/ClientId', what: 'clientId looks like a secret, and would stand in the template', fix: 'Use the id that the authorization server gave the client', path: 'Sales/Google' });
  });
  test('id of a client that is refused for something else', () => {
    const stack = salesStack();
    expect(refusalOf(() => new GoogleOAuth2Provider(stack, 'Google', { clientId: `${CANARY} `, clientSecret: clientSecret(stack) })).message).not.toContain(CANARY);
  });

  test('key that protects a secret', () => expectRefusal(() => ClientSecret.fromSecretsManager(importedSecret(salesStack()), 'k', { encryptionKey: CANARY as unknown as kms.IKeyRef }), {
    code: 'ProviderSecret/Key', what: 'encryptionKey is not a KMS key', fix: 'Pass a Key',
  }));

  test.each(BEGINNING)('anywhere else, where it begins as services begin theirs: %s', (_what, value) => {
    expect(show(value)).toBe('a text that looks like a secret, which is not shown here');
    expect(show([value, 'b'])).toBe('[a text that looks like a secret, which is not shown here, "b"]');
  });

  test.each(LIKE_IDS)('not where it may as well be an id: %s', (_what, value) => {
    expect(show(value)).toBe(`"${value}"`);
    const stack = salesStack();
    expect(() => new GoogleOAuth2Provider(stack, 'Google', { clientId: value, clientSecret: clientSecret(stack) })).not.toThrow();
  });
});

describe('a custom parameter of a target', () => {
  const give = (customParameters: TargetOAuth2Options['customParameters']) => () => TargetCredentials.oauth2(imported(salesStack(), 'orders'), {
    grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [CustomScope.of('a')], customParameters,
  });
  test.each(['api_key', 'apiKey', 'X-Api-Key', 'subscription-key', 'access_token', 'accessToken', 'password', 'app_secret', 'clientassertion', 'client_assertion', 'Authorization', 'credential'])(
    '%s is a credential', (name) => {
      expect(namesCredential(name)).toBe(true);
      expectRefusal(give({ audience: 'a', [name]: CANARY }), {
        code: 'TargetCredentials/CustomParameters', what: 'custom parameters hold what looks like a credential, and would stand in the template with its value', received: `["${name}"]`, fix: 'AgentCore has no place',
      });
    });
  test('also by its value', () => {
    const { message } = refusalOf(give({ vendor_hint: 'GOCSPX-Canary_4f1c9eCanary' }));
    expect(message).toContain('received ["vendor_hint"]');
    expect(message).not.toContain('GOCSPX');
  });
  test.each(['audience', 'resource', 'prompt', 'access_type', 'token_format', 'id_token_hint', 'requested_token_use', 'login_hint', 'organization', 'public_key', 'kid', 'monkey'])('%s is none', (name) => {
    expect(give({ [name]: '3f2b8c1e-9d47-4a51-8b0e-6a1f2c3d4e5f' })).not.toThrow();
  });
  test('OAuth2\'s own secret is told once', () => expect(refusalOf(give({ client_secret: CANARY })).codes).toEqual(['TargetCredentials/CustomParameters']));
});

describe('a value that only an override puts into the template', () => {
  const use = (change: (l1: CfnResource) => void, jsonKey = 'client_secret', props: secretsmanager.SecretProps = {}) => {
    const stack = salesStack();
    const secret = new secretsmanager.Secret(stack, 'Secret', props);
    agentIn(stack, 'A').may(asUser(new GoogleOAuth2Provider(stack, 'Google', { clientId: 'c', clientSecret: ClientSecret.fromSecretsManager(secret, jsonKey) })));
    change(secret.node.defaultChild as CfnResource);
    return appOf(stack);
  };
  const REFUSED = {
    code: 'ProviderSecret/PlaintextInTemplate', what: 'secret Sales/Secret gets its value from the template', allowed: 'a generated value', fix: 'Remove secretString', path: 'Sales/Google',
  };
  test.each<[string, (l1: CfnResource) => void]>([
    ['of the value', (l1) => l1.addPropertyOverride('SecretString', CANARY)],
    ['of all properties', (l1) => l1.addOverride('Properties', { SecretString: CANARY })],
    ['of the template of a generated value', (l1) => l1.addPropertyOverride('GenerateSecretString', { SecretStringTemplate: `{"client_secret":"${CANARY}"}`, GenerateStringKey: 'other' })],
    ['by an aspect', (l1) => Aspects.of(l1).add({ visit: (node) => (node as CfnResource).addPropertyOverride('SecretString', CANARY) })],
  ])('%s', (_what, change) => expectLateProblems(use(change), REFUSED));

  test.each<[string, (l1: CfnResource) => void]>([
    ['an override of something else', (l1) => l1.addPropertyOverride('Description', 'The client of Google')],
    ['a generated value with another member', (l1) => l1.addPropertyOverride('GenerateSecretString', { SecretStringTemplate: '{"user":"a"}', GenerateStringKey: 'client_secret' })],
    ['a value that an override takes away', (l1) => l1.addPropertyDeletionOverride('SecretString')],
  ])('fine: %s', (_what, change) => expect(() => use(change).synth()).not.toThrow());
});

test('the query of a return page stands in no report, and a change of it is seen', () => {
  const reports = (query: string) => {
    const stack = salesStack();
    agentIn(stack, 'A', { returnUrls: [`https://a.example.com/return?state=${query}`] })
      .may(asUser(new GoogleOAuth2Provider(stack, 'Google', { clientId: 'c', clientSecret: clientSecret(stack) })));
    const { directory } = appOf(stack).synth();
    return Object.fromEntries(readdirSync(directory).filter((file) => file.startsWith('agentcore-access.')).map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
  };
  const [one, other] = [reports(CANARY), reports('another')];
  expect(Object.keys(one).sort()).toEqual(['agentcore-access.html', 'agentcore-access.json', 'agentcore-access.md']);
  for (const [file, text] of Object.entries(one)) {
    expect([file, text.includes(CANARY)]).toEqual([file, false]);
    expect(text).toContain('https://a.example.com/return?…');
    expect(text).not.toBe(other[file]);
  }
  expect(JSON.parse(one['agentcore-access.json']).agents[0].returnUrls).toEqual([expect.stringMatching(/^https:\/\/a\.example\.com\/return\?… \(query [0-9a-f]{8}\)$/)]);
});
