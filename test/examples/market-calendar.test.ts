import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { marketApp } from '../../examples/market-calendar/market-app';
import { DeployedGateway } from '../cedar/deployed-gateway';
import type { RequestContext } from '../simulation/access-request';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';
import { serviceReferenceFindings } from '../simulation/service-reference';
import { templateSchemaErrors } from '../simulation/template-schema';

const EXPECTED = join(__dirname, '..', '..', 'examples', 'market-calendar', 'expected-report.md');
const LIST = 'MarketCalendar___list_market_days';
const PROPOSE = 'MarketCalendar___propose_holiday';

describe('the market calendar', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'market-'));
  const vaultKey = 'arn:aws:kms:eu-west-1:111122223333:key/5a1b9c3d-7e2f-4a60-8b1c-0d9e8f7a6b5c';
  const account = deploy(marketApp({ outdir }));
  const elsewhere = { MarketCalendar: ['list_market_days', 'propose_holiday'] };
  const gatewayOf = (inbound: string) => account.resourcesOfType('AWS::BedrockAgentCore::Gateway').find((each) => each.property('AuthorizerType') === inbound)!;
  const [tools, inside] = ['CUSTOM_JWT', 'AWS_IAM'].map((inbound) => new DeployedGateway(account, elsewhere, gatewayOf(inbound).property('Name')));
  const roleOf = (agent: string) => account.resourcesOfType('AWS::IAM::Role').find((role) => role.logicalId.startsWith(`${agent}FunctionServiceRole`))!.attribute('Arn', 'test') as string;
  const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
  const DIRECTORY = `${AC}:workload-identity-directory/default`;
  const VAULT = `${AC}:token-vault/default`;
  const identityOf = (agent: string) => `${DIRECTORY}/workload-identity/${account.resourcesOfType('AWS::BedrockAgentCore::WorkloadIdentity').find((each) => each.logicalId.startsWith(agent))!.property('Name')}`;

  test('its access report is the one that was reviewed (UPDATE_REPORT=1 renews it)', () => {
    const report = readFileSync(join(outdir, 'agentcore-access.md'), 'utf8');
    if (process.env.UPDATE_REPORT === '1') {
      writeFileSync(EXPECTED, report);
    }
    expect(report).toBe(readFileSync(EXPECTED, 'utf8'));
  });

  test('fits service reference, resource schemas and Cedar\'s schema', async () => {
    expect(await serviceReferenceFindings(account)).toEqual([]);
    expect(templateSchemaErrors(account)).toEqual([]);
    expect([...tools.findings, ...inside.findings]).toEqual([]);
  });

  test('nothing is exported from one stack to another', () => expect(JSON.stringify(account.stacks.map(({ template }) => template))).not.toMatch(/"Export"|Fn::ImportValue/));

  test.each<[string, string, string]>([
    ['mcp:call', LIST, 'allow'],
    ['mcp:call', PROPOSE, 'deny'],
    ['calendar:propose', PROPOSE, 'deny'],
    ['mcp:call calendar:propose', PROPOSE, 'allow'],
    ['mcp:call2', LIST, 'deny'],
    ['mcp:call:admin', LIST, 'deny'],
    ['xmcp:call', LIST, 'deny'],
    ['openid', LIST, 'deny'],
  ])('a token with scope "%s" calls %s: %s', (scope, tool, expected) => expect(tools.ask({ scope }, tool)).toBe(expected));

  test.each<[string, string, string]>([
    ['Reporter', LIST, 'allow'],
    ['Reporter', PROPOSE, 'deny'],
    ['Scheduler', LIST, 'deny'],
    ['Desk', LIST, 'deny'],
  ])('inside, the role of %s calls %s: %s', (agent, tool, expected) => {
    expect(inside.ask(roleOf(agent).replace(':iam:', ':sts:').replace(':role/', ':assumed-role/'), tool)).toBe(expected);
  });

  const invoke = (gateway: DeployedGateway) => ['bedrock-agentcore:InvokeGateway', [gateway.arn]] as const;
  const vend = (agent: string, provider: string) => ['bedrock-agentcore:GetResourceOauth2Token', [DIRECTORY, identityOf(agent), VAULT, `${VAULT}/oauth2credentialprovider/${provider}`]] as const;
  const mint = (agent: string) => ['bedrock-agentcore:GetWorkloadAccessToken', [DIRECTORY, identityOf(agent)]] as const;
  const through = (service: string) => ({ 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` });
  const keyIn = (stack: string) => account.resourcesOfType('AWS::KMS::Key').find((key) => key.stack.name === stack)!.attribute('Arn', 'test') as string;
  test.each<[string, string, () => readonly [string, readonly string[], RequestContext?], string]>([
    ['the reporter invokes the gateway inside', 'Reporter', () => invoke(inside), 'Allowed'],
    ['but not the other one', 'Reporter', () => invoke(tools), 'ImplicitlyDenied'],
    ['the scheduler does not invoke the one inside', 'Scheduler', () => invoke(inside), 'ImplicitlyDenied'],
    ['nor does the desk', 'Desk', () => invoke(inside), 'ImplicitlyDenied'],
    ['a token needs no right of the scheduler\'s role', 'Scheduler', () => invoke(tools), 'ImplicitlyDenied'],
    ['nor of the desk\'s', 'Desk', () => invoke(tools), 'ImplicitlyDenied'],
    ['the scheduler gets a token of its own', 'Scheduler', () => mint('Scheduler'), 'Allowed'],
    ['not the reporter\'s', 'Scheduler', () => mint('Reporter'), 'ExplicitlyDenied'],
    ['the reporter gets none', 'Reporter', () => mint('Reporter'), 'ExplicitlyDenied'],
    ['the desk gets none', 'Desk', () => mint('Desk'), 'ExplicitlyDenied'],
    ['the scheduler uses its client', 'Scheduler', () => vend('Scheduler', 'market-scheduler'), 'Allowed'],
    ['not the gateways\' client', 'Scheduler', () => vend('Scheduler', 'market-calendar'), 'ImplicitlyDenied'],
    ['the desk does not use the scheduler\'s client', 'Desk', () => vend('Desk', 'market-scheduler'), 'ExplicitlyDenied'],
    ['its client\'s secret is decrypted for the scheduler', 'Scheduler', () => ['kms:Decrypt', [keyIn('Agents')], through('secretsmanager')], 'Allowed'],
    ['its code decrypts nothing', 'Scheduler', () => ['kms:Decrypt', [keyIn('Agents')]], 'ImplicitlyDenied'],
    ['nor does the gateways\' key serve it', 'Scheduler', () => ['kms:Decrypt', [keyIn('Calendar')], through('secretsmanager')], 'ImplicitlyDenied'],
    ['AgentCore opens the vault for the scheduler', 'Scheduler', () => ['kms:Decrypt', [vaultKey], through('bedrock-agentcore-identity')], 'Allowed'],
    ['no other service does', 'Scheduler', () => ['kms:Decrypt', [vaultKey], through('secretsmanager')], 'ImplicitlyDenied'],
    ['the desk, which gets no token, needs no vault', 'Desk', () => ['kms:Decrypt', [vaultKey], through('bedrock-agentcore-identity')], 'ImplicitlyDenied'],
  ])('%s', async (_what, agent, request, expected) => {
    const [action, resources, context] = request();
    expect(await decide(account, { principal: roleOf(agent), action, resources: [...resources], context })).toBe(expected);
  });

  test('both gateways, and both secrets, are under keys of the company', () => {
    const keys = (type: string, property: string) => account.resourcesOfType(type).map((each) => each.property(property)).sort();
    expect(keys('AWS::BedrockAgentCore::Gateway', 'KmsKeyArn')).toEqual([keyIn('Calendar'), keyIn('Calendar')]);
    expect(keys('AWS::SecretsManager::Secret', 'KmsKeyId')).toEqual([keyIn('Agents'), keyIn('Calendar')].sort());
  });
});
