import { App, aws_ec2 as ec2, aws_kms as kms, aws_lambda as lambda, aws_s3 as s3, aws_wafv2 as wafv2, Stack } from 'aws-cdk-lib';
import { ENV, gatewayProps, ISSUER, OWNER, REASON, stackIn, TARGETS, TOOLS, WAYS } from './every-target';
import { AccessReport, GatewayInbound, GatewayProtocol, GatewayTarget, InboundClaim, PrivateEndpoint, TargetCredentials, ToolAccess, ToolGateway, ToolSchema } from '../../src';
import { resolveGateway } from '../../src/gateway/gateway-resolution';
import { DeployedGateway } from '../cedar/deployed-gateway';
import { deploy } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/*
 * Two gateways with every kind of target and every property, against CloudFormation's schemas, AWS's service reference and Cedar.
 */
const EVERYBODY = { reason: 'One rule for the whole app of this test' };

function everything(): { app: App; mcp: ToolGateway; http: ToolGateway } {
  const app = new App();
  const stack = stackIn(app);
  const key = new kms.Key(stack, 'Key');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-0123456789abcdef0'] });
  const inside = PrivateEndpoint.managedVpc({ vpc, subnets: vpc.privateSubnets, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')] });
  const webAcl = new wafv2.CfnWebACL(stack, 'Acl', { defaultAction: { allow: {} }, scope: 'REGIONAL', visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'acl', sampledRequestsEnabled: true } });
  const mcp = new ToolGateway(stack, 'Mcp', {
    owner: OWNER,
    inbound: GatewayInbound.jwt({
      issuer: ISSUER,
      audiences: ['gateway'],
      clients: ['portal'],
      scopes: ['gateway:invoke'],
      privateEndpoint: inside,
      claims: [InboundClaim.hasValue('tenant', 'acme'), InboundClaim.contains('groups', 'staff'), InboundClaim.containsAny('roles', ['a', 'b'])],
    }),
    description: 'Every kind of tool',
    mcpVersions: ['2025-06-18', '2025-11-25'],
    semanticSearch: true,
    encryptionKey: key,
    errorDetailsForCallers: EVERYBODY,
    webAcl,
  });
  const calls: [string, string, string][] = [
    ['Calendar', 'lambdaFunction', 'gatewayRole'], ['Api', 'openApi', 'apiKey'], ['Models', 'smithy', 'gatewayRoleWithPermissions'], ['Server', 'mcpServer', 'authorizationCode'], ['Pets', 'apiGateway', 'gatewayRole'],
  ];
  for (const [name, target, way] of calls) {
    mcp.addTarget(name, TARGETS[target](stack, target === 'mcpServer' ? { tools: TOOLS } : {}), { credentials: WAYS[way](stack) })
      .everyTool(EVERYBODY).requires(ToolAccess.allScopes('mcp:call'));
  }
  const fn = new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = 1') });
  mcp.addTarget('Listed', GatewayTarget.lambdaFunction(fn, ToolSchema.fromS3(s3.Bucket.fromBucketName(stack, 'Schemas', 'schemas'), 'tools/calendar.json')), {
    credentials: TargetCredentials.gatewayRole(), description: 'Tools in S3', forwards: { requestHeaders: ['X-Tenant'], responseHeaders: ['X-Trace'], queryParameters: ['page'] },
  }).tool('ping').requires(ToolAccess.anyScope('ping', 'mcp:call'));
  mcp.addTarget('Inside', GatewayTarget.mcpServer('https://inside.example.com/mcp', { resourcePriority: 5 }), { credentials: TargetCredentials.none(REASON), privateEndpoint: inside })
    .tool('ping').requires(ToolAccess.nobody());

  const http = new ToolGateway(stack, 'Http', gatewayProps({ gatewayName: 'Http-Tools', inbound: GatewayInbound.iam(), protocol: GatewayProtocol.HTTP }));
  http.addTarget('Planner', TARGETS.agentRuntime(stack), { credentials: WAYS.gatewayRole(stack) }).operation('POST', '/invocations').requires(ToolAccess.everyCaller(REASON));
  http.addTarget('Models', TARGETS.httpPassthrough(stack), { credentials: WAYS.gatewayRoleWithService(stack) })
    .everyTool(EVERYBODY).requires(ToolAccess.everyCaller(REASON));
  return { app, mcp, http };
}

describe('an app with every kind of target', () => {
  const { app, mcp, http } = everything();
  const account = deploy(app);

  test('fits CloudFormation\'s schemas', () => expect(templateSchemaErrors(account)).toEqual([]));

  test('uses what IAM knows only', async () => {
    const services = ['bedrock-agentcore', 'secretsmanager', 'kms', 'sts', 'lambda', 's3', 'execute-api'];
    // The judge takes the last part of an ARN to have no slash; keys of objects and paths of operations have.
    const slash = /no action of it works on arn:aws:(s3:::schemas\/tools\/calendar\.json|execute-api:eu-west-1:111111111111:a1b2c3d4e5\/prod\/GET\/pets\/\*)$/;
    expect((await serviceReferenceFindings(account, services)).filter((finding) => !slash.test(finding))).toEqual([]);
  });

  test('has rules that Cedar accepts', () => {
    expect(new DeployedGateway(account, { Api: ['x'], Models: ['x'], Listed: ['ping'], Inside: ['ping'], Pets: ['list_pets'] }, mcp.gatewayName).findings).toEqual([]);
    expect(new DeployedGateway(account, { Planner: ['POST:/invocations'], Models: ['POST:/v1/chat'] }, 'Http-Tools').findings).toEqual([]);
  });

  test('enforces its rules, shows details only by the longer word, and fails closed', () => {
    const [first, second] = account.resourcesOfType('AWS::BedrockAgentCore::Gateway');
    expect([first.property('PolicyEngineConfiguration').Mode, second.property('PolicyEngineConfiguration').Mode]).toEqual(['ENFORCE', 'ENFORCE']);
    expect([first.property('ExceptionLevel'), second.property('ExceptionLevel')]).toEqual(['DEBUG', undefined]);
    expect([first.property('WafConfiguration'), second.property('WafConfiguration')]).toEqual([{ FailureMode: 'FAIL_CLOSE' }, undefined]);
    expect([first.property('ProtocolType'), second.property('ProtocolType')]).toEqual(['MCP', undefined]);
    expect(account.resourcesOfType('AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
  });

  test('lets in only whom it says', () => {
    const [first, second] = account.resourcesOfType('AWS::BedrockAgentCore::Gateway');
    const { PrivateEndpoint: inside, ...authorizer } = first.property('AuthorizerConfiguration').CustomJWTAuthorizer;
    expect(authorizer).toEqual({
      DiscoveryUrl: `${ISSUER}/.well-known/openid-configuration`,
      AllowedAudience: ['gateway'],
      AllowedClients: ['portal'],
      AllowedScopes: ['gateway:invoke'],
      CustomClaims: [
        { InboundTokenClaimName: 'tenant', InboundTokenClaimValueType: 'STRING', AuthorizingClaimMatchValue: { ClaimMatchOperator: 'EQUALS', ClaimMatchValue: { MatchValueString: 'acme' } } },
        { InboundTokenClaimName: 'groups', InboundTokenClaimValueType: 'STRING_ARRAY', AuthorizingClaimMatchValue: { ClaimMatchOperator: 'CONTAINS', ClaimMatchValue: { MatchValueString: 'staff' } } },
        { InboundTokenClaimName: 'roles', InboundTokenClaimValueType: 'STRING_ARRAY', AuthorizingClaimMatchValue: { ClaimMatchOperator: 'CONTAINS_ANY', ClaimMatchValue: { MatchValueStringList: ['a', 'b'] } } },
      ],
    });
    expect(inside.ManagedVpcResource.VpcIdentifier).toBe('vpc-0123456789abcdef0');
    expect([second.property('AuthorizerType'), second.property('AuthorizerConfiguration')]).toEqual(['AWS_IAM', undefined]);
  });

  test('a derived name is in lower case, whatever the construct is called', () => expect(mcp.gatewayName).toMatch(/^stack-mcp-[0-9a-f]{8}$/));

  test('has an entry in the access model, the same whenever it is asked for', () => {
    const { access } = resolveGateway(http);
    expect(JSON.parse(JSON.stringify(access))).toEqual(JSON.parse(JSON.stringify(resolveGateway(http).access)));
    expect(access).toMatchObject({
      path: 'Stack/Http',
      environment: ENV,
      name: 'Http-Tools',
      owner: { name: 'team', contact: 'team@example.com' },
      protocol: 'HTTP',
      inbound: { kind: 'AWS_IAM', issuers: [], audiences: [], clients: [], scopes: [], claims: [] },
      enforcement: { mode: 'ENFORCE' },
      targets: [
        { name: 'Models', kind: 'HTTP passthrough', asWhom: 'the gateway\'s role', tools: [{ tool: '*', effect: 'permit', who: 'EVERY CALLER', reason: REASON.reason, allToolsReason: EVERYBODY.reason }] },
        { name: 'Planner', kind: 'AgentCore Runtime', tools: [{ tool: 'POST:/invocations', effect: 'permit', who: 'EVERY CALLER', reason: REASON.reason }] },
      ],
      remainingWildcards: [{ resource: 'gateway/http-tools-??????????', reason: 'The role is made before the gateway, whose id ends in ten characters that only AWS knows.' }],
      leftToOthers: ['Callers need bedrock-agentcore:InvokeGateway on the gateway.'],
    });
    expect(resolveGateway(mcp).access.leftToOthers[0]).toContain('https://agents.example.com/return');
    expect(JSON.stringify(resolveGateway(mcp).access)).not.toContain('Token[');
  });
});

test('targets of other stacks are named without exports', () => {
  const app = new App();
  const owner = new Stack(app, 'Functions', { env: ENV });
  const fn = new lambda.Function(owner, 'Fn', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = 1') });
  const gateway = new ToolGateway(stackIn(app), 'Gateway', gatewayProps());
  gateway.addTarget('Calendar', GatewayTarget.lambdaFunction(fn, TOOLS), { credentials: TargetCredentials.gatewayRole() }).everyTool(EVERYBODY).requires(ToolAccess.allScopes('mcp:call'));
  const account = deploy(app);
  const arn = account.valueOf(owner, fn.functionArn);
  expect(account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget')[0].property('TargetConfiguration').Mcp.Lambda.LambdaArn).toBe(arn);
  expect(JSON.stringify(account.stacks.map(({ template }) => template))).not.toContain('"Export"');
});

test('the access report tells who may call which tool, as whom, and with whose credentials', () => {
  const report = AccessReport.of(everything().app).toMarkdown();
  expect(report).toMatch(/^## Gateway /m);
  expect(report).toContain('| Target | Kind | What it calls | Called as | Credentials | Scopes | Tool | Rule |');
  expect(report).toMatch(/permit .*: \*\*Cedar\*\*/);
  expect(report).toMatch(/<details><summary>IAM of the gateway: \d+ statements<\/summary>/);
  expect(report).not.toMatch(/undefined|\[object|Token\[/);
});
