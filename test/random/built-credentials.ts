import {
  aws_bedrockagentcore as agentcore, aws_kms as kms, aws_secretsmanager as secretsmanager, SecretValue, Stack,
} from 'aws-cdk-lib';
import type { DeployTime } from './built-hosts';
import { BuiltMachineClients } from './built-machine-clients';
import type { AppDescription, CapabilityDescription } from './description';
import { ACCOUNT, keyArn, providerArn, providerName, secretArn, secretName, tokenAudience } from './name';
import {
  ActorToken, ApiKey, ApiKeyProvider, ClientAuthentication, ClientSecret, CustomOAuth2Provider, CustomScope, GoogleOAuth2Provider, IApiKeyProvider, IOAuth2Provider,
  JwtSigningAlgorithm, type MachineClient, OAuth2Discovery, OAuth2Provider, OnBehalfOf, ToolCallAuthority, WebIdentityTokenAlgorithm,
} from '../../src';

const REASON = { reason: 'Drawn at random' };
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** Where keys, secrets and providers are put. */
interface CredentialSurroundings {
  readonly stacks: readonly Stack[];
  atDeployment(stack: number, id: string, value: string): string;
}

/** The keys, secrets and providers of an app. */
export class BuiltCredentials {
  readonly keys: kms.IKeyRef[] = [];
  readonly secrets: secretsmanager.ISecretRef[] = [];
  readonly providers: (IOAuth2Provider | IApiKeyProvider)[] = [];
  readonly machineClients: readonly BuiltMachineClients[];

  constructor(private readonly description: AppDescription, private readonly around: CredentialSurroundings) {
    const { keys, secrets, providers, machineClients } = description;
    // Those of machine clients are made with these.
    keys.forEach(({ made }, index) => made !== 'for machine clients' && (this.keys[index] = this.makeKey(index)));
    secrets.forEach(({ made }, index) => made !== 'of a machine client' && (this.secrets[index] = this.makeSecret(index)));
    providers.forEach(({ made }, index) => made !== 'of a machine client' && (this.providers[index] = this.makeProvider(index)));
    this.machineClients = machineClients.map((_clients, index) => this.makeMachineClients(index));
  }

  /** A provider by the construct, or by an import of its own. */
  providerFor(scope: Stack, id: string, { provider: place, through }: CapabilityDescription): IOAuth2Provider | IApiKeyProvider {
    const provider = this.providers[place];
    if (through === 'construct') return provider;
    const description = this.description.providers[place];
    // A derived name is known in the app, so an import may repeat it.
    const name = description.name === 'derived' ? provider.providerName : providerName(this.description, place);
    const arn = providerArn(description, name);
    if (description.family === 'OAuth2') {
      const options = this.clientOf(place);
      return through === 'name' ? OAuth2Provider.fromProviderName(scope, id, name, options) : OAuth2Provider.fromProviderArn(scope, id, arn, options);
    }
    const options = { apiKey: this.apiKey(place) };
    return through === 'name' ? ApiKeyProvider.fromProviderName(scope, id, name, options) : ApiKeyProvider.fromProviderArn(scope, id, arn, options);
  }

  /** By the resource in the template, and not by what the library says about it. */
  whereProviderIs(index: number): DeployTime {
    const provider = this.providers[index];
    const description = this.description.providers[index];
    const l1 = provider.node.tryFindChild('Resource') as (agentcore.CfnOAuth2CredentialProvider | agentcore.CfnApiKeyCredentialProvider) | undefined;
    const arn = l1?.attrCredentialProviderArn ?? providerArn(description, providerName(this.description, index));
    return { stack: this.around.stacks[description.stack], value: arn };
  }

  private makeMachineClients(index: number): BuiltMachineClients {
    const clients = this.description.machineClients[index];
    const { key } = clients;
    const built = new BuiltMachineClients(this.around.stacks[clients.stack], index, clients,
      key === undefined ? 'managed by AWS' : this.description.keys[key].made === 'for machine clients' ? 'made' : this.keys[key]);
    if (key !== undefined) this.keys[key] = built.pool.encryptionKey!;
    clients.clients.forEach(({ secret, provider }, place) => {
      const client = built.clients[place];
      this.secrets[secret] = client.clientSecret.secret!;
      this.providers[provider] = ToolCallAuthority.registeredClient(client).provider!;
      if (this.description.providers[provider].suspended) this.providers[provider].suspend(REASON);
    });
    return built;
  }

  /** The client that a provider is, if it is one of machines. */
  clientOfProvider(provider: number): MachineClient | undefined {
    const found = this.description.machineClients.flatMap(({ clients }, pool) => clients.map((client, place) => ({ ...client, pool, place })))
      .find((client) => client.provider === provider);
    return found === undefined ? undefined : this.machineClients[found.pool].clients[found.place];
  }

  private makeKey(index: number): kms.IKeyRef {
    const { made, stack, region, signs } = this.description.keys[index];
    const [scope, id] = [this.around.stacks[stack], `Key${index}`];
    switch (made) {
      case 'L2': return new kms.Key(scope, id, signs ? { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY } : {});
      case 'L1': return new kms.CfnKey(scope, id, {
        ...(signs ? { keySpec: 'RSA_3072', keyUsage: 'SIGN_VERIFY' } : {}),
        keyPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }] },
      });
      case 'imported': return kms.Key.fromKeyArn(scope, id, keyArn(region, index));
      case 'for machine clients': throw new Error('It is made with them');
    }
  }

  private makeSecret(index: number): secretsmanager.ISecretRef {
    const { made, stack, region, key, keyToldBy } = this.description.secrets[index];
    const [scope, id, name] = [this.around.stacks[stack], `Secret${index}`, secretName(index)];
    // The official L2 takes no L1 key; this is how one is put in front of the other.
    const told = key === undefined || keyToldBy !== 'secret' ? undefined : this.keys[key];
    const encryptionKey = kms.CfnKey.isCfnKey(told) ? kms.Key.fromCfnKey(told) : told as kms.IKey | undefined;
    switch (made) {
      case 'L2': return new secretsmanager.Secret(scope, id, { encryptionKey });
      case 'L1': return new secretsmanager.CfnSecret(scope, id, { generateSecretString: {} });
      case 'complete ARN': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretCompleteArn: secretArn(region, name), encryptionKey });
      case 'partial ARN': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretPartialArn: secretArn(region, name).slice(0, -7), encryptionKey });
      case 'name': return secretsmanager.Secret.fromSecretNameV2(scope, id, name);
      case 'of a machine client': throw new Error('It is made with the client');
      case 'ARN at deployment': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretCompleteArn: this.around.atDeployment(stack, id, secretArn(region, name)), encryptionKey });
    }
  }

  private secretOf(index: number): { secret: secretsmanager.ISecretRef; encryptionKey?: kms.IKeyRef } {
    const { key, keyToldBy } = this.description.secrets[index];
    return { secret: this.secrets[index], encryptionKey: key !== undefined && keyToldBy === 'provider' ? this.keys[key] : undefined };
  }

  private clientSecret(provider: number): ClientSecret | undefined {
    const { secret: place, client } = this.description.providers[provider];
    if (client !== 'secret') return undefined;
    if (place === 'kept by AgentCore') return ClientSecret.managedByAgentCore();
    const { secret, encryptionKey } = this.secretOf(place);
    return ClientSecret.fromSecretsManager(secret, 'client_secret', { encryptionKey });
  }

  private clientAuthentication(provider: number): ClientAuthentication | undefined {
    const { client } = this.description.providers[provider];
    if (client === 'secret') return undefined;
    return typeof client === 'number'
      ? ClientAuthentication.privateKeyJwt({ key: this.keys[client], algorithm: JwtSigningAlgorithm.RS256 })
      : ClientAuthentication.iamIdToken({ audiences: [tokenAudience(provider, 'client')], signingAlgorithm: client === 'IAM token' ? undefined : WebIdentityTokenAlgorithm.ES384 });
  }

  private onBehalfOf(provider: number): OnBehalfOf | undefined {
    switch (this.description.providers[provider].exchange) {
      case 'no': return undefined;
      case 'without actor': return OnBehalfOf.tokenExchange(ActorToken.none());
      case 'client as actor': return OnBehalfOf.tokenExchange(ActorToken.machineToMachine([CustomScope.of('act')]));
      case 'role as actor': return OnBehalfOf.tokenExchange(ActorToken.iamIdToken({ audiences: [tokenAudience(provider, 'actor')] }));
      case 'JWT grant': return OnBehalfOf.jwtAuthorizationGrant();
    }
  }

  private clientOf(provider: number) {
    return { clientSecret: this.clientSecret(provider), clientAuthentication: this.clientAuthentication(provider), onBehalfOf: this.onBehalfOf(provider) };
  }

  private apiKey(provider: number): ApiKey {
    const { secret: place, bundle } = this.description.providers[provider];
    if (place === 'kept by AgentCore') return ApiKey.managedByAgentCore();
    const { secret, encryptionKey } = this.secretOf(place);
    return bundle ? ApiKey.bundleFromSecretsManager(secret, 'keys', ['orders', 'stock'], { encryptionKey }) : ApiKey.fromSecretsManager(secret, 'api_key', { encryptionKey });
  }

  private makeProvider(index: number): IOAuth2Provider | IApiKeyProvider {
    const { family, suspended } = this.description.providers[index];
    const provider = family === 'OAuth2' ? this.makeOAuth2Provider(index) : this.makeApiKeyProvider(index);
    if (suspended) provider.suspend(REASON);
    return provider;
  }

  private chosenName(index: number): string | undefined {
    const { name, stack } = this.description.providers[index];
    const chosen = providerName(this.description, index);
    return name === 'derived' ? undefined : name === 'chosen' ? chosen : this.around.atDeployment(stack, `Provider${index}`, chosen);
  }

  private makeOAuth2Provider(index: number): IOAuth2Provider {
    const description = this.description.providers[index];
    const [scope, id, name, client] = [this.around.stacks[description.stack], `Provider${index}`, providerName(this.description, index), this.clientOf(index)];
    switch (description.made) {
      case 'here': {
        const { clientSecret } = client;
        const named = { providerName: this.chosenName(index), clientId: 'client' };
        return description.vendor === 'Google'
          ? new GoogleOAuth2Provider(scope, id, { ...named, clientSecret: clientSecret! })
          : new CustomOAuth2Provider(scope, id, { ...named, ...client, discovery: OAuth2Discovery.url('https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration') });
      }
      case 'L1': return OAuth2Provider.fromProviderRef(scope, id, new agentcore.CfnOAuth2CredentialProvider(scope, `${id}L1`, { name, credentialProviderVendor: 'GithubOauth2' }), client);
      case 'official L2': return OAuth2Provider.fromProviderRef(scope, id, agentcore.OAuth2CredentialProvider.usingGithub(scope, `${id}L2`, {
        oAuth2CredentialProviderName: name, clientId: 'client', clientSecret: secretValue(),
      }), client);
      case 'name': return OAuth2Provider.fromProviderName(scope, id, name, client);
      case 'ARN': return OAuth2Provider.fromProviderArn(scope, id, providerArn(description, name), client);
      case 'of a machine client': throw new Error('It is made with the client');
      case 'ARN at deployment': return OAuth2Provider.fromProviderArn(scope, id, this.around.atDeployment(description.stack, id, providerArn(description, name)), client);
    }
  }

  private makeApiKeyProvider(index: number): IApiKeyProvider {
    const description = this.description.providers[index];
    const [scope, id, name, apiKey] = [this.around.stacks[description.stack], `Provider${index}`, providerName(this.description, index), this.apiKey(index)];
    switch (description.made) {
      case 'here': return new ApiKeyProvider(scope, id, { providerName: this.chosenName(index), apiKey });
      case 'L1': return ApiKeyProvider.fromProviderRef(scope, id, new agentcore.CfnApiKeyCredentialProvider(scope, `${id}L1`, { name }), { apiKey });
      case 'official L2': return ApiKeyProvider.fromProviderRef(scope, id, new agentcore.ApiKeyCredentialProvider(scope, `${id}L2`, {
        apiKeyCredentialProviderName: name, apiKey: secretValue(),
      }), { apiKey });
      case 'name': return ApiKeyProvider.fromProviderName(scope, id, name, { apiKey });
      case 'ARN': return ApiKeyProvider.fromProviderArn(scope, id, providerArn(description, name), { apiKey });
      case 'of a machine client': throw new Error('A machine client has no API key');
      case 'ARN at deployment': return ApiKeyProvider.fromProviderArn(scope, id, this.around.atDeployment(description.stack, id, providerArn(description, name)), { apiKey });
    }
  }
}

/** The official L2s take a value; this one stands for a reference that CloudFormation resolves. */
function secretValue() {
  return SecretValue.secretsManager('somewhere');
}
