import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, aws_kms as kms, aws_secretsmanager as secretsmanager, Resource, SecretValue, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { expectLateProblems, expectRefusal, lateCodes, refusalOf } from './refusal';
import { agentIn, appOf, asUser, importedSecret, lazy, parameter, salesStack } from './story';
import { ApiKey, ApiKeyProvider, ClientSecret, GoogleOAuth2Provider, OAuth2Provider, ProviderSecret } from '../../src';

/** Stands for a secret's value: must not turn up in any message or file. */
const CANARY = 'GOCSPX-canary-4f1c9e';

const CLIENT_SECRET_CALL = 'clientSecret: ClientSecret.fromSecretsManager(secret, \'client_secret\')';
const API_KEY_CALL = 'apiKey: ApiKey.fromSecretsManager(secret, \'api_key\')';

/** Every shape in which a value comes. */
const VALUES: [string, unknown][] = [
  ['a text', CANARY],
  ['a SecretValue', SecretValue.unsafePlainText(CANARY)],
  ['a SecretValue that refers to Secrets Manager, and would be resolved into the provider', SecretValue.secretsManager(CANARY)],
  ['a SecretValue as text', SecretValue.unsafePlainText(CANARY).unsafeUnwrap()],
  ['a dynamic reference as text', `{{resolve:secretsmanager:app:SecretString:${CANARY}}}`],
  ['a value that is made late', lazy(CANARY)],
  ['an object', { clientSecret: CANARY }],
  ['an object of the template', { 'Fn::Sub': CANARY }],
  ['a list', [CANARY]],
  ['bytes', Buffer.from(CANARY)],
  ['a number', 4711],
  ['yes', true],
  ['nothing at all, as text', ''],
];

/** Every place where one may try to give it. */
const PLACES: [string, (stack: Stack, value: any) => unknown, string, string | undefined, string][] = [
  ['ClientSecret.fromSecretsManager', (_stack, value) => ClientSecret.fromSecretsManager(value, 'client_secret'), 'A client secret', undefined, CLIENT_SECRET_CALL],
  ['ApiKey.fromSecretsManager', (_stack, value) => ApiKey.fromSecretsManager(value, 'api_key'), 'An API key', undefined, API_KEY_CALL],
  ['an OAuth2 provider', (stack, value) => new GoogleOAuth2Provider(stack, 'Provider', { clientId: '1234', clientSecret: value }),
    'clientSecret', 'Sales/Provider', CLIENT_SECRET_CALL],
  ['an API-key provider', (stack, value) => new ApiKeyProvider(stack, 'Provider', { apiKey: value }), 'apiKey', 'Sales/Provider', API_KEY_CALL],
  ['an import of an OAuth2 provider', (stack, value) => OAuth2Provider.fromProviderName(stack, 'Provider', 'google', { clientSecret: value }),
    'clientSecret', 'Sales/Provider', `${CLIENT_SECRET_CALL}, or ClientSecret.managedByAgentCore()`],
  ['an import of an API-key provider', (stack, value) => ApiKeyProvider.fromProviderName(stack, 'Provider', 'weather', { apiKey: value }),
    'apiKey', 'Sales/Provider', `${API_KEY_CALL}, or ApiKey.managedByAgentCore()`],
];

describe.each(PLACES)('a value given to %s', (_place, give, what, path, call) => {
  test.each(VALUES)('as %s', (_shape, value) => {
    const stack = salesStack();
    expectRefusal(() => give(stack, value), {
      code: 'ProviderSecret/PlaintextRefused',
      what: `${what} was given as a value`,
      allowed: 'a reference to a Secrets Manager secret',
      fix: `Store it in Secrets Manager and write ${call}. The value received is not shown here`,
      path,
    });
    const error = refusalOf(() => give(salesStack(), value));
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(CANARY);
    expectNoCanaryInOutput(appOf(stack));
  });
});

describe.each(PLACES.slice(2))('a secret without the name of its member given to %s', (_place, give, what, path, call) => {
  test.each<[string, (stack: Stack) => secretsmanager.ISecretRef]>([
    ['imported', (stack) => importedSecret(stack, 'App')],
    ['made here', (stack) => new secretsmanager.Secret(stack, 'App')],
    ['an L1', (stack) => new secretsmanager.CfnSecret(stack, 'App')],
  ])('%s', (_secret, make) => {
    const stack = salesStack();
    const secret = make(stack);
    expectRefusal(() => give(stack, secret), {
      code: 'ProviderSecret/NotWrapped',
      what: `${what} is a secret of Secrets Manager, and it is not said which member of its JSON holds the value`,
      received: '"Sales/App"',
      fix: `Wrap it: ${call}`,
      path,
    });
  });
});

describe.each(PLACES.slice(2))('no secret at all given to %s', (_place, give, what, path, call) => {
  test.each([['undefined', undefined], ['null', null]])('%s', (_shape, value) => {
    expectRefusal(() => give(salesStack(), value), { code: 'ProviderSecret/Missing', what: `${what} is missing`, fix: `Write ${call}`, path });
  });
});

describe.each<[string, (secret: secretsmanager.ISecretRef, jsonKey: string) => ProviderSecret]>([
  ['ClientSecret', ClientSecret.fromSecretsManager],
  ['ApiKey', ApiKey.fromSecretsManager],
])('the JSON key of a %s', (_which, of) => {
  const NO_JSON_KEY = {
    code: 'ProviderSecret/JsonKey',
    what: 'JSON key of the secret is not valid',
    allowed: '1 to 128 characters, the name of a member of the secret\'s JSON',
    fix: 'AgentCore reads one member of a JSON secret, so name it',
  };

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['empty', '', '""'],
    ['blank', '  ', '"  "'],
    ['a number', 7, '7'],
    ['a list', ['client_secret'], '["client_secret"]'],
  ])('is %s', (_situation, jsonKey, received) => {
    expectRefusal(() => of(importedSecret(salesStack()), jsonKey as string), { ...NO_JSON_KEY, received });
  });

  test('is the value, wrapped', () => {
    const error = refusalOf(() => of(importedSecret(salesStack()), SecretValue.unsafePlainText(CANARY) as any));
    expect(error.codes).toEqual(['ProviderSecret/JsonKey']);
    expect(error.message).not.toContain(CANARY);
  });

  test('is 129 characters long', () => {
    expect(refusalOf(() => of(importedSecret(salesStack()), 'x'.repeat(129))).codes).toEqual(['ProviderSecret/JsonKey']);
  });

  test('is missing, and the secret is a value: both are told', () => {
    const error = refusalOf(() => of(CANARY as any, undefined as any));
    expect(error.codes).toEqual(['ProviderSecret/PlaintextRefused', 'ProviderSecret/JsonKey']);
    expect(error.message).not.toContain(CANARY);
  });

  test.each([
    ['a word', 'client_secret'],
    ['with a dot', 'oauth.clientSecret'],
    ['128 characters', 'x'.repeat(128)],
    ['known only at deployment', lazy('client_secret')],
  ])('taken: %s', (_situation, jsonKey) => {
    expect(of(importedSecret(salesStack()), jsonKey)).toMatchObject({ jsonKey, isManagedByAgentCore: false });
  });
});

describe('a bundle of API keys', () => {
  const bundle = (names: unknown) => () => ApiKey.bundleFromSecretsManager(importedSecret(salesStack()), 'bundle', names as string[]);
  const NO_BUNDLE = { code: 'ApiKey/Bundle', what: 'a bundle holds at least two keys, each once', fix: 'Use ApiKey.fromSecretsManager(secret, \'api_key\') for a single key' };
  const NO_NAME = { code: 'ApiKey/Bundle', what: 'name of a key in the bundle is not valid', allowed: '1 to 128 characters', fix: 'Give the member of the bundle\'s JSON' };

  test.each<[string, unknown, string | undefined]>([
    ['missing', undefined, 'nothing'],
    ['none', [], '[]'],
    // It may be a key.
    ['a text', 'weather', undefined],
    ['only one', ['weather'], '["weather"]'],
    ['one twice', ['weather', 'weather'], '["weather", "weather"]'],
  ])('its names are %s', (_situation, names, received) => {
    expectRefusal(bundle(names), { ...NO_BUNDLE, received });
  });

  test.each<[string, unknown, string]>([
    ['missing', undefined, 'nothing'],
    ['empty', '', '""'],
    ['blank', ' ', '" "'],
    ['a number', 7, '7'],
  ])('one name is %s', (_situation, name, received) => {
    expectRefusal(bundle(['weather', name]), { ...NO_NAME, received });
  });

  test('the secret is a value', () => {
    const error = refusalOf(() => ApiKey.bundleFromSecretsManager(CANARY as any, 'bundle', ['maps', 'weather']));
    expect(error.codes).toEqual(['ProviderSecret/PlaintextRefused']);
    expect(error.message).not.toContain(CANARY);
  });

  test('taken: its names, in order', () => {
    expect(bundle(['weather', 'maps'])().bundledKeys).toEqual(['maps', 'weather']);
  });
});

describe.each<[string, (stack: Stack) => secretsmanager.ISecretRef]>([
  ['owned', (stack) => new secretsmanager.Secret(stack, 'App')],
  ['an L1', (stack) => new secretsmanager.CfnSecret(stack, 'App', {})],
  ['imported by its ARN', (stack) => importedSecret(stack, 'App')],
  ['imported by an ARN without suffix', (stack) => secretsmanager.Secret.fromSecretPartialArn(stack, 'App', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:app')],
  ['imported by its name', (stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'App', 'sales/google-app')],
  ['imported by an ARN that only deployment knows', (stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'App', parameter(stack))],
])('a secret that is %s', (_which, secret) => {
  test('is taken', () => {
    const stack = salesStack();
    new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret(stack), 'client_secret') });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('a secret that AgentCore is to keep itself', () => {
  test('of an OAuth2 provider that is made here', () => {
    expectRefusal(() => new GoogleOAuth2Provider(salesStack(), 'Google', { clientId: '1234', clientSecret: ClientSecret.managedByAgentCore() }), {
      code: 'OAuth2Provider/ManagedSecret',
      what: 'a provider made here cannot have its secret kept by AgentCore',
      fix: `Write ${CLIENT_SECRET_CALL}; ClientSecret.managedByAgentCore() is for imported providers`,
      path: 'Sales/Google',
    });
  });

  test('of an API-key provider that is made here', () => {
    expectRefusal(() => new ApiKeyProvider(salesStack(), 'Weather', { apiKey: ApiKey.managedByAgentCore() }), {
      code: 'ApiKeyProvider/ManagedSecret',
      what: 'a provider made here cannot have its key kept by AgentCore',
      fix: `Write ${API_KEY_CALL}; ApiKey.managedByAgentCore() is for imported providers`,
      path: 'Sales/Weather',
    });
  });

  test('of an import is fine', () => {
    const stack = salesStack();
    OAuth2Provider.fromProviderName(stack, 'Google', 'google', { clientSecret: ClientSecret.managedByAgentCore() });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('a secret whose value is in the template', () => {
  test.each<[string, (stack: Stack) => secretsmanager.ISecretRef]>([
    ['as secretStringValue', (stack) => new secretsmanager.Secret(stack, 'App', { secretStringValue: SecretValue.unsafePlainText(CANARY) })],
    ['as secretObjectValue', (stack) => new secretsmanager.Secret(stack, 'App', { secretObjectValue: { client_secret: SecretValue.unsafePlainText(CANARY) } })],
    ['as a parameter', (stack) => new secretsmanager.Secret(stack, 'App', { secretStringValue: SecretValue.unsafePlainText(parameter(stack)) })],
    ['as secretString of an L1', (stack) => new secretsmanager.CfnSecret(stack, 'App', { secretString: `{"client_secret":"${CANARY}"}` })],
  ])('%s', (_situation, secret) => {
    const stack = salesStack();
    new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret(stack), 'client_secret') });
    const problem = {
      code: 'ProviderSecret/PlaintextInTemplate',
      what: 'secret Sales/App gets its value from the template',
      allowed: 'a generated value that is replaced after deployment, or an imported secret',
      fix: 'Remove secretString / secretStringValue / secretObjectValue',
      path: 'Sales/Google',
    };
    expectLateProblems(appOf(stack), problem);
    expect(String(synthesisError(appOf(stack)))).not.toContain(CANARY);
  });

  test('a generated value is fine', () => {
    const stack = salesStack();
    const secret = new secretsmanager.Secret(stack, 'App', { generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' } });
    new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('a secret in another region', () => {
  const FRANKFURT = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:google-app-AbCdEf';

  const OTHER_REGION = {
    code: 'ProviderSecret/OtherRegion',
    what: 'the secret is in region eu-central-1, the provider in eu-west-1',
    received: '"Sales/App"',
    fix: 'Replicate the secret to the provider\'s region',
  };

  test('is told at once, by the provider that is made here and by the import', () => {
    const stack = salesStack();
    const secret = ClientSecret.fromSecretsManager(importedSecret(stack, 'App', FRANKFURT), 'client_secret');
    expectRefusal(() => new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: secret }), { ...OTHER_REGION, path: 'Sales/Google' });
    expectRefusal(() => OAuth2Provider.fromProviderName(stack, 'Other', 'other', { clientSecret: secret }), { ...OTHER_REGION, path: 'Sales/Other' });
  });

  test('is told when the secret is of another stack', () => {
    const stack = salesStack();
    const secret = new secretsmanager.Secret(new Stack(appOf(stack), 'Frankfurt', { env: { account: '111111111111', region: 'eu-central-1' } }), 'App');
    expect(refusalOf(() => new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(secret, 'api_key') })).codes).toEqual(['ProviderSecret/OtherRegion']);
  });

  test('cannot be told where the region of the stack is not known', () => {
    const stack = salesStack({});
    new GoogleOAuth2Provider(stack, 'Google', {
      clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(importedSecret(stack, 'App', FRANKFURT), 'client_secret'),
    });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('another account is fine', () => {
    const stack = salesStack();
    const secret = importedSecret(stack, 'App', 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:google-app-AbCdEf');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-3333-4444-555555555555');
    new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret', { encryptionKey }) });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

describe('a secret whose name is a pattern', () => {
  test.each([
    ['any', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:*'],
    ['any that begins so', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-*'],
    ['any suffix, written by hand', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-??????'],
    ['an IAM variable', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:${aws:username}'],
  ])('%s', (_situation, arn) => {
    const stack = salesStack();
    const secret = secretsmanager.Secret.fromSecretPartialArn(stack, 'App', arn);
    new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
    expectLateProblems(appOf(stack), {
      code: 'ProviderSecret/Wildcard',
      what: 'the name or ARN of the secret holds a wildcard',
      received: `"${arn}"`,
      fix: 'Name one secret',
      path: 'Sales/Google',
    });
  });
});

describe('the key of a secret', () => {
  const provider = (stack: Stack, encryptionKey: kms.IKeyRef) => new GoogleOAuth2Provider(stack, 'Google', {
    clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(importedSecret(stack), 'client_secret', { encryptionKey }),
  });

  test('is an alias that does not tell its key', () => {
    const stack = salesStack();
    provider(stack, new KeyReference(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:alias/google-app'));
    expectLateProblems(appOf(stack), {
      code: 'ProviderSecret/KeyIsAlias',
      what: 'the encryption key of secret Sales/GoogleApp is an alias',
      received: '"arn:aws:kms:eu-west-1:111111111111:alias/google-app"',
      allowed: 'a key, or an alias that knows its key',
      fix: 'Import the key by its own ARN, Key.fromKeyArn(…): IAM does not follow aliases',
      path: 'Sales/Google',
    });
  });

  test.each<[string, (stack: Stack) => kms.IKeyRef]>([
    ['owned', (stack) => new kms.Key(stack, 'Key')],
    ['an L1', (stack) => new kms.CfnKey(stack, 'Key', { keyPolicy: {} })],
    ['imported by its ARN', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/8d9b1c2e-0000-4000-8000-1234567890ab')],
    ['imported by an ARN that only deployment knows', (stack) => kms.Key.fromKeyArn(stack, 'Key', parameter(stack))],
    ['an alias that knows its key', (stack) => new kms.Key(stack, 'Key').addAlias('google-app')],
  ])('taken: %s', (_situation, key) => {
    const stack = salesStack();
    agentIn(stack, 'Scheduler').may(asUser(provider(stack, key(stack))));
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

/** Whatever another library hands over as a key. */
class KeyReference extends Resource implements kms.IKeyRef {
  constructor(scope: Construct, id: string, private readonly arn: string) {
    super(scope, id);
  }

  public get keyRef(): kms.KeyReference {
    return { keyArn: this.arn, keyId: this.arn };
  }
}

function synthesisError(app: App): unknown {
  try {
    return app.synth();
  } catch (error) {
    return error;
  }
}

function expectNoCanaryInOutput(app: App): void {
  const { directory } = app.synth();
  const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(readFileSync(join(directory, file.name), 'utf8')).not.toContain(CANARY);
  }
}
