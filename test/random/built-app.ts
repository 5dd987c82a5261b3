import {
  App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_secretsmanager as secretsmanager, CfnParameter, CfnResource, SecretValue,
  Stack, Stage,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { BuiltGateway } from './built-gateway';
import { makeHost } from './built-host';
import type { AgentDescription, AppDescription, CapabilityDescription, HostDescription, PartDescription } from './description';
import { givenAsHost, partName } from './description';
import { ACCOUNT, identityArn, identityName, keyArn, providerArn, providerName, roleArn, secretArn, secretName, tokenAudience } from './name';
import {
  ActorToken, Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientAuthentication,
  ClientSecret, CustomOAuth2Provider, CustomScope, GoogleOAuth2Provider, GoogleScope, IApiKeyProvider, IOAuth2Provider, JwtSigningAlgorithm,
  OAuth2Discovery, OAuth2Provider, OnBehalfOf, TokenIssuer, TokenVaultEncryption, TrustedUserIds, Users, WebIdentityTokenAlgorithm,
} from '../../src';

const REASON = { reason: 'Drawn at random' };
const HELD = { ...REASON, enforcedByApplication: 'The agent looks at the token before it acts' };
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** A value that only deployment knows, and the stack in which it is one. */
export interface DeployTime {
  readonly stack: Stack;
  readonly value: string;
}

/** An app that was built from a description by the public API, and where its things are to be found after a deployment. */
export class BuiltApp {
  readonly app: App;
  readonly stacks: Stack[];
  readonly keys: DeployTime[];
  readonly secrets: DeployTime[];
  readonly providers: DeployTime[];
  readonly identities: DeployTime[];
  readonly roles = new Map<string, DeployTime>();
  readonly vaultKeys: (DeployTime | undefined)[];
  readonly gateways: BuiltGateway[];

  private readonly keyConstructs: kms.IKeyRef[];
  private readonly secretConstructs: secretsmanager.ISecretRef[];
  private readonly providerConstructs: (IOAuth2Provider | IApiKeyProvider)[];
  private readonly hosts = new Map<string, AgentHost>();
  private readonly runtimeIds = new Map<string, string>();

  constructor(private readonly description: AppDescription, outdir: string) {
    this.app = new App({ outdir });
    const names = new Set(description.stacks.map(({ stage }) => stage));
    const stages = new Map([...names].map((stage) => [stage, stage === undefined ? this.app : new Stage(this.app, stage)]));
    this.stacks = description.stacks.map(({ region, stage }, index) => new Stack(stages.get(stage)!, `Stack${index - this.firstOf(index)}`,
      description.environment === 'known' ? { env: { account: ACCOUNT, region } } : {}));
    this.keyConstructs = description.keys.map((_key, index) => this.makeKey(index));
    this.secretConstructs = description.secrets.map((_secret, index) => this.makeSecret(index));
    this.providerConstructs = description.providers.map((_provider, index) => this.makeProvider(index));
    const vaults = description.vaults.map((_vault, index) => this.makeVault(index));
    const agents = description.agents.map((_agent, index) => this.makeAgent(index));
    this.gateways = description.gateways.map((gateway, index) => new BuiltGateway(this.stacks[gateway.stack], index, gateway, {
      provider: (place) => this.providerConstructs[place],
      key: (place) => this.keyConstructs[place],
      atDeployment: (id, value) => this.atDeployment(gateway.stack, id, value),
    }));
    this.gateways.forEach(({ gateway }, index) => this.roles.set(`gateway ${index}`, this.found(gateway.role)));
    this.roles.set('bystander', this.found(new iam.Role(this.stacks[0], 'Bystander', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })));

    this.keys = this.keyConstructs.map((key, index) => this.at(description.keys[index].stack, key.keyRef.keyArn));
    this.secrets = this.secretConstructs.map((secret, index) => {
      const { made, stack, region } = description.secrets[index];
      return this.at(stack, made === 'L2' || made === 'L1' ? secret.secretRef.secretId : secretArn(region, secretName(index)));
    });
    this.providers = this.providerConstructs.map((provider, index) => this.whereProviderIs(provider, index));
    this.identities = agents.map((agent, index) => this.whereIdentityIs(agent, index));
    this.vaultKeys = vaults.map((vault, index) => (vault === undefined ? undefined : this.at(description.vaults[index].stack, vault.key.keyRef.keyArn)));
  }

  private at(stack: number, value: string): DeployTime {
    return { stack: this.stacks[stack], value };
  }

  private found(role: iam.IRoleRef): DeployTime {
    return { stack: Stack.of(role), value: role.roleRef.roleArn };
  }

  /** A parameter of the first stack, of the same stage, that has this value at deployment. */
  private atDeployment(stack: number, id: string, value: string): string {
    return new CfnParameter(this.stacks[this.firstOf(stack)], `${id}Parameter`, { default: value }).valueAsString;
  }

  /** The first stack of the stage that a stack is in. */
  private firstOf(stack: number): number {
    return this.description.stacks.findIndex(({ stage }) => stage === this.description.stacks[stack].stage);
  }

  private makeKey(index: number): kms.IKeyRef {
    const { made, stack, region, signs } = this.description.keys[index];
    const [scope, id] = [this.stacks[stack], `Key${index}`];
    switch (made) {
      case 'L2': return new kms.Key(scope, id, signs ? { keySpec: kms.KeySpec.RSA_2048, keyUsage: kms.KeyUsage.SIGN_VERIFY } : {});
      case 'L1': return new kms.CfnKey(scope, id, {
        ...(signs ? { keySpec: 'RSA_3072', keyUsage: 'SIGN_VERIFY' } : {}),
        keyPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }] },
      });
      case 'imported': return kms.Key.fromKeyArn(scope, id, keyArn(region, index));
    }
  }

  private makeSecret(index: number): secretsmanager.ISecretRef {
    const { made, stack, region, key, keyToldBy } = this.description.secrets[index];
    const [scope, id, name] = [this.stacks[stack], `Secret${index}`, secretName(index)];
    // The official L2 takes no L1 key; this is how one is put in front of the other.
    const told = key === undefined || keyToldBy !== 'secret' ? undefined : this.keyConstructs[key];
    const encryptionKey = kms.CfnKey.isCfnKey(told) ? kms.Key.fromCfnKey(told) : told as kms.IKey | undefined;
    switch (made) {
      case 'L2': return new secretsmanager.Secret(scope, id, { encryptionKey });
      case 'L1': return new secretsmanager.CfnSecret(scope, id, { generateSecretString: {} });
      case 'complete ARN': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretCompleteArn: secretArn(region, name), encryptionKey });
      case 'partial ARN': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretPartialArn: secretArn(region, name).slice(0, -7), encryptionKey });
      case 'name': return secretsmanager.Secret.fromSecretNameV2(scope, id, name);
      case 'ARN at deployment': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretCompleteArn: this.atDeployment(stack, id, secretArn(region, name)), encryptionKey });
    }
  }

  private secretOf(index: number): { secret: secretsmanager.ISecretRef; encryptionKey?: kms.IKeyRef } {
    const { key, keyToldBy } = this.description.secrets[index];
    return { secret: this.secretConstructs[index], encryptionKey: key !== undefined && keyToldBy === 'provider' ? this.keyConstructs[key] : undefined };
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
      ? ClientAuthentication.privateKeyJwt({ key: this.keyConstructs[client], algorithm: JwtSigningAlgorithm.RS256 })
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
    return name === 'derived' ? undefined : name === 'chosen' ? chosen : this.atDeployment(stack, `Provider${index}`, chosen);
  }

  private makeOAuth2Provider(index: number): IOAuth2Provider {
    const description = this.description.providers[index];
    const [scope, id, name, client] = [this.stacks[description.stack], `Provider${index}`, providerName(this.description, index), this.clientOf(index)];
    switch (description.made) {
      case 'here': {
        const { clientSecret, onBehalfOf } = client;
        const named = { providerName: this.chosenName(index), clientId: 'client' };
        return index % 2 === 0 && clientSecret !== undefined && onBehalfOf === undefined
          ? new GoogleOAuth2Provider(scope, id, { ...named, clientSecret })
          : new CustomOAuth2Provider(scope, id, { ...named, ...client, discovery: OAuth2Discovery.url('https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration') });
      }
      case 'L1': return OAuth2Provider.fromProviderRef(scope, id, new agentcore.CfnOAuth2CredentialProvider(scope, `${id}L1`, { name, credentialProviderVendor: 'GithubOauth2' }), client);
      case 'official L2': return OAuth2Provider.fromProviderRef(scope, id, agentcore.OAuth2CredentialProvider.usingGithub(scope, `${id}L2`, {
        oAuth2CredentialProviderName: name, clientId: 'client', clientSecret: secretValue(),
      }), client);
      case 'name': return OAuth2Provider.fromProviderName(scope, id, name, client);
      case 'ARN': return OAuth2Provider.fromProviderArn(scope, id, providerArn(description, name), client);
      case 'ARN at deployment': return OAuth2Provider.fromProviderArn(scope, id, this.atDeployment(description.stack, id, providerArn(description, name)), client);
    }
  }

  private makeApiKeyProvider(index: number): IApiKeyProvider {
    const description = this.description.providers[index];
    const [scope, id, name, apiKey] = [this.stacks[description.stack], `Provider${index}`, providerName(this.description, index), this.apiKey(index)];
    switch (description.made) {
      case 'here': return new ApiKeyProvider(scope, id, { providerName: this.chosenName(index), apiKey });
      case 'L1': return ApiKeyProvider.fromProviderRef(scope, id, new agentcore.CfnApiKeyCredentialProvider(scope, `${id}L1`, { name }), { apiKey });
      case 'official L2': return ApiKeyProvider.fromProviderRef(scope, id, new agentcore.ApiKeyCredentialProvider(scope, `${id}L2`, {
        apiKeyCredentialProviderName: name, apiKey: secretValue(),
      }), { apiKey });
      case 'name': return ApiKeyProvider.fromProviderName(scope, id, name, { apiKey });
      case 'ARN': return ApiKeyProvider.fromProviderArn(scope, id, providerArn(description, name), { apiKey });
      case 'ARN at deployment': return ApiKeyProvider.fromProviderArn(scope, id, this.atDeployment(description.stack, id, providerArn(description, name)), { apiKey });
    }
  }

  private makeVault(index: number) {
    const { stack, how, key, formerKeys } = this.description.vaults[index];
    const [scope, id] = [this.stacks[stack], 'Vault'];
    const former = formerKeys.map((place) => this.keyConstructs[place]);
    return how === 'set elsewhere'
      ? TokenVaultEncryption.fromKey(scope, id, this.keyConstructs[key!], former)
      : new TokenVaultEncryption(scope, id, { key: key === undefined ? undefined : this.keyConstructs[key], formerKeys: former });
  }

  private makeAgent(index: number): Agent {
    const description = this.description.agents[index];
    const scope = this.stacks[description.stack];
    // The ids begin again in each stack, as those of two teams do.
    const before = this.description.agents.slice(0, index).filter(({ stack }) => stack === description.stack).length;
    const parts = description.parts.map((part, place) => this.makePart(index, part, partName(description, place)));
    const host = givenAsHost(description) ? parts.shift()!.host : undefined;
    const agent = new Agent(scope, `Agent${before}`, {
      owner: AgentOwner.team('team', 'team@example.com'),
      host,
      parts,
      identity: this.makeIdentity(index, description),
      callers: description.callers.map(({ issuer, audiences, clients, scopes }) => (audiences.length === 0 && clients.length === 0
        ? TokenIssuer.oidcForAnyClient({ issuer, ...REASON })
        : TokenIssuer.oidc({ issuer, audiences: given(audiences), clients: given(clients), scopes: given(scopes) }))),
      returnUrls: ['https://agents.example.com/return'],
    });
    description.capabilities.forEach((capability, place) => {
      const declared = this.makeCapability(scope, `Agent${before}Capability${place}`, capability);
      agent.may(capability.suspended ? declared.suspended(REASON) : declared);
    });
    if (description.suspended) agent.suspend(REASON);
    return agent;
  }

  private makeIdentity(index: number, { identity, stack, region }: AgentDescription): AgentIdentity | undefined {
    const [scope, id, name] = [this.stacks[stack], `Identity${index}`, identityName(index)];
    switch (identity) {
      case 'derived': return undefined;
      case 'of the runtime': return undefined;
      case 'named': return AgentIdentity.named(name);
      case 'named at deployment': return AgentIdentity.named(this.atDeployment(stack, id, name));
      case 'name': return AgentIdentity.fromName(name);
      case 'ARN': return AgentIdentity.fromArn(identityArn(region, name));
      case 'ARN at deployment': return AgentIdentity.fromArn(this.atDeployment(stack, id, identityArn(region, name)));
      case 'L1': return AgentIdentity.fromRef(new agentcore.CfnWorkloadIdentity(scope, id, { name }));
      case 'official L2': return AgentIdentity.fromRef(new agentcore.WorkloadIdentity(scope, id, { workloadIdentityName: name }));
    }
  }

  private makePart(agent: number, { work, host }: PartDescription, name: string): AgentPart {
    if (typeof host === 'number') return AgentPart.sharedReturnPage(name, this.host(`shared page ${host}`, this.description.sharedPages[host]), REASON);
    const own = this.host(`agent ${agent} ${name}`, host);
    switch (work) {
      case 'act': return AgentPart.acting(name, own);
      case 'mint': return AgentPart.minting(name, own);
      case 'vend': return AgentPart.vending(name, own);
      case 'complete': return AgentPart.returnPage(name, own);
    }
  }

  private host(name: string, { kind, stack }: HostDescription): AgentHost {
    const known = this.hosts.get(name);
    if (known !== undefined) return known;
    const { host, runtimeId } = makeHost(this.stacks[stack], name, kind);
    this.hosts.set(name, host);
    if (runtimeId !== undefined) this.runtimeIds.set(name, runtimeId);
    const byName = kind === 'role by name' || kind === 'role by ARN' || kind === 'runtime by ARN';
    this.roles.set(name, byName ? { stack: this.stacks[stack], value: roleArn(name) } : this.found(host.iamRole));
    return host;
  }

  private makeCapability(scope: Stack, id: string, capability: CapabilityDescription): Capability {
    const provider = this.providerFor(scope, id, capability);
    if (capability.kind === 'key') {
      return Capability.useApiKey(provider as IApiKeyProvider, { ...HELD, authority: capability.session === 'user' ? ApiKeyAuthority.USER_SESSION : ApiKeyAuthority.AGENT_ITSELF });
    }
    const oauth2 = provider as IOAuth2Provider;
    const options = { ...HELD, scopes: [oauth2.vendor === 'GoogleOauth2' ? GoogleScope.CALENDAR_READONLY : CustomScope.of('read')] };
    switch (capability.kind) {
      case 'user': return Capability.actAsUser(oauth2, { ...options, users: usersOf(capability) });
      case 'behalf': return Capability.actOnBehalfOfUser(oauth2, { ...options, users: usersOf(capability) });
      case 'user id': return Capability.actAsTrustedUserId(oauth2, {
        ...options, userIds: capability.prefix !== undefined ? TrustedUserIds.withPrefix(capability.prefix) : TrustedUserIds.of([...capability.ids]),
      });
      case 'itself': return Capability.actAsItself(oauth2, options);
    }
  }

  private providerFor(scope: Stack, id: string, { provider: place, through }: CapabilityDescription): IOAuth2Provider | IApiKeyProvider {
    const provider = this.providerConstructs[place];
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
  private whereProviderIs(provider: IOAuth2Provider | IApiKeyProvider, index: number): DeployTime {
    const description = this.description.providers[index];
    const l1 = provider.node.tryFindChild('Resource') as (agentcore.CfnOAuth2CredentialProvider | agentcore.CfnApiKeyCredentialProvider) | undefined;
    return this.at(description.stack, l1?.attrCredentialProviderArn ?? providerArn(description, providerName(this.description, index)));
  }

  private whereIdentityIs(agent: Agent, index: number): DeployTime {
    const { identity, stack, region } = this.description.agents[index];
    if (identity === 'of the runtime') {
      return { stack: this.stacks[this.hostStack(index)], value: identityArn(region, this.runtimeIds.get(`agent ${index} Host`)!) };
    }
    const l1 = agent.node.tryFindChild('Identity') as (IConstruct & Partial<agentcore.CfnWorkloadIdentity>) | undefined;
    return this.at(stack, CfnResource.isCfnResource(l1) ? l1.getAtt('WorkloadIdentityArn').toString() : identityArn(region, identityName(index)));
  }

  private hostStack(agent: number): number {
    return (this.description.agents[agent].parts[0].host as HostDescription).stack;
  }
}

function usersOf({ subjects, group }: CapabilityDescription): Users {
  return subjects.length > 0 ? Users.withSubjects([...subjects]) : group !== undefined ? Users.inGroup(group) : Users.anyOfTheIssuer(REASON);
}

function given<T>(values: readonly T[]): T[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

/** The official L2s take a value; this one stands for a reference that CloudFormation resolves. */
function secretValue() {
  return SecretValue.secretsManager('somewhere');
}
