import { App, aws_secretsmanager as secretsmanager, Duration, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { EMPLOYEES, REASON, RETURN_URLS, role, stackIn } from './story';
import { Agent, AgentHost, AgentOwner, ApiKey, ApiKeyProvider, Capability, ClientSecret, GoogleOAuth2Provider, GoogleScope, OAuth2Provider, Users } from '../../src';
import { lateCodes } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* A rotated secret is used with the next call. Nothing of this library is to be deployed for it, and nothing is granted for it. */
function agentIn(stack: Stack, capability: Capability): void {
  new Agent(stack, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), host: AgentHost.role(role(stack, 'worker')), callers: [EMPLOYEES], returnUrls: RETURN_URLS }).may(capability);
}

describe.each<[string, (stack: Stack, secret: secretsmanager.ISecret) => Capability]>([
  ['a client secret', (stack, secret) => Capability.actAsUser(
    new GoogleOAuth2Provider(stack, 'google', { providerName: 'google', clientId: 'client-1', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') }),
    { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON })],
  ['an API key', (stack, secret) => Capability.useApiKey(new ApiKeyProvider(stack, 'weather', { providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret, 'api_key') }), REASON)],
])('%s', (_secret, capability) => {
  function rotated(rotate: (secret: secretsmanager.Secret, stack: Stack) => void): App {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const secret = new secretsmanager.Secret(stack, 'Secret');
    rotate(secret, stack);
    agentIn(stack, capability(stack, secret));
    return app;
  }
  const lambdaArn = 'arn:aws:lambda:eu-west-1:111111111111:function:rotator';
  const ROTATIONS: [string, (secret: secretsmanager.Secret, stack: Stack) => void][] = [
    ['by a function', (secret, stack) => new secretsmanager.CfnRotationSchedule(stack, 'Rotation', { secretId: secret.secretArn, rotationLambdaArn: lambdaArn, rotationRules: { automaticallyAfterDays: 30 } })],
    ['by a function of Secrets Manager\'s own', (secret) => secret.addRotationSchedule('Rotation', { hostedRotation: secretsmanager.HostedRotation.mysqlSingleUser(), automaticallyAfter: Duration.days(30) })],
  ];

  test.each(ROTATIONS)('with a rotation schedule %s is taken as it is, and changes no right of the agent', (_how, rotate) => {
    const [plain, scheduled] = [() => {}, rotate].map((each) => deploy(rotated(each)));
    expect(statementsOf(scheduled, 'worker')).toEqual(statementsOf(plain, 'worker'));
    const provider = (account: typeof plain) => account.resources.filter(({ type }) => /CredentialProvider$/.test(type)).map((resource) => resource.property('Name'));
    expect(provider(scheduled)).toEqual(provider(plain));
  });

  test('the agent may not rotate it, nor change it', async () => {
    const account = deploy(rotated(() => {}));
    const arn = account.resourcesOfType('AWS::SecretsManager::Secret')[0].ref('test') as string;
    for (const action of ['secretsmanager:RotateSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage', 'secretsmanager:CancelRotateSecret']) {
      expect(await decide(account, { principal: 'worker', action, resources: [arn] })).toBe('ImplicitlyDenied');
    }
    expect(await decide(account, { principal: 'worker', action: 'secretsmanager:GetSecretValue', resources: [arn], context: { 'aws:ViaAWSService': 'true' } })).toBe('Allowed');
  });
});

describe('a secret that AgentCore keeps for a provider of somebody else', () => {
  const imported = (names: string[]): App => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const [used] = names.map((name) => OAuth2Provider.fromProviderName(stack, name, name, { clientSecret: ClientSecret.managedByAgentCore() }));
    agentIn(stack, Capability.actAsUser(used, { scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON), ...REASON }));
    return app;
  };
  const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:bedrock-agentcore-identity!default/${name}`;

  test.each<[string, string, string]>([
    ['its own, with six characters behind the name', 'oauth2/okta-a1B2c3', 'Allowed'],
    ['its own, with eight hexadecimal digits and six characters', 'oauth2/okta-0a1b2c3d-a1B2c3', 'Allowed'],
    ['that of a provider whose name goes on', 'oauth2/okta-eu-a1B2c3', 'ImplicitlyDenied'],
    ['that of an API key of the same name', 'apikey/okta-a1B2c3', 'ImplicitlyDenied'],
    ['that of another provider', 'oauth2/oktb-a1B2c3', 'ImplicitlyDenied'],
  ])('%s', async (_which, name, expected) => {
    expect(await decide(deploy(imported(['okta'])), {
      principal: 'worker', action: 'secretsmanager:GetSecretValue', resources: [secretArn(name)], context: { 'aws:ViaAWSService': 'true' },
    })).toBe(expected);
  });

  test('is refused where a name that begins alike would be covered, too', () => {
    expect(lateCodes(imported(['okta', 'okta-european']))).toEqual(['Provider/SecretNameCovered at Stack/okta']);
  });
});
