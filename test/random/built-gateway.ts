import { aws_apigateway as apigateway, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import type { BuiltAgent } from './built-agent';
import type { BuiltMachineClients } from './built-machine-clients';
import { type Access, type GatewayDescription, type RestrictionDescription, type TargetDescription, toolName } from './description';
import { apiArn, apiId, functionArn, gatewayName, outsiderArn, passthroughAddress, roleArn, roleName } from './name';
import { INVOKING, ownDeployerOf, PARTNER } from './outsider';
import { inboundClaimOf } from './users-of';
import {
  AgentHost, AgentOwner, ApiGatewayOperation, ApiKeyLocation, ApiSchema, CustomScope, GatewayCaller, GatewayInbound, GatewayProtocol, GatewayTarget, GoogleScope,
  IApiKeyProvider, IOAuth2Provider, type MachineClient, OAuthGrantType, PassthroughProtocol, RolePermission, TargetCredentials, Tool, ToolAccess, ToolGateway,
  ToolParameter, ToolSchema, type ToolTarget,
} from '../../src';

const REASON = { reason: 'Drawn at random' };

/** Where a gateway finds what it uses. */
export interface GatewaySurroundings {
  provider(place: number): IOAuth2Provider | IApiKeyProvider;
  key(place: number): kms.IKeyRef;
  /** The machine client that a provider is. */
  clientOf(place: number): MachineClient | undefined;
  /** An agent that calls tools, or stands behind the gateway. */
  agent(place: number): BuiltAgent;
  machineClients(pool: number): BuiltMachineClients;
  atDeployment(id: string, value: string): string;
}

/** A gateway that was built from its description. */
export class BuiltGateway {
  readonly gateway: ToolGateway;
  /** Roles that the rules name. */
  readonly callers: Record<'bystander' | 'caller', iam.Role>;
  /** That of its return page. */
  readonly page?: iam.Role;

  constructor(readonly stack: Stack, private readonly index: number, private readonly description: GatewayDescription, private readonly around: GatewaySurroundings) {
    const { name, key } = description;
    const caller = (id: string) => new iam.Role(stack, `Gateway${index}${id}`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.callers = { bystander: caller('Bystander'), caller: caller('Caller') };
    this.gateway = new ToolGateway(stack, `Gateway${index}`, {
      owner: AgentOwner.team('team', 'team@example.com'),
      inbound: this.inbound(),
      gatewayName: name === 'derived' ? undefined : name === 'at deployment' ? around.atDeployment(`Gateway${index}`, gatewayName(index, false)) : gatewayName(index, name === 'with capitals'),
      ...(description.protocol === 'HTTP' ? { protocol: GatewayProtocol.HTTP } : { mcpVersions: ['2025-11-25'] }),
      encryptionKey: key === undefined ? undefined : around.key(key),
    });
    description.targets.forEach((target, place) => this.addTarget(target, place));
    if (description.suspended) this.gateway.suspend(REASON);
    if (description.page === true) {
      this.page = caller('Page');
      this.gateway.addReturnPage('Page', AgentHost.role(this.page));
    }
  }

  /** Lets in whom it is for. `calling` are the roles of agents that call it. */
  restrict(calling: readonly iam.IRoleRef[]): void {
    const { only } = this.description;
    if (only === undefined) return;
    const named = [
      ...(only.roles ? [this.callers.bystander, this.callers.caller, ...calling] : []),
      ...(only.partner ? [iam.Role.fromRoleArn(this.stack, `Gateway${this.index}Partner`, outsiderArn(PARTNER))] : []),
    ];
    this.gateway.restrictCallers({
      callers: [
        ...named.map((role) => GatewayCaller.role(role)),
        ...only.organizations.map((id) => GatewayCaller.organization(id, REASON)),
        ...only.vpcEndpoints.map((id) => GatewayCaller.vpcEndpoint(id)),
      ],
      ...(only.deployer === undefined ? {} : { deployedBy: this.deployer(only.deployer) }),
    });
  }

  private deployer(known: NonNullable<RestrictionDescription['deployer']>): iam.IRoleRef {
    const [id, name] = [`Gateway${this.index}Deployer`, ownDeployerOf(this.index)];
    switch (known) {
      case 'ARN': return iam.Role.fromRoleArn(this.stack, id, roleArn(name));
      case 'ARN at deployment': return iam.Role.fromRoleArn(this.stack, id, this.around.atDeployment(id, roleArn(name)));
      case 'name': return iam.Role.fromRoleName(this.stack, id, roleName(name));
      case 'made here': return new iam.Role(this.stack, id, {
        roleName: roleName(name), assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'), inlinePolicies: { Invoking: iam.PolicyDocument.fromJson(INVOKING) },
      });
    }
  }

  private inbound(): GatewayInbound {
    const { inbound, claim, registered, caller: { issuer, audiences, clients, scopes } } = this.description;
    if (registered !== undefined) return this.around.machineClients(registered.pool).inbound(this.stack, registered.clients, scopes);
    switch (inbound) {
      case 'JWT': return GatewayInbound.jwt({ issuer, audiences: given(audiences), clients: given(clients), claims: claim === undefined ? undefined : [inboundClaimOf(claim)] });
      case 'IAM': return GatewayInbound.iam();
      case 'any signature': return GatewayInbound.authenticateOnly(REASON);
      case 'everybody': return GatewayInbound.none(REASON);
    }
  }

  private addTarget(description: TargetDescription, place: number): void {
    const target = description.agent === undefined
      ? this.gateway.addTarget(`T${place}`, this.target(description, place), { credentials: this.credentials(description, place) }) : this.addAgent(description, `T${place}`);
    if (description.suspended) target.suspend(REASON);
    for (const { tool: name, requires, forbids } of description.tools) {
      const known = name === '*' ? name : toolName(description, name);
      const tool = known === '*' ? target.everyTool(REASON) : known.includes(':') ? target.operation(known.split(':')[0], known.split(':')[1]) : target.tool(known);
      if (requires !== undefined && !(name === 'read' && description.kind === 'agent' && description.way === 'token')) tool.requires(this.access(requires));
      if (forbids?.unless === false) tool.forbids(this.access(forbids.access), REASON);
      if (forbids?.unless === true) tool.forbidsUnless(this.access(forbids.access), REASON);
    }
  }

  /** With the caller's token, it is said at once who may invoke it. */
  private addAgent({ agent: place, runtime: part, way, endpoint, tools }: TargetDescription, name: string): ToolTarget {
    const built = this.around.agent(place!);
    const { agent } = built;
    return way === 'token' ? this.gateway.addAgent(name, agent, { access: this.access(tools.find(({ tool }) => tool === 'read')!.requires!), endpoint })
      : this.gateway.addTarget(name, GatewayTarget.agentRuntime(built.runtimeOf(part), { endpoint }), { credentials: TargetCredentials.gatewayRole() });
  }

  private target({ kind, way, speaks }: TargetDescription, place: number): GatewayTarget {
    const { region } = this.stack;
    const tools = ToolSchema.inline(...['read', 'read_all'].map((name) => Tool.named(name, { description: 'Reads', parameters: { id: ToolParameter.text() } })));
    switch (kind) {
      case 'Lambda': return GatewayTarget.lambdaFunction(lambda.Function.fromFunctionAttributes(this.stack, `Function${this.index}x${place}`, {
        functionArn: functionArn(region as never, this.index, place), sameEnvironment: true,
      }), tools);
      case 'OpenAPI': return GatewayTarget.openApi(ApiSchema.inline('{"openapi":"3.0.0"}'));
      case 'Smithy': return GatewayTarget.smithy(ApiSchema.inline('{"smithy":"2.0"}'));
      case 'MCP server': return GatewayTarget.mcpServer('https://mcp.example.com/mcp', way === 'consent' ? { tools } : {});
      case 'passthrough': return GatewayTarget.httpPassthrough(passthroughAddress(this.index, place), { protocol: PassthroughProtocol[speaks!] });
      case 'agent': throw new Error('It is an agent of the app');
      case 'API Gateway': return GatewayTarget.apiGateway(apigateway.RestApi.fromRestApiId(this.stack, `Api${this.index}x${place}`, apiId(this.index, place)), {
        stage: 'prod',
        operations: [ApiGatewayOperation.at('/items', { methods: ['GET'], toolName: 'read' }), ApiGatewayOperation.at('/all', { methods: ['GET'], toolName: 'read_all' })],
      });
    }
  }

  private credentials({ kind, way, provider }: TargetDescription, place: number): TargetCredentials {
    const permissions = [RolePermission.to({ actions: ['execute-api:Invoke'], resources: [apiArn(this.stack.region as never, this.index, place)] })];
    const oauth2 = (grantType: OAuthGrantType, defaultReturnUrl?: string) => {
      const used = this.around.provider(provider!) as IOAuth2Provider;
      const scopes = this.around.clientOf(provider!)?.scopes ?? [used.vendor === 'GoogleOauth2' ? GoogleScope.CALENDAR_READONLY : CustomScope.of('read')];
      return TargetCredentials.oauth2(used, { grantType, defaultReturnUrl, scopes });
    };
    switch (way) {
      case 'none': return TargetCredentials.none(REASON);
      case 'role': return TargetCredentials.gatewayRole(kind === 'Smithy' ? { permissions } : kind === 'OpenAPI' || kind === 'MCP server' || kind === 'passthrough' ? { service: 'execute-api', permissions } : {});
      case 'caller': return TargetCredentials.callerIam();
      case 'token': return TargetCredentials.jwtPassthrough();
      case 'client credentials': return oauth2(OAuthGrantType.CLIENT_CREDENTIALS);
      case 'consent': return oauth2(OAuthGrantType.AUTHORIZATION_CODE, 'https://agents.example.com/return');
      case 'exchange': return oauth2(OAuthGrantType.TOKEN_EXCHANGE);
      case 'key': return TargetCredentials.apiKey(this.around.provider(provider!) as IApiKeyProvider, { location: ApiKeyLocation.header('X-Api-Key') });
    }
  }

  private access(access: Access): ToolAccess {
    switch (access.who) {
      case 'nobody': return ToolAccess.nobody();
      case 'every caller': return ToolAccess.everyCaller(REASON);
      case 'all scopes': return ToolAccess.allScopes(...access.scopes);
      case 'any scope': return ToolAccess.anyScope(...access.scopes);
      case 'group': return ToolAccess.group(access.group);
      case 'department': return ToolAccess.claim('department', access.department);
      case 'subject': return ToolAccess.subject(access.subject);
      case 'role': return ToolAccess.iamRole(this.callers[access.role]);
      case 'agent': {
        const roles = this.around.agent(access.agent).callingRoles.map((role) => ToolAccess.iamRole(role));
        return roles.length === 1 ? roles[0] : ToolAccess.anyOf(...roles);
      }
      case 'all': return ToolAccess.allOf(...access.of.map((term) => this.access(term)));
      case 'any': return ToolAccess.anyOf(...access.of.map((term) => this.access(term)));
    }
  }
}

function given(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : [...values];
}
