import { execFile } from 'child_process';
import { join } from 'path';
import { promisify } from 'util';
import { AgentCoreEndpoint, USER_TOKEN } from './agentcore-endpoint';
import { companyApp } from '../../examples/company-agents/company-app';
import { deploy } from '../simulation/fake-account';

/*
 * The manifest that a host receives, given to withAccessToken and withApiKey of the unmodified AgentCore SDK: each call that goes out is
 * captured on a local endpoint and put to the simulator, with the role of that host and with that of another agent.
 */
const account = deploy(companyApp());
const endpoint = new AgentCoreEndpoint();
const { calls } = endpoint;

beforeAll(() => endpoint.start());
afterAll(() => endpoint.stop());
beforeEach(() => void calls.splice(0));

function functionAt(path: string) {
  return account.resourcesOfType('AWS::Lambda::Function').find((resource) => resource.path.startsWith(path))!;
}

async function run(path: string): Promise<string[]> {
  const { Variables: { AGENT } } = functionAt(path).property('Environment') as { Variables: Record<string, string> };
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'run-agentcore-sdk.mjs')], {
    env: { MANIFEST: AGENT, USER_TOKEN, ...endpoint.environment() },
  });
  return JSON.parse(stdout);
}

const decisions = (path: string, identity: string) => endpoint.decisions(account, functionAt(path).property('Role') as string, identity);

const SCHEDULER = 'Sales-Scheduler-3b6873e7';
const TRIAGE = 'Engineering-Triage-d27c457c';

test('the scheduler: a calendar token of the user and a key, and nothing that its role may not', async () => {
  expect(await run('Sales/SchedulerFunction')).toEqual(['act as user with access', 'use API key with key']);
  expect(calls.find(({ operation }) => operation === 'GetResourceOauth2Token')!.body).toEqual({
    workloadIdentityToken: 'wat',
    resourceCredentialProviderName: 'acme-google-calendar',
    scopes: ['https://www.googleapis.com/auth/calendar.readonly'],
    oauth2Flow: 'USER_FEDERATION',
    resourceOauth2ReturnUrl: 'https://agents.acme.example/oauth/return',
    customParameters: { access_type: 'offline' },
  });
  expect(await decisions('Sales/SchedulerFunction', SCHEDULER)).toEqual([
    'GetWorkloadAccessTokenForJWT Allowed', 'GetResourceOauth2Token Allowed', 'GetWorkloadAccessTokenForJWT Allowed', 'GetResourceApiKey Allowed',
  ]);
});

test('triage: a token of its own and one of the user, each by its own provider', async () => {
  expect((await run('Engineering/TriageFunction')).sort()).toEqual(['act as itself with access', 'act as user with access']);
  expect(calls.filter(({ operation }) => operation === 'GetResourceOauth2Token').map(({ body }) => [body.resourceCredentialProviderName, body.oauth2Flow]).sort())
    .toEqual([['acme-tickets-machine', 'M2M'], ['acme-tickets-user', 'USER_FEDERATION']]);
  expect(await decisions('Engineering/TriageFunction', TRIAGE)).toEqual([
    'GetWorkloadAccessToken Allowed', 'GetResourceOauth2Token Allowed', 'GetWorkloadAccessTokenForJWT Allowed', 'GetResourceOauth2Token Allowed',
  ]);
});

test('with the role of another agent, none of these calls is allowed', async () => {
  await run('Sales/SchedulerFunction');
  expect(await decisions('Engineering/TriageFunction', SCHEDULER)).toEqual([
    'GetWorkloadAccessTokenForJWT ExplicitlyDenied', 'GetResourceOauth2Token ImplicitlyDenied', 'GetWorkloadAccessTokenForJWT ExplicitlyDenied', 'GetResourceApiKey ExplicitlyDenied',
  ]);
});
