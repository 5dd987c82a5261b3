import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, SecretValue, Stack } from 'aws-cdk-lib';
import {
  Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability, ClientSecret, GitHubOAuth2Provider, GoogleOAuth2Provider, GoogleScope,
  OAuth2Provider, TokenIssuer, Users,
} from '../../src';

/*
 * A secret's value is handed to the library in every way that somebody in a hurry might try. It must neither be accepted nor
 * show up: not in an error, not in a template, not in the report, not in any other file of the assembly.
 */
const CANARY = 'canary-7f3e9c51-do-not-print';
const PLAIN = SecretValue.unsafePlainText(CANARY);

function filesUnder(folder: string): string[] {
  return !existsSync(folder) ? [] : readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

const ATTEMPTS: [string, (stack: Stack) => void][] = [
  ['a SecretValue as client secret', (stack) => new GoogleOAuth2Provider(stack, 'P', { clientId: 'c', clientSecret: PLAIN as any })],
  ['a string as client secret', (stack) => new GoogleOAuth2Provider(stack, 'P', { clientId: 'c', clientSecret: CANARY as any })],
  ['a string in place of the secret', (stack) => new GoogleOAuth2Provider(stack, 'P', { clientId: 'c', clientSecret: ClientSecret.fromSecretsManager(CANARY as any, 'key') })],
  ['a SecretValue in place of the secret', (stack) => new GoogleOAuth2Provider(stack, 'P', { clientId: 'c', clientSecret: ClientSecret.fromSecretsManager(PLAIN as any, 'key') })],
  ['an object that holds the value', (stack) => new GoogleOAuth2Provider(stack, 'P', { clientId: 'c', clientSecret: { clientSecret: CANARY } as any })],
  ['a raw field of the L1', (stack) => new GitHubOAuth2Provider(stack, 'P', {
    clientId: 'c', clientSecret: ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'S', 'github'), 'key'), clientSecretValue: CANARY,
  } as any)],
  ['a SecretValue as API key', (stack) => new ApiKeyProvider(stack, 'P', { apiKey: PLAIN as any })],
  ['a string as API key', (stack) => new ApiKeyProvider(stack, 'P', { apiKey: CANARY as any })],
  ['a string in place of the API key\'s secret', (stack) => new ApiKeyProvider(stack, 'P', { apiKey: ApiKey.fromSecretsManager(CANARY as any, 'key') })],
  ['a value for an imported provider', (stack) => OAuth2Provider.fromProviderName(stack, 'P', 'google', { clientSecret: CANARY as any })],
  ['a value for an imported key provider', (stack) => ApiKeyProvider.fromProviderName(stack, 'P', 'weather', { apiKey: PLAIN as any })],
  ['a secret that gets its value from the template', (stack) => new ApiKeyProvider(stack, 'P', {
    apiKey: ApiKey.fromSecretsManager(new secretsmanager.Secret(stack, 'S', { secretObjectValue: { key: PLAIN } }), 'key'),
  })],
  ['the same for a client', (stack) => new GoogleOAuth2Provider(stack, 'P', {
    clientId: 'c', clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.CfnSecret(stack, 'S', { secretString: CANARY }), 'key'),
  })],
];

test.each(ATTEMPTS)('%s is refused, and appears nowhere', (_title, attempt) => {
  const outdir = mkdtempSync(join(tmpdir(), 'canary-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack');
  let message = '';
  try {
    attempt(stack);
    app.synth();
  } catch (error) {
    message = `${(error as Error).message}\n${(error as Error).stack}\n${JSON.stringify(error)}`;
  }
  expect(message).toMatch(/\[(ProviderSecret|OAuth2Provider)\/\w+\]/);
  expect(message).not.toContain(CANARY);
  for (const file of filesUnder(outdir)) {
    expect(readFileSync(file, 'utf8')).not.toContain(CANARY);
  }
});

test('a correct app names the secret and never its value', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'canary-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack');
  // Nothing here knows the value; a resolved secret would be the only way for it to get into the assembly.
  process.env.CANARY_SECRET = CANARY;
  const secret = new secretsmanager.Secret(stack, 'Secret', { generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' } });
  const google = new GoogleOAuth2Provider(stack, 'Google', { clientId: 'c', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
  new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    host: AgentHost.role(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })),
    callers: [TokenIssuer.oidc({ issuer: 'https://acme.okta.com', audiences: ['agents'] })],
    returnUrls: ['https://agents.example.com/return'],
  }).may(Capability.actAsUser(google, {
    scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer({ reason: 'Everybody has a calendar' }), reason: 'Reads the calendar of the user',
  }));
  app.synth();
  const written = filesUnder(outdir).map((file) => readFileSync(file, 'utf8')).join('\n');
  expect(written).toContain('"ClientSecretSource": "EXTERNAL"');
  expect(written).not.toContain('{{resolve:secretsmanager');
  expect(written).not.toContain(CANARY);
});
