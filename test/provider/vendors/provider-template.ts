import { App, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClientSecret, OAuth2ClientProps } from '../../../src';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:oauth-apps-AbCdEf';

/** How the template refers to the client of `clientIn`, whatever the vendor. */
export const CLIENT = {
  ClientId: '1234-client',
  ClientSecretSource: 'EXTERNAL',
  ClientSecretConfig: { SecretId: SECRET_ARN, JsonKey: 'client_secret' },
};

export function stackInIreland(): Stack {
  return new Stack(new App(), 'Providers', { env: { account: '111111111111', region: 'eu-west-1' } });
}

/** Properties that every provider needs, the secret being one that exists already. */
export function clientIn(stack: Stack): OAuth2ClientProps {
  const secret = stack.node.tryFindChild('OAuthApps') as secretsmanager.ISecret | undefined
    ?? secretsmanager.Secret.fromSecretCompleteArn(stack, 'OAuthApps', SECRET_ARN);
  return { clientId: CLIENT.ClientId, clientSecret: ClientSecret.fromSecretsManager(secret, CLIENT.ClientSecretConfig.JsonKey) };
}

/** Properties of the one provider of a stack, as CloudFormation receives them. */
export function emitted(stack: Stack): { Name: unknown; CredentialProviderVendor: unknown; Oauth2ProviderConfigInput: Record<string, any> } {
  const [resource, ...more] = Object.values(Template.fromStack(stack).findResources('AWS::BedrockAgentCore::OAuth2CredentialProvider'));
  expect(more).toEqual([]);
  return resource.Properties;
}

/** Codes of the problems that a declaration is refused for. */
export function codesOf(declare: () => unknown): string[] {
  return refusal(declare).codes;
}

/** The error that a declaration is refused with. */
export function refusal(declare: () => unknown): { message: string; codes: string[] } {
  try {
    declare();
  } catch (error) {
    return error as { message: string; codes: string[] };
  }
  throw new Error('nothing was refused');
}
