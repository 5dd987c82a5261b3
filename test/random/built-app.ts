import {
  App, aws_bedrockagentcore as agentcore, aws_ecs as ecs, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_secretsmanager as secretsmanager,
  CfnParameter, CfnResource, SecretValue, Stack,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AgentDescription, AppDescription, CapabilityDescription, HostDescription, PartDescription } from './description';
import { givenAsHost, partName } from './description';
import { ACCOUNT, identityArn, identityName, keyArn, providerArn, providerName, roleArn, roleName, secretArn, secretName } from './name';
import {
  Agent, AgentHost, AgentIdentity, AgentOwner, AgentPart, AgentRuntimeRole, ApiKey, ApiKeyAuthority, ApiKeyProvider, Capability, ClientSecret,
  CustomOAuth2Provider, CustomScope, GoogleOAuth2Provider, GoogleScope, IApiKeyProvider, IOAuth2Provider, OAuth2Discovery, OAuth2Provider, TokenIssuer,
  TokenVaultEncryption, TrustedUserIds, Users,
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

  private readonly keyConstructs: kms.IKeyRef[];
  private readonly secretConstructs: secretsmanager.ISecretRef[];
  private readonly providerConstructs: (IOAuth2Provider | IApiKeyProvider)[];
  private readonly hosts = new Map<string, AgentHost>();
  private readonly runtimes = new Map<string, agentcore.CfnRuntime>();

  constructor(private readonly description: AppDescription, outdir: string) {
    this.app = new App({ outdir });
    this.stacks = description.stacks.map(({ region }, index) => new Stack(this.app, `Stack${index}`, description.environment === 'known' ? { env: { account: ACCOUNT, region } } : {}));
    this.keyConstructs = description.keys.map((_key, index) => this.makeKey(index));
    this.secretConstructs = description.secrets.map((_secret, index) => this.makeSecret(index));
    this.providerConstructs = description.providers.map((_provider, index) => this.makeProvider(index));
    const vaults = description.vaults.map((_vault, index) => this.makeVault(index));
    const agents = description.agents.map((_agent, index) => this.makeAgent(index));
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

  /** A parameter of the first stack that has this value at deployment. */
  private atDeployment(id: string, value: string): string {
    return new CfnParameter(this.stacks[0], `${id}Parameter`, { default: value }).valueAsString;
  }

  private makeKey(index: number): kms.IKeyRef {
    const { made, stack, region } = this.description.keys[index];
    const [scope, id] = [this.stacks[stack], `Key${index}`];
    switch (made) {
      case 'L2': return new kms.Key(scope, id);
      case 'L1': return new kms.CfnKey(scope, id, {
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
      case 'ARN at deployment': return secretsmanager.Secret.fromSecretAttributes(scope, id, { secretCompleteArn: this.atDeployment(id, secretArn(region, name)), encryptionKey });
    }
  }

  private secretOf(index: number): { secret: secretsmanager.ISecretRef; encryptionKey?: kms.IKeyRef } {
    const { key, keyToldBy } = this.description.secrets[index];
    return { secret: this.secretConstructs[index], encryptionKey: key !== undefined && keyToldBy === 'provider' ? this.keyConstructs[key] : undefined };
  }

  private clientSecret(provider: number): ClientSecret {
    const { secret: place } = this.description.providers[provider];
    if (place === 'kept by AgentCore') return ClientSecret.managedByAgentCore();
    const { secret, encryptionKey } = this.secretOf(place);
    return ClientSecret.fromSecretsManager(secret, 'client_secret', { encryptionKey });
  }

  private apiKey(provider: number): ApiKey {
    const { secret: place } = this.description.providers[provider];
    if (place === 'kept by AgentCore') return ApiKey.managedByAgentCore();
    const { secret, encryptionKey } = this.secretOf(place);
    return ApiKey.fromSecretsManager(secret, 'api_key', { encryptionKey });
  }

  private makeProvider(index: number): IOAuth2Provider | IApiKeyProvider {
    const { family, suspended } = this.description.providers[index];
    const provider = family === 'OAuth2' ? this.makeOAuth2Provider(index) : this.makeApiKeyProvider(index);
    if (suspended) provider.suspend(REASON);
    return provider;
  }

  private chosenName(index: number): string | undefined {
    const { name } = this.description.providers[index];
    const chosen = providerName(this.description, index);
    return name === 'derived' ? undefined : name === 'chosen' ? chosen : this.atDeployment(`Provider${index}`, chosen);
  }

  private makeOAuth2Provider(index: number): IOAuth2Provider {
    const description = this.description.providers[index];
    const [scope, id, name, clientSecret] = [this.stacks[description.stack], `Provider${index}`, providerName(this.description, index), this.clientSecret(index)];
    switch (description.made) {
      case 'here': {
        const client = { providerName: this.chosenName(index), clientId: 'client', clientSecret };
        return index % 2 === 0
          ? new GoogleOAuth2Provider(scope, id, client)
          : new CustomOAuth2Provider(scope, id, { ...client, discovery: OAuth2Discovery.url('https://acme.okta.com/oauth2/tickets/.well-known/openid-configuration') });
      }
      case 'L1': return OAuth2Provider.fromProviderRef(scope, id, new agentcore.CfnOAuth2CredentialProvider(scope, `${id}L1`, { name, credentialProviderVendor: 'GithubOauth2' }), { clientSecret });
      case 'official L2': return OAuth2Provider.fromProviderRef(scope, id, agentcore.OAuth2CredentialProvider.usingGithub(scope, `${id}L2`, {
        oAuth2CredentialProviderName: name, clientId: 'client', clientSecret: secretValue(),
      }), { clientSecret });
      case 'name': return OAuth2Provider.fromProviderName(scope, id, name, { clientSecret });
      case 'ARN': return OAuth2Provider.fromProviderArn(scope, id, providerArn(description, name), { clientSecret });
      case 'ARN at deployment': return OAuth2Provider.fromProviderArn(scope, id, this.atDeployment(id, providerArn(description, name)), { clientSecret });
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
      case 'ARN at deployment': return ApiKeyProvider.fromProviderArn(scope, id, this.atDeployment(id, providerArn(description, name)), { apiKey });
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
      case 'named at deployment': return AgentIdentity.named(this.atDeployment(id, name));
      case 'name': return AgentIdentity.fromName(name);
      case 'ARN': return AgentIdentity.fromArn(identityArn(region, name));
      case 'ARN at deployment': return AgentIdentity.fromArn(this.atDeployment(id, identityArn(region, name)));
      case 'L1': return AgentIdentity.fromRef(new agentcore.CfnWorkloadIdentity(scope, id, { name }));
      case 'official L2': return AgentIdentity.fromRef(new agentcore.WorkloadIdentity(scope, id, { workloadIdentityName: name }));
    }
  }

  private makePart(agent: number, { work, host }: PartDescription, name: string): AgentPart {
    if (typeof host === 'number') return AgentPart.sharedReturnPage(name, this.host(`shared page ${host}`, this.description.sharedPages[host]), REASON);
    const own = this.host(`agent ${agent} ${name}`, host, this.description.agents[agent].identity === 'of the runtime');
    switch (work) {
      case 'act': return AgentPart.acting(name, own);
      case 'mint': return AgentPart.minting(name, own);
      case 'vend': return AgentPart.vending(name, own);
      case 'complete': return AgentPart.returnPage(name, own);
    }
  }

  private host(name: string, { kind, stack }: HostDescription, runtimeIsIdentity = false): AgentHost {
    const known = this.hosts.get(name);
    if (known !== undefined) return known;
    const [scope, id] = [this.stacks[stack], roleName(name)];
    const host = this.makeHost(scope, id, kind, roleArn(name), runtimeIsIdentity);
    this.hosts.set(name, host);
    this.roles.set(name, kind === 'role by name' || kind === 'role by ARN' ? { stack: scope, value: roleArn(name) } : this.found(host.iamRole));
    return host;
  }

  private makeHost(scope: Stack, id: string, kind: HostDescription['kind'], arn: string, runtimeIsIdentity: boolean): AgentHost {
    const assumedBy = new iam.ServicePrincipal('ec2.amazonaws.com');
    switch (kind) {
      case 'role': return AgentHost.role(new iam.Role(scope, id, { assumedBy }));
      case 'L1 role': return AgentHost.role(new iam.CfnRole(scope, id, {
        assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      }));
      case 'role by ARN': return AgentHost.role(iam.Role.fromRoleArn(scope, id, arn));
      case 'role by name': return AgentHost.role(iam.Role.fromRoleName(scope, id, id));
      case 'Lambda': return AgentHost.lambdaFunction(new lambda.Function(scope, id, {
        runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}'),
      }));
      case 'ECS': {
        const task = new ecs.FargateTaskDefinition(scope, id);
        task.addContainer('agent', { image: ecs.ContainerImage.fromRegistry('agent') });
        return AgentHost.ecsTask(task);
      }
      case 'runtime': {
        const role = new AgentRuntimeRole(scope, `${id}Execution`, { runtimeName: id.replace(/-/g, '_') });
        const runtime = new agentcore.CfnRuntime(scope, id, {
          agentRuntimeName: id.replace(/-/g, '_'),
          agentRuntimeArtifact: { containerConfiguration: { containerUri: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/agent:1` } },
          networkConfiguration: { networkMode: 'PUBLIC' },
          roleArn: role.roleArn,
        });
        if (runtimeIsIdentity) this.runtimes.set(id, runtime);
        return AgentHost.agentRuntime(runtime, { role });
      }
    }
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
      const options = { clientSecret: this.clientSecret(place) };
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
      const runtime = this.runtimes.get(roleName(`agent ${index} Host`))!;
      return { stack: runtime.stack, value: identityArn(region, runtime.attrAgentRuntimeId) };
    }
    const l1 = agent.node.tryFindChild('Identity') as (IConstruct & Partial<agentcore.CfnWorkloadIdentity>) | undefined;
    return this.at(stack, CfnResource.isCfnResource(l1) ? l1.getAtt('WorkloadIdentityArn').toString() : identityArn(region, identityName(index)));
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
