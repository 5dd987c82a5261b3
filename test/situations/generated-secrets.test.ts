import { Annotations as Given, App, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { stackIn } from './story';
import { ApiKey, ApiKeyProvider, ClientSecret, GoogleOAuth2Provider, OAuth2Provider } from '../../src';

/* A secret that CloudFormation fills with a random value: AgentCore looks for a member in it, and refuses calls where there is none. */
const RIGHT: secretsmanager.CfnSecret.GenerateSecretStringProperty = { secretStringTemplate: '{}', generateStringKey: 'client_secret' };
const told = (stack: Stack, path = '/Stack/Google') => Annotations.fromStack(stack).findWarning(path, Match.stringLikeRegexp('UNTIL THE SECRET IS REPLACED.*generateStringKey: \'(client_secret|api_key)\'')).length;

function google(make: (stack: Stack) => secretsmanager.ISecretRef): Stack {
  const stack = stackIn(new App(), 'Stack');
  new GoogleOAuth2Provider(stack, 'Google', { clientId: 'client', clientSecret: ClientSecret.fromSecretsManager(make(stack), 'client_secret') });
  return stack;
}

const l1 = (generateSecretString?: secretsmanager.CfnSecret.GenerateSecretStringProperty) => (stack: Stack) => new secretsmanager.CfnSecret(stack, 'Secret', { generateSecretString });
const overridden = (made: secretsmanager.CfnSecret.GenerateSecretStringProperty, path: string, value: unknown) => (stack: Stack) => {
  const secret = l1(made)(stack);
  secret.addPropertyOverride(path, value);
  return secret;
};

test.each<[string, (stack: Stack) => secretsmanager.ISecretRef, number]>([
  ['a text, as a bare secret has it', (stack) => new secretsmanager.Secret(stack, 'Secret'), 1],
  ['a text, by the L1', l1({ passwordLength: 40 }), 1],
  ['another member', (stack) => new secretsmanager.Secret(stack, 'Secret', { generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'secret' } }), 1],
  ['the member in other letters', l1({ ...RIGHT, generateStringKey: 'Client_Secret' }), 1],
  ['the member, overridden with another', overridden(RIGHT, 'GenerateSecretString.GenerateStringKey', 'secret'), 1],
  ['the member', (stack) => new secretsmanager.Secret(stack, 'Secret', { generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'client_secret' } }), 0],
  ['the member, by the L1', l1(RIGHT), 0],
  ['another member, overridden with this one', overridden({ ...RIGHT, generateStringKey: 'secret' }, 'GenerateSecretString.GenerateStringKey', 'client_secret'), 0],
  ['nothing: somebody else puts it there', l1(), 0],
  ['what another app says', (stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'google'), 0],
])('the value is %s', (_situation, make, warnings) => expect(told(google(make))).toBe(warnings));

test('the secret of an API key, and of an imported provider', () => {
  const stack = stackIn(new App(), 'Stack');
  new ApiKeyProvider(stack, 'Weather', { apiKey: ApiKey.fromSecretsManager(new secretsmanager.Secret(stack, 'Key'), 'api_key') });
  OAuth2Provider.fromProviderName(stack, 'Google', 'google', { clientSecret: ClientSecret.fromSecretsManager(new secretsmanager.Secret(stack, 'Client'), 'client_secret') });
  expect([told(stack, '/Stack/Weather'), told(stack)]).toEqual([1, 1]);
});

test('whoever puts the whole value there after deployment acknowledges it', () => {
  const stack = google((scope) => new secretsmanager.Secret(scope, 'Secret'));
  Given.of(stack.node.findChild('Google')).acknowledgeWarning('cdk-agentcore-identity:generatedSecretWithoutMember', 'The pipeline puts it there');
  expect(told(stack)).toBe(0);
});
