import { App, aws_bedrockagentcore as agentcore, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { DIRECTORY, EMPLOYEES, google, identityArn, REASON, RETURN_URLS, stackIn } from './story';
import { AccessReport, Agent, AgentHost, AgentIdentity, AgentOwner, Capability, GoogleScope, Users } from '../../src';
import { lateCodes } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { templateSchemaErrors } from '../simulation/template-schema';

/* For which users an agent may act, on which host: who holds the limit, and where nobody would. */
const HOSTS: Record<string, (stack: Stack) => AgentHost> = {
  'a Lambda function': (stack) => AgentHost.lambdaFunction(new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
  })),
  'an ECS task': (stack) => AgentHost.ecsTask(new ecs.FargateTaskDefinition(stack, 'Task')),
  'an EC2 instance': (stack) => AgentHost.ec2Instance(new ec2.Instance(stack, 'Instance', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] }),
    instanceType: new ec2.InstanceType('t3.nano'),
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
  })),
  'a role': (stack) => AgentHost.role(execution(stack)),
};

const RUNTIMES: Record<string, (stack: Stack) => AgentHost> = {
  'a runtime made as L1': (stack) => AgentHost.agentRuntime(new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: 'arn:aws:iam::111111111111:role/execution',
  }), { role: execution(stack) }),
  'a runtime made as L2': (stack) => AgentHost.agentRuntime(new agentcore.Runtime(stack, 'Runtime', {
    runtimeName: 'calendar', agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromImageUri('111111111111.dkr.ecr.eu-west-1.amazonaws.com/calendar:1'),
  })),
};

function execution(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Execution', { roleName: 'execution', assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com') });
}

const CLAIM = (name: string, type: string, operator: string, value: object) => [{
  InboundTokenClaimName: name, InboundTokenClaimValueType: type, AuthorizingClaimMatchValue: { ClaimMatchOperator: operator, ClaimMatchValue: value },
}];

/** Users; whom the report names; the custom claims of a runtime's authorizer; the code on a host without one. */
const USERS: [string, Users, string, unknown, string | undefined][] = [
  ['any user of the issuer', Users.anyOfTheIssuer(REASON), 'any user of the issuer', undefined, undefined],
  ['one subject', Users.withSubjects(['00u1']), 'the users 00u1', CLAIM('sub', 'STRING', 'EQUALS', { MatchValueString: '00u1' }), undefined],
  ['a group', Users.inGroup('sales'), 'users whose "groups" contains "sales"',
    CLAIM('groups', 'STRING_ARRAY', 'CONTAINS', { MatchValueString: 'sales' }), 'Capability/GroupNotEnforced'],
  ['a group in a claim of its own', Users.inGroup('sales', { claim: 'cognito:groups' }), 'users whose "cognito:groups" contains "sales"',
    CLAIM('cognito:groups', 'STRING_ARRAY', 'CONTAINS', { MatchValueString: 'sales' }), 'Capability/GroupNotEnforced'],
  ['a claim that is', Users.withClaim('department', 'sales'), 'users whose "department" is "sales"',
    CLAIM('department', 'STRING', 'EQUALS', { MatchValueString: 'sales' }), 'Capability/ClaimNotEnforced'],
  ['a claim that contains', Users.withClaimContaining('roles', 'planner'), 'users whose "roles" contains "planner"',
    CLAIM('roles', 'STRING_ARRAY', 'CONTAINS', { MatchValueString: 'planner' }), 'Capability/ClaimNotEnforced'],
  ['a claim that contains one of several', Users.withClaimContainingAny('groups', ['sales', 'finance']), 'users whose "groups" contains one of "sales", "finance"',
    CLAIM('groups', 'STRING_ARRAY', 'CONTAINS_ANY', { MatchValueStringList: ['sales', 'finance'] }), 'Capability/ClaimNotEnforced'],
];

function appWith(host: (stack: Stack) => AgentHost, users: Users, more: { enforcedByApplication?: string; ownIdentity?: boolean } = {}): App {
  const app = new App();
  const stack = stackIn(app, 'Stack');
  new Agent(stack, 'Agent', {
    owner: AgentOwner.team('team', 'team@example.com'),
    host: host(stack),
    callers: [EMPLOYEES],
    returnUrls: RETURN_URLS,
    identity: more.ownIdentity === true ? AgentIdentity.named('calendar') : undefined,
  }).may(Capability.actAsUser(google(stack), { scopes: [GoogleScope.CALENDAR_READONLY], users, enforcedByApplication: more.enforcedByApplication, ...REASON }));
  return app;
}

function limitsIn(app: App): { limit: string; enforcedBy: string; how: string }[] {
  return JSON.parse(AccessReport.of(app).toJson()).agents[0].capabilities[0].limits;
}

/** The official L2 lets its role mint for anybody, which is another problem. The role beside an L1 has no such right. */
const WITH_AN_IDENTITY_OF_ITS_OWN: Record<string, string[]> = {
  'a runtime made as L1': ['Capability/ClaimNotEnforced at Stack/Agent'],
  'a runtime made as L2': ['AgentHost/RuntimeMintsForAnybody at Stack/Agent', 'Capability/ClaimNotEnforced at Stack/Agent'],
};

describe.each(Object.entries(RUNTIMES))('%s', (title, host) => {
  test.each(USERS)('holds with its authorizer: %s', (_situation, users, limit, claims) => {
    const account = deploy(appWith(host, users));
    const { CustomJWTAuthorizer: authorizer } = account.resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration') as any;
    expect(authorizer.CustomClaims).toEqual(claims);
    expect(authorizer.AllowedAudience).toEqual(['api://agents']);
    expect(limitsIn(account.app as App)[1]).toMatchObject({ limit: expect.stringContaining(limit), enforcedBy: 'inbound authorizer' });
    expect(templateSchemaErrors(account)).toEqual([]);
  });

  test.each<[string, Users, string]>([
    ['several subjects: there is no operator for one of several single values', Users.withSubjects(['00u1', '00u2']), 'Capability/UsersNotSeparable'],
    ['a group with blanks', Users.inGroup('Account managers'), 'Capability/UsersNotHeld'],
    ['a claim whose name has a bracket', Users.withClaim('roles[0]', 'sales'), 'Capability/UsersNotHeld'],
    ['a subject with a bar', Users.withSubjects(['auth0|5f7c']), 'Capability/UsersNotHeld'],
  ])('cannot hold %s', (_situation, users, code) => {
    expect(lateCodes(appWith(host, users))).toEqual([`${code} at Stack/Agent`]);
    const enforced = appWith(host, users, { enforcedByApplication: 'The handler compares the claim with a list' });
    expect((deploy(enforced).resourcesOfType('AWS::BedrockAgentCore::Runtime')[0].property('AuthorizerConfiguration') as any).CustomJWTAuthorizer.CustomClaims).toBeUndefined();
    expect(limitsIn(enforced)[1]).toMatchObject({ enforcedBy: 'application', how: 'The handler compares the claim with a list' });
  });

  test('on which the agent has an identity of its own: as on any host, IAM knows no claims', () => {
    expect(lateCodes(appWith(host, Users.withClaim('department', 'sales'), { ownIdentity: true })).sort()).toEqual(WITH_AN_IDENTITY_OF_ITS_OWN[title]);
  });
});

describe.each(Object.entries(HOSTS))('%s', (_host, host) => {
  test.each(USERS)('%s', (_situation, users, limit, _claims, code) => {
    const app = appWith(host, users);
    expect(limitsIn(app)[1]).toMatchObject({ limit: expect.stringContaining(limit), enforcedBy: code === undefined ? 'IAM' : 'application' });
    expect(lateCodes(app)).toEqual(code === undefined ? [] : [`${code} at Stack/Agent`]);
    expect(lateCodes(appWith(host, users, { enforcedByApplication: 'The handler compares the claim with a list' }))).toEqual([]);
  });
});

describe('what IAM holds of it', () => {
  const account = deploy(appWith(HOSTS['a role'], Users.withSubjects(['00u1', '00u2']), { ownIdentity: true }));
  const claims = (more: object) => ({
    'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'], ...more,
  });
  test.each<[string, object, string]>([
    ['the one user', claims({ 'bedrock-agentcore:InboundJwtClaim/sub': '00u1' }), 'Allowed'],
    ['the other', claims({ 'bedrock-agentcore:InboundJwtClaim/sub': '00u2' }), 'Allowed'],
    ['a third', claims({ 'bedrock-agentcore:InboundJwtClaim/sub': '00u3' }), 'ImplicitlyDenied'],
    ['one whose subject begins alike', claims({ 'bedrock-agentcore:InboundJwtClaim/sub': '00u11' }), 'ImplicitlyDenied'],
    ['one without a subject', claims({}), 'ImplicitlyDenied'],
    ['the same subject of another issuer', claims({ 'bedrock-agentcore:InboundJwtClaim/sub': '00u1', 'bedrock-agentcore:InboundJwtClaim/iss': 'https://evil.example.com' }), 'ImplicitlyDenied'],
  ])('%s', async (_situation, context, expected) => expect(await decide(account, {
    principal: 'execution', action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', resources: [DIRECTORY, identityArn('calendar')], context: context as any,
  })).toBe(expected));
});
