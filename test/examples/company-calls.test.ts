import { execFile } from 'child_process';
import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { promisify } from 'util';
import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { companyApp } from '../../examples/company-agents/company-app';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/*
 * The example's own code, with the manifest that its host receives, through the unmodified AWS SDK: every call that goes out is
 * captured on a local endpoint and put to the simulator. What the code does and what its role may do are the same.
 */
interface Call { readonly operation: string; readonly body: Record<string, any> }

const OPERATIONS: Record<string, string> = {
  '/identities/GetWorkloadAccessToken': 'GetWorkloadAccessToken',
  '/identities/GetWorkloadAccessTokenForJWT': 'GetWorkloadAccessTokenForJWT',
  '/identities/oauth2/token': 'GetResourceOauth2Token',
  '/identities/api-key': 'GetResourceApiKey',
  '/identities/CompleteResourceTokenAuth': 'CompleteResourceTokenAuth',
};
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const USER_TOKEN = `e30.${Buffer.from(JSON.stringify({
  iss: 'https://acme.okta.com/oauth2/default', aud: ['api://agents'], sub: '00u1', groups: ['sales'],
})).toString('base64url')}.signature`;
const SIGNED_IN = { authorization: `Bearer ${USER_TOKEN}` };

const app = companyApp();
const account = deploy(app);
const calls: Call[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => void body(request).then((text) => {
    calls.push({ operation: OPERATIONS[new URL(request.url!, 'http://local').pathname] ?? request.url!, body: JSON.parse(text || '{}') });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ workloadAccessToken: 'wat', accessToken: 'access', apiKey: 'key' }));
  }));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => void calls.splice(0));

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Runs the code with the environment that its function has in the template. */
async function run(folder: string, stack: string, functionId: string, event: object): Promise<{ statusCode: number }> {
  const variables = (account.resourcesOfType('AWS::Lambda::Function')
    .find((resource) => resource.path.startsWith(`${stack}/${functionId}`))?.property('Environment') as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
  const file = join(__dirname, '..', '..', 'examples', 'company-agents', folder, 'index.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'run-handler.mjs'), file, JSON.stringify(event)], {
    env: {
      ...variables,
      PATH: process.env.PATH,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'local-only',
      AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  return JSON.parse(stdout);
}

/** The request that AWS would authorize for a captured call, by the service reference: written by hand. */
function asRequest({ operation, body: sent }: Call, identity: string) {
  const around = [`${AC}:workload-identity-directory/default`, `${AC}:workload-identity-directory/default/workload-identity/${sent.workloadName ?? identity}`];
  const vault = `${AC}:token-vault/default`;
  const provider = (family: string) => `${vault}/${family}/${sent.resourceCredentialProviderName}`;
  const claims = { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'] };
  switch (operation) {
    case 'GetWorkloadAccessToken': return { action: `bedrock-agentcore:${operation}`, resources: around };
    case 'GetWorkloadAccessTokenForJWT': return { action: `bedrock-agentcore:${operation}`, resources: around, context: claims };
    case 'GetResourceOauth2Token': return { action: `bedrock-agentcore:${operation}`, resources: [...around, vault, provider('oauth2credentialprovider')] };
    case 'GetResourceApiKey': return { action: `bedrock-agentcore:${operation}`, resources: [...around, vault, provider('apikeycredentialprovider')] };
    default: throw new Error(`unexpected call ${operation}`);
  }
}

async function decisions(role: string, identity: string): Promise<string[]> {
  return Promise.all(calls.map(async (call) => `${call.operation} ${await decide(account, { principal: role, ...asRequest(call, identity) })}`));
}

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
