import { createPublicKey, verify } from 'crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { DeployedGateway } from '../../cedar/deployed-gateway';
import type { FakeAccount } from '../../simulation/fake-account';

interface Claims { iss: string; sub: string; aud: string | string[]; exp: number; scope?: string; client_id?: string }
interface Authorizer { DiscoveryUrl: string; AllowedAudience?: string[]; AllowedClients?: string[]; AllowedScopes?: string[] }
interface Message { id?: number; method: string; params?: { name?: string; arguments?: Record<string, unknown>; protocolVersion?: string } }

/**
 * Does what AgentCore's documentation says of a gateway, with nothing but the synthesized template: checks the token by the
 * authorizer's rules, and lists and calls tools as far as the Cedar policies allow.
 */
export class GatewayStandIn {
  static async start(account: FakeAccount): Promise<GatewayStandIn> {
    const standIn = new GatewayStandIn(account);
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  private readonly gateway: DeployedGateway;
  private readonly authorizer: Authorizer;
  private readonly tools: { name: string; description: string; inputSchema: object }[];
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  private constructor(account: FakeAccount) {
    this.gateway = new DeployedGateway(account);
    this.authorizer = account.resourcesOfType('AWS::BedrockAgentCore::Gateway')[0].property('AuthorizerConfiguration').CustomJWTAuthorizer;
    this.tools = account.resourcesOfType('AWS::BedrockAgentCore::GatewayTarget').flatMap((target) => target.property('TargetConfiguration').Mcp.Lambda.ToolSchema.InlinePayload
      .map((tool: { Name: string; Description: string }) => ({ name: `${target.property('Name')}___${tool.Name}`, description: tool.Description, inputSchema: { type: 'object' } })));
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/mcp`);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const claims = await this.claimsOf(request.headers.authorization);
    if (claims === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    let body = '';
    for await (const piece of request) body += String(piece);
    const message = JSON.parse(body) as Message;
    if (message.id === undefined) {
      response.writeHead(202).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: this.result(message, claims) }));
  }

  private result({ method, params = {} }: Message, claims: Claims): object {
    const allowed = (tool: string, input: Record<string, unknown>) => {
      const { sub, scope } = claims;
      return this.gateway.ask({ sub, ...(scope !== undefined ? { scope } : {}) }, tool, input as never) === 'allow';
    };
    switch (method) {
      case 'initialize': return { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'stand-in', version: '1' } };
      case 'tools/list': return { tools: this.tools.filter(({ name }) => allowed(name, {})) };
      case 'tools/call': return allowed(params.name!, params.arguments ?? {})
        ? { content: [{ type: 'text', text: `${params.name} done` }] }
        : { isError: true, content: [{ type: 'text', text: 'Tool Execution Denied' }] };
      default: throw new Error(`the stand-in does not know ${method}`);
    }
  }

  /** The claims of a token that is signed, in time, of the right issuer, and passes every filter that the template has. */
  private async claimsOf(authorization: string | undefined): Promise<Claims | undefined> {
    const [head, payload, signature] = (authorization ?? '').replace(/^Bearer /, '').split('.');
    if (signature === undefined) return undefined;
    const part = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString());
    const metadata = await (await fetch(this.authorizer.DiscoveryUrl)).json() as { issuer: string; jwks_uri: string };
    const { keys } = await (await fetch(metadata.jwks_uri)).json() as { keys: { kid: string }[] };
    const jwk = keys.find(({ kid }) => kid === part(head).kid);
    if (jwk === undefined || part(head).alg !== 'RS256') return undefined;
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))) return undefined;
    const claims = part(payload) as Claims;
    const { AllowedAudience: audiences, AllowedClients: clients, AllowedScopes: scopes } = this.authorizer;
    const passes = claims.iss === metadata.issuer && claims.exp * 1000 > Date.now()
      && (audiences === undefined || [claims.aud].flat().some((audience) => audiences.includes(audience)))
      && (clients === undefined || clients.includes(claims.client_id ?? ''))
      && (scopes === undefined || (claims.scope ?? '').split(' ').some((scope) => scopes.includes(scope)));
    return passes ? claims : undefined;
  }
}
