import { App, aws_kms as kms, aws_secretsmanager as secretsmanager, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import { EMPLOYEES, ENV, google, REASON, RETURN_URLS, role } from './story';
import {
  Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyProvider, Capability, GoogleScope, IApiKeyProvider, TokenVaultEncryption, Users,
} from '../../src';

/* The vault's key is known by a parameter of another stack: nothing may lock that stack by an export, and the agent's policy is the same. */
const KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';

function agentWithVaultKey(key: (platform: Stack) => kms.IKey) {
  const app = new App();
  const platform = new Stack(app, 'Platform', { env: ENV });
  const team = new Stack(app, 'Team', { env: ENV });
  TokenVaultEncryption.fromKey(platform, 'Vault', key(platform));
  new Agent(team, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    identity: AgentIdentity.named('agent'),
    host: AgentHost.role(role(team, 'host')),
    parts: [AgentPart.returnPage('ReturnPage', AgentHost.role(role(team, 'page')))],
    callers: [EMPLOYEES],
    returnUrls: RETURN_URLS,
  }).may(Capability.actAsUser(google(team), { ...REASON, scopes: [GoogleScope.CALENDAR_READONLY], users: Users.anyOfTheIssuer(REASON) }));
  const assembly = app.synth();
  const statements = Object.values(assembly.getStackByName('Team').template.Resources as Record<string, any>)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  return {
    keys: statements.filter(({ Sid }) => Sid === 'UseTokenVaultKey').map(({ Resource }) => Resource),
    team: JSON.stringify(assembly.getStackByName('Team').template),
    platform: JSON.stringify(assembly.getStackByName('Platform').template.Outputs ?? {}),
  };
}

test.each<[string, (platform: Stack) => kms.IKey]>([
  ['a parameter of Systems Manager', (platform) => kms.Key.fromKeyArn(platform, 'Key', ssm.StringParameter.valueForStringParameter(platform, '/vault/key'))],
  ['an output of somebody, given on as a key', (platform) => kms.Key.fromKeyArn(platform, 'Key', ssm.StringParameter.fromStringParameterName(platform, 'Parameter', '/vault/key').stringValue)],
])('%s of another stack is read at deployment, without an export', (_what, key) => {
  const { keys, team, platform } = agentWithVaultKey(key);
  expect(keys).toEqual([
    { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: expect.any(String), Region: 'eu-west-1' } },
    { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: expect.any(String), Region: 'eu-west-1' } },
  ]);
  expect(team).not.toContain('Fn::ImportValue');
  expect(platform).not.toContain('"Export"');
});

test('an ARN that is written out stands in the policy as it is', () => {
  expect(agentWithVaultKey((platform) => kms.Key.fromKeyArn(platform, 'Key', KEY_ARN)).keys).toEqual([KEY_ARN, KEY_ARN]);
});

describe('a key of an API whose names are parameters of another stack', () => {
  const parameter = (stack: Stack, name: string) => ssm.StringParameter.valueForStringParameter(stack, name);
  const secret = (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Secret', parameter(stack, '/weather/secret'));
  test.each<[string, (platform: Stack, team: Stack) => IApiKeyProvider]>([
    ['the secret, for a provider of the agent\'s stack', (platform, team) => new ApiKeyProvider(team, 'Weather', {
      providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secret(platform), 'api_key'),
    })],
    ['the provider and its secret', (platform) => ApiKeyProvider.fromProviderName(platform, 'Weather', parameter(platform, '/weather/provider'), {
      apiKey: ApiKey.fromSecretsManager(secret(platform), 'api_key'),
    })],
  ])('%s: read at deployment, without an export', (_what, provider) => {
    const app = new App();
    const platform = new Stack(app, 'Platform', { env: ENV });
    const team = new Stack(app, 'Team', { env: ENV });
    new Agent(team, 'Agent', { owner: AgentOwner.team('team', 'team@example.com'), identity: AgentIdentity.named('agent'), host: AgentHost.role(role(team, 'host')) })
      .may(Capability.useApiKey(provider(platform, team), REASON));
    const assembly = app.synth();
    const text = JSON.stringify(assembly.getStackByName('Team').template);
    expect(text).not.toContain('Fn::ImportValue');
    expect(text).toContain('"Fn::GetStackOutput":{"StackName":"Platform"');
    expect(JSON.stringify(assembly.getStackByName('Platform').template.Outputs)).not.toContain('"Export"');
  });
});
