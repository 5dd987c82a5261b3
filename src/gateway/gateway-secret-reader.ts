import type { ToolGateway } from './tool-gateway';
import { environmentOf } from '../declaration/environment';
import { ReferencedSecret, SecretReader } from '../provider/secret-reader';

/** The gateway as a reader of secrets: with its service role, and with those of its consent portal or return pages. */
export function secretReaderOf(gateway: ToolGateway): SecretReader {
  return {
    kind: 'Gateway',
    scope: environmentOf(gateway),
    roles: () => [gateway.role, ...(gateway._portal === undefined ? [] : [gateway._portal.role]), ...gateway._returnPages.map(({ host }) => host.iamRole)],
  };
}

/** The secrets behind the providers of its targets, and behind that with which users sign in at the portal. */
export function secretsBehindTargets(gateway: ToolGateway): ReferencedSecret[] {
  const signIn = gateway._portal?._props.signIn;
  return [
    ...gateway.targets.flatMap(({ credentials: { provider, apiKeyProvider } }) => {
      const used = provider ?? apiKeyProvider;
      return used === undefined ? [] : [{ kept: provider?.clientSecret ?? apiKeyProvider!.apiKey, account: used.env.account }];
    }),
    ...(signIn === undefined ? [] : [{ kept: signIn.clientSecret, account: signIn.env.account }]),
  ];
}
