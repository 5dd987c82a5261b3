import { aws_bedrockagentcore as agentcore, aws_kms as kms, aws_secretsmanager as secretsmanager, CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { Family, providerArn, PROVIDERS_ISSUER, secretArn, SECRETS_KEY } from './names';
import {
  ActorToken, ApiKey, ApiKeyProvider, ClientSecret, CustomOAuth2Provider, IApiKeyProvider, IOAuth2Provider, OAuth2Discovery, OAuth2Provider, OnBehalfOf,
} from '../../../src';

export type AnyProvider = IOAuth2Provider & IApiKeyProvider;

/** How an agent's stack comes to know a provider. Nothing about the agent's rights depends on it, but where the secret is. */
export interface ImportForm {
  /** AgentCore keeps the secret, under a key of AWS's. */
  readonly secretKeptByAgentCore?: boolean;
  readonly make: (stack: Stack, name: string, needs: Needs) => AnyProvider;
}

/** What an owner has made beforehand, in a stack of its own, and what kind it is. */
export interface Needs {
  readonly family: Family;
  readonly exchanges: boolean;
  readonly owner: Stack;
}

/** The secret, as the stack knows it: told by the team that owns the provider. */
function secretOf(stack: Stack, name: string): secretsmanager.ISecret {
  return stack.node.tryFindChild(`${name}-secret`) as secretsmanager.ISecret | undefined ?? secretsmanager.Secret.fromSecretAttributes(stack, `${name}-secret`, {
    secretCompleteArn: secretArn(name), encryptionKey: kms.Key.fromKeyArn(stack, `${name}-key`, SECRETS_KEY),
  });
}

const onBehalfOf = (exchanges: boolean) => (exchanges ? { onBehalfOf: OnBehalfOf.tokenExchange(ActorToken.none()) } : {});

/** What an import is told beside the provider. */
function told(stack: Stack, name: string, { exchanges }: Needs, kept = false) {
  return {
    oauth2: { clientSecret: kept ? ClientSecret.managedByAgentCore() : ClientSecret.fromSecretsManager(secretOf(stack, name), 'client_secret'), ...onBehalfOf(exchanges) },
    apiKey: { apiKey: kept ? ApiKey.managedByAgentCore() : ApiKey.fromSecretsManager(secretOf(stack, name), 'api_key') },
  };
}

function byName(stack: Stack, name: string, needs: Needs, given: string): AnyProvider {
  const { oauth2, apiKey } = told(stack, name, needs);
  return (needs.family === 'OAuth2' ? OAuth2Provider.fromProviderName(stack, name, given, oauth2) : ApiKeyProvider.fromProviderName(stack, name, given, apiKey)) as AnyProvider;
}

function byArn(stack: Stack, name: string, needs: Needs, given: string): AnyProvider {
  const { oauth2, apiKey } = told(stack, name, needs);
  return (needs.family === 'OAuth2' ? OAuth2Provider.fromProviderArn(stack, name, given, oauth2) : ApiKeyProvider.fromProviderArn(stack, name, given, apiKey)) as AnyProvider;
}

type Made = agentcore.IOAuth2CredentialProviderRef | agentcore.IApiKeyCredentialProviderRef;

function byRef(stack: Stack, name: string, needs: Needs, made: Made, kept: boolean): AnyProvider {
  const { oauth2, apiKey } = told(stack, name, needs, kept);
  return (needs.family === 'OAuth2'
    ? OAuth2Provider.fromProviderRef(stack, name, made as agentcore.IOAuth2CredentialProviderRef, oauth2)
    : ApiKeyProvider.fromProviderRef(stack, name, made as agentcore.IApiKeyCredentialProviderRef, apiKey)) as AnyProvider;
}

/** Made once by its owner, however many stacks know it. */
function once<T>(owner: Stack, id: string, make: () => T): T {
  return owner.node.tryFindChild(id) as T | undefined ?? make();
}

const parameter = (stack: Stack, name: string, value: string) => new CfnParameter(stack, `${name}-parameter`, { default: value }).valueAsString;
const discovery = OAuth2Discovery.serverMetadata({
  issuer: PROVIDERS_ISSUER, authorizationEndpoint: `${PROVIDERS_ISSUER}/authorize`, tokenEndpoint: `${PROVIDERS_ISSUER}/token`,
});

export const IMPORT_FORMS: Record<string, ImportForm> = {
  'owned': {
    make: (_stack, name, { owner, family, exchanges }) => once<IOAuth2Provider | IApiKeyProvider>(owner, name, () => (family === 'OAuth2'
      ? new CustomOAuth2Provider(owner, name, {
        providerName: name, clientId: name, discovery, clientSecret: ClientSecret.fromSecretsManager(secretOf(owner, name), 'client_secret'), ...onBehalfOf(exchanges),
      })
      : new ApiKeyProvider(owner, name, { providerName: name, apiKey: ApiKey.fromSecretsManager(secretOf(owner, name), 'api_key') }))) as AnyProvider,
  },
  'by name': { make: (stack, name, needs) => byName(stack, name, needs, name) },
  'by a name in a parameter': { make: (stack, name, needs) => byName(stack, name, needs, parameter(stack, name, name)) },
  'by ARN': { make: (stack, name, needs) => byArn(stack, name, needs, providerArn(needs.family, name)) },
  'by an ARN in a parameter': { make: (stack, name, needs) => byArn(stack, name, needs, parameter(stack, name, providerArn(needs.family, name))) },
  'L1': {
    make: (stack, name, needs) => byRef(stack, name, needs, once(needs.owner, name, () => (needs.family === 'OAuth2'
      ? new agentcore.CfnOAuth2CredentialProvider(needs.owner, name, { name, credentialProviderVendor: 'CustomOauth2' })
      : new agentcore.CfnApiKeyCredentialProvider(needs.owner, name, { name }))), false),
  },
  'official L2': {
    secretKeptByAgentCore: true,
    make: (stack, name, needs) => byRef(stack, name, needs, once(needs.owner, name, () => (needs.family === 'OAuth2'
      ? agentcore.OAuth2CredentialProvider.usingGithub(needs.owner, name, { oAuth2CredentialProviderName: name, clientId: name, clientSecret: SecretValue.secretsManager('somewhere') })
      : new agentcore.ApiKeyCredentialProvider(needs.owner, name, { apiKeyCredentialProviderName: name, apiKey: SecretValue.secretsManager('somewhere') }))), true),
  },
  'an import of the official L2': {
    secretKeptByAgentCore: true,
    make: (stack, name, needs) => byRef(stack, name, needs, needs.family === 'OAuth2'
      ? agentcore.OAuth2CredentialProvider.fromOAuth2CredentialProviderAttributes(stack, `${name}-official`, { credentialProviderArn: providerArn('OAuth2', name), credentialProviderVendor: 'GithubOauth2' })
      : agentcore.ApiKeyCredentialProvider.fromApiKeyCredentialProviderAttributes(stack, `${name}-official`, { credentialProviderArn: providerArn('API key', name) }), true),
  },
};
