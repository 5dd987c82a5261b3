import { execFile } from 'child_process';
import { join } from 'path';
import { promisify } from 'util';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AgentCoreEndpoint, USER_TOKEN } from './agentcore-endpoint';
import { companyApp } from '../../examples/company-agents/company-app';
import { deploy } from '../simulation/fake-account';

/*
 * The example's own code, with the manifest that its host receives, through the unmodified AWS SDK: every call that goes out is
 * captured on a local endpoint and put to the simulator. What the code does and what its role may do are the same.
 */
const SIGNED_IN = { authorization: `Bearer ${USER_TOKEN}` };

const app = companyApp();
const account = deploy(app);
const endpoint = new AgentCoreEndpoint();
const { calls } = endpoint;

beforeAll(() => endpoint.start());
afterAll(() => endpoint.stop());
beforeEach(() => void calls.splice(0));

/** Runs the code with the environment that its function has in the template. */
async function run(folder: string, stack: string, functionId: string, event: object): Promise<{ statusCode: number }> {
  const variables = (account.resourcesOfType('AWS::Lambda::Function')
    .find((resource) => resource.path.startsWith(`${stack}/${functionId}`))?.property('Environment') as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  const file = join(__dirname, '..', '..', 'examples', 'company-agents', folder, 'index.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'run-handler.mjs'), file, JSON.stringify(event)], {
    env: { ...variables, ...endpoint.environment() },
  });
  return JSON.parse(stdout);
}

const decisions = (role: string, identity: string) => endpoint.decisions(account, role, identity);

function roleArn(stackId: string, functionId: string): string {
  const stack = app.node.findChild(stackId) as Stack;
  const role = (stack.node.findChild(functionId) as IConstruct).node.findChild('ServiceRole') as IConstruct & { roleArn: string };
  return account.valueOf(stack, stack.resolve(role.roleArn)) as string;
}

const SCHEDULER = 'Sales-Scheduler-3b6873e7';
const TRIAGE = 'Engineering-Triage-d27c457c';

test('the scheduler: mints for the user, reads the calendar, adds the forecast', async () => {
  expect(await run('scheduler', 'Sales', 'SchedulerFunction', { headers: SIGNED_IN })).toMatchObject({ statusCode: 200 });
  expect(calls.map(({ operation }) => operation)).toEqual(['GetWorkloadAccessTokenForJWT', 'GetResourceOauth2Token', 'GetResourceApiKey']);
  expect(calls[0].body).toEqual({ workloadName: SCHEDULER, userToken: USER_TOKEN });
  expect(calls[1].body).toEqual({
    workloadIdentityToken: 'wat',
    resourceCredentialProviderName: 'acme-google-calendar',
    scopes: ['https://www.googleapis.com/auth/calendar.readonly'],
    oauth2Flow: 'USER_FEDERATION',
    resourceOauth2ReturnUrl: 'https://agents.acme.example/oauth/return',
    customParameters: { access_type: 'offline' },
  });
  expect(await decisions(roleArn('Sales', 'SchedulerFunction'), SCHEDULER)).toEqual([
    'GetWorkloadAccessTokenForJWT Allowed', 'GetResourceOauth2Token Allowed', 'GetResourceApiKey Allowed',
  ]);
});

test('the scheduler keeps users of other groups out, as its declaration says', async () => {
  const other = `e30.${Buffer.from(JSON.stringify({ groups: ['sales-admins', 'engineering'] })).toString('base64url')}.signature`;
  expect(await run('scheduler', 'Sales', 'SchedulerFunction', { headers: { authorization: `Bearer ${other}` } })).toEqual({ statusCode: 403 });
  expect(calls).toEqual([]);
});

test('triage, from the webhook: reads as itself', async () => {
  expect(await run('triage', 'Engineering', 'TriageFunction', { headers: {}, body: '{"ticket":"T-1"}' })).toMatchObject({ statusCode: 200 });
  expect(calls[1].body).toEqual({ workloadIdentityToken: 'wat', resourceCredentialProviderName: 'acme-tickets-machine', scopes: ['tickets:read'], oauth2Flow: 'M2M' });
  expect(await decisions(roleArn('Engineering', 'TriageFunction'), TRIAGE)).toEqual(['GetWorkloadAccessToken Allowed', 'GetResourceOauth2Token Allowed']);
});

test('triage, confirmed by an engineer: writes as the engineer', async () => {
  expect(await run('triage', 'Engineering', 'TriageFunction', { headers: SIGNED_IN, body: '{"ticket":"T-1","answer":"A"}' })).toMatchObject({ statusCode: 200 });
  expect(calls[1].body).toMatchObject({ resourceCredentialProviderName: 'acme-tickets-user', scopes: ['tickets:write'], oauth2Flow: 'USER_FEDERATION' });
  expect(await decisions(roleArn('Engineering', 'TriageFunction'), TRIAGE)).toEqual(['GetWorkloadAccessTokenForJWT Allowed', 'GetResourceOauth2Token Allowed']);
});

test('the code of one agent would get nowhere with the role of another', async () => {
  await run('scheduler', 'Sales', 'SchedulerFunction', { headers: SIGNED_IN });
  expect(await decisions(roleArn('Engineering', 'TriageFunction'), SCHEDULER)).toEqual([
    'GetWorkloadAccessTokenForJWT ExplicitlyDenied', 'GetResourceOauth2Token ImplicitlyDenied', 'GetResourceApiKey ExplicitlyDenied',
  ]);
});

test('the return page completes the session with the token that the agent minted with', async () => {
  expect(await run('return-page', 'Sales', 'ReturnPageFunction', { headers: SIGNED_IN, queryStringParameters: { session_id: 'urn:ietf:params:oauth:request_uri:1' } }))
    .toMatchObject({ statusCode: 200 });
  expect(calls).toEqual([{ operation: 'CompleteResourceTokenAuth', body: { sessionUri: 'urn:ietf:params:oauth:request_uri:1', userIdentifier: { userToken: USER_TOKEN } } }]);
});
