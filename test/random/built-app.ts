import { App, aws_iam as iam, CfnParameter, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { BuiltAgent } from './built-agent';
import { BuiltCredentials } from './built-credentials';
import { BuiltGateway } from './built-gateway';
import { BuiltHosts, type BuiltRuntime, type DeployTime, foundRole } from './built-hosts';
import type { AppDescription } from './description';
import { ACCOUNT, identityArn, identityName, secretArn, secretName } from './name';
import { type Agent, TokenVaultEncryption } from '../../src';

/** An app that was built from a description by the public API, and where its things are to be found after a deployment. */
export class BuiltApp {
  readonly app: App;
  readonly stacks: Stack[];
  readonly keys: DeployTime[];
  readonly secrets: DeployTime[];
  readonly providers: DeployTime[];
  readonly identities: DeployTime[];
  readonly roles: ReadonlyMap<string, DeployTime>;
  readonly runtimes: ReadonlyMap<string, BuiltRuntime>;
  readonly vaultKeys: (DeployTime | undefined)[];
  readonly gateways: BuiltGateway[];
  /** ARNs of user pools. */
  readonly userPools: DeployTime[];
  /** Ids of user pools and of their clients. */
  readonly poolIds: { readonly pool: DeployTime; readonly clients: DeployTime[] }[];

  private readonly credentials: BuiltCredentials;

  constructor(private readonly description: AppDescription, outdir: string) {
    this.app = new App({ outdir });
    const names = new Set(description.stacks.map(({ stage }) => stage));
    const stages = new Map([...names].map((stage) => [stage, stage === undefined ? this.app : new Stage(this.app, stage)]));
    this.stacks = description.stacks.map(({ region, stage }, index) => new Stack(stages.get(stage)!, `Stack${index - this.firstOf(index)}`,
      description.environment === 'known' ? { env: { account: ACCOUNT, region } } : {}));
    const atDeployment = (stack: number, id: string, value: string) => this.atDeployment(stack, id, value);
    const credentials = this.credentials = new BuiltCredentials(description, { stacks: this.stacks, atDeployment });
    const provider = (place: number) => credentials.providers[place];
    const vaults = description.vaults.map((_vault, index) => this.makeVault(index));
    const hosts = new BuiltHosts(this.stacks);
    const agents = description.agents.map((_agent, index) => new BuiltAgent({
      description,
      stacks: this.stacks,
      hosts,
      provider,
      atDeployment,
      clientOf: (place) => credentials.clientOfProvider(place),
      providerFor: (scope, id, capability) => credentials.providerFor(scope, id, capability),
    }, index));
    this.gateways = description.gateways.map((gateway, index) => new BuiltGateway(this.stacks[gateway.stack], index, gateway, {
      provider,
      key: (place) => credentials.keys[place],
      clientOf: (place) => credentials.clientOfProvider(place),
      agent: (place) => agents[place],
      machineClients: (pool) => credentials.machineClients[pool],
      atDeployment: (id, value) => this.atDeployment(gateway.stack, id, value),
    }));
    agents.forEach((agent) => agent.declareUseOf(this.gateways, agents));
    this.gateways.forEach((gateway, index) => {
      const calling = agents.filter((_agent, place) => description.agents[place].toolCalls.some((call) => call.gateway === index));
      gateway.restrict(calling.flatMap(({ callingRoles }) => callingRoles));
    });
    const others = [
      ...this.gateways.map(({ gateway }, index): [string, iam.Role] => [`gateway ${index}`, gateway.role]),
      ...this.gateways.flatMap(({ page }, index): [string, iam.Role][] => (page === undefined ? [] : [[`page of gateway ${index}`, page]])),
      ...credentials.machineClients.flatMap((pool, index) => pool.clients.map((_client, place): [string, iam.Role] => [`mover of client ${place} of ${index}`, pool.moverOf(place)])),
      ['bystander', new iam.Role(this.stacks[0], 'Bystander', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })] as [string, iam.Role],
    ];
    this.roles = new Map([...hosts.roles, ...others.map(([name, role]): [string, DeployTime] => [name, foundRole(role)])]);
    this.runtimes = hosts.runtimes;
    this.poolIds = credentials.machineClients.map(({ ids }) => ids);
    this.userPools = credentials.machineClients.map(({ stack, pool }) => ({ stack, value: pool._userPool.attrArn }));

    this.keys = credentials.keys.map((key, index) => this.at(description.keys[index].stack, key.keyRef.keyArn));
    this.secrets = credentials.secrets.map((secret, index) => {
      const { made, stack, region } = description.secrets[index];
      return this.at(stack, made === 'L2' || made === 'L1' || made === 'of a machine client' ? secret.secretRef.secretId : secretArn(region, secretName(index)));
    });
    this.providers = credentials.providers.map((_provider, index) => credentials.whereProviderIs(index));
    this.identities = agents.map(({ agent }, index) => this.whereIdentityIs(agent, index));
    this.vaultKeys = vaults.map((vault, index) => (vault === undefined ? undefined : this.at(description.vaults[index].stack, vault.key.keyRef.keyArn)));
  }

  private at(stack: number, value: string): DeployTime {
    return { stack: this.stacks[stack], value };
  }

  /** A parameter of the first stack, of the same stage, that has this value at deployment. */
  private atDeployment(stack: number, id: string, value: string): string {
    return new CfnParameter(this.stacks[this.firstOf(stack)], `${id}Parameter`, { default: value }).valueAsString;
  }

  /** The first stack of the stage that a stack is in. */
  private firstOf(stack: number): number {
    return this.description.stacks.findIndex(({ stage }) => stage === this.description.stacks[stack].stage);
  }

  private makeVault(index: number) {
    const { stack, how, key, formerKeys } = this.description.vaults[index];
    const [scope, id] = [this.stacks[stack], 'Vault'];
    const former = formerKeys.map((place) => this.credentials.keys[place]);
    return how === 'set elsewhere'
      ? TokenVaultEncryption.fromKey(scope, id, this.credentials.keys[key!], former)
      : new TokenVaultEncryption(scope, id, { key: key === undefined ? undefined : this.credentials.keys[key], formerKeys: former });
  }

  private whereIdentityIs(agent: Agent, index: number): DeployTime {
    const { identity, stack, region } = this.description.agents[index];
    if (identity === 'of the runtime') {
      const { id } = this.runtimes.get(`agent ${index} Host`)!;
      return { ...id, value: identityArn(region, id.value) };
    }
    const l1 = agent.node.tryFindChild('Identity') as (IConstruct & { getAtt?(name: string): unknown }) | undefined;
    return this.at(stack, CfnResource.isCfnResource(l1) ? l1.getAtt('WorkloadIdentityArn').toString() : identityArn(region, identityName(index)));
  }
}
