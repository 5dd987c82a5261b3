import { aws_bedrockagentcore as agentcore, Stack } from 'aws-cdk-lib';
import { gatewaysInFront } from './agents-behind-draft';
import type { BuiltGateway } from './built-gateway';
import type { BuiltHosts } from './built-hosts';
import type { AgentDescription, AppDescription, CallerDescription, CapabilityDescription, FrontEndDescription, PartDescription, ToolCallDescription } from './description';
import { givenAsHost, invokedBy, invokedHost, partName, toolName } from './description';
import { operatorName } from './invocations';
import { identityArn, identityName } from './name';
import { usersOf } from './users-of';
import {
  Agent, AgentIdentity, AgentOwner, AgentPart, ApiKeyAuthority, CallingWorkload, Capability, CustomScope, FrontEnd, GoogleScope, IApiKeyProvider, IOAuth2Provider,
  type MachineClient, Operator,
  TokenIssuer, ToolCallAuthority, TrustedUserIds,
} from '../../src';

const REASON = { reason: 'Drawn at random' };
const HELD = { ...REASON, enforcedByApplication: 'The agent looks at the token before it acts' };

/** Where an agent finds what it uses. */
export interface AgentSurroundings {
  readonly description: AppDescription;
  readonly stacks: readonly Stack[];
  readonly hosts: BuiltHosts;
  provider(place: number): IOAuth2Provider | IApiKeyProvider;
  /** By the construct, or by an import of its own. */
  providerFor(scope: Stack, id: string, capability: CapabilityDescription): IOAuth2Provider | IApiKeyProvider;
  /** The machine client that a provider is. */
  clientOf(place: number): MachineClient | undefined;
  atDeployment(stack: number, id: string, value: string): string;
}

/** An agent that was built from its description. What it has to do with gateways and other agents is declared when they are there. */
export class BuiltAgent {
  readonly agent: Agent;
  private readonly stack: Stack;
  private readonly description: AgentDescription;

  constructor(private readonly around: AgentSurroundings, private readonly index: number) {
    const { agents } = around.description;
    const description = this.description = agents[index];
    this.stack = around.stacks[description.stack];
    // The ids begin again in each stack, as those of two teams do.
    const before = agents.slice(0, index).filter(({ stack }) => stack === description.stack).length;
    const parts = description.parts.map((part, place) => this.part(part, partName(description, place)));
    const host = givenAsHost(description) ? parts.shift()!.host : undefined;
    this.agent = new Agent(this.stack, `Agent${before}`, {
      owner: AgentOwner.team('team', 'team@example.com'),
      host,
      parts,
      identity: this.identity(description),
      callers: description.derivesCallers ? undefined : description.callers.map(issuerFor),
      returnUrls: ['https://agents.example.com/return'],
    });
    description.capabilities.forEach((capability, place) => this.may(this.capability(`Agent${before}Capability${place}`, capability), capability.suspended));
    if (description.suspended) this.agent.suspend(REASON);
  }

  /** The roles that call tools. */
  get callingRoles() {
    return this.agent.parts.filter((_part, place) => ['act', 'vend'].includes(this.description.parts[place].work)).map(({ host }) => host.iamRole);
  }

  /** The runtime of a part; of none, the first. */
  runtimeOf(part = invokedHost(this.description)!.part) {
    return this.agent.parts[part].host.runtime!;
  }

  /** What it has to do with others. */
  declareUseOf(gateways: readonly BuiltGateway[], agents: readonly BuiltAgent[]): void {
    const { toolCalls, frontEnds, onlyFrontEnds, operators, accepts } = this.description;
    toolCalls.forEach((call) => this.may(this.toolCall(call, gateways[call.gateway]), call.suspended));
    if (frontEnds.length > 0) {
      const made = frontEnds.map((frontEnd, place) => this.frontEnd(frontEnd, place, agents));
      if (onlyFrontEnds) this.agent.onlyInvokedBy(...made);
      else this.agent.invokedBy(...made);
    }
    if (operators.length > 0) {
      this.agent.commandsRunBy(...operators.map((host, place) => Operator.runningCommands(`Operator${place}`, this.around.hosts.host(operatorName(place, this.index), host), REASON)));
    }
    // A gateway that it stands behind is accepted already.
    const others = accepts.filter((workload) => !gatewaysInFront(this.around.description.gateways, this.index).some((known) => 'gateway' in workload && known.gateway === workload.gateway));
    if (others.length > 0) {
      this.agent.acceptCallsFrom(...others.map((workload) => ('agent' in workload
        ? CallingWorkload.agent(agents[workload.agent].agent) : CallingWorkload.gateway(gateways[workload.gateway].gateway))));
    }
  }

  private may(capability: Capability, suspended: boolean): void {
    this.agent.may(suspended ? capability.suspended(REASON) : capability);
  }

  private identity({ identity, stack, region }: AgentDescription): AgentIdentity | undefined {
    const [scope, id, name] = [this.around.stacks[stack], `Identity${this.index}`, identityName(this.index)];
    switch (identity) {
      case 'derived': return undefined;
      case 'of the runtime': return undefined;
      case 'named': return AgentIdentity.named(name);
      case 'named at deployment': return AgentIdentity.named(this.around.atDeployment(stack, id, name));
      case 'name': return AgentIdentity.fromName(name);
      case 'ARN': return AgentIdentity.fromArn(identityArn(region, name));
      case 'ARN at deployment': return AgentIdentity.fromArn(this.around.atDeployment(stack, id, identityArn(region, name)));
      case 'L1': return AgentIdentity.fromRef(new agentcore.CfnWorkloadIdentity(scope, id, { name }));
      case 'official L2': return AgentIdentity.fromRef(new agentcore.WorkloadIdentity(scope, id, { workloadIdentityName: name }));
    }
  }

  private part({ work, host }: PartDescription, name: string): AgentPart {
    if (typeof host === 'number') return AgentPart.sharedReturnPage(name, this.around.hosts.host(`shared page ${host}`, this.around.description.sharedPages[host]), REASON);
    const own = this.around.hosts.host(`agent ${this.index} ${name}`, host);
    switch (work) {
      case 'act': return AgentPart.acting(name, own);
      case 'mint': return AgentPart.minting(name, own);
      case 'vend': return AgentPart.vending(name, own);
      case 'complete': return AgentPart.returnPage(name, own);
    }
  }

  private capability(id: string, capability: CapabilityDescription): Capability {
    const provider = this.around.providerFor(this.stack, id, capability);
    if (capability.kind === 'key') {
      return Capability.useApiKey(provider as IApiKeyProvider, { ...HELD, authority: capability.session === 'user' ? ApiKeyAuthority.USER_SESSION : ApiKeyAuthority.AGENT_ITSELF });
    }
    const oauth2 = provider as IOAuth2Provider;
    const options = { ...HELD, scopes: this.around.clientOf(capability.provider)?.scopes ?? [oauth2.vendor === 'GoogleOauth2' ? GoogleScope.CALENDAR_READONLY : CustomScope.of('read')] };
    switch (capability.kind) {
      case 'user': return Capability.actAsUser(oauth2, { ...options, users: usersOf(capability.users) });
      case 'behalf': return Capability.actOnBehalfOfUser(oauth2, { ...options, users: usersOf(capability.users) });
      case 'user id': return Capability.actAsTrustedUserId(oauth2, {
        ...options, userIds: capability.prefix !== undefined ? TrustedUserIds.withPrefix(capability.prefix) : TrustedUserIds.of([...capability.ids]),
      });
      case 'itself': return Capability.actAsItself(oauth2, options);
    }
  }

  private toolCall({ gateway: place, authority, provider, scopes, users, enforced, tools }: ToolCallDescription, { gateway }: BuiltGateway): Capability {
    const by = () => {
      switch (authority) {
        case 'role': return ToolCallAuthority.agentRole();
        case 'machine client': {
          const client = this.around.clientOf(provider!);
          if (client !== undefined) return ToolCallAuthority.registeredClient(client);
          return ToolCallAuthority.machineClient(this.around.provider(provider!) as IOAuth2Provider, { scopes: scopes.map((scope) => CustomScope.of(scope)) });
        }
        case 'user token': return ToolCallAuthority.userToken({ users: usersOf(users) });
      }
    };
    return Capability.callTools(gateway, {
      ...(enforced ? HELD : REASON),
      authority: by(),
      ...(tools.length === 0 ? { allTools: REASON } : { tools: tools.map(({ target, tool }) => `T${target}___${toolName(this.around.description.gateways[place].targets[target], tool)}`) }),
    });
  }

  private frontEnd(frontEnd: FrontEndDescription, place: number, agents: readonly BuiltAgent[]): FrontEnd {
    const { host, runtime, names, endpoints, webSocket } = frontEnd;
    const { hosts } = this.around;
    const invoked = invokedBy(this.description, frontEnd);
    const on = 'agent' in host ? agents[host.agent].hostOf(host.part) : hosts.host(`front end ${place} of agent ${this.index}`, host);
    const options = {
      ...REASON,
      webSocket,
      ...(runtime === undefined ? {} : { runtime: this.runtimeOf(runtime) }),
      endpoints: given(endpoints.map((name) => hosts.endpoint(this.nameOf(invoked), name))),
    };
    return names === undefined ? FrontEnd.invoking(`Front${place}`, on, options) : FrontEnd.invokingForTrustedUserIds(`Front${place}`, on, {
      ...options,
      userIds: names.prefix !== undefined ? TrustedUserIds.withPrefix(names.prefix) : TrustedUserIds.of([...names.ids]),
      enforcedByApplication: HELD.enforcedByApplication,
    });
  }

  private hostOf(part: number) {
    return this.around.hosts.host(this.nameOf(part));
  }

  private nameOf(part: number): string {
    return `agent ${this.index} ${partName(this.description, part)}`;
  }
}

function issuerFor({ issuer, audiences, clients, scopes }: CallerDescription): TokenIssuer {
  return audiences.length === 0 && clients.length === 0 ? TokenIssuer.oidcForAnyClient({ issuer, ...REASON })
    : TokenIssuer.oidc({ issuer, audiences: given(audiences), clients: given(clients), scopes: given(scopes) });
}

function given<T>(values: readonly T[]): T[] | undefined {
  return values.length === 0 ? undefined : [...values];
}
