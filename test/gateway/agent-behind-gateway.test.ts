import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { crm, gatewayProps, ISSUER, OWNER, REASON, stackIn } from './every-target';
import {
  AccessReport, ActorToken, Agent, AgentHost, AgentIdentity, AgentRuntimeRole, Capability, CustomScope, GatewayInbound, GatewayProtocol, OnBehalfOf,
  TokenIssuer, ToolAccess, ToolCallAuthority, ToolGateway, ToolGatewayProps, TrustedUserIds, Users,
} from '../../src';
import { DeployedGateway } from '../cedar/deployed-gateway';
import { lateCodes, refusalOf } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/* A chain: user, agent on a role, gateway, agent on AgentCore Runtime, provider. One token goes through as it is, then it is exchanged. */
const CALL = 'Planner___POST:/invocations';
const AGENTS = TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents', 'gateway'] });
const anyUser = Users.anyOfTheIssuer(REASON);
const httpGateway = (stack: Stack, props: Partial<ToolGatewayProps> = {}) => new ToolGateway(stack, 'Gateway', gatewayProps({ protocol: GatewayProtocol.HTTP, ...props }));

function runtimeIn(stack: Stack, id = 'Runtime'): { runtime: agentcore.CfnRuntime; role: iam.Role } {
  const role = new AgentRuntimeRole(stack, `${id}Role`, { runtimeName: 'planner' });
  return {
    role,
    runtime: new agentcore.CfnRuntime(stack, id, {
      agentRuntimeName: 'planner',
      roleArn: role.roleArn,
      networkConfiguration: { networkMode: 'PUBLIC' },
      agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/planner:1' } },
    }),
  };
}

function plannerIn(stack: Stack, props: Partial<ConstructorParameters<typeof Agent>[2]> = {}): Agent {
  const { runtime, role } = runtimeIn(stack);
  return new Agent(stack, 'Planner', { owner: OWNER, host: AgentHost.agentRuntime(runtime, { role }), ...props });
}

function frontIn(stack: Stack, capability: Capability, props: Partial<ConstructorParameters<typeof Agent>[2]> = {}): Agent {
  const role = new iam.Role(stack, 'FrontRole', { roleName: 'front', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const agent = new Agent(stack, 'Front', { owner: OWNER, identity: AgentIdentity.named('front'), host: AgentHost.role(role), callers: [AGENTS], ...props });
  agent.may(capability);
  return agent;
}

const exchange = (stack: Stack) => Capability.actOnBehalfOfUser(crm(stack, 'graph', undefined, OnBehalfOf.tokenExchange(ActorToken.none())), { scopes: [CustomScope.of('files.read')], users: anyUser, ...REASON });
const handOn = (gateway: ToolGateway) => Capability.callTools(gateway, { tools: [CALL], authority: ToolCallAuthority.userToken({ users: anyUser }), ...REASON });

describe('from one declaration', () => {
  const app = new App();
  const stack = stackIn(app, 'Tools');
  const gateway = httpGateway(stack);
  const planner = plannerIn(stack);
  planner.may(exchange(stack));
  const target = gateway.addAgent('Planner', planner, { access: ToolAccess.allScopes('agents:call') });
  frontIn(stackIn(app, 'Front'), handOn(gateway));
  const account = deploy(app);
  const deployed = new DeployedGateway(account, { Planner: ['POST:/invocations'] });
  const runtime = account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0];

  test('fits the schemas', () => {
    expect(templateSchemaErrors(account)).toEqual([]);
    expect(deployed.findings).toEqual([]);
  });

  test('the runtime accepts the gateway\'s issuer and audience, through this gateway only', () => {
    expect(runtime.property('AuthorizerConfiguration')).toEqual({
      CustomJWTAuthorizer: {
        DiscoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
        AllowedAudience: ['gateway'],
        AllowedWorkloadConfiguration: { HostingEnvironments: [{ Arn: deployed.arn }] },
      },
    });
  });

  test('the gateway hands the token on', () => {
    const [resource] = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget');
    expect(resource.property('CredentialProviderConfigurations')).toEqual([{ CredentialProviderType: 'JWT_PASSTHROUGH' }]);
    expect(target.operation('POST', '/invocations').qualifiedName).toBe(CALL);
  });

  test.each([['agents:call', 'allow'], ['agents:call:admin', 'deny'], ['mcp:call', 'deny']])('a caller with scope %s: %s', (scope, expected) => {
    expect(deployed.ask({ scope }, CALL)).toBe(expected);
  });

  test('the gateway\'s role may not invoke the runtime, nor mint', async () => {
    const role = account.valueOf(stack, gateway.role.roleArn) as string;
    const arn = runtime.attribute('AgentRuntimeArn', 'test') as string;
    const dir = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory/default';
    expect(await decide(account, { principal: role, action: 'bedrock-agentcore:InvokeAgentRuntime', resources: [arn, `${arn}/runtime-endpoint/DEFAULT`] })).toBe('ImplicitlyDenied');
    expect(await decide(account, { principal: role, action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [dir, `${dir}/workload-identity/${deployed.arn.split('/').pop()}`] })).toBe('ExplicitlyDenied');
  });

  test('the report names every pair of hands', () => {
    expect(AccessReport.of(app).toMarkdown()).toContain('any user of the issuer → caller with a token of https://acme.okta.com/oauth2/default, audience gateway → agent Front/Front → gateway Tools/Gateway → agent Tools/Planner → provider Tools/graph');
  });
});

describe('callers of the agent\'s own', () => {
  test.each<[string, TokenIssuer, boolean]>([
    ['a common audience', AGENTS, true],
    ['no common audience', TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'] }), false],
    ['another issuer', TokenIssuer.oidc({ issuer: 'https://accounts.google.com', audiences: ['gateway'] }), false],
    ['another issuer that begins alike', TokenIssuer.oidc({ issuer: `${ISSUER}2`, audiences: ['gateway'] }), false],
  ])('with %s', (_what, caller, fits) => {
    const stack = stackIn(new App());
    const call = () => httpGateway(stack).addAgent('Planner', plannerIn(stack, { callers: [caller] }), { access: ToolAccess.allScopes('agents:call') });
    if (fits) {
      expect(call).not.toThrow();
    } else {
      expect(refusalOf(call).codes).toEqual(['GatewayAgent/Callers']);
    }
  });
});

describe('what would fail in silence is refused', () => {
  const access = ToolAccess.allScopes('agents:call');
  test.each<[string, Partial<ToolGatewayProps>, (stack: Stack) => Agent, ToolAccess, string[]]>([
    ['a gateway that speaks MCP', { protocol: GatewayProtocol.MCP }, plannerIn, access, ['GatewayTarget/Protocol']],
    ['callers by IAM before a user', { inbound: GatewayInbound.iam() }, plannerIn, access, ['GatewayAgent/Inbound']],
    ['clients, where tokens have no client_id', { inbound: GatewayInbound.jwt({ issuer: ISSUER, clients: ['portal'] }) }, plannerIn, access, ['GatewayAgent/Clients']],
    ['clients of the agent, where tokens have no client_id', {}, (stack) => plannerIn(stack, { callers: [TokenIssuer.oidc({ issuer: 'https://login.microsoftonline.com/4f1c/v2.0', clients: ['portal'] })] }), access, ['GatewayAgent/Clients', 'GatewayAgent/Callers']],
    ['an agent on a role', {}, (stack) => new Agent(stack, 'Planner', { owner: OWNER, host: AgentHost.role(new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })) }), access, ['GatewayAgent/Host']],
    ['an agent with an identity of its own', {}, (stack) => plannerIn(stack, { identity: AgentIdentity.named('planner') }), access, ['GatewayAgent/Host']],
    ['a runtime in another stack', {}, (stack) => plannerIn(stackIn(stack.node.root as App, 'Elsewhere')), access, ['GatewayAgent/OtherStack']],
    ['nobody said to call it', {}, plannerIn, undefined as any, ['GatewayAgent/Access']],
    ['no agent', {}, () => 'planner' as any, access, ['GatewayAgent/Agent']],
    ['any client of the issuer', { inbound: GatewayInbound.jwtForAnyClient({ issuer: ISSUER, scopes: ['agents:call'], ...REASON }) }, plannerIn, access, ['GatewayAgent/Callers']],
  ])('%s', (_what, props, agent, said, codes) => {
    const stack = stackIn(new App());
    const gateway = httpGateway(stack, props);
    const behind = agent(stack);
    expect(refusalOf(() => gateway.addAgent('Planner', behind, { access: said })).codes).toEqual(codes);
  });

  function chain(
    capability: (gateway: ToolGateway, stack: Stack) => Capability,
    props: Partial<ConstructorParameters<typeof Agent>[2]> = {},
    more?: (front: Agent, stack: Stack) => void,
  ): string[] {
    const app = new App();
    const stack = stackIn(app, 'Tools');
    const gateway = httpGateway(stack);
    const planner = plannerIn(stack);
    planner.may(exchange(stack));
    gateway.addAgent('Planner', planner, { access });
    const front = frontIn(stack, capability(gateway, stack), props);
    more?.(front, stack);
    return lateCodes(app).map((each) => each.split(' at ')[0]);
  }
  const asMachine = (gateway: ToolGateway, stack: Stack) => Capability.callTools(gateway, { tools: [CALL], authority: ToolCallAuthority.machineClient(crm(stack), { scopes: [CustomScope.of('agents:call')] }), ...REASON });

  test('a chain that is right', () => expect(chain(handOn)).toEqual([]));
  test('a machine client before an agent that acts for users', () => expect(chain(asMachine)).toEqual(['Capability/NoUserInChain']));
  test('a caller whose tokens do not get into the gateway', () => expect(chain(handOn, { callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['api://agents'] })] })).toEqual(['Capability/CallersNotAccepted']));
  test('an agent that knows users by ids before a hop that needs their tokens', () => expect(chain(handOn, { returnUrls: ['https://agents.example.com/return'] }, (front, stack) => {
    front.may(Capability.actAsTrustedUserId(crm(stack, 'mail'), { scopes: [CustomScope.of('mail.read')], userIds: TrustedUserIds.withPrefix('acme+'), ...REASON }));
  })).toEqual(['Capability/UserTokenMissing']));
});
