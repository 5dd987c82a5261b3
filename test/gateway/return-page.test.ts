import { App, aws_bedrockagentcore as agentcore, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AC, crm, DIRECTORY, gatewayProps, ISSUER, OWNER, REASON, SECRET_ARN, stackIn, TARGETS, VAULT, weather } from './every-target';
import {
  AccessReport, Agent, AgentHost, AgentIdentity, AgentPart, ApiKeyLocation, Capability, ClientAuthentication, ConsentPortal, CustomOAuth2Provider, CustomScope,
  GatewayInbound, IOAuth2Provider, JwtSigningAlgorithm, OAuth2Discovery, OAuthGrantType, TargetCredentials, TokenIssuer, TokenVaultEncryption, ToolAccess,
  ToolGateway, ToolGatewayProps, ToolTarget, Users,
} from '../../src';
import { runChecks } from '../../src/checks/run-checks';
import { readSynthesizedApp } from '../../src/synthesized/read-synthesized-app';
import { lateCodes, refusalOf } from '../errors/refusal';
import type { RequestContext } from '../simulation/access-request';
import { decide, Decision } from '../simulation/decision';
import { deploy, FakeAccount } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

/* A page of your own that users return to from a gateway's targets: its role completes sessions under the gateway's identity, and does nothing else. */
const RETURN_URL = 'https://agents.example.com/return';
const CLAIM = 'bedrock-agentcore:InboundJwtClaim';
const provider = (name: string) => `${VAULT}/oauth2credentialprovider/${name}`;
const identity = (id: string) => `${DIRECTORY}/workload-identity/${id}`;

const roleIn = (scope: Stack, id: string, roleName?: string) => new iam.Role(scope, id, { roleName, assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const pageIn = (scope: Stack, id = 'PageRole') => AgentHost.role(roleIn(scope, id));
const gatewayIn = (stack: Stack, props: Partial<ToolGatewayProps> = {}, id = 'Gateway') => new ToolGateway(stack, id, gatewayProps({ mcpVersions: ['2025-11-25'], ...props }));

function consent(gateway: ToolGateway, used: IOAuth2Provider, name = 'Crm', defaultReturnUrl = RETURN_URL): ToolTarget {
  return open(gateway, name, TargetCredentials.oauth2(used, { grantType: OAuthGrantType.AUTHORIZATION_CODE, scopes: [CustomScope.of('read')], defaultReturnUrl }));
}

function open(gateway: ToolGateway, name: string, credentials: TargetCredentials): ToolTarget {
  const target = gateway.addTarget(name, TARGETS.openApi(gateway.stack), { credentials });
  target.everyTool(REASON).requires(ToolAccess.everyCaller(REASON));
  return target;
}

const machine = (used: IOAuth2Provider) => TargetCredentials.oauth2(used, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [] });

/** What a role is answered, by the page's way of asking. */
function asked(account: FakeAccount, stack: Stack, gateway: ToolGateway) {
  const id = account.valueOf(stack, gateway.gatewayId) as string;
  const around = (own: string) => [DIRECTORY, identity(own), VAULT];
  return {
    id,
    ask: (role: iam.IRole, action: string, resources: string[], context: RequestContext = {}): Promise<Decision> => (
      decide(account, { principal: account.valueOf(Stack.of(role), role.roleArn) as string, action, resources, context })),
    complete: (name: string, own = id) => [...around(own), provider(name)],
  };
}

const USER: RequestContext = { [`${CLAIM}/iss`]: ISSUER, [`${CLAIM}/aud`]: ['gateway', 'openid'], [`${CLAIM}/client_id`]: 'web' };

describe('a page', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack, { inbound: GatewayInbound.jwt({ issuer: ISSUER, audiences: ['gateway'], clients: ['web'] }) });
  const other = gatewayIn(stack, { gatewayName: 'tools-2' }, 'Other');
  consent(gateway, crm(stack));
  consent(gateway, crm(stack, 'mail'), 'Mail');
  open(gateway, 'Machine', machine(crm(stack, 'machine')));
  open(gateway, 'Weather', TargetCredentials.apiKey(weather(stack), { location: ApiKeyLocation.header('X-Api-Key') }));
  open(other, 'Crm', machine(crm(stack, 'payroll')));
  const page = new lambda.Function(stack, 'Page', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}') });
  gateway.addReturnPage('Consent', AgentHost.lambdaFunction(page));
  const account = deploy(app);
  const { id, ask, complete } = asked(account, stack, gateway);
  const otherId = account.valueOf(stack, other.gatewayId) as string;
  const [own, role] = [identity(id), page.role!];

  test('fits schemas and service reference', async () => {
    expect(templateSchemaErrors(account)).toEqual([]);
    expect(await serviceReferenceFindings(account)).toEqual([]);
  });

  test('its whole policy', () => {
    const [policy] = account.resourcesOfType('AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('GatewayReturnPagesConsentAccess'));
    expect(policy.property('PolicyDocument').Statement).toEqual([
      {
        Sid: 'CompleteSessionOfUser',
        Effect: 'Allow',
        Action: 'bedrock-agentcore:CompleteResourceTokenAuth',
        Resource: [DIRECTORY, own, VAULT, provider('crm'), provider('mail')],
        Condition: { 'StringEquals': { [`${CLAIM}/iss`]: ISSUER, [`${CLAIM}/client_id`]: 'web' }, 'ForAnyValue:StringEquals': { [`${CLAIM}/aud`]: 'gateway' } },
      },
      { Sid: 'ReadProviderSecret', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: SECRET_ARN, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } },
      {
        Sid: 'DenyUndeclaredTokenActions',
        Effect: 'Deny',
        Action: ['GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey', 'GetResourcePaymentToken']
          .map((action) => `bedrock-agentcore:${action}`),
        Resource: '*',
      },
    ]);
  });

  test.each<[string, iam.IRole, string, string[], RequestContext, Decision]>([
    ['completes a session of the first provider', role, 'CompleteResourceTokenAuth', complete('crm'), USER, 'Allowed'],
    ['and of the second', role, 'CompleteResourceTokenAuth', complete('mail'), USER, 'Allowed'],
    ['not of a provider that no user consents to', role, 'CompleteResourceTokenAuth', complete('machine'), USER, 'ImplicitlyDenied'],
    ['not of a provider of another gateway', role, 'CompleteResourceTokenAuth', complete('payroll'), USER, 'ImplicitlyDenied'],
    ['not of one whose name goes on', role, 'CompleteResourceTokenAuth', complete('crm-2'), USER, 'ImplicitlyDenied'],
    ['not under another gateway\'s identity', role, 'CompleteResourceTokenAuth', complete('crm', otherId), USER, 'ImplicitlyDenied'],
    ['not under an identity that ends otherwise', role, 'CompleteResourceTokenAuth', complete('crm', `${id.slice(0, -10)}zzzzzzzzzz`), USER, 'ImplicitlyDenied'],
    ['not without the vault', role, 'CompleteResourceTokenAuth', [DIRECTORY, own, `${VAULT}-2`, provider('crm')], USER, 'ImplicitlyDenied'],
    ['not for a token of another issuer', role, 'CompleteResourceTokenAuth', complete('crm'), { ...USER, [`${CLAIM}/iss`]: 'https://evil.example.com' }, 'ImplicitlyDenied'],
    ['not for another audience', role, 'CompleteResourceTokenAuth', complete('crm'), { ...USER, [`${CLAIM}/aud`]: ['payroll'] }, 'ImplicitlyDenied'],
    ['not for another client', role, 'CompleteResourceTokenAuth', complete('crm'), { ...USER, [`${CLAIM}/client_id`]: 'other' }, 'ImplicitlyDenied'],
    ['not for a user id', role, 'CompleteResourceTokenAuth', complete('crm'), { 'bedrock-agentcore:userid': 'alice' }, 'ImplicitlyDenied'],
    ['mints for no user', role, 'GetWorkloadAccessTokenForJWT', [DIRECTORY, own], USER, 'ExplicitlyDenied'],
    ['not for an id', role, 'GetWorkloadAccessTokenForUserId', [DIRECTORY, own], { 'bedrock-agentcore:userid': 'alice' }, 'ExplicitlyDenied'],
    ['not for itself', role, 'GetWorkloadAccessToken', [DIRECTORY, own], {}, 'ExplicitlyDenied'],
    ['gets no token', role, 'GetResourceOauth2Token', complete('crm'), {}, 'ExplicitlyDenied'],
    ['gets no API key', role, 'GetResourceApiKey', [DIRECTORY, own, VAULT, `${VAULT}/apikeycredentialprovider/weather`], {}, 'ExplicitlyDenied'],
    ['does not call the gateway', role, 'InvokeGateway', [`${AC}:gateway/${id}`], {}, 'ImplicitlyDenied'],
    ['does not register return URLs', role, 'UpdateWorkloadIdentity', [DIRECTORY, own], {}, 'ImplicitlyDenied'],
    ['the gateway completes none', gateway.role, 'CompleteResourceTokenAuth', complete('crm'), USER, 'ExplicitlyDenied'],
    ['and still gets the tokens', gateway.role, 'GetResourceOauth2Token', complete('crm'), {}, 'Allowed'],
    ['nor does another gateway', other.role, 'CompleteResourceTokenAuth', complete('crm'), USER, 'ExplicitlyDenied'],
  ])('%s', async (_what, who, action, resources, context, expected) => {
    expect(await ask(who, `bedrock-agentcore:${action}`, resources, context)).toBe(expected);
  });

  test.each<[string, RequestContext, string, Decision]>([
    ['through AgentCore', { 'aws:ViaAWSService': 'true' }, SECRET_ARN, 'Allowed'],
    ['by itself', { 'aws:ViaAWSService': 'false' }, SECRET_ARN, 'ImplicitlyDenied'],
    ['another one', { 'aws:ViaAWSService': 'true' }, 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:weather-key-d4E5f6', 'ImplicitlyDenied'],
  ])('the secret is read %s', async (_what, context, secret, expected) => expect(await ask(role, 'secretsmanager:GetSecretValue', [secret], context)).toBe(expected));

  test('stands in the report', () => {
    const report = AccessReport.of(app);
    const [found] = JSON.parse(report.toJson()).gateways.filter(({ path }: { path: string }) => path === 'Stack/Gateway');
    expect(found.returnPages).toEqual([{
      name: 'Consent', host: 'Lambda function', role: 'Stack/Page/ServiceRole', verbs: ['complete'], attachedHere: true, statements: expect.any(Array),
    }]);
    expect(found.returnPages[0].statements.map(({ sid }: { sid: string }) => sid)).toEqual(['CompleteSessionOfUser', 'ReadProviderSecret', 'DenyUndeclaredTokenActions']);
    const markdown = report.toMarkdown();
    expect(markdown).toContain('- Return page Consent: Lambda function, role Stack/Page/ServiceRole, may complete\n');
    expect(markdown).toContain('IAM of return page Consent');
    expect(markdown).toContain(`Somebody registers the return URL ${RETURN_URL} on the gateway's workload identity`);
    expect(markdown).not.toContain('COMPLETES CONSENTS');
  });

  test('no check finds anything in its policy', () => {
    const found = runChecks(readSynthesizedApp(app.synth().directory), { requireCustomerKeys: false }).map(({ rule, resource }) => `${rule.id} ${resource.path}`);
    expect(found.filter((each) => /ReturnPage|Stack\/Page/.test(each) || each.startsWith('agent-completes-sessions'))).toEqual([]);
  });
});

test.each<[string, boolean, string[]]>([
  ['without a page', false, ['NOBODY OF THIS APP COMPLETES CONSENTS: whoever else acts for the identity of Stack/Gateway ends the sessions of Stack/crm (CompleteResourceTokenAuth). '
    + 'A return page of the gateway would (addReturnPage), or a ConsentPortal.']],
  ['with a page', true, []],
])('%s the report says who completes', (_what, has, expected) => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack);
  consent(gateway, crm(stack));
  if (has) gateway.addReturnPage('Consent', pageIn(stack));
  const left: string[] = JSON.parse(AccessReport.of(app).toJson()).gateways[0].leftToOthers;
  expect(left).toEqual([`Somebody registers the return URL ${RETURN_URL} on the gateway's workload identity (UpdateWorkloadIdentity), which CloudFormation cannot.`, ...expected]);
});

test('with a portal, which completes sessions itself, nobody is told to', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack);
  const portal = new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn: crm(stack, 'login'), scopes: [] });
  consent(gateway, crm(stack), 'Crm', portal.connectUrl);
  const left: string[] = JSON.parse(AccessReport.of(app).toJson()).gateways[0].leftToOthers;
  expect(left.filter((each) => /completes|COMPLETES/.test(each))).toEqual([]);
  expect(left).toHaveLength(2);
});

test('a gateway without consent says nothing of it', () => {
  const app = new App();
  const stack = stackIn(app);
  open(gatewayIn(stack), 'Crm', machine(crm(stack)));
  expect(JSON.parse(AccessReport.of(app).toJson()).gateways[0].leftToOthers).toEqual([]);
});

describe('with clients without a secret, and a vault under a customer key', () => {
  const app = new App();
  const stack = stackIn(app);
  const vault = new TokenVaultEncryption(stack, 'Vault', {});
  const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/66666666-7777-8888-9999-000000000000';
  const made = (name: string, clientAuthentication: ClientAuthentication) => new CustomOAuth2Provider(stack, name, {
    providerName: name,
    clientId: name,
    clientAuthentication,
    discovery: OAuth2Discovery.serverMetadata({
      issuer: `https://${name}.example.com`, authorizationEndpoint: `https://${name}.example.com/authorize`, tokenEndpoint: `https://${name}.example.com/token`,
    }),
  });
  const gateway = gatewayIn(stack);
  consent(gateway, made('signed', ClientAuthentication.privateKeyJwt({ key: kms.Key.fromKeyArn(stack, 'Key', KEY), algorithm: JwtSigningAlgorithm.RS256 })), 'Signed');
  consent(gateway, made('trusted', ClientAuthentication.iamIdToken()), 'Trusted');
  open(gateway, 'Machine', machine(made('machine', ClientAuthentication.iamIdToken())));
  const role = roleIn(stack, 'PageRole');
  gateway.addReturnPage('Consent', AgentHost.role(role));
  const account = deploy(app);
  const { ask } = asked(account, stack, gateway);
  const vaultKey = account.valueOf(stack, vault.key.keyRef.keyArn) as string;
  const through = (service: string) => ({ 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` });
  const ofVault = (service: string) => ({ ...through(service), 'kms:EncryptionContext:aws-crypto-ec:aws:bedrock-agentcore-identity:token-vault-arn': VAULT });
  const token = (aud: string, via = 'true') => ({ 'aws:ViaAWSService': via, 'sts:IdentityTokenAudience': [aud], 'sts:SigningAlgorithm': 'RS256' });

  test.each<[string, string, string, RequestContext, boolean]>([
    ['AgentCore signs for the client', 'kms:Sign', KEY, through('bedrock-agentcore-identity'), true],
    ['the page does not sign by itself', 'kms:Sign', KEY, {}, false],
    ['nor with the vault\'s key', 'kms:Sign', vaultKey, through('bedrock-agentcore-identity'), false],
    ['AWS issues a token for the client', 'sts:GetWebIdentityToken', '*', token('https://trusted.example.com/token'), true],
    ['not for one that no user consents to', 'sts:GetWebIdentityToken', '*', token('https://machine.example.com/token'), false],
    ['not by itself', 'sts:GetWebIdentityToken', '*', token('https://trusted.example.com/token', 'false'), false],
    ['AgentCore keeps the user\'s token in the vault', 'kms:GenerateDataKeyWithoutPlaintext', vaultKey, ofVault('bedrock-agentcore-identity'), true],
    ['the page opens nothing by itself', 'kms:Decrypt', vaultKey, {}, false],
    ['nor through another service', 'kms:Decrypt', vaultKey, ofVault('s3'), false],
  ])('%s', async (_what, action, resource, context, expected) => expect((await ask(role, action, [resource], context)) === 'Allowed').toBe(expected));

  test('the report says for whose tokens federation is switched on', () => {
    const [{ leftToOthers, remainingWildcards }] = JSON.parse(AccessReport.of(app).toJson()).gateways;
    expect(leftToOthers.join(' ')).toContain('for tokens of Stack/Gateway/Role and Stack/PageRole.');
    expect(remainingWildcards.map(({ resource }: { resource: string }) => resource)).toContain('* (sts:GetWebIdentityToken for audience https://trusted.example.com/token)');
  });
});

describe('suspended', () => {
  type Things = { readonly gateway: ToolGateway; readonly crmTarget: ToolTarget; readonly mail: CustomOAuth2Provider };
  async function decisions(suspend: (things: Things) => void): Promise<Decision[]> {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    const mail = new CustomOAuth2Provider(stack, 'mail', {
      providerName: 'mail', clientId: 'mail', clientAuthentication: ClientAuthentication.iamIdToken({ audiences: ['https://mail.example.com'] }), discovery: OAuth2Discovery.url('https://mail.example.com/.well-known/openid-configuration'),
    });
    const crmTarget = consent(gateway, crm(stack));
    consent(gateway, mail, 'Mail');
    const role = roleIn(stack, 'PageRole');
    gateway.addReturnPage('Consent', AgentHost.role(role));
    suspend({ gateway, crmTarget, mail });
    const { ask, complete } = asked(deploy(app), stack, gateway);
    return Promise.all(['crm', 'mail'].map((name) => ask(role, 'bedrock-agentcore:CompleteResourceTokenAuth', complete(name), USER)));
  }

  test.each<[string, (things: Things) => void, Decision[]]>([
    ['nothing', () => {}, ['Allowed', 'Allowed']],
    ['a target', ({ crmTarget }) => crmTarget.suspend(REASON), ['ExplicitlyDenied', 'Allowed']],
    ['a provider', ({ mail }) => mail.suspend(REASON), ['Allowed', 'ExplicitlyDenied']],
    ['the gateway', ({ gateway }) => gateway.suspend(REASON), ['ExplicitlyDenied', 'ExplicitlyDenied']],
  ])('%s', async (_what, suspend, expected) => expect(await decisions(suspend)).toEqual(expected));
});

describe('a role', () => {
  test('of another stack is given the gateway\'s identity without an export', () => {
    const app = new App();
    const [tools, pages] = [stackIn(app, 'Tools'), stackIn(app, 'Pages')];
    const gateway = gatewayIn(tools);
    consent(gateway, crm(tools));
    gateway.addReturnPage('Consent', pageIn(pages));
    expect(Object.values(Template.fromStack(tools).findOutputs('*')).filter(({ Export: exported }) => exported !== undefined)).toEqual([]);
    const [policy] = Object.values(Template.fromStack(pages).findResources('AWS::IAM::Policy'));
    expect(JSON.stringify(policy.Properties.PolicyDocument.Statement[0].Resource[1])).toContain('Fn::GetStackOutput');
    expect(Object.keys(Template.fromStack(tools).findResources('AWS::IAM::Policy')).filter((id) => id.includes('ReturnPages'))).toEqual([]);
  });

  test('that is managed elsewhere gets nothing here, and the report holds its policy', () => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    consent(gateway, crm(stack));
    gateway.addReturnPage('Consent', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Page', 'arn:aws:iam::111111111111:role/page'), { reason: 'The web team writes its own policies' }));
    const [{ leftToOthers, returnPages: [page] }] = JSON.parse(AccessReport.of(app).toJson()).gateways;
    expect(leftToOthers).toContain('The owner of role arn:aws:iam::111111111111:role/page attaches the policy of return page Consent to it.');
    expect(page).toMatchObject({ attachedHere: false, managedElsewhereReason: 'The web team writes its own policies' });
    expect(page.requiredPolicy.Statement[0].Resource[1]).toMatch(/^arn:aws:bedrock-agentcore:eu-west-1:111111111111:workload-identity-directory\/default\/workload-identity\/.*\(id of the gateway\)/);
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter((id) => id.includes('ReturnPages'))).toEqual([]);
  });

  test('that is immutable is refused', () => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    consent(gateway, crm(stack));
    gateway.addReturnPage('Consent', AgentHost.role(iam.Role.fromRoleArn(stack, 'Page', 'arn:aws:iam::111111111111:role/page', { mutable: false })));
    expect(refusalOf(() => app.synth()).codes).toEqual(['GatewayReturnPage/RoleImmutable']);
  });

  test('reads secrets of other accounts beside the gateway\'s', () => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    consent(gateway, crm(stack));
    gateway.addReturnPage('Consent', AgentHost.role(roleIn(stack, 'PageRole', 'page')));
    const { Condition } = stack.resolve(gateway.secretReadStatement().toStatementJson());
    expect(Condition.ArnEquals['aws:PrincipalArn']).toHaveLength(2);
    expect(JSON.stringify(Condition.ArnEquals['aws:PrincipalArn'][1])).toContain('role/page');
  });
});

test('two pages each have the whole right, and so many targets are divided among policies', () => {
  const app = new App();
  const stack = stackIn(app);
  const gateway = gatewayIn(stack);
  for (let index = 0; index < 60; index++) consent(gateway, crm(stack, `crm-${'of-a-team-with-a-long-name-'.repeat(3)}${index}`), `Crm${index}`);
  gateway.addReturnPage('Consent', pageIn(stack));
  gateway.addReturnPage('Second', pageIn(stack, 'SecondRole'));
  const account = deploy(app);
  for (const name of ['Consent', 'Second']) {
    const documents = [...account.resourcesOfType('AWS::IAM::Policy'), ...account.resourcesOfType('AWS::IAM::ManagedPolicy')].filter(({ logicalId }) => logicalId.startsWith(`GatewayReturnPages${name}`));
    expect(documents.length).toBeGreaterThan(1);
    documents.forEach((policy) => expect(JSON.stringify(policy.property('PolicyDocument')).length).toBeLessThanOrEqual(6144));
    const named = documents.flatMap((policy) => JSON.stringify(policy.property('PolicyDocument')).match(/oauth2credentialprovider\/[^"]+/g) ?? []);
    expect(new Set(named).size).toBe(60);
  }
});

describe('refused at once', () => {
  test.each<[string, (gateway: ToolGateway, stack: Stack) => void, string[]]>([
    ['a name twice', (gateway, stack) => { gateway.addReturnPage('Page', pageIn(stack)); gateway.addReturnPage('Page', pageIn(stack, 'R2')); }, ['GatewayReturnPage/Name']],
    ['a name with blanks', (gateway, stack) => gateway.addReturnPage('My page', pageIn(stack)), ['AgentPart/Name']],
    ['no host', (gateway) => gateway.addReturnPage('Page', undefined as never), ['AgentPart/Host']],
    ['a role rather than a host', (gateway, stack) => gateway.addReturnPage('Page', roleIn(stack, 'R') as never), ['AgentPart/Host']],
    ['where a target has the name of the folder', (gateway, stack) => { consent(gateway, crm(stack), 'ReturnPages'); gateway.addReturnPage('Page', pageIn(stack)); }, ['GatewayReturnPage/Name']],
  ])('%s', (_what, declare, codes) => {
    const stack = stackIn(new App());
    const gateway = gatewayIn(stack);
    expect(refusalOf(() => declare(gateway, stack)).codes).toEqual(codes);
  });

  test('a page after synthesis', () => {
    const app = new App();
    const stack = stackIn(app);
    const gateway = gatewayIn(stack);
    consent(gateway, crm(stack));
    app.synth();
    expect(refusalOf(() => gateway.addReturnPage('Page', pageIn(stack))).codes).toEqual(['ToolGateway/TooLate']);
  });
});

describe('refused at synthesis', () => {
  const agentWith = (stack: Stack, role: iam.IRole, id = 'Agent') => new Agent(stack, id, {
    owner: OWNER,
    identity: AgentIdentity.named(id.toLowerCase()),
    host: pageIn(stack, `${id}Host`),
    parts: [AgentPart.returnPage('Page', AgentHost.role(role))],
    callers: [TokenIssuer.oidc({ issuer: ISSUER, audiences: ['agent'] })],
    returnUrls: [RETURN_URL],
  }).may(Capability.actAsUser(crm(stack, `${id}-crm`), { scopes: [CustomScope.of('read')], users: Users.anyOfTheIssuer(REASON), enforcedByApplication: 'The agent looks at the token', ...REASON }));

  test.each<[string, (gateway: ToolGateway, stack: Stack) => void, string[]]>([
    ['nothing to complete', (gateway, stack) => { open(gateway, 'Crm', machine(crm(stack))); gateway.addReturnPage('Page', pageIn(stack)); }, ['GatewayReturnPage/NothingToComplete']],
    ['a portal, which takes its place', (gateway, stack) => {
      gateway.addReturnPage('Page', pageIn(stack));
      const portal = new ConsentPortal(stack, 'Portal', { owner: OWNER, gateway, signIn: crm(stack, 'login'), scopes: [] });
      consent(gateway, crm(stack), 'Crm', portal.connectUrl);
    }, ['GatewayReturnPage/Portal']],
    ['the gateway\'s own role', (gateway, stack) => { consent(gateway, crm(stack)); gateway.addReturnPage('Page', AgentHost.role(gateway.role)); }, ['GatewayReturnPage/RoleShared']],
    ['the gateway\'s own role by its name', (gateway, stack) => {
      consent(gateway, crm(stack));
      gateway.addReturnPage('Page', AgentHost.role(iam.Role.fromRoleName(stack, 'Imported', gateway.role.roleName)));
    }, ['GatewayReturnPage/RoleShared']],
    ['two pages in one role', (gateway, stack) => {
      consent(gateway, crm(stack));
      const host = pageIn(stack);
      gateway.addReturnPage('First', host);
      gateway.addReturnPage('Second', host);
    }, ['GatewayReturnPage/RoleShared', 'GatewayReturnPage/RoleShared']],
    ['pages of two gateways in one role', (gateway, stack) => {
      const second = gatewayIn(stack, { gatewayName: 'second' }, 'Second');
      const [host, used] = [pageIn(stack), crm(stack)];
      [gateway, second].forEach((each) => { consent(each, used); each.addReturnPage('Page', host); });
    }, ['GatewayReturnPage/RoleShared', 'GatewayReturnPage/RoleShared']],
    ['the role of another gateway', (gateway, stack) => {
      const second = gatewayIn(stack, { gatewayName: 'second' }, 'Second');
      open(second, 'Own', machine(crm(stack, 'own')));
      consent(gateway, crm(stack));
      gateway.addReturnPage('Page', AgentHost.role(second.role));
    }, ['GatewayReturnPage/RoleShared']],
    ['a role of an agent\'s part: both are told', (gateway, stack) => {
      const role = roleIn(stack, 'Shared');
      consent(gateway, crm(stack));
      gateway.addReturnPage('Page', AgentHost.role(role));
      agentWith(stack, role);
    }, ['GatewayReturnPage/RoleShared', 'Agent/RoleShared']],
    ['a role of another account', (gateway, stack) => {
      consent(gateway, crm(stack));
      gateway.addReturnPage('Page', AgentHost.roleManagedElsewhere(iam.Role.fromRoleArn(stack, 'Page', 'arn:aws:iam::222222222222:role/page'), REASON));
    }, ['GatewayReturnPage/RoleInOtherAccount']],
    ['another role than the runtime runs with', (gateway, stack) => {
      consent(gateway, crm(stack));
      const runtime = new agentcore.CfnRuntime(stack, 'Runtime', {
        agentRuntimeName: 'page',
        roleArn: roleIn(stack, 'RuntimeRole').roleArn,
        networkConfiguration: { networkMode: 'PUBLIC' },
        agentRuntimeArtifact: { containerConfiguration: { containerUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/page:1' } },
      });
      gateway.addReturnPage('Page', AgentHost.agentRuntime(runtime, { role: roleIn(stack, 'PageRole') }));
    }, ['AgentHost/RuntimeRole']],
  ])('%s', (_what, declare, codes) => {
    const app = new App();
    const stack = stackIn(app);
    declare(gatewayIn(stack), stack);
    expect(lateCodes(app).map((each) => each.split(' at ')[0]).sort()).toEqual([...codes].sort());
  });
});
