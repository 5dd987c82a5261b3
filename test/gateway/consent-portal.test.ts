import { App, Stack } from 'aws-cdk-lib';
import { crm, ENV, gatewayProps, ISSUER, OWNER, REASON, stackIn, TARGETS, WAYS } from './every-target';
import {
  AccessReport, ConsentPortal, ConsentPortalProps, CustomScope, GatewayInbound, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway, ToolGatewayProps,
} from '../../src';
import { lateCodes, refusalOf } from '../errors/refusal';
import type { RequestContext } from '../simulation/access-request';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* The page on which users consent: its role gets what the targets with consent need, under the gateway's identity, and no more. */
function portalIn(stack: Stack, gateway: ToolGateway, props: Partial<ConsentPortalProps> = {}): ConsentPortal {
  return new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn: crm(stack, 'login'), scopes: [], portalName: 'consents', ...props });
}

function withTarget(stack: Stack, gateway: ToolGateway, defaultReturnUrl: string): void {
  gateway.addTarget('Crm', TARGETS.openApi(stack), {
    credentials: TargetCredentials.oauth2(crm(stack), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl }),
  }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
}

const gatewayIn = (stack: Stack, props: Partial<ToolGatewayProps> = {}) => new ToolGateway(stack, 'Gateway', gatewayProps(props));

describe('a portal', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack);
  const portal = portalIn(stack, gateway);
  withTarget(stack, gateway, portal.connectUrl);
  gateway.addTarget('Machine', TARGETS.mcpServer(stack), { credentials: TargetCredentials.oauth2(crm(stack, 'machine'), { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] }) })
    .everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  const [resourceId] = Object.entries(((): Record<string, { Type: string }> => app.synth().getStackByName('Stack').template.Resources)()).find(([, { Type }]) => Type === 'AWS::BedrockAgentCore::ConsentPortal')!;
  const account = deploy(app, { attributes: { [`Stack/${resourceId}.PortalUrl`]: 'https://consents.example.com' } });
  const role = account.valueOf(stack, portal.role.roleArn) as string;
  const id = account.valueOf(stack, gateway.gatewayId) as string;
  const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
  const DIRECTORY = `${AC}:workload-identity-directory/default`;
  const VAULT = `${AC}:token-vault/default`;
  const own = `${DIRECTORY}/workload-identity/${id}`;
  const another = `${DIRECTORY}/workload-identity/${id.slice(0, -10)}zzzzzzzzzz`;
  const provider = (name: string) => `${VAULT}/oauth2credentialprovider/${name}`;
  const USER: RequestContext = { 'bedrock-agentcore:InboundJwtClaim/iss': ISSUER };

  test('fits schemas and service reference', async () => {
    expect(templateSchemaErrors(account)).toEqual([]);
    expect(await serviceReferenceFindings(account)).toEqual([]);
  });

  test('what it is made of', () => {
    expect(account.resourcesOfType('AWS::BedrockAgentCore::ConsentPortal')[0].properties).toEqual({
      Name: 'consents',
      ExecutionRoleArn: role,
      IdpConfig: { CredentialProviderArn: provider('login'), Scopes: ['openid'] },
      Sources: [{ Type: 'agentcore-gateway', Identifier: `${AC}:gateway/${id}` }],
      Tags: expect.any(Array),
    });
    const crmTarget = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget').find((target) => target.property('Name') === 'Crm')!;
    expect(crmTarget.property('CredentialProviderConfigurations')[0].CredentialProvider.OauthCredentialProvider.DefaultReturnUrl).toBe('https://consents.example.com/connect/callback');
  });

  test('is trusted for portals of its name in this account only', () => {
    const trust = account.resourcesOfType('AWS::IAM::Role').find(({ logicalId }) => logicalId.startsWith('Portal'))!.property('AssumeRolePolicyDocument');
    expect(trust.Statement).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': ENV.account }, ArnLike: { 'aws:SourceArn': `${AC}:consent-portal/consents-??????????` } },
    }]);
  });

  test.each<[string, string, string[], RequestContext, string]>([
    ['reads its gateway', 'GetGateway', [`${AC}:gateway/${id}`], {}, 'Allowed'],
    ['not another one', 'GetGateway', [`${AC}:gateway/other-a1b2c3d4e5`], {}, 'ImplicitlyDenied'],
    ['does not change it', 'UpdateGateway', [`${AC}:gateway/${id}`], {}, 'ImplicitlyDenied'],
    ['does not call its tools', 'InvokeGateway', [`${AC}:gateway/${id}`], {}, 'ImplicitlyDenied'],
    ['mints for a user', 'GetWorkloadAccessTokenForJWT', [DIRECTORY, own], USER, 'Allowed'],
    ['not for one of another issuer', 'GetWorkloadAccessTokenForJWT', [DIRECTORY, own], { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://evil.example.com' }, 'ImplicitlyDenied'],
    ['not under another gateway\'s identity', 'GetWorkloadAccessTokenForJWT', [DIRECTORY, another], USER, 'ExplicitlyDenied'],
    ['not for a user id', 'GetWorkloadAccessTokenForUserId', [DIRECTORY, own], { 'bedrock-agentcore:userid': 'alice' }, 'ExplicitlyDenied'],
    ['not for itself', 'GetWorkloadAccessToken', [DIRECTORY, own], {}, 'ExplicitlyDenied'],
    ['completes with the provider of a target', 'CompleteResourceTokenAuth', [DIRECTORY, own, VAULT, provider('crm')], USER, 'Allowed'],
    ['not with that of a machine target', 'CompleteResourceTokenAuth', [DIRECTORY, own, VAULT, provider('machine')], USER, 'ImplicitlyDenied'],
    ['completes with the one for signing in', 'CompleteResourceTokenAuth', [DIRECTORY, own, VAULT, provider('login')], USER, 'Allowed'],
    ['gets a token of a target\'s provider', 'GetResourceOauth2Token', [DIRECTORY, own, VAULT, provider('crm')], {}, 'Allowed'],
    ['not of another provider', 'GetResourceOauth2Token', [DIRECTORY, own, VAULT, provider('payroll')], {}, 'ImplicitlyDenied'],
    ['reads a target\'s provider', 'GetOauth2CredentialProvider', [VAULT, provider('crm')], {}, 'Allowed'],
    ['not another one\'s', 'GetOauth2CredentialProvider', [VAULT, provider('payroll')], {}, 'ImplicitlyDenied'],
    ['changes none', 'UpdateOauth2CredentialProvider', [VAULT, provider('crm')], {}, 'ImplicitlyDenied'],
    ['gets no API key', 'GetResourceApiKey', [DIRECTORY, own, VAULT, `${VAULT}/apikeycredentialprovider/weather`], {}, 'ExplicitlyDenied'],
  ])('%s', async (_what, action, resources, context, expected) => {
    expect(await decide(account, { principal: role, action: `bedrock-agentcore:${action}`, resources, context })).toBe(expected);
  });

  test.each([[true, 'Allowed'], [false, 'ImplicitlyDenied']])('the secret through a service %s: %s', async (through, expected) => {
    expect(await decide(account, { principal: role, action: 'secretsmanager:GetSecretValue', resources: ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:crm-client-a1B2c3'], context: { 'aws:ViaAWSService': String(through) } })).toBe(expected);
  });

  test('stands in the report', () => {
    const report = AccessReport.of(app).toMarkdown();
    expect(report).toContain('IAM of consent portal Stack/Portal');
    expect(report).toContain('Somebody registers the output CallbackUrl of Stack/Portal at the authorization server');
  });
});

test('a policy that is too long for one is divided, and the portal waits for all of it', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack);
  const portal = portalIn(stack, gateway);
  for (let index = 0; index < 20; index++) {
    gateway.addTarget(`Crm${index}`, TARGETS.openApi(stack), {
      credentials: TargetCredentials.oauth2(crm(stack, `crm-${'of-a-team-with-a-long-name-'.repeat(3)}${index}`), { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl: portal.connectUrl }),
    }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  }
  const account = deploy(app);
  const documents = [...account.resourcesOfType('AWS::IAM::Policy'), ...account.resourcesOfType('AWS::IAM::ManagedPolicy')].filter(({ logicalId }) => logicalId.startsWith('PortalAccess'));
  expect(documents.length).toBeGreaterThan(1);
  documents.forEach((policy) => expect(JSON.stringify(policy.property('PolicyDocument')).length).toBeLessThanOrEqual(6144));
  const [waiting] = Object.values(account.stacks[0].template.Resources as Record<string, { Type: string; DependsOn?: string[] }>).filter(({ Type }) => Type === 'AWS::BedrockAgentCore::ConsentPortal');
  expect(waiting.DependsOn).toEqual(expect.arrayContaining(documents.map(({ logicalId }) => logicalId)));
});

describe('refused', () => {
  test.each<[string, Partial<ToolGatewayProps>, (stack: Stack) => Partial<ConsentPortalProps>, string[]]>([
    ['a gateway whose callers have no token', { inbound: GatewayInbound.iam() }, () => ({}), ['ConsentPortal/Inbound']],
    ['no owner', {}, () => ({ owner: undefined }), ['ConsentPortal/Owner']],
    ['no gateway', {}, () => ({ gateway: 'tools' as any }), ['ConsentPortal/Gateway']],
    ['no provider', {}, () => ({ signIn: undefined }), ['ConsentPortal/SignIn']],
    ['scopes as text', {}, () => ({ scopes: ['openid'] as any }), ['ConsentPortal/Scopes']],
    ['a name in capitals', {}, () => ({ portalName: 'Consents' }), ['ConsentPortal/Name']],
    ['a wildcard as audience', {}, () => ({ audience: '*' }), ['ConsentPortal/Audience']],
    ['another field', {}, () => ({ callbackUrl: 'https://example.com' } as any), ['ConsentPortal/UnknownField']],
  ])('%s', (_what, props, change, codes) => {
    const stack = stackIn(new App());
    const gateway = gatewayIn(stack, props);
    const given = change(stack);
    expect(refusalOf(() => portalIn(stack, gateway, given)).codes).toEqual(codes);
  });

  test('a portal in another stack', () => {
    const app = new App();
    const gateway = gatewayIn(stackIn(app));
    const elsewhere = stackIn(app, 'Elsewhere');
    expect(refusalOf(() => portalIn(elsewhere, gateway)).codes).toEqual(['ConsentPortal/OtherStack']);
  });

  test('a second portal', () => {
    const stack = stackIn(new App());
    const gateway = gatewayIn(stack);
    portalIn(stack, gateway);
    expect(refusalOf(() => new ConsentPortal(stack, 'Second', { owner: OWNER, gateway, signIn: crm(stack, 'login2'), scopes: [] })).codes).toEqual(['ConsentPortal/Twice']);
  });

  test.each<[string, (stack: Stack, gateway: ToolGateway) => void, string]>([
    ['a target that returns elsewhere', (stack, gateway) => withTarget(stack, gateway, 'https://agents.example.com/return'), 'ConsentPortal/ReturnUrl'],
    ['nothing to consent to', (stack, gateway) => {
      gateway.addTarget('Api', TARGETS.openApi(stack), { credentials: WAYS.clientCredentials(stack) }).everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
    }, 'ConsentPortal/NothingToConsent'],
  ])('%s', (_what, declare, code) => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    portalIn(stack, gateway);
    declare(stack, gateway);
    expect(lateCodes(app).map((each) => each.split(' at ')[0])).toEqual([code]);
  });
});
