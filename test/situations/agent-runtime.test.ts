import { App, aws_bedrockagentcore as agentcore, aws_ecr as ecr, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { statementsOf } from './statements-of';
import { DIRECTORY, EMPLOYEES, KEY_SECRET_ARN, REASON, RETURN_URLS, SECRET_ARN, VAULT, apiKeyArn, google, identityArn, oauth2Arn, role, stackIn, weather } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, AgentProps, AgentRuntimeRole, ApiKeyAuthority, Capability, GoogleScope, TokenIssuer, Users } from '../../src';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { policiesOf } from '../simulation/principal-policies';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* An agent on an AgentCore Runtime: AWS mints for the identity that it makes with the runtime, after its authorizer. */
const owner = AgentOwner.team('team', 'team@example.com');
const RUNTIME_ID = 'calendar_agent-a1B2c3D4e5';
const RUNTIME_ARN = `arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/${RUNTIME_ID}`;
const JWT = { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'] };
const calendarsOf = (users: Users) => ({ scopes: [GoogleScope.CALENDAR_READONLY], users, ...REASON });
const SALES = Users.inGroup('sales');

function l1Runtime(stack: Stack, props: Partial<agentcore.CfnRuntimeProps> = {}): { runtime: agentcore.CfnRuntime; execution: AgentRuntimeRole } {
  const execution = new AgentRuntimeRole(stack, 'Execution', {
    runtimeName: 'calendar_agent', repository: ecr.Repository.fromRepositoryName(stack, 'Images', 'agents/calendar'),
  });
  const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar_agent',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/agents/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: execution.roleArn,
    ...props,
  });
  return { runtime, execution };
}

function agentOn(stack: Stack, host: AgentHost, props: Partial<AgentProps> = {}): Agent {
  return new Agent(stack, 'Agent', { owner, host, callers: [EMPLOYEES], returnUrls: RETURN_URLS, ...props });
}

describe('a runtime made as L1, with the role of this library', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const { runtime, execution } = l1Runtime(stack);
  agentOn(stack, AgentHost.agentRuntime(runtime, { role: execution })).may(
    Capability.actAsUser(google(stack), calendarsOf(SALES)), Capability.useApiKey(weather(stack), { authority: ApiKeyAuthority.USER_SESSION, ...REASON }));
  const account = deploy(app);
  const id = account.valueOf(stack, stack.resolve(runtime.attrAgentRuntimeId)) as string;
  const roleArn = account.valueOf(stack, stack.resolve(execution.roleArn)) as string;

  test('the identity is the runtime\'s, and nothing mints', () => {
    const statements = statementsOf(account, roleArn) as { Sid: string }[];
    expect(statements.slice(-4)).toEqual([
      {
        Sid: 'GetOAuth2Token', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceOauth2Token', Resource: [DIRECTORY, identityArn(id), VAULT, oauth2Arn('google')],
      },
      {
        Sid: 'GetApiKey', Effect: 'Allow', Action: 'bedrock-agentcore:GetResourceApiKey', Resource: [DIRECTORY, identityArn(id), VAULT, apiKeyArn('weather')],
      },
      {
        Sid: 'ReadProviderSecret',
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        Resource: [SECRET_ARN, KEY_SECRET_ARN],
        Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
      },
      {
        Sid: 'DenyUndeclaredTokenActions',
        Effect: 'Deny',
        Resource: '*',
        Action: ['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth']
          .map((operation) => `bedrock-agentcore:${operation}`),
      },
    ]);
    expect(account.resourcesOfType('AWS::BedrockAgentCore::WorkloadIdentity')).toEqual([]);
  });

  test('callers and group are the runtime\'s authorizer', () => {
    expect(account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration')).toEqual({
      CustomJWTAuthorizer: {
        DiscoveryUrl: 'https://acme.okta.com/oauth2/default/.well-known/openid-configuration',
        AllowedAudience: ['api://agents'],
        CustomClaims: [{
          InboundTokenClaimName: 'groups',
          InboundTokenClaimValueType: 'STRING_ARRAY',
          AuthorizingClaimMatchValue: { ClaimMatchOperator: 'CONTAINS', ClaimMatchValue: { MatchValueString: 'sales' } },
        }],
      },
    });
  });

  test('the report names the authorizer as the layer, and what CloudFormation cannot do', () => {
    const report = AccessReport.of(app).toMarkdown();
    expect(report).toContain('users whose "groups" contains "sales": **inbound authorizer**');
    expect(report).toContain('UpdateWorkloadIdentity');
  });

  test('the manifest names no identity: in the runtime\'s own environment its id would refer to itself', () => {
    const [agent] = stack.node.findAll().filter((node): node is Agent => node instanceof Agent);
    expect(stack.resolve(agent.manifest)).toContain('"mintedByRuntime":true');
    expect(stack.resolve(agent.manifest)).not.toContain('workloadName');
  });

  test('the role may only be taken by runtimes of this name in this account', () => {
    expect(policiesOf(account).resourcePolicy(roleArn)?.document).toMatchObject({
      Statement: [{
        Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:runtime/calendar_agent-??????????' },
        },
      }],
    });
  });

  test('beside that, it holds what a runtime needs, of its own name', () => {
    const statements = statementsOf(account, roleArn) as { Sid: string; Resource: unknown; Condition?: unknown }[];
    const groups = 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/bedrock-agentcore/runtimes/calendar_agent-??????????-*';
    expect(statements.slice(0, -4).map(({ Sid, Resource, Condition }) => [Sid, Resource, ...(Condition === undefined ? [] : [Condition])])).toEqual([
      ['PullImage', 'arn:aws:ecr:eu-west-1:111111111111:repository/agents/calendar'],
      ['LogInToRegistry', '*'],
      ['MakeOwnLogGroup', groups],
      ['WriteOwnLogs', `${groups}:log-stream:*`],
      ['WriteTraces', '*'],
      ['WriteMetrics', '*', { StringEquals: { 'cloudwatch:namespace': 'bedrock-agentcore' } }],
    ]);
  });

  test('everything exists in the service reference and fits the schemas', async () => {
    expect(await serviceReferenceFindings(account)).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
  });
});

describe('a runtime made with the official L2 and its own role', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const runtime = new agentcore.Runtime(stack, 'Runtime', {
    runtimeName: 'calendar_agent',
    agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Images', 'agents/calendar'), '1'),
  });
  agentOn(stack, AgentHost.agentRuntime(runtime)).may(Capability.actAsUser(google(stack), calendarsOf(SALES)));
  const account = deploy(app);
  const id = account.valueOf(stack, stack.resolve((runtime.node.defaultChild as agentcore.CfnRuntime).attrAgentRuntimeId)) as string;
  const roleArn = account.valueOf(stack, stack.resolve(runtime.role.roleArn)) as string;

  test('the L2 does allow its role to mint for every identity', () => {
    const statement = (statementsOf(account, roleArn) as { Sid?: string; Resource?: unknown }[]).find(({ Sid }) => Sid === 'GetAgentAccessToken');
    expect(JSON.stringify(statement?.Resource)).toContain('workload-identity/*');
  });

  test.each([
    ['bedrock-agentcore:GetWorkloadAccessToken', {}],
    ['bedrock-agentcore:GetWorkloadAccessTokenForJWT', JWT],
    ['bedrock-agentcore:GetWorkloadAccessTokenForUserId', { 'bedrock-agentcore:userid': 'alice' }],
  ])('the standing Deny takes %s away again, for its own identity and any other', async (action, context) => {
    for (const identity of [id, 'payroll']) {
      expect(await decide(account, { principal: roleArn, action, resources: [DIRECTORY, identityArn(identity)], context })).toBe('ExplicitlyDenied');
    }
  });

  test('its own provider can be used, another cannot', async () => {
    const use = (provider: string) => decide(account, {
      principal: roleArn, action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identityArn(id), VAULT, oauth2Arn(provider)],
    });
    expect(await use('google')).toBe('Allowed');
    expect(await use('payroll')).toBe('ImplicitlyDenied');
  });

  test('the authorizer is set on the L2\'s resource', () => {
    expect(account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration')).toMatchObject({ CustomJWTAuthorizer: { AllowedAudience: ['api://agents'] } });
  });
});

describe('an imported runtime', () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const runtime = agentcore.Runtime.fromAgentRuntimeAttributes(stack, 'Runtime', {
    agentRuntimeArn: RUNTIME_ARN, agentRuntimeId: RUNTIME_ID, agentRuntimeName: 'calendar_agent', roleArn: 'arn:aws:iam::111111111111:role/execution', agentRuntimeVersion: '1',
  });
  agentOn(stack, AgentHost.agentRuntime(runtime)).may(Capability.actAsUser(google(stack), calendarsOf(SALES)));
  const account = deploy(app);

  test('its id is the identity\'s name, letter case included', async () => expect(await decide(account, {
    principal: 'execution', action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identityArn(RUNTIME_ID), VAULT, oauth2Arn('google')],
  })).toBe('Allowed'));

  test('the report says what the runtime\'s owner has to set up, and that it is not checked', () => {
    const report = AccessReport.of(app).toMarkdown();
    expect(report).toContain('NOT CHECKED HERE');
    expect(report).toMatch(/The owner of runtime Stack\/Runtime gives it this authorizer: .*"matchValueString":"sales"/);
  });
});

test('an agent with an identity of its own on a runtime mints under it', async () => {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  const { runtime, execution } = l1Runtime(stack);
  agentOn(stack, AgentHost.agentRuntime(runtime, { role: execution }), { identity: AgentIdentity.named('own') })
    .may(Capability.actAsUser(google(stack), calendarsOf(Users.anyOfTheIssuer(REASON))));
  const account = deploy(app);
  const roleArn = account.valueOf(stack, stack.resolve(execution.roleArn)) as string;
  const mint = (identity: string) => decide(account, {
    principal: roleArn, action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', resources: [DIRECTORY, identityArn(identity)], context: JWT,
  });
  expect(await mint('own')).toBe('Allowed');
  expect(await mint(account.valueOf(stack, stack.resolve(runtime.attrAgentRuntimeId)) as string)).toBe('ExplicitlyDenied');
});

describe('what cannot be', () => {
  const declared = (declare: (agent: Agent, stack: Stack) => void, props: Partial<AgentProps> = {}, runtimeProps: Partial<agentcore.CfnRuntimeProps> = {}) => () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const { runtime, execution } = l1Runtime(stack, runtimeProps);
    declare(agentOn(stack, AgentHost.agentRuntime(runtime, { role: execution }), props), stack);
    app.synth();
  };

  test('two capabilities for different groups: one authorizer cannot hold both', () => {
    expect(declared((agent, stack) => agent.may(
      Capability.actAsUser(google(stack), calendarsOf(SALES)), Capability.actAsUser(google(stack, 'google-2'), calendarsOf(Users.inGroup('finance'))),
    ))).toThrow('[Capability/UsersNotSeparable] at Stack/Agent');
  });
  test('a group beside everybody', () => {
    expect(declared((agent, stack) => agent.may(
      Capability.actAsUser(google(stack), calendarsOf(SALES)), Capability.actAsUser(google(stack, 'google-2'), calendarsOf(Users.anyOfTheIssuer(REASON))),
    ))).toThrow('[Capability/UsersNotSeparable] at Stack/Agent');
  });
  test('several issuers', () => {
    expect(declared((agent, stack) => agent.may(Capability.actAsUser(google(stack), calendarsOf(SALES))), {
      callers: [EMPLOYEES, TokenIssuer.oidc({ issuer: 'https://partners.example.com', audiences: ['agents'] })],
    })).toThrow('[Agent/RuntimeCallers] at Stack/Agent');
  });
  test('no callers at all', () => {
    expect(declared((agent, stack) => agent.may(Capability.useApiKey(weather(stack), REASON)), { callers: [] })).toThrow('[Agent/CallersMissing] at Stack/Agent');
  });
  test('another authorizer on the runtime is not overwritten', () => {
    expect(declared((agent, stack) => agent.may(Capability.actAsUser(google(stack), calendarsOf(SALES))), {}, {
      authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: 'https://other.example.com/.well-known/openid-configuration', allowedAudience: ['x'] } },
    })).toThrow('[Agent/RuntimeAuthorizer] at Stack/Agent');
  });
  test('an L1 without its role', () => {
    const stack = stackIn(new App(), 'Stack');
    expect(() => AgentHost.agentRuntime(l1Runtime(stack).runtime)).toThrow('[AgentHost/NoRole] at Stack/Runtime');
  });
  test('a runtime name that AWS does not allow', () => {
    expect(() => new AgentRuntimeRole(stackIn(new App(), 'Stack'), 'Role', { runtimeName: 'calendar-agent*' })).toThrow('[AgentRuntimeRole/RuntimeName] at Stack/Role');
  });
  test('an execution role that is shared with another agent', () => {
    const app = new App();
    const stack = stackIn(app, 'Stack');
    const shared: iam.IRole = role(stack, 'shared');
    const { runtime } = l1Runtime(stack);
    agentOn(stack, AgentHost.agentRuntime(runtime, { role: shared }));
    new Agent(stack, 'Other', { owner, host: AgentHost.role(shared) });
    expect(() => app.synth()).toThrow('[Agent/RoleShared]');
  });
});
