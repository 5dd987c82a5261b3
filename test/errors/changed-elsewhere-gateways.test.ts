import {
  aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_secretsmanager as secretsmanager, aws_wafv2 as wafv2, CfnCondition, CfnResource, Duration, Fn, Stack, Tags,
} from 'aws-cdk-lib';
import { assign, Change, changeLate, codesAfter, override, removed } from './changed-story';
import { lateMessages } from './refusal';
import { appOf, google, owner, REASON, role, salesStack } from './story';
import {
  ConsentPortal, CustomScope, GatewayCaller, GatewayInbound, GatewayTarget, MachineClients, OAuthGrantType, PrivateCaCertificate, PrivateEndpoint, RateDimension,
  TargetCredentials, TokenVaultEncryption, Tool, ToolAccess, ToolGateway, ToolSchema,
} from '../../src';

/* What stands behind a gateway, and what else this library makes, is what the report says. */
const because = { reason: REASON };
const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const ANYBODY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }] };
const EVERYBODY = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
const conditional: Change = (l1) => (l1.cfnOptions.condition = new CfnCondition(l1.stack, 'Never', { expression: Fn.conditionEquals('a', 'b') }));
const tagged: Change = (l1) => Tags.of(l1).add('stage', 'test');
const described = override('Description', 'Of the sales team');

describe('a gateway', () => {
  const story = () => {
    const stack = salesStack();
    const gateway = new ToolGateway(stack, 'Tools', {
      owner: owner(),
      gatewayName: 'tools',
      inbound: GatewayInbound.iam(),
      webAcl: new wafv2.CfnWebACL(stack, 'Acl', { scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'tools', sampledRequestsEnabled: false } }),
    });
    gateway.addRateLimit('base', { dimensions: [RateDimension.TARGET], rules: [{ requestsPerSecond: 10 }] });
    const fn = new lambda.Function(stack, 'Fn', { code: lambda.Code.fromInline('x'), handler: 'index.h', runtime: lambda.Runtime.NODEJS_22_X });
    const crm = gateway.addTarget('crm', GatewayTarget.lambdaFunction(fn, ToolSchema.inline(Tool.named('list', { description: 'Lists' }))), { credentials: TargetCredentials.gatewayRole() });
    const caller = role(stack, 'Caller');
    crm.tool('list').requires(ToolAccess.iamRole(caller));
    gateway.restrictCallers({ callers: [GatewayCaller.role(caller)] });
    return stack;
  };
  /** The one Cedar policy has its hash in its name. */
  const cedar = (() => {
    const stack = story();
    appOf(stack).synth();
    return stack.node.findAll().find((node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::BedrockAgentCore::Policy')!.node.path;
  })();
  const RESOURCE = 'Sales/Tools/Resource';
  const TARGET = 'Sales/Tools/crm/Resource';
  const ROLE = 'Sales/Tools/Role/Resource';
  const ACCESS = 'Sales/Tools/Access/Resource';
  const LIMIT = 'Sales/Tools/RateLimit-base';
  const CALLERS = 'Sales/Tools/CallerPolicy';
  const ACL = 'Sales/Tools/WebAcl';
  const ENGINE = 'Sales/Tools/PolicyEngine';

  test.each<[string, string, Change]>([
    ['a rule that permits everybody', cedar, override('Definition', { Cedar: { Statement: 'permit(principal, action, resource);' } })],
    ['a rule that permits everybody, within the rule', cedar, override('Definition.Cedar.Statement', 'permit(principal, action, resource);')],
    ['a rule that permits everybody, by assignment', cedar, assign('definition', { cedar: { statement: 'permit(principal, action, resource);' } })],
    ['a rule that only logs', cedar, override('EnforcementMode', 'LOG_ONLY')],
    ['a rule of another engine', cedar, override('PolicyEngineId', 'other-a1b2c3d4e5')],
    ['a rule less', cedar, removed],
    ['a rule in some deployments', cedar, conditional],
    ['no engine', ENGINE, removed],
    ['an engine in some deployments', ENGINE, conditional],
    ['another server behind a target', TARGET, override('TargetConfiguration', { Mcp: { McpServer: { Endpoint: 'https://evil.example.com/mcp' } } })],
    ['one more tool of a target', TARGET, (l1) => l1.addPropertyOverride('TargetConfiguration.Mcp.Lambda.ToolSchema.InlinePayload', [{ Name: 'list', Description: 'Lists' }, { Name: 'drop', Description: 'Drops' }])],
    ['a target called with the caller\'s token', TARGET, override('CredentialProviderConfigurations', [{ CredentialProviderType: 'JWT_PASSTHROUGH' }])],
    ['a target called with nothing', TARGET, (l1) => l1.addPropertyDeletionOverride('CredentialProviderConfigurations')],
    ['headers handed on', TARGET, override('MetadataConfiguration', { AllowedRequestHeaders: ['Authorization'] })],
    ['a target reached in another way', TARGET, override('PrivateEndpoint', { SelfManagedLatticeResource: { ResourceConfigurationIdentifier: 'rcfg-0123456789abcdef0' } })],
    ['a target of another name', TARGET, override('Name', 'payroll')],
    ['a target of another gateway', TARGET, override('GatewayIdentifier', 'other-a1b2c3d4e5')],
    ['another server behind a target, by assignment', TARGET, assign('targetConfiguration', { mcp: { mcpServer: { endpoint: 'https://evil.example.com/mcp' } } })],
    ['no rate limit', LIMIT, override('Entries', [])],
    ['a rate limit that was taken out', LIMIT, removed],
    ['a rate limit of something else', LIMIT, override('DimensionKeys', ['other'])],
    ['a resource policy for everybody', CALLERS, override('Policy', EVERYBODY)],
    ['a resource policy on something else', CALLERS, override('ResourceArn', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/other-a1b2c3d4e5')],
    ['no resource policy', CALLERS, removed],
    ['a web ACL that fails open', RESOURCE, override('WafConfiguration', { FailureMode: 'FAIL_OPEN' })],
    ['another web ACL', ACL, override('WebACLArn', 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/open/12345678-1234-1234-1234-123456789012')],
    ['no web ACL', ACL, removed],
    ['details of errors for callers', RESOURCE, override('ExceptionLevel', 'DEBUG')],
    ['a gateway in some deployments', RESOURCE, conditional],
    ['a role for anybody', ROLE, override('AssumeRolePolicyDocument', ANYBODY)],
    ['a role that more trust', ROLE, (l1) => (l1.node.scope as iam.Role).assumeRolePolicy!.addStatements(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('lambda.amazonaws.com')] }))],
    ['a role that may ask other engines', ROLE, override('Policies', [{ PolicyName: 'Gateway', PolicyDocument: ANYTHING }])],
    ['a role that may do anything at its targets', ACCESS, override('PolicyDocument', ANYTHING)],
    ['rights of the role on another one', ACCESS, override('Roles', ['payroll'])],
    ['no rights of the role, and no Deny', ACCESS, removed],
  ])('%s is refused', (_situation, path, change) => {
    const stack = story();
    changeLate(stack, path, change);
    const [message, ...others] = lateMessages(appOf(stack));
    expect(others).toEqual([]);
    expect(message).toContain(path);
    expect(message).toContain('. Write it on the ToolGateway: ');
    expect(message).toMatch(/\[ToolGateway\/ChangedElsewhere\] at Sales\/Tools$/);
  });

  test.each<[string, string, Change]>([
    ['a description of the gateway', RESOURCE, described],
    ['a description of a target', TARGET, described],
    ['a description of a rate limit', LIMIT, described],
    ['a description of a rule', cedar, described],
    ['a rule as it is', cedar, override('EnforcementMode', 'ACTIVE')],
    ['metadata of a rule', cedar, (l1) => l1.addMetadata('team', 'sales')],
    ['tags of the gateway', RESOURCE, tagged],
    ['a permissions boundary of the role', ROLE, (l1) => iam.PermissionsBoundary.of(l1).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'))],
    ['more that the role may do', ROLE, (l1) => (l1.node.scope as iam.Role).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AWSXrayWriteOnlyAccess'))],
    ['a logical id of the role', ROLE, (l1) => l1.overrideLogicalId('ToolsRole')],
    ['whether a target is kept', TARGET, (l1) => l1.addOverride('DeletionPolicy', 'Retain')],
  ])('%s is accepted', (_situation, path, change) => {
    expect(codesAfter(story(), path, change)).toEqual([]);
  });
});

describe('a target with certificates of a private authority, which L1s need an override for', () => {
  const story = () => {
    const stack = salesStack();
    const gateway = new ToolGateway(stack, 'Tools', { owner: owner(), gatewayName: 'tools', inbound: GatewayInbound.iam() });
    const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Ca', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:internal-ca-AbCdEf');
    gateway.addTarget('crm', GatewayTarget.mcpServer('https://crm.example.com/mcp'), {
      credentials: TargetCredentials.none(because), privateEndpoint: PrivateEndpoint.latticeResource('rcfg-0123456789abcdef0'), privateCaCertificates: [PrivateCaCertificate.fromSecret(secret)],
    }).everyTool(because).requires(ToolAccess.everyCaller(because));
    return stack;
  };

  test.each<[string, Change, string[]]>([
    ['as it was declared', () => undefined, []],
    ['with another description', described, []],
    ['with other certificates', override('CertificateConfigurations', [{ CertificateLocation: { SecretsManager: { SecretArn: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:evil-AbCdEf' } } }]),
      ['ToolGateway/ChangedElsewhere at Sales/Tools']],
    ['without certificates', (l1) => l1.addPropertyDeletionOverride('CertificateConfigurations'), ['ToolGateway/ChangedElsewhere at Sales/Tools']],
  ])('%s', (_situation, change, expected) => {
    expect(codesAfter(story(), 'Sales/Tools/crm/Resource', change)).toEqual(expected);
  });
});

describe('a consent portal', () => {
  const story = () => {
    const stack = salesStack();
    const gateway = new ToolGateway(stack, 'Tools', { owner: owner(), gatewayName: 'tools', mcpVersions: ['2025-11-25'], inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['tools'] }) });
    const portal = new ConsentPortal(stack, 'Portal', { owner: owner(), gateway, signIn: google(stack, 'Login'), scopes: [], portalName: 'consents' });
    gateway.addTarget('crm', GatewayTarget.mcpServer('https://crm.example.com/mcp', { tools: ToolSchema.inline(Tool.named('list', { description: 'Lists' })) }), {
      credentials: TargetCredentials.oauth2(google(stack), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl: portal.connectUrl }),
    }).everyTool(because).requires(ToolAccess.everyCaller(because));
    return stack;
  };
  const REFUSED = ['ConsentPortal/ChangedElsewhere at Sales/Portal'];

  test.each<[string, string, Change, string[]]>([
    ['of another gateway', 'Resource', override('Sources', [{ Type: 'agentcore-gateway', Identifier: 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:gateway/other-a1b2c3d4e5' }]), REFUSED],
    ['where users sign in elsewhere', 'Resource', override('IdpConfig.CredentialProviderArn', 'arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/oauth2credentialprovider/other'), REFUSED],
    ['with more scopes', 'Resource', override('IdpConfig.Scopes', ['openid', 'admin']), REFUSED],
    ['with another role', 'Resource', override('ExecutionRoleArn', 'arn:aws:iam::111111111111:role/Admin'), REFUSED],
    ['with another name', 'Resource', override('Name', 'other'), REFUSED],
    ['taken out', 'Resource', removed, REFUSED],
    ['whose role anybody takes', 'Role/Resource', override('AssumeRolePolicyDocument', ANYBODY), REFUSED],
    ['whose role may do anything', 'Access/Resource', override('PolicyDocument', ANYTHING), REFUSED],
    ['with another description', 'Resource', described, []],
    ['with more tags', 'Resource', override('Tags', [{ Key: 'stage', Value: 'test' }]), []],
  ])('%s', (_situation, path, change, expected) => {
    expect(codesAfter(story(), `Sales/Portal/${path}`, change)).toEqual(expected);
  });
});

describe('machine clients', () => {
  const story = () => {
    const stack = salesStack();
    const machines = new MachineClients(stack, 'Machines', { owner: owner(), domainPrefix: 'acme-agents' });
    machines.addClient('Reader', { owner: owner(), scopes: [machines.addScope('read', 'Reads')], accessTokenLifetime: Duration.minutes(30), ...because });
    machines.addScope('write', 'Writes, added after the client');
    return stack;
  };
  const CLIENT = 'Reader/AppClient';
  const REFUSED = ['MachineClients/ChangedElsewhere at Sales/Machines'];

  test.each<[string, string, Change, string[]]>([
    ['more scopes', CLIENT, override('AllowedOAuthScopes', ['agents/read', 'agents/write']), REFUSED],
    ['a flow for users', CLIENT, override('AllowedOAuthFlows', ['client_credentials', 'code']), REFUSED],
    ['a flow for users, by assignment', CLIENT, assign('allowedOAuthFlows', ['client_credentials', 'code']), REFUSED],
    ['no secret', CLIENT, override('GenerateSecret', false), REFUSED],
    ['passwords', CLIENT, override('ExplicitAuthFlows', ['ALLOW_USER_PASSWORD_AUTH']), REFUSED],
    ['tokens that live for a day', CLIENT, override('AccessTokenValidity', 86400), REFUSED],
    ['another pool', CLIENT, override('UserPoolId', 'eu-west-1_other'), REFUSED],
    ['taken out', CLIENT, removed, REFUSED],
    ['users who sign up', 'UserPool', override('AdminCreateUserConfig.AllowAdminCreateUserOnly', false), REFUSED],
    ['a function that changes tokens', 'UserPool', override('LambdaConfig', { PreTokenGeneration: 'arn:aws:lambda:eu-west-1:111111111111:function:evil' }), REFUSED],
    ['other scopes of the server', 'ResourceServer', override('Scopes', [{ ScopeName: 'all', ScopeDescription: 'All' }]), REFUSED],
    ['another key of the secret', 'Reader/Secret', override('KmsKeyId', 'alias/aws/secretsmanager'), REFUSED],
    ['another place for the secret', 'Reader/Mover/Resource/Default', override('SecretArn', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:other-AbCdEf'), REFUSED],
    ['another function that moves the secret', 'Reader/Mover/Resource/Default', override('ServiceToken', 'arn:aws:lambda:eu-west-1:111111111111:function:evil'), REFUSED],
    ['other code of the function', 'Reader/Mover/Function/Resource', override('Code', { S3Bucket: 'evil', S3Key: 'evil.zip' }), REFUSED],
    ['another role of the function', 'Reader/Mover/Function/Resource', override('Role', 'arn:aws:iam::111111111111:role/Admin'), REFUSED],
    ['a role of the function that may do anything', 'Reader/Mover/Role/Resource', override('Policies', [{ PolicyName: 'KeepClientSecret', PolicyDocument: ANYTHING }]), REFUSED],
    ['a key for anybody', 'Key/Resource', override('KeyPolicy', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] }), REFUSED],
    ['a key with one more user, by its method', 'Key/Resource', (l1) => (l1.node.scope as kms.Key).addToResourcePolicy(
      new iam.PolicyStatement({ actions: ['kms:Decrypt'], principals: [new iam.ServicePrincipal('logs.amazonaws.com')], resources: ['*'] })), []],
    ['a name of the client', CLIENT, override('ClientName', 'reader'), []],
    ['tags of the pool', 'UserPool', tagged, []],
    ['memory, a timeout and a network of the function', 'Reader/Mover/Function/Resource', (l1) => {
      l1.addPropertyOverride('MemorySize', 512);
      l1.addPropertyOverride('Timeout', 60);
      l1.addPropertyOverride('VpcConfig', { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] });
    }, []],
  ])('%s', (_situation, path, change, expected) => {
    expect(codesAfter(story(), `Sales/Machines/${path}`, change)).toEqual(expected);
  });

  test('a value of the secret in the template is not told', () => {
    const stack = story();
    changeLate(stack, 'Sales/Machines/Reader/Secret', override('SecretString', 'a-value-that-nobody-may-see'));
    const [message] = lateMessages(appOf(stack));
    expect(message).toContain('SecretString of Sales/Machines/Reader/Secret was changed elsewhere');
    expect(message).toContain('values are not shown');
    expect(message).not.toContain('a-value-that-nobody-may-see');
  });
});

describe('the key of a token vault', () => {
  const story = (stack: Stack = salesStack()) => {
    new TokenVaultEncryption(stack, 'Vault');
    return stack;
  };
  const REFUSED = ['TokenVaultEncryption/ChangedElsewhere at Sales/Vault'];
  const SETTING = 'KeySetter/VaultKey/Default';

  test.each<[string, string, Change, string[]]>([
    ['another key', SETTING, override('KeyArn', 'arn:aws:kms:eu-west-1:222222222222:key/12345678-1234-1234-1234-123456789012'), REFUSED],
    ['what becomes of it', SETTING, override('OnRemoval', 'use-aws-owned-key'), REFUSED],
    ['another function', SETTING, override('ServiceToken', 'arn:aws:lambda:eu-west-1:111111111111:function:evil'), REFUSED],
    ['not set', SETTING, removed, REFUSED],
    ['set in some deployments', SETTING, conditional, REFUSED],
    ['a key for anybody', 'Key/Resource', override('KeyPolicy', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] }), REFUSED],
    ['a role of the function that may do anything', 'KeySetter/Role/Resource', override('Policies', [{ PolicyName: 'SetTokenVaultKey', PolicyDocument: ANYTHING }]), REFUSED],
    ['a description of the key', 'Key/Resource', described, []],
    ['a time to wait for the function', SETTING, override('ServiceTimeout', 600), []],
    ['metadata of the role of the function', 'KeySetter/Role/Resource', (l1) => l1.addMetadata('team', 'sales'), []],
  ])('%s', (_situation, path, change, expected) => {
    expect(codesAfter(story(), `Sales/Vault/${path}`, change)).toEqual(expected);
  });
});
