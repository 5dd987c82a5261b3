import { createServer, IncomingMessage, Server } from 'http';
import { AddressInfo } from 'net';
import { decide } from '../simulation/decision';
import { FakeAccount } from '../simulation/fake-account';

/** A call that an unmodified SDK has made. */
export interface CapturedCall {
  readonly operation: string;
  readonly body: Record<string, any>;
}

const OPERATIONS: Record<string, string> = {
  '/identities/GetWorkloadAccessToken': 'GetWorkloadAccessToken',
  '/identities/GetWorkloadAccessTokenForJWT': 'GetWorkloadAccessTokenForJWT',
  '/identities/oauth2/token': 'GetResourceOauth2Token',
  '/identities/api-key': 'GetResourceApiKey',
  '/identities/CompleteResourceTokenAuth': 'CompleteResourceTokenAuth',
};
const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';

/** A user who is signed in with the company's issuer. */
export const USER_TOKEN = `e30.${Buffer.from(JSON.stringify({
  iss: 'https://acme.okta.com/oauth2/default', aud: ['api://agents'], sub: '00u1', groups: ['sales'],
})).toString('base64url')}.signature`;

/** Stands in for AgentCore on the loopback: captures each call, and answers it with credentials that are none. */
export class AgentCoreEndpoint {
  public readonly calls: CapturedCall[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void textOf(request).then((text) => {
      this.calls.push({ operation: OPERATIONS[new URL(request.url!, 'http://local').pathname] ?? request.url!, body: JSON.parse(text || '{}') });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ workloadAccessToken: 'wat', accessToken: 'access', apiKey: 'key' }));
    }));
  }

  public async start(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  public async stop(): Promise<void> {
    await new Promise((closed) => this.server.close(closed));
  }

  /** What points the SDK of a child process here. */
  public environment(): Record<string, string> {
    return {
      PATH: process.env.PATH!,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'local-only',
      AWS_ENDPOINT_URL_BEDROCK_AGENTCORE: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  /** What IAM says of the captured calls, in their order, if this role makes them for this identity. */
  public async decisions(account: FakeAccount, principal: string, identity: string): Promise<string[]> {
    return Promise.all(this.calls.map(async (call) => `${call.operation} ${await decide(account, { principal, ...requestOf(call, identity) })}`));
  }
}

/** The request that AWS would authorize for a captured call, by the service reference: written by hand. */
function requestOf({ operation, body: sent }: CapturedCall, identity: string) {
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

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
