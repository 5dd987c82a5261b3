import { execFile } from 'child_process';
import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { promisify } from 'util';
import { companyApp } from '../../examples/company-agents/company-app';
import { decide } from '../simulation/decision';
import { deploy } from '../simulation/fake-account';

/*
 * The manifest that a host receives, given to withAccessToken and withApiKey of the unmodified AgentCore SDK: each call that goes out is
 * captured on a local endpoint and put to the simulator, with the role of that host and with that of another agent.
 */
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const DIRECTORY = `${AC}:workload-identity-directory/default`;
const VAULT = `${AC}:token-vault/default`;
const USER_TOKEN = `e30.${Buffer.from(JSON.stringify({ iss: 'https://acme.okta.com/oauth2/default', aud: ['api://agents'], sub: '00u1' })).toString('base64url')}.signature`;
const CLAIMS = { 'bedrock-agentcore:InboundJwtClaim/iss': 'https://acme.okta.com/oauth2/default', 'bedrock-agentcore:InboundJwtClaim/aud': ['api://agents'] };

/** What AWS authorizes for each path of its API, by the service reference: the operation, and the credential provider's kind. */
const OPERATIONS: Record<string, { operation: string; family?: string; context?: object }> = {
  '/identities/GetWorkloadAccessToken': { operation: 'GetWorkloadAccessToken' },
  '/identities/GetWorkloadAccessTokenForJWT': { operation: 'GetWorkloadAccessTokenForJWT', context: CLAIMS },
  '/identities/oauth2/token': { operation: 'GetResourceOauth2Token', family: 'oauth2credentialprovider' },
  '/identities/api-key': { operation: 'GetResourceApiKey', family: 'apikeycredentialprovider' },
};

const account = deploy(companyApp());
const calls: { path: string; body: Record<string, any> }[] = [];
let server: Server;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

beforeAll(async () => {
  server = createServer((request, response) => void textOf(request).then((text) => {
    calls.push({ path: new URL(request.url!, 'http://local').pathname, body: JSON.parse(text || '{}') });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ workloadAccessToken: 'wat', accessToken: 'access', apiKey: 'key' }));
  }));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise((closed) => server.close(closed)));
beforeEach(() => void calls.splice(0));

function functionAt(path: string) {
  return account.resourcesOfType('AWS::Lambda::Function').find((resource) => resource.path.startsWith(path))!;
}

async function run(path: string): Promise<string[]> {
  const { Variables: { AGENT } } = functionAt(path).property('Environment') as { Variables: Record<string, string> };
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'run-agentcore-sdk.mjs')], {
    env: {
      MANIFEST: AGENT,
      USER_TOKEN,
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

/** Whether the role of a function may make the captured calls, in their order. */
async function decisions(path: string, identity: string): Promise<string[]> {
  const principal = functionAt(path).property('Role') as string;
  return Promise.all(calls.map(async ({ path: called, body }) => {
    const { operation, family, context } = OPERATIONS[called];
    const resources = [
      DIRECTORY, `${DIRECTORY}/workload-identity/${body.workloadName ?? identity}`,
      ...(family === undefined ? [] : [VAULT, `${VAULT}/${family}/${body.resourceCredentialProviderName}`]),
    ];
    return `${operation} ${await decide(account, { principal, action: `bedrock-agentcore:${operation}`, resources, ...(context !== undefined ? { context: context as any } : {}) })}`;
  }));
}

const SCHEDULER = 'Sales-Scheduler-3b6873e7';
const TRIAGE = 'Engineering-Triage-d27c457c';

test('the scheduler: a calendar token of the user and a key, and nothing that its role may not', async () => {
  expect(await run('Sales/SchedulerFunction')).toEqual(['act as user with access', 'use API key with key']);
  expect(calls.find(({ path }) => path === '/identities/oauth2/token')!.body).toEqual({
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
  expect(calls.filter(({ path }) => path === '/identities/oauth2/token').map(({ body }) => [body.resourceCredentialProviderName, body.oauth2Flow]).sort())
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
