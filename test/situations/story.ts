import { App, aws_iam as iam, aws_secretsmanager as secretsmanager, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ApiKey, ApiKeyProvider, ClientSecret, CustomOAuth2Provider, GoogleOAuth2Provider, OAuth2Discovery, TokenIssuer } from '../../src';

/** The parts that the situations are made of. Everything a test is about stands in the test. */
export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const REASON = { reason: 'Needed by the test of this situation' };
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:google-client-a1B2c3';
export const KEY_SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:weather-key-d4E5f6';
export const EMPLOYEES = TokenIssuer.oidc({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['api://agents'] });
export const RETURN_URLS = ['https://agents.example.com/return'];

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
export const DIRECTORY = `${AC}:workload-identity-directory/default`;
export const VAULT = `${AC}:token-vault/default`;
export const identityArn = (name: string) => `${DIRECTORY}/workload-identity/${name}`;
export const oauth2Arn = (name: string) => `${VAULT}/oauth2credentialprovider/${name}`;
export const apiKeyArn = (name: string) => `${VAULT}/apikeycredentialprovider/${name}`;

export function stackIn(app: App, id: string, props: StackProps = { env: ENV }): Stack {
  return new Stack(app, id, props);
}

export function role(scope: Construct, id: string): iam.Role {
  return new iam.Role(scope, id, { roleName: id, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

export function google(scope: Construct, id = 'google'): GoogleOAuth2Provider {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, `${id}Client`, SECRET_ARN);
  return new GoogleOAuth2Provider(scope, id, { providerName: id, clientId: 'client-1', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
}

/** The same name and secret at an authorization server that also gives tokens to a client as itself, which Google's does not. */
export function withEveryGrant(scope: Construct, id = 'google'): CustomOAuth2Provider {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, `${id}Client`, SECRET_ARN);
  return new CustomOAuth2Provider(scope, id, {
    providerName: id,
    clientId: 'client-1',
    clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret'),
    discovery: OAuth2Discovery.url('https://login.example.com/.well-known/openid-configuration'),
  });
}

export function weather(scope: Construct, id = 'weather'): ApiKeyProvider {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(scope, `${id}Key`, KEY_SECRET_ARN);
  return new ApiKeyProvider(scope, id, { providerName: id, apiKey: ApiKey.fromSecretsManager(secret, 'api_key') });
}
