import { readFileSync } from 'fs';
import { join } from 'path';
import { fences, ROOT } from './page';

/* The Deny of the page stops what hands out credentials, and nothing that a deployment of this library calls. */
const PATH = 'docs/tasks/scope-the-deploying-role.md';
const [{ code }] = fences({ path: PATH, text: readFileSync(join(ROOT, PATH), 'utf8') }).filter(({ language }) => language === 'ts');
const denied = [...code.matchAll(/'bedrock-agentcore:([\w*]+)'/g)].map(([, pattern]) => new RegExp(`^${pattern.replace(/\*/g, '.*')}$`));

test.each([
  'GetWorkloadAccessToken', 'GetWorkloadAccessTokenForJWT', 'GetWorkloadAccessTokenForUserId', 'GetResourceOauth2Token', 'GetResourceApiKey', 'GetResourcePaymentToken', 'CompleteResourceTokenAuth',
])('%s is denied', (action) => expect(denied.some((pattern) => pattern.test(action))).toBe(true));

test.each([
  'GetResourcePolicy', 'PutResourcePolicy', 'GetWorkloadIdentity', 'GetOauth2CredentialProvider', 'GetApiKeyCredentialProvider', 'GetTokenVault', 'GetGateway', 'InvokeGateway', 'CreatePolicy',
])('%s is not', (action) => expect(denied.filter((pattern) => pattern.test(action))).toEqual([]));
