import { App, aws_kms as kms, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { DIRECTORY, ENV, gatewayProps, SECRET_ARN, stackIn, TARGETS, VAULT } from './every-target';
import { ClientSecret, GoogleOAuth2Provider, OAuth2Provider, OAuthGrantType, TargetCredentials, TokenVaultEncryption, ToolAccess, ToolGateway } from '../../src';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* The owner's stack says no environment, the gateway's does: it cannot be told that they differ, so they are taken to be one. */
const GOOGLE = `${VAULT}/oauth2credentialprovider/google`;

function story() {
  const app = new App();
  const platform = new Stack(app, 'Platform');
  const client = (scope: Stack) => ClientSecret.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(scope, 'Client', SECRET_ARN), 'client_secret');
  const google = new GoogleOAuth2Provider(platform, 'Google', { providerName: 'google', clientId: 'client', clientSecret: client(platform) });
  const stack = stackIn(app);
  const imported = OAuth2Provider.fromProviderArn(stack, 'Imported', GOOGLE, { clientSecret: client(stack) });
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  const api = gateway.addTarget('Api', TARGETS.openApi(stack), { credentials: TargetCredentials.oauth2(imported, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }) });
  api.everyTool({ reason: 'Who may call it is not what this story is about' }).requires(ToolAccess.nobody());
  const judged = () => {
    const account = deploy(app, { accountId: ENV.account, region: ENV.region });
    const value = (token: string) => account.valueOf(stack, stack.resolve(token)) as string;
    const principal = value(gateway.role.roleArn);
    const identity = `${DIRECTORY}/workload-identity/${value(gateway.gatewayId)}`;
    return { account, principal, useGoogle: () => decide(account, { principal, action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identity, VAULT, GOOGLE] }) };
  };
  return { platform, google, judged };
}

test('the provider can be used', async () => expect(await story().judged().useGoogle()).toBe('Allowed'));

test('a provider that its owner suspends is cut off where the gateway imported it', async () => {
  const { google, judged } = story();
  google.suspend({ reason: 'Its client secret was seen in a log' });
  expect(await judged().useGoogle()).toBe('ExplicitlyDenied');
});

test('the key of the vault can be used through AgentCore, and not directly', async () => {
  const { platform, judged } = story();
  const key = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
  TokenVaultEncryption.fromKey(platform, 'Vault', kms.Key.fromKeyArn(platform, 'Key', key));
  const { account, principal } = judged();
  const decrypt = (context: Record<string, string>) => decide(account, { principal, action: 'kms:Decrypt', resources: [key], context });
  expect(await decrypt({ 'kms:ViaService': 'bedrock-agentcore-identity.eu-west-1.amazonaws.com' })).toBe('Allowed');
  expect(await decrypt({})).toBe('ImplicitlyDenied');
});
