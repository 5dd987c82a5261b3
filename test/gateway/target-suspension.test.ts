import { App, Stack } from 'aws-cdk-lib';
import { crm, gatewayProps, REASON, stackIn, TARGETS, weather } from './every-target';
import { AccessReport, ApiKeyLocation, CustomScope, OAuthGrantType, TargetCredentials, ToolAccess, ToolGateway } from '../../src';
import { DeployedGateway } from '../cedar/deployed-gateway';
import { refusalOf } from '../errors/refusal';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/* Cutting off one target, or all: Cedar refuses the calls, and the gateway's role loses what it could do there. */
const WHY = { reason: 'Incident 4711: the vendor was breached' };
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111111111111';
const DIRECTORY = `${AC}:workload-identity-directory/default`;
const VAULT = `${AC}:token-vault/default`;

function story(declare: (targets: Record<'crm' | 'mail' | 'forecast', ReturnType<ToolGateway['addTarget']>>, gateway: ToolGateway) => void, shared = false) {
  const app = new App();
  const stack = stackIn(app);
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  const client = crm(stack);
  const credentials = (provider = client) => TargetCredentials.oauth2(provider, { grantType: OAuthGrantType.CLIENT_CREDENTIALS, scopes: [CustomScope.of('read')] });
  const targets = {
    crm: gateway.addTarget('Crm', TARGETS.mcpServer(stack), { credentials: credentials() }),
    mail: gateway.addTarget('Mail', TARGETS.openApi(stack), { credentials: credentials(shared ? client : crm(stack, 'mail')) }),
    forecast: gateway.addTarget('Forecast', TARGETS.openApi(stack), { credentials: TargetCredentials.apiKey(weather(stack), { location: ApiKeyLocation.header('X-Api-Key') }) }),
  };
  Object.values(targets).forEach((target) => target.tool('read').requires(ToolAccess.everyCaller(REASON)));
  declare(targets, gateway);
  const account = deploy(app);
  const id = account.valueOf(stack as Stack, gateway.gatewayId) as string;
  const role = account.valueOf(stack as Stack, gateway.role.roleArn) as string;
  const around = [DIRECTORY, `${DIRECTORY}/workload-identity/${id}`, VAULT];
  const ask = (action: string, last: string) => decide(account, { principal: role, action: `bedrock-agentcore:${action}`, resources: [...around, `${VAULT}/${last}`] });
  return {
    app,
    account,
    cedar: new DeployedGateway(account, { Crm: ['read'], Mail: ['read'], Forecast: ['read'] }),
    decisions: async () => ({
      crm: await ask('GetResourceOauth2Token', 'oauth2credentialprovider/crm'),
      mail: await ask('GetResourceOauth2Token', 'oauth2credentialprovider/mail'),
      forecast: await ask('GetResourceApiKey', 'apikeycredentialprovider/weather'),
    }),
  };
}

const calls = (cedar: DeployedGateway) => ['Crm', 'Mail', 'Forecast'].map((target) => cedar.ask({ scope: 'any' }, `${target}___read`));

test.each<[string, Parameters<typeof story>[0], string[], Record<string, string>]>([
  ['nothing', () => {}, ['allow', 'allow', 'allow'], { crm: 'Allowed', mail: 'Allowed', forecast: 'Allowed' }],
  ['a target with OAuth2', ({ crm: it }) => it.suspend(WHY), ['deny', 'allow', 'allow'], { crm: 'ExplicitlyDenied', mail: 'Allowed', forecast: 'Allowed' }],
  ['a target with an API key', ({ forecast }) => forecast.suspend(WHY), ['allow', 'allow', 'deny'], { crm: 'Allowed', mail: 'Allowed', forecast: 'ExplicitlyDenied' }],
  ['the gateway', (_targets, gateway) => gateway.suspend(WHY), ['deny', 'deny', 'deny'], { crm: 'ExplicitlyDenied', mail: 'ExplicitlyDenied', forecast: 'ExplicitlyDenied' }],
])('%s is suspended', async (_what, declare, cedar, decisions) => {
  const it = story(declare);
  expect(it.cedar.findings).toEqual([]);
  expect(calls(it.cedar)).toEqual(cedar);
  expect(await it.decisions()).toEqual(decisions);
});

test('a provider that another target uses stays, and Cedar alone cuts the target off', async () => {
  const it = story(({ crm: target }) => target.suspend(WHY), true);
  expect(calls(it.cedar)).toEqual(['deny', 'allow', 'allow']);
  expect((await it.decisions()).crm).toBe('Allowed');
});

test('targets, engine and rules stay, so that lifting it changes nothing else', () => {
  const types = (account: ReturnType<typeof story>['account']) => account.resources.map(({ type, logicalId }) => `${type} ${logicalId}`);
  const before = types(story(() => {}).account);
  const after = types(story(({ crm: target }) => target.suspend(WHY)).account);
  expect(before.filter((each) => !after.includes(each))).toEqual([]);
  expect(after.filter((each) => !before.includes(each))).toEqual([expect.stringMatching(/^AWS::BedrockAgentCore::Policy GatewayCrmPoliciesforbidCrmall/)]);
});

test('the report says it in capitals', () => {
  const report = AccessReport.of(story(({ crm: target }, gateway) => { target.suspend(WHY); gateway.suspend({ reason: 'Everything is stopped for the audit' }); }).app).toMarkdown();
  expect(report).toContain('**SUSPENDED**: Everything is stopped for the audit');
  expect(report).toContain('| **SUSPENDED** (Incident 4711: the vendor was breached): Crm |');
  expect(report).toContain('forbid EVERYBODY: **Cedar** (SUSPENDED: Incident 4711: the vendor was breached)');
});

test.each(['target', 'gateway'])('a %s is not suspended without a reason', (what) => {
  const stack = stackIn(new App());
  const gateway = new ToolGateway(stack, 'Gateway', gatewayProps());
  const target = gateway.addTarget('Crm', TARGETS.mcpServer(stack), { credentials: TargetCredentials.none(REASON) });
  expect(refusalOf(() => (what === 'target' ? target : gateway).suspend({ reason: 'why' })).codes).toEqual(['Suspension/Reason']);
});
