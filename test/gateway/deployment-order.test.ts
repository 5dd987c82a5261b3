import { App, aws_secretsmanager as secretsmanager, CfnOutput, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { crm, ENV, gatewayProps, OWNER, REASON, SECRET_ARN, stackIn, TARGETS, weather } from './every-target';
import {
  ApiKeyLocation, ClientSecret, ConsentPortal, CustomOAuth2Provider, GatewayTarget, OAuth2Discovery, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway,
} from '../../src';

/* A target names its provider by a literal ARN, which makes no edge in a template: without an order, it may be made before the provider. */
type Resources = Record<string, { Type: string; DependsOn?: string[] }>;

function provider(stack: Stack, id = 'Crm'): CustomOAuth2Provider {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, `${id}Secret`, SECRET_ARN);
  return new CustomOAuth2Provider(stack, id, {
    providerName: id.toLowerCase(), clientId: 'client', clientSecret: ClientSecret.fromSecretsManager(secret, 'client_secret'), discovery: OAuth2Discovery.url('https://crm.example.com/.well-known/openid-configuration'),
  });
}

const machine = (to: CustomOAuth2Provider) => TargetCredentials.oauth2(to, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] });

function gatewayIn(stack: Stack, credentials: TargetCredentials): ToolGateway {
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  gateway.addTarget('Tickets', GatewayTarget.mcpServer('https://tickets.example.com/mcp'), { credentials }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  return gateway;
}

function idsOf(resources: Resources, type: string): string[] {
  return Object.keys(resources).filter((id) => resources[id].Type === `AWS::BedrockAgentCore::${type}`);
}

const templateOf = (app: App, stack: Stack): Resources => app.synth().getStackArtifact(stack.artifactId).template.Resources;

test('a target is made after the OAuth2 provider of its own stack', () => {
  const app = new App();
  const stack = stackIn(app);
  gatewayIn(stack, machine(provider(stack)));
  const resources = templateOf(app, stack);
  expect(resources[idsOf(resources, 'GatewayTarget')[0]].DependsOn).toEqual(expect.arrayContaining(idsOf(resources, 'OAuth2CredentialProvider')));
});

test('a target is made after the API-key provider of its own stack, and not after that of another target', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack, machine(provider(stack)));
  gateway.addTarget('Weather', TARGETS.openApi(stack), { credentials: TargetCredentials.apiKey(weather(stack), { location: ApiKeyLocation.header('x-api-key') }) })
    .everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const resources = templateOf(app, stack);
  const [tickets, forecast] = idsOf(resources, 'GatewayTarget').map((id) => resources[id].DependsOn!);
  const [oauth2, apiKey] = ['OAuth2CredentialProvider', 'ApiKeyCredentialProvider'].map((type) => idsOf(resources, type)[0]);
  expect([tickets.includes(oauth2), tickets.includes(apiKey), forecast.includes(oauth2), forecast.includes(apiKey)]).toEqual([true, false, false, true]);
});

test('a portal is made after the provider with which its users sign in', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  const portal = new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn: provider(stack, 'Login'), scopes: [], portalName: 'consents' });
  gateway.addTarget('Crm', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(crm(stack, 'imported'), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [], defaultReturnUrl: portal.connectUrl }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const resources = templateOf(app, stack);
  expect(resources[idsOf(resources, 'ConsentPortal')[0]].DependsOn).toEqual(expect.arrayContaining(idsOf(resources, 'OAuth2CredentialProvider')));
});

describe('a provider of another stack', () => {
  function two(parent: App | Stage = new App()) {
    const [platform, tools] = [new Stack(parent, 'Platform', { env: ENV }), new Stack(parent, 'Tools', { env: ENV })];
    return { parent, platform, tools };
  }
  const dependencies = (stack: Stack) => stack.dependencies.map(({ node }) => node.id);

  test('orders the stacks, though the template of the gateway reads nothing of the other', () => {
    const { parent, platform, tools } = two();
    gatewayIn(tools, machine(provider(platform)));
    parent.synth();
    expect([dependencies(tools), dependencies(platform)]).toEqual([['Platform'], []]);
  });

  test('orders them in a stage, too', () => {
    const app = new App();
    const { platform, tools } = two(new Stage(app, 'Test'));
    gatewayIn(tools, machine(provider(platform)));
    app.synth();
    expect(dependencies(tools)).toEqual(['Platform']);
  });

  test('orders nothing if it is only imported there', () => {
    const { parent, platform, tools } = two();
    gatewayIn(tools, TargetCredentials.oauth2(crm(platform), { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }));
    parent.synth();
    expect(dependencies(tools)).toEqual([]);
  });

  test('orders nothing between stages, which are deployed apart', () => {
    const app = new App();
    const [{ platform }, { tools }] = [two(new Stage(app, 'Platform')), two(new Stage(app, 'Tools'))];
    gatewayIn(tools, machine(provider(platform)));
    app.synth();
    expect(dependencies(tools)).toEqual([]);
  });

  test('gives a warning, and no circle, if its stack needs the stack of the gateway', () => {
    const { parent, platform, tools } = two();
    const gateway = gatewayIn(tools, machine(provider(platform)));
    new CfnOutput(platform, 'Url', { value: gateway.gatewayUrl });
    parent.synth();
    expect(dependencies(tools)).toEqual([]);
    Annotations.fromStack(tools).hasWarning('*', Match.stringLikeRegexp('THE FIRST DEPLOYMENT MAY FAIL: this resource needs Platform/Crm of stack Platform, which itself is deployed after stack Tools'));
  });

  test('of a nested one is waited for within the outer stack', () => {
    const app = new App();
    const stack = stackIn(app);
    gatewayIn(stack, machine(provider(new NestedStack(stack, 'Providers'))));
    const resources = templateOf(app, stack);
    const nested = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::CloudFormation::Stack');
    expect(resources[idsOf(resources, 'GatewayTarget')[0]].DependsOn).toEqual(expect.arrayContaining(nested));
  });
});

test('a target without credentials waits for the policy of the gateway\'s role only', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack, TargetCredentials.none(REASON));
  expect(gateway.targets).toHaveLength(1);
  const resources = templateOf(app, stack);
  expect(resources[idsOf(resources, 'GatewayTarget')[0]].DependsOn!.map((id) => resources[id].Type)).toEqual(['AWS::IAM::Policy']);
});
