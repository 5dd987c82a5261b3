import {
  App, AspectPriority, Aspects, aws_bedrockagentcore as agentcore, aws_lambda as lambda, aws_secretsmanager as secretsmanager, CfnResource, IAspect, Stack, Tags,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ExpectedProblem, expectLateProblems, lateCodes, lateMessages } from './refusal';
import { agentIn, appOf, asUser, emptyApp, ENV, google, owner, parameter, REASON, role, salesStack } from './story';
import {
  Agent, AgentHost, AgentIdentity, ApiKey, ApiKeyProvider, ClientSecret, GatewayInbound, GoogleOAuth2Provider, Interceptor, OAuth2Provider, ToolGateway,
} from '../../src';

/*
 * Policies and the report are written from declarations. What somebody changes on the L1 afterwards would make both untrue, so it is
 * refused wherever access depends on it.
 */
const SECRET_VALUE = 'a-value-that-nobody-may-see';

const l1Of = (construct: IConstruct) => construct.node.defaultChild as CfnResource;
const identityOf = (agent: Agent) => agent.node.findChild('Identity') as agentcore.CfnWorkloadIdentity;

/** An agent that acts as users, and its provider. */
function scheduler(): { stack: Stack; identity: agentcore.CfnWorkloadIdentity; resource: agentcore.CfnOAuth2CredentialProvider } {
  const stack = salesStack();
  const agent = agentIn(stack, 'Scheduler', { identity: AgentIdentity.named('scheduler') });
  const provider = google(stack, 'Google', 'google');
  agent.may(asUser(provider));
  return { stack, identity: identityOf(agent), resource: l1Of(provider) as agentcore.CfnOAuth2CredentialProvider };
}

function onRuntime(): { stack: Stack; agent: Agent; runtime: agentcore.CfnRuntime } {
  const stack = salesStack();
  const own = role(stack);
  const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
    agentRuntimeName: 'calendar',
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/calendar:1' } },
    networkConfiguration: { networkMode: 'PUBLIC' },
    roleArn: own.roleArn,
  });
  const agent = agentIn(stack, 'Agent', { host: AgentHost.agentRuntime(runtime, { role: own }) });
  agent.may(asUser(google(stack)));
  return { stack, agent, runtime };
}

function gatewayIn(stack: Stack): ToolGateway {
  return new ToolGateway(stack, 'Tools', { owner: owner(), gatewayName: 'tools', inbound: GatewayInbound.jwt({ issuer: 'https://acme.okta.com/oauth2/default', audiences: ['tools'] }) });
}

const interceptor = (stack: Stack) => new lambda.Function(stack, 'Fn', { code: lambda.Code.fromInline('x'), handler: 'index.h', runtime: lambda.Runtime.NODEJS_22_X });

describe('the identity of an agent', () => {
  const CHANGED = { code: 'Agent/ChangedElsewhere', fix: 'Write identity: AgentIdentity.named(', path: 'Sales/Scheduler' };
  const NAME = { ...CHANGED, what: 'Name of Sales/Scheduler/Identity was changed elsewhere', allowed: '"scheduler"' };
  const URLS = { ...CHANGED, what: 'AllowedResourceOauth2ReturnUrls of Sales/Scheduler/Identity was changed elsewhere', allowed: '["https://app.example.com/return"]' };

  test.each<[string, (identity: agentcore.CfnWorkloadIdentity) => void, ExpectedProblem]>([
    ['a name by override', (identity) => identity.addPropertyOverride('Name', 'other'), { ...NAME, received: '"other"' }],
    ['a name by assignment', (identity) => (identity.name = 'other'), { ...NAME, received: '"other"' }],
    ['a name that only deployment knows', (identity) => (identity.name = parameter(Stack.of(identity))), { ...NAME, received: '"{\\"Ref\\":\\"Parameter\\"}"' }],
    ['return URLs by override', (identity) => identity.addPropertyOverride('AllowedResourceOauth2ReturnUrls', ['https://evil.example/']), { ...URLS, received: '["https://evil.example/"]' }],
    ['one more return URL', (identity) => identity.allowedResourceOauth2ReturnUrls = ['https://app.example.com/return', 'https://evil.example/'],
      { ...URLS, received: '["https://app.example.com/return", "https://evil.example/"]' }],
    ['no return URLs', (identity) => identity.addPropertyDeletionOverride('AllowedResourceOauth2ReturnUrls'), { ...URLS, received: 'nothing' }],
    ['all properties at once', (identity) => identity.addOverride('Properties', { Name: 'other', AllowedResourceOauth2ReturnUrls: ['https://app.example.com/return'] }), { ...NAME, received: '"other"' }],
  ])('%s', (_situation, change, problem) => {
    const { stack, identity } = scheduler();
    change(identity);
    expectLateProblems(appOf(stack), problem);
  });

  test('whose return URLs have a query: it is not told', () => {
    const stack = salesStack();
    const agent = agentIn(stack, 'Scheduler', { returnUrls: [`https://app.example.com/return?key=${SECRET_VALUE}`] });
    identityOf(agent).addPropertyOverride('AllowedResourceOauth2ReturnUrls', ['https://evil.example/']);
    const [message] = lateMessages(appOf(stack));
    expect(message).toContain('received ["https://evil.example/"]; allowed: ["https://app.example.com/return?…"]');
    expect(message).not.toContain(SECRET_VALUE);
  });

  test('that is made as an L1 is taken as it is, but for its name', () => {
    const declared = (change: (identity: agentcore.CfnWorkloadIdentity) => void): App => {
      const stack = salesStack();
      const identity = new agentcore.CfnWorkloadIdentity(stack, 'Identity', { name: 'scheduler' });
      agentIn(stack, 'Scheduler', { identity: AgentIdentity.fromRef(identity) });
      change(identity);
      return appOf(stack);
    };
    expect(lateCodes(declared((identity) => identity.addPropertyOverride('AllowedResourceOauth2ReturnUrls', ['https://its-owner.example/'])))).toEqual([]);
    expectLateProblems(declared((identity) => (identity.name = 'other')), { ...NAME, what: 'Name of Sales/Identity was changed elsewhere', received: '"other"' });
  });
});

describe('a provider', () => {
  const CHANGED = { code: 'Provider/ChangedElsewhere', fix: 'Write it where the provider is declared', path: 'Sales/Google' };
  const CONFIG = 'Oauth2ProviderConfigInput.GoogleOauth2ProviderConfig';
  const IN_CONFIG = { ...CHANGED, what: 'Oauth2ProviderConfigInput of Sales/Google/Resource was changed elsewhere', allowed: 'what was declared there; values are not shown, since they may be secrets' };

  test.each<[string, (resource: agentcore.CfnOAuth2CredentialProvider) => void, ExpectedProblem]>([
    ['its name', (resource) => (resource.name = 'other'), { ...CHANGED, what: 'Name of Sales/Google/Resource was changed elsewhere', received: '"other"', allowed: '"google"' }],
    ['its vendor', (resource) => resource.addPropertyOverride('CredentialProviderVendor', 'GithubOauth2'),
      { ...CHANGED, what: 'CredentialProviderVendor of Sales/Google/Resource was changed elsewhere', received: '"GithubOauth2"', allowed: '"GoogleOauth2"' }],
    ['its client', (resource) => resource.addPropertyOverride(`${CONFIG}.ClientId`, SECRET_VALUE), { ...IN_CONFIG, received: `["${CONFIG}.ClientId"]` }],
    ['its client, within what was handed to the L1', (resource) => {
      (resource.oauth2ProviderConfigInput as unknown as Record<string, { clientId: string }>).googleOauth2ProviderConfig.clientId = SECRET_VALUE;
    }, { ...IN_CONFIG, received: `["${CONFIG}.ClientId"]` }],
    ['its secret', (resource) => resource.addPropertyOverride(`${CONFIG}.ClientSecretConfig.SecretId`, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:payroll-AbCdEf'),
      { ...IN_CONFIG, received: `["${CONFIG}.ClientSecretConfig.SecretId"]` }],
    ['a secret in the template', (resource) => resource.addPropertyOverride(`${CONFIG}.ClientSecret`, SECRET_VALUE), { ...IN_CONFIG, received: `["${CONFIG}.ClientSecret"]` }],
    ['no secret', (resource) => resource.addPropertyDeletionOverride(`${CONFIG}.ClientSecretConfig`), { ...IN_CONFIG, received: `["${CONFIG}.ClientSecretConfig"]` }],
    ['another authorization server', (resource) => resource.addPropertyOverride('Oauth2ProviderConfigInput', { CustomOauth2ProviderConfig: { ClientId: SECRET_VALUE } }),
      { ...IN_CONFIG, received: '["Oauth2ProviderConfigInput.CustomOauth2ProviderConfig"]' }],
  ])('%s', (_situation, change, problem) => {
    const { stack, resource } = scheduler();
    change(resource);
    expectLateProblems(appOf(stack), problem);
    expect(lateMessages(appOf(stack)).join()).not.toContain(SECRET_VALUE);
  });

  test.each<[string, (resource: agentcore.CfnApiKeyCredentialProvider) => void, string, string]>([
    ['its name', (resource) => (resource.name = 'other'), 'Name', '"other"'],
    ['its secret', (resource) => resource.addPropertyOverride('ApiKeySecretConfig.SecretId', SECRET_VALUE), 'ApiKeySecretConfig', '["ApiKeySecretConfig.SecretId"]'],
    ['who keeps it', (resource) => resource.addPropertyOverride('ApiKeySecretSource', 'MANAGED'), 'ApiKeySecretSource', '"MANAGED"'],
    ['the key in the template', (resource) => (resource.apiKey = SECRET_VALUE), 'ApiKey', '["ApiKey"]'],
  ])('of an API key: %s', (_situation, change, property, received) => {
    const stack = salesStack();
    const provider = new ApiKeyProvider(stack, 'Weather', {
      providerName: 'weather', apiKey: ApiKey.fromSecretsManager(secretsmanager.Secret.fromSecretCompleteArn(stack, 'Key', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:weather-AbCdEf'), 'api_key'),
    });
    change(l1Of(provider) as agentcore.CfnApiKeyCredentialProvider);
    const [message, ...others] = lateMessages(appOf(stack));
    expect(others).toEqual([]);
    expect(message).toContain(`${property} of Sales/Weather/Resource was changed elsewhere`);
    expect(message).toContain(`received ${received}; allowed: `);
    expect(message).toContain('[Provider/ChangedElsewhere] at Sales/Weather');
    expect(message).not.toContain(SECRET_VALUE);
  });

  test.each<[string, (l1: agentcore.CfnOAuth2CredentialProvider) => void, string[]]>([
    ['taken as it is', (l1) => l1.addPropertyOverride('Oauth2ProviderConfigInput.GoogleOauth2ProviderConfig.ClientId', '5678'), []],
    ['refused with another name than it was declared with', (l1) => (l1.name = 'other'), ['Provider/ChangedElsewhere at Sales/Known']],
  ])('that is made as an L1 is %s', (_situation, change, expected) => {
    const stack = salesStack();
    const l1 = new agentcore.CfnOAuth2CredentialProvider(stack, 'Google', {
      name: 'google', credentialProviderVendor: 'GoogleOauth2', oauth2ProviderConfigInput: { googleOauth2ProviderConfig: { clientId: '1234' } },
    });
    OAuth2Provider.fromProviderRef(stack, 'Known', l1, { clientSecret: ClientSecret.managedByAgentCore() });
    change(l1);
    expect(lateCodes(appOf(stack))).toEqual(expected);
  });

  test.each<[string, (l1: agentcore.CfnApiKeyCredentialProvider) => void, string[]]>([
    ['taken as it is', (l1) => l1.addPropertyOverride('Tags', []), []],
    ['refused with another name than it was declared with', (l1) => l1.addPropertyOverride('Name', 'other'), ['Provider/ChangedElsewhere at Sales/Known']],
  ])('of an API key that is made as an L1 is %s', (_situation, change, expected) => {
    const stack = salesStack();
    const l1 = new agentcore.CfnApiKeyCredentialProvider(stack, 'Weather', { name: 'weather' });
    ApiKeyProvider.fromProviderRef(stack, 'Known', l1, { apiKey: ApiKey.managedByAgentCore() });
    change(l1);
    expect(lateCodes(appOf(stack))).toEqual(expected);
  });
});

describe('the authorizer of a runtime, which holds the limits of its agent', () => {
  const CHANGED = { code: 'Agent/RuntimeAuthorizer', fix: 'Remove authorizerConfiguration, and overrides of it', path: 'Sales/Agent' };
  const WHAT = 'AuthorizerConfiguration of Sales/Runtime was changed elsewhere';
  const DECLARED = '{"CustomJWTAuthorizer":{"AllowedAudience":["agents"],"DiscoveryUrl":"https://acme.okta.com/oauth2/default/.well-known/openid-configuration"}}';

  test('is deleted', () => {
    const { stack, runtime } = onRuntime();
    runtime.addPropertyDeletionOverride('AuthorizerConfiguration');
    expectLateProblems(appOf(stack), { ...CHANGED, what: WHAT, received: 'nothing', allowed: DECLARED });
  });

  test('loses a limit', () => {
    const { stack, runtime } = onRuntime();
    runtime.addPropertyDeletionOverride('AuthorizerConfiguration.CustomJWTAuthorizer.AllowedAudience');
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RuntimeAuthorizer at Sales/Agent']);
  });

  test('is taken away by an aspect after it was set', () => {
    const { stack, runtime } = onRuntime();
    const late: IAspect = { visit: (node) => { if (node === stack.node.findChild('Zone')) { runtime.authorizerConfiguration = undefined; } } };
    new CfnResource(stack, 'Zone', { type: 'AWS::CloudFormation::WaitConditionHandle' });
    Aspects.of(stack).add(late, { priority: AspectPriority.READONLY - 1 });
    expect(lateCodes(appOf(stack))).toEqual(['Agent/RuntimeAuthorizer at Sales/Agent']);
  });
});

describe('a gateway', () => {
  const CHANGED = { code: 'ToolGateway/ChangedElsewhere', fix: 'Write it on the ToolGateway', path: 'Sales/Tools' };

  test.each<[string, (l1: agentcore.CfnGateway) => void, Partial<ExpectedProblem> & { readonly what: string }]>([
    ['its name, for which its role is trusted', (l1) => (l1.name = 'other'), { what: 'Name', received: '"other"', allowed: '"tools"' }],
    ['who gets in', (l1) => l1.addPropertyOverride('AuthorizerType', 'NONE'), { what: 'AuthorizerType', received: '"NONE"', allowed: '"CUSTOM_JWT"' }],
    ['for which audiences', (l1) => l1.addPropertyOverride('AuthorizerConfiguration.CustomJWTAuthorizer.AllowedAudience', ['tools', 'all']), { what: 'AuthorizerConfiguration' }],
    ['no policy engine', (l1) => (l1.policyEngineConfiguration = undefined), { what: 'PolicyEngineConfiguration', received: 'nothing' }],
    ['an engine that only logs', (l1) => l1.addPropertyOverride('PolicyEngineConfiguration.Mode', 'LOG_ONLY'), { what: 'PolicyEngineConfiguration' }],
    ['its role', (l1) => (l1.roleArn = role(Stack.of(l1), 'Other').roleArn), { what: 'RoleArn' }],
    ['a function through which calls pass', (l1) => l1.addPropertyOverride('InterceptorConfigurations', [{ InterceptionPoints: ['REQUEST'] }]), { what: 'InterceptorConfigurations', allowed: 'nothing' }],
  ])('%s', (_situation, change, { what, received, allowed }) => {
    const stack = salesStack();
    change(gatewayIn(stack)._resource);
    const [message, ...others] = lateMessages(appOf(stack));
    expect(others).toEqual([]);
    expect(message).toMatch(new RegExp(`^${what} of Sales/Tools/Resource was changed elsewhere .*\\. ${CHANGED.fix}.* \\[${CHANGED.code}\\] at ${CHANGED.path}$`));
    expect(message).toContain(received !== undefined ? `received ${received};` : 'received "');
    expect(message).toContain(`; allowed: ${allowed ?? '{"'}`);
  });

  test.each<[string, (l1: agentcore.CfnGateway) => void, string[]]>([
    ['an interceptor', () => {}, []],
    ['an interceptor, and an override of something else', (l1) => l1.addPropertyOverride('Description', 'Tools'), []],
    ['an interceptor that an override removes', (l1) => l1.addPropertyDeletionOverride('InterceptorConfigurations'), ['ToolGateway/ChangedElsewhere at Sales/Tools']],
  ])('with %s', (_situation, change, expected) => {
    const stack = salesStack();
    const gateway = gatewayIn(stack);
    gateway.addInterceptor(Interceptor.request(interceptor(stack)));
    change(gateway._resource);
    expect(lateCodes(appOf(stack))).toEqual(expected);
  });
});

test('an aspect that names everything: all is told at once', () => {
  const { stack } = scheduler();
  gatewayIn(stack);
  const naming: IAspect = {
    visit: (node: IConstruct & { name?: unknown }) => {
      if (typeof node.name === 'string' && !node.name.startsWith('acme-')) {
        node.name = `acme-${node.name}`;
      }
    },
  };
  Aspects.of(stack).add(naming);
  expect(lateCodes(appOf(stack)).sort()).toEqual(['Agent/ChangedElsewhere at Sales/Scheduler', 'Provider/ChangedElsewhere at Sales/Google', 'ToolGateway/ChangedElsewhere at Sales/Tools']);
});

describe('what access does not depend on may be changed', () => {
  test('tags, a description, a logical id, metadata, and values that stay what they are', () => {
    const { stack, identity, resource } = scheduler();
    const gateway = gatewayIn(stack);
    identity.addPropertyOverride('Tags', [{ Key: 'cost-center', Value: '4711' }]);
    identity.addPropertyOverride('Name', 'scheduler');
    identity.overrideLogicalId('SchedulerIdentity');
    resource.addOverride('DeletionPolicy', 'Retain');
    resource.addPropertyOverride('Oauth2ProviderConfigInput.GoogleOauth2ProviderConfig.ClientId', '1234');
    resource.addMetadata('team', 'sales');
    gateway._resource.description = 'Tools of the sales team';
    gateway._resource.addPropertyOverride('KmsKeyArn', 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab');
    Tags.of(stack).add('stage', 'test');
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('what else a runtime is made of', () => {
    const { stack, runtime } = onRuntime();
    runtime.addPropertyOverride('EnvironmentVariables.STAGE', 'test');
    runtime.description = 'Calendar';
    expect(lateCodes(appOf(stack))).toEqual([]);
  });

  test('beside references to other stacks and names of parameters, which are compared as what they are', () => {
    const app = emptyApp();
    const secrets = new Stack(app, 'Secrets', { env: ENV });
    const stack = new Stack(app, 'Sales', { env: ENV });
    const secret = new secretsmanager.Secret(secrets, 'Secret');
    const provider = new GoogleOAuth2Provider(stack, 'Google', { clientId: parameter(stack), clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret'), providerName: parameter(stack, 'Name') });
    agentIn(stack, 'Scheduler').may(asUser(provider));
    l1Of(provider).addPropertyOverride('Tags', []);
    expect(lateCodes(app)).toEqual([]);
  });

  test('a gateway that is suspended after it was made', () => {
    const stack = salesStack();
    const gateway = gatewayIn(stack);
    gateway._resource.addPropertyOverride('Description', 'Tools');
    gateway.suspend({ reason: REASON });
    expect(lateCodes(appOf(stack))).toEqual([]);
  });
});

test.each<[string, (secret: secretsmanager.CfnSecret) => void]>([
  ['the value', (secret) => secret.addPropertyOverride('SecretString', SECRET_VALUE)],
  ['the member in the template of a generated value', (secret) => secret.addPropertyOverride('GenerateSecretString.SecretStringTemplate', JSON.stringify({ client_secret: SECRET_VALUE }))],
])('a secret with %s by override is not one', (_situation, change) => {
  const app = new App();
  const stack = new Stack(app, 'Sales', { env: ENV });
  const secret = new secretsmanager.Secret(stack, 'Secret');
  new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
  change(secret.node.defaultChild as secretsmanager.CfnSecret);
  expect(lateCodes(app)).toEqual(['ProviderSecret/PlaintextInTemplate at Sales/Google']);
  expect(lateMessages(app).join()).not.toContain(SECRET_VALUE);
});

test('a secret with another override is one', () => {
  const stack = salesStack();
  const secret = new secretsmanager.Secret(stack, 'Secret');
  new GoogleOAuth2Provider(stack, 'Google', { clientId: '1234', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret') });
  l1Of(secret).addPropertyOverride('Description', 'Of the Google client');
  expect(lateCodes(appOf(stack))).toEqual([]);
});
