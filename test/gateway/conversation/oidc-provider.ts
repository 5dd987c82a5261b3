import { ChildProcess, fork } from 'child_process';
import { join } from 'path';

/** A real OpenID provider in a child process: it is a module that Jest cannot load. */
export class OidcProvider {
  static async start(): Promise<OidcProvider> {
    const child = fork(join(__dirname, 'oidc-server.mjs'), [], { silent: true });
    const issuer = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { issuer: string }).issuer));
      child.once('exit', (code) => reject(new Error(`the OpenID provider ended with ${code}`)));
    });
    return new OidcProvider(issuer, child);
  }

  private constructor(readonly issuer: string, private readonly child: ChildProcess) {}

  /** A token by client credentials. */
  async token(client: string, scope: string): Promise<string> {
    const { token_endpoint: endpoint } = await (await fetch(`${this.issuer}/.well-known/openid-configuration`)).json() as { token_endpoint: string };
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'authorization': `Basic ${Buffer.from(`${client}:${client}-secret`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
    });
    const { access_token: token } = await answer.json() as { access_token?: string };
    if (token === undefined) throw new Error(`no token for ${client}: ${answer.status}`);
    return token;
  }

  stop(): void {
    this.child.kill();
  }
}
